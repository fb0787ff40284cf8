/* html_why.c - the rules that decided, each with its evidence. */
#include "reports/model/headline.h"
#include "reports/render/html.h"

/* The name of a place, as a link when the findings list it. */
static void place_link(struct rpt_html *h, const struct rpt_label *label)
{
    uint32_t place = rpt_places_find(&h->m->places, label);

    if (label->name[0].len == 0)
        return;
    if (place != RPT_NONE)
        pf_buf_addf(h->b, "<a href=\"#p%u\">", place);
    rpt_html_name(h, label);
    if (place != RPT_NONE)
        rpt_html_raw(h, "</a>");
}

/* One line of evidence: path, what, number, confidence or reason. */
static void evidence(struct rpt_html *h, const struct pf_json *e)
{
    struct rpt_label label;
    char pan[PF_PAN_MAX + 1];

    if (!rpt_label_read(&label, e))
        return;
    rpt_html_raw(h, "<li>");
    place_link(h, &label);
    if (rpt_u64(e, "line") > 0) {
        rpt_html_raw(h, " <small>");
        rpt_html_position(h, rpt_u64(e, "line"), 0);
        rpt_html_raw(h, "</small>");
    }
    if (pf_json_str(e, "pan") != NULL) {
        rpt_mask_again(pan, pf_json_str(e, "pan"));
        rpt_html_raw(h, " ");
        rpt_html_pan(h, pan);
    }
    rpt_html_raw(h, " <small>");
    rpt_html_word(h, "short", pf_json_str(e, "class"));
    if (pf_json_str(e, "class") != NULL && pf_json_str(e, "confidence") != NULL)
        rpt_html_raw(h, ", ");
    rpt_html_word(h, "confidence", pf_json_str(e, "confidence"));
    rpt_html_word(h, "gap", pf_json_str(e, "reason"));
    rpt_html_raw(h, "</small></li>");
    rpt_label_release(&label);
}

static void fired_rule(struct rpt_html *h, const struct pf_json *rule)
{
    const struct pf_json *list = pf_json_get(rule, "evidence");
    const char *result = pf_json_str(rule, "result");
    uint64_t count = rpt_u64(rule, "count");
    size_t n = pf_json_len(list);

    rpt_html_raw(h, "<article class=\"rule\"><h3><span class=\"pill code\">");
    rpt_html_str(h, pf_json_str(rule, "id"));
    rpt_html_raw(h, "</span> ");
    rpt_html_record_text(h, rule, "text");
    rpt_html_raw(h, "</h3><p class=\"meta\">");
    if (result != NULL && result[0] != '\0') {
        const char *args[] = { result, NULL };
        rpt_html_msg_args(h, RPT_MSG_why_result, 0, args);
        rpt_html_raw(h, " · ");
    }
    rpt_html_str(h, pf_json_str(rule, "source"));
    rpt_html_raw(h, "</p>");
    if (n > 0) {
        rpt_html_raw(h, n > 6 ? "<details><summary>" : "<details open><summary>");
        rpt_html_msg(h, RPT_MSG_why_evidence);
        rpt_html_raw(h, " <span class=\"count\">");
        rpt_html_number(h, count > n ? count : n);
        rpt_html_raw(h, "</span></summary><ul class=\"evidence\">");
        for (size_t i = 0; i < n; i++)
            evidence(h, pf_json_at(list, i));
        if (count > n) {
            rpt_html_raw(h, "<li>");
            rpt_html_msg_n(h, RPT_MSG_why_more, count - n);
            rpt_html_raw(h, "</li>");
        }
        rpt_html_raw(h, "</ul></details>");
    }
    rpt_html_raw(h, "</article>\n");
}

static void quiet_rules(struct rpt_html *h, const struct rpt_list *rules, uint64_t quiet)
{
    rpt_html_raw(h, "<details class=\"fold\"><summary>");
    rpt_html_msg_n(h, RPT_MSG_why_not_fired, quiet);
    rpt_html_raw(h, "</summary><ul class=\"plain\">");
    for (size_t i = 0; i < rules->n; i++) {
        if (pf_json_bool(rules->item[i], "fired", false))
            continue;
        rpt_html_raw(h, "<li><span class=\"pill code\">");
        rpt_html_str(h, pf_json_str(rules->item[i], "id"));
        rpt_html_raw(h, "</span> ");
        rpt_html_record_text(h, rules->item[i], "text");
        rpt_html_raw(h, "</li>");
    }
    rpt_html_raw(h, "</ul></details>");
}

void rpt_html_why(struct rpt_html *h)
{
    const struct rpt_list *rules = &h->m->verdict[RPT_RULE];
    const struct pf_json *entity = rpt_model_entity(h->m);
    uint64_t quiet = 0;

    if (rules->n == 0 && entity == NULL)
        return;
    rpt_html_open(h, "why", RPT_MSG_head_why);
    rpt_html_lead(h, RPT_MSG_lead_why);
    if (entity != NULL && rpt_text_in(entity, "text", RPT_EN)[0] != '\0') {
        rpt_html_raw(h, "<blockquote><p>");
        rpt_html_record_text(h, entity, "text");
        rpt_html_raw(h, "</p></blockquote>");
    }
    for (size_t i = 0; i < rules->n; i++) {
        if (pf_json_bool(rules->item[i], "fired", false))
            fired_rule(h, rules->item[i]);
        else
            quiet++;
    }
    if (rules->n == 0) {
        rpt_html_raw(h, "<p>");
        rpt_html_msg(h, RPT_MSG_why_none);
        rpt_html_raw(h, "</p>");
    }
    if (quiet > 0)
        quiet_rules(h, rules, quiet);
    rpt_html_close(h);
}
