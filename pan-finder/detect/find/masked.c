/* masked.c - truncated numbers as they stand: "411111******1111". How many digits may
 * be kept, by brand and length: data/truncation.tsv. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { BEFORE = 40, TOKEN = 96 };     /* bytes before the mask signs; of a number, full-width at most */
enum { HIDDEN_MIN = 3 };              /* one full stop among digits hides nothing */
enum { FIRST = 6, SHORT_FIRST = 4, LAST = 4, STRONG = 4 };

struct truncation { const char *brand; uint8_t from, to, first, last; };     /* brand "": any */

#include "truncation_table.h"

/* A number as it stands: digits as 0..9, hidden ones as HIDDEN. */
#define HIDDEN 0xff
struct shown {
    uint8_t digit[PF_PAN_MAX + 1];
    size_t n, start, end;
    size_t first, last;               /* digits kept at its beginning and end */
    uint8_t sign;                     /* the last byte of what hides; 0: nothing is hidden */
};

/* What stands at a place: a digit, a mask sign, what may stand between groups. */
enum part { OTHER, DIGIT, SIGN, GAP };
struct piece { uint8_t part, size, digit; };

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool starts(const uint8_t *buf, size_t len, size_t at, const char *bytes, size_t n)
{
    return len - at >= n && memcmp(buf + at, bytes, n) == 0;
}

/* A character of two or three bytes: UTF-8, Shift_JIS, EUC-JP. */
static struct piece wide_at(const uint8_t *buf, size_t len, size_t at)
{
    static const struct { uint8_t part, n; char bytes[4]; } wide[] = {
        { SIGN, 3, "\xe2\x80\xa2" }, { SIGN, 3, "\xe2\x97\x8f" }, { SIGN, 3, "\xef\xbc\x8a" },      /* U+2022, U+25CF, U+FF0A */
        { SIGN, 2, "\xc3\x97" }, { SIGN, 3, "\xef\xbc\xb8" }, { SIGN, 3, "\xef\xbd\x98" }, { SIGN, 3, "\xe2\x88\x97" },   /* U+00D7, U+FF38, U+FF58, U+2217 */
        { SIGN, 3, "\xe2\x97\x8b" }, { SIGN, 3, "\xe2\x97\xaf" }, { SIGN, 3, "\xe2\x96\xa0" },      /* U+25CB, U+25EF, U+25A0 */
        { SIGN, 2, "\x81\x96" }, { SIGN, 2, "\x81\x9c" }, { SIGN, 2, "\xa1\xf6" }, { SIGN, 2, "\xa1\xfc" },
        { SIGN, 2, "\x81\x7e" }, { SIGN, 2, "\x82\x77" }, { SIGN, 2, "\x81\x9b" }, { SIGN, 2, "\x81\xfc" }, { SIGN, 2, "\x81\xa1" },
        { SIGN, 2, "\xa1\xdf" }, { SIGN, 2, "\xa3\xd8" }, { SIGN, 2, "\xa1\xfb" },
        { GAP, 3, "\xe3\x80\x80" }, { GAP, 3, "\xef\xbc\x8d" },                                  /* U+3000, U+FF0D */
        { GAP, 2, "\x81\x40" }, { GAP, 2, "\x81\x7c" }, { GAP, 2, "\xa1\xa1" }, { GAP, 2, "\xa1\xdd" },
    };
    static const struct { uint8_t n, zero; char bytes[3]; } digits[] = {
        { 3, 0x90, "\xef\xbc" }, { 2, 0x4f, "\x82" }, { 2, 0xb0, "\xa3" },                       /* full-width */
    };

    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
        uint8_t n = digits[i].n;

        if (len - at >= n && starts(buf, len, at, digits[i].bytes, n - 1u) && (uint8_t)(buf[at + n - 1] - digits[i].zero) < 10)
            return (struct piece){ DIGIT, n, (uint8_t)(buf[at + n - 1] - digits[i].zero) };
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (starts(buf, len, at, wide[i].bytes, wide[i].n))
            return (struct piece){ wide[i].part, wide[i].n, 0 };
    return (struct piece){ OTHER, 1, 0 };
}

static struct piece piece_at(const uint8_t *buf, size_t len, size_t at)
{
    uint8_t c = buf[at];

