/* place.h - findings, grouped by the object they stand in, in bounded memory.
 * Layer: reports. Findings stream in, in any order. At most RPT_PLACE_LISTED of
 * one place and RPT_LISTED of all are kept one by one; when there are more, the
 * quietest go first and are only counted. */
#ifndef RPT_PLACE_H
#define RPT_PLACE_H

#include "reports/model/label.h"
#include "reports/model/severity.h"

#define RPT_LISTED        20000
#define RPT_PLACE_LISTED  200
#define RPT_REASONS_KEPT  8
#define RPT_NONE          UINT32_MAX

struct rpt_finding {
    const char *cls, *confidence, *brand, *encoding;   /* words as in the record */
    const char *reason[RPT_REASONS_KEPT];
    char pan[PF_PAN_MAX + 1];      /* masked */
    uint8_t n_reasons;
    uint8_t rank;                  /* enum rpt_rank */
    bool test_pan, in_name;
    uint32_t digits;
    uint32_t number;               /* in the table of numbers, or RPT_NONE */
    uint64_t offset, line, count;
    uint32_t place;                /* index of its place */
    uint32_t next;                 /* next of the same place */
    uint32_t rank_prev, rank_next; /* neighbours of the same rank */
};

struct rpt_place {
    struct rpt_label label;
    uint32_t first, listed;        /* chain of listed findings, its length */
    uint32_t chain;                /* next place in the same hash bucket */
    uint64_t records[RPT_RANKS];   /* finding records by rank, listed or not */
    uint64_t occurrences;          /* sum of their counts */
    uint8_t rank;                  /* the loudest so far */
};

struct rpt_places {
    struct rpt_place *place;       /* RPT_LISTED of them; unused ones have label.depth 0 */
    struct rpt_finding *finding;   /* RPT_LISTED of them */
    uint32_t *bucket;
    uint32_t rank_first[RPT_RANKS];
    uint32_t free_place, free_finding;      /* chains of unused ones */
    uint32_t n_places, n_listed;
    uint64_t records[RPT_RANKS];   /* all findings ever added */
    uint64_t elsewhere;            /* findings in places that are not listed */
};

bool rpt_places_init(struct rpt_places *places);       /* false: no memory */
void rpt_places_release(struct rpt_places *places);

/* Counts the finding and keeps it if there is room or a quieter one can go.
 * `label` is taken: it is released or kept. `f` is copied; f->place and the
 * chains are set here. Returns the index of its place, RPT_NONE when its
 * place is not listed. */
uint32_t rpt_places_add(struct rpt_places *places, struct rpt_label *label,
                        const struct rpt_finding *f);

/* The listed place with this name, or RPT_NONE. */
uint32_t rpt_places_find(const struct rpt_places *places, const struct rpt_label *label);

/* Records of a place that are not listed one by one. */
uint64_t rpt_place_unlisted(const struct rpt_place *place);

/* Indices of the places, loudest first, then by name: n_places of them, yours to
 * free. NULL when there is none or memory ran out. */
uint32_t *rpt_places_sorted(const struct rpt_places *places);

/* Indices of the listed findings of one place, loudest first, then by position.
 * `out` has room for RPT_PLACE_LISTED. Returns how many. */
size_t rpt_place_sorted(const struct rpt_places *places, uint32_t place, uint32_t *out);

#endif
