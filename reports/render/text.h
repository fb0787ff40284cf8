/* text.h - the parts of the text report. Layer: reports, for text*.c. */
#ifndef RPT_TEXT_H
#define RPT_TEXT_H

#include "reports/render/layout.h"
#include "reports/render/render.h"
#include "pan-finder/base/text.h"

struct rpt_text {
    struct pf_buf *b;                  /* out->buf */
    struct rpt_out *out;
    const struct rpt_model *m;
    const struct rpt_render *how;
};

void rpt_text_msg(struct rpt_text *t, enum rpt_msg msg, uint64_t n);
void rpt_text_heading(struct rpt_text *t, enum rpt_msg msg);
/* A message, wrapped, after `first` columns; ends the line. */
void rpt_text_para(struct rpt_text *t, enum rpt_msg msg, uint64_t n, size_t first, size_t indent);
/* "  Name      value", the value escaped; nothing when it is NULL or "". */
void rpt_text_field(struct rpt_text *t, enum rpt_msg name, const char *value);

void rpt_text_why(struct rpt_text *t);
void rpt_text_findings(struct rpt_text *t);
void rpt_text_left_out(struct rpt_text *t);
void rpt_text_gaps(struct rpt_text *t);
void rpt_text_requirements(struct rpt_text *t);
void rpt_text_assumptions(struct rpt_text *t);

#endif
