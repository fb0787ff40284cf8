/* html.h - pieces of the HTML report. Layer: reports, for html*.c.
 *
 * One page holds both languages: each text stands twice, in <span lang=en> and
 * <span lang=ja>, and the style shows one. Everything that came from a record
 * goes through rpt_html_text; nothing from a record is ever put into an
 * attribute. Literal markup goes through rpt_html_raw. */
#ifndef RPT_HTML_H
#define RPT_HTML_H

#include "reports/render/render.h"

struct rpt_html {
    struct pf_buf *b;                  /* out->buf */
    struct rpt_out *out;
    const struct rpt_model *m;
    const struct rpt_render *how;
    uint32_t *number_row;              /* row of each number in its table, RPT_NONE when not shown */
};

void rpt_html_raw(struct rpt_html *h, const char *markup);

/* Text of a record or a catalogue. & < > " ' become entities; control, bidi
 * and invisible characters and bytes that are not UTF-8 become visible marks. */
void rpt_html_text(struct pf_buf *out, const char *text, size_t len);
void rpt_html_str(struct rpt_html *h, const char *text);            /* NULL is "" */

void rpt_html_msg(struct rpt_html *h, enum rpt_msg msg);
void rpt_html_msg_n(struct rpt_html *h, enum rpt_msg msg, uint64_t n);
void rpt_html_msg_args(struct rpt_html *h, enum rpt_msg msg, uint64_t n, const char *const *args);
/* Two texts that are one in two languages. */
void rpt_html_both(struct rpt_html *h, const char *en, const char *ja);
/* A {"en","ja"} field of a record. */
void rpt_html_record_text(struct rpt_html *h, const struct pf_json *record, const char *key);
/* A word of a record: its text in the catalogues, or itself. */
void rpt_html_word(struct rpt_html *h, const char *family, const char *word);

void rpt_html_number(struct rpt_html *h, uint64_t n);
void rpt_html_bytes(struct rpt_html *h, uint64_t n);
/* An RFC 3339 time in UTC, made easier to read; anything else as it stands. */
void rpt_html_time(struct rpt_html *h, const char *time);
void rpt_html_name(struct rpt_html *h, const struct rpt_label *label);
/* "line 12", or "byte 345" when there is no line. */
void rpt_html_position(struct rpt_html *h, uint64_t line, uint64_t offset);
void rpt_html_pan(struct rpt_html *h, const char *pan);             /* the stars dimmed */

/* <section id=...> with heading and, when has_lead, the line below it. */
void rpt_html_open(struct rpt_html *h, const char *id, enum rpt_msg head);
void rpt_html_lead(struct rpt_html *h, enum rpt_msg lead);
void rpt_html_close(struct rpt_html *h);
/* <th scope=col>, class "n" for columns of numbers. */
void rpt_html_th(struct rpt_html *h, enum rpt_msg msg, bool number);
/* A table with its caption (for screen readers) opened; columns follow. */
void rpt_html_table(struct rpt_html *h, const char *cls, enum rpt_msg caption);

/* The bar of what was read and what was not, an SVG; only when there are objects. */
void rpt_html_bar(struct rpt_html *h, const char *cls);

/* Tables by kind and by directory, folded; nothing when there is nothing to count. */
void rpt_html_kinds(struct rpt_html *h);
void rpt_html_dirs(struct rpt_html *h);

/* The evidence of a rule or requirement, folded when long or not `open`; nothing when there is none. */
void rpt_html_evidence(struct rpt_html *h, const struct pf_json *record, bool open);

/* The sections, in the order of the page. */
void rpt_html_verdict(struct rpt_html *h);
void rpt_html_actions(struct rpt_html *h);
void rpt_html_basis(struct rpt_html *h);
void rpt_html_why(struct rpt_html *h);
void rpt_html_findings(struct rpt_html *h);
void rpt_html_left_out(struct rpt_html *h);
void rpt_html_numbers(struct rpt_html *h);
void rpt_html_requirements(struct rpt_html *h);
void rpt_html_channels(struct rpt_html *h);
void rpt_html_locations(struct rpt_html *h);
void rpt_html_gaps(struct rpt_html *h);
void rpt_html_assumptions(struct rpt_html *h);
void rpt_html_method(struct rpt_html *h);
void rpt_html_glossary(struct rpt_html *h);

#endif
