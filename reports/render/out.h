/* out.h - a report on its way to a file, in pieces.
 * Layer: reports. Renderers append to `buf` and call rpt_out_flush now and
 * then; a failed write is remembered and told once, at the end. */
#ifndef RPT_OUT_H
#define RPT_OUT_H

#include "pan-finder/base/buf.h"

#include <stdio.h>

struct rpt_out {
    struct pf_buf buf;
    FILE *file;            /* borrowed */
    bool failed;
};

void rpt_out_init(struct rpt_out *out, FILE *file);

/* Writes what has gathered once it is more than a few pages. */
void rpt_out_flush(struct rpt_out *out);

/* Writes the rest and releases the buffer. PF_E_IO when any write failed, PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status rpt_out_finish(struct rpt_out *out, struct pf_error *err);

#endif
