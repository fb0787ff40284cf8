/* window.c - room for a chunk behind the bytes that are kept from before it. */
#include "pan-finder/detect/window.h"

#include "pan-finder/base/limits.h"

#include <stdlib.h>
#include <string.h>

#define KEPT (PF_LOOKBEHIND + PF_LOOKAHEAD)

/* Windows begin at multiples of a mark's word: where its words begin is a matter of the object then, not of
 * the window. */
_Static_assert(PF_CHUNK_SIZE % PF_WINDOW_STEP == 0 && KEPT % PF_WINDOW_STEP == 0 && PF_WINDOW_FIRST % PF_WINDOW_STEP == 0 &&
               PF_LOOKAHEAD % PF_WINDOW_STEP == 0, "windows begin at multiples of a step");

static size_t whole_steps(size_t chunk)
{
    return chunk > PF_WINDOW_STEP ? (chunk + PF_WINDOW_STEP - 1) / PF_WINDOW_STEP * PF_WINDOW_STEP : PF_WINDOW_STEP;
}

size_t pf_window_size(size_t chunk)
{
    chunk = whole_steps(chunk);
    return KEPT + chunk > PF_WINDOW_FIRST ? KEPT + chunk : PF_WINDOW_FIRST;
}

bool pf_window_init(struct pf_window *w, size_t chunk)
{
    *w = (struct pf_window){ .mem = malloc(pf_window_size(chunk)), .chunk = whole_steps(chunk) };
    pf_window_begin(w);
    return w->mem != NULL;
}

void pf_window_release(struct pf_window *w)
{
    if (w->mem)
        explicit_bzero(w->mem, pf_window_size(w->chunk));
    free(w->mem);
    w->mem = NULL;
}

void pf_window_begin(struct pf_window *w)
{
    w->start = w->fill = w->judged = w->used = 0;
    w->limit = pf_window_size(w->chunk);
    w->offset = 0;
}

uint8_t *pf_window_room(struct pf_window *w, size_t *cap)
{
    *cap = w->limit - w->fill;
    return w->mem + w->fill;
}

static void view_of(const struct pf_window *w, struct pf_view *view, size_t hi, bool last)
{
    *view = (struct pf_view){
        .buf = w->mem + w->start, .len = w->fill - w->start,
        .lo = w->judged - w->start, .hi = hi - w->start,
        .offset = w->offset, .first = w->offset == 0, .last = last,
    };
}

bool pf_window_filled(struct pf_window *w, size_t n, struct pf_view *view)
{
    size_t hi;

    w->fill += n;
    if (w->fill > w->used)
        w->used = w->fill;
    if (w->fill < w->limit)
        return false;
    hi = w->fill - w->start > PF_LOOKAHEAD ? w->fill - PF_LOOKAHEAD : w->start;
    view_of(w, view, hi > w->judged ? hi : w->judged, false);
    return true;
}

void pf_window_next(struct pf_window *w, const struct pf_view *view)
{
    size_t hi = w->start + view->hi;
    size_t from = view->hi > PF_LOOKBEHIND ? hi - PF_LOOKBEHIND : w->start;
    size_t keep = w->fill - from;

    memmove(w->mem + KEPT - keep, w->mem + from, keep);
    w->offset += from - w->start;
    w->judged = KEPT - keep + (hi - from);
    w->start = KEPT - keep;
    w->fill = KEPT;
    w->limit = KEPT + w->chunk;
}

void pf_window_last(const struct pf_window *w, struct pf_view *view)
{
    view_of(w, view, w->fill, true);
}

void pf_window_wipe(struct pf_window *w)
{
    explicit_bzero(w->mem, w->used);
}
