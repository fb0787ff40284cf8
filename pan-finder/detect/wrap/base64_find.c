/* base64_find.c - where base64 begins.
 *
 * A stretch of characters of the alphabet is taken for base64 when it is long and
 * has upper case, lower case and others; or when digits stand in it: those encode
 * to a pattern that tells the phase as well, so that what stands before it ("/api/",
 * "card-") does no harm. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/wrap/base64_decode.h"
#include "pan-finder/detect/wrap/base64_sign.h"

#include <string.h>

enum {
    LONG = 40,              /* characters that need no other witness than their mixture */
    SHORT = 20,             /* the fewest that can hold a card number of fifteen digits */
    LOOK = 256,             /* characters of a stretch that are looked at */
    TEXT_NEAR = 32,         /* where what is encoded may begin behind something else */
};

static bool alphabet(uint8_t c)
{
    return pf_base64_value[c] < 64;
}

static bool quad_at(const uint8_t *c)
{
    return memchr("ILMNO", c[0], 5) != NULL && memchr("CDSTijyz", c[1], 8) != NULL;
}

/* Three quads of digits from buf[at] on: what PF_MARK_QUADS is set for. */
static bool quads_at(const uint8_t *buf, size_t at, size_t end)
{
    return end > at && end - at >= 12 && quad_at(buf + at) && quad_at(buf + at + 4) && quad_at(buf + at + 8);
}

/* What a stretch is made of: characters that stand plainly, or as escapes. */
struct stretch {
    size_t n, end;           /* characters; behind the last */
    unsigned upper, lower, other, a;
};

static void count(struct stretch *s, uint8_t c)
{
    s->n++;
    s->upper += (uint8_t)(c - 'A') < 26;
    s->a += c == 'A';
    s->lower += (uint8_t)(c - 'a') < 26;
    s->other += (uint8_t)(c - '0') < 10 || c == '+' || c == '/';
}

/* Reads the stretch that begins at buf[start], up to buf[until]. */
static struct stretch read_stretch(const uint8_t *buf, size_t until, size_t start)
{
    static const struct pf_base64_margin none = { 0, 0 };
    struct stretch s = { .end = start };

    while (s.end < until) {
        size_t next = s.end + 1;
        uint8_t c = buf[s.end];

        if (!alphabet(c)) {
            enum pf_base64_sign sign = pf_base64_sign(buf, until, s.end, true, pf_base64_soft_end(buf, until, s.end), &none, &next, &c);

            if (sign != PF_BASE64_SOFT && (sign != PF_BASE64_CHAR || c == '='))
                break;
            if (sign == PF_BASE64_SOFT) {
                s.end = next;
                continue;
            }
        }
        count(&s, c);
        s.end = next;
    }
    return s;
}

/* Words joined by '/' or '-' are mixed as well; base64 changes case all the time, but where
 * half of the bytes are zeros: that of UTF-16 is full of 'A'. `text`: it stands for text. */
static bool mixed(const struct stretch *s, bool text)
{
    bool zeros = s->a * 4 >= s->n && s->lower > 0;

    return s->upper * 16 >= s->n && (zeros || (s->lower * 16 >= s->n && (s->other > 0 || text)));
}

/* End of the plain characters from buf[at] on, looked for up to `until`. */
static size_t plain_end(const uint8_t *buf, size_t until, size_t at)
{
    while (at < until && alphabet(buf[at]))
        at++;
    return at;
}

/* The escape of a character that ends before buf[at], or of which the sign stands there and
 * the rest is of the alphabet, as in "\\u002b": its begin; `at`: none. */
static size_t escape_before(const uint8_t *buf, size_t len, size_t least, size_t at)
{
    static const struct pf_base64_margin none = { 0, 0 };
    const bool entity = buf[at - 1] == ';';
    size_t sign = at - 1, next;
    uint8_t value;

    if (buf[sign] == '\n') {           /* a soft line end? */
        sign -= sign > least + 1 && buf[sign - 1] == '\r' ? 2 : sign > least;
        return buf[sign] == '=' && pf_base64_soft_end(buf, len, sign) ? sign : at;
    }
    while (entity && sign > least && at - sign < 8 && buf[sign] != '&')
        sign--;
    if (memchr("\\%=&", buf[sign], 4) == NULL || (entity && buf[sign] != '&'))
        return at;
    return pf_base64_sign(buf, len, sign, true, false, &none, &next, &value) == PF_BASE64_CHAR && value != '=' &&
           (!entity || next == at) ? sign : at;
}

/* Where the stretch that holds buf[at] begins, not before `least`. */
static size_t stretch_start(const uint8_t *buf, size_t len, size_t at, size_t least)
{
    for (;;) {
        size_t before;

        while (at > least && alphabet(buf[at - 1]))
            at--;
        before = at > least ? escape_before(buf, len, least, at) : at;
        if (before == at)
            return at;
        if (before == least || memchr("\"':=> ", buf[before - 1], 6) != NULL)
            return before;
        at = before;
    }
}

/* Characters that speak for whole quads: all, and the padding. */
static bool whole(const uint8_t *buf, size_t len, const struct stretch *s)
{
    static const struct pf_base64_margin none = { 0, 0 };
    size_t pads = 0, at = s->end, next;
    uint8_t value;

    for (; at < len && pads < 2; pads++, at = next) {
        next = at + 1;
        if (buf[at] != '=' && (pf_base64_sign(buf, len, at, true, false, &none, &next, &value) != PF_BASE64_CHAR || value != '='))
            break;
    }
    return (s->n + pads) % 4 == 0;
}

