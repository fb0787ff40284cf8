/* html_findings.c - findings by place, and by card number. Certain and likely
 * ones stand open; possible ones and test numbers are folded away so that they
 * do not drown what matters. */
#include "reports/model/advice.h"
#include "reports/render/html.h"

#include <string.h>

#define ROWS_OPEN 400          /* rows of open places; later places start folded */

static void position(struct rpt_html *h, const struct rpt_finding *f)
{
    if (f->in_name) {
        rpt_html_msg(h, RPT_MSG_at_name);
        return;
    }
    rpt_html_position(h, f->line, f->offset);
    if (f->line > 0)
        pf_buf_addf(h->b, " <small>@%llu</small>", (unsigned long long)f->offset);
}

static void number_cell(struct rpt_html *h, const struct rpt_finding *f)
{
    const struct rpt_number *n = f->number == RPT_NONE ? NULL : &h->m->numbers.number[f->number];
    bool linked = n != NULL && h->number_row != NULL && h->number_row[f->number] != RPT_NONE;

    rpt_html_raw(h, "<td>");
    rpt_html_pan(h, f->pan);
    if (f->brand[0] != '\0') {
        rpt_html_raw(h, " <span class=\"brandname\">");
        rpt_html_word(h, "brand", f->brand);
        rpt_html_raw(h, "</span>");
    }
    if (n != NULL && n->places > 1) {
        if (linked)
            pf_buf_addf(h->b, " <a class=\"also\" href=\"#n%u\">", f->number);
        else
            rpt_html_raw(h, " <span class=\"also\">");
        rpt_html_msg_n(h, RPT_MSG_also_in, n->places - 1);
        rpt_html_raw(h, linked ? "</a>" : "</span>");
    }
    rpt_html_raw(h, "</td>");
}

static void confidence(struct rpt_html *h, const struct rpt_finding *f)
{
    static const char *const dots[] = { "●○○", "●●○", "●●●" };
    int level = pf_confidence_from(f->confidence);

    if (f->rank == RPT_RANK_TEST) {
        rpt_html_raw(h, "<td><span class=\"conf test\">");
        rpt_html_msg(h, RPT_MSG_test_number);
    } else {
        rpt_html_raw(h, level == PF_CONFIRMED ? "<td><span class=\"conf sure\">" : "<td><span class=\"conf\">");
        if (level >= 0)
            pf_buf_addf(h->b, "<i aria-hidden=\"true\">%s</i> ", dots[level]);
        rpt_html_word(h, "confidence", f->confidence);
    }
    rpt_html_raw(h, "</span></td>");
}

static void reasons(struct rpt_html *h, const struct rpt_finding *f)
{
    rpt_html_raw(h, "<td class=\"why\">");
    for (size_t i = 0; i < f->n_reasons; i++) {
        if (i > 0)
            rpt_html_raw(h, " · ");
        rpt_html_word(h, "reason", f->reason[i]);
    }
    if (f->encoding[0] != '\0' && strcmp(f->encoding, "ascii") != 0) {
        rpt_html_raw(h, f->n_reasons > 0 ? " · " : "");
        rpt_html_word(h, "encoding", f->encoding);
    }
    rpt_html_raw(h, "</td>");
}

static void finding_row(struct rpt_html *h, const struct rpt_finding *f)
{
    int level = pf_confidence_from(f->confidence);

    pf_buf_addf(h->b, "<tr class=\"r-%s c-%s\"><td>", rpt_rank_name((enum rpt_rank)f->rank),
                level < 0 ? "unknown" : pf_confidence_name((enum pf_confidence)level));
    position(h, f);
    rpt_html_raw(h, "</td><td>");
    rpt_html_word(h, "class", f->cls);
    rpt_html_raw(h, "</td>");
    number_cell(h, f);
    confidence(h, f);
    reasons(h, f);
    rpt_html_raw(h, "<td class=\"n\">");
    rpt_html_number(h, f->count);
    rpt_html_raw(h, "</td></tr>\n");
}

