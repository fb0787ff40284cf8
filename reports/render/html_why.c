/* html_why.c - the rules that decided, each with its evidence. */
#include "reports/model/headline.h"
#include "reports/render/html.h"

#include <string.h>

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

/* Fields of a piece of evidence that are words or short texts, in the order
 * they read well; the family gives them words of the catalogues. */
static const struct { const char *key, *family; } said[] = {
    { "location", "" }, { "channel", "" }, { "sort", "channel" }, { "flow", "flow" },
    { "class", "short" }, { "confidence", "confidence" }, { "outcome", "outcome" }, { "reason", "gap" },
    { "detail", "" }, { "coverage", "coverage" }, { "host", "" }, { "status", "run" }, { "message", "" },
    { "question", "" }, { "answer", "" }, { "by", "" }, { "when", "" },
};

static void evidence_words(struct rpt_html *h, const struct pf_json *e)
{
    bool some = false;

    rpt_html_raw(h, " <small>");
    if (pf_json_str(e, "en") != NULL && pf_json_str(e, "ja") != NULL) {
        rpt_html_both(h, pf_json_str(e, "en"), pf_json_str(e, "ja"));
        some = true;
    }
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const char *word = pf_json_str(e, said[i].key);
        if (word == NULL || word[0] == '\0')
            continue;
        if (some)
            rpt_html_raw(h, ", ");
        rpt_html_word(h, said[i].family, word);
        some = true;
    }
    rpt_html_raw(h, "</small>");
}

/* One line of evidence: path, position, number, and what it is. */
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
    evidence_words(h, e);
    rpt_html_raw(h, "</li>");
    rpt_label_release(&label);
}

void rpt_html_evidence(struct rpt_html *h, const struct pf_json *record, bool open)
{
    const struct pf_json *list = pf_json_get(record, "evidence");
    uint64_t count = rpt_u64(record, "count");
    size_t n = pf_json_len(list);

    if (n == 0)
        return;
    rpt_html_raw(h, n > 6 || !open ? "<details class=\"ev\"><summary>" : "<details class=\"ev\" open><summary>");
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

static void fired_rule(struct rpt_html *h, const struct pf_json *rule)
{
    const char *result = pf_json_str(rule, "result");

    rpt_html_raw(h, "<article class=\"rule\"><h3><span class=\"pill code\">");
    rpt_html_str(h, pf_json_str(rule, "id"));
    rpt_html_raw(h, "</span> <span>");
    rpt_html_record_text(h, rule, "text");
    rpt_html_raw(h, "</span></h3><p class=\"meta\">");
    if (result != NULL && result[0] != '\0') {
        const char *args[] = { result, NULL };
        rpt_html_msg_args(h, RPT_MSG_why_result, 0, args);
        rpt_html_raw(h, " · ");
    }
    rpt_html_str(h, pf_json_str(rule, "source"));
    rpt_html_raw(h, "</p>");
    rpt_html_evidence(h, rule, true);
    rpt_html_raw(h, "</article>\n");
}

static bool decided(const struct pf_json *entity, const struct pf_json *rule)
{
    const struct pf_json *rules = pf_json_get(entity, "rules");
    const char *id = pf_json_str(rule, "id");

    for (size_t i = 0; i < pf_json_len(rules); i++) {
        const char *one = pf_json_text(pf_json_at(rules, i));
        if (id != NULL && one != NULL && strcmp(id, one) == 0)
            return true;
    }
    return false;
}

/* The rules that fired, those that decided apart from the others. Returns how many. */
static size_t fired_rules(struct rpt_html *h, const struct rpt_list *rules, bool deciding)
{
    const struct pf_json *entity = rpt_model_entity(h->m);
    size_t n = 0;

    for (size_t i = 0; i < rules->n; i++) {
        if (!pf_json_bool(rules->item[i], "fired", false) || decided(entity, rules->item[i]) != deciding)
            continue;
        if (!deciding && n == 0) {
            rpt_html_raw(h, "<h3 class=\"part\">");
            rpt_html_msg(h, RPT_MSG_why_also);
            rpt_html_raw(h, "</h3>");
        }
        fired_rule(h, rules->item[i]);
        n++;
    }
    return n;
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
    size_t fired;

    if (rules->n == 0 && entity == NULL)
        return;
    rpt_html_open(h, "why", RPT_MSG_head_why);
    rpt_html_lead(h, RPT_MSG_lead_why);
    if (entity != NULL && rpt_text_in(entity, "text", RPT_EN)[0] != '\0') {
        rpt_html_raw(h, "<blockquote><p>");
        rpt_html_record_text(h, entity, "text");
        rpt_html_raw(h, "</p></blockquote>");
    }
    fired = fired_rules(h, rules, true);
    fired += fired_rules(h, rules, false);
    if (rules->n == 0) {
        rpt_html_raw(h, "<p>");
        rpt_html_msg(h, RPT_MSG_why_none);
        rpt_html_raw(h, "</p>");
    }
    if (rules->n > fired)
        quiet_rules(h, rules, rules->n - fired);
    rpt_html_close(h);
}
