/* layer_internal.h - shared by layer.c and unwrap.c. Layer: detect. */
#ifndef PF_DETECT_LAYER_INTERNAL_H
#define PF_DETECT_LAYER_INTERNAL_H

#include "pan-finder/detect/layer.h"

/* What tells that a stream begins may stand so far behind its begin: those that begin in the
 * last bytes of a window are looked for with the next one. */
#define PF_STREAM_LAG 1152

/* Undoes the wrappings of a window that was searched; `any`: all its marks. */
void pf_layer_unwrap(struct pf_layer *layer, const struct pf_view *view, uint16_t any);

/* Place in the object of the byte at view->buf[at]. */
struct pf_seat pf_layer_seat(struct pf_layer *layer, const struct pf_view *view, size_t at);

#endif
