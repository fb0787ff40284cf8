/* table_fixed.c - tables whose columns stand below one another. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_name.h"

#include <string.h>

#define WIDE 1024          /* bytes of a line that are looked at */
#define LINES 64
#define FEW 4              /* from so many lines a gap of two spaces counts; one space from MANY */
#define MANY 12

struct ink { bool at[WIDE]; size_t width; unsigned lines; };

static size_t line_length(const struct pf_table *t, size_t at)
{
    const uint8_t *end = memchr(t->head + at, '\n', t->fed - at);

    return (end != NULL ? (size_t)(end - t->head) : t->fed) - at;
}

/* False: a line drawn between others, or an empty one. */
static bool inked(const uint8_t *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (line[i] != '-' && line[i] != '=' && line[i] != ' ' && line[i] != '\r')
            return true;
    return false;
}

/* Marks where any of the first lines has something; false when one is no row. */
static bool lay_down(const struct pf_table *t, size_t from, struct ink *ink)
{
    size_t n;

    for (size_t at = from; at < t->fed && ink->lines < LINES; at += n + 1) {
        n = line_length(t, at);
        if (!inked(t->head + at, n) || (at + n == t->fed && t->fed == PF_TABLE_HEAD))
            continue;
        if (n >= WIDE || memchr(t->head + at, '\t', n) != NULL)
            return false;
        for (size_t i = 0; i < n; i++)
            ink->at[i] |= t->head[at + i] != ' ' && t->head[at + i] != '\r';
        ink->width = n > ink->width ? n : ink->width;
        ink->lines++;
    }
    return ink->lines >= FEW;
}

bool pf_table_fixed(struct pf_table *t, size_t from)
{
    struct ink ink = { .width = 0 };
    size_t gap = 0, least;

    t->columns = 0;
    if (!lay_down(t, from, &ink))
        return false;
    least = ink.lines >= MANY ? 1 : 2;
    for (size_t i = 0; i < ink.width && t->columns < PF_TABLE_COLUMNS; i++) {
        if (ink.at[i] && (t->columns == 0 || gap >= least))
            t->edge[t->columns++] = (uint16_t)i;
        gap = ink.at[i] ? 0 : gap + 1;
    }
    return t->columns >= 2;
}

void pf_table_fixed_rows(struct pf_table *t, size_t from, struct pf_seen *seen)
{
    unsigned rows = 0;
    size_t n;

    for (size_t at = from; at < t->fed && rows <= PF_TABLE_ROWS; at += n + 1) {
        const uint8_t *line = t->head + at;

        n = line_length(t, at);
        if (!inked(line, n))
            continue;
        for (unsigned k = 0; k < t->columns && t->edge[k] < n; k++) {
            size_t end = k + 1u < t->columns && t->edge[k + 1] < n ? t->edge[k + 1] : n;

            if (rows == 0) {
                t->column[k].header = (uint8_t)pf_table_name(line + t->edge[k], end - t->edge[k]);
                t->column[k].named = (uint8_t)pf_element_column(line + t->edge[k], end - t->edge[k]);
            } else {
                pf_table_profile(&t->column[k], k, line + t->edge[k], end - t->edge[k], seen);
            }
        }
        rows++;
    }
}