    if (c >= 0x80)
        return wide_at(buf, len, at);
    if (is_digit(c))
        return (struct piece){ DIGIT, 1, (uint8_t)(c - '0') };
    if (c == '-')                               /* one parts groups, two in a row hide */
        return (struct piece){ (at > 0 && buf[at - 1] == '-') || (at + 1 < len && buf[at + 1] == '-') ? SIGN : GAP, 1, 0 };
    return (struct piece){ memchr("*Xx#._?", c, 7) != NULL ? SIGN : c == ' ' ? GAP : OTHER, 1, 0 };
}

/* The piece that ends before `at`. */
static struct piece piece_before(const uint8_t *buf, size_t at)
{
    for (uint8_t n = 3; n > 0; n--) {
        struct piece p = at >= n ? piece_at(buf, at, at - n) : (struct piece){ OTHER, 1, 0 };

        if (p.size == n && p.part != OTHER)
            return p;
    }
    return (struct piece){ OTHER, 1, 0 };
}

static bool wordy(uint8_t c)
{
    return is_digit(c) || (uint8_t)((c | 32) - 'a') < 26 || c == '_' || c == '*' || c == '#';
}

/* Takes the piece; false: hidden in two places, by two signs, or too long. */
static bool take(struct shown *s, struct piece p, uint8_t sign, bool *again)
{
    bool hidden = s->sign != 0;

    if (s->n > PF_PAN_MAX || (p.part == SIGN && hidden && (*again || sign != s->sign)))
        return false;
    if (p.part == SIGN)
        s->sign = sign;
    else
        *again = hidden;
    s->digit[s->n++] = p.part == SIGN ? HIDDEN : p.digit;
    return true;
}

/* A blank or hyphen that the number goes on behind. */
static bool joins(const uint8_t *buf, size_t len, size_t behind)
{
    return behind < len && (piece_at(buf, len, behind).part == DIGIT || piece_at(buf, len, behind).part == SIGN);
}

/* Reads the token from buf[start] on: digits, mask signs of one kind, single blanks
 * or hyphens between them. */
static bool read_shown(const uint8_t *buf, size_t len, size_t start, struct shown *s)
{
    size_t at = start;
    bool again = false;

    *s = (struct shown){ .start = start };
    while (at < len && at - start < TOKEN) {
        struct piece p = piece_at(buf, len, at);
        size_t behind = at + p.size;

        if (p.part == OTHER || (p.part == GAP && !joins(buf, len, behind)))
            break;
        if (p.part != GAP && !take(s, p, buf[behind - 1], &again))
            return false;
        at = behind;
        s->end = at;
    }
    while (s->first < s->n && s->digit[s->first] != HIDDEN)
        s->first++;
    while (s->last < s->n - s->first && s->digit[s->n - 1 - s->last] != HIDDEN)
        s->last++;
    return s->sign != 0 && s->n - s->first - s->last >= HIDDEN_MIN && s->n <= PF_PAN_MAX && (at >= len || !wordy(buf[at]));
}

/* The brand of what is shown of it, were it `n` digits long. */
static const struct pf_brand *brand_of(const struct shown *s, size_t n)
{
    uint8_t digit[PF_PAN_MAX] = { 0 };
    const struct pf_brand *brand;

    for (size_t i = 0; i < s->first && i < PF_PAN_MAX; i++)
        digit[i] = s->digit[i];
    brand = pf_iin_find_world(digit, n);
    explicit_bzero(digit, sizeof digit);
    return brand != NULL && (brand->usual >> n & 1u) ? brand : NULL;
}

/* Fewer signs than digits, or more ("411111****1111"), are met behind words for cards. */
static const struct pf_brand *brand_of_any(const struct shown *s)
{
    static const uint8_t lengths[] = { 16, 15, 14 };
    const struct pf_brand *brand = NULL;

    for (size_t i = 0; i < sizeof lengths && brand == NULL && s->first == FIRST && s->last == LAST; i++)
        brand = brand_of(s, lengths[i]);
    return brand;
}

/* The first row of truncation.tsv that fits brand and length; its last row fits all. */
static bool within_limits(const struct shown *s, const struct pf_brand *brand)
{
    const struct truncation *t = truncations;

    while (t < truncations + sizeof truncations / sizeof truncations[0] - 1 &&
           (s->n < t->from || s->n > t->to || (t->brand[0] != '\0' && strcmp(brand->key, t->brand) != 0)))
        t++;
    return s->first <= t->first && s->last <= t->last;
}

