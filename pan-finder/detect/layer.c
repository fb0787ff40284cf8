/* layer.c - one layer: windows to the kernel, candidates and elements to the
 * judge, and then to unwrap.c what stands in wrappings. */
#include "pan-finder/detect/layer_internal.h"

#include "pan-finder/detect/find/code.h"
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/lookalike.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_ABOVE (64u * 1024)      /* of a layer above the first: stays in the second-level cache */

/* What a candidate's callback needs of its window. */
struct pass {
    struct pf_layer *layer;
    const struct pf_view *view;
    struct pf_candidate waiting;  /* pan.n 0: none */
    struct pf_lines start;        /* lines before the window */
    struct pf_shape_count *count; /* numbers of the object; of text that is recoded: its own */
};

/* A packed number is told when the layer ends. */
static void take_packed(void *ctx, const struct pf_element *element, uint64_t at)
{
    struct pf_layer *l = ctx;
    struct pf_seat seat = l->seat;

    if (l->height == 0)
        seat = (struct pf_seat){ .offset = at, .column = PF_COLUMN_NONE };
    pf_judge_element(l->env->judge, element, &seat);
    l->touched = true;
}

_Static_assert(PF_WINDOW_STEP == PF_MARK_WORD, "a window begins with a word of marks");

bool pf_layer_init(struct pf_layer *l, struct pf_layer_env *env, unsigned height, size_t chunk)
{
    size_t words;

    *l = (struct pf_layer){ .env = env, .height = height };
    if (height > 0 && chunk > CHUNK_ABOVE)
        chunk = CHUNK_ABOVE;
    words = pf_window_size(chunk) / PF_MARK_WORD + 2;
    l->marks = calloc(words, sizeof *l->marks);
    return pf_packed_init(&l->packed, take_packed, l) && pf_window_init(&l->window, chunk) && l->marks != NULL;
}

void pf_layer_release(struct pf_layer *l)
{
    struct pf_layer *above[2] = { l->stream, l->local };

    for (int i = 0; i < 2; i++)
        if (above[i] != NULL) {
            pf_layer_release(above[i]);
            free(above[i]);
        }
    pf_window_release(&l->window);
    pf_packed_release(&l->packed);
    free(l->marks);
    l->stream = l->local = NULL;
    l->marks = NULL;
}

void pf_layer_begin(struct pf_layer *l, const struct pf_seat *seat)
{
    pf_window_begin(&l->window);
    pf_lines_begin(&l->lines);
    l->text = PF_TEXT_NONE;
    l->bytes = 0;
    l->units = (struct pf_units){ 0 };
    l->recoded = l->retold = false;
    l->touched = l->embedded = false;
    l->seat = *seat;
    l->active = (struct pf_unwrap){ .wrap = NULL };
    l->covered = 0;
    memset(l->scan, 0, sizeof l->scan);
}

uint8_t *pf_layer_room(struct pf_layer *l, size_t *cap)
{
    return pf_window_room(&l->window, cap);
}

/* Units that n bytes of UTF-8 stand for: a character of four bytes is two of UTF-16. */
static uint64_t units_of(const uint8_t *buf, size_t n, unsigned size)
{
    uint64_t units = 0;

    for (size_t i = 0; i < n; i++)
        units += (unsigned)((buf[i] & 0xc0) != 0x80) + (unsigned)(size == 2 && buf[i] >= 0xf0);
    return units;
}

static void count_units(struct pf_units *units, const struct pf_kernel *kernel, const struct pf_view *view, size_t at)
{
    const uint8_t *from = view->buf + (size_t)(units->at - view->offset);
    size_t n = (size_t)(view->offset + at - units->at);

    units->count += units_of(from, n, units->size);
    units->ends += kernel->newlines(from, n);
    units->at += n;
}

/* The place in the object of text that was written as UTF-8. */
static struct pf_seat seat_in_text(const struct pf_layer *l, const struct pf_view *view, size_t at)
{
    struct pf_units units = l->units;
    struct pf_seat seat = l->seat;

    if (view->offset + at > units.at)
        count_units(&units, l->env->kernel, view, at);
    seat.offset += units.count * units.size;
    seat.line += seat.line > 0 ? units.ends : 0;
    return seat;
}

struct pf_seat pf_layer_seat(struct pf_layer *l, const struct pf_view *view, size_t at)
{
    struct pf_seat seat = l->seat;
    struct pf_lines lines = l->lines;

    if (l->units.size > 0)
        return seat_in_text(l, view, at);
    if (l->height > 0)
        return seat;
    seat.offset = view->offset + at;
    if (l->text != PF_TEXT_NONE)
        seat.line = pf_lines_at(&lines, l->env->kernel, l->text, view->buf, view->offset, at);
    return seat;
}