static void place_summary(struct rpt_html *h, const struct rpt_place *p, uint64_t records)
{
    const char *sort = rpt_place_sort(&p->label);

    rpt_html_raw(h, "<summary><span class=\"name\">");
    rpt_html_name(h, &p->label);
    rpt_html_raw(h, "</span><span class=\"tags\">");
    if (strcmp(sort, "other") != 0) {
        rpt_html_raw(h, "<span class=\"sort\">");
        rpt_html_word(h, "sort_name", sort);
        rpt_html_raw(h, "</span>");
    }
    rpt_html_raw(h, "<span class=\"count\">");
    rpt_html_msg_n(h, RPT_MSG_n_findings, records);
    rpt_html_raw(h, "</span></span></summary>");
}

static void place_table(struct rpt_html *h, const struct rpt_place *p, const uint32_t *list, size_t n)
{
    rpt_html_raw(h, "<div class=\"scroll\"><table class=\"found\"><caption class=\"sr\">");
    rpt_html_name(h, &p->label);
    rpt_html_raw(h, "</caption><thead><tr>");
    rpt_html_th(h, RPT_MSG_col_where, false);
    rpt_html_th(h, RPT_MSG_col_what, false);
    rpt_html_th(h, RPT_MSG_col_number, false);
    rpt_html_th(h, RPT_MSG_col_confidence, false);
    rpt_html_th(h, RPT_MSG_col_why, false);
    rpt_html_th(h, RPT_MSG_col_count, true);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++)
        finding_row(h, &h->m->places.finding[list[i]]);
    rpt_html_raw(h, "</tbody></table></div>");
}

static size_t place(struct rpt_html *h, uint32_t at, bool open)
{
    const struct rpt_place *p = &h->m->places.place[at];
    uint32_t list[RPT_PLACE_LISTED];
    size_t n = rpt_place_sorted(&h->m->places, at, list);
    uint64_t more = rpt_place_unlisted(p);

    pf_buf_addf(h->b, "<details class=\"place k-%s\" id=\"p%u\" data-n=\"%llu\"%s>",
                rpt_rank_name((enum rpt_rank)p->rank), at, (unsigned long long)(n + more),
                open ? " open" : "");
    place_summary(h, p, n + more);
    place_table(h, p, list, n);
    if (more > 0) {
        rpt_html_raw(h, "<p class=\"note\">");
        rpt_html_msg_n(h, RPT_MSG_more_here, more);
        rpt_html_raw(h, "</p>");
    }
    rpt_html_raw(h, "</details>\n");
    rpt_out_flush(h->out);
    return n;
}

/* Shown by the script, which is what makes it work. */
static void filter(struct rpt_html *h)
{
    static const struct { const char *rank; enum rpt_msg msg; } box[] = {
        { "confirmed", RPT_MSG_confidence_confirmed }, { "probable", RPT_MSG_confidence_probable },
        { "possible", RPT_MSG_confidence_possible },
    };
    static const struct { const char *key; enum rpt_msg msg; } order[] = {
        { "severity", RPT_MSG_sort_severity }, { "path", RPT_MSG_sort_path }, { "count", RPT_MSG_sort_count },
    };

    rpt_html_raw(h, "<div class=\"filter\" id=\"filter\" hidden><label class=\"search\"><span>");
    rpt_html_msg(h, RPT_MSG_filter_search);
    rpt_html_raw(h, "</span><input type=\"search\" id=\"q\" autocomplete=\"off\" spellcheck=\"false\"></label>"
                    "<fieldset><legend>");
    rpt_html_msg(h, RPT_MSG_filter_show);
    rpt_html_raw(h, "</legend><div class=\"chips\">");
    for (size_t i = 0; i < sizeof box / sizeof box[0]; i++) {
        pf_buf_addf(h->b, "<label class=\"chip\"><input type=\"checkbox\" checked data-show=\"%s\"><span>", box[i].rank);
        rpt_html_msg(h, box[i].msg);
        rpt_html_raw(h, "</span></label>");
    }
    rpt_html_raw(h, "</div></fieldset><fieldset><legend>");
    rpt_html_msg(h, RPT_MSG_filter_sort);
    rpt_html_raw(h, "</legend><div class=\"chips\">");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        pf_buf_addf(h->b, "<label class=\"chip\"><input type=\"radio\" name=\"order\" value=\"%s\"%s><span>", order[i].key,
                    i == 0 ? " checked" : "");
        rpt_html_msg(h, order[i].msg);
        rpt_html_raw(h, "</span></label>");
    }
    rpt_html_raw(h, "</div></fieldset><div class=\"buttons\"><button type=\"button\" id=\"open-all\">");
    rpt_html_msg(h, RPT_MSG_filter_open);
    rpt_html_raw(h, "</button><button type=\"button\" id=\"close-all\">");
    rpt_html_msg(h, RPT_MSG_filter_close);
    rpt_html_raw(h, "</button></div><p id=\"nothing\" role=\"status\" hidden>");
    rpt_html_msg(h, RPT_MSG_filter_none);
    rpt_html_raw(h, "</p></div>\n");
}

