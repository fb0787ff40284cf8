/* unwrap.c - wrappings in a layer: found, decoded, fed to the layer above. */
#include "pan-finder/detect/layer_internal.h"

#include <stdlib.h>
#include <string.h>

static const struct pf_wrap *const wraps[] = {
#define PF_WRAP(name) &pf_wrap_##name,
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
    NULL,
};

enum { WRAPS = sizeof wraps / sizeof wraps[0], PIECE = 512 };    /* the last is the end */

enum {
    NUMBER_MIN = 12, NUMBER_MAX = 24,    /* bytes of a card number, with separators */
    LABEL_MAX = 64,                      /* bytes before a wrapping that name what is in it */
    LABEL_WORD = 20,                     /* a longer word may be a wrapping too */
};
_Static_assert(WRAPS - 1 <= PF_WRAPS_MAX, "a seat has four bits for a wrapping");

/* Wrappings undone above this one. */
static unsigned wraps_with(const struct pf_layer *l, const struct pf_wrap *wrap)
{
    return l->wraps + (wrap->unit == 0);
}

/* The layer above, ready to take bytes; NULL when there is none: too high, or no
 * memory, and then the object says so. */
static struct pf_layer *layer_above(struct pf_layer *l, const struct pf_wrap *wrap)
{
    struct pf_layer **above = wrap->stream ? &l->stream : &l->local;

    if (wraps_with(l, wrap) > PF_LAYERS_MAX) {
        l->env->too_deep = true;
        return NULL;
    }
    if (*above != NULL)
        return *above;
    *above = malloc(sizeof **above);
    if (*above != NULL && !pf_layer_init(*above, l->env, l->height + 1, l->window.chunk)) {
        pf_layer_release(*above);
        free(*above);
        *above = NULL;
    }
    l->env->too_deep |= *above == NULL;
    return *above;
}

/* The first decoded bytes tell whether a container is inside. */
static void offer_embedded(struct pf_layer *above, const uint8_t *head, size_t n)
{
    const struct pf_finding_sink *sink = above->env->sink;

    if (sink->embedded_begin != NULL)
        above->embedded = sink->embedded_begin(sink->ctx, pf_seat_wrapping(&above->seat), above->seat.offset, head, n);
}

static void feed(struct pf_layer *above, const uint8_t *bytes, size_t n)
{
    const struct pf_finding_sink *sink = above->env->sink;

    if (above->bytes == 0 && n > 0 && !above->recoded)
        offer_embedded(above, bytes, n);
    if (above->embedded)
        sink->embedded_bytes(sink->ctx, bytes, n);
    while (n > 0) {
        size_t cap, part;
        uint8_t *into = pf_layer_room(above, &cap);

        part = n < cap ? n : cap;
        if (into != bytes)                 /* it may stand there already */
            memcpy(into, bytes, part);
        pf_layer_filled(above, part);
        bytes += part;
        n -= part;
    }
}

static void end_above(struct pf_layer *above)
{
    const struct pf_finding_sink *sink = above->env->sink;

    if (above->embedded)
        sink->embedded_end(sink->ctx);
    pf_layer_end(above);
}

/* Is this a number and nothing else? Then no word can stand beside it. */
static bool bare_number(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((uint8_t)(p[i] - '0') >= 10 && memchr(" -\r\n", p[i], 4) == NULL)
            return false;
    return n >= NUMBER_MIN && n <= NUMBER_MAX;
}

static bool ends_label(uint8_t c)
{
    return c < ' ' ? c != '\t' : (uint8_t)(c - '0') < 10 || memchr(",;&{}[]", c, 7) != NULL;
}

/* Bytes before buf[start] in its line that may name it, as in "card_number: NDEx...": no digits, no
 * other value. */
static size_t label_before(const uint8_t *buf, size_t start)
{
    size_t n = 0, word = 0;

    while (n < start && n < LABEL_MAX && !ends_label(buf[start - n - 1])) {
        uint8_t c = buf[start - n - 1];

        word = (uint8_t)((c | 0x20) - 'a') < 26 || c == '+' || c == '/' ? word + 1 : 0;
        n++;
        if (word == LABEL_WORD)
            return n - word;
    }
    return n;
}

/* A wrapping that holds a number alone is read with the words that stand before it. */
static size_t add_label(const struct pf_view *view, size_t start, uint8_t *out, size_t n)
{
    size_t label = label_before(view->buf, start);

    memmove(out + label, out, n);
    memcpy(out, view->buf + start - label, label);
    return label + n;
}

/* Decodes from buf[at] on, until the wrapping or the window ends; returns where.
 * `above` NULL: only to know where it ends. */
static size_t decode(struct pf_unwrap *u, struct pf_layer *above, const struct pf_view *view, size_t at)
{
    uint8_t piece[PIECE];
    bool used = false;

    for (;;) {
        size_t before = at, cap = 0, n;
        uint8_t *room = above != NULL ? pf_layer_room(above, &cap) : piece, *out = room;

        if (cap < PIECE) {
            out = piece;
            cap = PIECE;
        }
        used |= out == piece;
        n = u->wrap->decode(u, view->buf, view->len, view->last, &at, out, cap);
        if (u->done && before == u->start && u->wrap->unit == 0 && u->wrap->stream && bare_number(out, n))
            n = add_label(view, u->start, out, n);
        if (above != NULL)
            feed(above, out, n);
        if (u->done || (n == 0 && at == before))
            break;
    }
    if (used)
        explicit_bzero(piece, sizeof piece);
    return at;
}

