/* headline.c - see headline.h. */
#include "reports/model/headline.h"

#include <string.h>

struct rpt_headline rpt_headline_of(const struct rpt_model *m)
{
    const struct pf_json *entity = rpt_model_entity(m);
    const char *code = pf_json_str(entity, "code");
    const char *name = pf_json_str(entity, "name");
    struct rpt_headline h = { .code = code == NULL ? "" : code, .name = name == NULL ? "" : name };

    if (code == NULL) {
        bool found = rpt_model_loud(m) > 0;
        h.title = found ? RPT_MSG_title_unjudged_found : RPT_MSG_title_unjudged;
        h.meaning = RPT_MSG_mean_unjudged;
    } else if (!rpt_msg_find("title", code, &h.title) || !rpt_msg_find("mean", code, &h.meaning)) {
        h.title = RPT_MSG_title_unknown;
        h.meaning = RPT_MSG_mean_unknown;
        h.unknown_code = true;
    }
    h.contradicted = m->incomplete &&
                     (strcmp(h.code, "N0") == 0 || strcmp(h.code, "N1") == 0 ||
                      strcmp(h.code, "N2") == 0);
    return h;
}

const char *rpt_text_in(const struct pf_json *record, const char *key, enum rpt_lang lang)
{
    const struct pf_json *text = pf_json_get(record, key);
    const char *s = pf_json_text(text);

    if (s == NULL)
        s = pf_json_str(text, rpt_lang_name(lang));
    if (s == NULL)
        s = pf_json_str(text, rpt_lang_name(lang == RPT_EN ? RPT_JA : RPT_EN));
    return s == NULL ? "" : s;
}

static const struct { const char *name; enum rpt_msg msg; } run_state[] = {
    [RPT_RUN_OPEN] = { "cut_off", RPT_MSG_run_cut_off },
    [RPT_RUN_COMPLETE] = { "complete", RPT_MSG_run_complete },
    [RPT_RUN_INTERRUPTED] = { "interrupted", RPT_MSG_run_interrupted },
    [RPT_RUN_FAILED] = { "failed", RPT_MSG_run_failed },
    [RPT_RUN_CUT] = { "cut_off", RPT_MSG_run_cut_off },
};

enum rpt_msg rpt_run_state_msg(enum rpt_run_state state) { return run_state[state].msg; }
const char *rpt_run_state_name(enum rpt_run_state state) { return run_state[state].name; }
