/* html_lists.c - requirements, channels, locations, gaps, assumptions. */
#include "reports/render/html.h"

#include <string.h>

static void cell_start(struct rpt_html *h) { rpt_html_raw(h, "<td>"); }
static void cell_end(struct rpt_html *h) { rpt_html_raw(h, "</td>"); }

static void count_cell(struct rpt_html *h, uint64_t n)
{
    rpt_html_raw(h, n == 0 ? "<td class=\"n zero\">" : "<td class=\"n\">");
    rpt_html_number(h, n);
    cell_end(h);
}

/* A pill whose look follows the word; words we do not know look neutral. */
static void pill(struct rpt_html *h, const char *family, const char *word)
{
    static const struct { const char *word, *look; } table[] = {
        { "contradicted", "no" }, { "not_contradicted", "ok" }, { "inconclusive", "maybe" },
        { "complete", "ok" }, { "partial", "maybe" }, { "failed", "no" }, { "not_run", "no" },
    };
    const char *look = "plain";

    for (size_t i = 0; word != NULL && i < sizeof table / sizeof table[0]; i++)
        if (strcmp(word, table[i].word) == 0)
            look = table[i].look;
    pf_buf_addf(h->b, "<span class=\"pill %s\">", look);
    rpt_html_word(h, family, word);
    rpt_html_raw(h, "</span>");
}

static void code_pill(struct rpt_html *h, const char *code)
{
    if (code == NULL || code[0] == '\0')
        return;
    rpt_html_raw(h, "<span class=\"pill code\">");
    rpt_html_str(h, code);
    rpt_html_raw(h, "</span>");
}

static void words(struct rpt_html *h, const struct pf_json *array)
{
    for (size_t i = 0; i < pf_json_len(array); i++) {
        rpt_html_raw(h, " ");
        code_pill(h, pf_json_text(pf_json_at(array, i)));
    }
}

static void requirement(struct rpt_html *h, const struct pf_json *r)
{
    uint64_t count = rpt_u64(r, "count");

    rpt_html_raw(h, "<tr><th scope=\"row\" class=\"id\">");
    rpt_html_str(h, pf_json_str(r, "id"));
    rpt_html_raw(h, "</th><td><strong>");
    rpt_html_record_text(h, r, "title");
    rpt_html_raw(h, "</strong><p>");
    rpt_html_record_text(h, r, "text");
    rpt_html_raw(h, "</p>");
    rpt_html_evidence(h, r, false);
    rpt_html_raw(h, "</td><td>");
    pill(h, "status", pf_json_str(r, "status"));
    if (count > 0) {
        rpt_html_raw(h, " <small>");
        rpt_html_msg_n(h, RPT_MSG_n_findings, count);
        rpt_html_raw(h, "</small>");
    }
    cell_end(h);
    cell_start(h);
    words(h, pf_json_get(r, "rules"));
    rpt_html_raw(h, "</td></tr>\n");
}

void rpt_html_requirements(struct rpt_html *h)
{
    const struct rpt_list *list = &h->m->verdict[RPT_REQUIREMENT];

    if (list->n == 0)
        return;
    rpt_html_open(h, "requirements", RPT_MSG_head_requirements);
    rpt_html_lead(h, RPT_MSG_lead_requirements);
    rpt_html_table(h, "grid reqs", RPT_MSG_head_requirements);
    rpt_html_raw(h, "<th scope=\"col\" class=\"id\">No.</th>");
    rpt_html_th(h, RPT_MSG_col_requirement, false);
    rpt_html_th(h, RPT_MSG_col_status, false);
    rpt_html_th(h, RPT_MSG_col_rule, false);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n; i++)
        requirement(h, list->item[i]);
    rpt_html_raw(h, "</tbody></table></div>");
    rpt_html_close(h);
}

