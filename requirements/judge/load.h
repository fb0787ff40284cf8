/* load.h - record streams into the evidence store, a line at a time.
 * Layer: judge. Memory does not grow with the stream. */
#ifndef REQ_JUDGE_LOAD_H
#define REQ_JUDGE_LOAD_H

#include "requirements/judge/db.h"
#include "requirements/judge/place.h"

struct req_load;

/* `places` holds the declared places and gets those that no scope names:
 * without a scope file one for each root of a run, with one when a record
 * falls outside of every declared place. Borrowed until req_load_free. */
PF_MUST_CHECK enum pf_status req_load_new(struct req_load **out, struct req_db *db,
                                          struct req_places *places, bool scope_given,
                                          struct pf_error *err);
void req_load_free(struct req_load *load);

/* One stream; "-" is standard input. A run without an end record stays
 * `failed`. PF_E_CORRUPT: the text names the line. */
PF_MUST_CHECK enum pf_status req_load_file(struct req_load *load, const char *path,
                                           struct pf_error *err);

#endif
