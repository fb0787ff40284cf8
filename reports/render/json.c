/* json.c - the report as one JSON document (docs/report-json.md). */
#include "reports/model/advice.h"
#include "reports/model/headline.h"
#include "reports/render/render.h"
#include "pan-finder/base/json.h"
#include "pan-finder/base/text.h"
#include "pan-finder/base/version.h"

#include <stdlib.h>

#define REPORT_SCHEMA 1

struct jr { struct pf_jw w; struct rpt_out *out; const struct rpt_model *m; };

static void both(struct jr *j, const char *key, enum rpt_msg msg, uint64_t n)
{
    struct pf_buf text = PF_BUF_INIT;

    pf_jw_key(&j->w, key);
    pf_jw_open(&j->w, '{');
    for (int lang = 0; lang < RPT_LANGS; lang++) {
        pf_buf_clear(&text);
        rpt_tr_add(&text, (enum rpt_lang)lang, msg, n, NULL);
        pf_jw_kstrn(&j->w, rpt_lang_name((enum rpt_lang)lang), text.data, text.len);
    }
    pf_jw_close(&j->w, '}');
    pf_buf_release(&text);
}

static void raw(struct jr *j, const struct pf_json *value)
{
    if (j->w.comma)
        pf_buf_addc(j->w.out, ',');
    pf_json_dump(value, j->w.out);
    j->w.comma = true;
}

static void write_label(struct jr *j, const struct rpt_label *label)
{
    struct pf_buf pct = PF_BUF_INIT;
    bool exact = true;

    pf_jw_key(&j->w, "path");
    pf_jw_strn(&j->w, label->name[0].text, label->name[0].len);
    if (label->depth > 1) {
        pf_jw_key(&j->w, "inner");
        pf_jw_open(&j->w, '[');
        for (size_t i = 1; i < label->depth; i++)
            pf_jw_strn(&j->w, label->name[i].text, label->name[i].len);
        pf_jw_close(&j->w, ']');
    }
    for (size_t i = 0; i < label->depth; i++)
        exact = exact && pf_utf8_ok(label->name[i].text, label->name[i].len);
    if (!exact) {
        pf_jw_key(&j->w, "names_pct");
        pf_jw_open(&j->w, '[');
        for (size_t i = 0; i < label->depth; i++) {
            pf_buf_clear(&pct);
            pf_text_add_pct(&pct, label->name[i].text, label->name[i].len);
            pf_jw_strn(&j->w, pct.data == NULL ? "" : pct.data, pct.len);
        }
        pf_jw_close(&j->w, ']');
    }
    if (label->cut)
        pf_jw_kbool(&j->w, "cut", true);
    pf_buf_release(&pct);
}

static void write_verdict(struct jr *j)
{
    struct rpt_headline h = rpt_headline_of(j->m);
    const struct pf_json *entity = rpt_model_entity(j->m);

    pf_jw_key(&j->w, "headline");
    pf_jw_open(&j->w, '{');
    pf_jw_kstr(&j->w, "code", h.code);
    pf_jw_kstr(&j->w, "name", h.name);
    both(j, "title", h.title, 0);
    both(j, "meaning", h.meaning, 0);
    pf_jw_kbool(&j->w, "contradicted_by_run", h.contradicted);
    pf_jw_close(&j->w, '}');
    if (entity != NULL) {
        pf_jw_key(&j->w, "verdict");
        raw(j, entity);
    }
}

static void write_list(struct jr *j, const char *key, enum rpt_subject subject)
{
    const struct rpt_list *list = &j->m->verdict[subject];

    pf_jw_key(&j->w, key);
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < list->n; i++) {
        raw(j, list->item[i]);
        rpt_out_flush(j->out);
    }
    pf_jw_close(&j->w, ']');
}

static void write_actions(struct jr *j)
{
    struct rpt_advice advice[RPT_ADVICE_MAX];
    size_t n = rpt_advise(j->m, advice);

    pf_jw_key(&j->w, "actions");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < n; i++) {
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "id", rpt_msg_key(advice[i].title));
        if (advice[i].n > 0)
            pf_jw_ku64(&j->w, "count", advice[i].n);
        both(j, "title", advice[i].title, advice[i].n);
        both(j, "text", advice[i].body, advice[i].n);
        pf_jw_close(&j->w, '}');
    }
    pf_jw_close(&j->w, ']');
}

