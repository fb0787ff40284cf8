/* model.h - everything a report says, gathered from a stream of records.
 * Layer: reports. Memory is bounded whatever the stream holds: see place.h,
 * number.h, cover.h for what is kept and what is only counted. What the model
 * holds depends on the records alone (no clock, no host), so the same records
 * give the same report. */
#ifndef RPT_MODEL_H
#define RPT_MODEL_H

#include "reports/model/cover.h"
#include "reports/model/left_out.h"
#include "reports/model/number.h"
#include "reports/model/place.h"

#define RPT_RUNS_MAX      64       /* runs of one report; more: usage error */
#define RPT_VERDICTS_MAX  4096     /* verdict records kept of one subject */

enum rpt_run_state { RPT_RUN_OPEN, RPT_RUN_COMPLETE, RPT_RUN_INTERRUPTED, RPT_RUN_FAILED, RPT_RUN_CUT };

struct rpt_run {
    struct pf_json *start, *end;   /* the records; end is NULL when cut off */
    enum rpt_run_state state;
    uint64_t objects, findings;    /* records counted while it was open */
};

/* The verdict records of one subject, as they came. */
struct rpt_list { struct pf_json **item; size_t n; uint64_t dropped; };

enum rpt_subject {
    RPT_ENTITY, RPT_CHANNEL, RPT_LOCATION, RPT_RULE, RPT_REQUIREMENT, RPT_ASSUMPTION,
    RPT_COVERAGE, RPT_SUBJECTS
};

/* The verdict as the report presents it. */
enum rpt_tone { RPT_TONE_BAD, RPT_TONE_WARN, RPT_TONE_GOOD, RPT_TONE_NONE };

struct rpt_model {
    struct rpt_words words, details;
    struct rpt_places places;
    struct rpt_numbers numbers;
    struct rpt_cover cover;
    struct rpt_left_outs left_out;
    struct rpt_run run[RPT_RUNS_MAX];
    size_t n_runs;
    struct rpt_list verdict[RPT_SUBJECTS];
    uint64_t occurrences;          /* sum of count over findings that are no test numbers */
    bool by_class[PF_CLASS_COUNT]; /* seen with at least probable confidence, no test number */
    bool torn;                     /* an input ended in the middle of a line */

    /* set by rpt_model_finish */
    uint32_t *place_order, *number_order;
    size_t n_places, n_numbers;
    bool incomplete;               /* some run did not end as complete */
};

bool rpt_model_init(struct rpt_model *model);      /* false: no memory */
void rpt_model_release(struct rpt_model *model);

/* Adds one record. `record` is taken. PF_E_CORRUPT for something that is no
 * record, PF_E_USAGE for too many runs, PF_E_NOMEM. Unknown kinds of record
 * and unknown fields are passed over. */
PF_MUST_CHECK enum pf_status rpt_model_add(struct rpt_model *model, struct pf_json *record,
                                           struct pf_error *err);

/* An input has ended: a run that is still open was cut off. */
void rpt_model_end_of_input(struct rpt_model *model, bool torn);

/* Sorts. Call once, after the last input. */
void rpt_model_finish(struct rpt_model *model);

/* The entity's verdict, or NULL when nobody judged. */
const struct pf_json *rpt_model_entity(const struct rpt_model *model);
enum rpt_tone rpt_model_tone(const struct rpt_model *model);

/* Findings that a reader has to act on: the ranks SAD to PROBABLE. */
uint64_t rpt_model_loud(const struct rpt_model *model);
uint64_t rpt_model_findings(const struct rpt_model *model);     /* all, test numbers too */

/* Places and numbers of a rank that is `rank` or louder; listed ones. */
size_t rpt_model_places_to(const struct rpt_model *model, enum rpt_rank rank);
size_t rpt_model_numbers_to(const struct rpt_model *model, enum rpt_rank rank);

/* Copies a masked number (NULL is ""): six and four digits at most are shown,
 * whoever wrote the record. */
void rpt_mask_again(char to[PF_PAN_MAX + 1], const char *from);

/* Whole number of a record's field; 0 when missing or negative. */
uint64_t rpt_u64(const struct pf_json *record, const char *key);

#endif
