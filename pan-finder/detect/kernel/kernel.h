/* kernel.h - finds where in a buffer a card number could stand, fast.
 * Layer: detect. One file per kernel; all give the same answer as the scalar
 * one, byte for byte (tests/unit/detect/kernel/test_kernel.c).
 *
 * A run is a maximal stretch that starts and ends with a digit of one dress and
 * whose neighbouring digits have at most PF_GAP_BYTES separator-like bytes
 * between them; only runs of PF_PAN_MIN digits or more are reported. Which gap
 * really is a separator is decided later (candidate.h), on few bytes. */
#ifndef PF_DETECT_KERNEL_H
#define PF_DETECT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_GAP_BYTES 3    /* bytes of the longest separator: one UTF-8 character of U+0800..U+FFFF, or " - " */

/* How digits can be dressed. The value is stored in records by its name. */
enum pf_dress {
    PF_DRESS_ASCII,
    PF_DRESS_UTF16LE,      /* 3x 00, at any alignment */
    PF_DRESS_UTF16BE,      /* 00 3x */
    PF_DRESS_FW_UTF8,      /* full-width U+FF10..FF19: EF BC 90..99 */
    PF_DRESS_FW_SJIS,      /* 82 4F..58 */
    PF_DRESS_FW_EUCJP,     /* A3 B0..B9 */
    PF_DRESS_COUNT
};

const char *pf_dress_name(enum pf_dress dress);   /* names of docs/finding-format.md, "encoding" */

struct pf_run {
    uint32_t start;        /* first byte of the first digit */
    uint32_t end;          /* one past the last byte of the last digit */
    uint8_t dress;         /* enum pf_dress */
};

/* Finds the runs of buf[0..len), ordered by start, at most `cap` of them.
 *   reads    never outside buf[0..len); any alignment; len may be 0
 *   from     where to begin; a run that began before `from` is cut there
 *   next     set to where the search must go on; len when it is done
 *   returns  the number of runs written to out */
typedef size_t pf_digitrun_fn(const uint8_t *buf, size_t len, size_t from,
                              struct pf_run *out, size_t cap, size_t *next);

/* Counts the '\n' in buf[0..len). */
typedef size_t pf_newlines_fn(const uint8_t *buf, size_t len);

struct pf_kernel {
    const char *name;               /* --kernel=NAME */
    bool (*supported)(void);        /* asks this CPU */
    pf_digitrun_fn *digitrun;
    pf_newlines_fn *newlines;
};

/* Best first, "stride" (portable) and "scalar" (the oracle) last; ends with a
 * row whose name is NULL. */
extern const struct pf_kernel pf_kernels[];

/* NULL or "auto": the best one this CPU has. NULL when the name is unknown or
 * the CPU lacks it. */
const struct pf_kernel *pf_kernel_pick(const char *name);

#endif
