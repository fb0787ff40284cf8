/* table_profile.c - what the cells of a column look like. */
#include "pan-finder/detect/table_internal.h"

#include "pan-finder/detect/find/element_value.h"
#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/testpan.h"

#include <string.h>

#define STEP 20            /* numbers handed out one after the other, with a check digit, are ten apart */

static bool separates(uint8_t c)
{
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '/';
}

/* The number that is the whole cell, separators between its digits left out;
 * n 0: something else. */
static struct pf_pan number_of(const uint8_t *cell, size_t n)
{
    struct pf_pan pan = { .n = 0 };
    bool digit = false;

    for (size_t i = 0; i < n; i++) {
        uint8_t v = (uint8_t)(cell[i] - '0');

        if (v >= 10 && (!digit || !separates(cell[i]) || i + 1 == n))
            return (struct pf_pan){ .n = 0 };
        digit = v < 10;
        if (!digit)
            continue;
        if (pan.n == PF_PAN_MAX)
            return (struct pf_pan){ .n = 0 };
        pan.digit[pan.n++] = v;
    }
    return pan.n >= 13 ? pan : (struct pf_pan){ .n = 0 };
}

/* True when the column had not this number yet. */
static bool is_new(struct pf_seen *seen, unsigned column, uint64_t number)
{
    uint64_t key = number ^ (column + 1) * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(key * 0xd6e8feb86659fd93u >> 51) % PF_SEEN, looked = 0;

    while (seen->slot[at] != 0 && seen->slot[at] != key) {
        if (++looked == PF_SEEN / 2)
            return false;
        at = (at + 1) % PF_SEEN;
    }
    if (seen->slot[at] == key)
        return false;
    seen->slot[at] = key;
    return true;
}

static void prefix(struct pf_column *c, const struct pf_pan *pan)
{
    if (c->shapes == 0) {
        memcpy(c->first, pan->digit, sizeof c->first);
        c->prefix = sizeof c->first;
    }
    for (uint8_t i = 0; i < c->prefix; i++)
        if (c->first[i] != pan->digit[i])
            c->prefix = i;
}

struct pf_span pf_table_trim(const uint8_t *cell, size_t n)
{
    while (n > 0 && (cell[n - 1] == ' ' || cell[n - 1] == '\r'))
        n--;
    for (; n > 0 && (*cell == ' ' || *cell == '\''); cell++)
        n--;
    while (n > 0 && cell[n - 1] == '\'')
        n--;
    return (struct pf_span){ cell, n };
}

/* Nothing, or what is written for nothing. */
static bool empty(struct pf_span cell)
{
    size_t i = 0;

    while (i < cell.n && memchr("*xX-#.", cell.at[i], 6) != NULL)
        i++;
    return i == cell.n || (cell.n == 4 && strncasecmp((const char *)cell.at, "null", 4) == 0) ||
           (cell.n == 2 && memcmp(cell.at, "\\N", 2) == 0);
}

static void named_cell(struct pf_column *c, struct pf_span cell)
{
    struct pf_element e;
    uint32_t hash = 0x811c9dc5u;

    if (empty(cell) || c->filled == UINT16_MAX)
        return;
    c->filled++;
    if (c->named == PF_NAMED_EXPIRY ? !pf_expiry_value(cell.at, cell.n) :
        !pf_element_value((enum pf_named)c->named, cell.at, cell.n, PF_NEAR_CARD, &e))
        return;
    for (size_t i = 0; i < cell.n; i++)
        hash = (hash ^ cell.at[i]) * 0x01000193u;
    c->varied |= c->fit > 0 && hash != c->value;
    c->value = c->fit > 0 ? c->value : hash;
    c->fit++;
}

static bool fits(const struct pf_column *c)
{
    return c->fit > 0 && c->fit * 20u >= c->filled * 19u && (c->fit < 3 || c->varied);
}

bool pf_column_tells(const struct pf_column *c)
{
    return c->named != PF_NAMED_NOTHING && c->named != PF_NAMED_EXPIRY && fits(c);
}

enum pf_near pf_column_near(const struct pf_column *c, uint8_t header)
{
    if (c->named == PF_NAMED_EXPIRY && fits(c))
        return PF_NEAR_EXPIRY;
    if (c->luhn == 0 || (header != PF_HEADER_CARD && pf_column_opinion(c, header).share != PF_SHARE_MOST))
        return PF_NEAR_NOTHING;
    return c->luhn > c->published ? PF_NEAR_CARD : PF_NEAR_TEST;
}

struct pf_pan pf_table_completed(const uint8_t *cell, size_t n)
{
    struct pf_span s = pf_table_trim(cell, n);
    struct pf_pan pan = number_of(s.at, s.n);

    if (pan.n != 16 || pan.digit[15] != 0 || pf_luhn_ok(pan.digit, pan.n) || pf_iin_find_world(pan.digit, pan.n) == NULL) {
        pf_pan_wipe(&pan);
        return (struct pf_pan){ .n = 0 };
    }
    while (pan.digit[15] < 9 && !pf_luhn_ok(pan.digit, pan.n))
        pan.digit[15]++;
    return pan;
}

void pf_table_profile(struct pf_column *c, unsigned key, const uint8_t *cell, size_t n, struct pf_seen *seen)
{
    struct pf_span s = pf_table_trim(cell, n);
    struct pf_pan pan = number_of(s.at, s.n);
    uint64_t number;

    if (c->named != PF_NAMED_NOTHING)
        named_cell(c, s);
    if (pan.n == 0 || c->numbers == UINT16_MAX)
        return;
    c->numbers++;
    number = pf_pan_number(&pan);
    if (pf_iin_find_world(pan.digit, pan.n) != NULL && is_new(seen, key, number)) {
        prefix(c, &pan);
        c->steps = (uint16_t)(c->steps + (c->shapes > 0 && number > c->last && number - c->last <= STEP));
        c->last = number;
        c->sixteen = (uint16_t)(c->sixteen + (pan.n == 16));
        c->zeros = (uint16_t)(c->zeros + (pan.n == 16 && pan.digit[15] == 0));
        c->shapes++;
        if (pf_luhn_ok(pan.digit, pan.n)) {
            c->luhn++;
            c->published = (uint16_t)(c->published + pf_testpan_is(number));
        }
    }
    pf_pan_wipe(&pan);
}