bool pf_base64_text_at(const uint8_t *buf, size_t len, size_t at)
{
    unsigned text = 0, even = 0, odd = 0;

    if (at >= len || len - at < 16)
        return false;
    for (size_t i = 0; i < 12; i++) {
        const uint8_t *c = buf + at + i / 3 * 4 + i % 3;
        unsigned shift = 2 * (unsigned)(i % 3) + 2, value;

        if (!alphabet(c[0]) || !alphabet(c[1]))
            return false;
        value = ((unsigned)pf_base64_value[c[0]] << shift | (unsigned)pf_base64_value[c[1]] >> (6 - shift)) & 0xff;
        text += (value >= ' ' && value < 0x7f) || value == '\t' || value == '\n' || value == '\r';
        even += value == 0 && i % 2 == 0;
        odd += value == 0 && i % 2 == 1;
    }
    return text == 12 || (text == 6 && (even == 6 || odd == 6));
}

/* The stretch that begins at `start` is base64 by its own look. */
static bool looks_so(const uint8_t *buf, size_t len, size_t start)
{
    size_t until = len - start < LOOK ? len : start + LOOK;
    struct stretch s = read_stretch(buf, until, start);

    if (s.n >= LONG)
        return mixed(&s, pf_base64_text_at(buf, len, start));
    if (s.n < SHORT || s.n % 4 == 1 || !mixed(&s, false))
        return false;
    return s.n % 4 == 0 || (s.end < len && (buf[s.end] == '=' || buf[s.end] == '\\' || buf[s.end] == '%' || buf[s.end] == '&'));
}

/* The first place at or behind `start` from which whole quads lead to buf[i]. */
static size_t phase_of(const uint8_t *buf, size_t start, size_t i)
{
    size_t plain = i;

    if (read_stretch(buf, i, start).n % 4 == 0)
        return start;
    while (plain > start && alphabet(buf[plain - 1]))
        plain--;
    return plain + (i - plain) % 4;
}

/* Where text begins, behind a sign of the alphabet that is none of it ("/api/eyJ...", the blank
 * of a form); `start`: it begins there, or nowhere near. */
static size_t text_near(const uint8_t *buf, size_t len, size_t start)
{
    const size_t until = len - start < TEXT_NEAR ? len : start + TEXT_NEAR;

    if (pf_base64_text_at(buf, len, start))
        return start;
    for (size_t i = start; i < until; i++)
        if ((i + 1 - start) % 4 != 0 && memchr("+/-_", buf[i], 4) != NULL && pf_base64_text_at(buf, len, i + 1))
            return i + 1;
    return start;
}

/* The start, or where a quad begins behind something else that stands before it: an
 * escape such as "%22", or a word, when digits in it say so and its length does not
 * speak for whole quads. */
static size_t in_phase(const uint8_t *buf, size_t len, size_t start)
{
    size_t until = len - start < LOOK ? len : start + LOOK, text;
    struct stretch s;

    if (start > 0 && buf[start - 1] == '%' && start + 2 < until)
        start += 2;
    text = text_near(buf, len, start);
    if (text != start)
        return text;
    s = read_stretch(buf, until, start);
    if ((s.end == until && until < len) || whole(buf, len, &s))
        return start;
    if (memchr("+/-_", buf[start], 4) != NULL) {      /* a blank of a form, the end of a path */
        s = read_stretch(buf, until, start + 1);
        if (whole(buf, len, &s))
            return start + 1;
    }
    for (size_t i = start; i + 12 <= s.end; i++)
        if (quads_at(buf, i, s.end))
            return phase_of(buf, start, i);
    return start;
}

/* Where base64 begins that has digits in buf[from..until): in phase with them. */
static size_t by_digits(const uint8_t *buf, size_t len, size_t least, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        if (quads_at(buf, i, len))
            return phase_of(buf, stretch_start(buf, len, i, i - least > LOOK ? i - LOOK : least), i);
    }
    return SIZE_MAX;
}

/* Where a stretch begins that looks like base64 and reaches into buf[from..until),
 * at `least` or later. */
static size_t by_look(const uint8_t *buf, size_t len, size_t least, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        size_t start;

        if (!alphabet(buf[i]))
            continue;
        start = stretch_start(buf, len, i, i > PF_LOOKBEHIND ? i - PF_LOOKBEHIND : 0);
        if (start >= least && looks_so(buf, len, start))
            return in_phase(buf, len, start);
        i = plain_end(buf, until, i);
    }
    return SIZE_MAX;
}

bool pf_base64_find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const size_t least = from, words = (view->hi + PF_MARK_WORD - 1) / PF_MARK_WORD;

    for (;;) {
        size_t word = from < view->hi ? pf_marks_next(marks, PF_BASE64_MARKS, from / PF_MARK_WORD, words) : words;
        size_t until = (word + 1) * PF_MARK_WORD, digits = SIZE_MAX, look = SIZE_MAX;
        unsigned mark;

        if (word == words)
            return false;
        mark = marks[word];
        from = from > word * PF_MARK_WORD ? from : word * PF_MARK_WORD;

        if (mark & PF_MARK_QUADS)
            digits = by_digits(view->buf, view->len, least, from, until);
        if (mark & PF_MARK_BASE64)
            look = by_look(view->buf, view->len, least, from, until < view->len ? until : view->len);
        u->start = digits < look ? digits : look;
        if (u->start != SIZE_MAX && u->start < view->hi) {
            struct pf_base64_margin margin = pf_base64_margin_of(view->buf, u->start);

            u->state[PF_BASE64_MARGIN] = margin.size;
            u->state[PF_BASE64_HASH] = margin.hash;
            return true;
        }
        from = until;
    }
}
