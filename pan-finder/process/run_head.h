/* run_head.h - the record a run starts with. Layer: process. */
#ifndef PF_PROCESS_RUN_HEAD_H
#define PF_PROCESS_RUN_HEAD_H

#include "pan-finder/process/run.h"

#define PF_RUN_ID_LEN 36

/* A random UUID (RFC 9562, version 4). */
void pf_run_id(char out[PF_RUN_ID_LEN + 1]);

/* Appends the run record (docs/finding-format.md). Roots are masked by the
 * detector like every other name. */
void pf_run_head(struct pf_buf *out, const struct pf_run_options *options, const char *run_id,
                 struct pf_detector *detector);

#endif
