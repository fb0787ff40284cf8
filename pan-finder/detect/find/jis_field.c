/* jis_field.c - one JIS II record by itself: a field of 69 to 72 characters of a stripe (69 of
 * data; sentinels, check character), with a card number in it. What tells that it is one: a name
 * before it that says so, in Japanese too; or, with an expiry date behind the number, control
 * characters around it, or that it is all that some text was decoded to (hex, base64).
 *
 * A field is met by looking at every STEP-th byte. In nearly all text it ends a few bytes from there. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

#define STEP 64u           /* less than the shortest field */
#define DATA 69u           /* JIS X 6302-2, annex JA */
#define FIELD_MAX 72u
#define SLACK 3u           /* a name's record may be that much shorter or longer */
#define BYTES_MAX 136u     /* of a field: kana have three in UTF-8, two in EUC-JP */
#define HEAD_MAX 24u       /* bytes before the number */
#define GAP 12u            /* bytes between a name and its value */
#define NAMES 40u          /* bytes before that in which the name stands */
#define DEL 0x7fu          /* the start and end sentinel */

struct field { size_t from, to; };

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

/* A stripe's characters that are ASCII (JIS X 0201). */
static bool is_plain(uint8_t c)
{
    return is_digit(c) || (uint8_t)(c - 'A') < 26 || (c != 0 && memchr(" /.-*", c, 5) != NULL);
}

/* Bytes of the half-width kana at buf[at] in Shift_JIS, EUC-JP or UTF-8; 0: none. */
static size_t kana_at(const uint8_t *buf, size_t len, size_t at)
{
    if (buf[at] >= 0xa1 && buf[at] <= 0xdf)
        return 1;
    if (buf[at] == 0x8e && len - at >= 2 && buf[at + 1] >= 0xa1 && buf[at + 1] <= 0xdf)
        return 2;
    return buf[at] == 0xef && len - at >= 3 && (buf[at + 1] == 0xbd || buf[at + 1] == 0xbe) ? 3 : 0;
}

/* A byte of a field, as far as it can be told by itself. */
static bool may_be(uint8_t c)
{
    return is_plain(c) || (c >= 0x80 && c < 0xf0);
}

/* None of 32 bytes is a control character, a small letter, or between fields: most are such in most text. */
static bool no_border(const uint8_t *p)
{
#if defined(__SSE2__)
    __m128i bad = _mm_setzero_si128();

    for (int i = 0; i < 32; i += 16) {
        __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(p + i)), small = _mm_sub_epi8(c, _mm_set1_epi8('a'));

        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(0x1f)), c));
        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(_mm_min_epu8(small, _mm_set1_epi8(25)), small));
        bad = _mm_or_si128(bad, _mm_cmpeq_epi8(c, _mm_set1_epi8(',')));
    }
    return _mm_movemask_epi8(bad) == 0;
#else
    for (int i = 0; i < 32; i++)
        if (p[i] < 0x20 || (uint8_t)(p[i] - 'a') < 26 || p[i] == ',')
            return false;
    return true;
#endif
}

/* Can a field hold buf[at]? Of its 66 bytes or more 32 stand on one side. */
static bool may_hold(const struct pf_view *view, size_t at)
{
    if (at < 32 || view->len - at < 32)
        return true;
    return no_border(view->buf + at - 32) || no_border(view->buf + at);
}

/* Start of the PF_PAN_MIN digits or more that stand before or behind buf[at], within a field; SIZE_MAX: none. */
static size_t run_near(const struct pf_view *view, size_t at)
{
    size_t low = at > BYTES_MAX ? at - BYTES_MAX : 0, high = view->len - at > BYTES_MAX ? at + BYTES_MAX : view->len, i = at;
    unsigned run = 0;

    while (i > low && may_be(view->buf[i - 1]) && run < PF_PAN_MIN) {
        i--;
        run = is_digit(view->buf[i]) ? run + 1 : 0;
    }
    if (run == PF_PAN_MIN) {
        while (i > low && is_digit(view->buf[i - 1]))
            i--;
        return i;
    }
    for (run = 0; i < high && may_be(view->buf[i]); i++) {
        run = is_digit(view->buf[i]) ? run + 1 : 0;
        if (run == PF_PAN_MIN)
            return i + 1 - run;
    }
    return SIZE_MAX;
}

