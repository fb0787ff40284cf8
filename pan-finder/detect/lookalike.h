/* lookalike.h - what a number can be instead of a card number.
 * Layer: detect. Judges shape and nearest bytes alone; the words around it are
 * context.h's. What each sign does to the confidence: score.c. */
#ifndef PF_DETECT_LOOKALIKE_H
#define PF_DETECT_LOOKALIKE_H

#include "pan-finder/detect/candidate.h"

enum pf_lookalike_flags {
    PF_LOOK_REPEAT = 1 << 0,      /* all digits equal, or counting up or down */
    PF_LOOK_POWER = 1 << 1,       /* a power of two, or one beside it */
    PF_LOOK_UUID = 1 << 2,        /* groups of hex digits joined by hyphens */
    PF_LOOK_HEX = 1 << 3,         /* part of a longer run of hex digits */
    PF_LOOK_FRACTION = 1 << 4,    /* behind a decimal point, or followed by one */
    PF_LOOK_SIGNED = 1 << 5,      /* '+' before it: a telephone number */
    PF_LOOK_TABLE = 1 << 6,       /* four groups of a longer row of groups */
    PF_LOOK_LETTER = 1 << 7,      /* a letter or '_' touches it */
    PF_LOOK_BLOCK = 1 << 8,       /* one block of four digits, repeated */
    PF_LOOK_EAN13 = 1 << 9,       /* 13 digits with a valid product check digit */
    PF_LOOK_DATE = 1 << 10,       /* ddmmyyyyhhmmss, or .NET ticks */
    PF_LOOK_KANJI = 1 << 11,      /* halves of kanji in seven bits (ISO-2022-JP) */
    PF_LOOK_DUMP = 1 << 12,       /* bytes in a line of a hex dump: read as a wrapping (wrap/hexdump.c) */
};

/* The number as an integer; no card number begins with 0. */
uint64_t pf_pan_number(const struct pf_pan *pan);
uint64_t pf_candidate_number(const struct pf_candidate *candidate);

/* `number` is the candidate's; buf[0..len) is its window. */
unsigned pf_lookalike(const struct pf_candidate *candidate, uint64_t number,
                      const uint8_t *buf, size_t len);

#endif
