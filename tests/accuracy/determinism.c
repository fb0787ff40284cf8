/* determinism.c - "two runs over the same bytes give the same findings": searches
 * each file of a list, and the files of each folder put together, with every kernel
 * of this CPU, with windows and in pieces of many sizes, and compares what is told,
 * reasons and places included. Prints differences; numbers are masked.
 *   determinism SEED <LIST       one path a line, those of a folder together */
#include "pan-finder/base/buf.h"
#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "tests/lib/synth.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOINED_MAX (1u << 20)     /* bytes of the files of a folder */
#define FILE_MAX (8u << 20)
#define REAL_WINDOW 65536u        /* windows of a run are no smaller */
#define WORK 4096u                /* a window of n bytes is tried on objects of at most n times this many */
#define CUT_SHARE 5000            /* one in so many may differ where windows are far smaller than in a run */
#define PIECES 3
#define SHOWN 12
#define LINES 3
#define FINDINGS_MAX 100000

static const size_t chunks[] = { 1, 65, 129, 257, 511, 640, 1000, 2049, 4096, 10001, 65537, 0 };
enum { CHUNKS = sizeof chunks / sizeof chunks[0], WAYS_MAX = CHUNKS + 8 };

/* One way to search: a kernel and a window. */
struct way { struct pf_detector *detector; const char *kernel; size_t chunk; };

static struct way ways[WAYS_MAX];
static size_t n_ways;
static struct pf_buf joined;
static char folder[4096];
static struct synth rng;
static unsigned long objects, searches, findings, different, cut, cut_different;

static void die(const char *what)
{
    fprintf(stderr, "determinism: %s\n", what);
    exit(2);
}

static void add_way(const char *kernel, size_t chunk)
{
    struct pf_detector_options options = { .kernel = kernel, .regional = true, .chunk = chunk, .key = { 1, 2, 3 } };
    struct pf_error err = { "" };
    struct way *way = &ways[n_ways++];

    if (pf_detector_new(&way->detector, &options, &err) != PF_OK)
        die(err.text);
    way->kernel = pf_detector_kernel(way->detector);
    way->chunk = chunk;
}

/* The first way is the one that all others are compared with. */
static void add_ways(void)
{
    const char *best = pf_kernel_pick(NULL)->name;

    add_way(best, 0);
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++)
        if (k->supported() && strcmp(k->name, best) != 0)
            add_way(k->name, 0);
    for (size_t i = 0; i < CHUNKS; i++)
        if (chunks[i] != 0)
            add_way(i % 3 == 1 ? "stride" : best, chunks[i]);
}

static void tell(void *ctx, const struct pf_finding *f)
{
    struct pf_buf *out = ctx;

    pf_buf_addf(out, "%s %s %s %s %s %u %s %s %s at %" PRIu64 " line %" PRIu64 " count %" PRIu64, pf_class_name(f->cls),
                pf_confidence_name(f->confidence), f->brand == NULL ? "-" : f->brand, f->pan.text, f->fingerprint, f->digits,
                f->encoding, f->where, f->test_pan ? "test" : "", f->offset, f->line, f->count);
    for (size_t i = 0; i < f->n_reasons; i++)
        pf_buf_addf(out, " %s", f->reasons[i]);
    pf_buf_addf(out, "\n");
    findings++;
}

/* Within one object findings come as they are met: order says nothing. */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_lines(struct pf_buf *text)
{
    static char *line[FINDINGS_MAX];
    static struct pf_buf sorted;
    size_t n = 0;

    pf_buf_clear(&sorted);
    for (char *at = text->data; *at != '\0' && n < FINDINGS_MAX; at++) {
        line[n++] = at;
        at += strcspn(at, "\n");
        *at = '\0';
    }
    qsort(line, n, sizeof *line, by_text);
    for (size_t i = 0; i < n; i++)
        pf_buf_addf(&sorted, "%s\n", line[i]);
    pf_buf_clear(text);
    pf_buf_add(text, sorted.data, sorted.len);
}

