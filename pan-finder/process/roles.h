/* roles.h - what each child process of a run does until its input ends.
 * Layer: process. Each function is called in the child after fork, enters the
 * cage of its role first, and returns the child's exit status. */
#ifndef PF_PROCESS_ROLES_H
#define PF_PROCESS_ROLES_H

#include "pan-finder/process/run.h"

/* Walks the roots; sends what it opens to `queue`. */
int pf_opener_main(const struct pf_run_options *options, int queue, struct pf_progress *progress);

/* Walks the roots without opening, for the "time left" of the progress line. */
int pf_counter_main(const struct pf_run_options *options, struct pf_progress *progress);

/* Takes entries from `queue`, searches them, writes records to `records`. */
int pf_scanner_main(const struct pf_run_options *options, struct pf_detector *detector, unsigned number,
                    int queue, int records, int control, struct pf_progress *progress);

/* Copies record lines of all scanners to options->out: the run record, which the
 * supervisor puts in front of the first stream, at first; at last the end record,
 * whose status the supervisor sends on `control`. */
int pf_recorder_main(const struct pf_run_options *options, const char *run_id, const int *records,
                     size_t n_records, int control, struct pf_progress *progress);

#endif
