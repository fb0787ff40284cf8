/* html_method.c - how the report was made, and the words it uses. */
#include "reports/render/html.h"

static void term(struct rpt_html *h, enum rpt_msg word, enum rpt_msg meaning)
{
    rpt_html_raw(h, "<div><dt>");
    rpt_html_msg(h, word);
    rpt_html_raw(h, "</dt><dd>");
    rpt_html_msg(h, meaning);
    rpt_html_raw(h, "</dd></div>\n");
}

static void method_text(struct rpt_html *h, enum rpt_msg title, enum rpt_msg text)
{
    rpt_html_raw(h, "<h3>");
    rpt_html_msg(h, title);
    rpt_html_raw(h, "</h3><p>");
    rpt_html_msg(h, text);
    rpt_html_raw(h, "</p>\n");
}

void rpt_html_method(struct rpt_html *h)
{
    rpt_html_open(h, "method", RPT_MSG_head_method);
    rpt_html_raw(h, "<h3>");
    rpt_html_msg(h, RPT_MSG_method_confidence);
    rpt_html_raw(h, "</h3><dl class=\"words\">");
    term(h, RPT_MSG_confidence_confirmed, RPT_MSG_method_confirmed);
    term(h, RPT_MSG_confidence_probable, RPT_MSG_method_probable);
    term(h, RPT_MSG_confidence_possible, RPT_MSG_method_possible);
    rpt_html_raw(h, "</dl>");
    method_text(h, RPT_MSG_method_coverage, RPT_MSG_method_coverage_text);
    method_text(h, RPT_MSG_method_masking, RPT_MSG_method_masking_text);
    method_text(h, RPT_MSG_method_fingerprint, RPT_MSG_method_fingerprint_text);
    method_text(h, RPT_MSG_method_limits, RPT_MSG_method_limits_text);
    rpt_html_close(h);
}

void rpt_html_glossary(struct rpt_html *h)
{
    static const struct { enum rpt_msg word, meaning; } row[] = {
        { RPT_MSG_term_nonretention, RPT_MSG_def_nonretention }, { RPT_MSG_term_pan, RPT_MSG_def_pan },
        { RPT_MSG_term_sad, RPT_MSG_def_sad }, { RPT_MSG_term_masked, RPT_MSG_def_masked },
        { RPT_MSG_term_truncated, RPT_MSG_def_truncated }, { RPT_MSG_term_token, RPT_MSG_def_token },
        { RPT_MSG_term_luhn, RPT_MSG_def_luhn }, { RPT_MSG_term_object, RPT_MSG_def_object },
        { RPT_MSG_term_gap, RPT_MSG_def_gap }, { RPT_MSG_term_run, RPT_MSG_def_run },
    };

    rpt_html_open(h, "glossary", RPT_MSG_head_glossary);
    rpt_html_raw(h, "<dl class=\"words\">");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        term(h, row[i].word, row[i].meaning);
    rpt_html_raw(h, "</dl>");
    rpt_html_close(h);
}
