/* escape.c - numbers of which digits or separators are written as escapes, with the
 * words around them.
 *
 * A region is a run of digits and separators, escaped or not. It is worth decoding
 * when it has DIGITS_MIN digits and an escape among them. What is decoded reaches
 * from before it to behind it, yet never over digits that could be another number:
 * that one is found without this. */
#include "pan-finder/detect/wrap/escape_lex.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <string.h>

#define DIGITS_MIN 12
#define PLAIN_MIN 13             /* so many digits with no escape among them, and no more than */
#define PLAIN_MAX 19             /* these, are a number that is found as it stands */
#define REGION_MAX 580           /* bytes */
#define AROUND 200               /* bytes before and behind a region that are decoded with it */
#define BACK 900                 /* from where on regions are looked for: what it takes to know where one begins */
#define GAP_MAX 3                /* separators in a row */
#define CHAIN 8                  /* digits that may be a part of another number */

enum { LENGTH, USED, PLUS, GRAMMAR, FIRST };   /* of pf_unwrap.state; FIRST: of the region in the stretch */

struct region {
    size_t first, end;           /* its digits */
    size_t next;                 /* behind all that was read */
};

/* A region as it is read. The segment is what follows the last escape. */
struct reading {
    size_t first, end, digits, escapes, gap;
    size_t segment, segment_digits, before_end, before_escapes;
    bool pending;                /* an escape stands behind the last digit */
    bool glued;                  /* the segment follows a digit that was escaped */
};

struct scan {
    enum pf_escape_grammar grammar;
    const struct pf_view *view;
    const uint16_t *marks;
    size_t at;                   /* go on here */
    size_t behind;               /* end of the region before */
};

static void add_digit(struct reading *r, size_t at, size_t step, bool escaped)
{
    if (r->digits == 0) {
        r->first = at;
        r->escapes = 0;
    }
    if (!escaped && r->segment_digits++ == 0)
        r->segment = at;
    r->escapes += escaped || (r->pending && r->digits > 0);
    r->digits++;
    r->pending = false;
    r->gap = 0;
    r->end = at + step;
}

/* An escape, or the end, closes a segment. One that is a number by itself parts the
 * region: true when what is before it is worth decoding. */
static bool close_segment(struct reading *r, bool glued)
{
    bool parts = r->segment_digits >= PLAIN_MIN && r->segment_digits <= PLAIN_MAX && !r->glued && !glued;
    bool worth = parts && r->digits - r->segment_digits >= DIGITS_MIN && r->before_escapes > 0;

    if (worth) {
        r->end = r->before_end;
        return true;
    }
    if (parts)
        r->digits = r->escapes = 0;
    r->segment_digits = 0;
    r->before_end = r->end;
    r->before_escapes = r->escapes;
    r->glued = glued;
    return false;
}

/* Bytes of a number that stands at buf[at] in plain digits alone; 0: none does. */
static size_t plain_number(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at)
{
    struct pf_escape e;
    size_t end = at;

    while (end < len && end - at <= PLAIN_MAX && (uint8_t)(buf[end] - '0') < 10)
        end++;
    if (end - at < PLAIN_MIN)
        return 0;
    if (end < len && buf[end] == pf_escape_sign(grammar) && pf_escape_lex(grammar, buf, len, end, &e) &&
        (e.cls == PF_ESCAPE_DIGIT || e.cls == PF_ESCAPE_JOIN))
        return 0;
    return end - at;
}

