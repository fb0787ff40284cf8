/* evidence.h - what a piece of evidence says, for a record. Layer: judge. */
#ifndef REQ_JUDGE_EVIDENCE_H
#define REQ_JUDGE_EVIDENCE_H

#include "pan-finder/base/json.h"
#include "requirements/judge/db.h"

/* Writes the array `evidence` of a rule: at most REQ_EVIDENCE_MAX objects. */
PF_MUST_CHECK enum pf_status req_evidence_write(struct req_db *db, struct pf_jw *w,
                                                const char *rule, struct pf_error *err);

/* Appends the names of a rule's evidence, separated by commas: places,
 * channels, kinds of places. `ja`: in Japanese where there is a name in it. */
PF_MUST_CHECK enum pf_status req_evidence_list(struct req_db *db, struct pf_buf *out,
                                               const char *rule, bool ja, struct pf_error *err);

#endif
