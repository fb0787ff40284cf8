/* write.h - verdict records out of the evidence store.
 * Layer: judge. The format is docs/finding-format.md, `verdict`. */
#ifndef REQ_JUDGE_WRITE_H
#define REQ_JUDGE_WRITE_H

#include "requirements/judge/db.h"

#include <stdio.h>

/* Writes entity, channels, places, rules, requirements, assumptions, coverage,
 * in this order. PF_E_IO when `out` cannot be written. */
PF_MUST_CHECK enum pf_status req_write(struct req_db *db, FILE *out, struct pf_error *err);

#endif
