/* judge.h - takes the candidates and elements of one object, hands out its findings.
 * Layer: detect. A number is one finding however often it stands in the object;
 * its confidence is known when the object ends (share test), or when
 * PF_OBJECT_FINDINGS distinct numbers are held: then those so far are judged,
 * handed out and forgotten. */
#ifndef PF_DETECT_JUDGE_H
#define PF_DETECT_JUDGE_H

#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/elements.h"
#include "pan-finder/detect/fingerprint.h"
#include "pan-finder/detect/ledger.h"
#include "pan-finder/detect/table.h"

struct pf_judge {
    struct pf_ledger ledger;
    uint32_t *order;                                /* room to sort the ledger's entries by place */
    bool mixed;                                     /* entries do not stand in the order of their places */
    struct pf_elements elements;                    /* what is no whole number */
    struct pf_shape_count count;                    /* filled by pf_candidates */
    uint64_t passed[PF_PAN_MAX + 1];                /* distinct numbers that take part in the share test, by length */
    uint64_t published[PF_PAN_MAX + 1];             /* of these, published test numbers */
    uint64_t possible;                              /* listed one by one so far */
    struct { uint64_t count, offset, line; } unlisted;
    uint64_t findings;
    struct pf_table *table;                         /* columns of the object; borrowed; NULL: none */
    const struct pf_fingerprinter *fingerprinter;   /* borrowed */
    const struct pf_finding_sink *sink;             /* borrowed from begin to end */
    struct pf_user_rules *rules;                    /* of the operator; borrowed; NULL: none */
    const char *where;
    bool regional;
};

bool pf_judge_init(struct pf_judge *judge, size_t cap, const struct pf_fingerprinter *fingerprinter,
                   bool regional);
void pf_judge_release(struct pf_judge *judge);

void pf_judge_begin(struct pf_judge *judge, const struct pf_finding_sink *sink, const char *where);

/* Takes a candidate of the window buf[0..len). Returns the number's entry when
 * this is the first place where it stands as a number, for line, column and code to be set. */
struct pf_entry *pf_judge_take(struct pf_judge *judge, const struct pf_candidate *candidate,
                               const uint8_t *buf, size_t len, const struct pf_seat *seat);

/* False: the line of an element at this place is not needed. */
bool pf_judge_wants_line(const struct pf_judge *judge, const struct pf_element *element, uint64_t offset);

/* Takes an element: into the ledger when it has a whole number. */
void pf_judge_element(struct pf_judge *judge, const struct pf_element *element, const struct pf_seat *seat);

/* Hands out what is left; the judge can begin anew. */
void pf_judge_end(struct pf_judge *judge);

#endif