static void write_runs(struct jr *j)
{
    pf_jw_key(&j->w, "runs");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < j->m->n_runs; i++) {
        const struct rpt_run *run = &j->m->run[i];
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "state", rpt_run_state_name(run->state));
        pf_jw_ku64(&j->w, "objects_read_here", run->objects);
        pf_jw_ku64(&j->w, "findings_read_here", run->findings);
        pf_jw_key(&j->w, "run");
        raw(j, run->start);
        if (run->end != NULL) {
            pf_jw_key(&j->w, "end");
            raw(j, run->end);
        }
        pf_jw_close(&j->w, '}');
    }
    pf_jw_close(&j->w, ']');
    pf_jw_kbool(&j->w, "incomplete", j->m->incomplete);
}

static void write_tally(struct jr *j, const struct rpt_tally *t)
{
    for (int o = 0; o < PF_OUTCOME_COUNT; o++)
        pf_jw_ku64(&j->w, pf_outcome_name((enum pf_outcome)o), t->objects[o]);
    pf_jw_ku64(&j->w, "bytes", t->bytes);
}

static void write_dirs(struct jr *j)
{
    const struct rpt_cover *c = &j->m->cover;

    pf_jw_key(&j->w, "directories");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < c->n_dirs; i++) {
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "path", c->dir[i].name);
        write_tally(j, &c->dir[i].tally);
        pf_jw_ku64(&j->w, "findings", c->dir[i].findings);
        pf_jw_ku64(&j->w, "gaps", c->dir[i].gaps);
        pf_jw_close(&j->w, '}');
    }
    pf_jw_close(&j->w, ']');
}

static void write_coverage(struct jr *j)
{
    const struct rpt_cover *c = &j->m->cover;

    pf_jw_key(&j->w, "coverage");
    pf_jw_open(&j->w, '{');
    write_tally(j, &c->all);
    pf_jw_key(&j->w, "media");
    pf_jw_open(&j->w, '{');
    write_tally(j, &c->media);
    pf_jw_close(&j->w, '}');
    pf_jw_ku64(&j->w, "not_opened", rpt_cover_unopened(c));
    pf_jw_ku64(&j->w, "gaps", c->gaps);
    pf_jw_ku64(&j->w, "notes", c->notes);
    pf_jw_ku64(&j->w, "bytes_known_unread", c->unread);
    pf_jw_key(&j->w, "kinds");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < c->n_kinds; i++) {
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "kind", c->kind[i].name);
        write_tally(j, &c->kind[i].tally);
        pf_jw_close(&j->w, '}');
    }
    pf_jw_close(&j->w, ']');
    write_dirs(j);
    pf_jw_close(&j->w, '}');
}

static void write_finding(struct jr *j, const struct rpt_finding *f)
{
    pf_jw_open(&j->w, '{');
    pf_jw_kstr(&j->w, "class", f->cls);
    pf_jw_kstr(&j->w, "confidence", f->confidence);
    pf_jw_kstr(&j->w, "rank", rpt_rank_name((enum rpt_rank)f->rank));
    pf_jw_kstr(&j->w, "where", f->in_name ? "name" : "content");
    pf_jw_ku64(&j->w, "offset", f->offset);
    if (f->line > 0)
        pf_jw_ku64(&j->w, "line", f->line);
    pf_jw_kstr(&j->w, "brand", f->brand);
    pf_jw_kstr(&j->w, "pan", f->pan);
    pf_jw_ku64(&j->w, "digits", f->digits);
    if (f->number != RPT_NONE) {
        pf_jw_kstr(&j->w, "fingerprint", j->m->numbers.number[f->number].fingerprint);
        pf_jw_ku64(&j->w, "places", j->m->numbers.number[f->number].places);
    }
    pf_jw_kstr(&j->w, "encoding", f->encoding);
    pf_jw_key(&j->w, "reasons");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < f->n_reasons; i++)
        pf_jw_str(&j->w, f->reason[i]);
    pf_jw_close(&j->w, ']');
    pf_jw_kbool(&j->w, "test_pan", f->test_pan);
    pf_jw_ku64(&j->w, "count", f->count);
    pf_jw_close(&j->w, '}');
}

static void write_places(struct jr *j)
{
    uint32_t list[RPT_PLACE_LISTED];

    pf_jw_key(&j->w, "places");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < j->m->n_places; i++) {
        const struct rpt_place *place = &j->m->places.place[j->m->place_order[i]];
        size_t n = rpt_place_sorted(&j->m->places, j->m->place_order[i], list);

        pf_jw_open(&j->w, '{');
        write_label(j, &place->label);
        pf_jw_kstr(&j->w, "sort", rpt_place_sort(&place->label));
        pf_jw_kstr(&j->w, "rank", rpt_rank_name((enum rpt_rank)place->rank));
        pf_jw_ku64(&j->w, "occurrences", place->occurrences);
        pf_jw_ku64(&j->w, "not_listed", rpt_place_unlisted(place));
        pf_jw_key(&j->w, "findings");
        pf_jw_open(&j->w, '[');
        for (size_t k = 0; k < n; k++)
            write_finding(j, &j->m->places.finding[list[k]]);
        pf_jw_close(&j->w, ']');
        pf_jw_close(&j->w, '}');
        rpt_out_flush(j->out);
    }
    pf_jw_close(&j->w, ']');
    pf_jw_ku64(&j->w, "findings_in_places_not_listed", j->m->places.elsewhere);
}

