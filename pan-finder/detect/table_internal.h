/* table_internal.h - what the parts of table.h share. Layer: detect. */
#ifndef PF_DETECT_TABLE_INTERNAL_H
#define PF_DETECT_TABLE_INTERNAL_H

#include "pan-finder/detect/table.h"

#define PF_TABLE_LINE 1024u      /* a line's start is looked for this far back */

/* One cell: bytes without its quotes, and where the next begins. */
struct pf_cell {
    size_t start, end, next;
    bool last;                   /* the record ends behind it */
    bool quoted, broken;         /* in quotes; the closing quote is missing */
};

struct pf_cell pf_table_cell(const uint8_t *buf, size_t len, size_t at, uint8_t delimiter, bool quotes);

/* Finds delimiter, columns and names in head[0..fed), then the profile. */
void pf_table_learn(struct pf_table *table);

/* What a name of a column says about its numbers. */
enum pf_header pf_table_name(const uint8_t *name, size_t n);

/* The numbers met so far, by column: n slots of a hash table, 0 is free. */
#define PF_SEEN 8192
struct pf_seen { uint64_t slot[PF_SEEN]; };

/* Adds a cell to the profile of its column. */
void pf_table_profile(struct pf_table *table, unsigned column, const uint8_t *cell, size_t n, struct pf_seen *seen);

/* The same two steps for columns that stand below one another. */
bool pf_table_fixed(struct pf_table *table, size_t from);
void pf_table_fixed_rows(struct pf_table *table, size_t from, struct pf_seen *seen);

uint16_t pf_table_sql_column(struct pf_table *table, const uint8_t *buf, size_t len, size_t at, uint64_t offset);

#endif
