/* marks.c - see marks.h. The only file that knows libyaml. */
#include "requirements/judge/marks.h"
#include "pan-finder/base/buf.h"
#include "pan-finder/base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define MARKS_DEPTH_MAX 16       /* nesting; the format needs five levels */
#define MARKS_KEY_MAX   64       /* bytes of a key; longer keys are no keys of ours */

/* One open mapping or sequence. */
struct level {
    bool sequence, want_key;
    unsigned index;
    size_t path_len;             /* length of the path of the level itself */
    yaml_mark_t key;             /* where the key of the value that comes next stands */
};

struct walk {
    struct req_marks *marks;
    struct pf_buf path;          /* of the value that comes next */
    struct level level[MARKS_DEPTH_MAX];
    size_t depth;
    unsigned documents;
};

static enum pf_status fail_at(struct pf_error *err, const yaml_mark_t *mark, const char *text)
{
    return pf_fail(err, PF_E_USAGE, "line %zu, column %zu: %s", mark->line + 1, mark->column + 1,
                   text);
}

static enum pf_status add_mark(struct walk *w, const yaml_mark_t *mark, struct pf_error *err)
{
    struct req_marks *m = w->marks;
    const struct level *top = w->depth > 0 ? &w->level[w->depth - 1] : NULL;
    const yaml_mark_t *key = top == NULL || top->sequence ? mark : &top->key;

    if (m->n == m->cap) {
        size_t cap = m->cap == 0 ? 256 : m->cap * 2;
        struct req_mark *more = realloc(m->item, cap * sizeof *more);

        if (more == NULL)
            return pf_fail(err, PF_E_NOMEM, "out of memory");
        m->item = more;
        m->cap = cap;
    }
    m->item[m->n].path = strdup(w->path.data == NULL ? "" : w->path.data);
    if (m->item[m->n].path == NULL || pf_buf_failed(&w->path))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    m->item[m->n].line = (unsigned)mark->line + 1;
    m->item[m->n].column = (unsigned)mark->column + 1;
    m->item[m->n].key_line = (unsigned)key->line + 1;
    m->item[m->n].key_column = (unsigned)key->column + 1;
    m->n++;
    return PF_OK;
}

static void cut_path(struct walk *w, size_t len)
{
    if (w->path.len > len) {
        w->path.len = len;
        w->path.data[len] = '\0';
    }
}

/* Before a value: in a sequence the path gets its index; in a mapping the key
 * has been appended already. */
static void value_starts(struct walk *w)
{
    struct level *top = w->depth > 0 ? &w->level[w->depth - 1] : NULL;

    if (top != NULL && top->sequence) {
        cut_path(w, top->path_len);
        pf_buf_addf(&w->path, "[%u]", top->index++);
    }
}

static void value_ends(struct walk *w)
{
    struct level *top = w->depth > 0 ? &w->level[w->depth - 1] : NULL;

    if (top == NULL)
        return;
    cut_path(w, top->path_len);
    top->want_key = !top->sequence;
}

/* A run of 13 to 19 digits (spaces and hyphens between them do not count)
 * that begins as card numbers do and passes Luhn. Such a text would be copied
 * into records and reports. */
static bool looks_like_card(const char *text, size_t len)
{
    static const uint8_t doubled[10] = { 0, 2, 4, 6, 8, 1, 3, 5, 7, 9 };
    uint8_t digit[PF_PAN_MAX + 1];
    size_t n = 0;

    for (size_t i = 0; i <= len; i++) {
        char c = i < len ? text[i] : '\0';
        unsigned sum = 0;

        if (c >= '0' && c <= '9') {
            if (n <= PF_PAN_MAX)
                digit[n < PF_PAN_MAX ? n : PF_PAN_MAX] = (uint8_t)(c - '0');
            n++;
            continue;
        }
        if ((c == ' ' || c == '-') && n > 0)
            continue;
        for (size_t k = 0; k < n && n <= PF_PAN_MAX; k++)
            sum += ((n - 1 - k) & 1) ? doubled[digit[k]] : digit[k];
        if (n >= 13 && n <= PF_PAN_MAX && digit[0] >= 2 && digit[0] <= 6 && sum % 10 == 0)
            return true;
        n = 0;
    }
    return false;
}

