/* table_learn.c - is the head of an object a table, and what are its columns? */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/find/element_name.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <string.h>

#define LOOKED 24          /* records that tell the delimiter */
#define CELL_MAX 4096      /* a quoted cell longer than this has lost its closing quote */
#define NAME_MAX_BYTES 96
#define HEAD_DIGITS 6      /* a name of a column has fewer digits */

struct pf_cell pf_table_cell(const uint8_t *buf, size_t len, size_t at, uint8_t delimiter, bool quotes)
{
    struct pf_cell c = { .start = at, .quoted = quotes && at < len && buf[at] == '"' };
    size_t i = at, stop = len - at > CELL_MAX ? at + CELL_MAX : len;

    if (c.quoted) {
        for (c.start = i = at + 1; i < stop; i++)
            if (buf[i] == '"' && (i + 1 == len || buf[i + 1] != '"'))
                break;
            else
                i += buf[i] == '"';
        c.end = i;
        c.broken = i >= stop;
        i += i < len;
    }
    while (i < len && buf[i] != delimiter && buf[i] != '\n')
        i++;
    if (!c.quoted)
        c.end = i;
    c.last = i == len || buf[i] == '\n';
    c.next = i < len ? i + 1 : len;
    if (!c.quoted && c.end > c.start && buf[c.end - 1] == '\r')
        c.end--;
    return c;
}

/* An empty line, or one drawn below the names. */
static bool no_record(const uint8_t *line, size_t n)
{
    for (size_t i = 0; i < n && line[i] != '\n'; i++)
        if (strchr("+-|= \r", line[i]) == NULL || line[i] == 0)
            return false;
    return true;
}

static size_t line_end(const struct pf_table *t, size_t at)
{
    const uint8_t *end = memchr(t->head + at, '\n', t->fed - at);

    return end != NULL ? (size_t)(end - t->head) + 1 : t->fed;
}

/* Where the next record begins, lines that are none left out. */
static size_t skip(const struct pf_table *t, size_t at)
{
    while (at < t->fed && no_record(t->head + at, t->fed - at))
        at = line_end(t, at);
    return at;
}

/* Cells of the record at *at, which moves behind it; 0: broken. */
static unsigned cells(const struct pf_table *t, size_t *at, uint8_t delimiter, bool quotes)
{
    unsigned n = 0;

    for (;;) {
        struct pf_cell c = pf_table_cell(t->head, t->fed, *at, delimiter, quotes);

        n++;
        *at = c.next;
        if (c.broken)
            return 0;
        if (c.last)
            return n;
    }
}

struct shape { unsigned columns, agree, records; };

/* How many of the first records have the same number of cells. */
static struct shape shape_of(const struct pf_table *t, size_t from, uint8_t delimiter, bool quotes)
{
    unsigned count[LOOKED] = { 0 };
    struct shape best = { 0, 0, 0 };

    for (size_t at = skip(t, from); at < t->fed && best.records < LOOKED; at = skip(t, at)) {
        unsigned n = cells(t, &at, delimiter, quotes);

        if (at == t->fed && best.records > 1 && t->fed == PF_TABLE_HEAD)
            break;                       /* cut off */
        count[best.records++] = n;
    }
    for (unsigned i = 0; i < best.records; i++) {
        unsigned agree = 0;

        for (unsigned k = 0; k < best.records; k++)
            agree += count[k] == count[i];
        if (count[i] >= 2 && agree > best.agree) {
            best.agree = agree;
            best.columns = count[i];
        }
    }
    return best;
}

static bool better(struct shape a, struct shape b)
{
    if (a.agree != b.agree)
        return a.agree > b.agree;
    return a.columns > b.columns;
}

static bool find_delimiter(struct pf_table *t, size_t from)
{
    static const char delimiters[] = ",\t;|";
    struct shape best = { 0, 0, 0 };

    for (unsigned k = 0; delimiters[k / 2] != 0; k++) {
        uint8_t delimiter = (uint8_t)delimiters[k / 2];
        bool quotes = k % 2 == 0;
        struct shape s = shape_of(t, from, delimiter, quotes);

        if (s.records >= 2 && s.agree >= 2 && s.agree * 5 >= s.records * 4 && better(s, best)) {
            best = s;
            t->delimiter = delimiter;
            t->quoted = quotes;
        }
    }
    t->columns = (uint16_t)(best.columns < PF_TABLE_COLUMNS ? best.columns : PF_TABLE_COLUMNS);
    return best.columns > 0;
}

static unsigned digits_in(const uint8_t *p, size_t n)
{
    unsigned digits = 0;

    for (size_t i = 0; i < n; i++)
        digits += (uint8_t)(p[i] - '0') < 10;
    return digits;
}

static bool contains(const uint8_t *p, size_t n, const char *word)
{
    size_t w = strlen(word);

    for (size_t i = 0; i + w <= n; i++)
        if (strncasecmp((const char *)p + i, word, w) == 0)
            return true;
    return false;
}

/* The name is read as the name of a value: "name=0". */
enum pf_header pf_table_name(const uint8_t *name, size_t n)
{
    static const char *const checked[] = { "imei", "iccid", "meid", "sim" };
    uint8_t text[NAME_MAX_BYTES + 3] = { '\n' };
    struct pf_context c;

