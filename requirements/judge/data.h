/* data.h - the judge's own data files: schema, rules, criteria, requirements.
 * Layer: judge. They are built in; --data=DIR reads a folder of the same
 * layout in their place (a subfolder that DIR lacks stays as built in). */
#ifndef REQ_JUDGE_DATA_H
#define REQ_JUDGE_DATA_H

#include "pan-finder/base/status.h"

#include <stddef.h>

struct req_file {
    const char *name;      /* "rules/D04.sql" */
    const char *text;      /* len bytes, then a NUL that is not counted */
    size_t len;
};

extern const struct req_file req_embedded[];      /* in name order; made at build time */
extern const size_t req_embedded_count;

/* Calls `each` for every file of `folder` ("rules") whose name ends in `ext`
 * (".sql"), in name order: those of DIR/folder when that is a folder, else
 * those built in. `dir` may be NULL. Stops at the first status but PF_OK and
 * returns it. The file is borrowed for the call. */
typedef enum pf_status req_file_fn(void *ctx, const struct req_file *file, struct pf_error *err);
PF_MUST_CHECK enum pf_status req_data_each(const char *dir, const char *folder, const char *ext,
                                           req_file_fn *each, void *ctx, struct pf_error *err);

/* A built-in file by name; NULL when there is none. */
const struct req_file *req_data_builtin(const char *name);

#endif
