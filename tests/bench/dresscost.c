/* dresscost.c - what each part of the detector costs on one file.
 *   dresscost FILE
 * Runs the detector as the scanner does, a window at a time. The linker puts a timer
 * around each finder, each wrapping and each function of the kernel (its option --wrap;
 * tests/module.mk): a part's own time, without the parts that it calls. Prints a line
 * for each part of one per cent or more, in milliseconds, as a multiple of reading the
 * file, and how often it was called. "judging" is what no other part is: numbers judged,
 * windows moved, layers fed. */
#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/table.h"
#include "pan-finder/detect/wrap/wrap.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the parts, and the clock ---- */

#define KERNEL_PARTS(X) X(digits) X(marks) X(plain) X(newlines)

enum part {
    PART_judging, PART_read, PART_columns,
#define X(name) PART_kernel_##name,
    KERNEL_PARTS(X)
#undef X
#define PF_FINDER(name) PART_find_##name,
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER
#define PF_WRAP(name) PART_wrap_##name, PART_decode_##name,
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
    PARTS
};

static struct { const char *name; uint64_t spent, calls; } parts[PARTS] = {
    [PART_judging] = { .name = "judging" }, [PART_read] = { .name = "reading" }, [PART_columns] = { .name = "columns" },
#define X(part) [PART_kernel_##part] = { .name = "kernel " #part },
    KERNEL_PARTS(X)
#undef X
#define PF_FINDER(part) [PART_find_##part] = { .name = "finder " #part },
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER
#define PF_WRAP(part) [PART_wrap_##part] = { .name = "wrapping " #part ", found" }, [PART_decode_##part] = { .name = "wrapping " #part ", undone" },
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
};

static enum part current = PART_judging;
static uint64_t since;

static uint64_t ticks(void)
{
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
#endif
}

/* From here on time is that of `part`; returns whose it was. */
static enum part turn_to(enum part part)
{
    enum part before = current;
    uint64_t now = ticks();

    parts[before].spent += now - since;
    since = now;
    current = part;
    return before;
}

static enum part enter(enum part part)
{
    parts[part].calls++;
    return turn_to(part);
}

/* ---- around the detector's own functions: timed_X is called for X, own_X is X ---- */

#define TIMED(symbol) __asm__("__wrap_" symbol)
#define OWN(symbol) __asm__("__real_" symbol)

