/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Any bytes in each charset that words are read in, ISO-2022-JP among them: no more
 * characters than there is room for, none that is none, the same for the same bytes;
 * a reading stays within its reach, and a score can be told for any place. Runs of
 * the rarer dresses lie inside the bytes, and their digits are counted. */
#include "pan-finder/detect/charset.h"
#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHARSETS = PF_CHARSET_EBCDIC + 1, CAP = 300 };

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void decode(enum pf_charset charset, const uint8_t *data, size_t size, size_t at)
{
    uint32_t cp[CAP + 1], again[CAP];
    size_t bad = 0, bad_again = 0, n, from;
    struct pf_reading before, after;

    cp[CAP] = 0xdeadbeef;
    n = pf_charset_decode(charset, data, 0, at, cp, CAP, &bad);
    must(n <= CAP && cp[CAP] == 0xdeadbeef);
    must(pf_charset_decode(charset, data, 0, at, again, CAP, &bad_again) == n && bad == bad_again);
    for (size_t i = 0; i < n; i++)
        must(cp[i] == again[i] && cp[i] < 0x110000);
    from = pf_charset_sync(charset, data, at / 2, at);
    must(from >= at / 2 && from <= at);
    pf_reading_before(&before, data, at, charset);
    pf_reading_after(&after, data, size, at, charset);
    must(before.n <= PF_READING_MAX && after.n <= PF_READING_MAX);
}

struct seen { const uint8_t *data; size_t size, runs; };

static void take(void *ctx, const struct pf_run *run, size_t n)
{
    struct seen *seen = ctx;

    for (size_t i = 0; i < n; i++) {
        must(run[i].start < run[i].end && run[i].end <= seen->size && run[i].digits >= 12);
        must(run[i].dress >= PF_DRESS_MARKED && run[i].dress < PF_DRESS_COUNT);
        (void)pf_context_score(seen->data, seen->size, run[i].start, run[i].end, (uint8_t)run[i].dress);
        seen->runs++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t words = size / PF_MARK_WORD + 1;
    struct seen seen = { data, size, 0 }, marked = { data, size, 0 };
    uint16_t *marks;
    size_t at;

    if (size < 2 || size > 4096)
        return 0;
    at = data[0] * size / 256;
    for (int charset = 0; charset < CHARSETS; charset++)
        decode((enum pf_charset)charset, data, size, at);
    for (int dress = 0; dress < PF_DRESS_COUNT; dress++)
        (void)pf_context_score(data, size, at, size - at < 16 ? size : at + 16, (uint8_t)dress);
    marks = calloc(words, sizeof *marks);
    must(marks != NULL);
    pf_scalar_marks(data, size, marks);
    pf_marked_runs(data, size, marks, take, &marked);
    memset(marks, 0xff, words * sizeof *marks);      /* marks save time and lose nothing */
    pf_marked_runs(data, size, marks, take, &seen);
    must(seen.runs == marked.runs);
    free(marks);
    return 0;
}
