/* cover.h - what was read and what was not, counted.
 * Layer: reports. Objects are only counted: in all, by kind, by directory.
 * Gaps are listed up to RPT_GAPS_LISTED and counted by reason beyond. */
#ifndef RPT_COVER_H
#define RPT_COVER_H

#include "reports/model/label.h"
#include "reports/model/words.h"
#include "pan-finder/finding/record.h"

#define RPT_GAPS_LISTED  5000
#define RPT_KINDS_MAX    128
#define RPT_DIRS_MAX     400    /* directories counted by name; beyond: together as the last */
#define RPT_DIR_DEPTH    2      /* names below the root that was asked for */
#define RPT_DIR_LEN      256
#define RPT_ROOTS_MAX    64

struct rpt_tally {
    uint64_t objects[PF_OUTCOME_COUNT];
    uint64_t bytes;              /* that the detector saw */
};

struct rpt_kind { const char *name; struct rpt_tally tally; };

struct rpt_dir {
    char name[RPT_DIR_LEN + 1];  /* bytes of a path, may be cut; "" is "all others" */
    struct rpt_tally tally;
    uint64_t findings, gaps;     /* records; findings without test numbers */
};

struct rpt_gap {
    struct rpt_label label;
    uint8_t reason;              /* enum pf_gap_reason; 0 for a word unknown to this build */
    const char *word, *detail;
    uint64_t unread;
};

struct rpt_cover {
    struct rpt_tally all, media;
    struct rpt_kind kind[RPT_KINDS_MAX];
    size_t n_kinds;
    struct rpt_dir *dir;         /* RPT_DIRS_MAX */
    size_t n_dirs, last_dir;     /* last_dir: the one found last, tried first */
    struct rpt_gap *gap;         /* RPT_GAPS_LISTED; notes are counted, not listed */
    size_t n_gaps;
    uint64_t by_reason[PF_GAP_COUNT];   /* [0]: reasons unknown to this build */
    uint64_t unread_by_reason[PF_GAP_COUNT];
    uint64_t gaps, notes, unread;       /* records, records marked as notes, bytes known to be unread */
    struct { char *text; size_t len; } root[RPT_ROOTS_MAX];
    size_t n_roots;
};

bool rpt_cover_init(struct rpt_cover *cover);     /* false: no memory */
void rpt_cover_release(struct rpt_cover *cover);

/* Words of a record are kept in `words`; texts of a gap in `details`, so that
 * many different texts cannot crowd out the words. gap: false when memory ran out. */
void rpt_cover_root(struct rpt_cover *cover, const char *root);
void rpt_cover_object(struct rpt_cover *cover, struct rpt_words *words, const struct pf_json *record);
bool rpt_cover_gap(struct rpt_cover *cover, struct rpt_words *words, struct rpt_words *details,
                   const struct pf_json *record);

/* The directory that a path counts for. */
struct rpt_dir *rpt_cover_dir(struct rpt_cover *cover, const char *path, size_t len);

/* Objects that are known only by a gap: they could not even be opened. */
uint64_t rpt_cover_unopened(const struct rpt_cover *cover);

#endif
