/* fingerprint.h - a keyed name for a number, so that the same number is known
 * again elsewhere and nobody without the key can find it by trying numbers.
 * Layer: detect. The key lives in locked memory that core dumps leave out. */
#ifndef PF_DETECT_FINGERPRINT_H
#define PF_DETECT_FINGERPRINT_H

#include "pan-finder/base/status.h"
#include "pan-finder/detect/pan.h"
#include "pan-finder/finding/record.h"

struct pf_fingerprinter;

/* Copies the key of PF_KEY_BYTES bytes. Yours: pf_fingerprinter_free, which
 * wipes the key and accepts NULL. PF_E_NOMEM, PF_E_INTERNAL. */
PF_MUST_CHECK enum pf_status pf_fingerprinter_new(struct pf_fingerprinter **out,
                                                  const uint8_t *key, struct pf_error *err);
void pf_fingerprinter_free(struct pf_fingerprinter *fingerprinter);

/* Keyed BLAKE2b (RFC 7693) of the digits as ASCII, 16 bytes, as hex. */
void pf_fingerprint(const struct pf_fingerprinter *fingerprinter, const struct pf_pan *pan,
                    char out[PF_FINGERPRINT_HEX + 1]);

#endif
