/* plain.c - objects that are searched as they stand; see scan_internal.h. */
#include "pan-finder/scan/scan_internal.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static ssize_t read_some(int fd, void *out, size_t cap)
{
    ssize_t n;

    do
        n = read(fd, out, cap);
    while (n < 0 && errno == EINTR);
    return n;
}

static void set_end(struct pf_ending *end, enum pf_outcome outcome, enum pf_gap_reason reason,
                    const char *detail)
{
    end->outcome = outcome;
    end->reason = reason;
    end->detail = detail;
}

void pf_scan_judge_kind(const struct pf_kind *kind, struct pf_ending *end)
{
    if (kind == NULL || end->outcome != PF_READ)
        return;
    if (kind->way == PF_WAY_ENCRYPTED)
        set_end(end, PF_UNREAD, PF_GAP_encrypted, "only its raw bytes were searched");
    else if (kind->way == PF_WAY_UNSUPPORTED)
        set_end(end, PF_PARTIAL, PF_GAP_unsupported, "only its raw bytes were searched");
}

/* A log that grew while it was read was read to its new end; one that shrank,
 * or whose bytes were changed under us, was not read as it stands now. */
static void check_unchanged(int fd, const struct stat *before, struct pf_ending *end)
{
    struct stat now;

    if (end->outcome != PF_READ || !S_ISREG(before->st_mode) || fstat(fd, &now) != 0)
        return;
    if ((uint64_t)now.st_size != end->stats.bytes) {
        set_end(end, PF_PARTIAL, PF_GAP_changed, "its size changed while it was read");
        if ((uint64_t)now.st_size > end->stats.bytes)
            end->unread = (uint64_t)now.st_size - end->stats.bytes;
    } else if (now.st_size == before->st_size &&
               (now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
                now.st_mtim.tv_nsec != before->st_mtim.tv_nsec)) {
        set_end(end, PF_PARTIAL, PF_GAP_changed, "its content changed while it was read");
    }
}

/* A file that grows for ever must end: it is read up to twice its first size. */
static bool ran_away(const struct stat *before, uint64_t seen)
{
    return S_ISREG(before->st_mode) && seen > 2 * (uint64_t)before->st_size + PF_RATIO_FLOOR;
}

void pf_scan_plain_fd(struct pf_scan *scan, int fd, size_t first, struct pf_ending *end)
{
    struct stat before = { 0 };
    uint64_t seen = first;
    size_t n = first;

    end->outcome = PF_READ;
    (void)fstat(fd, &before);
    while (n > 0) {
        uint8_t *room;
        size_t cap;
        ssize_t got;

        pf_detector_filled(scan->env.detector, n);
        scan->env.progress(scan->env.ctx, n, scan->locus.depth == 0);
        if (scan->env.stopped(scan->env.ctx)) {
            set_end(end, PF_PARTIAL, PF_GAP_interrupted, "");
            break;
        }
        if (S_ISREG(before.st_mode) && seen == (uint64_t)before.st_size && seen < PF_CHUNK_SIZE)
            break;              /* small and whole: one read call less; growth shows below */
        room = pf_detector_room(scan->env.detector, &cap);
        got = read_some(fd, room, cap);
        if (got < 0)
            set_end(end, PF_PARTIAL, PF_GAP_io, "read error");
        n = got > 0 ? (size_t)got : 0;
        seen += n;
        if (ran_away(&before, seen)) {
            set_end(end, PF_PARTIAL, PF_GAP_changed, "it grew faster than it was read");
            break;
        }
    }
    pf_detector_end(scan->env.detector, &end->stats);
    check_unchanged(fd, &before, end);
}
