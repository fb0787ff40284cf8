/* split.c - a card number that stands in several cells or fields of one record:
 * 4111,1111,1111,1111; "cc1":"4111","cc2":"1111",...; n1=4111&n2=1111&...
 *
 * Four values of four digits are met in every table, and three or four in a
 * hundred of them fit a range and pass Luhn: they count when their names say card,
 * or when the same columns pass in the records above and below as well. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/find/byte_mask.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/luhn.h"

#include <string.h>

#define PARTS 4
#define JOINT 96           /* bytes between two parts, at most */
#define PROGRAM_MAX 40     /* bytes of a joint of a program or list */
#define COUNTER 2          /* digits of a number in a name: "cc1" */
#define AROUND 900u        /* bytes above and below in which records are looked at */
#define STRONG 4
#define DIRECT_MIN 2       /* "card" alone, where it is the name of the value */
#define ROWS 4             /* records that pass: probable; SURE of them and no other: confirmed */
#define SURE 6
#define ROWS_MAX 64

#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* Digits of the parts; 0 ends a row. 4-4-4-4 first: the usual form. */
static const uint8_t split[][PARTS + 1] = { { 4, 4, 4, 4 }, { 4, 6, 5 }, { 12, 4 }, { 6, 6, 4 }, { 8, 8 } };

/* Digits that a first part has, each once, in order. */
static const uint8_t first_sizes[] = { 4, 6, 8, 12 };

/* What stands between the parts: a delimiter, the name of the next, the signs of a
 * program or list that puts them together, nothing but a line end. */
enum joint { NO_JOINT, DELIMITER, NAMED, PROGRAM, LINE };

struct found {
    struct pf_pan pan;
    size_t start, end;
    size_t joint, joint_end;     /* the first one */
    enum joint kind;
};

static bool digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

static bool letter(uint8_t c)
{
    return (uint8_t)((c | 0x20) - 'a') < 26;
}

static size_t digits_at(const uint8_t *buf, size_t len, size_t at)
{
    size_t n = 0;

    while (at + n < len && n <= PF_PAN_MAX && digit(buf[at + n]))
        n++;
    return n;
}

/* Start of the next part of n digits behind `at`; SIZE_MAX when something else comes first. */
static size_t next_part(const uint8_t *buf, size_t len, size_t at, size_t n)
{
    size_t stop = len - at > JOINT ? at + JOINT : len;

    for (size_t i = at; i < stop; i++) {
        size_t run;

        if (!digit(buf[i]))
            continue;
        run = digits_at(buf, len, i);
        if (run == n && i > at && !letter(buf[i - 1]) && buf[i - 1] != '.' && buf[i - 1] != '_' && buf[i - 1] != '-')
            return i;
        if (run > COUNTER)
            return SIZE_MAX;
        i += run - 1;
    }
    return SIZE_MAX;
}

static bool one_of(uint8_t c, const char *set)
{
    return c != 0 && strchr(set, c) != NULL;
}

/* Quotes around a sign that puts texts together, or nothing but blanks; the end of a line of a
 * list and the sign of its next one; or a line end alone. */
static enum joint of_program(const uint8_t *p, size_t n)
{
    size_t from = one_of(p[0], "\"'") ? 1 : 0, to = n, line;

    if (n < 3 ? !(p[n - 1] == '\n') : n > PROGRAM_MAX)
        return NO_JOINT;
    if (from > 0 && p[n - 1] != p[0])
        return NO_JOINT;
    to -= from;
    from += from < to && p[from] == ',';
    while (from < to && one_of(p[from], " \t\r"))
        from++;
    line = from;
    while (from < to && one_of(p[from], " \t\r\n"))
        from++;
    if (from == to)
        return one_of(p[0], "\"'") ? PROGRAM : line + 1 == to ? LINE : NO_JOINT;
    if (p[line] == '\n' && p[from] == '-' && to - from >= 2 && p[from + 1] == ' ')
        return from + 2 == to ? PROGRAM : NO_JOINT;
    if (!one_of(p[0], "\"'"))
        return NO_JOINT;
    from += to - from > 1 && p[from] == '|' && p[from + 1] == '|' ? 2 : one_of(p[from], "+.") ? 1 : 0;
    while (from < to && one_of(p[from], " \t\r\n"))
        from++;
    return from == to ? PROGRAM : NO_JOINT;
}