#define PF_FINDER(name) \
    pf_find_fn timed_find_##name TIMED("pf_find_" #name), own_find_##name OWN("pf_find_" #name); \
    void timed_find_##name(const struct pf_look *look) \
    { \
        enum part before = enter(PART_find_##name); \
        own_find_##name(look); \
        turn_to(before); \
    }
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER

#define PF_WRAP(name) \
    extern const struct pf_wrap own_wrap_##name OWN("pf_wrap_" #name); \
    extern struct pf_wrap timed_wrap_##name TIMED("pf_wrap_" #name); \
    struct pf_wrap timed_wrap_##name; \
    static bool find_##name(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u) \
    { \
        enum part before = enter(PART_wrap_##name); \
        bool found = own_wrap_##name.find(view, marks, from, u); \
        turn_to(before); \
        return found; \
    } \
    static size_t decode_##name(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap) \
    { \
        enum part before = enter(PART_decode_##name); \
        size_t n = own_wrap_##name.decode(u, buf, len, last, at, out, cap); \
        turn_to(before); \
        return n; \
    }
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP

static void time_wraps(void)
{
#define PF_WRAP(name) \
    timed_wrap_##name = own_wrap_##name; \
    timed_wrap_##name.decode = decode_##name; \
    if (own_wrap_##name.find != NULL) \
        timed_wrap_##name.find = find_##name;
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
}

static const struct pf_kernel *kernel;

/* What takes the runs is no part of the kernel. */
struct taker { pf_runs_fn *fn; void *ctx; enum part part; };

static void take_runs(void *ctx, const struct pf_run *run, size_t n)
{
    struct taker *taker = ctx;
    enum part before = turn_to(taker->part);

    taker->fn(taker->ctx, run, n);
    turn_to(before);
}

static void digits(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    struct taker taker = { fn, ctx, enter(PART_kernel_digits) };

    kernel->digitrun(buf, len, take_runs, &taker);
    turn_to(taker.part);
}

static uint64_t plain(const uint8_t *buf, const struct pf_run *run, size_t n, uint64_t *shapes)
{
    enum part before = enter(PART_kernel_plain);
    uint64_t left = kernel->plain(buf, run, n, shapes);

    turn_to(before);
    return left;
}

static size_t newlines(const uint8_t *buf, size_t len)
{
    enum part before = enter(PART_kernel_newlines);
    size_t n = kernel->newlines(buf, len);

    turn_to(before);
    return n;
}

static void marks(const uint8_t *buf, size_t len, uint16_t *out)
{
    enum part before = enter(PART_kernel_marks);

    kernel->marks(buf, len, out);
    turn_to(before);
}

const struct pf_kernel *timed_pick(const char *name) TIMED("pf_kernel_pick");
const struct pf_kernel *own_pick(const char *name) OWN("pf_kernel_pick");
const struct pf_kernel *timed_pick(const char *name)
{
    static struct pf_kernel timed;

    kernel = own_pick(name);
    if (kernel == NULL)
        return NULL;
    timed = *kernel;
    timed.digitrun = digits;
    timed.plain = plain;
    timed.newlines = newlines;
    timed.marks = marks;
    return &timed;
}

typedef void elements_fn(struct pf_table *, const struct pf_view *, bool, pf_table_element_fn *, void *);
elements_fn timed_columns TIMED("pf_table_elements"), own_columns OWN("pf_table_elements");
void timed_columns(struct pf_table *table, const struct pf_view *view, bool rounded, pf_table_element_fn *fn, void *ctx)
{
    enum part before = enter(PART_columns);

    own_columns(table, view, rounded, fn, ctx);
    turn_to(before);
}

/* ---- a run ---- */

static void ignore(void *ctx, const struct pf_finding *finding)
{
    (void)finding;
    ++*(uint64_t *)ctx;
}

static ssize_t read_some(int fd, void *into, size_t cap)
{
    enum part before = enter(PART_read);
    ssize_t n = read(fd, into, cap);

    turn_to(before);
    return n;
}

static void run(struct pf_detector *detector, int fd, uint64_t *found)
{
    const struct pf_finding_sink sink = { .finding = ignore, .ctx = found };
    struct pf_object_stats stats;
    ssize_t n;

    since = ticks();
    pf_detector_begin(detector, &sink);
    do {
        size_t cap;
        uint8_t *room = pf_detector_room(detector, &cap);

        n = read_some(fd, room, cap);
        if (n > 0)
            pf_detector_filled(detector, (size_t)n);
    } while (n > 0);
    pf_detector_end(detector, &stats);
    turn_to(PART_judging);
}

static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* Largest first. */
static void print_parts(double ms)
{
    double all = 0, per_tick, reading;

    for (int i = 0; i < PARTS; i++)
        all += (double)parts[i].spent;
    per_tick = ms / all;
    reading = (double)parts[PART_read].spent * per_tick;
    printf("  %-34s %9s %11s %12s\n", "part of the detector", "ms", "x reading", "calls");
    for (int shown = 0; shown < PARTS; shown++) {
        int most = 0;

        for (int i = 1; i < PARTS; i++)
            if (parts[i].spent > parts[most].spent)
                most = i;
        if ((double)parts[most].spent < all / 100)
            break;
        printf("  %-34s %9.1f %11.2f %12llu\n", parts[most].name, (double)parts[most].spent * per_tick,
               (double)parts[most].spent * per_tick / reading, (unsigned long long)parts[most].calls);
        parts[most].spent = 0;
    }
    printf("  %-34s %9.1f %11.2f\n", "all", ms, ms / reading);
}

int main(int argc, char **argv)
{
    struct pf_detector_options options = { .regional = true };
    struct pf_detector *detector = NULL;
    struct pf_error err = { "" };
    uint64_t found = 0;
    double start;
    int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;

    if (fd < 0) {
        fprintf(stderr, "usage: dresscost FILE\n");
        return 2;
    }
    time_wraps();
    if (pf_detector_new(&detector, &options, &err) != PF_OK) {
        fprintf(stderr, "dresscost: %s\n", err.text);
        return 2;
    }
    start = cpu_ms();
    run(detector, fd, &found);
    print_parts(cpu_ms() - start);
    pf_detector_free(detector);
    close(fd);
    return 0;
}
