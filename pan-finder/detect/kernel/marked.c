/* marked.c - runs of the dresses that are looked for where marks stand. */
#include "pan-finder/detect/kernel/dress.h"

#include "pan-finder/base/limits.h"

/* The end of the row of words from `w` on that hold one of `flags`, in bytes. */
static size_t marked_end(const uint16_t *marks, size_t w, size_t words, unsigned flags)
{
    while (w < words && (marks[w] & flags) != 0)
        w++;
    return w * PF_MARK_WORD;
}

static void runs_of(enum pf_dress dress, unsigned flags, const uint8_t *buf, size_t len, const uint16_t *marks,
                    pf_runs_fn *fn, void *ctx)
{
    const size_t words = (len + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t done = 0;

    for (size_t w = 0; w < words; w++) {
        size_t from = w > 0 ? (w - 1) * PF_MARK_WORD : 0, until;
        struct pf_run run;

        if ((marks[w] & flags) == 0)
            continue;
        until = marked_end(marks, w, words, flags);
        for (from = from > done ? from : done; pf_dress_run(dress, buf, len, from, until, &run); from = run.end) {
            fn(ctx, &run, 1);
            done = run.end;
        }
        w = until / PF_MARK_WORD;
    }
}

void pf_marked_runs(const uint8_t *buf, size_t len, const uint16_t *marks, pf_runs_fn *fn, void *ctx)
{
    const size_t words = (len + PF_MARK_WORD - 1) / PF_MARK_WORD;
    unsigned any = 0;

    for (size_t w = 0; w < words; w++)
        any |= marks[w];
    for (int d = PF_DRESS_MARKED; d < PF_DRESS_COUNT; d++) {
        unsigned flags = d == PF_DRESS_EBCDIC ? PF_MARK_EBCDIC : PF_MARK_WIDE;

        if ((any & flags) != 0)
            runs_of((enum pf_dress)d, flags, buf, len, marks, fn, ctx);
    }
}