static enum pf_status on_key(struct walk *w, const yaml_event_t *e, struct pf_error *err)
{
    struct level *top = &w->level[w->depth - 1];

    if (e->data.scalar.length == 0 || e->data.scalar.length > MARKS_KEY_MAX)
        return fail_at(err, &e->start_mark, "unknown key");
    cut_path(w, top->path_len);
    if (w->path.len > 0)
        pf_buf_addc(&w->path, '.');
    pf_buf_add(&w->path, e->data.scalar.value, e->data.scalar.length);
    top->want_key = false;
    top->key = e->start_mark;
    return PF_OK;
}

/* The one place for card numbers: it is read by the finder, and copied nowhere. */
static bool is_number_to_ignore(const struct walk *w)
{
    static const char head[] = "detection.ignore.numbers[", tail[] = "].number";
    size_t n = w->path.len;

    return n > sizeof head + sizeof tail - 2 && !w->level[w->depth - 1].want_key &&
           memcmp(w->path.data, head, sizeof head - 1) == 0 &&
           strcmp(w->path.data + n - (sizeof tail - 1), tail) == 0;
}

static enum pf_status on_scalar(struct walk *w, const yaml_event_t *e, struct pf_error *err)
{
    enum pf_status s;

    if (!is_number_to_ignore(w) && looks_like_card((const char *)e->data.scalar.value, e->data.scalar.length))
        return fail_at(err, &e->start_mark, "this looks like a card number, and a scope file must not hold one");
    if (w->depth > 0 && w->level[w->depth - 1].want_key)
        return on_key(w, e, err);
    value_starts(w);
    s = add_mark(w, &e->start_mark, err);
    value_ends(w);
    return s;
}

static enum pf_status on_open(struct walk *w, const yaml_event_t *e, bool sequence,
                              struct pf_error *err)
{
    enum pf_status s;

    if (w->depth == MARKS_DEPTH_MAX)
        return fail_at(err, &e->start_mark, "nested too deep");
    if (w->depth > 0 && w->level[w->depth - 1].want_key)
        return fail_at(err, &e->start_mark, "a key must be a word");
    value_starts(w);
    s = add_mark(w, &e->start_mark, err);
    w->level[w->depth++] = (struct level){ .sequence = sequence, .want_key = !sequence, .path_len = w->path.len };
    return s;
}

static enum pf_status on_event(struct walk *w, const yaml_event_t *e, struct pf_error *err)
{
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        return w->documents++ == 0 ? PF_OK : fail_at(err, &e->start_mark, "a second document");
    case YAML_ALIAS_EVENT:
        return fail_at(err, &e->start_mark, "aliases are not used in scope files");
    case YAML_SCALAR_EVENT:
        return on_scalar(w, e, err);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(w, e, true, err);
    case YAML_MAPPING_START_EVENT:
        return on_open(w, e, false, err);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        w->depth--;
        value_ends(w);
        return PF_OK;
    default:
        return PF_OK;
    }
}

static enum pf_status walk_events(struct walk *w, yaml_parser_t *parser, struct pf_error *err)
{
    enum pf_status s = PF_OK;
    bool more = true;

    while (s == PF_OK && more) {
        yaml_event_t e;

        /* libyaml's own text is fixed words without bytes of the file. */
        if (!yaml_parser_parse(parser, &e))
            return pf_fail(err, PF_E_USAGE, "line %zu, column %zu: not valid YAML: %s",
                           parser->problem_mark.line + 1, parser->problem_mark.column + 1,
                           parser->problem == NULL ? "cannot be read" : parser->problem);
        more = e.type != YAML_STREAM_END_EVENT;
        s = on_event(w, &e, err);
        yaml_event_delete(&e);
    }
    if (s == PF_OK && w->documents == 0)
        return pf_fail(err, PF_E_USAGE, "line 1, column 1: the file is empty");
    return s;
}

