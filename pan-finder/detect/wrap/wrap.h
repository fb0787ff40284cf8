/* wrap.h - bytes written as text inside bytes: base64, hex, escapes, ...
 * Layer: detect. One file per wrapping, one row in wraps.def. What is decoded is
 * searched as a layer of its own (layer.h), wrappings in it included.
 *
 * A wrapping of kind "local" begins and ends within PF_LOOKAHEAD bytes; one of
 * kind "stream" can go on for ever: its state is plain data and is kept from
 * window to window. */
#ifndef PF_DETECT_WRAP_H
#define PF_DETECT_WRAP_H

#include "pan-finder/detect/kernel/marks.h"
#include "pan-finder/detect/window.h"

/* Rows of wraps.def, at most (seat.h). */
#define PF_WRAPS_MAX 15

struct pf_unwrap {
    const struct pf_wrap *wrap;   /* find may put another of the same decode there: one with the name of what it found */
    size_t start;             /* where it begins: index in the window it was found in */
    bool done;                /* set by decode: the wrapping ended */
    uint64_t scan[2];         /* local: where the last find stopped, places in the object. Whoever gives it back
                               * to the next find spares it the way there; zeros: not known */
    uint32_t state[8];        /* the kind's own */
};

struct pf_wrap {
    const char *name;         /* as in a finding's encoding: "base64", "hex", "percent", ... */
    bool stream;
    uint8_t unit;             /* a charset that is written as UTF-8: bytes of a unit. 0: bytes written as text */
    uint16_t marks;           /* enum pf_mark: looked for where one of these stands; 0: everywhere */
    /* The first wrapping of this kind that begins in [from, view->hi). What tells
     * that one begins: the bytes from PF_LOOKBEHIND before to PF_LOOKAHEAD after.
     * False: none. A run that begins before `from` is not found again.
     * NULL: found by another row, which puts this one into u->wrap. */
    bool (*find)(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u);
    /* Decodes buf[*at..len) into out[0..cap), cap >= 512; moves *at behind what was used up;
     * returns the bytes written. Sets u->done at the first byte that does not belong to
     * it (*at then stands on it). Stops early, without done, when out is full or when
     * more bytes are needed (!last: there are more behind len). */
    size_t (*decode)(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last,
                     size_t *at, uint8_t *out, size_t cap);
};

#define PF_WRAP(name) extern const struct pf_wrap pf_wrap_##name;
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP

#endif
