/* escaped.c - text in which escapes stand close together: URL-encoded bodies, program
 * strings, numeric character references, quoted-printable mail. All of it is undone, so
 * that what is written in two ways at once comes to light: base64 of which every
 * character is escaped, references in which soft line ends stand, dumps in strings.
 *
 * Numbers among few escapes are the matter of escape.c. */
#include "pan-finder/detect/wrap/escape_lex.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

enum {
    DENSE = 4,               /* escapes that count, in ... */
    SPAN = 400,              /* ... so many bytes */
    GAP = 160,               /* bytes without one that end it */
    AROUND = 200,            /* bytes before the first that belong to it, in its line */
    SOFT_COLUMN = 66,        /* a soft line end stands at this column or behind it (RFC 2045 6.7: up to 75) */
    SOFT_FULL = 73,          /* ... or here, when no escape was to be kept in one piece */
    SOFT_LOOK = 10,
    DUMP_MIN = 7,            /* hex digits of an offset */
    PLAIN_MIN = 13, PLAIN_MAX = 19,   /* digits of a number */
};

/* Line ends of dumps in strings are escapes that have no mark of their own. */
#define MARKS (PF_MARK_ESCAPE | PF_MARK_HEX | PF_MARK_UU)

/* Of pf_unwrap.state: bytes since the last that counts; the byte before; that was an escape; a form
 * or a query, in which a blank is written '+'; the last byte that was written. */
enum { GRAMMAR, SINCE, BEFORE, ESCAPED, FORM, WRITTEN };

static bool is_alnum(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 26;
}

static bool is_hex(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 6;
}

static bool in(const char *set, size_t n, uint8_t c)
{
    return memchr(set, c, n) != NULL;
}

/* Bytes before buf[at] in its line, counted up to SOFT_FULL. */
static size_t column_of(const uint8_t *buf, size_t at)
{
    size_t column = 0;

    while (column < at && column < SOFT_FULL && buf[at - column - 1] != '\n')
        column++;
    return column;
}

/* The weight of a soft line end at buf[at]: it may cut another escape, or a row of numbers, hex or
 * base64; in a text of long lines it stands in each. */
static unsigned soft_weight(const uint8_t *buf, size_t len, size_t at, size_t used)
{
    size_t column = column_of(buf, at), digits = 0, i;

    if (column < SOFT_COLUMN)
        return 0;
    for (i = 1; i <= SOFT_LOOK; i++)
        if (in("&%\\", 3, buf[at - i]) || (at + used + i <= len && in("&%\\", 3, buf[at + used + i - 1])))
            return DENSE;
    if (column < SOFT_FULL)
        return 0;
    for (i = 1; i <= SOFT_LOOK && at + used + i <= len; i++) {
        uint8_t before = buf[at - i], behind = buf[at + used + i - 1];

        if ((!is_alnum(before) && !in(" ,-", 3, before)) || (!is_alnum(behind) && !in(" ,-", 3, behind)))
            return DENSE / 2;
        digits += (uint8_t)(before - '0') < 10 || (uint8_t)(behind - '0') < 10;
    }
    return digits >= DENSE ? DENSE : DENSE / 2;
}

/* Is buf[at] in a line of uuencoded data, which a sign more makes too long? */
static bool in_uu(const uint8_t *buf, size_t at)
{
    size_t column = column_of(buf, at);

    if (column == 0 || column >= SOFT_FULL || buf[at - column] != 'M')
        return false;
    for (size_t i = at - column; i < at; i++)
        if (buf[i] < 0x20 || buf[i] > 0x60)
            return false;
    return true;
}

/* An escape that ends in a digit hides where the number behind it begins. */
static bool glued(const uint8_t *buf, size_t len, size_t behind)
{
    size_t n = 0;

    if (!is_hex(buf[behind - 1]))
        return false;
    while (n <= PLAIN_MAX && behind + n < len && (uint8_t)(buf[behind + n] - '0') < 10)
        n++;
    return n >= PLAIN_MIN && n <= PLAIN_MAX && (behind + n >= len || !is_alnum(buf[behind + n]));
}

