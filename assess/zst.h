/* zst.h - a Zstandard file, written or read as a stream (RFC 8878). Layer: assess. */
#ifndef ASSESS_ZST_H
#define ASSESS_ZST_H

#include "pan-finder/base/status.h"

#include <stddef.h>

struct asm_zst;

/* The descriptor is borrowed. NULL: no memory. */
struct asm_zst *asm_zst_writer(int fd);
PF_MUST_CHECK enum pf_status asm_zst_write(struct asm_zst *z, const void *data, size_t len,
                                           struct pf_error *err);
/* Ends the frame; whole only after this. */
PF_MUST_CHECK enum pf_status asm_zst_finish(struct asm_zst *z, struct pf_error *err);
void asm_zst_free(struct asm_zst *z);

/* Decodes all of fd, from its start, into `out` (a descriptor). PF_STOP when
 * the reader of `out` has gone. */
PF_MUST_CHECK enum pf_status asm_zst_copy(int fd, int out, struct pf_error *err);

#endif
