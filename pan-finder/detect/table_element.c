/* table_element.c - the cells of columns whose name tells an element, and of card
 * columns that lost their last digits. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_value.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { NOT_KNOWN, NO, YES };                /* struct pf_table, wanted */
enum { NAME_LINES = 4, NAMES_IN = 4096, CELL_BYTES = 640 };

/* ---- is there such a column? ---- */

/* What the names of element columns have in them: most tokens of most files have none. */
static bool worth_reading(const uint8_t *name, size_t n)
{
    static const char *const part[] = { "cv", "cav", "cs", "cid", "cod", "sec", "ver", "pin", "card", "pan", "cc", "ac", "crd", "epb", "conf", "exp", "valid" };

    for (size_t i = 0; i < n; i++) {
        if (name[i] >= 0x80)
            return true;
        for (size_t k = 0; k < sizeof part / sizeof part[0]; k++) {
            size_t size = strlen(part[k]);

            if (n - i >= size && strncasecmp((const char *)name + i, part[k], size) == 0)
                return true;
        }
    }
    return false;
}

/* A byte that ends a name in a line of names; blanks end one in pairs. */
static bool ends_name(const uint8_t *line, size_t n, size_t at)
{
    return memchr(",;|\t\"", line[at], 5) != NULL || (line[at] == ' ' && at + 1 < n && line[at + 1] == ' ');
}

static bool tells(const uint8_t *line, size_t n)
{
    for (size_t at = 0, from = 0; at <= n; at++) {
        if (at < n && !ends_name(line, n, at))
            continue;
        if (at > from && at - from < CELL_BYTES && worth_reading(line + from, at - from) &&
            pf_element_column(line + from, at - from) != PF_NAMED_NOTHING)
            return true;
        from = at + 1;
    }
    return false;
}

/* Looks at the first lines only: what is no table must not be learned as one. */
static bool wanted(struct pf_table *t)
{
    size_t until = t->fed < NAMES_IN ? t->fed : NAMES_IN, at = 0;

    if (t->wanted != NOT_KNOWN)
        return t->wanted == YES;
    t->wanted = NO;
    for (unsigned lines = 0; lines < NAME_LINES && at < until && t->wanted == NO; lines++) {
        const uint8_t *end = memchr(t->head + at, '\n', until - at);
        size_t n = (end != NULL ? (size_t)(end - t->head) : until) - at;

        t->wanted = tells(t->head + at, n) ? YES : NO;
        at += n + 1;
    }
    return t->wanted == YES;
}

/* ---- its cells ---- */

struct walk {
    struct pf_table *table;
    const struct pf_view *view;
    pf_table_element_fn *fn;
    void *ctx;
    enum pf_near near;
    uint16_t last;                        /* columns up to here are read */
    uint64_t line;                        /* number of the line at `at`; 0: not counted */
    bool tell[PF_TABLE_COLUMNS], rounded[PF_TABLE_COLUMNS];
};

/* False: nothing is to be told. */
static bool plan(struct walk *w, bool rounded)
{
    struct pf_table *t = w->table;
    bool any = false;

    if (t->sql.on || !(wanted(t) || rounded))
        return false;
    if (!t->learned)
        pf_table_learn(t);
    for (uint16_t k = 0; k < t->columns && t->found; k++) {
        struct pf_column *c = &t->column[k];
        enum pf_near near = pf_column_near(c, c->header);

        w->near = near > w->near ? near : w->near;
        w->tell[k] = pf_column_tells(c);
        w->rounded[k] = c->header == PF_HEADER_CARD && pf_column_opinion(c, c->header).zeros;
        if (w->tell[k] || w->rounded[k]) {
            w->last = k;
            any = true;
        }
    }
    return any;
}

static void tell_rounded(struct walk *w, struct pf_element *e, const uint8_t *cell, size_t n)
{
    e->pan = pf_table_completed(cell, n);
    if (e->pan.n == 0)
        return;
    e->cls = PF_CLASS_PAN_ROUNDED;
    e->confidence = PF_CONFIRMED;
    e->digits = e->pan.n;
    e->reasons = BIT(COLUMN) | BIT(RECOMPUTED);
    w->fn(w->ctx, e, w->line);
    pf_pan_wipe(&e->pan);
}

