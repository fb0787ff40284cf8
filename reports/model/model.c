/* model.c - see model.h. */
#include "reports/model/model.h"

#include <stdlib.h>
#include <string.h>

bool rpt_model_init(struct rpt_model *m)
{
    memset(m, 0, sizeof *m);
    if (rpt_places_init(&m->places) && rpt_numbers_init(&m->numbers) && rpt_cover_init(&m->cover))
        return true;
    rpt_model_release(m);
    return false;
}

void rpt_model_release(struct rpt_model *m)
{
    for (size_t i = 0; i < m->n_runs; i++) {
        pf_json_free(m->run[i].start);
        pf_json_free(m->run[i].end);
    }
    for (int s = 0; s < RPT_SUBJECTS; s++) {
        for (size_t i = 0; i < m->verdict[s].n; i++)
            pf_json_free(m->verdict[s].item[i]);
        free(m->verdict[s].item);
    }
    free(m->place_order);
    free(m->number_order);
    rpt_places_release(&m->places);
    rpt_numbers_release(&m->numbers);
    rpt_cover_release(&m->cover);
    rpt_left_out_release(&m->left_out);
    rpt_words_release(&m->words);
    rpt_words_release(&m->details);
    memset(m, 0, sizeof *m);
}

uint64_t rpt_u64(const struct pf_json *record, const char *key)
{
    int64_t v = pf_json_int(record, key, 0);

    return v < 0 ? 0 : (uint64_t)v;
}

static struct rpt_run *open_run(struct rpt_model *m)
{
    if (m->n_runs == 0 || m->run[m->n_runs - 1].state != RPT_RUN_OPEN)
        return NULL;
    return &m->run[m->n_runs - 1];
}

static enum pf_status add_run(struct rpt_model *m, struct pf_json *record, struct pf_error *err)
{
    const struct pf_json *roots = pf_json_get(record, "roots");
    struct rpt_run *before = open_run(m);

    if (before != NULL)
        before->state = RPT_RUN_CUT;
    if (m->n_runs == RPT_RUNS_MAX) {
        pf_json_free(record);
        return pf_fail(err, PF_E_USAGE, "more than %d runs in one report", RPT_RUNS_MAX);
    }
    m->run[m->n_runs++] = (struct rpt_run){ .start = record };
    for (size_t i = 0; i < pf_json_len(roots); i++)
        rpt_cover_root(&m->cover, pf_json_text(pf_json_at(roots, i)));
    return PF_OK;
}

static enum pf_status add_end(struct rpt_model *m, struct pf_json *record, struct pf_error *err)
{
    static const struct { const char *word; enum rpt_run_state state; } state[] = {
        { "complete", RPT_RUN_COMPLETE }, { "interrupted", RPT_RUN_INTERRUPTED },
    };
    const char *status = pf_json_str(record, "status");
    struct rpt_run *run = open_run(m);

    if (run == NULL) {
        pf_json_free(record);
        return pf_fail(err, PF_E_CORRUPT, "an end record without a run record before it");
    }
    run->end = record;
    run->state = RPT_RUN_FAILED;
    for (size_t i = 0; status != NULL && i < sizeof state / sizeof state[0]; i++)
        if (strcmp(status, state[i].word) == 0)
            run->state = state[i].state;
    return PF_OK;
}

void rpt_mask_again(char to[PF_PAN_MAX + 1], const char *from)
{
    size_t len = from == NULL ? 0 : strnlen(from, PF_PAN_MAX);

    for (size_t i = 0; i < len; i++)
        to[i] = i >= 6 && i + 4 < len ? '*' : from[i];
    to[len] = '\0';
}

