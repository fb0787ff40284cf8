/* source.h - where roots come from: a source pushes entries, nothing more.
 * Layer: source. Runs in the opener process alone. A source opens, it never
 * reads content. Entries arrive in the order of the walk. */
#ifndef PF_SOURCE_SOURCE_H
#define PF_SOURCE_SOURCE_H

#include "pan-finder/base/status.h"
#include "pan-finder/finding/record.h"

#include <stdint.h>
#include <sys/types.h>

struct pf_entry {
    struct pf_name path;           /* bytes as they are; borrowed for the call            */
    int fd;                        /* open for reading, or -1: then `gap` says why         */
    enum pf_gap_reason gap;
    const char *detail;            /* our words, static; "" when none                     */
    uint64_t size;                 /* at the time of opening                              */
    int64_t mtime;                 /* seconds since 1970                                  */
    uint32_t mtime_nsec;           /* its fraction: tells a change within a second        */
    bool regular;                  /* a file whose size is known, not a pipe              */
    bool hardlink;                 /* another name of a file that was already pushed: fd -1 */
};

struct pf_entry_sink {
    /* Takes entry->fd. PF_STOP ends the walk; anything else but PF_OK fails it. */
    enum pf_status (*entry)(void *ctx, const struct pf_entry *entry);
    void *ctx;
};

struct pf_walk_options {
    bool cross_mounts;             /* enter other file systems below a root */
    bool count_only;               /* push nothing opened: sizes for the progress line */
    struct { dev_t dev; ino_t ino; bool set; } own;   /* folder this run writes to: noted, not read */
    const char *const *excluded;   /* absolute or as-walked path prefixes; each becomes a gap */
    size_t n_excluded;
};

struct pf_link_set;                /* files with several names that were pushed before */
struct pf_link_set *pf_link_set_new(void);
void pf_link_set_free(struct pf_link_set *set);
/* True when (dev, ino) was added before. Full or out of memory: false, and the
 * file is read again, which costs time and never a finding. */
bool pf_link_set_seen(struct pf_link_set *set, dev_t dev, ino_t ino);

/* Walks one root: a file, or a directory and all below it. Symbolic links are
 * followed for the root itself only. PF_E_DENIED or PF_E_IO with a text when the
 * root cannot be opened; below it everything unreadable is an entry with a gap. */
PF_MUST_CHECK enum pf_status pf_fs_walk(const char *root, const struct pf_walk_options *options,
                                        struct pf_link_set *links, const struct pf_entry_sink *sink,
                                        struct pf_error *err);

#endif
