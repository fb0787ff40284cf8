/* candidate.h - from runs of digits to numbers that could be a PAN.
 * Layer: detect. Splits a run into groups at its separators, tries every
 * sub-run that starts and ends at a group border, and keeps what has the length
 * and issuer range of a brand. What is kept depends on the groups beside it and
 * the bytes around it only, so that the answer is the same however an object is
 * cut into windows. Runs on every digit run of the input: it must stay cheap on
 * long columns of ids. */
#ifndef PF_DETECT_CANDIDATE_H
#define PF_DETECT_CANDIDATE_H

#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/pan.h"

/* How the digits were grouped. */
enum pf_grouping {
    PF_GROUP_NONE,        /* one unbroken run */
    PF_GROUP_USUAL,       /* a grouping used on cards: 4-4-4-4, 4-6-5, 4-6-4, 4-4-4-4-3, 6-13, ... */
    PF_GROUP_ODD,         /* any other, all separators alike */
};

/* What stands directly before or after the number. */
enum pf_side {
    PF_SIDE_CLEAN,        /* start or end of the object, or no letter, digit or joiner */
    PF_SIDE_LETTER,       /* an ASCII letter or '_' (a kanji or kana is CLEAN) */
    PF_SIDE_HEX,          /* a letter a-f/A-F that continues a run of hex digits */
    PF_SIDE_DIGITS,       /* separator and more digits: this is a sub-run */
    PF_SIDE_POINT,        /* digits and a decimal point: looks like a fraction (not ".0", ".00") */
};

struct pf_candidate {
    struct pf_pan pan;
    const struct pf_brand *brand;   /* the narrowest range that holds it */
    uint32_t start, end;            /* bytes in the window: first digit .. one past the last */
    uint8_t dress;                  /* enum pf_dress */
    uint8_t grouping;               /* enum pf_grouping */
    uint8_t separator;              /* 0 none, else ' ', '-', '.', '\t', '_', '/', '+', 'n' (no-break space), 'o' (other) */
    uint8_t before, after;          /* enum pf_side */
    bool luhn;                      /* false only for a brand whose numbers need not pass */
    bool either;                    /* a little-endian dress that reads as its big-endian one just as well,
                                     * one byte earlier (UTF-32: three): the place in the object decides */
};

/* Numbers seen whose first four digits and length fit a brand, by length; and
 * how many of them pass Luhn. Odd groupings and filler (luhn.h) do not count. */
#define PF_LONG_RUN 32
#define PF_GLUED_RUN 17
#define PF_STRIPE_RUN 14        /* the shortest number on a stripe of JIS II that is looked for */

struct pf_shape_count {
    uint64_t shapes[PF_PAN_MAX + 1];
    uint64_t luhn[PF_PAN_MAX + 1];
    uint64_t runs;           /* runs of PF_STRIPE_RUN digits or more that the first look does not rule out, and all behind `hi` */
    uint64_t glued_runs;     /* rows of PF_GLUED_RUN digits or more, unbroken, that touch [lo, hi) */
    uint64_t long_runs;      /* runs of PF_LONG_RUN digits or more that were met, also behind `hi` */
};

/* Called for each candidate that passes Luhn (or whose brand has numbers that do not;
 * or any, for a kernel whose first look is pf_every_plain),
 * ordered by start but for overlapping readings of UTF-16. The candidate is
 * borrowed for the call and wiped after it. */
typedef void pf_candidate_fn(void *ctx, const struct pf_candidate *candidate);

/* Judges the runs of one window.
 *   buf,len    the window; bytes before and after it are unknown unless the
 *              object starts (`first`) or ends (`last`) with it
 *   lo,hi      only candidates whose first digit stands in [lo, hi) are reported
 *              and counted: the neighbour windows have the others */
void pf_candidates(const struct pf_kernel *kernel, const uint8_t *buf, size_t len,
                   size_t lo, size_t hi, bool first, bool last,
                   struct pf_shape_count *count, pf_candidate_fn *fn, void *ctx);

/* The same for the dresses from PF_DRESS_MARKED on, which pf_candidates does not
 * look for: `marks` are those of the window (kernel/marks.h). Ordered by start
 * within a dress. Costs nothing where no word has PF_MARK_WIDE or PF_MARK_EBCDIC. */
void pf_marked_candidates(const uint8_t *buf, size_t len, size_t lo, size_t hi, const uint16_t *marks,
                          struct pf_shape_count *count, pf_candidate_fn *fn, void *ctx);

#endif