static void write_numbers(struct jr *j)
{
    pf_jw_key(&j->w, "numbers");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < j->m->n_numbers; i++) {
        const struct rpt_number *n = &j->m->numbers.number[j->m->number_order[i]];
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "fingerprint", n->fingerprint);
        pf_jw_kstr(&j->w, "pan", n->pan);
        pf_jw_kstr(&j->w, "brand", n->brand);
        pf_jw_kstr(&j->w, "rank", rpt_rank_name((enum rpt_rank)n->rank));
        pf_jw_ku64(&j->w, "places", n->places);
        pf_jw_ku64(&j->w, "occurrences", n->occurrences);
        pf_jw_close(&j->w, '}');
        rpt_out_flush(j->out);
    }
    pf_jw_close(&j->w, ']');
    pf_jw_kbool(&j->w, "more_numbers", j->m->numbers.more);
}

static void write_gaps(struct jr *j)
{
    const struct rpt_cover *c = &j->m->cover;

    pf_jw_key(&j->w, "gaps_by_reason");
    pf_jw_open(&j->w, '{');
    for (int r = 1; r < PF_GAP_COUNT; r++)
        if (c->by_reason[r] > 0)
            pf_jw_ku64(&j->w, pf_gap_name((enum pf_gap_reason)r), c->by_reason[r]);
    pf_jw_close(&j->w, '}');
    pf_jw_key(&j->w, "gaps");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < c->n_gaps; i++) {
        pf_jw_open(&j->w, '{');
        write_label(j, &c->gap[i].label);
        pf_jw_kstr(&j->w, "reason", c->gap[i].word);
        pf_jw_kstr(&j->w, "detail", c->gap[i].detail);
        if (c->gap[i].unread > 0)
            pf_jw_ku64(&j->w, "unread", c->gap[i].unread);
        pf_jw_close(&j->w, '}');
        rpt_out_flush(j->out);
    }
    pf_jw_close(&j->w, ']');
    pf_jw_ku64(&j->w, "gaps_not_listed", c->gaps - c->n_gaps);
}

static void write_left_out(struct jr *j)
{
    const struct rpt_left_outs *left = &j->m->left_out;

    pf_jw_key(&j->w, "left_out");
    pf_jw_open(&j->w, '[');
    for (size_t i = 0; i < left->n; i++) {
        pf_jw_open(&j->w, '{');
        pf_jw_kstr(&j->w, "by", left->item[i].by);
        pf_jw_kstr(&j->w, "reason", left->item[i].reason);
        pf_jw_ku64(&j->w, "findings", left->item[i].findings);
        pf_jw_ku64(&j->w, "count", left->item[i].count);
        pf_jw_close(&j->w, '}');
    }
    pf_jw_close(&j->w, ']');
    pf_jw_ku64(&j->w, "left_out_not_listed", left->more);
}

void rpt_render_json(struct rpt_out *out, const struct rpt_model *m, const struct rpt_render *how)
{
    struct jr j = { .out = out, .m = m };

    (void)how;                 /* texts of the document are in both languages */
    pf_jw_init(&j.w, &out->buf);
    pf_jw_open(&j.w, '{');
    pf_jw_kstr(&j.w, "document", "hihoji-report");
    pf_jw_ku64(&j.w, "schema", REPORT_SCHEMA);
    pf_jw_kstr(&j.w, "version", PF_VERSION);
    write_verdict(&j);
    write_actions(&j);
    write_runs(&j);
    write_coverage(&j);
    pf_jw_ku64(&j.w, "findings", rpt_model_findings(m));
    write_places(&j);
    write_numbers(&j);
    write_left_out(&j);
    write_gaps(&j);
    write_list(&j, "rules", RPT_RULE);
    write_list(&j, "requirements", RPT_REQUIREMENT);
    write_list(&j, "channels", RPT_CHANNEL);
    write_list(&j, "locations", RPT_LOCATION);
    write_list(&j, "assumptions", RPT_ASSUMPTION);
    pf_jw_close(&j.w, '}');
    pf_buf_addc(&out->buf, '\n');
}
