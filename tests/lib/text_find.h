/* text_find.h - one finder over a text, whole and in windows of any size. A test
 * names it before it includes this: #define FINDER pf_find_NAME. */
#ifndef TESTS_LIB_TEXT_FIND_H
#define TESTS_LIB_TEXT_FIND_H

#include "pan-finder/detect/find/find.h"

#include <check.h>
#include <string.h>

#define TEXT_MAX 8192

/* What was found: how many, and the last of them. */
static struct { unsigned n; struct pf_element last; } found;

static void keep(void *ctx, const struct pf_element *element)
{
    (void)ctx;
    found.n++;
    found.last = *element;
}

static void look_at(const char *text, size_t lo, size_t hi)
{
    uint16_t marks[TEXT_MAX / PF_MARK_WORD + 1];
    struct pf_view view = { .buf = (const uint8_t *)text, .len = strlen(text), .lo = lo, .hi = hi, .first = true, .last = true };
    struct pf_look look = { .view = &view, .marks = marks, .any = UINT16_MAX, .text = PF_TEXT_BYTES, .runs = true, .fn = keep };

    ck_assert(view.len < TEXT_MAX);
    pf_scalar_marks(view.buf, view.len, marks);
    FINDER(&look);
}

/* The same must be told when the text is cut into windows of any size. */
static void find(const char *text)
{
    unsigned whole;

    found.n = 0;
    look_at(text, 0, strlen(text));
    whole = found.n;
    for (size_t step = 1; step < 150; step += 29) {
        found.n = 0;
        for (size_t lo = 0; lo < strlen(text); lo += step)
            look_at(text, lo, lo + step < strlen(text) ? lo + step : strlen(text));
        ck_assert_uint_eq(found.n, whole);
    }
}

#endif