/* Reads the region that begins at buf[at]; true when it is worth decoding. */
static bool read_region(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at, struct region *out)
{
    struct reading r = { .first = at };
    size_t from = at;
    uint8_t sign = pf_escape_sign(grammar);
    bool parted = false;

    while (at < len && at - from < REGION_MAX && !parted) {
        struct pf_escape e;
        bool escaped = buf[at] == sign && pf_escape_lex(grammar, buf, len, at, &e);
        enum pf_escape_class cls = escaped ? e.cls : pf_escape_plain(grammar, buf[at]);
        size_t step = escaped ? e.deep : 1;

        escaped |= buf[at] == '+' && grammar == PF_ESCAPE_PERCENT;   /* a blank in a query */
        if (cls == PF_ESCAPE_OTHER || (cls == PF_ESCAPE_SEPARATOR && ++r.gap > GAP_MAX)) {
            at += at == from ? step : 0;
            break;
        }
        if (r.digits >= DIGITS_MIN && r.escapes > 0 && r.gap > 0 && plain_number(grammar, buf, len, at) > 0)
            break;
        parted = escaped && close_segment(&r, cls != PF_ESCAPE_SEPARATOR);
        if (parted)
            break;
        r.pending |= escaped;
        if (cls == PF_ESCAPE_DIGIT)
            add_digit(&r, at, step, escaped);
        at += step;
    }
    parted = parted || close_segment(&r, false);
    *out = (struct region){ r.first, r.end, parted ? r.segment : at };
    return parted || (r.digits >= DIGITS_MIN && r.escapes > 0);
}

/* The next sign in [at, until) that a mark stands for. */
static size_t next_sign(const struct scan *s, size_t at, size_t until)
{
    uint8_t sign = pf_escape_sign(s->grammar);

    const size_t words = (until + PF_MARK_WORD - 1) / PF_MARK_WORD;

    while (at < until) {
        size_t word = pf_marks_next(s->marks, PF_MARK_ESCAPE, at / PF_MARK_WORD, words), end = (word + 1) * PF_MARK_WORD;
        size_t stop = end + 1 < until ? end + 1 : until;   /* a digit may end the word, and the sign follow */
        const uint8_t *p;

        if (word == words)
            break;
        at = at > word * PF_MARK_WORD ? at : word * PF_MARK_WORD;
        p = memchr(s->view->buf + at, sign, stop - at);
        if (p != NULL)
            return (size_t)(p - s->view->buf);
        at = end;
    }
    return until;
}

/* An escape that is no part of a number: the number it ends, or that follows, may have blanks
 * written '+'. */
static bool beside_number(const struct scan *s, size_t sign, size_t behind)
{
    const uint8_t *buf = s->view->buf;

    return s->grammar == PF_ESCAPE_PERCENT &&
           ((sign > s->at && pf_escape_plain(s->grammar, buf[sign - 1]) != PF_ESCAPE_OTHER) ||
            (behind < s->view->len && pf_escape_plain(s->grammar, buf[behind]) != PF_ESCAPE_OTHER));
}

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool hex_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 6;
}

/* An escape that ends in a digit hides where the number behind it begins: in
 * "%224111..." the plain search sees one long number, in "%3E4111..." hex digits. */
static bool glued(const struct scan *s, size_t behind, struct region *r)
{
    const uint8_t *buf = s->view->buf;
    size_t n;

    if (behind >= s->view->len || !hex_digit(buf[behind - 1]) || (uint8_t)(buf[behind] - '0') >= 10)
        return false;
    n = plain_number(s->grammar, buf, s->view->len, behind);
    *r = (struct region){ behind, behind + n, behind + (n > 0 ? n : 1) };
    return n > 0;
}

/* "n=41": nobody writes one letter or digit alone as an escape in quoted-printable; the sign
 * stands for itself, and a number may begin behind it. */
static bool by_chance(const struct scan *s, size_t sign, bool lexed, const struct pf_escape *e)
{
    const uint8_t *buf = s->view->buf;
    size_t behind = sign + e->used;

    return s->grammar == PF_ESCAPE_QUOTED && lexed && e->n == 1 && is_digit(buf[sign + 1]) && is_digit(buf[behind - 1]) && e->cls != PF_ESCAPE_SEPARATOR &&
           (behind >= s->view->len || buf[behind] != '=') && (sign < 3 || buf[sign - 3] != '=');
}

