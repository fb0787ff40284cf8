/* kernel.h - finds where in a buffer a card number could stand, fast.
 * Layer: detect. One file per kernel; all give the same answer as the scalar
 * one, byte for byte (tests/unit/detect/kernel/test_kernel.c).
 *
 * A run is a maximal stretch that starts and ends with a digit of one dress and
 * whose neighbouring digits have at most a short gap of separator-like bytes
 * between them (dress.h); only runs of PF_PAN_MIN digits or more are reported.
 * Which gap really is a separator is decided later (candidate.h), on few bytes. */
#ifndef PF_DETECT_KERNEL_H
#define PF_DETECT_KERNEL_H

#include "pan-finder/detect/kernel/marks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How digits can be dressed. The value is stored in records by its name. */
enum pf_dress {
    PF_DRESS_ASCII,
    PF_DRESS_UTF16LE,      /* 3x 00, at any alignment */
    PF_DRESS_UTF16BE,      /* 00 3x */
    PF_DRESS_FW_UTF8,      /* full-width U+FF10..FF19: EF BC 90..99 */
    PF_DRESS_FW_SJIS,      /* 82 4F..58 */
    PF_DRESS_FW_EUCJP,     /* A3 B0..B9 */
    PF_DRESS_MARKED,       /* those from here on are found where marks stand (pf_marked_runs) */
    PF_DRESS_UTF32LE = PF_DRESS_MARKED,   /* 3x 00 00 00 */
    PF_DRESS_UTF32BE,      /* 00 00 00 3x */
    PF_DRESS_FW_UTF16LE,   /* full-width in UTF-16: 1x FF */
    PF_DRESS_FW_UTF16BE,   /* FF 1x */
    PF_DRESS_ISO2022JP,    /* JIS X 0208 row 3 in seven bits: 23 3x */
    PF_DRESS_EBCDIC,       /* F0..F9: code pages 037, 1047, 930, 939 */
    PF_DRESS_COUNT
};

const char *pf_dress_name(enum pf_dress dress);   /* names of docs/finding-format.md, "encoding" */

struct pf_run {
    uint32_t start;        /* first byte of the first digit */
    uint32_t end;          /* one past the last byte of the last digit */
    uint32_t digits;       /* digits in it */
    uint32_t dress;        /* enum pf_dress */
};

/* Takes the next n >= 1 runs. They are borrowed for the call. */
typedef void pf_runs_fn(void *ctx, const struct pf_run *run, size_t n);

/* Finds the runs of buf[0..len) and hands them to `fn` in batches, ordered by
 * start. Runs of different dresses do not overlap, except that one text can
 * read both as UTF-16LE and as UTF-16BE.
 *   reads    never outside buf[0..len); any alignment; len may be 0, < 2^31 */
typedef void pf_digitrun_fn(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx);

/* The runs of the dresses from PF_DRESS_MARKED on: looked for in words that hold
 * PF_MARK_WIDE or PF_MARK_EBCDIC and the word before each. Handed out one by one,
 * dress by dress, ordered by start within one; each once. */
void pf_marked_runs(const uint8_t *buf, size_t len, const uint16_t *marks, pf_runs_fn *fn, void *ctx);

/* The first look at runs that are one unbroken number, by far the most in a
 * dense file: ASCII, of 12..16 digits, ending at byte 16 of buf or later.
 *   run,n    at most 64 runs
 *   shapes   gets one more at [digits] for each such run whose first four digits
 *            and length fit a brand (iin.h), and that fails Luhn
 *   returns  bit i: run i needs the caller's judgement. Clear for runs of this
 *            kind that fit no brand, or fail Luhn where every brand needs it;
 *            always set for other runs, and for what may be filler (luhn.h) */
typedef uint64_t pf_plain_fn(const uint8_t *buf, const struct pf_run *run, size_t n, uint64_t *shapes);

/* The one of avx2, stride and scalar; the fastest for a single run. */
pf_plain_fn pf_portable_plain;

/* Rules nothing out but what fits no brand, and counts nothing: for a search that
 * tells of what fails Luhn too. */
pf_plain_fn pf_every_plain;

/* Counts the '\n' in buf[0..len). */
typedef size_t pf_newlines_fn(const uint8_t *buf, size_t len);

struct pf_kernel {
    const char *name;               /* --kernel=NAME */
    bool (*supported)(void);        /* asks this CPU */
    pf_digitrun_fn *digitrun;
    pf_plain_fn *plain;
    pf_newlines_fn *newlines;
    pf_marks_fn *marks;
};

/* Best first, "stride" (portable) and "scalar" (the oracle) last; ends with a
 * row whose name is NULL. */
extern const struct pf_kernel pf_kernels[];

/* NULL or "auto": the best one this CPU has. NULL when the name is unknown or
 * the CPU lacks it. */
const struct pf_kernel *pf_kernel_pick(const char *name);

#endif
