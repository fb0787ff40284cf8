/* score.h - how sure we are that a candidate is a card number, and why.
 * Layer: detect. The rules in words, with their source: docs/detection.md. */
#ifndef PF_DETECT_SCORE_H
#define PF_DETECT_SCORE_H

#include "pan-finder/detect/candidate.h"
#include "pan-finder/detect/share.h"
#include "pan-finder/finding/record.h"

enum pf_reason {
#define PF_REASON(id, name) PF_REASON_##id,
#include "pan-finder/detect/reason.def"
#undef PF_REASON
    PF_REASON_COUNT
};

const char *pf_reason_name(enum pf_reason reason);

/* One look at one candidate. */
struct pf_grade {
    uint64_t reasons;        /* bit n: enum pf_reason n */
    uint8_t confidence;      /* enum pf_confidence, before the share test */
    bool keep;               /* false: something else, or not enough speaks for it */
    bool share;              /* the share test may raise it */
    bool waits;              /* nothing near by speaks for it: kept if its column does (pf_score_column) */
    bool world;              /* in a range of a brand that takes part in PCI */
    bool rare;               /* of a length that the brand seldom issues */
    uint8_t cls;             /* enum pf_class: PAN_CLEAR; SAD_TRACK in a track with discretionary data; ... */
    uint8_t user;            /* enum pf_user_effect of the operator's rule that spoke; 0: none */
    uint8_t ignored;         /* 1 + the operator's pattern that leaves it out; 0: none */
};

/* `number` is the candidate's (pf_candidate_number); buf[0..len) its window. */
struct pf_grade pf_score(const struct pf_candidate *candidate, uint64_t number,
                         const uint8_t *buf, size_t len);

enum pf_header {
    PF_HEADER_NONE,          /* no name, or one that says nothing */
    PF_HEADER_WEAK,          /* of cards, not of their numbers in so many words */
    PF_HEADER_CARD,          /* a card number's name */
    PF_HEADER_OTHER,         /* another number's name */
    PF_HEADER_CHECKED,       /* of a number that can have a Luhn digit of its own: IMEI, ICCID, another card */
};

/* What the column of a table says about a number in it (table.h). */
struct pf_opinion {
    uint8_t header;          /* enum pf_header */
    uint8_t share;           /* enum pf_share of the column's numbers, published test numbers left out */
    uint8_t share_all;       /* the same with them: for a published number */
    bool ids;                /* many numbers, and no more pass Luhn than by chance, or they count up */
    bool zeros;              /* all of 16 digits end in 0: a spreadsheet lost them */
    bool token;              /* the name is that of tokens in place of card numbers */
    bool one_prefix;         /* all begin with the same six digits or more */
};

/* What the column makes of it, whether it is kept where it waited for that too; `published`: the
 * number is a published test number. */
void pf_score_column(struct pf_grade *grade, const struct pf_opinion *opinion, bool published);

/* What the share test makes of it. */
void pf_score_share(struct pf_grade *grade, enum pf_share share);

#endif
