/* table_sql.c - the lists of columns of an SQL dump: INSERT INTO t (a, b) VALUES,
 * COPY t (a, b) FROM stdin, CREATE TABLE t (a type, b type). A statement is looked
 * for at the start of a line; its head is read as far as PF_LOOKAHEAD bytes, a
 * CREATE TABLE line by line. Which list is in force at a place depends on the
 * bytes before it only. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_name.h"

#include <string.h>

#define LOOK 1024
#define TOKEN_MAX 64
#define TUPLE 1024u

struct token { const uint8_t *at; size_t n; };

static bool blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip(const uint8_t *buf, size_t len, size_t at)
{
    while (at < len && blank(buf[at]))
        at++;
    return at;
}

static bool word_byte(uint8_t c)
{
    return (uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10 || c == '_' || c == '$' || c >= 0x80;
}

/* A name, quoted in `"[ or bare; moves *at behind it. */
static struct token name_at(const uint8_t *buf, size_t len, size_t *at)
{
    size_t i = skip(buf, len, *at), from;
    uint8_t close = 0;

    if (i < len && (buf[i] == '`' || buf[i] == '"'))
        close = buf[i++];
    else if (i < len && buf[i] == '[')
        close = ']', i++;
    for (from = i; i < len && (close != 0 ? buf[i] != close && buf[i] != '\n' : word_byte(buf[i])); i++)
        ;
    *at = close != 0 && i < len ? i + 1 : i;
    return (struct token){ buf + from, i - from < TOKEN_MAX ? i - from : TOKEN_MAX };
}

static bool is_word(struct token t, const char *word)
{
    return t.n == strlen(word) && strncasecmp((const char *)t.at, word, t.n) == 0;
}

static bool word_next(const uint8_t *buf, size_t len, size_t *at, const char *word)
{
    size_t i = *at;
    struct token t = name_at(buf, len, &i);

    if (!is_word(t, word))
        return false;
    *at = i;
    return true;
}

static uint64_t mix(uint64_t h, struct token t)
{
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ t.at[i]) * 0x100000001b3u;
    return (h ^ 0xff) * 0x100000001b3u;
}

static const uint64_t hash_start = 0xcbf29ce484222325u;

/* schema.table or table: the hash of the last part. */
static uint64_t table_name(const uint8_t *buf, size_t len, size_t *at)
{
    struct token t = name_at(buf, len, at);

    while (*at < len && buf[*at] == '.') {
        ++*at;
        t = name_at(buf, len, at);
    }
    return mix(hash_start, t);
}

/* ---- layouts ---- */

static void begin_layout(struct pf_sql *q, uint64_t name)
{
    q->layout[q->layouts] = (struct pf_sql_layout){ name, hash_start, q->columns, 0 };
}

static void add_column(struct pf_sql *q, struct token t)
{
    struct pf_sql_layout *l = &q->layout[q->layouts];

    if (l->base + l->n >= PF_SQL_COLUMNS)
        return;
    q->named[l->base + l->n] = (uint8_t)pf_element_column(t.at, t.n);
    q->header[l->base + l->n++] = (uint8_t)pf_table_name(t.at, t.n);
    l->list = mix(l->list, t);
}

/* The layout that was begun: one that is known, or a new one. */
static uint16_t end_layout(struct pf_sql *q)
{
    const struct pf_sql_layout *l = &q->layout[q->layouts];

    for (uint16_t i = 0; i < q->layouts; i++)
        if (q->layout[i].name == l->name && q->layout[i].list == l->list)
            return i;
    if (l->n == 0 || q->layouts == PF_SQL_LAYOUTS)
        return PF_COLUMN_NONE;
    q->columns = (uint16_t)(l->base + l->n);
    return q->layouts++;
}

/* The latest layout of the table's name: for INSERT without a list. */
static uint16_t by_name(const struct pf_sql *q, uint64_t name)
{
    for (uint16_t i = q->layouts; i-- > 0;)
        if (q->layout[i].name == name)
            return i;
    return PF_COLUMN_NONE;
}

/* ---- statements ---- */