/* ---- elements ---- */

static void take_element(void *ctx, const struct pf_element *element)
{
    struct pass *pass = ctx;
    struct pf_seat seat = pass->layer->seat;

    /* in a column of codes most are only counted */
    if (pass->layer->height > 0 || pf_judge_wants_line(pass->layer->env->judge, element, pass->view->offset + element->start))
        seat = pf_layer_seat(pass->layer, pass->view, element->start);
    else
        seat.offset = pass->view->offset + element->start;
    pf_judge_element(pass->layer->env->judge, element, &seat);
    pass->layer->touched = true;
}

static void take_cell(void *ctx, const struct pf_element *element, uint64_t line)
{
    (void)line;
    take_element(ctx, element);
}

/* A verification code in the record of a number that was found; asked behind the number's column. */
static void take_code(const struct pass *pass, const struct pf_candidate *c, struct pf_entry *fresh)
{
    const struct pf_view *view = pass->view;
    struct pf_table *table = pass->layer->env->table;
    size_t code, end;

    if (c->dress != PF_DRESS_ASCII || !pf_code_beside(view->buf, view->len, c->end, &code, &end))
        return;
    if (pass->layer->height > 0) {
        fresh->code = pf_layer_seat(pass->layer, view, code).offset;
        return;
    }
    fresh->code = view->offset + code;
    if (fresh->code >= PF_TABLE_HEAD || table->sql.on)
        fresh->code_column = pf_table_column(table, view->buf, view->len, code, view->offset);
}

/* ---- plain numbers ---- */

/* Text of two or four bytes a unit stands at multiples of them: what can be read
 * in both orders is big-endian where its big-endian form stands so. */
static void settle_order(struct pf_candidate *c, uint64_t offset)
{
    const uint32_t pad = c->dress == PF_DRESS_UTF32LE ? 3 : 1;

    if (!c->either || ((offset + c->start) & pad) != pad)
        return;
    c->dress++;                      /* from little to big, in enum pf_dress */
    c->start -= pad;
    c->end -= pad;
}

/* Judges the candidate that waits. */
static void settle(struct pass *pass)
{
    struct pf_layer *l = pass->layer;
    const struct pf_view *view = pass->view;
    struct pf_candidate *c = &pass->waiting;
    struct pf_entry *fresh;

    if (c->pan.n == 0)
        return;
    settle_order(c, view->offset);
    l->seat.column = PF_COLUMN_NONE;
    if (l->height == 0)
        l->seat.offset = view->offset + c->start;
    if (l->height == 0 && l->text != PF_TEXT_NONE && l->env->sink != NULL && l->env->sink->candidate != NULL)
        l->seat.line = pf_lines_at(&l->lines, l->env->kernel, l->text, view->buf, view->offset, c->start);
    fresh = pf_judge_take(l->env->judge, c, view->buf, view->len, &l->seat);
    if (l->height == 0)
        l->seat.line = 0;
    if (fresh == NULL)
        return;
    if (l->height > 0) {
        take_code(pass, c, fresh);
        return;
    }
    if (l->text != PF_TEXT_NONE)
        fresh->plain.line = pf_lines_at(&l->lines, l->env->kernel, l->text, view->buf, view->offset, c->start);
    if (fresh->offset == l->seat.offset && fresh->wraps == 0) {
        fresh->line = fresh->plain.line;
        if (fresh->offset >= PF_TABLE_HEAD || l->env->table->sql.on)
            fresh->column = pf_table_column(l->env->table, view->buf, view->len, c->start, view->offset);
    }
    take_code(pass, c, fresh);
}

/* Of a text in another charset the layer below has judged the numbers: here only the code in
 * the record of one that was first seen at this place. */
static void take_again(void *ctx, const struct pf_candidate *candidate)
{
    struct pass *pass = ctx;
    struct pf_layer *l = pass->layer;
    struct pf_entry *e = pf_ledger_find(&l->env->judge->ledger, pf_candidate_number(candidate));
    struct pf_seat seat;

    if (e == NULL || e->code != PF_NO_CODE)
        return;
    seat = pf_layer_seat(l, pass->view, candidate->start);
    if (e->plain.offset == seat.offset)
        take_code(pass, candidate, e);
}

/* A candidate waits for the next one to come: the time between hides the fetch
 * of what its look-up needs. */
static void take(void *ctx, const struct pf_candidate *candidate)
{
    struct pass *pass = ctx;

    pf_ledger_fetch(&pass->layer->env->judge->ledger, pf_candidate_number(candidate));
    settle(pass);
    pass->waiting = *candidate;
    pass->layer->touched = true;
}

/* What find/recoded.c looks for. */
static bool told_below(pf_find_fn *finder)
{
    return finder == pf_find_code || finder == pf_find_pinblock || finder == pf_find_hidden || finder == pf_find_masked;
}