/* A delimiter with or without quotes, or the rest of a field and the name of the next;
 * fields of a form stand one on each line, too. */
static enum joint joint_of(const uint8_t *p, size_t n)
{
    bool delimiter = false, line = false, named = false;

    for (size_t i = 0; i < n; i++) {
        delimiter |= one_of(p[i], ",;|\t&<");
        line |= p[i] == '\n';
        named |= letter(p[i]) || p[i] >= 0x80;
        if (p[i] < 0x20 && p[i] != '\t' && p[i] != '\r' && p[i] != '\n')
            return NO_JOINT;
    }
    if (named)
        return delimiter || line ? NAMED : NO_JOINT;
    return delimiter && !line && n <= 5 ? DELIMITER : of_program(p, n);
}

/* Equal but for counters. */
static bool alike(const uint8_t *a, size_t n, const uint8_t *b, size_t m)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < n && digit(a[i]))
            i++;
        while (k < m && digit(b[k]))
            k++;
        if (i == n || k == m)
            return i == n && k == m;
        if (a[i++] != b[k++])
            return false;
    }
}

static void append(struct pf_pan *pan, const uint8_t *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pan->digit[pan->n++] = (uint8_t)(text[i] - '0');
}

/* The parts that begin at buf[at]; true when they are there, whatever they say. */
static bool read_parts(const uint8_t *buf, size_t len, size_t at, const uint8_t *parts, struct found *f)
{
    size_t end = at + parts[0];

    *f = (struct found){ .start = at };
    append(&f->pan, buf + at, parts[0]);
    for (size_t k = 1; parts[k] != 0; k++) {
        size_t next = next_part(buf, len, end, parts[k]);
        enum joint kind = next != SIZE_MAX ? joint_of(buf + end, next - end) : NO_JOINT;

        if (kind == NO_JOINT)
            return false;
        if (k == 1) {
            f->joint = end;
            f->joint_end = next;
            f->kind = kind;
        } else if (!alike(buf + f->joint, f->joint_end - f->joint, buf + end, next - end)) {
            return false;
        }
        append(&f->pan, buf + next, parts[k]);
        end = next + parts[k];
    }
    f->end = end;
    return end == len || !(buf[end] == '.' && end + 1 < len && digit(buf[end + 1]));
}

static bool passes(const struct pf_pan *pan)
{
    return pf_iin_find_world(pan->digit, pan->n) != NULL && pf_luhn_ok(pan->digit, pan->n) &&
           !pf_luhn_filler(pan->digit, pan->n - 1u);
}

/* Begins like a number of a card. buf[at + 1] is read where buf[at] is a digit of a part. */
static bool begins(const uint8_t *buf, size_t at)
{
    uint8_t before = at > 0 ? buf[at - 1] : 0;

    return ((buf[at] >= '2' && buf[at] <= '6') || (buf[at] == '8' && buf[at + 1] == '1')) && !digit(before) && !letter(before) &&
           before != '.' && before != '-' && before != '_';
}

static bool strong(const struct pf_context *context)
{
    return (context->flags & (PF_CONTEXT_CARD | PF_CONTEXT_FIELD)) && context->score >= STRONG;
}

/* ---- the records around ---- */

struct rows { unsigned n, passed; uint64_t number[ROWS_MAX]; };

static uint64_t value(const struct pf_pan *pan)
{
    uint64_t v = 0;

    for (size_t i = 0; i < pan->n; i++)
        v = v * 10 + pan->digit[i];
    return v;
}

static void add_row(struct rows *rows, const struct pf_pan *pan)
{
    uint64_t v = value(pan);

    for (unsigned i = 0; i < rows->n; i++)
        if (rows->number[i] == v)
            return;
    if (rows->n == ROWS_MAX)
        return;
    rows->number[rows->n++] = v;
    rows->passed += passes(pan);
}

/* Where the cell behind `before` delimiters begins in the line; SIZE_MAX: no such cell. */
static size_t cell_at(const uint8_t *buf, size_t from, size_t to, uint8_t delimiter, unsigned before)
{
    for (; from < to && before > 0; from++)
        before -= buf[from] == delimiter;
    while (from < to && !digit(buf[from]) && buf[from] != delimiter)
        from++;
    return before == 0 && from < to && digit(buf[from]) ? from : SIZE_MAX;
}

