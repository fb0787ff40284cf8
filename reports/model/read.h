/* read.h - record files into a model. Layer: reports. */
#ifndef RPT_READ_H
#define RPT_READ_H

#include "reports/model/model.h"

/* Reads the JSON lines of one file ("-": standard input). An input that stops
 * in the middle of its last line is taken up to there, and the model says so.
 * PF_E_IO when it cannot be opened or read, PF_E_CORRUPT with name and line
 * for anything else that is no record. */
PF_MUST_CHECK enum pf_status rpt_read_file(struct rpt_model *model, const char *name,
                                           struct pf_error *err);

#endif