/* Reads the region that the escape at buf[sign] is in, ends, or stands before. */
static bool region_at(struct scan *s, size_t sign, struct region *r)
{
    const uint8_t *buf = s->view->buf;
    struct pf_escape e;
    size_t begin = sign, behind;
    bool lexed = pf_escape_lex(s->grammar, buf, s->view->len, sign, &e), part = lexed && e.cls != PF_ESCAPE_OTHER;

    if (by_chance(s, sign, lexed, &e)) {
        *r = (struct region){ .next = sign + 1 };
        return read_region(s->grammar, buf, s->view->len, sign + 1, r);
    }
    behind = sign + (lexed ? e.used : 1);
    *r = (struct region){ .next = behind };
    if (!part && !beside_number(s, sign, behind))
        return false;
    while (begin > s->at && sign - begin < PF_MARK_WORD && pf_escape_plain(s->grammar, buf[begin - 1]) != PF_ESCAPE_OTHER)
        begin--;
    while (begin < sign && pf_escape_plain(s->grammar, buf[begin]) == PF_ESCAPE_SEPARATOR)
        begin++;                     /* blanks before a number are no gap in it */
    if (part || begin < sign) {
        if (read_region(s->grammar, buf, s->view->len, begin, r))
            return true;
    }
    if (part)
        return false;
    if (read_region(s->grammar, buf, s->view->len, behind, r) || glued(s, behind, r))
        return true;
    r->next = behind;                /* the next escape may stand directly behind this one */
    return false;
}

/* The next region worth decoding whose first escape stands before `until`. */
static bool next_region(struct scan *s, size_t until, struct region *r)
{
    until = until < s->view->len ? until : s->view->len;
    for (;;) {
        size_t sign = next_sign(s, s->at, until);
        bool worth;

        if (sign >= until)
            return false;
        worth = region_at(s, sign, r);
        s->at = r->next > sign || worth ? r->next : sign + 1;
        if (worth)
            return true;
    }
}

/* Steps over one byte of the words around; false where they end. `chain` counts the
 * digits in a row, single separators among them, `edge` is where the row began. */
struct walk { size_t chain, edge; bool separated; };

static bool walk_on(struct walk *w, uint8_t c, size_t at)
{
    if (c == '\n' || c == '\r')
        return false;
    if (is_digit(c)) {
        if (w->chain++ == 0)
            w->edge = at;
        w->separated = false;
        return w->chain < CHAIN;
    }
    if (w->chain > 0 && !w->separated && (c == ' ' || c == '-' || c == '.'))
        w->separated = true;
    else
        w->chain = 0;
    return true;
}

static size_t words_begin(const uint8_t *buf, size_t floor, size_t first)
{
    struct walk w = { 0, 0, false };
    size_t at = first;

    while (at > floor && first - at < AROUND) {
        if (!walk_on(&w, buf[at - 1], at))
            return w.chain >= CHAIN ? w.edge : at;
        at--;
    }
    return at;
}

static size_t words_end(const uint8_t *buf, size_t len, size_t end)
{
    struct walk w = { 0, 0, false };
    size_t at = end;

    for (; at < len && at - end < AROUND; at++) {
        if (!walk_on(&w, buf[at], at))
            return w.chain >= CHAIN ? w.edge : at;
    }
    return at;
}

/* Where the stretch around a region ends: the next one, which may begin in its words, comes first. */
static size_t stretch_end(struct scan s, const struct region *r)
{
    size_t end = words_end(s.view->buf, s.view->len, r->end);
    struct region next;

    if (next_region(&s, end + AROUND, &next)) {
        size_t begin = words_begin(s.view->buf, r->end, next.first);

        end = begin < end ? begin : end;
    }
    return end > r->end ? end : r->end;
}

