/* verdict.h - what the judge says, for those who print it.
 * Layer: requirements, public. The records themselves are documented in
 * docs/finding-format.md under `verdict`. */
#ifndef REQ_VERDICT_H
#define REQ_VERDICT_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum req_code {
#define REQ_CODE(id, name, rank, status) REQ_##id,
#include "requirements/include/code.def"
#undef REQ_CODE
    REQ_CODE_COUNT
};

const char *req_code_id(enum req_code code);          /* "N3S" */
const char *req_code_name(enum req_code code);        /* "retaining_sad" */
int req_code_rank(enum req_code code);                /* the higher, the worse */
int req_code_exit(enum req_code code);                /* exit status of pan-judge: 0, 1 or 3 */
bool req_code_positive(enum req_code code);           /* N1, N2: wants full coverage */
int req_code_from(const char *id);                    /* -1 when not known */

struct req_options {
    const char *scope;        /* path of the scope file, or NULL: assumptions are made and said */
    const char *db;           /* path of the evidence database to make, or NULL: none is kept */
    const char *data;         /* folder with rules/, criteria/, ... in place of the built-in ones, or NULL */
    const char *edition;      /* id in criteria/editions.json; NULL: the newest */
    const char *now;          /* RFC 3339 UTC, time of judging; NULL: the clock */
    char *const *records;     /* paths of record streams, "-" is standard input */
    size_t n_records;
};

/* Judges the records and writes verdict records to `out`.
 *   code     of the entity, on PF_OK
 *   errors   PF_E_USAGE: scope file, edition, time or database path (the text
 *            names file, line and column); PF_E_CORRUPT: a record stream or a
 *            rule (file and line); PF_E_IO, PF_E_NOMEM. Nothing that was
 *            written before an error is a verdict. */
PF_MUST_CHECK enum pf_status req_judge(const struct req_options *options, FILE *out,
                                       enum req_code *code, struct pf_error *err);

/* Reads the scope file, rules and criteria as req_judge would, and no records:
 * PF_OK when a judgement could begin. Errors as above. */
PF_MUST_CHECK enum pf_status req_check_scope(const struct req_options *options, struct pf_error *err);

#endif
