/* gen_element.c - element_name.tsv and truncation.tsv into tables: names of fields
 * that tell an element, folded; Japanese ones as bytes of three encodings, the
 * longest first; and how many digits of a number may be kept. */
#include "pan-finder/detect/data/gentables.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 64

struct spelling { uint8_t bytes[NAME_BYTES]; size_t n; unsigned row; };

/* Row and cell in JIS X 0208 of a character; false: none. */
static int jis_cell(const struct tsv *jis, const char *character, size_t size, uint32_t cp, unsigned *row, unsigned *cell)
{
    static const struct { uint32_t from, to; unsigned row, cell; } block[] = {
        { 0x3041, 0x3093, 4, 1 }, { 0x30a1, 0x30f6, 5, 1 }, { 0x30fc, 0x30fc, 1, 28 }, { 0x30fb, 0x30fb, 1, 6 },
        { 0xff10, 0xff19, 3, 16 }, { 0xff21, 0xff3a, 3, 33 }, { 0xff41, 0xff5a, 3, 65 },
    };

    for (size_t i = 0; i < sizeof block / sizeof block[0]; i++)
        if (cp >= block[i].from && cp <= block[i].to) {
            *row = block[i].row;
            *cell = block[i].cell + (unsigned)(cp - block[i].from);
            return 1;
        }
    for (size_t i = 0; i < jis->n; i++)
        if (strlen(jis->row[i].field[0]) == size && memcmp(jis->row[i].field[0], character, size) == 0) {
            *row = (unsigned)strtoul(jis->row[i].field[1], NULL, 10);
            *cell = (unsigned)strtoul(jis->row[i].field[2], NULL, 10);
            return 1;
        }
    return 0;
}

static void put(struct spelling *s, unsigned c)
{
    s->bytes[s->n++] = (uint8_t)c;
}

static void put_sjis(struct spelling *s, unsigned row, unsigned cell)
{
    put(s, (row - 1) / 2 + (row <= 62 ? 0x81u : 0xc1u));
    put(s, row % 2 == 0 ? cell + 0x9e : cell + 0x3f + (cell >= 64));
}

/* One character in the three encodings. */
static void put_character(const struct tsv *names, const struct tsv_row *from, const struct tsv *jis, const char *c, size_t size,
                          struct spelling out[3])
{
    uint32_t cp = size == 3 ? ((uint32_t)c[0] & 15) << 12 | ((uint32_t)c[1] & 63) << 6 | ((uint32_t)c[2] & 63) : (uint8_t)*c;
    unsigned row = 0, cell = 0;

    for (size_t i = 0; i < size; i++)
        put(&out[0], (uint8_t)c[i]);
    if (size == 1) {
        put(&out[1], cp);
        put(&out[2], cp);
    } else if (cp >= 0xff61 && cp <= 0xff9f) {          /* half-width kana: JIS X 0201 */
        put(&out[1], cp - 0xff61 + 0xa1);
        put(&out[2], 0x8e);
        put(&out[2], cp - 0xff61 + 0xa1);
    } else {
        if (size != 3 || !jis_cell(jis, c, size, cp, &row, &cell))
            gen_die(names, from, "a character is not in jis.tsv");
        put_sjis(&out[1], row, cell);
        put(&out[2], row + 0xa0);
        put(&out[2], cell + 0xa0);
    }
}

static int longest_first(const void *a, const void *b)
{
    const struct spelling *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return memcmp(x->bytes, y->bytes, x->n);
}

/* "pin-block" as PIN_BLOCK. */
static void write_kind(FILE *out, const char *kind)
{
    for (; *kind; kind++)
        fputc(*kind == '-' ? '_' : toupper((uint8_t)*kind), out);
}

static int is_ascii(const char *name)
{
    for (; *name; name++)
        if ((uint8_t)*name >= 0x80)
            return 0;
    return 1;
}

static int is_name(const struct tsv_row *row)
{
    return strncmp(row->field[1], "part-", 5) != 0 && strncmp(row->field[1], "prefix", 6) != 0 && strcmp(row->field[1], "suffix") != 0;
}

static void write_folded(FILE *out, const char *name)
{
    fputc('"', out);
    for (; *name; name++)
        if (isalnum((uint8_t)*name))
            fputc(tolower((uint8_t)*name), out);
    fputc('"', out);
}

