/* gen_iin.c - brand.tsv and iin.tsv into a look-up by the first four digits.
 *
 * Each of the 10,000 beginnings points to a short list of ranges, narrowest
 * first, those in use and proven before the others; equal lists are stored once. */
#include "pan-finder/detect/data/gentables.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LISTS_MAX 65535
#define NARROW 4             /* digits: a wider range that is off would make a candidate of every number in it */

struct range {
    uint32_t lo, hi;         /* of the first eight digits */
    uint32_t lengths;
    unsigned brand;          /* row of brand.tsv */
    unsigned width;          /* digits of the prefix: more is narrower */
    bool late, no_luhn;      /* late: historic or unconfirmed, hides no other range */
};

static int narrowest_first(const void *a, const void *b)
{
    const struct range *x = a, *y = b;

    if (x->late != y->late)
        return x->late ? 1 : -1;
    if (x->width != y->width)
        return x->width > y->width ? -1 : 1;
    if (x->lo != y->lo)
        return x->lo < y->lo ? -1 : 1;
    return x->brand < y->brand ? -1 : x->brand > y->brand;
}

static uint32_t prefix(const struct tsv *tsv, const struct tsv_row *row, const char *digits, int fill)
{
    size_t n = strspn(digits, "0123456789");
    uint32_t v = 0;

    if (digits[n] != '\0' || n < 1 || n > 8)
        gen_die(tsv, row, "a prefix has 1 to 8 digits");
    for (size_t i = 0; i < 8; i++)
        v = v * 10 + (uint32_t)(i < n ? digits[i] - '0' : fill);
    return v;
}

static uint32_t lengths(const struct tsv *tsv, const struct tsv_row *row, const char *text)
{
    uint32_t mask = 0;

    for (char *end; *text; text = *end == ',' ? end + 1 : end) {
        unsigned long n = strtoul(text, &end, 10);

        if (end == text || (*end != ',' && *end != '\0') || n < 12 || n > 19)
            gen_die(tsv, row, "a length is 12 to 19");
        mask |= 1u << n;
    }
    return mask;
}

static size_t read_ranges(const struct tsv *iin, const struct tsv *brand, struct range *range)
{
    size_t n = 0;

    for (size_t i = 0; i < iin->n; i++) {
        const struct tsv_row *row = &iin->row[i];
        size_t b = gen_index(brand, row->field[3], iin, row);
        const char *use = brand->row[b].field[5];
        struct range r = {
            .lo = prefix(iin, row, row->field[0], 0), .hi = prefix(iin, row, row->field[1], 9),
            .lengths = lengths(iin, row, row->field[2]), .brand = (unsigned)b,
            .width = (unsigned)strlen(row->field[0]),
            .late = strcmp(use, "on") != 0 || strcmp(brand->row[b].field[6], "network") != 0,
            .no_luhn = strcmp(brand->row[b].field[3], "required") != 0,
        };

        if (strcmp(use, "off") == 0 && r.width < NARROW)
            r.no_luhn = false;

        if (r.lo > r.hi || strlen(row->field[0]) != strlen(row->field[1]))
            gen_die(iin, row, "the range is not a range");
        range[n++] = r;
    }
    qsort(range, n, sizeof *range, narrowest_first);
    return n;
}

static const char *luhn_name(const struct tsv *brand, const struct tsv_row *row)
{
    if (strcmp(row->field[3], "required") == 0)
        return "PF_LUHN_REQUIRED";
    if (strcmp(row->field[3], "usual") == 0)
        return "PF_LUHN_USUAL";
    if (strcmp(row->field[3], "not-used") == 0)
        return "PF_LUHN_NOT_USED";
    gen_die(brand, row, "luhn is required, usual or not-used");
}

static void write_brands(FILE *out, const struct tsv *brand, const struct range *range, size_t n)
{
    fprintf(out, "static const struct pf_brand brand_table[] = {\n");
    for (size_t b = 0; b < brand->n; b++) {
        const struct tsv_row *row = &brand->row[b];
        uint32_t all = 0;

        for (size_t i = 0; i < n; i++)
            if (range[i].brand == b)
                all |= range[i].lengths;
        fprintf(out, "    { \"%s\", \"%s\", 0x%05xu, 0x%05xu, %s, %d, %d, %d, %d },\n", row->field[1], row->field[2],
                all, lengths(brand, row, row->field[7]), luhn_name(brand, row), strcmp(row->field[4], "world") == 0,
                strcmp(row->field[5], "old") != 0, strcmp(row->field[6], "network") == 0,
                strcmp(row->field[5], "off") == 0);
    }
    fprintf(out, "};\n\n");
}

