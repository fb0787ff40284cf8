/* plain.c - objects that are searched as they stand; see scan_internal.h. */
#include "pan-finder/scan/scan_internal.h"
#include "pan-finder/base/io.h"

#include <sys/stat.h>
#include <unistd.h>

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
static void check_unchanged(int fd, const struct pf_entry *before, struct pf_ending *end)
{
    uint64_t seen = end->stats.bytes, now_size;
    struct stat now;

    if (end->outcome != PF_READ || fstat(fd, &now) != 0)
        return;
    now_size = (uint64_t)now.st_size;
    if (now_size != seen) {
        set_end(end, PF_PARTIAL, PF_GAP_changed, "its size changed while it was read");
        end->unread = now_size > seen ? now_size - seen : 0;
    } else if (now_size == before->size && (now.st_mtim.tv_sec != before->mtime ||
                                            now.st_mtim.tv_nsec != (long)before->mtime_nsec)) {
        set_end(end, PF_PARTIAL, PF_GAP_changed, "its content changed while it was read");
    }
}

/* A file that grows for ever must end: it is read up to twice its first size. */
static bool ran_away(const struct pf_entry *before, uint64_t seen)
{
    return seen > 2 * before->size + PF_RATIO_FLOOR;
}

void pf_scan_plain_fd(struct pf_scan *scan, int fd, size_t first, const struct pf_entry *entry,
                      struct pf_ending *end)
{
    bool regular = entry != NULL && entry->regular;
    uint64_t seen = first;
    size_t n = first;

    end->outcome = PF_READ;
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
        if (regular && seen == entry->size && seen < PF_CHUNK_SIZE)
            break;              /* small and whole: one call less; growth shows below */
        room = pf_detector_room(scan->env.detector, &cap);
        got = pf_read(fd, room, cap);
        if (got < 0)
            set_end(end, PF_PARTIAL, PF_GAP_io, "read error");
        n = got > 0 ? (size_t)got : 0;
        seen += n;
        if (regular && ran_away(entry, seen)) {
            set_end(end, PF_PARTIAL, PF_GAP_changed, "it grew faster than it was read");
            break;
        }
    }
    pf_scan_end_search(scan, end);
    if (regular)
        check_unchanged(fd, entry, end);
}