/* The field around the digits that begin at `run`, and how many characters it has. */
static size_t field_around(const struct pf_view *view, size_t run, struct field *f)
{
    size_t n;

    f->from = run;
    while (f->from > 0 && run - f->from < HEAD_MAX && is_plain(view->buf[f->from - 1]))
        f->from--;
    if (f->from > 0 && run - f->from < HEAD_MAX && (uint8_t)(view->buf[f->from - 1] - 'a') < 26)
        f->from--;                         /* a start sign */
    while (f->from < run && view->buf[f->from] == ' ')
        f->from++;
    n = run - f->from;
    for (f->to = run; f->to < view->len && n <= FIELD_MAX + SLACK; n++) {
        size_t size = is_plain(view->buf[f->to]) ? 1 : kana_at(view->buf, view->len, f->to);

        if (size == 0)
            break;
        f->to += size;
    }
    return n;
}

enum dated { USUAL, DATED, UNDATED };

/* YYMM or MMYY, of 2015 to 2049; USUAL: YYMM, of 2020 to 2036. */
static bool is_expiry(const uint8_t *c, enum dated how)
{
    unsigned a = (c[0] - '0') * 10u + c[1] - '0', b = (c[2] - '0') * 10u + c[3] - '0';

    for (unsigned i = 0; i < 4; i++)
        if (!is_digit(c[i]))
            return false;
    if (how == USUAL)
        return a >= 20 && a <= 36 && b >= 1 && b <= 12;
    return (a >= 15 && a <= 49 && b >= 1 && b <= 12) || (b >= 15 && b <= 49 && a >= 1 && a <= 12);
}

/* Such a date directly behind, or behind two filling characters. */
static bool has_expiry(const uint8_t *buf, const struct field *f, size_t end, enum dated how)
{
    for (size_t i = 0; i <= 2 && end + i + 4 <= f->to; i++) {
        if (is_expiry(buf + end + i, how))
            return true;
        if (buf[end + i] != ' ' && buf[end + i] != '0')
            return false;
    }
    return false;
}

static const struct pf_brand *number_at(const uint8_t *buf, size_t at, size_t n, struct pf_pan *pan)
{
    const struct pf_brand *brand = pf_chars_pan(buf + at, n, '0', pan);

    if (brand != NULL)                     /* a co-brand's range counts as that of the brand around it */
        brand = pf_iin_find_world(pan->digit, n);
    return brand != NULL && (brand->usual >> n & 1u) ? brand : NULL;
}

/* The number of the field: the first that an expiry date stands behind, a likely one before others; else the first. */
static const struct pf_brand *number_in(const uint8_t *buf, const struct field *f, struct pf_pan *pan, bool *dated)
{
    static const uint8_t sizes[] = { 16, 15, 14 };

    for (enum dated how = USUAL; how <= UNDATED; how++)
        for (size_t i = 0; i < sizeof sizes; i++)      /* most have sixteen digits: all places for these first */
            for (size_t at = f->from; at + sizes[i] <= f->to && at < f->from + HEAD_MAX; at++) {
                const struct pf_brand *brand = number_at(buf, at, sizes[i], pan);

                *dated = how != UNDATED;
                if (brand != NULL && (how == UNDATED || has_expiry(buf, f, at + sizes[i], how)))
                    return brand;
                pf_pan_wipe(pan);
            }
    return NULL;
}

/* ---- what tells that it is a record ---- */

static bool holds(const uint8_t *buf, size_t n, const char *word)
{
    return memmem(buf, n, word, strlen(word)) != NULL;
}

