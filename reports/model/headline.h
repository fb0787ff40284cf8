/* headline.h - the verdict in words, for every format.
 * Layer: reports. */
#ifndef RPT_HEADLINE_H
#define RPT_HEADLINE_H

#include "reports/i18n.h"
#include "reports/model/model.h"

/* The headline and what it means. Without a verdict record: what the findings
 * say by themselves. */
struct rpt_headline {
    const char *code, *name;       /* "N3", "retaining"; "" when nobody judged */
    enum rpt_msg title, meaning;
    bool unknown_code;             /* a code this build has no words for */
    bool contradicted;             /* the verdict is good, but a run did not end */
};
struct rpt_headline rpt_headline_of(const struct rpt_model *model);

/* A text of a record, {"en": ..., "ja": ...}: in the language wanted, else in
 * the other, else a plain string, else "". */
const char *rpt_text_in(const struct pf_json *record, const char *key, enum rpt_lang lang);

enum rpt_msg rpt_run_state_msg(enum rpt_run_state state);
const char *rpt_run_state_name(enum rpt_run_state state);

#endif