/* Signs that stand between digits for other reasons: lines to write on, rules, what is unknown. */
static bool weak(uint8_t sign)
{
    return sign == '_' || sign == '-' || sign == '?';
}

/* What words around it must say. Six digits, four, and as many signs as are hidden tell
 * by themselves; dots do not: they end sentences, and stand in dumps for what has no sign. */
static bool believed(const struct shown *s, bool wide, bool card, bool strong)
{
    if (s->last < LAST)
        return wide && card && s->sign != '.' && !weak(s->sign);
    if (weak(s->sign))
        return card;
    return strong || (s->sign != '.' && (s->first >= FIRST || card));
}

static void judge(const struct pf_look *look, const struct shown *s)
{
    struct pf_context context = pf_context_score(look->view->buf, look->view->len, s->start, s->end, PF_DRESS_ASCII);
    bool card = context.flags & (PF_CONTEXT_CARD | PF_CONTEXT_FIELD), strong = card && context.score >= STRONG;
    const struct pf_brand *brand = brand_of(s, s->n);
    struct pf_element e = { .reasons = BIT(AS_MASKED) | (context.flags & PF_CONTEXT_CARD ? BIT(CARD) : 0), .form = "ascii",
                            .start = (uint32_t)s->start, .end = (uint32_t)s->end, .digits = (uint8_t)s->n };

    e.brand = brand != NULL ? brand : strong ? brand_of_any(s) : NULL;
    if (e.brand == NULL)
        return;
    e.cls = within_limits(s, e.brand) ? PF_CLASS_PAN_TRUNC_OK : PF_CLASS_PAN_TRUNC_WIDE;
    if (!believed(s, e.cls == PF_CLASS_PAN_TRUNC_WIDE, card, strong))
        return;
    e.confidence = card ? PF_CONFIRMED : context.flags & PF_CONTEXT_OTHER_ID ? PF_POSSIBLE : PF_PROBABLE;
    for (size_t i = 0; i < s->n; i++) {
        bool shown = (i < 6 || i + 4 >= s->n) && s->digit[i] != HIDDEN;

        e.masked.text[i] = shown ? (char)('0' + s->digit[i]) : '*';
    }
    look->fn(look->ctx, &e);
}

/* A letter or digit stands before buf[at] that the number would go on from; the second
 * byte of a Japanese character in Shift_JIS may look like a letter. */
static bool glued(const uint8_t *buf, size_t at)
{
    if (at > 1 && buf[at - 1] == '.' && is_digit(buf[at - 2]))
        return true;                            /* behind a decimal point: "4.38961843444..." */
    return at > 0 && wordy(buf[at - 1]) && !(at > 1 && buf[at - 1] >= 0x40 && buf[at - 2] >= 0x81 && buf[at - 2] <= 0x9f);
}

/* Where the number that is hidden from buf[at] on begins: digits, blanks and hyphens
 * before it. */
static size_t begin_of(const uint8_t *buf, size_t at)
{
    size_t i = at, begin = at;

    while (i > 0 && at - i < BEFORE) {
        struct piece p = piece_before(buf, i);

        if ((p.part != DIGIT && p.part != GAP) || (p.part == GAP && begin != i))
            break;
        i -= p.size;
        begin = p.part == DIGIT || i + p.size == at ? i : begin;
    }
    return piece_at(buf, at, begin < at ? begin : at - 1).part == DIGIT ? begin : at;
}

/* The first mask sign of a number may stand in the word before the one that is marked. */
void pf_find_masked(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    size_t done = 0;

    if (!(look->any & PF_MARK_STARS) || (look->text == PF_TEXT_NONE && !look->decoded))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_STARS, at, view->len)) != SIZE_MAX;) {
        size_t until = (at / PF_MARK_WORD + 1) * PF_MARK_WORD, from = at > PF_MARK_WORD ? at - PF_MARK_WORD : 1;

        for (at = from > done ? from : done; at < until && at < view->len; at++) {
            struct shown s;
            size_t begin;

            if (at < done || piece_at(buf, view->len, at).part != SIGN || piece_before(buf, at).part == SIGN)
                continue;
            begin = begin_of(buf, at);
            if (begin == at || begin < view->lo || begin >= view->hi || glued(buf, begin) ||
                !read_shown(buf, view->len, begin, &s) || s.first < SHORT_FIRST)
                continue;
            done = s.end;
            judge(look, &s);
            explicit_bzero(&s, sizeof s);
        }
        done = until > done ? until : done;
        at = until;
    }
}