/* In a form or a query a blank is written '+'. */
static bool has_plus(const uint8_t *buf, size_t from, size_t to)
{
    return memchr(buf + from, '+', to - from) != NULL && memchr(buf + from, ' ', to - from) == NULL;
}

/* Goes on where the last find stopped, or some way before `from`. */
static struct scan scan_from(enum pf_escape_grammar grammar, const struct pf_view *view, const uint16_t *marks, size_t from,
                             const struct pf_unwrap *u)
{
    struct scan s = { grammar, view, marks, from > BACK ? from - BACK : 0, 0 };

    if (u->scan[0] > view->offset + s.at)
        s.at = (size_t)(u->scan[0] - view->offset);
    if (u->scan[1] > view->offset)
        s.behind = (size_t)(u->scan[1] - view->offset);
    return s;
}

static void keep_scan(const struct scan *s, struct pf_unwrap *u)
{
    u->scan[0] = s->view->offset + s->at;
    u->scan[1] = s->view->offset + s->behind;
}

static bool find(enum pf_escape_grammar grammar, const struct pf_view *view, const uint16_t *marks, size_t from,
                 struct pf_unwrap *u)
{
    struct scan s = scan_from(grammar, view, marks, from, u);
    struct region r;

    for (keep_scan(&s, u); next_region(&s, view->hi + AROUND + PF_MARK_WORD, &r); keep_scan(&s, u)) {
        size_t begin = words_begin(view->buf, s.behind, r.first), end;

        if (begin >= view->hi)
            return false;                /* and is found again */
        s.behind = r.end;
        if (begin < from)
            continue;
        end = stretch_end(s, &r);
        keep_scan(&s, u);
        u->start = begin;
        u->done = false;
        u->state[LENGTH] = (uint32_t)(end - begin);
        u->state[USED] = 0;
        u->state[PLUS] = grammar == PF_ESCAPE_PERCENT && has_plus(view->buf, begin, end);
        u->state[GRAMMAR] = grammar;
        u->state[FIRST] = (uint32_t)(r.first - begin);
        return true;
    }
    return false;
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    enum pf_escape_grammar grammar = (enum pf_escape_grammar)u->state[GRAMMAR];
    uint8_t sign = pf_escape_sign(grammar);
    size_t n = 0, left = u->state[LENGTH] - u->state[USED], stop = len - *at < left ? len : *at + left, from = *at;
    size_t first = u->state[FIRST] > u->state[USED] ? from + u->state[FIRST] - u->state[USED] : from;

    while (*at < stop && n + sizeof ((struct pf_escape *)0)->out <= cap) {
        struct pf_escape e;
        uint8_t c = buf[*at];

        if (c == sign && pf_escape_lex(grammar, buf, stop, *at, &e) && (*at >= first || *at + e.used <= first)) {
            memcpy(out + n, e.out, e.n);
            n += e.n;
            *at += e.used;
            continue;
        }
        if (pf_escape_plain(grammar, c) != PF_ESCAPE_JOIN)
            out[n++] = c == '+' && u->state[PLUS] ? ' ' : c;
        ++*at;
    }
    u->state[USED] += (uint32_t)(*at - from);
    u->done = u->state[USED] >= u->state[LENGTH] || (last && *at >= len);
    return n;
}

#define ROW(id, text, grammar)                                                                                        \
    static bool find_##id(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)        \
    {                                                                                                                 \
        return find(grammar, view, marks, from, u);                                                                   \
    }                                                                                                                 \
    const struct pf_wrap pf_wrap_##id = { .name = text, .marks = PF_MARK_ESCAPE, .find = find_##id, .decode = decode };

ROW(percent, "percent", PF_ESCAPE_PERCENT)
ROW(entity, "entity", PF_ESCAPE_ENTITY)
ROW(escape, "escape", PF_ESCAPE_BACKSLASH)
ROW(quoted, "quoted-printable", PF_ESCAPE_QUOTED)
ROW(rtf, "rtf", PF_ESCAPE_RTF)