    while (n > 0 && (*name == ' ' || *name == '#' || *name == '`' || *name == '"')) {
        name++;
        n--;
    }
    while (n > 0 && (name[n - 1] == ' ' || name[n - 1] == '`' || name[n - 1] == '"' || name[n - 1] == '\r'))
        n--;
    if (n == 0 || n > NAME_MAX_BYTES || digits_in(name, n) >= HEAD_DIGITS)
        return PF_HEADER_NONE;
    memcpy(text + 1, name, n);
    memcpy(text + 1 + n, "=0", 2);
    c = pf_context_score(text, n + 3, n + 2, n + 3, PF_DRESS_ASCII);
    if (c.flags & PF_CONTEXT_FIELD)
        return PF_HEADER_CARD;
    if (c.flags & PF_CONTEXT_FOREIGN)
        return PF_HEADER_CHECKED;
    for (size_t i = 0; i < sizeof checked / sizeof checked[0] && (c.flags & PF_CONTEXT_OTHER_ID); i++)
        if (contains(name, n, checked[i]))
            return PF_HEADER_CHECKED;
    if (c.flags & (PF_CONTEXT_OTHER_ID | PF_CONTEXT_OTHER_CARD | PF_CONTEXT_REDUCED))
        return PF_HEADER_OTHER;
    return (c.flags & PF_CONTEXT_CARD) && c.score >= 2 ? PF_HEADER_WEAK : PF_HEADER_NONE;
}

/* Whether the record holds names: no long number in it, and something that is no digit. */
static bool names_columns(const struct pf_table *t, size_t at)
{
    bool letters = false;

    for (;;) {
        struct pf_cell c = pf_table_cell(t->head, t->fed, at, t->delimiter, t->quoted);
        unsigned digits = digits_in(t->head + c.start, c.end - c.start);

        if (digits >= HEAD_DIGITS || c.broken)
            return false;
        letters |= digits < c.end - c.start;
        at = c.next;
        if (c.last)
            return letters;
    }
}

static void take_names(struct pf_table *t, size_t at)
{
    for (unsigned k = 0; k < t->columns; k++) {
        struct pf_cell c = pf_table_cell(t->head, t->fed, at, t->delimiter, t->quoted);

        t->column[k].header = (uint8_t)pf_table_name(t->head + c.start, c.end - c.start);
        t->column[k].named = (uint8_t)pf_element_column(t->head + c.start, c.end - c.start);
        at = c.next;
        if (c.last)
            return;
    }
}

static void take_row(struct pf_table *t, size_t at, struct pf_seen *seen)
{
    for (unsigned k = 0; k < t->columns; k++) {
        struct pf_cell c = pf_table_cell(t->head, t->fed, at, t->delimiter, t->quoted);

        pf_table_profile(&t->column[k], k, t->head + c.start, c.end - c.start, seen);
        at = c.next;
        if (c.last)
            return;
    }
}

/* Names and profile of a delimited table. Records of another length, such as a
 * title above the names, are passed over. */
static void read_records(struct pf_table *t, size_t from, struct pf_seen *seen)
{
    unsigned rows = 0;
    bool named = false;

    for (size_t at = skip(t, from); at < t->fed && rows < PF_TABLE_ROWS; at = skip(t, at)) {
        size_t start = at;
        unsigned n = cells(t, &at, t->delimiter, t->quoted);

        if ((n < t->columns || n == 0) && !(t->delimiter == '\n' && n == 1))
            continue;
        if (!named && rows == 0 && names_columns(t, start)) {
            take_names(t, start);
            named = true;
            continue;
        }
        take_row(t, start, seen);
        rows++;
    }
}

/* One column: a name, and lines of nothing but numbers. */
static bool one_column(struct pf_table *t, size_t from)
{
    unsigned lines = 0, numbers = 0;
    size_t at = skip(t, from);

    t->delimiter = '\n';
    t->quoted = false;
    t->columns = 1;
    if (at >= t->fed || line_end(t, at) - at > NAME_MAX_BYTES || !names_columns(t, at))
        return false;
    for (at = skip(t, line_end(t, at)); at < t->fed && lines < LOOKED; at = skip(t, at)) {
        size_t end = line_end(t, at), digits = digits_in(t->head + at, end - at);

        lines++;
        numbers += digits >= 12 && end - at <= digits + 8;
        at = end;
    }
    return lines >= 2 && numbers * 5 >= lines * 4;
}

void pf_table_learn(struct pf_table *t)
{
    size_t from = t->fed >= 3 && memcmp(t->head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    struct pf_seen seen;

    t->learned = true;
    memset(t->column, 0, sizeof t->column);
    if (t->fed >= from + 4 && memcmp(t->head + from, "sep=", 4) == 0)
        from = line_end(t, from);
    if (find_delimiter(t, from)) {
        t->found = true;
    } else if (pf_table_fixed(t, from)) {
        t->found = t->fixed = true;
    } else {
        t->found = one_column(t, from);
    }
    if (!t->found)
        return;
    memset(&seen, 0, sizeof seen);
    if (t->fixed)
        pf_table_fixed_rows(t, from, &seen);
    else
        read_records(t, from, &seen);
    explicit_bzero(&seen, sizeof seen);
    for (unsigned k = 0; k < t->columns; k++) {
        explicit_bzero(&t->column[k].last, sizeof t->column[k].last);
        explicit_bzero(t->column[k].first, sizeof t->column[k].first);
    }
}
