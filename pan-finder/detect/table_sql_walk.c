/* table_sql_walk.c - the rows of an SQL dump: INSERT tuples and lines of COPY. Their first
 * ones are what a column's profile is taken of; cells of columns whose name tells an
 * element are told. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_value.h"

#include <string.h>

enum { TUPLE = 1024, BEFORE = 64, CELL_BYTES = 640 };

struct walk {
    struct pf_table *table;
    struct pf_sql sql;                /* what is known where the walk stands */
    const struct pf_view *view;
    pf_table_element_fn *fn;
    void *ctx;
};

/* A row: its cells, and the columns they stand in. */
struct row {
    const struct pf_sql_layout *layout;
    uint16_t number;                  /* of the layout */
    bool learn;                       /* one of the first */
    enum pf_near near;
};

static bool blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool begin_row(struct walk *w, struct row *row)
{
    struct pf_sql_profile *p = &w->table->profile;
    bool named = false;

    if (w->sql.current >= w->sql.layouts)
        return false;
    *row = (struct row){ .number = w->sql.current, .layout = &w->sql.layout[w->sql.current] };
    row->learn = p->rows[row->number] < PF_TABLE_ROWS;
    for (uint16_t k = 0; k < row->layout->n; k++) {
        uint16_t c = (uint16_t)(row->layout->base + k);
        enum pf_near near = pf_column_near(&p->column[c], w->sql.header[c]);

        named |= w->sql.named[c] != PF_NAMED_NOTHING;
        p->column[c].named = w->sql.named[c];
        row->near = near > row->near ? near : row->near;
    }
    if (row->learn) {
        p->used = true;
        p->rows[row->number]++;
    }
    return named || row->learn;
}

static void learn_cell(struct walk *w, const struct row *row, unsigned k, const uint8_t *cell, size_t n)
{
    struct pf_sql_profile *p = &w->table->profile;
    uint16_t c = (uint16_t)(row->layout->base + k);

    if (row->learn && k < row->layout->n)
        pf_table_profile(&p->column[c], c, cell, n, &p->seen);
}

static void tell_cell(struct walk *w, const struct row *row, unsigned k, size_t start, size_t end)
{
    const struct pf_column *c = &w->table->profile.column[row->layout->base + k];
    struct pf_span s = pf_table_trim(w->view->buf + start, end - start);
    struct pf_element e = { .form = "ascii" };

    if (k >= row->layout->n || s.n == 0 || s.n > CELL_BYTES || !pf_column_tells(c))
        return;
    e.start = (uint32_t)(s.at - w->view->buf);
    e.end = e.start + (uint32_t)s.n;
    if (pf_element_value((enum pf_named)c->named, s.at, s.n, row->near, &e))
        w->fn(w->ctx, &e, 0);
}

/* The end of the value that begins at `at`: behind its quotes, or at the comma or bracket. */
static size_t value_end(const uint8_t *buf, size_t at, size_t until)
{
    unsigned depth = 0;
    bool quoted = false;

    for (; at < until; at++) {
        uint8_t c = buf[at];

        if (quoted && c == '\\')
            at++;
        else if (c == '\'')
            quoted = !quoted;
        else if (!quoted && depth == 0 && (c == ',' || c == ')'))
            return at;
        else if (!quoted)
            depth = c == '(' ? depth + 1 : c == ')' ? depth - 1 : depth;
    }
    return until;
}

/* Cells from `at` on: divided by commas in a tuple, by tabs in a line of COPY. Twice: what the
 * row itself holds counts for what it tells. Returns where it ends. */
static size_t cells(struct walk *w, const struct row *row, size_t at, bool copy, bool tell)
{
    const uint8_t *buf = w->view->buf;
    size_t until = w->view->len - at > TUPLE ? at + TUPLE : w->view->len;

    for (unsigned k = 0; at < until; k++) {
        size_t end = at;

        while (copy && end < until && buf[end] != '\t' && buf[end] != '\n')
            end++;
        end = copy ? end : value_end(buf, at, until);
        if (end == until && until != w->view->len)
            return until;
        for (; at < end && blank(buf[at]); at++)
            ;
        if (tell)
            tell_cell(w, row, k, at, end);
        else
            learn_cell(w, row, k, buf + at, end - at);
        if (end == until || buf[end] == ')' || buf[end] == '\n')
            return end;
        at = end + 1;
    }
    return at;
}

static size_t read_row(struct walk *w, size_t at, bool copy)
{
    struct row row;
    size_t end = at;

    if (!begin_row(w, &row))
        return at;
    if (row.learn)
        end = cells(w, &row, at, copy, false);
    for (uint16_t k = 0; k < row.layout->n && row.near != PF_NEAR_CARD; k++) {
        uint16_t c = (uint16_t)(row.layout->base + k);
        enum pf_near near = pf_column_near(&w->table->profile.column[c], w->sql.header[c]);

        row.near = near > row.near ? near : row.near;
    }
    for (uint16_t k = 0; k < row.layout->n; k++)
        if (pf_column_tells(&w->table->profile.column[row.layout->base + k]))
            return cells(w, &row, at, copy, true);
    return end;
}

/* The "(" at buf[at] opens a tuple: "VALUES" or "),"  stands before it. */
static bool opens_tuple(const uint8_t *buf, size_t at)
{
    size_t low = at > BEFORE ? at - BEFORE : 0, i = at;

    while (i > low && blank(buf[i - 1]))
        i--;
    if (i > low && buf[i - 1] == ',') {
        for (i--; i > low && blank(buf[i - 1]); i--)
            ;
        return i > low && buf[i - 1] == ')';
    }
    return i >= low + 6 && strncasecmp((const char *)buf + i - 6, "values", 6) == 0;
}

/* Tuples that begin in [at, until). */
static void tuples(struct walk *w, size_t at, size_t until)
{
    const struct pf_view *v = w->view;

    while (at < until) {
        const uint8_t *open = memchr(v->buf + at, '(', until - at);

        if (open == NULL)
            return;
        at = (size_t)(open - v->buf);
        pf_sql_advance(&w->sql, v->buf, v->len, v->offset, at + 1);
        at++;
        if (opens_tuple(v->buf, at - 1))
            at = read_row(w, at, false);
    }
}

void pf_table_sql_elements(struct pf_table *t, const struct pf_view *view, pf_table_element_fn *fn, void *ctx)
{
    struct walk w = { .table = t, .sql = t->sql, .view = view, .fn = fn, .ctx = ctx };
    size_t at = view->lo;
    bool starts = view->offset + at == 0 || (at > 0 && view->buf[at - 1] == '\n');

    while (at < view->hi) {
        const uint8_t *end = memchr(view->buf + at, '\n', view->hi - at);
        size_t next = end != NULL ? (size_t)(end - view->buf) + 1 : view->hi;
        bool rows = w.sql.rows && starts;

        pf_sql_advance(&w.sql, view->buf, view->len, view->offset, at + 1);
        if (rows && w.sql.rows)
            read_row(&w, at, true);
        else if (!w.sql.rows)
            tuples(&w, at, next);
        at = next;
        starts = true;
    }
}
