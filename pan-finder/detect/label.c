/* label.c - see label.h. */
#include "pan-finder/detect/label.h"

#include "pan-finder/detect/reading.h"
#include "pan-finder/detect/wrap/escape_lex.h"

#include <string.h>

#define NEAR 48              /* bytes before a number in which its label ends */
#define ESCAPE_MAX 4         /* bytes that an escape stands for */
#define LONGEST 9            /* bytes of a character: "%E3%82%AB" */

/* The first byte of an escape is among the NEAR bytes at p: asked beside every number, seldom true. */
static bool any_sign(const uint8_t *p)
{
    uint8_t any = 0;

    for (size_t i = 0; i < NEAR; i++)
        any |= (uint8_t)((p[i] == '\\') | (p[i] == '&') | (p[i] == '%'));
    return any != 0;
}

/* The grammar of the first escape in the last bytes before `start`; PF_ESCAPES: none. */
static enum pf_escape_grammar grammar_before(const uint8_t *buf, size_t start)
{
    static const struct { const char *sign; size_t n; enum pf_escape_grammar grammar; } kind[] = {
        { "\\u", 2, PF_ESCAPE_BACKSLASH }, { "&#", 2, PF_ESCAPE_ENTITY }, { "%", 1, PF_ESCAPE_PERCENT },
    };
    size_t from = start > NEAR ? start - NEAR : 0;

    if (start >= NEAR && !any_sign(buf + from))
        return PF_ESCAPES;
    for (size_t i = 0; i < sizeof kind / sizeof kind[0]; i++)
        if (memmem(buf + from, start - from, kind[i].sign, kind[i].n) != NULL)
            return kind[i].grammar;
    return PF_ESCAPES;
}

/* Adds buf[from..to) with its escapes undone. */
static void undo(struct pf_label *label, enum pf_escape_grammar grammar, const uint8_t *buf, size_t from, size_t to)
{
    uint8_t sign = pf_escape_sign(grammar);

    while (from < to && label->len + ESCAPE_MAX < PF_LABEL_MAX) {
        struct pf_escape e;

        if (buf[from] == sign && pf_escape_lex(grammar, buf, to, from, &e)) {
            memcpy(label->text + label->len, e.out, e.n);
            label->len += e.n;
            from += e.used;
        } else {
            label->text[label->len++] = buf[from++];
        }
    }
}

/* A place after which no escape is cut: the first sign of the stretch, or its begin. */
static size_t whole(enum pf_escape_grammar grammar, const uint8_t *buf, size_t from, size_t to)
{
    const uint8_t *sign = from > 0 ? memchr(buf + from, pf_escape_sign(grammar), to - from) : NULL;

    return sign != NULL && sign - (buf + from) < LONGEST ? (size_t)(sign - buf) : from;
}

bool pf_label_read(struct pf_label *label, const uint8_t *buf, size_t len, size_t start, size_t end)
{
    enum pf_escape_grammar grammar = grammar_before(buf, start);
    size_t reach = (size_t)PF_REACH * LONGEST, from = start > reach ? start - reach : 0;
    size_t to = len - end > reach / 2 ? end + reach / 2 : len;

    if (grammar == PF_ESCAPES)
        return false;
    label->len = 0;
    undo(label, grammar, buf, whole(grammar, buf, from, start), start);
    label->start = label->len;
    label->text[label->len++] = '0';
    undo(label, grammar, buf, end, to);
    return true;
}
