/* run.h - one run of the finder: makes the processes, cages them, waits.
 * Layer: process. The caller's process becomes the supervisor. */
#ifndef PF_PROCESS_RUN_H
#define PF_PROCESS_RUN_H

#include "pan-finder/detect/detector.h"
#include "pan-finder/process/progress.h"
#include "pan-finder/source/source.h"

struct pf_run_options {
    const char *const *roots;          /* paths; "-" is standard input */
    size_t n_roots;
    unsigned jobs;                     /* 1..PF_JOBS_MAX scanners */
    struct pf_detector_options detector;
    struct pf_walk_options walk;
    size_t depth_max;
    unsigned parser_seconds;           /* a parser without progress for so long is killed */
    const char *parser_dir;            /* folder of the parser executables */
    int out;                           /* records go here */
    bool show_progress;                /* a line on stderr */
    bool explain;                      /* text for a person in place of records: what was looked at, and why */
    const char *program;               /* for messages */
};

enum pf_run_end { PF_RUN_COMPLETE, PF_RUN_INTERRUPTED, PF_RUN_FAILED };

struct pf_run_result {
    enum pf_run_end end;
    uint64_t objects, findings, gaps;
    uint64_t ignored;                  /* findings that the operator leaves out; counted in `findings` too */
};

/* PF_OK: the run came to an end that its records tell of (see result->end).
 * PF_E_USAGE, PF_E_INTERNAL, PF_E_NOMEM: it could not start. */
PF_MUST_CHECK enum pf_status pf_run(const struct pf_run_options *options,
                                    struct pf_run_result *result, struct pf_error *err);

#endif
