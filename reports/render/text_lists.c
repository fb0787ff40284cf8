/* text_lists.c - findings, gaps, requirements of the text report. A terminal
 * is no place for ten thousand lines: it shows the first of each and says how
 * many more there are; the HTML and JSON reports have them. */
#include "reports/model/headline.h"
#include "reports/render/text.h"

#include <string.h>

#define PLACES_SHOWN    60
#define FINDINGS_SHOWN  8      /* of one place */
#define GAPS_SHOWN      30

/* A word of a record in the report's language, or as it stands. */
static void word(struct rpt_text *t, const char *family, const char *name)
{
    enum rpt_msg msg;

    if (rpt_msg_find(family, name, &msg))
        rpt_text_msg(t, msg, 0);
    else
        pf_text_add_tty(t->b, name, strlen(name));
}

static void pad_from(struct rpt_text *t, size_t start, size_t columns)
{
    size_t have = rpt_columns(t->b->data + start, t->b->len - start);

    rpt_pad(t->b, have < columns ? columns - have : 1);
}

static void position(struct rpt_text *t, const struct rpt_finding *f)
{
    char text[32];
    const char *args[] = { text, NULL };
    struct pf_buf number = PF_BUF_INIT;

    pf_buf_addu(&number, f->line > 0 ? f->line : f->offset);
    memcpy(text, number.data == NULL ? "" : number.data, number.len + 1);
    if (f->in_name)
        rpt_text_msg(t, RPT_MSG_at_name, 0);
    else
        rpt_tr_add(t->b, t->how->lang, f->line > 0 ? RPT_MSG_at_line : RPT_MSG_at_offset, 0, args);
    pf_buf_release(&number);
}

static void finding(struct rpt_text *t, const struct rpt_finding *f)
{
    size_t start = t->b->len;

    pf_buf_adds(t->b, "    ");
    position(t, f);
    pad_from(t, start, 20);
    word(t, "brand", f->brand);
    pad_from(t, start, 33);
    pf_text_add_tty(t->b, f->pan[0] == '\0' ? "-" : f->pan, strlen(f->pan[0] == '\0' ? "-" : f->pan));
    pad_from(t, start, 54);
    word(t, "short", f->cls);
    pad_from(t, start, 74);
    word(t, "confidence", f->confidence);
    if (f->count > 1) {
        pad_from(t, start, 86);
        rpt_text_msg(t, RPT_MSG_times, f->count);
    }
    if (f->number != RPT_NONE && t->m->numbers.number[f->number].places > 1) {
        pf_buf_adds(t->b, "\n");
        rpt_pad(t->b, 33);
        rpt_text_msg(t, RPT_MSG_also_in, t->m->numbers.number[f->number].places - 1);
    }
    pf_buf_addc(t->b, '\n');
}

static void place(struct rpt_text *t, uint32_t at)
{
    const struct rpt_place *p = &t->m->places.place[at];
    uint32_t list[RPT_PLACE_LISTED];
    size_t n = rpt_place_sorted(&t->m->places, at, list), shown = 0;
    uint64_t more = rpt_place_unlisted(p);

    pf_buf_adds(t->b, "\n  ");
    rpt_style(t->b, t->how->colour, RPT_BOLD);
    rpt_layout_name(t->b, &p->label);
    rpt_style(t->b, t->how->colour, RPT_PLAIN);
    pf_buf_addc(t->b, '\n');
    for (; shown < n && shown < FINDINGS_SHOWN; shown++)
        finding(t, &t->m->places.finding[list[shown]]);
    more += n - shown;
    if (more > 0) {
        pf_buf_adds(t->b, "    ");
        rpt_text_msg(t, RPT_MSG_more_here, more);
        pf_buf_addc(t->b, '\n');
    }
    rpt_out_flush(t->out);
}

static void line_of(struct rpt_text *t, enum rpt_msg msg, uint64_t n)
{
    if (n == 0)
        return;
    pf_buf_adds(t->b, "  ");
    rpt_text_para(t, msg, n, 2, 2);
}

void rpt_text_findings(struct rpt_text *t)
{
    size_t loud = rpt_model_places_to(t->m, RPT_RANK_OTHER), shown = 0;
    const uint64_t *records = t->m->places.records;

    rpt_text_heading(t, RPT_MSG_head_findings);
    if (rpt_model_findings(t->m) == 0)
        rpt_text_para(t, RPT_MSG_no_findings, 0, 0, 2);
    for (; shown < loud && shown < PLACES_SHOWN; shown++)
        place(t, t->m->place_order[shown]);
    if (rpt_model_findings(t->m) > 0)
        pf_buf_addc(t->b, '\n');
    line_of(t, RPT_MSG_more_places, loud - shown);
    line_of(t, RPT_MSG_n_possible, records[RPT_RANK_POSSIBLE]);
    line_of(t, RPT_MSG_n_test, records[RPT_RANK_TEST]);
    line_of(t, RPT_MSG_more_elsewhere, t->m->places.elsewhere);
}

