/* table_internal.h - what the parts of table.h share. Layer: detect. */
#ifndef PF_DETECT_TABLE_INTERNAL_H
#define PF_DETECT_TABLE_INTERNAL_H

#include "pan-finder/detect/find/named.h"
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

/* Adds a cell to the profile of a column; `key` tells columns apart in `seen`. */
void pf_table_profile(struct pf_column *column, unsigned key, const uint8_t *cell, size_t n, struct pf_seen *seen);

/* The cell without blanks around it. */
struct pf_span { const uint8_t *at; size_t n; };
struct pf_span pf_table_trim(const uint8_t *cell, size_t n);

/* The number of a cell of a card column that lost its last digit, computed again; n 0: none. */
struct pf_pan pf_table_completed(const uint8_t *cell, size_t n);

/* Whether the cells of a column have the form that its name tells. */
bool pf_column_tells(const struct pf_column *column);

/* The card numbers of a column, for the codes beside them. */
enum pf_near pf_column_near(const struct pf_column *column, uint8_t header);

/* What the profile of a column says. */
struct pf_opinion pf_column_opinion(const struct pf_column *column, uint8_t header);

/* Reads the statements that begin before buf[until], where buf[0] is at `offset`. */
void pf_sql_advance(struct pf_sql *sql, const uint8_t *buf, size_t len, uint64_t offset, size_t until);

/* The same two steps for columns that stand below one another. */
bool pf_table_fixed(struct pf_table *table, size_t from);
void pf_table_fixed_rows(struct pf_table *table, size_t from, struct pf_seen *seen);

uint16_t pf_table_sql_column(struct pf_table *table, const uint8_t *buf, size_t len, size_t at, uint64_t offset);

#endif
