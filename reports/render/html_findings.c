/* html_findings.c - findings by place. Certain and likely
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
        rpt_html_raw(h, "</span></td>");
        return;
    }
    rpt_html_raw(h, level == PF_CONFIRMED ? "<td class=\"conf sure\">" : "<td class=\"conf\">");
    if (level >= 0)
        pf_buf_addf(h->b, "<i aria-hidden=\"true\">%s</i> ", dots[level]);
    rpt_html_word(h, "confidence", f->confidence);
    rpt_html_raw(h, "</td>");
}

static void add_word(struct pf_buf *out, enum rpt_lang lang, const char *family, const char *word)
{
    enum rpt_msg msg;

    if (out->len > 0)
        pf_buf_adds(out, " · ");
    pf_buf_adds(out, rpt_msg_find(family, word, &msg) ? rpt_tr(lang, msg) : word);
}

/* One text a language, not one a reason: there are many rows. */
static void reasons(struct rpt_html *h, const struct rpt_finding *f)
{
    struct pf_buf text[RPT_LANGS] = { PF_BUF_INIT, PF_BUF_INIT };

    for (int lang = 0; lang < RPT_LANGS; lang++) {
        for (size_t i = 0; i < f->n_reasons; i++)
            add_word(&text[lang], (enum rpt_lang)lang, "reason", f->reason[i]);
        if (f->encoding[0] != '\0' && strcmp(f->encoding, "ascii") != 0)
            add_word(&text[lang], (enum rpt_lang)lang, "encoding", f->encoding);
    }
    rpt_html_raw(h, "<td class=\"why\">");
    if (text[RPT_EN].len > 0)
        rpt_html_both(h, text[RPT_EN].data, text[RPT_JA].data);
    rpt_html_raw(h, "</td>");
    for (int lang = 0; lang < RPT_LANGS; lang++)
        pf_buf_release(&text[lang]);
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
                rpt_rank_name((enum rpt_rank)p->rank), at, (unsigned long long)n + more,
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

struct choice { const char *value; enum rpt_msg msg; };

/* A group of check boxes, or of radio buttons with the first one set. */
static void choices(struct rpt_html *h, enum rpt_msg legend, const struct choice *list, size_t n, bool radio)
{
    rpt_html_raw(h, "<fieldset><legend>");
    rpt_html_msg(h, legend);
    rpt_html_raw(h, "</legend><div class=\"chips\">");
    for (size_t i = 0; i < n; i++) {
        if (radio)
            pf_buf_addf(h->b, "<label class=\"chip\"><input type=\"radio\" name=\"order\" value=\"%s\"%s><span>",
                        list[i].value, i == 0 ? " checked" : "");
        else
            pf_buf_addf(h->b, "<label class=\"chip\"><input type=\"checkbox\" checked data-show=\"%s\"><span>",
                        list[i].value);
        rpt_html_msg(h, list[i].msg);
        rpt_html_raw(h, "</span></label>");
    }
    rpt_html_raw(h, "</div></fieldset>");
}

/* Shown by the script, which is what makes it work. */
static void filter(struct rpt_html *h)
{
    static const struct choice show[] = {
        { "confirmed", RPT_MSG_confidence_confirmed }, { "probable", RPT_MSG_confidence_probable },
        { "possible", RPT_MSG_confidence_possible },
    };
    static const struct choice order[] = {
        { "severity", RPT_MSG_sort_severity }, { "path", RPT_MSG_sort_path }, { "count", RPT_MSG_sort_count },
    };

    rpt_html_raw(h, "<div class=\"filter\" id=\"filter\" hidden><label class=\"search\"><span>");
    rpt_html_msg(h, RPT_MSG_filter_search);
    rpt_html_raw(h, "</span><input type=\"search\" id=\"q\" autocomplete=\"off\" spellcheck=\"false\"></label>"
                    "<div class=\"buttons\"><button type=\"button\" id=\"open-all\">");
    rpt_html_msg(h, RPT_MSG_filter_open);
    rpt_html_raw(h, "</button><button type=\"button\" id=\"close-all\">");
    rpt_html_msg(h, RPT_MSG_filter_close);
    rpt_html_raw(h, "</button></div>");
    choices(h, RPT_MSG_filter_show, show, sizeof show / sizeof show[0], false);
    choices(h, RPT_MSG_filter_sort, order, sizeof order / sizeof order[0], true);
    rpt_html_raw(h, "<p id=\"nothing\" role=\"status\" hidden>");
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
