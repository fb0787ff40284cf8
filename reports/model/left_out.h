/* left_out.h - findings that the operator left out, by their reason.
 * Layer: reports. They are told of, and count for nothing else. */
#ifndef RPT_LEFT_OUT_H
#define RPT_LEFT_OUT_H

#include "reports/model/words.h"
#include "pan-finder/base/json.h"

#define RPT_LEFT_OUT_MAX 1000      /* reasons; findings of others are counted in `more` */

struct rpt_left_out {
    const char *by, *reason;       /* number, path, pattern; of rpt_words */
    uint64_t findings, count;      /* records, places */
};

struct rpt_left_outs {
    struct rpt_left_out *item;
    size_t n;
    uint64_t more;
};

/* True when the finding is one of these: it was counted here. A mark that says
 * neither by what nor why is none. */
bool rpt_left_out_add(struct rpt_left_outs *left, struct rpt_words *words, const struct pf_json *finding);
void rpt_left_out_release(struct rpt_left_outs *left);

#endif
