/* summary.c - what model.h says of a finished model. */
#include "reports/model/model.h"

#include <string.h>

void rpt_model_finish(struct rpt_model *m)
{
    m->place_order = rpt_places_sorted(&m->places);
    m->n_places = m->place_order == NULL ? 0 : m->places.n_places;
    m->number_order = rpt_numbers_sorted(&m->numbers);
    m->n_numbers = m->number_order == NULL ? 0 : m->numbers.n;
    m->incomplete = m->torn;
    for (size_t i = 0; i < m->n_runs; i++)
        m->incomplete = m->incomplete || m->run[i].state != RPT_RUN_COMPLETE;
}

const struct pf_json *rpt_model_entity(const struct rpt_model *m)
{
    const struct rpt_list *list = &m->verdict[RPT_ENTITY];

    return list->n == 0 ? NULL : list->item[list->n - 1];
}

enum rpt_tone rpt_model_tone(const struct rpt_model *m)
{
    static const struct { const char *code; enum rpt_tone tone; } table[] = {
        { "N0", RPT_TONE_GOOD }, { "N1", RPT_TONE_GOOD }, { "N2", RPT_TONE_GOOD },
        { "N3", RPT_TONE_BAD }, { "N3S", RPT_TONE_BAD }, { "NX", RPT_TONE_BAD },
        { "N4", RPT_TONE_WARN }, { "N5", RPT_TONE_WARN },
    };
    const char *code = pf_json_str(rpt_model_entity(m), "code");

    if (code == NULL)
        return rpt_model_loud(m) > 0 ? RPT_TONE_BAD : RPT_TONE_NONE;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(code, table[i].code) == 0)
            return table[i].tone == RPT_TONE_GOOD && m->incomplete ? RPT_TONE_WARN : table[i].tone;
    return RPT_TONE_NONE;
}

uint64_t rpt_model_loud(const struct rpt_model *m)
{
    return m->places.records[RPT_RANK_SAD] + m->places.records[RPT_RANK_CONFIRMED] +
           m->places.records[RPT_RANK_PROBABLE];
}

uint64_t rpt_model_findings(const struct rpt_model *m)
{
    uint64_t all = 0;

    for (int r = 0; r < RPT_RANKS; r++)
        all += m->places.records[r];
    return all;
}

size_t rpt_model_places_to(const struct rpt_model *m, enum rpt_rank rank)
{
    size_t n = 0;

    while (n < m->n_places && m->places.place[m->place_order[n]].rank <= rank)
        n++;
    return n;
}

size_t rpt_model_numbers_to(const struct rpt_model *m, enum rpt_rank rank)
{
    size_t n = 0;

    while (n < m->n_numbers && m->numbers.number[m->number_order[n]].rank <= rank)
        n++;
    return n;
}