static void find_elements(struct pass *pass, uint16_t any, const struct pf_shape_count *before)
{
    const struct pf_shape_count *count = pass->count;
    const struct pf_look look = {
        .view = pass->view, .marks = pass->layer->marks, .any = any, .text = pass->layer->text,
        .long_digits = count->long_runs != before->long_runs, .glued = count->glued_runs != before->glued_runs, .runs = count->runs != before->runs,
        .decoded = pass->layer->height > 0, .packed = &pass->layer->packed, .fn = take_element, .ctx = pass,
    };
    static pf_find_fn *const finders[] = {
#define PF_FINDER(name) pf_find_##name,
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER
        NULL,
    };

    for (size_t i = 0; finders[i] != NULL; i++)
        if (!pass->layer->retold || !told_below(finders[i]))
            finders[i](&look);
}

/* ---- a window ---- */

static uint16_t marks_of(struct pf_layer *l, const struct pf_view *view)
{
    size_t until = (view->len + PF_MARK_WORD - 1) / PF_MARK_WORD;

    l->env->kernel->marks(view->buf, view->len, l->marks);
    return pf_marks_any(l->marks, (view->lo > PF_STREAM_LAG ? view->lo - PF_STREAM_LAG : 0) / PF_MARK_WORD, until);
}

/* The dresses that plain search leaves out, one after the other: each asks for
 * lines from the window's start again. */
static void take_marked(void *ctx, const struct pf_candidate *candidate)
{
    struct pass *pass = ctx;

    if (pass->view->offset + candidate->start < pass->layer->lines.offset)
        pass->layer->lines = pass->start;
    pass->waiting = *candidate;
    pass->layer->touched = true;
    settle(pass);
    pass->waiting.pan.n = 0;
}

static void search_marked(struct pass *pass, const struct pf_lines *start)
{
    struct pf_layer *l = pass->layer;
    const struct pf_view *view = pass->view;
    const struct pf_lines lines = l->lines;

    pass->start = *start;
    pf_marked_candidates(view->buf, view->len, view->lo, view->hi, l->marks, &l->env->judge->count, take_marked, pass);
    l->lines = lines;
}

static void search_view(struct pf_layer *l, const struct pf_view *view)
{
    struct pf_shape_count before, own = { .runs = 0 };
    struct pass pass = { .layer = l, .view = view, .count = l->recoded ? &own : &l->env->judge->count };
    struct pf_lines lines = l->lines, after;
    uint16_t any;

    if (view->first)
        l->text = pf_text_look(view->buf, view->len);
    if (view->first && l->height == 0)
        pf_table_sql_begin(l->env->table, view);
    if (l->height == 0 && l->env->table->sql.on)
        pf_table_sql_elements(l->env->table, view, take_cell, &pass);
    any = marks_of(l, view);
    before = *pass.count;
    pf_candidates(l->env->kernel, view->buf, view->len, view->lo, view->hi, view->first, view->last,
                  pass.count, l->recoded ? take_again : take, &pass);
    settle(&pass);
    pass.waiting.pan.n = 0;
    if ((any & (PF_MARK_WIDE | PF_MARK_EBCDIC)) != 0 && !l->recoded)
        search_marked(&pass, &lines);
    pf_pan_wipe(&pass.waiting.pan);
    if (l->height == 0 && l->env->table->sql.on)
        pf_table_sql_pass(l->env->table, view);
    if (l->height == 0 && l->text != PF_TEXT_NONE)
        pf_lines_at(&l->lines, l->env->kernel, l->text, view->buf, view->offset, view->hi);
    after = l->lines;
    l->lines = lines;             /* what follows asks for places from the window's start again */
    if (l->height == 0 && l->text == PF_TEXT_BYTES)
        pf_table_elements(l->env->table, view, l->env->judge->count.shapes[16] >= PF_ROUNDED_MIN, take_cell, &pass);
    find_elements(&pass, any, &before);
    pf_layer_unwrap(l, view, any);
    l->lines = after;
    if (l->units.size > 0)
        count_units(&l->units, l->env->kernel, view, view->hi);
}

void pf_layer_filled(struct pf_layer *l, size_t n)
{
    struct pf_view view;

    l->bytes += n;
    if (!pf_window_filled(&l->window, n, &view))
        return;
    search_view(l, &view);
    pf_window_next(&l->window, &view);
}

void pf_layer_end(struct pf_layer *l)
{
    struct pf_view view;

    pf_window_last(&l->window, &view);
    if (l->bytes > 0)
        search_view(l, &view);
    pf_packed_end(&l->packed);
    if (l->touched)
        pf_window_wipe(&l->window);
    pf_window_begin(&l->window);
}
