/* marks_steps.h - steps of the marks in plain C, compiled into each fast kernel.
 * Layer: detect. The words of a block are told apart by classes first
 * (marks_class.h); what these say "maybe" to comes here. */
#ifndef PF_DETECT_MARKS_STEPS_H
#define PF_DETECT_MARKS_STEPS_H

#include "pan-finder/detect/kernel/marks_check.h"
#include "pan-finder/detect/kernel/marks_class.h"

#define EACH_BIT(i, bits) (uint64_t m = (bits), i = 0; m != 0 && (i = (uint64_t)__builtin_ctzll(m), true); m &= m - 1)

enum { STEPS = 5 };             /* in which rows grow */

extern const uint8_t pf_row_spans[8];

/* Kinds of characters that a word holds. */
enum { UPPER = 1, LOWER = 2, OTHER = 4, BASE64_ALL = 7 };

#define BY_KIND (1u << PF_ROW_BASE64)

/* Rows of kinds that a bit each of `here` and `before` stands for begin in the word of
 * marks[0], or in the one before; these need no further look. */
void pf_rows_sure(unsigned here, unsigned before, uint16_t *marks);

/* The same for rows that need kinds of characters: `found` are those of the word,
 * `found_both` those of the word and the one before. */
void pf_rows_by_kind(unsigned here, unsigned before, unsigned found, unsigned found_both, uint16_t *marks);

/* Rows that have to be looked at byte by byte; `end` has their ends by kind. */
void pf_rows_check(const uint64_t end[8], const uint8_t *at, uint16_t *marks);

/* The marks that a hint at c stands for. */
unsigned pf_hint_check(const uint8_t *c);

/* What bytes are, in a word: bit i, byte i. */
struct masks { uint64_t zero, digit, ff, ten, ebcdic, decimal, low, no_text; };

/* PF_MARK_UNITS of a word with zeros at these bits, or 0. */
unsigned pf_zeros_mark(uint64_t zero);

/* The marks of the first of two words for digits that are no ASCII. */
unsigned pf_masks_mark(const struct masks *here, const struct masks *next);

#endif
