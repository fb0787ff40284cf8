/* iin.c - which brand a number belongs to. The tables come from data/brand.tsv
 * and data/iin.tsv: a list of ranges for each beginning of four digits. */
#include "pan-finder/detect/iin.h"

struct iin_range {
    uint32_t lo, hi;       /* of the first eight digits */
    uint32_t lengths;      /* bit n set: n digits */
    uint8_t brand;
};

#include "iin_table.h"

enum which { USUAL, WORLD, ALL };

static bool among(const struct pf_brand *brand, enum which which)
{
    if (which == ALL)
        return true;
    return !brand->named && (which == USUAL || (brand->world && brand->active));
}

static const struct pf_brand *find(const uint8_t *digit, size_t n, enum which which)
{
    uint32_t eight = 0;
    const uint16_t *list;

    if (n < 12 || n > 19)
        return NULL;
    for (size_t i = 0; i < 8; i++)
        eight = eight * 10 + digit[i];
    for (list = list_table + list_of4[eight / 10000]; *list; list++) {
        const struct iin_range *range = &range_table[*list];
        const struct pf_brand *brand = &brand_table[range->brand];

        if (eight >= range->lo && eight <= range->hi && (range->lengths >> n & 1u) &&
            among(brand, which))
            return brand;
    }
    return NULL;
}

const struct pf_brand *pf_iin_find(const uint8_t *digit, size_t n)
{
    return find(digit, n, USUAL);
}

const struct pf_brand *pf_iin_find_named(const uint8_t *digit, size_t n)
{
    return find(digit, n, ALL);
}

const struct pf_brand *pf_iin_find_world(const uint8_t *digit, size_t n)
{
    return find(digit, n, WORLD);
}
