/* progress_line.h - one line on a terminal while a run goes on. Layer: process. */
#ifndef PF_PROCESS_PROGRESS_LINE_H
#define PF_PROCESS_PROGRESS_LINE_H

#include "pan-finder/process/progress.h"

#include <stdbool.h>

/* Rewrites the line on stderr: objects, bytes, rate, findings, gaps, time left. */
void pf_progress_line(const struct pf_progress *progress, double seconds, unsigned jobs);
void pf_progress_line_clear(void);

#endif
