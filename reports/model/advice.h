/* advice.h - what to do first, derived from what was found and not read.
 * Layer: reports. The order is the order of harm: stop a theft, remove what
 * must never be kept, stop the source, remove the rest, close the gaps. */
#ifndef RPT_ADVICE_H
#define RPT_ADVICE_H

#include "reports/i18n.h"
#include "reports/model/model.h"

#define RPT_ADVICE_MAX 40

enum rpt_link { RPT_LINK_NONE, RPT_LINK_PLACE, RPT_LINK_FINDINGS, RPT_LINK_GAPS, RPT_LINK_BASIS };

struct rpt_advice {
    enum rpt_msg title;        /* {n} is n */
    enum rpt_msg body;
    uint64_t n;
    enum rpt_link link;        /* where the report says more */
    uint32_t place;            /* for RPT_LINK_PLACE: the first such place */
};

/* Fills out[0..RPT_ADVICE_MAX), returns how many. */
size_t rpt_advise(const struct rpt_model *model, struct rpt_advice *out);

/* What sort of place it is, by its names: "log", "backup", "export", "mail",
 * "database", "code", "document" or "other". */
const char *rpt_place_sort(const struct rpt_label *label);

#endif
