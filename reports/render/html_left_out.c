/* html_left_out.c - what the operator left out, in the page. */
#include "reports/render/html.h"

void rpt_html_left_out(struct rpt_html *h)
{
    const struct rpt_left_outs *left = &h->m->left_out;

    if (left->n == 0)
        return;
    rpt_html_open(h, "left-out", RPT_MSG_head_left_out);
    rpt_html_lead(h, RPT_MSG_lead_left_out);
    rpt_html_table(h, "grid", RPT_MSG_head_left_out);
    rpt_html_th(h, RPT_MSG_col_left_out_by, false);
    rpt_html_th(h, RPT_MSG_col_why, false);
    rpt_html_th(h, RPT_MSG_col_findings, true);
    rpt_html_th(h, RPT_MSG_col_count, true);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < left->n; i++) {
        rpt_html_raw(h, "<tr><td>");
        rpt_html_word(h, "left_out", left->item[i].by);
        rpt_html_raw(h, "</td><td>");
        rpt_html_str(h, left->item[i].reason);
        rpt_html_raw(h, "</td><td class=\"n\">");
        rpt_html_number(h, left->item[i].findings);
        rpt_html_raw(h, "</td><td class=\"n\">");
        rpt_html_number(h, left->item[i].count);
        rpt_html_raw(h, "</td></tr>\n");
        rpt_out_flush(h->out);
    }
    rpt_html_raw(h, "</tbody></table></div>");
    if (left->more > 0) {
        rpt_html_raw(h, "<p class=\"note\">");
        rpt_html_msg_n(h, RPT_MSG_left_out_more, left->more);
        rpt_html_raw(h, "</p>");
    }
    rpt_html_close(h);
}