/* "(a, b, c)" at `at`: adds the names. False when it is no list of names. */
static bool name_list(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    at = skip(buf, len, at);
    if (at == len || buf[at] != '(')
        return false;
    for (at++; at < len; at++) {
        struct token t = name_at(buf, len, &at);

        if (t.n == 0)
            return false;
        add_column(q, t);
        at = skip(buf, len, at);
        if (at == len || buf[at] == ')')
            return true;
        if (buf[at] != ',')
            return false;
    }
    return true;
}

static void statement_list(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    uint64_t name = table_name(buf, len, &at);

    begin_layout(q, name);
    q->current = name_list(q, buf, len, at) ? end_layout(q) : by_name(q, name);
}

static bool from_stdin(const uint8_t *buf, size_t len, size_t at)
{
    const uint8_t *end = memchr(buf + at, ';', len - at);

    return end != NULL && memmem(buf + at, (size_t)(end - buf) - at, "stdin", 5) != NULL;
}

/* A line of CREATE TABLE, or what follows its "(": the first word of each part
 * is a column, but for those that say something of the table. */
static void create_part(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    static const char *const clauses[] = {
        "primary", "key", "unique", "constraint", "index", "foreign", "check", "fulltext", "spatial", "partition", "like",
    };
    bool quoted, column;
    struct token t;

    at = skip(buf, len, at);
    quoted = at < len && (buf[at] == '`' || buf[at] == '"' || buf[at] == '[');
    t = name_at(buf, len, &at);
    column = t.n > 0;
    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0] && !quoted; i++)
        column &= !is_word(t, clauses[i]);
    if (column)
        add_column(q, t);
}

static void end_create(struct pf_sql *q)
{
    q->creating = false;
    end_layout(q);
}

/* The parts that stand on one line, from behind the "(" on. */
static void create_line(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    int depth = 1;
    bool part = true;
    uint8_t quote = 0;

    for (; at < len && buf[at] != '\n' && depth > 0; at++) {
        uint8_t c = buf[at];

        if (part && !blank(c) && c != ')') {
            create_part(q, buf, len, at);
            part = false;
        }
        if (quote != 0 ? c == quote : c == '\'' || c == '`' || c == '"')
            quote = quote != 0 ? 0 : c;
        if (quote != 0)
            continue;
        depth += (c == '(') - (c == ')');
        part |= c == ',' && depth == 1;
    }
    if (depth <= 0)
        end_create(q);
}

static void create(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    word_next(buf, len, &at, "temporary");
    if (!word_next(buf, len, &at, "table"))
        return;
    if (word_next(buf, len, &at, "if")) {
        word_next(buf, len, &at, "not");
        word_next(buf, len, &at, "exists");
    }
    begin_layout(q, table_name(buf, len, &at));
    at = skip(buf, len, at);
    if (at == len || buf[at] != '(')
        return;
    q->creating = true;
    create_line(q, buf, len, at + 1);
}

static void line(struct pf_sql *q, const uint8_t *buf, size_t len, size_t at)
{
    size_t start = at;

    if (q->rows) {                            /* rows of COPY end with "\." */
        q->rows = !(len - at >= 2 && buf[at] == '\\' && buf[at + 1] == '.');
        return;
    }
    at = skip(buf, len, at);
    if (q->creating) {
        if (at < len && (buf[at] == ')' || buf[at] == ';'))
            end_create(q);
        else
            create_line(q, buf, len, start);
        return;
    }
    if (at == len || strchr("IiRrCc", buf[at]) == NULL || buf[at] == 0)
        return;
    if (word_next(buf, len, &at, "create")) {
        create(q, buf, len, at);
    } else if (word_next(buf, len, &at, "insert") || word_next(buf, len, &at, "replace")) {
        word_next(buf, len, &at, "ignore");
        if (word_next(buf, len, &at, "into"))
            statement_list(q, buf, len, at);
    } else if (word_next(buf, len, &at, "copy")) {
        statement_list(q, buf, len, at);
        q->rows = from_stdin(buf, len, at);
    }
}

