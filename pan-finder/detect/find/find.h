/* find.h - what looks for data elements other than a plain number.
 * Layer: detect. One file per element, one row in finders.def. A finder looks at
 * one window of one layer (layer.h), tells what begins in [lo, hi) and keeps no
 * state between windows (but packed.h, whose order of fields is that of the bytes): what it tells depends on at most PF_LOOKBEHIND bytes
 * before and PF_LOOKAHEAD bytes after the place, so that the answer is the same
 * however an object is cut. It must stay cheap: it looks where a mark says so, or
 * around numbers that were found. */
#ifndef PF_DETECT_FIND_H
#define PF_DETECT_FIND_H

#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/kernel/marks.h"
#include "pan-finder/detect/pan.h"
#include "pan-finder/detect/score.h"
#include "pan-finder/detect/text.h"
#include "pan-finder/detect/window.h"

/* A data element recognised by its structure or by its name. */
struct pf_element {
    enum pf_class cls;
    enum pf_confidence confidence;
    uint64_t reasons;               /* bit n: enum pf_reason n */
    struct pf_pan pan;              /* the whole number, where it holds one; n 0: none. Wiped by the finder */
    struct pf_masked_pan masked;    /* a truncated number as it stands: digits and '*'; "" otherwise */
    const struct pf_brand *brand;   /* NULL: that of pan, or none */
    const char *form;               /* a literal: how its digits stood, "ascii", "bcd", ... (finding-format.md, encoding) */
    uint32_t start, end;            /* its bytes in the window */
    uint8_t digits;                 /* length of the number, 0 when none */
    bool shared;                    /* the share test may raise it (numbers of a packed column) */
};

/* The element is borrowed for the call. */
typedef void pf_element_fn(void *ctx, const struct pf_element *element);

struct pf_packed;

struct pf_look {
    const struct pf_view *view;
    const uint16_t *marks;          /* of view->buf, a word each 64 bytes */
    uint16_t any;                   /* all marks of the words from the one of lo on, or-ed */
    enum pf_text text;              /* what the object looks like; a decoded layer: by its own first bytes */
    bool long_digits;               /* PF_LONG_RUN digits or more stand somewhere in a row */
    bool runs;                      /* a run of digits that may hold a number stands somewhere (struct pf_shape_count) */
    bool glued;                     /* PF_GLUED_RUN digits or more stand unbroken somewhere */
    bool decoded;                   /* the bytes were decoded from text: hex, base64, ... */
    struct pf_packed *packed;       /* takes packed decimal fields, which are told when the layer ends; NULL: none are looked for */
    pf_element_fn *fn;
    void *ctx;
};

typedef void pf_find_fn(const struct pf_look *look);

/* The next place in [from, until) whose word has one of `flags`: the word's first
 * byte or `from`; SIZE_MAX when there is none. Skips 64 bytes a step. */
static inline size_t pf_look_next(const struct pf_look *look, unsigned flags, size_t from, size_t until)
{
    size_t word;

    if (from >= until || (look->any & flags) == 0)
        return SIZE_MAX;
    word = pf_marks_next(look->marks, flags, from / PF_MARK_WORD, (until + PF_MARK_WORD - 1) / PF_MARK_WORD);
    if (word * PF_MARK_WORD > from)
        from = word * PF_MARK_WORD;
    return from < until ? from : SIZE_MAX;
}

#define PF_FINDER(name) pf_find_fn pf_find_##name;
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER

#endif
