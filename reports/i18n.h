/* i18n.h - the texts of a report, in English and Japanese.
 * Layer: reports. Texts live in reports/po/{en,ja}.po and nowhere else; a build
 * step checks them and makes one table of both. The table is compiled in, not
 * looked up through the C library: one page shows both languages at once, and
 * a machine that has no Japanese locale must still write a Japanese report. */
#ifndef RPT_I18N_H
#define RPT_I18N_H

#include "pan-finder/base/buf.h"
#include "reports/messages.h"   /* made from the catalogues: enum rpt_msg */

enum rpt_lang { RPT_EN, RPT_JA, RPT_LANGS };

/* "en" or "ja"; false for any other name. */
bool rpt_lang_from(const char *name, enum rpt_lang *out);
const char *rpt_lang_name(enum rpt_lang lang);

/* The language the environment asks for (LC_ALL, LC_MESSAGES, LANG in that
 * order, the first that is set): Japanese when it starts with "ja", else English. */
enum rpt_lang rpt_lang_from_env(void);

/* The text as it stands in the catalogue; its other form when it has plurals. */
const char *rpt_tr(enum rpt_lang lang, enum rpt_msg msg);

/* Appends the text with {n} replaced by n (digits in groups of three, plural
 * form chosen by n) and {1} {2} ... by args[0], args[1], ...; args ends with
 * NULL and may itself be NULL. */
void rpt_tr_add(struct pf_buf *out, enum rpt_lang lang, enum rpt_msg msg, uint64_t n,
                const char *const *args);

/* The message `<family>_<name>`, '-' and '.' in the name read as '_': words that come
 * from records ("class", "PAN_CLEAR"). False when the catalogues have none;
 * the caller then shows the name itself. */
bool rpt_msg_find(const char *family, const char *name, enum rpt_msg *out);
const char *rpt_msg_key(enum rpt_msg msg);

/* "12,345" and "1.4 GB" (powers of ten); the same in both languages. */
void rpt_add_number(struct pf_buf *out, uint64_t n);
void rpt_add_bytes(struct pf_buf *out, uint64_t bytes);

#endif
