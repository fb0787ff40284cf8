/* layer_internal.h - shared by layer.c and unwrap.c. Layer: detect. */
#ifndef PF_DETECT_LAYER_INTERNAL_H
#define PF_DETECT_LAYER_INTERNAL_H

#include "pan-finder/detect/layer.h"

/* Undoes the wrappings of a window that was searched; `any`: all its marks. */
void pf_layer_unwrap(struct pf_layer *layer, const struct pf_view *view, uint16_t any);

/* Place in the object of the byte at view->buf[at]. */
struct pf_seat pf_layer_seat(struct pf_layer *layer, const struct pf_view *view, size_t at);

#endif