static void gaps_of(struct rpt_text *t, int reason, size_t *shown)
{
    const struct rpt_cover *c = &t->m->cover;
    const char *name = pf_gap_name((enum pf_gap_reason)reason);

    pf_buf_adds(t->b, "\n  ");
    word(t, "gap", reason == 0 ? "unknown" : name);
    pf_buf_adds(t->b, ": ");
    rpt_text_msg(t, RPT_MSG_n_objects, c->by_reason[reason]);
    pf_buf_addc(t->b, '\n');
    for (size_t i = 0; i < c->n_gaps && *shown < GAPS_SHOWN; i++) {
        if (c->gap[i].reason != reason)
            continue;
        pf_buf_adds(t->b, "    ");
        rpt_layout_name(t->b, &c->gap[i].label);
        if (c->gap[i].detail[0] != '\0') {
            pf_buf_adds(t->b, "  (");
            pf_text_add_tty(t->b, c->gap[i].detail, strlen(c->gap[i].detail));
            pf_buf_addc(t->b, ')');
        }
        pf_buf_addc(t->b, '\n');
        (*shown)++;
    }
}

void rpt_text_gaps(struct rpt_text *t)
{
    const struct rpt_cover *c = &t->m->cover;
    size_t shown = 0;

    rpt_text_heading(t, RPT_MSG_head_gaps);
    if (c->gaps == 0) {
        pf_buf_adds(t->b, "  ");
        rpt_text_para(t, c->all.bytes == 0 ? RPT_MSG_basis_no_objects : RPT_MSG_no_gaps, 0, 2, 2);
        return;
    }
    for (int r = 0; r < PF_GAP_COUNT; r++)
        if (c->by_reason[r] > 0 && !pf_gap_is_note((enum pf_gap_reason)r))
            gaps_of(t, r, &shown);
    if (c->gaps > shown) {
        pf_buf_adds(t->b, "    ");
        rpt_text_msg(t, RPT_MSG_more_gaps, c->gaps - shown);
        pf_buf_addc(t->b, '\n');
    }
}

void rpt_text_why(struct rpt_text *t)
{
    const struct rpt_list *list = &t->m->verdict[RPT_RULE];
    bool some = false;

    for (size_t i = 0; i < list->n; i++) {
        const char *id = pf_json_str(list->item[i], "id");
        const char *text = rpt_text_in(list->item[i], "text", t->how->lang);
        struct pf_buf safe = PF_BUF_INIT;
        size_t start;

        if (!pf_json_bool(list->item[i], "fired", false))
            continue;
        if (!some)
            rpt_text_heading(t, RPT_MSG_head_why);
        some = true;
        start = t->b->len;
        pf_buf_adds(t->b, "  ");
        pf_text_add_tty(t->b, id == NULL ? "" : id, strlen(id == NULL ? "" : id));
        pad_from(t, start, 12);
        pf_text_add_tty(&safe, text, strlen(text));
        rpt_wrap(t->b, safe.data == NULL ? "" : safe.data, 12, 12);
        pf_buf_release(&safe);
    }
}

void rpt_text_requirements(struct rpt_text *t)
{
    const struct rpt_list *list = &t->m->verdict[RPT_REQUIREMENT];

    if (list->n == 0)
        return;
    rpt_text_heading(t, RPT_MSG_head_requirements);
    for (size_t i = 0; i < list->n; i++) {
        const char *id = pf_json_str(list->item[i], "id");
        const char *status = pf_json_str(list->item[i], "status");
        struct pf_buf title = PF_BUF_INIT;
        const char *text = rpt_text_in(list->item[i], "title", t->how->lang);
        size_t start = t->b->len;

        pf_buf_adds(t->b, "  ");
        pf_text_add_tty(t->b, id == NULL ? "" : id, strlen(id == NULL ? "" : id));
        pad_from(t, start, 12);
        word(t, "status", status == NULL ? "" : status);
        pad_from(t, start, 32);
        pf_text_add_tty(&title, text, strlen(text));
        rpt_wrap(t->b, title.data == NULL ? "" : title.data, 32, 32);
        pf_buf_release(&title);
    }
}

void rpt_text_assumptions(struct rpt_text *t)
{
    const struct rpt_list *list = &t->m->verdict[RPT_ASSUMPTION];

    if (list->n == 0)
        return;
    rpt_text_heading(t, RPT_MSG_head_assumptions);
    for (size_t i = 0; i < list->n; i++) {
        const char *text = rpt_text_in(list->item[i], "text", t->how->lang);
        struct pf_buf safe = PF_BUF_INIT;

        pf_text_add_tty(&safe, text, strlen(text));
        pf_buf_adds(t->b, "  - ");
        rpt_wrap(t->b, safe.data == NULL ? "" : safe.data, 4, 4);
        pf_buf_release(&safe);
    }
}