static int by_path(const void *a, const void *b)
{
    const struct req_mark *x = a, *y = b;
    int d = strcmp(x->path, y->path);

    return d != 0 ? d : (x->line > y->line) - (x->line < y->line);
}

static enum pf_status refuse_twice(const struct req_marks *m, struct pf_error *err)
{
    for (size_t i = 1; i < m->n; i++)
        if (strcmp(m->item[i - 1].path, m->item[i].path) == 0)
            return pf_fail(err, PF_E_USAGE, "line %u, column %u: this key stands twice (first in line %u)",
                           m->item[i].key_line, m->item[i].key_column, m->item[i - 1].key_line);
    return PF_OK;
}

enum pf_status req_marks_read(struct req_marks *marks, const char *text, size_t len,
                              struct pf_error *err)
{
    struct walk w = { .marks = marks, .path = PF_BUF_INIT };
    yaml_parser_t parser;
    enum pf_status s;

    *marks = (struct req_marks){ NULL, 0, 0 };
    if (!yaml_parser_initialize(&parser))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    s = walk_events(&w, &parser, err);
    yaml_parser_delete(&parser);
    pf_buf_release(&w.path);
    if (s == PF_OK) {
        qsort(marks->item, marks->n, sizeof *marks->item, by_path);
        s = refuse_twice(marks, err);
    }
    if (s != PF_OK)
        req_marks_release(marks);
    return s;
}

void req_marks_release(struct req_marks *marks)
{
    for (size_t i = 0; i < marks->n; i++)
        free(marks->item[i].path);
    free(marks->item);
    *marks = (struct req_marks){ NULL, 0, 0 };
}

static const struct req_mark *find_exact(const struct req_marks *marks, const char *path, size_t len)
{
    for (size_t i = 0; i < marks->n; i++)
        if (strncmp(marks->item[i].path, path, len) == 0 && marks->item[i].path[len] == '\0')
            return &marks->item[i];
    return NULL;
}

const struct req_mark *req_marks_find(const struct req_marks *marks, const char *path)
{
    static char no_path[] = "";
    static const struct req_mark top = { no_path, 1, 1, 1, 1 };
    size_t len = strlen(path);

    for (;;) {
        const struct req_mark *m = find_exact(marks, path, len);

        if (m != NULL)
            return m;
        if (len == 0)
            return &top;
        do
            len--;
        while (len > 0 && path[len] != '.' && path[len] != '[');
    }
}

const struct req_mark *req_marks_at(const struct req_marks *marks, unsigned line, unsigned column)
{
    for (size_t i = 0; i < marks->n; i++)
        if (marks->item[i].line == line && marks->item[i].column == column)
            return &marks->item[i];
    return NULL;
}

/* The last key of a path: "kinds" of "absent[0].kinds". */
static const char *last_key(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot == NULL ? path : dot + 1;
}

static bool before(const struct req_mark *m, unsigned line, unsigned column)
{
    return m->key_line < line || (m->key_line == line && m->key_column < column);
}

const struct req_mark *req_marks_key_after(const struct req_marks *marks, const char *key,
                                           unsigned line, unsigned column)
{
    const struct req_mark *first = NULL;

    for (size_t i = 0; i < marks->n; i++) {
        const struct req_mark *m = &marks->item[i];

        if (strcmp(last_key(m->path), key) == 0 && !before(m, line, column) &&
            (first == NULL || before(m, first->key_line, first->key_column)))
            first = m;
    }
    return first;
}

enum pf_status req_marks_fail(const struct req_marks *marks, struct pf_error *err,
                              const char *text, const char *path_fmt, ...)
{
    const struct req_mark *m;
    char path[256];
    va_list args;

    va_start(args, path_fmt);
    (void)vsnprintf(path, sizeof path, path_fmt, args);
    va_end(args);
    m = req_marks_find(marks, path);
    return pf_fail(err, PF_E_USAGE, "line %u, column %u: %s", m->line, m->column, text);
}