void rpt_html_channels(struct rpt_html *h)
{
    const struct rpt_list *list = &h->m->verdict[RPT_CHANNEL];

    if (list->n == 0)
        return;
    rpt_html_open(h, "channels", RPT_MSG_head_channels);
    rpt_html_lead(h, RPT_MSG_lead_channels);
    rpt_html_table(h, "grid", RPT_MSG_head_channels);
    rpt_html_th(h, RPT_MSG_col_channel, false);
    rpt_html_th(h, RPT_MSG_col_flow, false);
    rpt_html_th(h, RPT_MSG_col_verdict, false);
    rpt_html_th(h, RPT_MSG_col_rule, false);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n; i++) {
        const struct pf_json *c = list->item[i];
        rpt_html_raw(h, "<tr><th scope=\"row\">");
        rpt_html_str(h, pf_json_str(c, "id"));
        rpt_html_raw(h, " <small>");
        rpt_html_word(h, "channel", pf_json_str(c, "channel"));
        rpt_html_raw(h, "</small></th><td>");
        if (pf_json_get(c, "flow_text") != NULL)
            rpt_html_record_text(h, c, "flow_text");
        else
            rpt_html_word(h, "flow", pf_json_str(c, "flow"));
        cell_end(h);
        cell_start(h);
        code_pill(h, pf_json_str(c, "code"));
        cell_end(h);
        cell_start(h);
        words(h, pf_json_get(c, "rules"));
        rpt_html_raw(h, "</td></tr>\n");
    }
    rpt_html_raw(h, "</tbody></table></div>");
    rpt_html_close(h);
}

static void location(struct rpt_html *h, const struct pf_json *l)
{
    const char *id = pf_json_str(l, "id"), *path = pf_json_str(l, "path");

    rpt_html_raw(h, "<tr><th scope=\"row\">");
    if (id != NULL && (path == NULL || strcmp(id, path) != 0)) {
        rpt_html_str(h, id);
        rpt_html_raw(h, "<br>");
    }
    rpt_html_raw(h, "<bdi class=\"path\">");
    rpt_html_str(h, path);
    rpt_html_raw(h, "</bdi></th><td>");
    rpt_html_msg(h, pf_json_bool(l, "required", false) ? RPT_MSG_yes : RPT_MSG_no);
    cell_end(h);
    cell_start(h);
    pill(h, "coverage", pf_json_str(l, "coverage"));
    rpt_html_raw(h, "</td><td class=\"n\">");
    rpt_html_number(h, rpt_u64(l, "objects_read"));
    rpt_html_raw(h, " / ");
    rpt_html_number(h, rpt_u64(l, "objects"));
    cell_end(h);
    count_cell(h, rpt_u64(l, "findings"));
    count_cell(h, rpt_u64(l, "gaps"));
    cell_start(h);
    code_pill(h, pf_json_str(l, "code"));
    words(h, pf_json_get(l, "rules"));
    rpt_html_raw(h, "</td></tr>\n");
}

void rpt_html_locations(struct rpt_html *h)
{
    const struct rpt_list *list = &h->m->verdict[RPT_LOCATION];

    if (list->n == 0)
        return;
    rpt_html_open(h, "locations", RPT_MSG_head_locations);
    rpt_html_lead(h, RPT_MSG_lead_locations);
    rpt_html_table(h, "grid", RPT_MSG_head_locations);
    rpt_html_th(h, RPT_MSG_col_place, false);
    rpt_html_th(h, RPT_MSG_col_required, false);
    rpt_html_th(h, RPT_MSG_col_coverage, false);
    rpt_html_th(h, RPT_MSG_col_read, true);
    rpt_html_th(h, RPT_MSG_col_findings, true);
    rpt_html_th(h, RPT_MSG_col_gaps, true);
    rpt_html_th(h, RPT_MSG_col_verdict, false);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n; i++) {
        location(h, list->item[i]);
        rpt_out_flush(h->out);
    }
    rpt_html_raw(h, "</tbody></table></div>");
    rpt_html_close(h);
}