/* The weight of the escape e at buf[at]: what cannot hide anything has none. */
static unsigned weight_of(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at, const struct pf_escape *e)
{
    size_t behind = at + e->used;
    bool ascii = e->n == 1 && e->out[0] < 0x80, next = behind < len && buf[behind] == buf[at];
    uint8_t second = buf[at + 1];

    /* nobody escapes a letter or digit in quoted-printable: in "n=5A0841..." hex digits begin; and
     * a track has "=2512..." */
    if (glued(buf, len, behind) && (grammar != PF_ESCAPE_QUOTED || (e->n == 1 && !is_alnum(e->out[0]) &&
                                                                    (buf[behind - 1] > '9' || second > '9'))))
        return DENSE;

    switch (grammar) {
    case PF_ESCAPE_PERCENT:
        return ascii;
    case PF_ESCAPE_ENTITY:
        return ascii && (second == '#' || (e->out[0] == '&' && behind < len && buf[behind] == '#'));
    case PF_ESCAPE_BACKSLASH:
        return ascii && (in("ux01234567", 10, second) ? e->used > 3 :
                         second == '\\' ? behind < len && in("uxn", 3, buf[behind]) : second == 'n');
    case PF_ESCAPE_QUOTED:
        if (e->n == 0)
            return soft_weight(buf, len, at, e->used);
        if (e->out[0] == '=' && in_uu(buf, at))
            return DENSE;
        return ascii && (in("=&%\\#;\n", 7, e->out[0]) || (next && is_alnum(e->out[0])));
    case PF_ESCAPE_RTF:
        return ascii && (second == '\'' || (second == 'u' && buf[behind - 1] == '?') || e->out[0] == '\n');
    default:
        return 0;
    }
}

/* Escapes that count, from buf[at] on; true when they stand close enough. */
static bool dense(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at)
{
    const uint8_t sign = pf_escape_sign(grammar);
    const size_t stop = len - at < SPAN ? len : at + SPAN;
    unsigned sum = 0;

    while (at < stop && sum < DENSE) {
        const uint8_t *p = memchr(buf + at, sign, stop - at);
        struct pf_escape e;

        if (p == NULL)
            break;
        at = (size_t)(p - buf);
        if (pf_escape_lex(grammar, buf, len, at, &e)) {
            unsigned weight = weight_of(grammar, buf, len, at, &e);

            if (weight == 0 && sum == 0)
                return false;
            sum += weight;
            at += e.used;
        } else {
            if (sum == 0)
                return false;
            at++;
        }
    }
    return sum >= DENSE;
}

/* Few bytes are; most places end here. */
static bool is_sign(uint8_t c)
{
    return c == '%' || c == '&' || c == '=' || c == '\\';
}

/* Can an escape begin with these two bytes that counts? The grammars, a bit each. */
static unsigned grammars_of(const uint8_t *c)
{
    static const char hex[] = "0123456789ABCDEFabcdef";

    switch (c[0]) {
    case '%':  return in(hex, 22, c[1]) || c[1] == 'u' ? 1u << PF_ESCAPE_PERCENT : 0;
    case '&':  return c[1] == '#' || c[1] == 'a' ? 1u << PF_ESCAPE_ENTITY : 0;
    case '=':  return in(hex, 22, c[1]) || c[1] == '\r' || c[1] == '\n' ? 1u << PF_ESCAPE_QUOTED : 0;
    case '\\': return c[1] == '\'' || c[1] == 'p' || c[1] == 'l' ? 1u << PF_ESCAPE_RTF :
                      c[1] == 'u' ? 1u << PF_ESCAPE_RTF | 1u << PF_ESCAPE_BACKSLASH :
                      in("x01234567n\\", 11, c[1]) ? 1u << PF_ESCAPE_BACKSLASH : 0;
    default:   return 0;
    }
}

/* Quoted-printable leaves the signs of all other kinds as they are, and cuts their escapes at
 * line ends: it is undone first. */