/* Places from `at` on whose rank is at most `last`, in a fold of their own. */
static size_t folded(struct rpt_html *h, size_t at, enum rpt_rank last, enum rpt_msg title, enum rpt_msg text)
{
    const struct rpt_model *m = h->m;
    size_t end = rpt_model_places_to(m, last);

    if (at == end)
        return end;
    rpt_html_raw(h, "<details class=\"fold quiet\"><summary>");
    rpt_html_msg(h, title);
    rpt_html_raw(h, " <span class=\"count\">");
    rpt_html_msg_n(h, RPT_MSG_n_places, end - at);
    rpt_html_raw(h, "</span></summary><p class=\"note\">");
    rpt_html_msg(h, text);
    rpt_html_raw(h, "</p>\n");
    for (; at < end; at++)
        (void)place(h, m->place_order[at], false);
    rpt_html_raw(h, "</details>\n");
    return end;
}

void rpt_html_findings(struct rpt_html *h)
{
    const struct rpt_model *m = h->m;
    size_t loud = rpt_model_places_to(m, RPT_RANK_OTHER), at = 0, rows = 0;

    rpt_html_open(h, "findings", RPT_MSG_head_findings);
    if (rpt_model_findings(m) > 0) {
        rpt_html_lead(h, RPT_MSG_lead_findings);
    } else {
        rpt_html_raw(h, "<p class=\"none\">");
        rpt_html_msg(h, RPT_MSG_no_findings);
        rpt_html_raw(h, "</p>");
    }
    if (loud > 1)
        filter(h);
    rpt_html_raw(h, loud > 100 ? "<div id=\"places\" class=\"long\">" : "<div id=\"places\">");
    for (; at < loud; at++)
        rows += place(h, m->place_order[at], rows < ROWS_OPEN);
    rpt_html_raw(h, "</div>");
    at = folded(h, at, RPT_RANK_POSSIBLE, RPT_MSG_group_possible, RPT_MSG_group_possible_text);
    (void)folded(h, at, RPT_RANK_TEST, RPT_MSG_group_test, RPT_MSG_group_test_text);
    if (m->places.elsewhere > 0) {
        rpt_html_raw(h, "<p class=\"note\">");
        rpt_html_msg_n(h, RPT_MSG_more_elsewhere, m->places.elsewhere);
        rpt_html_raw(h, "</p>");
    }
    rpt_html_close(h);
}

/* A place may have been dropped for a louder one since the number noted it. */
static bool still_holds(const struct rpt_model *m, uint32_t place, uint32_t number)
{
    if (place == RPT_NONE || m->places.place[place].label.depth == 0)
        return false;
    for (uint32_t at = m->places.place[place].first; at != RPT_NONE; at = m->places.finding[at].next)
        if (m->places.finding[at].number == number)
            return true;
    return false;
}

