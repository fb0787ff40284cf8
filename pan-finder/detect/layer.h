/* layer.h - bytes that are searched: an object's own, or what a wrapping in them
 * (base64, hex, escapes, ...) decodes to, which is a layer above.
 * Layer: detect. Each layer has its window; numbers and elements of all of them
 * go to the one judge of the object, with the place in the object where the
 * outermost wrapping begins. Memory of a layer is taken when a wrapping of its
 * height is first met, and kept. */
#ifndef PF_DETECT_LAYER_H
#define PF_DETECT_LAYER_H

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/find/packed.h"
#include "pan-finder/detect/judge.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/seat.h"
#include "pan-finder/detect/table.h"
#include "pan-finder/detect/text.h"
#include "pan-finder/detect/window.h"
#include "pan-finder/detect/wrap/wrap.h"

/* What the layers of one detector share. */
struct pf_layer_env {
    const struct pf_kernel *kernel;
    struct pf_judge *judge;
    struct pf_table *table;              /* columns of the object's own bytes */
    const struct pf_finding_sink *sink;  /* of the object at hand: takes embedded containers */
    bool too_deep;                       /* a wrapping above PF_LAYERS_MAX was not undone */
};

/* Of a layer that is text of the object in another charset: counts its characters, so that
 * what stands in it has its own place in the object. Zeros elsewhere. */
struct pf_units {
    unsigned size;                /* bytes of a unit in the object; 0: all of the layer stands at its seat */
    uint64_t at;                  /* counted up to here, an offset in the layer */
    uint64_t count, ends;         /* units, line ends before it */
};

struct pf_layer {
    struct pf_layer_env *env;
    struct pf_window window;
    uint16_t *marks;
    struct pf_packed packed;      /* packed decimal fields so far */
    struct pf_lines lines;
    enum pf_text text;
    uint64_t bytes;
    bool touched;                 /* something was found in what the window holds */

    /* a layer above the first: where it comes from */
    unsigned height;              /* 0: the object itself */
    unsigned wraps;               /* wrappings undone to reach it; a change of charset is none */
    bool recoded;                 /* text in another charset: the layer below has told its numbers, */
    bool retold;                  /* its codes and hidden numbers as well */
    struct pf_units units;
    struct pf_seat seat;          /* place in the object; wrappings so far */
    bool embedded;                /* it is a container, and goes to the sink as well */

    /* wrappings in it */
    struct pf_layer *stream, *local;   /* the layers above */
    struct pf_unwrap active;      /* a stream that goes on in the next window: wrap not NULL */
    uint64_t covered;             /* streams are undone up to this offset */
    uint64_t scan[PF_WRAPS_MAX][2];   /* of the local ones: pf_unwrap.scan */
};

/* False: no memory. `chunk`: bytes a window takes in. */
bool pf_layer_init(struct pf_layer *layer, struct pf_layer_env *env, unsigned height, size_t chunk);
void pf_layer_release(struct pf_layer *layer);     /* wipes */

void pf_layer_begin(struct pf_layer *layer, const struct pf_seat *seat);

uint8_t *pf_layer_room(struct pf_layer *layer, size_t *cap);
void pf_layer_filled(struct pf_layer *layer, size_t n);
void pf_layer_end(struct pf_layer *layer);

#endif
