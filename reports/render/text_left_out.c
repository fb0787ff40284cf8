/* text_left_out.c - what the operator left out, in the text report. */
#include "reports/render/text.h"

#include <string.h>

static void item(struct rpt_text *t, const struct rpt_left_out *x)
{
    struct pf_buf reason = PF_BUF_INIT;
    enum rpt_msg by;
    size_t start = t->b->len, width;

    pf_buf_adds(t->b, "  ");
    if (rpt_msg_find("left_out", x->by, &by))
        rpt_text_msg(t, by, 0);
    width = rpt_columns(t->b->data + start, t->b->len - start);
    rpt_pad(t->b, width < 22 ? 22 - width : 1);
    rpt_text_msg(t, RPT_MSG_n_findings, x->findings);
    width = rpt_columns(t->b->data + start, t->b->len - start);
    rpt_pad(t->b, width < 38 ? 38 - width : 1);
    pf_text_add_tty(&reason, x->reason, strlen(x->reason));
    rpt_wrap(t->b, reason.data == NULL ? "" : reason.data, 38, 38);
    pf_buf_release(&reason);
}

void rpt_text_left_out(struct rpt_text *t)
{
    const struct rpt_left_outs *left = &t->m->left_out;

    if (left->n == 0)
        return;
    rpt_text_heading(t, RPT_MSG_head_left_out);
    pf_buf_adds(t->b, "  ");
    rpt_text_para(t, RPT_MSG_lead_left_out, 0, 2, 2);
    for (size_t i = 0; i < left->n; i++)
        item(t, &left->item[i]);
    if (left->more > 0) {
        pf_buf_adds(t->b, "  ");
        rpt_text_para(t, RPT_MSG_left_out_more, left->more, 2, 2);
    }
}
