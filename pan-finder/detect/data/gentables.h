/* gentables.h - the program that turns the .tsv rows of this folder into C tables.
 * Runs on the build machine, is not shipped, so it may exit on bad data. */
#ifndef PF_DETECT_DATA_GENTABLES_H
#define PF_DETECT_DATA_GENTABLES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TSV_FIELDS 10

struct tsv_row {
    unsigned line;
    const char *field[TSV_FIELDS];
    size_t n;
};

struct tsv {
    const char *path;
    struct tsv_row *row;
    size_t n;
};

/* Reads a file of tab-separated rows with at least `fields` fields; '#' starts a
 * comment line. Ends the program with file and line when a row is short. */
struct tsv tsv_read(const char *dir, const char *name, size_t fields);

_Noreturn void gen_die(const struct tsv *tsv, const struct tsv_row *row, const char *what);
FILE *gen_open(const char *dir, const char *name);
void gen_close(FILE *out, const char *name);
void *gen_alloc(size_t n, size_t size);      /* zeroed; ends the program when memory is out */

/* Position of `id` in the first field of a table; ends the program when absent. */
size_t gen_index(const struct tsv *table, const char *id, const struct tsv *from, const struct tsv_row *row);

void gen_iin(const char *data, const char *out);        /* iin_table.h */
void gen_context(const char *data, const char *out);    /* context_table.h, word_table.h, jis_table.h */
void gen_element(const char *data, const char *out);    /* element_table.h, truncation_table.h */

#endif
