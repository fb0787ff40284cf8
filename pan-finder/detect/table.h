/* table.h - which column of a table a number stands in, and what the column says.
 * Layer: detect. The first PF_TABLE_HEAD bytes of an object tell whether it is a
 * table: delimited (comma, tab, semicolon, bar; quotes as in RFC 4180), of fixed
 * width, or one column; each column has a name and a profile over its first rows.
 * In an SQL dump the lists of columns are followed through the whole object
 * (table_sql.c). What is learned does not depend on how the object arrives.
 *
 * Use, per object: begin; sql_begin with the first window; feed until it says
 * enough. Numbers: column() in the window when the number is new and its
 * offset is PF_TABLE_HEAD or more or the object is an SQL dump; place() when the
 * object has ended for those before (the table is not known when they are found). */
#ifndef PF_DETECT_TABLE_H
#define PF_DETECT_TABLE_H

#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/score.h"
#include "pan-finder/detect/seat.h"
#include "pan-finder/detect/window.h"

#define PF_TABLE_HEAD 65536u
#define PF_ROUNDED_MIN 5         /* numbers that must stand in a column all of which end in 0 */
#define PF_TABLE_ROWS 400        /* rows that the profile is taken of */
#define PF_TABLE_COLUMNS 192     /* columns known of a table; those behind are not told apart */
#define PF_SQL_LAYOUTS 32        /* lists of columns held of an SQL dump, and their columns */
#define PF_SQL_COLUMNS 512

struct pf_column {
    uint8_t header;              /* enum pf_header */
    uint8_t prefix;              /* digits that all shapes begin with alike */
    uint16_t numbers;            /* cells of 13..19 digits */
    uint16_t shapes;             /* different ones that fit a range of a brand in PCI */
    uint16_t luhn;               /* of these, such that pass Luhn */
    uint16_t published;          /* of these, published test numbers */
    uint16_t steps;              /* shapes a little greater than the one before */
    uint16_t sixteen;            /* shapes of 16 digits */
    uint16_t zeros;              /* of these, such that end in 0 */
    uint8_t named;               /* enum pf_named (find/element_name.h) */
    bool varied;                 /* its values are not all the same */
    uint16_t filled, fit;        /* cells that hold something; of these, such that have the form of that element */
    uint32_t value;              /* hash of the first of these */
    uint64_t last;               /* the shape before. Wiped when all is learned */
    uint8_t first[6];            /* digits of the first shape */
};

struct pf_sql_layout {
    uint64_t name;               /* hash of the table's name */
    uint64_t list;               /* hash of its columns */
    uint16_t base, n;            /* its columns: sql_header[base .. base + n) */
};

struct pf_sql {
    bool on;
    bool creating, rows, inside; /* a CREATE TABLE goes on; rows of COPY follow; a line goes on */
    uint16_t layouts, columns;
    uint16_t current;            /* the list in force; PF_COLUMN_NONE: none */
    uint64_t done;               /* statements that begin before it are read */
    struct pf_sql_layout layout[PF_SQL_LAYOUTS + 1];
    uint8_t header[PF_SQL_COLUMNS], named[PF_SQL_COLUMNS];
};

#define PF_SEEN 8192             /* the numbers met so far, by column: slots of a hash table, 0 is free */
struct pf_seen { uint64_t slot[PF_SEEN]; };

struct pf_sql_profile {          /* what the first rows of each list of columns hold */
    bool used;                   /* to be wiped by begin */
    uint16_t rows[PF_SQL_LAYOUTS];
    struct pf_column column[PF_SQL_COLUMNS];
    struct pf_seen seen;
};

struct pf_table {
    uint32_t fed;
    uint8_t wanted;              /* whether a column's name may tell an element: 0 not known, 1 no, 2 yes */
    bool learned, found, quoted, fixed;
    uint8_t delimiter;           /* '\n': one column */
    uint16_t columns;
    uint16_t edge[PF_TABLE_COLUMNS];      /* fixed width: first byte of each column */
    struct pf_column column[PF_TABLE_COLUMNS];
    struct pf_sql sql;
    struct pf_sql_profile profile;
    uint8_t head[PF_TABLE_HEAD];
};

void pf_table_begin(struct pf_table *table);                               /* wipes what was held */
bool pf_table_feed(struct pf_table *table, const uint8_t *bytes, size_t n); /* true: enough */

/* Column of the number whose first digit is buf[at]; PF_COLUMN_NONE when not known.
 * `offset` is the place of buf[0] in the object. */
uint16_t pf_table_column(struct pf_table *table, const uint8_t *buf, size_t len, size_t at, uint64_t offset);

/* The same by the place, below PF_TABLE_HEAD, when the object has ended or feed said enough. */
uint16_t pf_table_place(struct pf_table *table, uint64_t offset);

/* What the column says; header PF_HEADER_NONE and share NONE for PF_COLUMN_NONE. */
struct pf_opinion pf_table_opinion(const struct pf_table *table, uint16_t column);

/* The elements that columns tell by their name: codes, PINs, hidden numbers; and the numbers
 * of card columns whose last digit was lost (all of the column end in 0), with that digit
 * computed again. Cells of the head when the object has ended, `line` that of the cell;
 * of the others those that begin in [lo, hi) of a window, their place in element->start.
 * `rounded`: enough numbers of 16 digits were met to look for such columns. */
typedef void pf_table_element_fn(void *ctx, const struct pf_element *element, uint64_t line);
void pf_table_head_elements(struct pf_table *table, bool rounded, pf_table_element_fn *fn, void *ctx);
void pf_table_elements(struct pf_table *table, const struct pf_view *view, bool rounded, pf_table_element_fn *fn, void *ctx);

/* The same of an SQL dump's window, before its numbers are asked for; learns what columns hold. */
void pf_table_sql_elements(struct pf_table *table, const struct pf_view *view, pf_table_element_fn *fn, void *ctx);

/* Whether the column's cells are told as verification codes by the three above. */
bool pf_table_tells_codes(struct pf_table *table, uint16_t column);

/* Whether the object is an SQL dump (table->sql.on), by the first KiB of its first
 * window; to be called before that window's numbers. pf_table_column then reads
 * the statements up to the number it is asked for, so that numbers must be asked
 * in the order of their places; pass() reads the rest, behind the numbers of each
 * window. */
void pf_table_sql_begin(struct pf_table *table, const struct pf_view *view);
void pf_table_sql_pass(struct pf_table *table, const struct pf_view *view);

#endif
