/* scan_internal.h - shared by the files of scan/. Layer: scan. */
#ifndef PF_SCAN_INTERNAL_H
#define PF_SCAN_INTERNAL_H

#include "pan-finder/decode/kind.h"
#include "pan-finder/scan/embedded.h"
#include "pan-finder/scan/scan.h"

/* Budgets of one root object, shared by everything inside it, so that neither
 * a bomb nor a file that contains itself can run for ever. */
struct pf_budget {
    uint64_t root_size;     /* bytes of the root object */
    uint64_t expanded;      /* decoded bytes so far, at any depth */
    uint64_t members;
};

struct pf_scan {
    struct pf_scan_env env;
    struct pf_budget budget;
    struct pf_locus locus;                     /* of the object at hand; names masked */
    struct pf_buf path;                        /* memory behind locus.path   */
    struct pf_buf name[PF_DEPTH_MAX + 1];      /* memory behind locus.inner  */
    struct pf_buf line;                        /* records being written      */
    struct pf_finding_sink sink;               /* where findings go, set once: the detector borrows it */
    struct pf_embeddeds embedded;              /* encoded containers of the object at hand */
    uint64_t name_findings;                    /* found in the name of the object at hand */
    const char *ignored;                       /* why its path is ignored; NULL: it is not */
};

/* How one object went, on its way to its record. */
struct pf_ending {
    const struct pf_kind *kind;     /* NULL: text or binary, by its stats */
    const char *kind_name;          /* overrides kind->name; NULL: not */
    enum pf_outcome outcome;
    enum pf_gap_reason reason;
    const char *detail;
    uint64_t size, unread;
    int64_t mtime;
    struct pf_object_stats stats;
};

/* ---- record.c ---- */
/* Sets inner[depth] to a name, masked, and searches the name itself. */
void pf_scan_set_name(struct pf_scan *scan, size_t depth, const char *name, size_t len);
void pf_scan_set_path(struct pf_scan *scan, const struct pf_name *path);
void pf_scan_end_object(struct pf_scan *scan, const struct pf_ending *end);
void pf_scan_gap(struct pf_scan *scan, enum pf_gap_reason reason, const char *detail, uint64_t unread);
void pf_scan_on_finding(void *ctx, const struct pf_finding *finding);    /* ctx: the scan */
void pf_scan_on_candidate(void *ctx, const struct pf_considered *considered);
enum pf_gap_reason pf_gap_of_status(enum pf_status status);

/* Ends the search of the object at hand: its stats, and the gap of what was left encoded. */
void pf_scan_end_search(struct pf_scan *scan, struct pf_ending *end);

/* ---- plain.c ---- */
/* Feeds what fd has (from where it stands) to the detector that was begun;
 * `first` bytes already lie in its room. entry: what was known when it was
 * opened, to tell a change; NULL for a memory file. Fills the ending. */
void pf_scan_plain_fd(struct pf_scan *scan, int fd, size_t first, const struct pf_entry *entry,
                      struct pf_ending *end);
/* Sets outcome and reason for kinds that are searched raw and yet not read. */
void pf_scan_judge_kind(const struct pf_kind *kind, struct pf_ending *end);

/* ---- container.c ---- */
/* Reads fd as a container of `kind` through the parser of slot `depth` and
 * records its members. Fills the ending of the container itself. When nothing
 * could be read of it, its raw bytes are searched. */
void pf_scan_container(struct pf_scan *scan, int fd, size_t depth, const struct pf_kind *kind,
                       struct pf_ending *end);

#endif
