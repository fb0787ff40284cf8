/* jis_rows.c - JIS II records without a name: three or more rows that hold a field of
 * 69 to 72 characters (69 of data, and sentinels or check character) with a card number
 * at the same offset in each. Where it stands is not published (JIS X 6302-2, annex JA),
 * so that repetition has to tell.
 *
 * Plain text is only sampled: a line every SAMPLE bytes is looked at in a few places
 * for a long run of digits, and all lines near one that has it are read. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

#define SAMPLE 192u        /* three rows are longer: one of them is met */
#define LINE_MAX 256u      /* bytes of a line on either side of a place in it */
#define AROUND 900u        /* bytes above and below in which rows are read */
#define STEP 7u            /* a run of RUN digits has two places in a row this far apart */
#define RUN 14u
#define FIELD_MIN 69u
#define FIELD_MAX 72u
#define ROWS 3u            /* rows that pass: probable; SURE of them: confirmed */
#define SURE 5u
#define ROWS_MAX 32u

struct line { size_t from, to; };                /* without its end */
struct field { size_t from, n; };
struct place { size_t at, size; };               /* of a number, in a field */

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

/* The line around `at`; false when it is longer than is read. */
static bool line_at(const struct pf_view *view, size_t at, struct line *line)
{
    size_t low = at > LINE_MAX ? at - LINE_MAX : 0, high = view->len - at > LINE_MAX ? at + LINE_MAX : view->len;
    const uint8_t *before = memrchr(view->buf + low, '\n', at - low), *end = memchr(view->buf + at, '\n', high - at);

    if ((before == NULL && !(low == 0 && view->first)) || (end == NULL && !(high == view->len && view->last)))
        return false;
    line->from = before != NULL ? (size_t)(before - view->buf) + 1 : low;
    line->to = end != NULL ? (size_t)(end - view->buf) : high;
    return true;
}

/* The line behind (or before) `line`. */
static bool next_line(const struct pf_view *view, struct line *line)
{
    return line->to + 1 < view->len && line_at(view, line->to + 1, line);
}

static bool line_before(const struct pf_view *view, struct line *line)
{
    return line->from > 0 && line_at(view, line->from - 1, line);
}

/* Start of the first run of RUN digits; SIZE_MAX: none. */
static size_t run_in(const uint8_t *buf, const struct line *line)
{
    for (size_t i = line->from + STEP - 1; i < line->to; i += STEP) {
        size_t from = i, to = i;

        if (!is_digit(buf[i]))
            continue;
        while (from > line->from && is_digit(buf[from - 1]))
            from--;
        while (to < line->to && is_digit(buf[to]))
            to++;
        if (to - from >= RUN)
            return from;
        i = to;
    }
    return SIZE_MAX;
}

static bool ends_field(uint8_t c)
{
    return c < 0x20 || memchr("\",;|<>'", c, 7) != NULL;
}

/* What a stripe holds (JIS X 0201): digits, capitals, half-width kana (Shift_JIS) and blanks; the
 * first may be a start sign. Lines of a log have names in small letters. */
static bool is_stripe(const uint8_t *field, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!is_digit(field[i]) && !(field[i] >= 'A' && field[i] <= 'Z') && !(field[i] >= 0xa1 && field[i] <= 0xdf) &&
            memchr(" /.-*", field[i], 5) == NULL)
            return false;
    return true;
}

/* The field of the line that has a long run of digits, when it is as long as a record. */
static bool field_of(const uint8_t *buf, const struct line *line, struct field *field)
{
    size_t run = run_in(buf, line), to = run;

    if (run == SIZE_MAX || line->to - line->from < FIELD_MIN)
        return false;
    field->from = run;
    while (field->from > line->from && run - field->from < FIELD_MAX && !ends_field(buf[field->from - 1]))
        field->from--;
    while (to < line->to && to - field->from <= FIELD_MAX && !ends_field(buf[to]))
        to++;
    field->n = to - field->from;
    return field->n >= FIELD_MIN && field->n <= FIELD_MAX && is_stripe(buf + field->from, field->n - 1);
}

