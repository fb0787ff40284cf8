/* hidden.c - card numbers that were hashed, encrypted or replaced, by the name of
 * their field and the shape of the value. The number cannot be told. */
#include "pan-finder/detect/find/element_value.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

enum { VALUE_MAX = 600, HEAD = 24, VALUE_MIN = 20 };

/* What a value stands behind. */
static const bool opens[256] = { ['"'] = true, ['\''] = true, [':'] = true, ['='] = true, ['>'] = true, [' '] = true,
    ['}'] = true, ['('] = true, ['['] = true, ['$'] = true };

/* A byte of a run that can be a hidden number's. */
static bool runs(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 32) - 'a') < 26 || c == '+' || c == '/' || c == '-' || c == '_';
}

/* Where the value that holds the run at buf[at] begins: the run itself, or an envelope before it,
 * as in "sha256:", "{cipher}", "ENC("; what stands before it opens a value. */
static size_t value_start(const uint8_t *buf, size_t at)
{
    size_t from = at;

    while (from > 0 && at - from < HEAD && (runs(buf[from - 1]) || memchr("{}()[]:$\\'", buf[from - 1], 10) != NULL))
        from--;
    return from;
}

static bool told(const struct pf_look *look, size_t start, size_t limit)
{
    struct pf_element e = { .form = "ascii", .start = (uint32_t)start };
    char name[PF_NAME_MAX + 1];
    enum pf_named kind;
    size_t n;

    pf_name_before(look->view->buf, start, name);
    kind = name[0] != '\0' ? pf_element_hidden(name) : pf_element_japanese_before(look->view->buf, start);
    if (kind == PF_NAMED_NOTHING)
        return false;
    n = pf_hidden_length(look->view->buf + start, limit - start);
    e.end = (uint32_t)(start + n);
    if (!pf_element_value(kind, look->view->buf + start, n, PF_NEAR_NOTHING, &e))
        return false;
    look->fn(look->ctx, &e);
    return true;
}

/* A value's longest part stands first, or behind an envelope: what stands between is
 * no part of its own. */
static bool short_parts(const uint8_t *buf, size_t from, size_t to)
{
    for (size_t n = 0; from < to; from++) {
        n = runs(buf[from]) ? n + 1 : 0;
        if (n >= VALUE_MIN)
            return false;
    }
    return true;
}

/* Judges the run at buf[at]; returns its end. */
static size_t judge(const struct pf_look *look, size_t at)
{
    const uint8_t *buf = look->view->buf;
    size_t limit = look->view->len - at < VALUE_MAX ? look->view->len : at + VALUE_MAX, end = at, start;

    while (end < limit && runs(buf[end]))
        end++;
    if (end - at < VALUE_MIN || told(look, at, limit))
        return end;
    start = value_start(buf, at);
    if (start < at && short_parts(buf, start, at))
        told(look, start, limit);
    return end;
}

enum { STEP = 16 };

/* False: no byte of the STEP at p opens a value. Most lines of a mail's attachment have none. */
static bool may_open(const uint8_t *p)
{
#if defined(__SSE2__)
    __m128i c = _mm_loadu_si128((const __m128i *)(const void *)p), v = _mm_sub_epi8(c, _mm_set1_epi8(' '));
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8('*' - ' ')), v), w = _mm_sub_epi8(c, _mm_set1_epi8(':'));
    __m128i mid = _mm_cmpeq_epi8(_mm_min_epu8(w, _mm_set1_epi8('>' - ':')), w);
    __m128i brackets = _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('}')), _mm_cmpeq_epi8(c, _mm_set1_epi8('[')));

    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, mid), brackets)) != 0;
#else
    for (unsigned i = 0; i < STEP; i++)
        if (opens[p[i]])
            return true;
    return false;
#endif
}

void pf_find_hidden(const struct pf_look *look)
{
    const unsigned marks = PF_MARK_HEX | PF_MARK_BASE64;
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;

    if (!(look->any & marks) || look->text == PF_TEXT_NONE)
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, marks, at, view->hi)) != SIZE_MAX;) {
        size_t until = (at / PF_MARK_WORD + 1) * PF_MARK_WORD;

        while (at < until && at < view->hi) {
            if (at > 0 && at + STEP <= view->len && !may_open(buf + at - 1))
                at += STEP;
            else if ((at == 0 || opens[buf[at - 1]]) && runs(buf[at]))
                at = judge(look, at);
            else
                at++;
        }
    }
}
