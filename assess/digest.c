/* digest.c - see digest.h. The only file that knows OpenSSL. */
#include "assess/digest.h"
#include "pan-finder/base/io.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <unistd.h>

bool asm_chain_add(struct asm_chain *chain, const char *line, size_t len)
{
    static EVP_MD_CTX *ctx;
    unsigned n = 0;

    if (ctx == NULL && (ctx = EVP_MD_CTX_new()) == NULL)
        return false;
    chain->lines++;
    return EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 &&
           EVP_DigestUpdate(ctx, chain->head, sizeof chain->head) == 1 &&
           EVP_DigestUpdate(ctx, line, len) == 1 &&
           EVP_DigestFinal_ex(ctx, chain->head, &n) == 1 && n == sizeof chain->head;
}

void asm_hex(const uint8_t digest[32], char out[ASM_HEX])
{
    for (int i = 0; i < 32; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

enum pf_status asm_digest_fd(int fd, char out[ASM_HEX], uint64_t *size, struct pf_error *err)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    static uint8_t room[1 << 18];
    uint8_t digest[32];
    bool ok = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1;
    ssize_t n = 1;

    *size = 0;
    (void)lseek(fd, 0, SEEK_SET);
    while (ok && n != 0) {
        n = pf_read(fd, room, sizeof room);
        ok = n >= 0 && EVP_DigestUpdate(ctx, room, (size_t)n) == 1;
        *size += n > 0 ? (uint64_t)n : 0;
    }
    ok = ok && EVP_DigestFinal_ex(ctx, digest, NULL) == 1;
    EVP_MD_CTX_free(ctx);
    if (!ok)
        return pf_fail(err, PF_E_IO, "cannot compute the digest of a file");
    asm_hex(digest, out);
    return PF_OK;
}
