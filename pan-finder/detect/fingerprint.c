/* fingerprint.c - keyed BLAKE2b by libsodium; the only file that includes it. */
#include "pan-finder/detect/fingerprint.h"

#include "pan-finder/detect/detector.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct pf_fingerprinter {
    uint8_t key[PF_KEY_BYTES];
};

static void hex(const uint8_t *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}

enum pf_status pf_fingerprinter_new(struct pf_fingerprinter **out, const uint8_t *key,
                                    struct pf_error *err)
{
    struct pf_fingerprinter *f;

    *out = NULL;
    if (sodium_init() < 0)
        return pf_fail(err, PF_E_INTERNAL, "the cryptographic library does not start");
    f = calloc(1, sizeof *f);
    if (!f)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    /* Locking may be refused by a small RLIMIT_MEMLOCK: the run goes on, the
     * key is still left out of core dumps (PR_SET_DUMPABLE is the cage's part). */
    (void)sodium_mlock(f, sizeof *f);
    memcpy(f->key, key, sizeof f->key);
    *out = f;
    return PF_OK;
}

void pf_fingerprinter_free(struct pf_fingerprinter *f)
{
    if (!f)
        return;
    sodium_munlock(f, sizeof *f);      /* wipes */
    free(f);
}

void pf_fingerprint(const struct pf_fingerprinter *f, const struct pf_pan *pan,
                    char out[PF_FINGERPRINT_HEX + 1])
{
    uint8_t digest[PF_FINGERPRINT_HEX / 2], text[PF_PAN_MAX];

    for (size_t i = 0; i < pan->n; i++)
        text[i] = (uint8_t)('0' + pan->digit[i]);
    crypto_generichash(digest, sizeof digest, text, pan->n, f->key, sizeof f->key);
    hex(digest, sizeof digest, out);
    sodium_memzero(text, sizeof text);
}

void pf_key_id(const uint8_t key[PF_KEY_BYTES], char out[17])
{
    static const char what[] = "hihoji key id";
    uint8_t digest[16];

    crypto_generichash(digest, sizeof digest, (const uint8_t *)what, sizeof what - 1, key, PF_KEY_BYTES);
    hex(digest, 8, out);
}