/* The lines that stand whole within AROUND bytes of the number. */
static void read_rows(const struct pf_view *view, const struct found *f, const uint8_t *parts, struct rows *rows)
{
    const uint8_t *buf = view->buf;
    size_t low = f->start > AROUND ? f->start - AROUND : 0, at;
    size_t high = view->len - f->start > AROUND ? f->start + AROUND : view->len;
    const uint8_t *own = memrchr(buf + low, '\n', f->start - low), *end;
    size_t line = own != NULL ? (size_t)(own - buf) + 1 : low;
    uint8_t delimiter = ',';
    unsigned before = 0;

    for (size_t i = f->joint; i < f->joint_end; i++)
        if (strchr(",;|\t&<", buf[i]) != NULL && buf[i] != 0) {
            delimiter = buf[i];
            break;
        }
    for (size_t i = line; i < f->start; i++)
        before += buf[i] == delimiter;
    end = low > 0 ? memchr(buf + low, '\n', high - low) : NULL;
    at = low == 0 && view->first ? 0 : end != NULL ? (size_t)(end - buf) + 1 : high;
    for (; at < high; at = (size_t)(end - buf) + 1) {
        struct found other;
        size_t cell;

        end = memchr(buf + at, '\n', high - at);
        if (end == NULL && !(high == view->len && view->last))
            break;
        end = end != NULL ? end : buf + high;
        cell = cell_at(buf, at, (size_t)(end - buf), delimiter, before);
        if (cell != SIZE_MAX && digits_at(buf, high, cell) == parts[0] && read_parts(buf, (size_t)(end - buf), cell, parts, &other))
            add_row(rows, &other.pan);
    }
}

static enum pf_confidence by_rows(const struct rows *rows, bool *enough)
{
    *enough = rows->passed >= ROWS && rows->passed * 5 >= rows->n * 4;
    return rows->passed >= SURE && rows->passed == rows->n ? PF_CONFIRMED : PF_PROBABLE;
}

/* The records before it that are laid out alike: they are counted, and true when words of
 * one say that its number is a card's. What names the columns stands before the first one. */
static bool follows_cards(const struct pf_view *view, const struct found *f, const uint8_t *parts, struct rows *rows)
{
    const uint8_t *buf = view->buf;
    size_t low = f->start > AROUND ? f->start - AROUND : 0, limit = f->start;

    *rows = (struct rows){ .n = 0 };
    add_row(rows, &f->pan);
    for (size_t at = f->start; at > low; at--) {
        struct pf_context context;
        struct found other;

        if (!begins(buf, at - 1) || digits_at(buf, limit, at - 1) != parts[0] || !read_parts(buf, limit, at - 1, parts, &other) ||
            !alike(buf + f->joint, f->joint_end - f->joint, buf + other.joint, other.joint_end - other.joint))
            continue;
        limit = other.start;
        add_row(rows, &other.pan);
        if (passes(&other.pan)) {
            context = pf_context_score(buf, view->len, other.start, other.end, PF_DRESS_ASCII);
            if (strong(&context))
                return true;
        }
    }
    return false;
}

/* A list of numbers of four digits that stand below one another goes on. */
static bool alone_in_lines(const struct pf_view *view, const struct found *f)
{
    const uint8_t *buf = view->buf;
    size_t end = f->end, start = f->start;

    while (end < view->len && one_of(buf[end], " \t\r"))
        end++;
    while (start > 0 && one_of(buf[start - 1], " \t\r\n"))
        start--;
    return (end == view->len || buf[end] == '\n') && (end + 1 >= view->len || !digit(buf[end + 1])) &&
           (start == 0 || !digit(buf[start - 1]));
}

/* Words that say it of one that is not delimited: the name of its value, or of the number. */
static bool tells_by_name(const struct pf_view *view, const struct found *f, const struct pf_context *context)
{
    if (f->kind == LINE)
        return strong(context) && (context->flags & PF_CONTEXT_NUMBER) && alone_in_lines(view, f);
    return strong(context) || ((context->flags & PF_CONTEXT_DIRECT) && context->score >= DIRECT_MIN);
}

/* ---- */

