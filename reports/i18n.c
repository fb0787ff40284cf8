/* i18n.c - see i18n.h. */
#include "reports/i18n.h"

#include <stdlib.h>
#include <string.h>

struct form { const char *one, *other; };
struct message {
    const char *key;
    struct form text[RPT_LANGS];
};

static const struct message message[] = {
#include "reports/messages.inc"
};

_Static_assert(sizeof message / sizeof message[0] == RPT_MSG_COUNT, "one row per message");

bool rpt_lang_from(const char *name, enum rpt_lang *out)
{
    for (int lang = 0; lang < RPT_LANGS; lang++)
        if (strcmp(name, rpt_lang_name((enum rpt_lang)lang)) == 0) {
            *out = (enum rpt_lang)lang;
            return true;
        }
    return false;
}

const char *rpt_lang_name(enum rpt_lang lang)
{
    return lang == RPT_JA ? "ja" : "en";
}

enum rpt_lang rpt_lang_from_env(void)
{
    static const char *const var[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < sizeof var / sizeof var[0]; i++) {
        const char *v = getenv(var[i]);
        if (v != NULL && v[0] != '\0')
            return strncmp(v, "ja", 2) == 0 ? RPT_JA : RPT_EN;
    }
    return RPT_EN;
}

const char *rpt_tr(enum rpt_lang lang, enum rpt_msg msg)
{
    return message[msg].text[lang].other;
}

const char *rpt_msg_key(enum rpt_msg msg)
{
    return message[msg].key;
}

void rpt_tr_add(struct pf_buf *out, enum rpt_lang lang, enum rpt_msg msg, uint64_t n,
                const char *const *args)
{
    const struct form *form = &message[msg].text[lang];
    const char *p = n == 1 ? form->one : form->other;
    size_t n_args = 0;

    while (args != NULL && args[n_args] != NULL)
        n_args++;
    while (*p != '\0') {
        if (p[0] == '{' && p[1] == 'n' && p[2] == '}') {
            rpt_add_number(out, n);
            p += 3;
        } else if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            size_t i = (size_t)(p[1] - '1');
            if (i < n_args)
                pf_buf_adds(out, args[i]);
            p += 3;
        } else {
            pf_buf_addc(out, *p++);
        }
    }
}

/* Compares `<family>_<name>` with a key, without building it. */
static int key_compare(const char *family, const char *name, const char *key)
{
    size_t n = strlen(family);
    int d = strncmp(family, key, n);

    if (d != 0)
        return d;
    if (key[n] != '_')
        return '_' - (unsigned char)key[n];
    for (key += n + 1; *name != '\0' || *key != '\0'; name++, key++) {
        char c = *name == '-' || *name == '.' ? '_' : *name;
        if (c != *key)
            return (unsigned char)c - (unsigned char)*key;
    }
    return 0;
}

bool rpt_msg_find(const char *family, const char *name, enum rpt_msg *out)
{
    size_t lo = 0, hi = RPT_MSG_COUNT;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int d = key_compare(family, name, message[mid].key);
        if (d == 0) {
            *out = (enum rpt_msg)mid;
            return true;
        }
        if (d < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return false;
}

void rpt_add_number(struct pf_buf *out, uint64_t n)
{
    char digits[21];
    size_t at = sizeof digits;
    size_t count;

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    count = sizeof digits - at;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            pf_buf_addc(out, ',');
        pf_buf_addc(out, digits[at + i]);
    }
}

void rpt_add_bytes(struct pf_buf *out, uint64_t bytes)
{
    static const char *const unit[] = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };
    size_t u = 0;
    uint64_t scaled = bytes, rest = 0;

    while (scaled >= 1000) {
        rest = scaled % 1000 / 100;
        scaled /= 1000;
        u++;
    }
    pf_buf_addu(out, scaled);
    if (u > 0 && scaled < 100) {
        pf_buf_addc(out, '.');
        pf_buf_addu(out, rest);
    }
    pf_buf_addc(out, ' ');
    pf_buf_adds(out, unit[u]);
}