/* `piece` 0: as much as there is room for; else pieces of 1 to `piece` bytes. */
static void search(struct pf_detector *d, const char *bytes, size_t len, unsigned piece, struct pf_buf *out)
{
    const struct pf_finding_sink sink = { .finding = tell, .ctx = out };
    struct pf_object_stats stats;

    pf_buf_clear(out);
    pf_detector_begin(d, &sink);
    while (len > 0) {
        size_t cap, n;
        uint8_t *room = pf_detector_room(d, &cap);

        n = piece == 0 ? cap : 1 + synth_below(&rng, piece);
        n = n < cap ? n : cap;
        n = n < len ? n : len;
        memcpy(room, bytes, n);
        pf_detector_filled(d, n);
        bytes += n;
        len -= n;
    }
    pf_detector_end(d, &stats);
    pf_buf_addf(out, "bytes %" PRIu64 " shapes %" PRIu64 " luhn %" PRIu64 " findings %" PRIu64 " deep %d\n", stats.bytes,
                stats.shapes, stats.luhn, stats.findings, stats.too_deep);
    sort_lines(out);
    searches++;
}

/* The first lines of `of` that `other` has not. */
static void show_missing(const char *label, const struct pf_buf *of, const struct pf_buf *other)
{
    unsigned shown = 0;

    for (const char *at = of->data; *at != '\0' && shown < LINES; at += strcspn(at, "\n") + 1) {
        size_t n = strcspn(at, "\n") + 1;

        if (memmem(other->data, other->len, at, n) != NULL)
            continue;
        printf("  %s: %.*s", label, (int)n, at);
        shown++;
    }
}

static void show(const char *name, const struct way *way, unsigned piece, const struct pf_buf *want, const struct pf_buf *got)
{
    static unsigned shown;

    if (shown++ >= SHOWN)
        return;
    printf("differs: %s, kernel %s, window %zu, pieces %u\n", name, way->kernel, way->chunk, piece);
    show_missing("missed", want, got);
    show_missing("more", got, want);
}

static void compare(const char *name, const char *bytes, size_t len)
{
    static const unsigned pieces[PIECES] = { 1, 90, 5000 };
    static struct pf_buf want, got;
    bool differs;

    objects++;
    search(ways[0].detector, bytes, len, 0, &want);
    for (size_t i = 0; i < n_ways; i++) {
        unsigned piece = i == 0 ? pieces[synth_below(&rng, PIECES)] : 0;

        if (ways[i].chunk != 0 && len > ways[i].chunk * WORK)
            continue;
        search(ways[i].detector, bytes, len, piece, &got);
        differs = want.len != got.len || memcmp(want.data, got.data, want.len) != 0;
        if (ways[i].chunk != 0 && ways[i].chunk < REAL_WINDOW) {
            cut++;
            cut_different += differs;
        } else {
            different += differs;
        }
        if (differs)
            show(name, &ways[i], piece, &want, &got);
    }
}

/* The files of one folder behind each other; the windows' borders fall anywhere
 * in them, and a part of its own fits the smallest windows. */
static void compare_joined(void)
{
    if (joined.len == 0)
        return;
    compare(folder, joined.data, joined.len);
    for (size_t chunk = 1; chunk * WORK < joined.len; chunk *= 8) {
        size_t from = synth_below(&rng, (unsigned)(joined.len - chunk * WORK));

        compare(folder, joined.data + from, chunk * WORK);
    }
    joined.len = 0;
}

static void take(const char *path)
{
    const char *slash = strrchr(path, '/');
    int n = slash == NULL ? 0 : (int)(slash - path);
    char *bytes = malloc(FILE_MAX);
    FILE *in = fopen(path, "rb");
    size_t len;

    if (in == NULL || bytes == NULL)
        die("a file cannot be read");
    len = fread(bytes, 1, FILE_MAX, in);
    if (ferror(in) || fclose(in) != 0)
        die("a file cannot be read");
    if (strncmp(folder, path, (size_t)n) != 0 || folder[n] != '\0' || joined.len + len > JOINED_MAX) {
        compare_joined();
        (void)snprintf(folder, sizeof folder, "%.*s", n, path);
    }
    compare(path, bytes, len);
    pf_buf_add(&joined, bytes, len);
    free(bytes);
}

int main(int argc, char **argv)
{
    static char path[sizeof folder];

    if (argc != 2)
        die("determinism SEED <LIST");
    synth_seed(&rng, strtoull(argv[1], NULL, 10));
    add_ways();
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        take(path);
    }
    compare_joined();
    printf("%lu objects searched %lu times, %lu findings\n", objects, searches, findings);
    printf("kernels, pieces, windows of a run: %lu differ\n", different);
    printf("windows of 1 to 4096 bytes: %lu of %lu differ\n", cut_different, cut);
    for (size_t i = 0; i < n_ways; i++)
        pf_detector_free(ways[i].detector);
    return different > 0 || cut_different * CUT_SHARE > cut || findings == 0;
}
