/* elements.h - the elements of one object that are no whole card number: codes,
 * PIN blocks, truncated and hidden numbers. Layer: detect. Each truncated number
 * is one entry however often it stands there; every other element is an entry of
 * its own. Listed are the first PF_ELEMENTS_LISTED of a class by their place, whatever
 * the order in which they come; the others are counted. */
#ifndef PF_DETECT_ELEMENTS_H
#define PF_DETECT_ELEMENTS_H

#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/seat.h"

struct pf_listed {
    struct pf_element element;        /* pan: always empty here */
    struct pf_seat seat;
    uint64_t count;
};

struct pf_elements {
    struct pf_listed *list;           /* PF_CLASS_COUNT * PF_ELEMENTS_LISTED; taken when first needed */
    size_t n;
    size_t of_class[PF_CLASS_COUNT];
    size_t last[PF_CLASS_COUNT];      /* of a full class: the entry that stands last in the object */
    struct pf_listed more[PF_CLASS_COUNT];   /* count 0: none beyond the list */
    bool lost;                        /* no memory for the list: all are in `more` */
};

void pf_elements_release(struct pf_elements *elements);
void pf_elements_clear(struct pf_elements *elements);
void pf_elements_add(struct pf_elements *elements, const struct pf_element *element, const struct pf_seat *seat);

/* False: one of this class at this place is only counted, behind the first that is. */
bool pf_elements_lists(const struct pf_elements *elements, enum pf_class cls, uint64_t offset);

/* Hands out all, in the order of their places, those counted last. */
void pf_elements_each(struct pf_elements *elements, void (*fn)(void *ctx, const struct pf_listed *listed, bool counted),
                      void *ctx);

#endif
