/* number.h - the same card number in several places, by its fingerprint.
 * Layer: reports. The first RPT_NUMBERS_MAX distinct numbers are tracked. */
#ifndef RPT_NUMBER_H
#define RPT_NUMBER_H

#include "pan-finder/finding/record.h"

#define RPT_NUMBERS_MAX     50000
#define RPT_NUMBER_PLACES   5      /* places named for one number */
#define RPT_NUMBER_UNKNOWN  UINT32_MAX

struct rpt_number {
    char fingerprint[PF_FINGERPRINT_HEX + 1];
    char pan[PF_PAN_MAX + 1];      /* masked */
    const char *brand;
    uint8_t rank;                  /* enum rpt_rank: the loudest */
    uint32_t place[RPT_NUMBER_PLACES];     /* of struct rpt_places; may have been dropped since */
    uint32_t last_place;
    uint32_t chain;
    uint64_t places;               /* objects it stands in */
    uint64_t occurrences;
};

struct rpt_numbers {
    struct rpt_number *number;
    uint32_t n, cap;
    uint32_t *bucket;
    bool more;                     /* there were numbers beyond the bound */
};

bool rpt_numbers_init(struct rpt_numbers *numbers);    /* false: no memory */
void rpt_numbers_release(struct rpt_numbers *numbers);

/* The number's entry, made when new; RPT_NUMBER_UNKNOWN without a fingerprint,
 * beyond the bound, or out of memory. `brand` is kept as a pointer. */
uint32_t rpt_numbers_find(struct rpt_numbers *numbers, const char *fingerprint,
                          const char *pan, const char *brand);

/* Notes that the number stands `count` times in the object listed as `place`
 * (RPT_NUMBER_UNKNOWN when that place is not listed). */
void rpt_numbers_seen(struct rpt_numbers *numbers, uint32_t number, uint32_t place,
                      uint8_t rank, uint64_t count);

/* Indices of the numbers, loudest first, then those in most places: n of them,
 * yours to free. NULL when there is none or memory ran out. */
uint32_t *rpt_numbers_sorted(const struct rpt_numbers *numbers);

#endif
