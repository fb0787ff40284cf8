/* zst.c - see zst.h. */
#include "assess/zst.h"
#include "pan-finder/base/io.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define ROOM (128 * 1024)
#define LEVEL 3

struct asm_zst {
    int fd;
    ZSTD_CStream *z;
    uint8_t out[ROOM];
};

struct asm_zst *asm_zst_writer(int fd)
{
    struct asm_zst *z = malloc(sizeof *z);

    if (z == NULL)
        return NULL;
    z->fd = fd;
    z->z = ZSTD_createCStream();
    if (z->z == NULL || ZSTD_isError(ZSTD_initCStream(z->z, LEVEL))) {
        asm_zst_free(z);
        return NULL;
    }
    return z;
}

void asm_zst_free(struct asm_zst *z)
{
    if (z != NULL)
        (void)ZSTD_freeCStream(z->z);
    free(z);
}

static enum pf_status run(struct asm_zst *z, const void *data, size_t len, ZSTD_EndDirective how,
                          struct pf_error *err)
{
    ZSTD_inBuffer in = { data, len, 0 };
    size_t left;

    do {
        ZSTD_outBuffer out = { z->out, sizeof z->out, 0 };

        left = ZSTD_compressStream2(z->z, &out, &in, how);
        if (ZSTD_isError(left))
            return pf_fail(err, PF_E_INTERNAL, "cannot compress the coverage records");
        if (!pf_write_all(z->fd, z->out, out.pos))
            return pf_fail(err, PF_E_IO, "cannot write the coverage records: %s", strerror(errno));
    } while (how == ZSTD_e_end ? left != 0 : in.pos < in.size);
    return PF_OK;
}

enum pf_status asm_zst_write(struct asm_zst *z, const void *data, size_t len, struct pf_error *err)
{
    return run(z, data, len, ZSTD_e_continue, err);
}

enum pf_status asm_zst_finish(struct asm_zst *z, struct pf_error *err)
{
    return run(z, NULL, 0, ZSTD_e_end, err);
}

enum pf_status asm_zst_copy(int fd, int to, struct pf_error *err)
{
    static uint8_t in_room[ROOM], out_room[ROOM];
    ZSTD_DStream *z = ZSTD_createDStream();
    enum pf_status s = z == NULL ? pf_fail(err, PF_E_NOMEM, "out of memory") : PF_OK;
    ssize_t n = 1;

    (void)lseek(fd, 0, SEEK_SET);
    while (s == PF_OK && (n = pf_read(fd, in_room, sizeof in_room)) > 0) {
        ZSTD_inBuffer in = { in_room, (size_t)n, 0 };

        while (in.pos < in.size && s == PF_OK) {
            ZSTD_outBuffer out = { out_room, sizeof out_room, 0 };

            if (ZSTD_isError(ZSTD_decompressStream(z, &out, &in)))
                s = pf_fail(err, PF_E_CORRUPT, "the coverage records are damaged");
            else if (!pf_write_all(to, out_room, out.pos))
                s = PF_STOP;
        }
    }
    (void)ZSTD_freeDStream(z);
    return n < 0 ? pf_fail(err, PF_E_IO, "cannot read the coverage records") : s;
}
