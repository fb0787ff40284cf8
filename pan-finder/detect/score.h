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
    bool world;              /* in a range of a brand that takes part in PCI */
    bool rare;               /* of a length that the brand seldom issues */
    uint8_t cls;             /* enum pf_class: PAN_CLEAR; SAD_TRACK in a track with discretionary data; ... */
};

/* `number` is the candidate's (pf_candidate_number); buf[0..len) its window. */
struct pf_grade pf_score(const struct pf_candidate *candidate, uint64_t number,
                         const uint8_t *buf, size_t len);

/* What the share test makes of it. */
void pf_score_share(struct pf_grade *grade, enum pf_share share);

#endif