/* "JIS" in any case; stripe, magnetic, in UTF-8, Shift_JIS, EUC-JP and half-width. */
static bool says_so(const uint8_t *buf, size_t n)
{
    static const char *const words[] = {
        "\xe3\x82\xb9\xe3\x83\x88\xe3\x83\xa9\xe3\x82\xa4\xe3\x83\x97", "\xe7\xa3\x81\xe6\xb0\x97", "\x83\x58\x83\x67\x83\x89\x83\x43\x83\x76", "\x8e\xa5\x8b\x43",
        "\xa5\xb9\xa5\xc8\xa5\xe9\xa5\xa4\xa5\xd7", "\xbc\xa7\xb5\xa4", "\xbd\xc4\xd7\xb2\xcc\xdf", "rack4", "RACK4",
    };

    for (size_t i = 0; i + 3 <= n; i++)
        if ((buf[i] | 32) == 'j' && (buf[i + 1] | 32) == 'i' && (buf[i + 2] | 32) == 's')
            return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (holds(buf, n, words[i]))
            return true;
    return false;
}

/* In the line, not behind another value: names have no comma or semicolon in them, but the field may be a cell. */
static bool is_named(const struct pf_view *view, size_t from)
{
    size_t low = from > GAP + NAMES ? from - GAP - NAMES : 0;
    const uint8_t *line = memrchr(view->buf + low, '\n', from - low);

    if (line != NULL)
        low = (size_t)(line - view->buf);
    return says_so(view->buf + low, from - low);
}

static bool is_control(uint8_t c)
{
    return c < 0x20 || c == DEL;
}

/* Sentinels or STX and ETX on both sides; zero bytes, where it is as long as the standard says; or the
 * ends of what was decoded, with such characters and a check character there or not. */
static bool is_framed(const struct pf_look *look, const struct field *f, size_t n)
{
    const struct pf_view *view = look->view;
    size_t behind = view->len - f->to;
    uint8_t before = f->from > 0 ? view->buf[f->from - 1] : 0, after = behind > 0 ? view->buf[f->to] : 0;

    if (look->decoded && f->from <= 2 && view->first && view->last && behind <= 3)
        return (f->from == 0 || is_control(before)) && (behind == 0 || is_control(after) || behind == 1);
    if (n == DATA && behind > 0 && after == 0 && before == 0)
        return f->from > 0 || view->first;
    return f->from > 0 && behind > 0 && (before == DEL || before == 0x02) && (after == DEL || after == 0x03);
}

/* The field that the digits at `run` are in. */
static void judge(const struct pf_look *look, size_t run, size_t *done)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .form = "ascii", .reasons = BIT(JIS2) };
    struct field f;
    size_t n = field_around(view, run, &f);
    bool dated = false, named;

    if (n + SLACK < DATA || n > FIELD_MAX + SLACK || f.to <= *done || f.from < view->lo || f.from >= view->hi)
        return;
    *done = f.to;
    named = is_named(view, f.from);
    if (!named && (n < DATA || n > FIELD_MAX || !is_framed(look, &f, n)))
        return;
    e.brand = number_in(view->buf, &f, &e.pan, &dated);
    if (e.brand != NULL && (named || dated)) {
        e.confidence = named && dated ? PF_CONFIRMED : PF_PROBABLE;
        e.reasons |= named ? BIT(NAMED) : 0;
        e.start = (uint32_t)f.from;
        e.end = (uint32_t)f.to;
        e.digits = e.pan.n;
        look->fn(look->ctx, &e);
    }
    pf_pan_wipe(&e.pan);
}

void pf_find_jis_field(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t until = view->len - view->hi > BYTES_MAX ? view->hi + BYTES_MAX : view->len, at = view->lo, done = 0;

    if (!look->runs)
        return;
    at += (STEP - (view->offset + at) % STEP) % STEP;
    for (; at < until; at += STEP) {
        size_t run = may_hold(view, at) ? run_near(view, at) : SIZE_MAX;

        if (run != SIZE_MAX)
            judge(look, run, &done);
    }
}
