/* table_profile.c - what the cells of a column look like. */
#include "pan-finder/detect/table_internal.h"

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

void pf_table_profile(struct pf_table *t, unsigned column, const uint8_t *cell, size_t n, struct pf_seen *seen)
{
    struct pf_column *c = &t->column[column];
    struct pf_pan pan;
    uint64_t number;

    while (n > 0 && (cell[n - 1] == ' ' || cell[n - 1] == '\r'))
        n--;
    for (; n > 0 && (*cell == ' ' || *cell == '\''); cell++)
        n--;
    pan = number_of(cell, n);
    if (pan.n == 0)
        return;
    c->numbers++;
    number = pf_pan_number(&pan);
    if (pf_iin_find_world(pan.digit, pan.n) != NULL && is_new(seen, column, number)) {
        prefix(c, &pan);
        c->steps = (uint16_t)(c->steps + (c->shapes > 0 && number > c->last && number - c->last <= STEP));
        c->last = number;
        c->sixteen = (uint16_t)(c->sixteen + (pan.n == 16));
        c->zeros = (uint16_t)(c->zeros + (pan.n == 16 && pan.digit[15] == 0));
        c->shapes++;
        if (pf_luhn_ok(pan.digit, pan.n)) {
            c->luhn++;
            c->published = (uint16_t)(c->published + pf_testpan_is(number));
        } else if (pan.n == 16 && pan.digit[15] == 0 && t->n_rounded < PF_TABLE_ROUNDED) {
            t->rounded[t->n_rounded++] = (struct pf_rounded){ number, (uint32_t)(cell - t->head), (uint16_t)column };
        }
    }
    pf_pan_wipe(&pan);
}
