/* render.h - a finished model as a document.
 * Layer: reports. One function per format. Nothing here decides anything: the
 * verdict, its reasons and its requirements come from pan-judge's records. */
#ifndef RPT_RENDER_H
#define RPT_RENDER_H

#include "reports/i18n.h"
#include "reports/model/model.h"
#include "reports/render/out.h"

struct rpt_render {
    enum rpt_lang lang;
    bool colour;           /* text only: the output is a terminal that wants colour */
};

typedef void rpt_render_fn(struct rpt_out *out, const struct rpt_model *model,
                           const struct rpt_render *how);

rpt_render_fn rpt_render_text, rpt_render_json, rpt_render_html;

#endif