static void write_japanese(FILE *out, const struct tsv *names, const struct tsv *jis)
{
    struct spelling *all = gen_alloc(3 * names->n, sizeof *all);
    size_t n = 0;

    for (size_t i = 0; i < names->n; i++) {
        const char *c = names->row[i].field[0];

        if (is_ascii(c))
            continue;
        if (!is_name(&names->row[i]) || strlen(c) > NAME_BYTES)
            gen_die(names, &names->row[i], "not for names in Japanese");
        for (size_t size; *c; c += size) {
            size = (uint8_t)*c < 0x80 ? 1 : 3;
            put_character(names, &names->row[i], jis, c, size, all + n);
        }
        for (size_t k = 0; k < 3; k++)
            all[n++].row = (unsigned)i;
    }
    qsort(all, n, sizeof *all, longest_first);
    fprintf(out, "static const struct element_japanese element_japanese[] = {\n");
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "    { %zu, PF_NAMED_", all[i].n);
        write_kind(out, names->row[all[i].row].field[1]);
        fprintf(out, ", \"");
        for (size_t k = 0; k < all[i].n; k++)
            fprintf(out, "\\%03o", all[i].bytes[k]);
        fprintf(out, "\" },\n");
    }
    fprintf(out, "};\n");
    free(all);
}

/* The names of one kind as a list of strings. */
static void write_list(FILE *out, const struct tsv *names, const char *kind)
{
    fprintf(out, "static const char *const element_");
    for (const char *c = kind; *c; c++)
        fputc(*c == '-' ? '_' : *c, out);
    fprintf(out, "[] = {");
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->row[i].field[1], kind) == 0) {
            fputc(' ', out);
            write_folded(out, names->row[i].field[0]);
            fputc(',', out);
        }
    fprintf(out, " };\n");
}

static void gen_names(const char *data, const char *dir)
{
    static const char *const lists[] = { "prefix-card", "prefix", "suffix", "part-card", "part-other", "part-key", "part-made", "part-hash",
                                         "part-keyed", "part-cipher", "part-token" };
    struct tsv names = tsv_read(data, "element_name.tsv", 5), jis = tsv_read(data, "jis.tsv", 3);
    FILE *out = gen_open(dir, "element_table.h");

    fprintf(out, "static const struct element_name element_names[] = {\n");
    for (size_t i = 0; i < names.n; i++)
        if (is_name(&names.row[i]) && is_ascii(names.row[i].field[0])) {
            fprintf(out, "    { ");
            write_folded(out, names.row[i].field[0]);
            fprintf(out, ", PF_NAMED_");
            write_kind(out, names.row[i].field[1]);
            fprintf(out, " },\n");
        }
    fprintf(out, "};\n");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        write_list(out, &names, lists[i]);
    write_japanese(out, &names, &jis);
    gen_close(out, "element_table.h");
}

static unsigned small(const struct tsv *tsv, const struct tsv_row *row, const char *text, unsigned low, unsigned high)
{
    char *end;
    unsigned long v = strtoul(text, &end, 10);

    if (end == text || *end != '\0' || v < low || v > high)
        gen_die(tsv, row, "a number is outside its limits");
    return (unsigned)v;
}

static void gen_truncation(const char *data, const char *dir)
{
    struct tsv tsv = tsv_read(data, "truncation.tsv", 7);
    FILE *out = gen_open(dir, "truncation_table.h");

    fprintf(out, "static const struct truncation truncations[] = {\n");
    for (size_t i = 0; i < tsv.n; i++) {
        const struct tsv_row *row = &tsv.row[i];

        fprintf(out, "    { \"%s\", %u, %u, %u, %u },\n", strcmp(row->field[0], "*") == 0 ? "" : row->field[0],
                small(&tsv, row, row->field[1], 12, 19), small(&tsv, row, row->field[2], 12, 19),
                small(&tsv, row, row->field[3], 0, 19), small(&tsv, row, row->field[4], 0, 19));
    }
    fprintf(out, "};\n");
    gen_close(out, "truncation_table.h");
}

void gen_element(const char *data, const char *dir)
{
    gen_names(data, dir);
    gen_truncation(data, dir);
}
