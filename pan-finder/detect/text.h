/* text.h - is an object text, and on which line does a byte stand?
 * Layer: detect. */
#ifndef PF_DETECT_TEXT_H
#define PF_DETECT_TEXT_H

#include "pan-finder/detect/kernel/kernel.h"

enum pf_text {
    PF_TEXT_NONE, PF_TEXT_BYTES, PF_TEXT_UTF16LE, PF_TEXT_UTF16BE, PF_TEXT_UTF32LE, PF_TEXT_UTF32BE,
    PF_TEXT_EBCDIC,           /* lines end with 15 or 25; records of fixed length have no lines */
};

/* Judges by the first bytes of the object, buf[0..len). */
enum pf_text pf_text_look(const uint8_t *buf, size_t len);

/* Counts line ends as far as they were asked for. */
struct pf_lines {
    uint64_t offset;      /* counted up to here */
    uint64_t ends;        /* line ends before it */
};

void pf_lines_begin(struct pf_lines *lines);

/* The line (from 1) of the byte at buf[at], where buf[0] is at `offset` of the
 * object. Asked in rising order, it reads every byte once; a place before one that was
 * asked for, but not before buf[0], costs the bytes between. */
uint64_t pf_lines_at(struct pf_lines *lines, const struct pf_kernel *kernel, enum pf_text text,
                     const uint8_t *buf, uint64_t offset, size_t at);

#endif
