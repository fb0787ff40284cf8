/* store.h - declared facts and reference data into the evidence store.
 * Layer: judge. */
#ifndef REQ_JUDGE_STORE_H
#define REQ_JUDGE_STORE_H

#include "requirements/judge/db.h"
#include "requirements/judge/place.h"
#include "requirements/judge/scope.h"

/* criteria/ and pci-dss-4.0.1/, of --data or built in (data_dir may be NULL),
 * the rules, and the status codes. PF_E_CORRUPT names the file. */
PF_MUST_CHECK enum pf_status req_store_reference(struct req_db *db, const char *data_dir,
                                                 struct pf_error *err);

/* The row of `assessment`. `scope` NULL: none was given. `edition` NULL: the
 * newest. PF_E_USAGE: no such edition. */
PF_MUST_CHECK enum pf_status req_store_assessment(struct req_db *db, const struct req_scope *scope,
                                                  const char *edition, int64_t now,
                                                  struct pf_error *err);

/* A scope; its words for flows, kinds and questions are looked up in the
 * reference data. Places are added to `places`. PF_E_USAGE with line and column. */
PF_MUST_CHECK enum pf_status req_store_scope(struct req_db *db, const struct req_scope *scope,
                                             const struct req_marks *marks,
                                             struct req_places *places, struct pf_error *err);

/* A place that no scope file names: required, of the merchant, stage unknown.
 * Its id is path, or host:path when another host has that path already. */
PF_MUST_CHECK enum pf_status req_store_place(struct req_db *db, const char *path, const char *host,
                                             struct req_places *places, int64_t *id,
                                             struct pf_error *err);

#endif