/* A change of charset. find/recoded.c sees text that is UTF-16 from its first bytes. */
static void begin_charset(struct pf_layer *above, const struct pf_layer *l, unsigned unit)
{
    above->recoded = true;
    above->retold = unit == 2 && (l->text == PF_TEXT_UTF16LE || l->text == PF_TEXT_UTF16BE);
    above->units.size = l->height == 0 ? unit : 0;
}

/* Undoes one wrapping that begins in this window; returns where it ends. */
static size_t undo(struct pf_layer *l, const struct pf_view *view, struct pf_unwrap *u)
{
    struct pf_layer *above = layer_above(l, u->wrap);
    struct pf_seat seat = pf_layer_seat(l, view, u->start);
    size_t at;

    if (above != NULL) {
        pf_seat_wrap(&seat, u->wrap);
        pf_layer_begin(above, &seat);
        above->wraps = wraps_with(l, u->wrap);
        if (u->wrap->unit > 0)
            begin_charset(above, l, u->wrap->unit);
    }
    l->touched = true;
    at = decode(u, above, view, u->start);
    if (u->wrap->stream && !u->done && !view->last) {
        l->active = *u;
        return at;
    }
    if (above != NULL)
        end_above(above);
    return at > u->start ? at : u->start + 1;
}

/* Goes on with a stream of the window before; returns where streams are looked for. */
static size_t resume(struct pf_layer *l, const struct pf_view *view)
{
    size_t at = l->covered > view->offset ? (size_t)(l->covered - view->offset) : 0;
    struct pf_layer *above = l->stream;

    if (l->active.wrap != NULL && wraps_with(l, l->active.wrap) > PF_LAYERS_MAX)
        above = NULL;
    if (l->active.wrap == NULL)
        return at;
    at = decode(&l->active, above, view, at);
    if (l->active.done || view->last) {
        if (above != NULL)
            end_above(above);
        l->active.wrap = NULL;
    }
    return at;
}

/* Is it looked for where these marks stand? */
static bool sought(const struct pf_wrap *wrap, uint16_t any)
{
    return wrap->find != NULL && (wrap->marks == 0 || (wrap->marks & any) != 0);
}

/* The next stream of each kind, looked up again only when it was passed. */
struct streams {
    struct pf_unwrap next[WRAPS];
    bool known[WRAPS], none[WRAPS];
};

static struct pf_unwrap *first_stream(struct streams *s, struct pf_layer *l, const struct pf_view *view,
                                      uint16_t any, size_t from)
{
    struct pf_unwrap *best = NULL;

    for (size_t i = 0; wraps[i] != NULL; i++) {
        struct pf_unwrap *u = &s->next[i];

        if (!wraps[i]->stream || !sought(wraps[i], any) || s->none[i])
            continue;
        if (!s->known[i] || u->start < from) {
            *u = (struct pf_unwrap){ .wrap = wraps[i] };
            s->known[i] = wraps[i]->find(view, l->marks, from, u);
            s->none[i] = !s->known[i];
        }
        if (s->known[i] && (best == NULL || u->start < best->start))
            best = u;
    }
    return best;
}

/* Finds and undoes the streams of a window in the order of their starts. */
static void undo_streams(struct pf_layer *l, const struct pf_view *view, uint16_t any)
{
    struct streams streams = { .known = { false }, .none = { false } };
    const size_t lag = view->last ? 0 : PF_STREAM_LAG, hi = view->hi > lag ? view->hi - lag : 0;
    size_t from = resume(l, view);

    while (l->active.wrap == NULL && from < hi) {
        const struct pf_unwrap *first = first_stream(&streams, l, view, any, from);
        struct pf_unwrap u;

        if (first == NULL || first->start >= hi) {
            from = hi;
            break;
        }
        u = *first;
        from = undo(l, view, &u);
    }
    l->covered = view->offset + from;
}

static void undo_locals(struct pf_layer *l, const struct pf_view *view, uint16_t any)
{
    for (size_t i = 0; wraps[i] != NULL; i++) {
        struct pf_unwrap u = { .wrap = wraps[i] };
        size_t from = view->lo;

        if (wraps[i]->stream || !sought(wraps[i], any))
            continue;
        memcpy(u.scan, l->scan[i], sizeof u.scan);
        while (from < view->hi && wraps[i]->find(view, l->marks, from, &u)) {
            from = undo(l, view, &u);
            u = (struct pf_unwrap){ .wrap = wraps[i], .scan = { u.scan[0], u.scan[1] } };
        }
        memcpy(l->scan[i], u.scan, sizeof u.scan);
    }
}

void pf_layer_unwrap(struct pf_layer *l, const struct pf_view *view, uint16_t any)
{
    undo_streams(l, view, any);
    undo_locals(l, view, any);
}
