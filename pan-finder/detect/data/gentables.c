/* gentables.c - reads the data rows, writes the tables of the detector.
 *
 *   gentables DATA_DIR OUT_DIR
 *
 * Writes iin_table.h, context_table.h, word_table.h, jis_table.h,
 * element_table.h, truncation_table.h, testpan_table.h and ruleset.h. */
#include "pan-finder/detect/data/gentables.h"

#include <stdlib.h>
#include <string.h>

/* Rises when a rule changes that is code and not data. */
#define RULES_REVISION 1

static uint64_t data_hash = 0xcbf29ce484222325u;    /* FNV-1a, 64 bits, over every data byte */

void *gen_alloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);

    if (!p) {
        fprintf(stderr, "gentables: out of memory\n");
        exit(2);
    }
    return p;
}

_Noreturn void gen_die(const struct tsv *tsv, const struct tsv_row *row, const char *what)
{
    fprintf(stderr, "%s:%u: %s\n", tsv->path, row ? row->line : 0, what);
    exit(2);
}

static char *read_all(const char *path)
{
    FILE *in = fopen(path, "rb");
    long size;
    char *text;

    if (!in || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0) {
        fprintf(stderr, "gentables: cannot read %s\n", path);
        exit(2);
    }
    rewind(in);
    text = gen_alloc((size_t)size + 1, 1);
    if (fread(text, 1, (size_t)size, in) != (size_t)size) {
        fprintf(stderr, "gentables: cannot read %s\n", path);
        exit(2);
    }
    fclose(in);
    for (long i = 0; i < size; i++)
        data_hash = (data_hash ^ (uint8_t)text[i]) * 0x100000001b3u;
    return text;
}

static void split_row(struct tsv_row *row, char *line)
{
    row->n = 0;
    while (line && row->n < TSV_FIELDS) {
        char *tab = strchr(line, '\t');

        row->field[row->n++] = line;
        if (tab)
            *tab++ = '\0';
        line = tab;
    }
}

struct tsv tsv_read(const char *dir, const char *name, size_t fields)
{
    size_t len = strlen(dir) + strlen(name) + 2, cap = 64;
    char *path = gen_alloc(len, 1);
    struct tsv tsv = { path, gen_alloc(cap, sizeof *tsv.row), 0 };
    unsigned number = 0;

    snprintf(path, len, "%s/%s", dir, name);
    for (char *line = read_all(path), *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        number++;
        if (*line == '#' || *line == '\0')
            continue;
        if (tsv.n == cap) {
            cap *= 2;
            tsv.row = realloc(tsv.row, cap * sizeof *tsv.row);
            if (!tsv.row)
                exit(2);
        }
        tsv.row[tsv.n].line = number;
        split_row(&tsv.row[tsv.n], line);
        if (tsv.row[tsv.n].n < fields)
            gen_die(&tsv, &tsv.row[tsv.n], "too few fields");
        tsv.n++;
    }
    return tsv;
}

size_t gen_index(const struct tsv *table, const char *id, const struct tsv *from,
                 const struct tsv_row *row)
{
    for (size_t i = 0; i < table->n; i++)
        if (strcmp(table->row[i].field[0], id) == 0)
            return i;
    gen_die(from, row, "name is not in its table");
}

FILE *gen_open(const char *dir, const char *name)
{
    size_t len = strlen(dir) + strlen(name) + 2;
    char *path = gen_alloc(len, 1);
    FILE *out;

    snprintf(path, len, "%s/%s", dir, name);
    out = fopen(path, "w");
    if (!out) {
        fprintf(stderr, "gentables: cannot write %s\n", path);
        exit(2);
    }
    free(path);
    fprintf(out, "/* Made by gentables from pan-finder/detect/data. */\n");
    return out;
}

void gen_close(FILE *out, const char *name)
{
    if (ferror(out) || fclose(out) != 0) {
        fprintf(stderr, "gentables: cannot write %s\n", name);
        exit(2);
    }
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void gen_testpan(const char *data, const char *dir)
{
    struct tsv tsv = tsv_read(data, "testpan.tsv", 3);
    uint64_t *value = gen_alloc(tsv.n, sizeof *value);
    FILE *out = gen_open(dir, "testpan_table.h");

    for (size_t i = 0; i < tsv.n; i++) {
        const char *digits = tsv.row[i].field[0];
        size_t n = strspn(digits, "0123456789");

        if (digits[n] != '\0' || n < 12 || n > 19 || digits[0] == '0')
            gen_die(&tsv, &tsv.row[i], "not a number of 12 to 19 digits");
        value[i] = strtoull(digits, NULL, 10);
    }
    qsort(value, tsv.n, sizeof *value, by_value);
    fprintf(out, "static const uint64_t testpan_table[] = {\n");
    for (size_t i = 0; i < tsv.n; i++)
        fprintf(out, "    %lluu,\n", (unsigned long long)value[i]);
    fprintf(out, "};\n");
    gen_close(out, "testpan_table.h");
    free(value);
}

int main(int argc, char **argv)
{
    FILE *out;

    if (argc != 3) {
        fprintf(stderr, "usage: gentables DATA_DIR OUT_DIR\n");
        return 2;
    }
    gen_iin(argv[1], argv[2]);
    gen_context(argv[1], argv[2]);
    gen_element(argv[1], argv[2]);
    gen_testpan(argv[1], argv[2]);
    out = gen_open(argv[2], "ruleset.h");
    fprintf(out, "#define PF_RULESET \"%d-%016llx\"\n", RULES_REVISION, (unsigned long long)data_hash);
    gen_close(out, "ruleset.h");
    return 0;
}