static void gap_rows(struct rpt_html *h, int reason)
{
    const struct rpt_cover *c = &h->m->cover;

    for (size_t i = 0; i < c->n_gaps; i++) {
        const struct rpt_gap *g = &c->gap[i];
        if (g->reason != reason)
            continue;
        rpt_html_raw(h, "<li>");
        rpt_html_name(h, &g->label);
        rpt_html_raw(h, "<small>");
        rpt_html_str(h, g->detail);
        if (g->unread > 0) {
            rpt_html_raw(h, g->detail[0] != '\0' ? ", " : "");
            rpt_html_bytes(h, g->unread);
        }
        rpt_html_raw(h, "</small></li>\n");
        rpt_out_flush(h->out);
    }
}

static void gap_group(struct rpt_html *h, int reason)
{
    const struct rpt_cover *c = &h->m->cover;
    const char *name = reason == 0 ? "unknown" : pf_gap_name((enum pf_gap_reason)reason);
    enum rpt_msg close;

    rpt_html_raw(h, "<article class=\"gap\"><h3>");
    rpt_html_word(h, "gap", name);
    rpt_html_raw(h, " <span class=\"count\">");
    rpt_html_msg_n(h, RPT_MSG_n_objects, c->by_reason[reason]);
    rpt_html_raw(h, "</span></h3><p><b>");
    rpt_html_msg(h, RPT_MSG_gap_close);
    rpt_html_raw(h, "</b> ");
    if (rpt_msg_find("do_gap", name, &close))
        rpt_html_msg(h, close);
    rpt_html_raw(h, c->by_reason[reason] > 10 ? "</p><details><summary>" : "</p><details open><summary>");
    rpt_html_msg(h, RPT_MSG_gap_list);
    rpt_html_raw(h, "</summary><ul class=\"evidence\">");
    gap_rows(h, reason);
    rpt_html_raw(h, "</ul></details></article>\n");
}

static void note(struct rpt_html *h, enum rpt_msg msg, uint64_t n)
{
    if (n == 0)
        return;
    rpt_html_raw(h, "<p class=\"note\">");
    rpt_html_msg_n(h, msg, n);
    rpt_html_raw(h, "</p>");
}

void rpt_html_gaps(struct rpt_html *h)
{
    const struct rpt_cover *c = &h->m->cover;

    rpt_html_open(h, "gaps", RPT_MSG_head_gaps);
    if (c->gaps > 0) {
        rpt_html_lead(h, RPT_MSG_lead_gaps);
    } else {
        bool none = c->all.objects[PF_READ] + c->all.objects[PF_PARTIAL] + c->all.objects[PF_UNREAD] == 0;
        rpt_html_raw(h, "<p class=\"none\">");
        rpt_html_msg(h, none ? RPT_MSG_basis_no_objects : RPT_MSG_no_gaps);
        rpt_html_raw(h, "</p>");
    }
    for (int r = 0; r < PF_GAP_COUNT; r++)
        if (c->by_reason[r] > 0 && !pf_gap_is_note((enum pf_gap_reason)r))
            gap_group(h, r);
    note(h, RPT_MSG_gaps_not_listed, c->gaps - c->n_gaps);
    note(h, RPT_MSG_notes_line, c->notes);
    rpt_html_close(h);
}

void rpt_html_assumptions(struct rpt_html *h)
{
    const struct rpt_list *list = &h->m->verdict[RPT_ASSUMPTION];

    if (list->n == 0)
        return;
    rpt_html_open(h, "assumptions", RPT_MSG_head_assumptions);
    rpt_html_lead(h, RPT_MSG_lead_assumptions);
    rpt_html_raw(h, "<ul class=\"assume\">");
    for (size_t i = 0; i < list->n; i++) {
        rpt_html_raw(h, "<li>");
        rpt_html_record_text(h, list->item[i], "text");
        rpt_html_raw(h, "</li>");
    }
    rpt_html_raw(h, "</ul>");
    rpt_html_close(h);
}
