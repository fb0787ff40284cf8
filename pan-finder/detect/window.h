/* window.h - one overlap rule: a number is judged once, in the window that holds
 * its first digit and PF_LOOKAHEAD bytes from there, or the end of the object.
 * Layer: detect. Bytes arrive in pieces of any size; where the windows end does
 * not depend on them. PF_LOOKBEHIND bytes of the past stay for the context. */
#ifndef PF_DETECT_WINDOW_H
#define PF_DETECT_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the first window, at least: what an object is, is told by so many. */
#define PF_WINDOW_FIRST 4096

/* Windows begin at multiples of so many bytes of the object: a word of marks (kernel/marks.h). */
#define PF_WINDOW_STEP 64u

struct pf_window {
    uint8_t *mem;
    size_t chunk;         /* bytes taken in before a window is judged */
    size_t limit;         /* judged when filled so far */
    size_t start, fill;   /* valid bytes: mem[start .. fill) */
    size_t judged;        /* numbers that begin before this index are done */
    size_t used;          /* bytes of the object stood in mem[0 .. used) */
    uint64_t offset;      /* place of mem[start] in the object */
};

/* What to judge: numbers whose first digit stands in buf[lo..hi). */
struct pf_view {
    const uint8_t *buf;
    size_t len, lo, hi;
    uint64_t offset;      /* of buf[0] in the object */
    bool first, last;     /* the object begins, ends with this window */
};

/* Bytes of the largest window. */
size_t pf_window_size(size_t chunk);

/* Allocates; `chunk` is PF_CHUNK_SIZE but in tests, and is rounded up to whole steps. False when memory is out. */
bool pf_window_init(struct pf_window *window, size_t chunk);
void pf_window_release(struct pf_window *window);      /* wipes */

void pf_window_begin(struct pf_window *window);
uint8_t *pf_window_room(struct pf_window *window, size_t *cap);

/* Takes n bytes that were put into the room. True when `view` must be judged;
 * pf_window_next then makes room again. */
bool pf_window_filled(struct pf_window *window, size_t n, struct pf_view *view);
void pf_window_next(struct pf_window *window, const struct pf_view *view);

/* The view of what is left at the end of the object. */
void pf_window_last(const struct pf_window *window, struct pf_view *view);

/* Overwrites every byte of the object that still stands in memory. */
void pf_window_wipe(struct pf_window *window);

#endif
