/* digest.h - SHA-256 (FIPS 180-4) of files and chains. Layer: assess. */
#ifndef ASSESS_DIGEST_H
#define ASSESS_DIGEST_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASM_HEX (64 + 1)

/* A chain over lines: head = SHA-256(head before, 32 bytes || line with its
 * newline); the first head is 32 zero bytes. Dropping, changing or reordering
 * a line changes every head after it. */
struct asm_chain {
    uint8_t head[32];
    uint64_t lines;
};

/* False: the library failed, nothing can be trusted. */
bool asm_chain_add(struct asm_chain *chain, const char *line, size_t len);
void asm_hex(const uint8_t digest[32], char out[ASM_HEX]);

/* Of a whole file, by its descriptor from its start. */
PF_MUST_CHECK enum pf_status asm_digest_fd(int fd, char out[ASM_HEX], uint64_t *size,
                                           struct pf_error *err);

#endif