/* The card number at the place of the field; the caller wipes pan. */
static const struct pf_brand *number_at(const uint8_t *buf, const struct field *field, struct place place, struct pf_pan *pan)
{
    uint8_t digit[PF_PAN_MAX];
    const struct pf_brand *brand;

    pan->n = 0;
    for (size_t i = 0; i < place.size; i++) {
        if (place.at + i >= field->n || !is_digit(buf[field->from + place.at + i]))
            return NULL;
        digit[i] = (uint8_t)(buf[field->from + place.at + i] - '0');
    }
    brand = pf_digits_pan(digit, place.size, pan);
    explicit_bzero(digit, sizeof digit);
    return brand != NULL && brand->world && (brand->usual >> place.size & 1u) ? brand : NULL;
}

/* ---- the rows around ---- */

struct rows { size_t n, passed, different; uint64_t number[ROWS_MAX]; };

static void count_row(const struct pf_view *view, const struct line *line, const struct field *own, struct place place,
                      struct rows *rows)
{
    struct field field;
    struct pf_pan pan;
    uint64_t value = 0;
    size_t i = 0;

    if (!field_of(view->buf, line, &field) || field.n != own->n)
        return;
    rows->n++;
    if (number_at(view->buf, &field, place, &pan) != NULL) {
        rows->passed++;
        for (size_t k = 0; k < pan.n; k++)
            value = value * 10 + pan.digit[k];
        while (i < rows->different && rows->number[i] != value)
            i++;
        if (i == rows->different && i < ROWS_MAX)
            rows->number[rows->different++] = value;
    }
    pf_pan_wipe(&pan);
}

static void count_rows(const struct pf_view *view, const struct line *own_line, const struct field *own, struct place place,
                       struct rows *rows)
{
    struct line line = *own_line;

    *rows = (struct rows){ .n = 0 };
    count_row(view, &line, own, place, rows);
    while (next_line(view, &line) && line.to - own->from < AROUND)
        count_row(view, &line, own, place, rows);
    line = *own_line;
    while (line_before(view, &line) && own->from - line.from < AROUND)
        count_row(view, &line, own, place, rows);
}

/* True: reported. */
static bool try_place(const struct pf_look *look, const struct line *line, const struct field *field, struct place place)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .form = "ascii", .reasons = BIT(JIS2) | BIT(RECORDS),
                            .start = (uint32_t)field->from, .end = (uint32_t)(field->from + field->n) };
    struct rows rows = { .n = 0 };
    bool enough = false;

    e.brand = number_at(view->buf, field, place, &e.pan);
    if (e.brand != NULL) {
        count_rows(view, line, field, place, &rows);
        enough = rows.different >= ROWS && rows.passed * 5 >= rows.n * 4;
        e.confidence = rows.different >= SURE ? PF_CONFIRMED : PF_PROBABLE;
        e.digits = e.pan.n;
        if (enough)
            look->fn(look->ctx, &e);
    }
    explicit_bzero(&rows, sizeof rows);
    pf_pan_wipe(&e.pan);
    return enough;
}

static void judge_line(const struct pf_look *look, const struct line *line)
{
    static const uint8_t sizes[] = { 16, 15, 14 };
    struct field field;

    if (!field_of(look->view->buf, line, &field) || field.from < look->view->lo || field.from >= look->view->hi)
        return;
    for (size_t at = 0; at + RUN <= field.n; at++)
        for (size_t i = 0; i < sizeof sizes; i++)
            if (try_place(look, line, &field, (struct place){ at, sizes[i] }))
                return;
}

void pf_find_jis_rows(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    size_t low = view->lo > SAMPLE + LINE_MAX ? view->lo - SAMPLE - LINE_MAX : 0;
    size_t high = view->len - view->hi > SAMPLE + LINE_MAX ? view->hi + SAMPLE + LINE_MAX : view->len;
    size_t done = 0;             /* lines that begin before are judged */

    if (look->text != PF_TEXT_BYTES || !look->runs)
        return;
    low += (size_t)(SAMPLE - (view->offset + low) % SAMPLE) % SAMPLE;
    for (size_t at = low; at < high; at += SAMPLE) {
        struct line line;

        if (!line_at(view, at, &line) || line.to - line.from < FIELD_MIN || run_in(view->buf, &line) == SIZE_MAX)
            continue;
        while (line.from > done && at - line.from < SAMPLE && line_before(view, &line))
            ;
        do {
            if (line.from >= done)
                judge_line(look, &line);
            done = line.to + 1;
        } while (line.to < at + SAMPLE && next_line(view, &line));
    }
}