static void number_places(struct rpt_html *h, uint32_t number)
{
    const struct rpt_number *n = &h->m->numbers.number[number];
    uint64_t named = 0;

    rpt_html_raw(h, "<td><ul class=\"plain\">");
    for (size_t i = 0; i < RPT_NUMBER_PLACES && i < n->places; i++) {
        if (!still_holds(h->m, n->place[i], number))
            continue;
        pf_buf_addf(h->b, "<li><a href=\"#p%u\">", n->place[i]);
        rpt_html_name(h, &h->m->places.place[n->place[i]].label);
        rpt_html_raw(h, "</a></li>");
        named++;
    }
    if (n->places > named) {
        rpt_html_raw(h, "<li>");
        rpt_html_msg_n(h, RPT_MSG_why_more, n->places - named);
        rpt_html_raw(h, "</li>");
    }
    rpt_html_raw(h, "</ul></td>");
}

static void number_row(struct rpt_html *h, uint32_t number)
{
    const struct rpt_number *n = &h->m->numbers.number[number];

    pf_buf_addf(h->b, "<tr id=\"n%u\"><th scope=\"row\">", number);
    rpt_html_pan(h, n->pan);
    rpt_html_raw(h, " <span class=\"brandname\">");
    rpt_html_word(h, "brand", n->brand);
    rpt_html_raw(h, "</span>");
    if (n->rank == RPT_RANK_TEST) {
        rpt_html_raw(h, " <span class=\"conf test\">");
        rpt_html_msg(h, RPT_MSG_test_number);
        rpt_html_raw(h, "</span>");
    }
    rpt_html_raw(h, "<small class=\"fp\">");
    rpt_html_str(h, n->fingerprint);
    rpt_html_raw(h, "</small></th><td class=\"n\">");
    rpt_html_number(h, n->places);
    rpt_html_raw(h, "</td><td class=\"n\">");
    rpt_html_number(h, n->occurrences);
    rpt_html_raw(h, "</td>");
    number_places(h, number);
    rpt_html_raw(h, "</tr>\n");
    rpt_out_flush(h->out);
}

/* Rows from..to of the table of numbers, as far as they have one. Returns where it stopped. */
static size_t number_table(struct rpt_html *h, size_t from, size_t to)
{
    const uint32_t *order = h->m->number_order;

    if (from >= to || h->number_row == NULL || h->number_row[order[from]] == RPT_NONE)
        return from;
    rpt_html_table(h, "grid numbers", RPT_MSG_head_numbers);
    rpt_html_th(h, RPT_MSG_col_number, false);
    rpt_html_th(h, RPT_MSG_col_places, true);
    rpt_html_th(h, RPT_MSG_col_count, true);
    rpt_html_th(h, RPT_MSG_col_place, false);
    rpt_html_raw(h, "</tr></thead><tbody>\n");
    for (; from < to && h->number_row[order[from]] != RPT_NONE; from++)
        number_row(h, order[from]);
    rpt_html_raw(h, "</tbody></table></div>");
    return from;
}

void rpt_html_numbers(struct rpt_html *h)
{
    const struct rpt_model *m = h->m;
    size_t loud = rpt_model_numbers_to(m, RPT_RANK_OTHER), shown;

    if (m->n_numbers == 0)
        return;
    rpt_html_open(h, "numbers", RPT_MSG_head_numbers);
    rpt_html_lead(h, RPT_MSG_lead_numbers);
    shown = number_table(h, 0, loud);
    if (shown == loud && loud < m->n_numbers) {
        rpt_html_raw(h, "<details class=\"fold quiet\"><summary>");
        rpt_html_msg(h, RPT_MSG_numbers_quiet);
        rpt_html_raw(h, " <span class=\"count\">");
        rpt_html_number(h, m->n_numbers - loud);
        rpt_html_raw(h, "</span></summary>");
        shown = number_table(h, shown, m->n_numbers);
        rpt_html_raw(h, "</details>");
    }
    if (m->n_numbers > shown) {
        rpt_html_raw(h, "<p class=\"note\">");
        rpt_html_msg_n(h, RPT_MSG_more_numbers, m->n_numbers - shown);
        rpt_html_raw(h, "</p>");
    }
    if (m->numbers.more) {
        rpt_html_raw(h, "<p class=\"note\">");
        rpt_html_msg(h, RPT_MSG_more_numbers_unknown);
        rpt_html_raw(h, "</p>");
    }
    rpt_html_close(h);
}
