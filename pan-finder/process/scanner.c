/* scanner.c - the process that knows a PAN, and runs only our code; see roles.h. */
#include "pan-finder/base/io.h"
#include "pan-finder/process/batch.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/parser.h"
#include "pan-finder/process/roles.h"
#include "pan-finder/scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FLUSH_BYTES (64 * 1024)

struct scanner {
    struct pf_scan *scan;
    struct pf_buf out;
    int records;
    unsigned number;
    struct pf_progress *progress;
    bool broken;            /* the recorder is gone */
};

static void flush(struct scanner *s)
{
    if (s->out.len > 0 && !pf_write_all(s->records, s->out.data, s->out.len))
        s->broken = true;
    pf_buf_clear(&s->out);
}

static void on_records(void *ctx, const char *lines, size_t len)
{
    struct scanner *s = ctx;

    pf_buf_add(&s->out, lines, len);
    if (pf_buf_failed(&s->out)) {
        /* Records must not be lost in silence. */
        atomic_store(&s->progress->failed, 1);
        s->broken = true;
    }
    if (s->out.len >= FLUSH_BYTES)
        flush(s);
}

static bool is_stopped(void *ctx)
{
    struct scanner *s = ctx;

    return s->broken || atomic_load_explicit(&s->progress->stop, memory_order_relaxed) != 0;
}

static void on_progress(void *ctx, uint64_t bytes, bool of_root)
{
    struct scanner *s = ctx;

    /* One writer per counter: a plain store is enough. */
    _Atomic uint64_t *sum = &s->progress->scanner[s->number].bytes;
    _Atomic uint64_t *root = &s->progress->scanner[s->number].root_bytes;

    atomic_store_explicit(sum, atomic_load_explicit(sum, memory_order_relaxed) + bytes,
                          memory_order_relaxed);
    if (of_root)
        atomic_store_explicit(root, atomic_load_explicit(root, memory_order_relaxed) + bytes,
                              memory_order_relaxed);
}

static void on_entry(void *ctx, const struct pf_entry *entry)
{
    struct scanner *s = ctx;

    pf_scan_entry(s->scan, entry);
}

static int scan_loop(struct scanner *s, int queue)
{
    char *room = malloc(PF_WIRE_BYTES);
    int more = room == NULL ? -1 : 1;

    while (more > 0 && !s->broken) {
        if (pf_wire_wait(queue, 0) == 0)
            flush(s);                   /* idle: show what there is */
        more = pf_batch_next(queue, room, on_entry, s);
    }
    flush(s);
    free(room);
    return more < 0 || s->broken ? 2 : 0;
}

int pf_scanner_main(const struct pf_run_options *opt, struct pf_detector *detector, unsigned number,
                    int queue, int records, int control, struct pf_progress *progress)
{
    struct scanner s = { .records = records, .number = number, .progress = progress };
    struct pf_parsers *parsers = pf_parsers_new(control, progress, opt->parser_seconds);
    struct pf_scan_env env = {
        .detector = detector, .rules = opt->detector.rules, .explain = opt->explain, .depth_max = opt->depth_max, .records = on_records,
        .stopped = is_stopped, .progress = on_progress, .ctx = &s,
    };
    struct pf_error err;
    int status;

    if (parsers == NULL)
        return 2;
    env.parser = pf_parsers_link(parsers);
    s.scan = pf_scan_new(&env);
    if (s.scan == NULL)
        return 2;
    if (pf_cage_enter(PF_ROLE_SCANNER, NULL, 0, &err) != PF_OK) {
        (void)fprintf(stderr, "%s: scanner: %s\n", opt->program, err.text);
        return 2;
    }
    status = scan_loop(&s, queue);
    pf_scan_free(s.scan);
    pf_parsers_free(parsers);
    pf_detector_free(detector);
    pf_buf_release(&s.out);
    return status;
}
