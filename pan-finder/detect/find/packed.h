/* packed.h - the packed and zoned decimal fields of one layer that could be card numbers, and
 * which of them are: told by their columns when the layer ends. Layer: detect.
 * Records are as wide as they are, so that a column is seen only when all fields of
 * the layer are: this is the state that pf_find_packed does without. Holds clear
 * numbers: wiped. The answer depends on the fields in their order alone, however
 * the layer was cut into windows. */
#ifndef PF_DETECT_FIND_PACKED_H
#define PF_DETECT_FIND_PACKED_H

#include "pan-finder/detect/find/find.h"

/* How a number can stand: nibbles before it, its digits, what follows, bytes in all.
 * Zero bytes before it and F bytes behind it are no part of it.
 * Zoned: a digit a byte, in EBCDIC; the last one may have a sign in its upper half, C or D. */
enum pf_packed_tail { PF_PACKED_ENDS, PF_PACKED_SIGN, PF_PACKED_ZONED };
struct pf_packed_layout { uint8_t lead, digits, tail, bytes; };

#define PF_PACKED_LAYOUTS 11
extern const struct pf_packed_layout pf_packed_layout[PF_PACKED_LAYOUTS];

#define PF_PACKED_STARTS 3
#define PF_PACKED_HEAD 16384    /* bytes at a layer's start where fields are looked for without marks, unless it is text */

/* What its own surroundings say: nothing; an expiry date behind it and a sign; words. */
enum pf_packed_alone { PF_PACKED_NOTHING, PF_PACKED_POSSIBLE, PF_PACKED_PROBABLE };

/* A place with the digits, the length and the range of a brand that takes part in PCI. */
struct pf_packed_field {
    uint64_t at;               /* of its first byte in the layer */
    uint64_t number;
    uint8_t layout;
    bool passes;               /* Luhn, and it is no filler */
    bool wordy;                /* nearly all its bytes are letters and digits of ASCII or EBCDIC */
    bool filled;               /* bytes come again near by: filler, counters; counts in a column of others only */
    bool zero_before, fill_behind;     /* a shorter number of a column to the right, to the left */
    uint16_t record[PF_PACKED_STARTS];     /* bytes from where its record of varying length may start; 0: none */
    bool chained;              /* that is known: another record is seen behind it, and one behind that */
    uint8_t alone;             /* enum pf_packed_alone */
    uint16_t rank;             /* witnesses before it (pf_packed_map); set when it is decided */
    bool judged;               /* verdict: enum pf_confidence by its column, -1 for none; set when it is decided */
    int8_t verdict;
};

/* `at`: where in the layer it stands; start and end of the element count from there. */
typedef void pf_packed_fn(void *ctx, const struct pf_element *element, uint64_t at);

#define PF_PACKED_ROOM 16384u   /* fields held; a quarter of them is seen before and behind each, at least */
#define PF_PACKED_MAP_LOG2 13u
#define PF_PACKED_STRETCHES 4096u

/* Where the fields of a layer stand, made anew each time some are decided: in programs thousands
 * of fields ask for hundreds of places each, at nearly all of which none stands.
 *   taken    three bits of one word, by a hash, for each place where a field begins or ends:
 *            one in a hundred other places has them too
 *   first    the first field of each stretch of 2^shift bytes, from the first field's place on
 *   witness  the fields that pass and are not filled, in their order */
struct pf_packed_map {
    unsigned log2;             /* of the words of `taken` in use */
    unsigned shift;
    size_t stretches, witnesses;
    uint64_t taken[1u << PF_PACKED_MAP_LOG2];
    uint16_t first[PF_PACKED_STRETCHES + 1];
    uint16_t witness[PF_PACKED_ROOM];
};

struct pf_packed {
    struct pf_packed_field *field;     /* in the order of `at` */
    struct pf_packed_map *map;
    size_t n, decided;                 /* those before `decided` are done, and stay as neighbours */
    uint64_t passed, watch;            /* the last field that passes; up to there fields are looked for without marks */
    pf_packed_fn *fn;
    void *ctx;
};

/* False: no memory. */
bool pf_packed_init(struct pf_packed *packed, pf_packed_fn *fn, void *ctx);
void pf_packed_release(struct pf_packed *packed);

/* Records of varying length (z/OS, RECFM=V): two bytes of length, which they are part of, and two of
 * zero, before each. Sets the field's record and chained, which must be 0: the field stands at buf[at],
 * the nearest starts before it whose record holds it; one of a record that others are seen behind is the
 * only one: a counter before two zeros reads as a length. */
void pf_packed_records(const struct pf_view *view, size_t at, struct pf_packed_field *field);

/* Fields must come in the order of `at`. Tells some when there is no more room. */
void pf_packed_add(struct pf_packed *packed, const struct pf_packed_field *field);

/* The layer ends: tells the rest and forgets all. */
void pf_packed_end(struct pf_packed *packed);

#endif
