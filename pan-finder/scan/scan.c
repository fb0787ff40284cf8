/* scan.c - root objects; see scan.h. */
#include "pan-finder/base/io.h"
#include "pan-finder/scan/scan_internal.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct pf_scan *pf_scan_new(const struct pf_scan_env *env)
{
    struct pf_scan *scan = calloc(1, sizeof *scan);

    if (scan == NULL)
        return NULL;
    scan->env = *env;
    scan->sink = (struct pf_finding_sink){
        .finding = pf_scan_on_finding, .embedded_begin = pf_embedded_begin, .embedded_bytes = pf_embedded_bytes,
        .embedded_end = pf_embedded_end, .ctx = scan,
        .candidate = env->explain ? pf_scan_on_candidate : NULL,
    };
    return scan;
}

void pf_scan_free(struct pf_scan *scan)
{
    if (scan == NULL)
        return;
    pf_buf_release(&scan->path);
    pf_buf_release(&scan->line);
    for (size_t i = 0; i <= PF_DEPTH_MAX; i++)
        pf_buf_release(&scan->name[i]);
    free(scan);
}

/* Copies what is left of a pipe behind the `first` bytes at `head` into an
 * anonymous memory file: containers need to be read from their start. */
static int spool_pipe(struct pf_scan *scan, int fd, const uint8_t *head, size_t first)
{
    int mem = memfd_create("nested", MFD_CLOEXEC);
    uint64_t total = first;
    size_t n = first, cap;
    uint8_t *room = pf_detector_room(scan->env.detector, &cap);

    (void)head;                         /* the head lies at the start of the room */
    while (mem >= 0 && n > 0) {
        ssize_t got;

        if (total > PF_SPOOL_MAX || write(mem, room, n) != (ssize_t)n) {
            (void)close(mem);
            return -1;
        }
        got = pf_read(fd, room, cap);
        n = got > 0 ? (size_t)got : 0;
        total += n;
    }
    return mem;
}

static void scan_container_root(struct pf_scan *scan, int fd, const uint8_t *head, size_t first,
                                const struct pf_kind *kind, struct pf_ending *end)
{
    int mem = -1;

    if (lseek(fd, 0, SEEK_CUR) < 0) {
        mem = spool_pipe(scan, fd, head, first);
        if (mem < 0) {
            end->outcome = PF_UNREAD;
            end->reason = PF_GAP_limit;
            end->detail = "too large to be kept in memory";
            return;
        }
        fd = mem;
    }
    pf_scan_container(scan, fd, 0, kind, end);
    if (mem >= 0)
        (void)close(mem);
}

/* The first bytes, in the detector's room: a file in one call, a pipe until
 * there is enough for the bids. */
static ssize_t read_head(const struct pf_entry *entry, uint8_t *room, size_t cap)
{
    size_t have = 0;
    ssize_t n;

    do {
        n = pf_read(entry->fd, room + have, cap - have);
        if (n > 0)
            have += (size_t)n;
    } while (n > 0 && !entry->regular && have < PF_HEAD_BYTES);
    return n < 0 && have == 0 ? -1 : (ssize_t)have;
}

static void scan_open_file(struct pf_scan *scan, const struct pf_entry *entry)
{
    struct pf_ending end = { .outcome = PF_READ, .size = entry->size, .mtime = entry->mtime };
    const struct pf_kind *kind;
    uint8_t *room;
    size_t cap;
    ssize_t first;

    pf_detector_begin(scan->env.detector, &scan->sink);
    room = pf_detector_room(scan->env.detector, &cap);
    first = read_head(entry, room, cap);
    if (first < 0) {
        end.outcome = PF_UNREAD;
        end.reason = PF_GAP_io;
        end.detail = "read error";
        pf_scan_end_object(scan, &end);
        return;
    }
    kind = pf_kind_pick(room, (size_t)first);
    end.kind = kind;
    if (kind != NULL && (kind->way == PF_WAY_STREAM || kind->way == PF_WAY_ARCHIVE)) {
        scan_container_root(scan, entry->fd, room, (size_t)first, kind, &end);
    } else {
        pf_scan_plain_fd(scan, entry->fd, (size_t)first, entry, &end);
        pf_scan_judge_kind(kind, &end);
    }
    scan->locus.depth = 0;
    pf_scan_end_object(scan, &end);
    pf_scan_embedded(scan, 0);
}

void pf_scan_entry(struct pf_scan *scan, const struct pf_entry *entry)
{
    struct pf_ending none = { .kind_name = "hardlink", .outcome = PF_READ, .size = entry->size,
                              .mtime = entry->mtime };

    pf_scan_set_path(scan, &entry->path);
    scan->budget = (struct pf_budget){ .root_size = entry->size };
    if (scan->env.stopped(scan->env.ctx))
        pf_scan_gap(scan, PF_GAP_interrupted, "", entry->size);
    else if (entry->gap != PF_GAP_none)
        pf_scan_gap(scan, entry->gap, entry->detail, 0);
    else if (entry->hardlink)
        pf_scan_end_object(scan, &none);      /* another name of a file that is read */
    else if (entry->fd < 0)
        pf_scan_gap(scan, PF_GAP_limit, "no descriptor left to receive it", entry->size);
    else
        scan_open_file(scan, entry);
    if (entry->fd >= 0)
        (void)close(entry->fd);
}
