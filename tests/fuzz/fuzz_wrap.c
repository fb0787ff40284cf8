/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Every wrapping of the list: it is found and decoded inside the bytes, goes on or
 * ends, and gives the same bytes whether it is decoded at once or in small pieces;
 * one that can go on for ever also when the bytes come in windows of any size. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT = 1 << 16 };

static const struct pf_wrap *const wraps[] = {
#define PF_WRAP(name) &pf_wrap_##name,
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
    NULL,
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Decodes into out in pieces of `cap`; returns the bytes, and where it ended. */
static size_t decode(struct pf_unwrap u, const uint8_t *buf, size_t len, size_t cap, uint8_t *out, size_t *end)
{
    size_t at = u.start, n = 0;

    while (n + cap <= OUT) {
        size_t before = at, got = u.wrap->decode(&u, buf, len, true, &at, out + n, cap);

        must(got <= cap && at <= len && at >= before);
        n += got;
        if (u.done || (got == 0 && at == before))
            break;
    }
    *end = at;
    return n;
}

/* Decodes while `step` bytes more come each time: the window that it begins in has
 * PF_LOOKAHEAD bytes behind its start, those that follow have any number. Each is a
 * copy of its own size, so that a read behind it is seen. */
static size_t decode_windows(struct pf_unwrap u, const uint8_t *data, size_t size, size_t step, uint8_t *out, size_t *end)
{
    size_t at = u.start, n = 0, len = size - at > PF_LOOKAHEAD ? at + PF_LOOKAHEAD : size;

    for (bool last = false; !last && !u.done; len = size - len > step ? len + step : size) {
        uint8_t *copy = malloc(len);
        size_t before, got;

        must(copy != NULL);
        memcpy(copy, data, len);
        last = len == size;
        do {
            before = at;
            if (n + 512 > OUT)
                break;
            got = u.wrap->decode(&u, copy, len, last, &at, out + n, 512);
            must(got <= 512 && at <= len && at >= before);
            n += got;
        } while (!u.done && (got > 0 || at > before));
        free(copy);
    }
    *end = at;
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t a[OUT], b[OUT];
    uint16_t *marks = malloc((size / PF_MARK_WORD + 2) * sizeof *marks);
    struct pf_view view = { .buf = data, .len = size, .lo = 0, .hi = size, .first = true, .last = true };

    must(marks != NULL);
    memset(marks, 0xff, (size / PF_MARK_WORD + 2) * sizeof *marks);
    for (size_t i = 0; wraps[i] != NULL && size < OUT / 4; i++) {
        struct pf_unwrap u = { .wrap = wraps[i] };

        for (size_t from = 0, end, again; wraps[i]->find != NULL && from < size && wraps[i]->find(&view, marks, from, &u);) {
            size_t n;

            must(u.start >= from && u.start < size);
            n = decode(u, data, size, 4096, a, &end);
            must(decode(u, data, size, 512, b, &again) == n && end == again && memcmp(a, b, n) == 0);
            for (size_t step = 1; u.wrap->stream && step < 200 && n < OUT / 2; step = step * 5 + 2)
                must(decode_windows(u, data, size, step, b, &again) == n && end == again && memcmp(a, b, n) == 0);
            from = end > u.start ? end : u.start + 1;
            u = (struct pf_unwrap){ .wrap = wraps[i] };
        }
    }
    free(marks);
    return 0;
}