static void cell(struct walk *w, unsigned column, size_t start, size_t end)
{
    struct pf_span s = pf_table_trim(w->view->buf + start, end - start);
    struct pf_element e = { .form = "ascii" };

    if (s.n == 0 || s.n > CELL_BYTES)
        return;
    e.start = (uint32_t)(s.at - w->view->buf);
    e.end = e.start + (uint32_t)s.n;
    if (e.start < w->view->lo || e.start >= w->view->hi)
        return;
    if (w->rounded[column])
        tell_rounded(w, &e, s.at, s.n);
    else if (w->tell[column] && pf_element_value((enum pf_named)w->table->column[column].named, s.at, s.n, w->near, &e))
        w->fn(w->ctx, &e, w->line);
}

/* The record that begins at `at`: cells that begin within PF_TABLE_LINE bytes of it. */
static void delimited(struct walk *w, size_t at)
{
    const struct pf_table *t = w->table;
    size_t start = at, len = w->view->len;

    for (unsigned k = 0; k <= w->last && at < len && at - start <= PF_TABLE_LINE; k++) {
        struct pf_cell c = pf_table_cell(w->view->buf, len, at, t->delimiter, t->quoted);

        if (w->tell[k] || w->rounded[k])
            cell(w, k, c.start, c.end);
        if (c.last)
            return;
        at = c.next;
    }
}

static void fixed(struct walk *w, size_t at, size_t n)
{
    const struct pf_table *t = w->table;

    for (unsigned k = 0; k <= w->last && t->edge[k] < n; k++)
        if (w->tell[k] || w->rounded[k])
            cell(w, k, at + t->edge[k], at + (k + 1u < t->columns && t->edge[k + 1] < n ? t->edge[k + 1] : n));
}

/* Lines that begin before hi, the one that goes on at lo included when its start is near. */
static void lines(struct walk *w, bool count)
{
    const struct pf_view *v = w->view;
    size_t low = v->lo > PF_TABLE_LINE ? v->lo - PF_TABLE_LINE : 0, at = 0, n;
    const uint8_t *before = memrchr(v->buf + low, '\n', v->lo - low);

    if (before == NULL && v->offset + low > 0)
        before = memchr(v->buf + v->lo, '\n', v->hi - v->lo);
    if (before != NULL)
        at = (size_t)(before - v->buf) + 1;
    else if (v->offset + low > 0)
        return;
    for (; at < v->hi; at += n + 1) {
        const uint8_t *end = memchr(v->buf + at, '\n', v->len - at);

        n = (end != NULL ? (size_t)(end - v->buf) : v->len) - at;
        if (w->table->fixed)
            fixed(w, at, n);
        else
            delimited(w, at);
        w->line += count;
    }
}

/* Cells that begin before it are told when the object has ended: their column is not known before. */
static uint64_t border(const struct pf_table *t)
{
    return t->fed == PF_TABLE_HEAD ? PF_TABLE_HEAD - PF_LOOKAHEAD : UINT64_MAX;
}

void pf_table_head_elements(struct pf_table *t, bool rounded, pf_table_element_fn *fn, void *ctx)
{
    const struct pf_view view = { .buf = t->head, .len = t->fed, .lo = 0, .hi = t->fed < border(t) ? t->fed : (size_t)border(t) };
    struct walk w = { .table = t, .view = &view, .fn = fn, .ctx = ctx, .line = 1 };

    if (plan(&w, rounded))
        lines(&w, true);
}

void pf_table_elements(struct pf_table *t, const struct pf_view *view, bool rounded, pf_table_element_fn *fn, void *ctx)
{
    struct pf_view behind = *view;
    struct walk w = { .table = t, .view = &behind, .fn = fn, .ctx = ctx };
    uint64_t first = border(t);

    if (view->offset + view->hi <= first)
        return;
    if (view->offset + view->lo < first)
        behind.lo = (size_t)(first - view->offset);
    if (plan(&w, rounded))
        lines(&w, false);
}

bool pf_table_tells_codes(struct pf_table *t, uint16_t column)
{
    const struct pf_column *c;

    if (column >= (t->sql.on ? t->sql.columns : t->columns))
        return false;
    c = t->sql.on ? &t->profile.column[column] : &t->column[column];
    return pf_column_tells(c) && (c->named == PF_NAMED_CODE || c->named == PF_NAMED_CODE_SHARED || c->named == PF_NAMED_CODE_CARD);
}