static bool cut_by_mail(const uint8_t *buf, size_t len, size_t at)
{
    const size_t stop = len - at < SPAN ? len : at + SPAN;
    const uint8_t *p = buf + at;

    while ((p = memchr(p, '=', (size_t)(buf + stop - p))) != NULL && p + 1 < buf + stop) {
        size_t i = (size_t)(p - buf), used = p[1] == '\n' ? 2 : 3;

        if ((p[1] == '\n' || (p[1] == '\r' && i + 2 < len && p[2] == '\n')) && soft_weight(buf, len, i, used) >= DENSE)
            return true;
        p++;
    }
    return false;
}

/* Does a line of a dump begin at p? It may be indented, or quoted as mail is. */
static bool dump_line(const uint8_t *p, size_t n)
{
    size_t at = 0, digits = 0;

    while (at < n && in(" \t>|#*", 6, p[at]))
        at++;
    while (at + digits < n && is_hex(p[at + digits]))
        digits++;
    return digits >= DUMP_MIN && at + digits < n && in(": ", 2, p[at + digits]);
}

/* Where the text that holds the escape at buf[at] begins; a dump, whose text shows escapes, is no
 * part of it, but where mail cuts its lines. */
static size_t text_begin(const uint8_t *buf, size_t at, bool mail)
{
    size_t begin = at;

    while (begin > 0 && at - begin < AROUND && buf[begin - 1] != '\n' && buf[begin - 1] != '\r')
        begin--;
    return !mail && dump_line(buf + begin, at - begin) ? at : begin;
}

/* No blanks stand in a form: they are written '+'. */
static bool is_form(const uint8_t *buf, size_t len, size_t at)
{
    size_t n = len - at < SPAN ? len - at : SPAN;
    const uint8_t *blank = memchr(buf + at, ' ', n);

    return memchr(buf + at, '+', blank != NULL ? (size_t)(blank - (buf + at)) : n) != NULL;
}

static const struct pf_wrap *const texts[PF_ESCAPES];

/* The next dense text in [at, end); its first escape, or SIZE_MAX. */
static size_t next_dense(const struct pf_view *view, size_t at, size_t end, unsigned *grammar)
{
    for (; at < end && at + 1 < view->len; at++) {
        unsigned may = is_sign(view->buf[at]) ? grammars_of(view->buf + at) : 0;

        for (*grammar = 0; may != 0; may >>= 1, ++*grammar)
            if ((may & 1) && dense((enum pf_escape_grammar)*grammar, view->buf, view->len, at)) {
                if (cut_by_mail(view->buf, view->len, at))
                    *grammar = PF_ESCAPE_QUOTED;
                return at;
            }
    }
    return SIZE_MAX;
}

static bool find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const size_t hi = view->hi + AROUND < view->len ? view->hi + AROUND : view->len;
    const size_t words = (hi + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t at = from;

    while (at < hi) {
        size_t word = pf_marks_next(marks, MARKS, at / PF_MARK_WORD, words), end = (word + 1) * PF_MARK_WORD + 1, begin;
        unsigned grammar;

        if (word == words)
            return false;
        at = at > word * PF_MARK_WORD ? at : word * PF_MARK_WORD;
        at = next_dense(view, at, end < hi ? end : hi, &grammar);
        if (at == SIZE_MAX) {
            at = end - 1;
            continue;
        }
        begin = text_begin(view->buf, at, in("\r\n", 2, view->buf[at + 1]) || cut_by_mail(view->buf, view->len, at));
        begin = begin < from ? from : begin;
        if (begin >= view->hi)
            return false;
        *u = (struct pf_unwrap){ .wrap = texts[grammar], .start = begin, .state = { [GRAMMAR] = grammar } };
        u->state[FORM] = grammar == PF_ESCAPE_PERCENT && is_form(view->buf, view->len, at);
        return true;
    }
    return false;
}

/* A blank that a form writes as '+', or that stands so between digits. */
static uint8_t plain(const struct pf_unwrap *u, const uint8_t *buf, size_t len, size_t at)
{
    bool blank = buf[at] == '+' && u->state[GRAMMAR] == PF_ESCAPE_PERCENT &&
                 (u->state[FORM] != 0 || ((uint8_t)(u->state[BEFORE] - '0') < 10 && at + 1 < len && (uint8_t)(buf[at + 1] - '0') < 10));

    return blank ? ' ' : buf[at];
}

