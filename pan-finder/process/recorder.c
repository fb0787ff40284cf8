/* recorder.c - the only process that writes results; see roles.h. */
#include "pan-finder/base/io.h"
#include "pan-finder/base/json.h"
#include "pan-finder/finding/record.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/explain_text.h"
#include "pan-finder/process/roles.h"
#include "pan-finder/process/wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define READ_BYTES (64 * 1024)
#define FLUSH_BYTES (256 * 1024)

struct recorder {
    const struct pf_run_options *opt;
    struct pf_progress *progress;
    struct pf_buf part[PF_JOBS_MAX];   /* the unfinished line of each scanner */
    struct pf_buf out;
    struct timespec started;
    bool begun;                        /* the first line was taken */
    uint64_t objects, findings, ignored, gaps;
    struct pf_explain_text explain;    /* used when the run is to explain */
    int error;                         /* errno of the first failed write */
};

static void flush(struct recorder *r)
{
    if (r->error == 0 && r->out.len > 0 && !pf_write_all(r->opt->out, r->out.data, r->out.len)) {
        r->error = errno == 0 ? EIO : errno;
        (void)fprintf(stderr, "%s: cannot write records: %s\n", r->opt->program, strerror(r->error));
        atomic_store(&r->progress->failed, 1);
        atomic_store(&r->progress->stop, 1);
    }
    pf_buf_clear(&r->out);
}

static void count_finding(struct recorder *r, const char *line, size_t len)
{
    atomic_store(&r->progress->findings, ++r->findings);
    if (pf_record_is_ignored(line, len))
        atomic_store(&r->progress->ignored, ++r->ignored);
}

static void count(struct recorder *r, const char *line, size_t len)
{
    if (pf_record_is(line, len, "object"))
        atomic_store(&r->progress->objects, ++r->objects);
    else if (pf_record_is(line, len, "finding"))
        count_finding(r, line, len);
    else if (pf_record_is(line, len, "gap") && !pf_record_is_note(line, len))
        atomic_store(&r->progress->gaps, ++r->gaps);
}

/* Takes whole lines out of a scanner's buffer; the rest waits. */
static void take_lines(struct recorder *r, struct pf_buf *part)
{
    size_t at = 0;
    const char *nl;

    while ((nl = memchr(part->data + at, '\n', part->len - at)) != NULL) {
        size_t len = (size_t)(nl - part->data) + 1 - at;

        r->begun = true;
        count(r, part->data + at, len);
        if (r->opt->explain)
            pf_explain_take(&r->explain, part->data + at, len, &r->out);
        else
            pf_buf_add(&r->out, part->data + at, len);
        at += len;
    }
    memmove(part->data, part->data + at, part->len - at);
    part->len -= at;
    if (r->out.len >= FLUSH_BYTES)
        flush(r);
}

/* False when that scanner has no more. */
static bool take(struct recorder *r, int fd, struct pf_buf *part)
{
    ssize_t n;

    if (!pf_buf_reserve(part, READ_BYTES))
        return false;
    n = pf_read(fd, part->data + part->len, READ_BYTES);
    if (n <= 0)
        return false;
    part->len += (size_t)n;
    take_lines(r, part);
    return true;
}

static void collect(struct recorder *r, const int *records, size_t n)
{
    struct pollfd p[PF_JOBS_MAX];
    size_t open = n;

    for (size_t i = 0; i < n; i++)
        p[i] = (struct pollfd){ .fd = records[i], .events = POLLIN };
    while (open > 0) {
        int ready = poll(p, (nfds_t)n, 0);

        if (ready == 0) {
            flush(r);                  /* nothing waiting: let readers see it */
            ready = poll(p, (nfds_t)n, -1);
        }
        for (size_t i = 0; i < n && ready > 0; i++) {
            if (p[i].revents == 0)
                continue;
            if (!take(r, p[i].fd, &r->part[i])) {
                p[i].fd = -1;
                open--;
            }
        }
    }
}

static void add_time(struct pf_jw *w, const char *key)
{
    char text[32];
    time_t now = time(NULL);
    struct tm tm;

    (void)gmtime_r(&now, &tm);
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    pf_jw_kstr(w, key, text);
}

static void write_end(struct recorder *r, const char *run_id, enum pf_run_end end)
{
    static const char *const name[] = { "complete", "interrupted", "failed" };
    uint64_t bytes = 0;
    struct timespec now;
    struct pf_jw w;

    for (unsigned i = 0; i < PF_JOBS_MAX; i++)
        bytes += atomic_load(&r->progress->scanner[i].bytes);
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    pf_jw_init(&w, &r->out);
    pf_jw_open(&w, '{');
    pf_jw_kstr(&w, "record", "end");
    pf_jw_kstr(&w, "run", run_id);
    add_time(&w, "ended");
    pf_jw_kstr(&w, "status", name[end]);
    pf_jw_ku64(&w, "objects", r->objects);
    pf_jw_ku64(&w, "bytes", bytes);
    pf_jw_ku64(&w, "findings", r->findings);
    pf_jw_ku64(&w, "gaps", r->gaps);
    pf_jw_key(&w, "seconds");
    pf_jw_f(&w, (double)(now.tv_sec - r->started.tv_sec) +
                (double)(now.tv_nsec - r->started.tv_nsec) / 1e9);
    if (end == PF_RUN_FAILED)
        pf_jw_kstr(&w, "message", "a process of the run ended abnormally");
    pf_jw_close(&w, '}');
    pf_buf_addc(&r->out, '\n');
    flush(r);
}

/* The reader of JSON asks the system for random bytes once, at its first object,
 * which it may not in the cage. */
static void warm_reader(void)
{
    struct pf_json *none = NULL;

    if (pf_json_parse(&none, "{\"a\":0}", 7, NULL) == PF_OK)
        pf_json_free(none);
}

int pf_recorder_main(const struct pf_run_options *opt, const char *run_id, const int *records,
                     size_t n_records, int control, struct pf_progress *progress)
{
    static struct recorder r;
    struct pf_error err;
    uint32_t end = PF_RUN_FAILED;

    r.opt = opt;
    r.progress = progress;
    (void)clock_gettime(CLOCK_MONOTONIC, &r.started);
    if (opt->explain)
        warm_reader();
    if (pf_cage_enter(PF_ROLE_RECORDER, NULL, 0, &err) != PF_OK) {
        (void)fprintf(stderr, "%s: recorder: %s\n", opt->program, err.text);
        return 2;
    }
    /* The run record comes first, whichever scanner is fastest. */
    while (!r.begun && take(&r, records[0], &r.part[0]))
        continue;
    collect(&r, records, n_records);
    /* Whether all ended well is known to the supervisor alone. */
    if (pf_wire_recv(control, &end, sizeof end, NULL, NULL) != sizeof end || end > PF_RUN_FAILED)
        end = PF_RUN_FAILED;
    for (size_t i = 0; i < n_records; i++) {
        if (r.part[i].len > 0)
            end = PF_RUN_FAILED;       /* a line without its end: its scanner died */
        pf_buf_release(&r.part[i]);
    }
    if (opt->explain) {
        pf_explain_end(&r.explain, end == PF_RUN_COMPLETE, &r.out);
        flush(&r);
    } else {
        write_end(&r, run_id, (enum pf_run_end)end);
    }
    pf_buf_release(&r.out);
    return r.error == 0 ? 0 : 2;
}