static void read_finding(struct rpt_model *m, const struct pf_json *r, struct rpt_finding *f)
{
    const struct pf_json *reasons = pf_json_get(r, "reasons");
    const char *where = pf_json_str(r, "where");
    int cls, confidence;

    *f = (struct rpt_finding){ 0 };
    f->cls = rpt_word(&m->words, pf_json_str(r, "class"));
    f->confidence = rpt_word(&m->words, pf_json_str(r, "confidence"));
    f->brand = rpt_word(&m->words, pf_json_str(r, "brand"));
    f->encoding = rpt_word(&m->words, pf_json_str(r, "encoding"));
    for (size_t i = 0; i < pf_json_len(reasons) && f->n_reasons < RPT_REASONS_KEPT; i++)
        f->reason[f->n_reasons++] = rpt_word(&m->words, pf_json_text(pf_json_at(reasons, i)));
    rpt_mask_again(f->pan, pf_json_str(r, "pan"));
    f->test_pan = pf_json_bool(r, "test_pan", false);
    f->in_name = where != NULL && strcmp(where, "name") == 0;
    f->digits = (uint32_t)rpt_u64(r, "digits");
    f->offset = rpt_u64(r, "offset");
    f->line = rpt_u64(r, "line");
    f->count = rpt_u64(r, "count");
    if (f->count == 0)
        f->count = 1;
    cls = pf_class_from(f->cls);
    confidence = pf_confidence_from(f->confidence);
    f->rank = (uint8_t)rpt_rank_of(cls, confidence, f->test_pan);
    f->number = rpt_numbers_find(&m->numbers, pf_json_str(r, "fingerprint"), f->pan, f->brand);
    if (cls >= 0 && f->rank < RPT_RANK_POSSIBLE)
        m->by_class[cls] = true;
}

static enum pf_status add_finding(struct rpt_model *m, const struct pf_json *r, struct pf_error *err)
{
    struct rpt_finding f;
    struct rpt_label label;
    uint32_t place;

    if (!rpt_label_read(&label, r))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    read_finding(m, r, &f);
    if (f.rank != RPT_RANK_TEST) {
        m->occurrences += f.count;
        rpt_cover_dir(&m->cover, label.name[0].text, label.name[0].len)->findings++;
    }
    place = rpt_places_add(&m->places, &label, &f);
    rpt_numbers_seen(&m->numbers, f.number, place, f.rank, f.count);
    return PF_OK;
}

static enum pf_status add_verdict(struct rpt_model *m, struct pf_json *record, struct pf_error *err)
{
    static const char *const subject[RPT_SUBJECTS] = {
        "entity", "channel", "location", "rule", "requirement", "assumption", "coverage",
    };
    const char *name = pf_json_str(record, "subject");
    struct rpt_list *list = NULL;
    struct pf_json **item;

    for (int s = 0; name != NULL && s < RPT_SUBJECTS; s++)
        if (strcmp(name, subject[s]) == 0)
            list = &m->verdict[s];
    if (list == NULL || list->n == RPT_VERDICTS_MAX) {
        if (list != NULL)
            list->dropped++;
        pf_json_free(record);
        return PF_OK;
    }
    item = realloc(list->item, (list->n + 1) * sizeof *item);
    if (item == NULL) {
        pf_json_free(record);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    list->item = item;
    list->item[list->n++] = record;
    return PF_OK;
}

static enum pf_status add_counted(struct rpt_model *m, const char *kind,
                                  const struct pf_json *record, struct pf_error *err)
{
    struct rpt_run *run = open_run(m);

    if (strcmp(kind, "object") == 0) {
        rpt_cover_object(&m->cover, &m->words, record);
        if (run != NULL)
            run->objects++;
    } else if (strcmp(kind, "finding") == 0) {
        if (run != NULL)
            run->findings++;
        return rpt_left_out_add(&m->left_out, &m->details, record) ? PF_OK : add_finding(m, record, err);
    } else if (strcmp(kind, "gap") == 0) {
        if (!rpt_cover_gap(&m->cover, &m->words, &m->details, record))
            return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    return PF_OK;
}

enum pf_status rpt_model_add(struct rpt_model *m, struct pf_json *record, struct pf_error *err)
{
    const char *kind = pf_json_str(record, "record");
    enum pf_status s;

    if (kind == NULL) {
        pf_json_free(record);
        return pf_fail(err, PF_E_CORRUPT, "not a record: no field \"record\"");
    }
    if (strcmp(kind, "run") == 0)
        return add_run(m, record, err);
    if (strcmp(kind, "end") == 0)
        return add_end(m, record, err);
    if (strcmp(kind, "verdict") == 0)
        return add_verdict(m, record, err);
    s = add_counted(m, kind, record, err);
    pf_json_free(record);
    return s;
}

void rpt_model_end_of_input(struct rpt_model *m, bool torn)
{
    struct rpt_run *run = open_run(m);

    if (run != NULL)
        run->state = RPT_RUN_CUT;
    m->torn = m->torn || torn;
}
