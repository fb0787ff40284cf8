/* html_numbers.c - findings by card number: the same one in several places. */
#include "reports/render/html.h"

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
