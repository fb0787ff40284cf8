/* ledger.h - the distinct numbers of one object.
 * Layer: detect. One entry a number, in the order of their first place; looked
 * up by the number itself, so that a file of a million ids stays cheap. Holds
 * clear numbers: wiped when cleared and when freed. */
#ifndef PF_DETECT_LEDGER_H
#define PF_DETECT_LEDGER_H

#include "pan-finder/detect/score.h"
#include "pan-finder/detect/seat.h"

#define PF_NO_CODE UINT64_MAX

struct pf_entry {
    uint64_t number;
    uint64_t offset, line;         /* of its first place; line 0: not known */
    uint64_t count;                /* places where it stands as a number */
    uint64_t told;                 /* ... where an element holds it: counts when it stands nowhere as a number */
    const struct pf_brand *brand;
    struct pf_grade grade;         /* the best of its places */
    struct pf_seat graded;         /* ... and that place */
    struct pf_seat plain;          /* first place where it stands as a number */
    const char *form;              /* a literal: how its digits stood at its first place */
    uint64_t code;                 /* where the verification code in the record of `plain` stands; PF_NO_CODE: none */
    uint16_t column, wraps;        /* struct pf_seat */
    uint16_t code_column;
    uint8_t digits;
};

struct pf_ledger {
    struct pf_entry *entry;
    uint32_t *slot;                /* where in entry; 0: free (ledger.c) */
    size_t n, cap;                 /* cap: a power of two; twice as many slots */
};

bool pf_ledger_init(struct pf_ledger *ledger, size_t cap);    /* false: out of memory */
void pf_ledger_release(struct pf_ledger *ledger);
void pf_ledger_clear(struct pf_ledger *ledger);

/* NULL when the number is not in it. */
struct pf_entry *pf_ledger_find(const struct pf_ledger *ledger, uint64_t number);

/* Asks the processor to fetch what a look-up of the number, and adding it, will
 * touch: in a file of many ids both are cache misses. */
void pf_ledger_fetch(const struct pf_ledger *ledger, uint64_t number);

/* Adds a number that is not in it; the caller fills the entry. n < cap. */
struct pf_entry *pf_ledger_add(struct pf_ledger *ledger, uint64_t number);

/* The entry's number in digits; wiped by the caller. */
struct pf_pan pf_entry_pan(const struct pf_entry *entry);

#endif