static void judge(const struct pf_look *look, const struct found *f, const uint8_t *parts)
{
    const struct pf_view *view = look->view;
    struct pf_context context = pf_context_score(view->buf, view->len, f->start, f->end, PF_DRESS_ASCII);
    struct pf_element e = {
        .cls = PF_CLASS_PAN_CLEAR, .form = "split", .reasons = BIT(SPLIT), .pan = f->pan, .digits = f->pan.n,
        .start = (uint32_t)f->start, .end = (uint32_t)f->end, .brand = pf_iin_find_world(f->pan.digit, f->pan.n),
    };
    bool card = strong(&context), rows_pass = false;
    struct rows rows = { .n = 0 };

    if (f->kind == DELIMITER)
        read_rows(view, f, parts, &rows);
    if (f->kind > DELIMITER)
        card = tells_by_name(view, f, &context);
    if (!card && f->kind != LINE && f->joint_end - f->joint > 1)
        card = follows_cards(view, f, parts, &rows);
    e.confidence = by_rows(&rows, &rows_pass);
    if (card) {
        e.reasons |= BIT(CARD) | (context.flags & PF_CONTEXT_FIELD ? BIT(FIELD) : 0);
        if (((f->kind == NAMED || f->kind == PROGRAM) && (context.flags & PF_CONTEXT_CARD) && context.score >= STRONG) || rows_pass)
            e.confidence = PF_CONFIRMED;
        else
            e.confidence = rows.passed * 2 >= rows.n ? PF_PROBABLE : PF_POSSIBLE;
    }
    if (rows_pass)
        e.reasons |= BIT(RECORDS);
    if (card || rows_pass)
        look->fn(look->ctx, &e);
    explicit_bzero(&rows, sizeof rows);
    pf_pan_wipe(&e.pan);
}

static void try_at(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    size_t run = digits_at(view->buf, view->len, at);

    for (size_t k = 0; k < sizeof split / sizeof split[0]; k++) {
        struct found f;
        bool ok;

        if (split[k][0] != run)
            continue;
        ok = read_parts(view->buf, view->len, at, split[k], &f) && passes(&f.pan);
        if (ok)
            judge(look, &f, split[k]);
        pf_pan_wipe(&f.pan);
        if (ok)
            return;
    }
}

/* Bit i: digits begin at p[i], as many as a first part has. Reads p[-1..128). */
static uint64_t first_parts(const uint8_t *p)
{
    const uint64_t low = pf_bytes_within(p, '0', '9'), high = pf_bytes_within(p + PF_MARK_WORD, '0', '9');
    uint64_t all = low & ~(low << 1 | (uint64_t)digit(p[-1])), fit = 0;
    unsigned n = 1;

    for (size_t k = 0; k < sizeof first_sizes; k++) {
        for (; n < first_sizes[k]; n++)
            all &= low >> n | high << (PF_MARK_WORD - n);
        fit |= all & ~(low >> n | high << (PF_MARK_WORD - n));
    }
    return fit;
}

/* The places buf[from..to). */
static void try_all(const struct pf_look *look, size_t from, size_t to)
{
    const struct pf_view *view = look->view;

    for (; from > 0 && to - from >= PF_MARK_WORD && view->len - from >= 2 * PF_MARK_WORD; from += PF_MARK_WORD)
        for (uint64_t fit = first_parts(view->buf + from); fit != 0; fit &= fit - 1)
            if (begins(view->buf, from + (size_t)__builtin_ctzll(fit)))
                try_at(look, from + (size_t)__builtin_ctzll(fit));
    for (; from < to; from++)
        if (begins(view->buf, from))
            try_at(look, from);
}

/* The first part can stand in the word before the one that is marked. */
void pf_find_split(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t until = view->len - view->hi < PF_MARK_WORD ? view->len : view->hi + PF_MARK_WORD, done = view->lo;

    if (look->text == PF_TEXT_NONE)
        return;
    for (size_t at = pf_look_next(look, PF_MARK_CELLS, view->lo, until); at != SIZE_MAX;) {
        size_t word = at / PF_MARK_WORD * PF_MARK_WORD, from = word >= done + PF_MARK_WORD ? word - PF_MARK_WORD : done;
        size_t to = word + PF_MARK_WORD < view->hi ? word + PF_MARK_WORD : view->hi;

        if (from < to)
            try_all(look, from, to);
        done = to;
        at = word + PF_MARK_WORD < until ? pf_look_next(look, PF_MARK_CELLS, word + PF_MARK_WORD, until) : SIZE_MAX;
    }
}
