/* key.h - the fingerprint key of an assessment. Layer: cli. */
#ifndef PF_CLI_KEY_H
#define PF_CLI_KEY_H

#include "pan-finder/base/status.h"
#include "pan-finder/detect/detector.h"

/* Reads PF_KEY_BYTES from `path`, or makes the file (mode 0600) with random
 * bytes. path NULL or "": a random key for this run alone. PF_E_USAGE when the
 * file is not a key or others may read it; PF_E_IO. */
PF_MUST_CHECK enum pf_status pf_key_load(const char *path, uint8_t key[PF_KEY_BYTES],
                                         struct pf_error *err);

#endif