/* "n=41": nobody escapes one letter or digit alone in quoted-printable; the sign stands for itself. */
static bool by_chance(const struct pf_unwrap *u, const uint8_t *buf, size_t len, size_t at, const struct pf_escape *e)
{
    return u->state[GRAMMAR] == PF_ESCAPE_QUOTED && e->n == 1 && is_alnum(e->out[0]) && u->state[ESCAPED] == 0 &&
           (at + e->used >= len || buf[at + e->used] != '=');
}

/* May the text end behind this byte? Not in a row of hex or base64. */
static bool parts(uint8_t c)
{
    return !is_alnum(c) && !in("+/-_=", 5, c);
}

/* Longest an escape can be, and what must be known behind it. */
enum { ESCAPE_ROOM = 64 };

/* From the end of a program's string to the begin of the next, which goes on with it: a line end,
 * or a '+' or '.', between the quote marks. Bytes, or 0. */
static size_t seam(const uint8_t *buf, size_t len, size_t at)
{
    const uint8_t quote = buf[at];
    bool joins = false;
    size_t i = at + 1;

    if (quote != '"' && quote != '\'')
        return 0;
    for (; i < len && i - at < ESCAPE_ROOM && in(" \t\r\n+.", 6, buf[i]); i++)
        joins |= in("\n+.", 3, buf[i]);
    return joins && i < len && i - at < ESCAPE_ROOM && buf[i] == quote ? i + 1 - at : 0;
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    enum pf_escape_grammar grammar = (enum pf_escape_grammar)u->state[GRAMMAR];
    const uint8_t sign = pf_escape_sign(grammar);
    size_t n = 0;

    while (*at < len && n + sizeof ((struct pf_escape *)0)->out <= cap && !u->done) {
        struct pf_escape e;
        size_t joint;

        if (len - *at < ESCAPE_ROOM && !last)
            return n;
        joint = grammar == PF_ESCAPE_BACKSLASH ? seam(buf, len, *at) : 0;
        *at += joint;
        if (joint > 0)
            continue;
        if (buf[*at] == sign && pf_escape_lex(grammar, buf, len, *at, &e) && !by_chance(u, buf, len, *at, &e)) {
            u->state[ESCAPED] = 1;
            u->state[SINCE] = weight_of(grammar, buf, len, *at, &e) > 0 ? 0 : u->state[SINCE] + (uint32_t)e.used;
            memcpy(out + n, e.out, e.n);
            n += e.n;
            *at += e.used;
            u->state[BEFORE] = e.n > 0 ? e.out[e.n - 1] : u->state[BEFORE];
        } else {
            u->state[ESCAPED] = 0;
            out[n] = plain(u, buf, len, *at);
            n += grammar != PF_ESCAPE_RTF || pf_escape_plain(grammar, buf[*at]) != PF_ESCAPE_JOIN;
            u->state[BEFORE] = buf[*at];
            u->state[SINCE]++;
            ++*at;
        }
        u->state[WRITTEN] = n > 0 ? out[n - 1] : u->state[WRITTEN];
        u->done = u->state[SINCE] > GAP + AROUND && parts((uint8_t)u->state[WRITTEN]);
    }
    u->done |= last && *at >= len;
    return n;
}

#define TEXT(id, text) static const struct pf_wrap text_##id = { .name = text, .stream = true, .marks = MARKS, .find = find, .decode = decode };

TEXT(percent, "percent")
TEXT(entity, "entity")
TEXT(backslash, "escape")
TEXT(quoted, "quoted-printable")
TEXT(rtf, "rtf")

static const struct pf_wrap *const texts[PF_ESCAPES] = {
    [PF_ESCAPE_PERCENT] = &text_percent, [PF_ESCAPE_ENTITY] = &text_entity, [PF_ESCAPE_BACKSLASH] = &text_backslash,
    [PF_ESCAPE_QUOTED] = &text_quoted, [PF_ESCAPE_RTF] = &text_rtf,
};

/* What it finds has the name of its kind of escapes. */
const struct pf_wrap pf_wrap_escaped = { .name = "escaped", .stream = true, .marks = MARKS, .find = find, .decode = decode };
