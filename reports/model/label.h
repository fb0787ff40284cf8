/* label.h - the name of a place, kept as the bytes that it has on disk.
 * Layer: reports. One allocation; long names are cut, so that a hostile archive
 * cannot fill memory with member names. The hash is taken before the cut. */
#ifndef RPT_LABEL_H
#define RPT_LABEL_H

#include "pan-finder/base/json.h"
#include "pan-finder/object/locus.h"

#define RPT_LABEL_MAX   1024   /* bytes kept of the path, and of each member name */
#define RPT_LABEL_WHOLE 2048   /* and of all of them together */

struct rpt_label {
    struct pf_name name[PF_DEPTH_MAX + 2];   /* [0] the path, then `inner` */
    size_t depth;                            /* names used; 0 when unset */
    bool cut;                                /* something was left out */
    uint64_t hash;                           /* of the whole, uncut */
    char *bytes;                             /* owns what name[] points to */
};

/* Reads path, inner and their _pct forms from a record. False when memory ran out. */
bool rpt_label_read(struct rpt_label *label, const struct pf_json *record);
void rpt_label_release(struct rpt_label *label);
bool rpt_label_same(const struct rpt_label *a, const struct rpt_label *b);

/* Byte order, path first: the order that places are listed in. */
int rpt_label_compare(const struct rpt_label *a, const struct rpt_label *b);

#endif