/* The ranges of one beginning, as numbers of `range`; returns how many. */
static size_t list_of(const struct range *range, size_t n, uint32_t four, uint16_t *list)
{
    uint32_t lo = four * 10000, hi = lo + 9999;
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        if (range[i].lo <= hi && range[i].hi >= lo)
            list[k++] = (uint16_t)(i + 1);
    list[k++] = 0;
    return k;
}

static size_t store_list(uint16_t *lists, size_t *used, const uint16_t *list, size_t k)
{
    for (size_t at = 0; at + k <= *used; at++)
        if (memcmp(lists + at, list, k * sizeof *list) == 0)
            return at;
    memcpy(lists + *used, list, k * sizeof *list);
    *used += k;
    return *used - k;
}

static void write_lists(FILE *out, const struct range *range, size_t n)
{
    uint16_t *lists = gen_alloc(LISTS_MAX, sizeof *lists), *list = gen_alloc(n + 1, sizeof *list);
    size_t used = 0;

    fprintf(out, "static const uint16_t list_of4[10000] = {");
    for (uint32_t four = 0; four < 10000; four++) {
        size_t k = list_of(range, n, four, list);

        if (used + k > LISTS_MAX) {
            fprintf(stderr, "gentables: too many ranges\n");
            exit(2);
        }
        fprintf(out, "%s%zu,", four % 20 ? " " : "\n    ", store_list(lists, &used, list, k));
    }
    fprintf(out, "\n};\n\nstatic const uint16_t list_table[] = {");
    for (size_t i = 0; i < used; i++)
        fprintf(out, "%s%u,", i % 20 ? " " : "\n    ", lists[i]);
    fprintf(out, "\n};\n\n");
    free(lists);
    free(list);
}

static void write_lengths2(FILE *out, const struct range *range, size_t n)
{
    fprintf(out, "const uint8_t pf_iin_lengths2[128] = {");
    for (uint32_t two = 0; two < 100; two++) {
        uint32_t mask = 0;

        for (size_t i = 0; i < n; i++)
            if (range[i].lo <= two * 1000000 + 999999 && range[i].hi >= two * 1000000)
                mask |= range[i].lengths >> 12;          /* PF_PAN_MIN */
        fprintf(out, "%s0x%02xu,", two % 10 ? " " : "\n    ", mask);
    }
    fprintf(out, "\n};\n");
}

void gen_iin(const char *data, const char *dir)
{
    struct tsv brand = tsv_read(data, "brand.tsv", 10), iin = tsv_read(data, "iin.tsv", 6);
    struct range *range = gen_alloc(iin.n, sizeof *range);
    size_t n = read_ranges(&iin, &brand, range);
    FILE *out = gen_open(dir, "iin_table.h");

    write_brands(out, &brand, range, n);
    fprintf(out, "static const struct iin_range range_table[] = {\n    { 0, 0, 0, 0 },\n");
    for (size_t i = 0; i < n; i++)
        fprintf(out, "    { %uu, %uu, 0x%05xu, %u },\n", range[i].lo, range[i].hi, range[i].lengths, range[i].brand);
    fprintf(out, "};\n\n");
    write_lists(out, range, n);
    fprintf(out, "const uint16_t pf_iin_lengths4[10002] = {");
    for (uint32_t four = 0; four < 10000; four++) {
        uint32_t mask = 0;

        for (size_t i = 0; i < n; i++)
            if (range[i].lo <= four * 10000 + 9999 && range[i].hi >= four * 10000)
                mask |= range[i].lengths >> 11 | (range[i].no_luhn ? 1u : 0u);   /* iin.h */
        fprintf(out, "%s0x%03xu,", four % 10 ? " " : "\n    ", mask);
    }
    fprintf(out, "\n};\n");
    write_lengths2(out, range, n);
    gen_close(out, "iin_table.h");
    free(range);
}
