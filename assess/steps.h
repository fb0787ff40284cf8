/* steps.h - the commands that an assessment runs, one after the other.
 * Layer: assess. Each step says on failure why in `err`; where the command it
 * ran has said so itself on stderr, `err` stays empty. */
#ifndef ASSESS_STEPS_H
#define ASSESS_STEPS_H

#include "assess/evidence.h"

#include <signal.h>

struct asm_plan {                    /* texts are borrowed; NULL or "": left to the command */
    const char *scope, *key_file, *lang, *progress, *jobs, *max_depth, *parser_timeout;
    bool cross_mounts;
    const char *const *excluded;
    size_t n_excluded;
    char *const *paths;
    size_t n_paths;
};

/* The finder while it runs, 0 else: an interrupt is passed on to it. */
extern volatile sig_atomic_t asm_finder_pid;

/* Can the scope file be used? Notes its digest. */
PF_MUST_CHECK enum pf_status asm_step_scope(struct asm_evidence *e, const struct asm_plan *plan,
                                            struct pf_error *err);

/* pan-finder; its records are filed away as they come. */
PF_MUST_CHECK enum pf_status asm_step_find(struct asm_evidence *e, const struct asm_plan *plan,
                                           struct pf_error *err);

/* pan-judge on the filed records; makes evidence.db and verdict.json. The
 * verdict records are appended to `verdicts`. */
PF_MUST_CHECK enum pf_status asm_step_judge(struct asm_evidence *e, const struct asm_plan *plan,
                                            struct pf_buf *verdicts, struct pf_error *err);

/* pan-report, into a file of the folder, or (file NULL) to standard output. */
PF_MUST_CHECK enum pf_status asm_step_report(struct asm_evidence *e, const struct asm_plan *plan,
                                             const char *format, const char *file,
                                             const struct pf_buf *verdicts, struct pf_error *err);

#endif