void pf_table_sql_begin(struct pf_table *t, const struct pf_view *view)
{
    static const char *const signs[] = { "INSERT INTO", "CREATE TABLE", "-- PostgreSQL", "-- MySQL", "-- MariaDB",
                                         "PRAGMA foreign_keys", "insert into", "create table", "DROP TABLE" };
    size_t n = view->len < LOOK ? view->len : LOOK;

    t->sql = (struct pf_sql){ .current = PF_COLUMN_NONE };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        t->sql.on |= memmem(view->buf, n, signs[i], strlen(signs[i])) != NULL;
}

void pf_sql_advance(struct pf_sql *q, const uint8_t *buf, size_t len, uint64_t offset, size_t until)
{
    size_t at = q->done > offset ? (size_t)(q->done - offset) : 0;

    while (at < until) {
        const uint8_t *end;

        if (!q->inside)
            line(q, buf, len - at > PF_LOOKAHEAD ? at + PF_LOOKAHEAD : len, at);
        end = memchr(buf + at, '\n', until - at);
        q->inside = end == NULL;
        at = end != NULL ? (size_t)(end - buf) + 1 : until;
    }
    if (offset + at > q->done)
        q->done = offset + at;
}

void pf_table_sql_pass(struct pf_table *t, const struct pf_view *view)
{
    if (t->sql.on)
        pf_sql_advance(&t->sql, view->buf, view->len, view->offset, view->hi);
}

/* ---- the column of a place ---- */

/* Start of the tuple that holds buf[at]: behind a "(" that follows "VALUES" or
 * "),", SIZE_MAX when there is none. */
static size_t tuple_start(const uint8_t *buf, size_t at)
{
    size_t low = at > TUPLE ? at - TUPLE : 0;

    while (at > low) {
        const uint8_t *open = memrchr(buf + low, '(', at - low);
        size_t i;

        if (open == NULL)
            return SIZE_MAX;
        at = (size_t)(open - buf);
        for (i = at; i > low && blank(buf[i - 1]); i--)
            ;
        if (i > low && buf[i - 1] == ',') {
            for (i--; i > low && blank(buf[i - 1]); i--)
                ;
            if (i > low && buf[i - 1] == ')')
                return at + 1;
        } else if (i >= low + 6 && strncasecmp((const char *)buf + i - 6, "values", 6) == 0) {
            return at + 1;
        }
    }
    return SIZE_MAX;
}

/* Commas between the values of the tuple. A quote in a string is doubled or behind
 * a backslash: both leave the string again at once, or never. */
static unsigned values_before(const uint8_t *buf, size_t from, size_t at)
{
    unsigned n = 0, depth = 0;
    bool quoted = false;

    for (; from < at; from++) {
        uint8_t c = buf[from];

        if (quoted && c == '\\')
            from++;
        else if (c == '\'')
            quoted = !quoted;
        else if (!quoted) {
            depth += c == '(';
            depth -= c == ')' && depth > 0;
            n += c == ',' && depth == 0;
        }
    }
    return n;
}

static unsigned tabs_before(const uint8_t *buf, size_t at)
{
    unsigned n = 0;

    for (size_t back = 0; back < PF_TABLE_LINE && back < at && buf[at - 1 - back] != '\n'; back++)
        n += buf[at - 1 - back] == '\t';
    return n;
}

uint16_t pf_table_sql_column(struct pf_table *t, const uint8_t *buf, size_t len, size_t at, uint64_t offset)
{
    struct pf_sql *q = &t->sql;
    const struct pf_sql_layout *l;
    size_t tuple;
    unsigned n;

    pf_sql_advance(q, buf, len, offset, at + 1);
    if (q->current >= q->layouts || offset + at + 1 < q->done)
        return PF_COLUMN_NONE;
    l = &q->layout[q->current];
    tuple = q->rows ? SIZE_MAX : tuple_start(buf, at);
    if (!q->rows && tuple == SIZE_MAX)
        return PF_COLUMN_NONE;
    n = q->rows ? tabs_before(buf, at) : values_before(buf, tuple, at);
    return n < l->n ? (uint16_t)(l->base + n) : PF_COLUMN_NONE;
}
