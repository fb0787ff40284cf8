/* bench_data.c - large files to measure with.
 *   bench-data log|random|csv|mail FILE MIB SEED
 *   bench-data small FOLDER COUNT SEED       COUNT small files, 1000 a folder
 * log: lines of a web server. random: bytes. csv: ids of 16 and 15 digits and
 * times in milliseconds, where every field looks like a candidate. mail: a mailbox,
 * seven bytes of ten in base64 of 76 columns: pictures, and texts with a number in
 * one of 20. Log, csv and mail repeat a block of 64 MiB; a card number stands in
 * about one log line of 50,000. */
#include "tests/lib/synth.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK (64u << 20)

static struct synth rng;
static char block[BLOCK + 512];

static void die(const char *what)
{
    fprintf(stderr, "bench-data: %s: %s\n", what, strerror(errno));
    exit(2);
}

static size_t fill_log(void)
{
    static const char *const url[] = { "/", "/cart", "/products/list?page=2", "/products/detail/1842", "/assets/app.js" };
    static const char *const agent[] = { "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
                                         "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/129.0.0.0" };
    char pan[SYNTH_PAN_MAX + 1];
    size_t n = 0;

    while (n < BLOCK) {
        char query[48] = "";
        unsigned second = synth_below(&rng, 86400);

        if (synth_below(&rng, 50000) == 0) {
            synth_pan(&rng, SYNTH_VISA, pan);
            (void)snprintf(query, sizeof query, "?card_no=%s", pan);
        }
        n += (size_t)snprintf(block + n, sizeof block - n,
                              "198.51.100.%u - - [12/Oct/2026:%02u:%02u:%02u +0900] \"GET %s%s HTTP/1.1\" %u %u \"-\" \"%s\"\n",
                              synth_below(&rng, 256), second / 3600, second / 60 % 60, second % 60,
                              url[synth_below(&rng, 5)], query, synth_below(&rng, 30) == 0 ? 404 : 200,
                              200 + synth_below(&rng, 90000), agent[synth_below(&rng, 2)]);
    }
    return BLOCK;
}

static size_t fill_random(void)
{
    for (size_t i = 0; i < BLOCK; i += 8) {
        uint64_t v = synth_next(&rng);
        memcpy(block + i, &v, sizeof v);
    }
    return BLOCK;
}

static size_t fill_csv(void)
{
    size_t n = 0;

    while (n < BLOCK)
        n += (size_t)snprintf(block + n, sizeof block - n, "%016llu,%015llu,%llu,%02u:%02u:%02u,%u\n",
                              (unsigned long long)(synth_next(&rng) % 10000000000000000u),
                              (unsigned long long)(synth_next(&rng) % 1000000000000000u),
                              1760000000000u + (unsigned long long)(synth_next(&rng) % 10000000000u),
                              synth_below(&rng, 24), synth_below(&rng, 60), synth_below(&rng, 60),
                              synth_below(&rng, 100000));
    return BLOCK;
}

enum { ATTACHED = 64 * 1024 };       /* the most bytes of an attachment */

/* What is attached to a message: bytes that look random, or a text. */
static size_t fill_attachment(uint8_t *out, bool text)
{
    char pan[SYNTH_PAN_MAX + 1] = "";
    size_t size = 4096 + synth_below(&rng, ATTACHED - 4096), n = 0;

    if (!text) {
        for (; n + 8 <= size; n += 8) {
            uint64_t v = synth_next(&rng);
            memcpy(out + n, &v, sizeof v);
        }
        return n;
    }
    if (synth_below(&rng, 20) == 0)
        synth_pan(&rng, SYNTH_VISA, pan);
    while (size - n > 128) {
        n += (size_t)snprintf((char *)out + n, size - n, "order %u of %u pieces, to be sent on day %u %s\r\n",
                              synth_below(&rng, 1000000), synth_below(&rng, 50), synth_below(&rng, 28) + 1, pan);
        pan[0] = '\0';
    }
    return n;
}

/* Lines of 57 bytes, 76 characters (RFC 2045, section 6.8). */
static size_t put_base64(char *out, const uint8_t *in, size_t n)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t k = 0;

    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)in[i] << 16 | (i + 1 < n ? in[i + 1] : 0u) << 8 | (i + 2 < n ? in[i + 2] : 0u);

        out[k++] = set[v >> 18];
        out[k++] = set[v >> 12 & 63];
        out[k++] = i + 1 < n ? set[v >> 6 & 63] : '=';
        out[k++] = i + 2 < n ? set[v & 63] : '=';
        if (i % 57 == 54 || i + 3 >= n)
            out[k++] = '\n';
    }
    return k;
}

static size_t put_message(char *out, size_t cap)
{
    static uint8_t attached[ATTACHED];
    bool text = synth_below(&rng, 2) == 0;
    size_t size = fill_attachment(attached, text), n;

    n = (size_t)snprintf(out, cap, "From shop@example.com Mon Oct 12 09:%02u:%02u 2026\nFrom: shop@example.com\n"
                         "To: user%u@example.org\nMessage-ID: <%016llx@example.com>\nSubject: your order %u\n"
                         "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"part\"\n\n--part\n"
                         "Content-Type: text/plain\n\n",
                         synth_below(&rng, 60), synth_below(&rng, 60), synth_below(&rng, 10000),
                         (unsigned long long)synth_next(&rng), synth_below(&rng, 1000000));
    for (size_t until = n + size * 4 / 7; n < until;)
        n += (size_t)snprintf(out + n, cap - n, "> We thank you for order %u and hope that all %u things come well.\n",
                              synth_below(&rng, 1000000), synth_below(&rng, 50));
    n += (size_t)snprintf(out + n, cap - n, "\n--part\nContent-Type: %s\nContent-Transfer-Encoding: base64\n\n",
                          text ? "text/csv" : "image/jpeg");
    n += put_base64(out + n, attached, size);
    return n + (size_t)snprintf(out + n, cap - n, "--part--\n\n");
}

static size_t fill_mail(void)
{
    static char message[4 * ATTACHED];
    size_t n = 0;

    while (n < BLOCK) {
        size_t size = put_message(message, sizeof message), part = size < BLOCK - n ? size : BLOCK - n;

        memcpy(block + n, message, part);
        n += part;
    }
    return BLOCK;
}

static void write_large(const char *path, unsigned long mib, size_t (*fill)(void))
{
    FILE *f = fopen(path, "wb");

    if (f == NULL)
        die(path);
    for (unsigned long left = mib << 20; left > 0;) {
        size_t n = left < BLOCK ? left : BLOCK;
        /* Random bytes are made anew for each block; text blocks repeat. */
        if (left == mib << 20 || fill == fill_random)
            (void)fill();
        if (fwrite(block, 1, n, f) != n)
            die(path);
        left -= n;
    }
    if (fclose(f) != 0)
        die(path);
}

static void write_small(const char *folder, unsigned long count)
{
    char path[4096];

    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        die(folder);
    for (unsigned long i = 0; i < count; i++) {
        FILE *f;

        if (i % 1000 == 0) {
            (void)snprintf(path, sizeof path, "%s/d%05lu", folder, i / 1000);
            if (mkdir(path, 0777) != 0 && errno != EEXIST)
                die(path);
        }
        (void)snprintf(path, sizeof path, "%s/d%05lu/f%03lu.txt", folder, i / 1000, i % 1000);
        f = fopen(path, "wb");
        if (f == NULL)
            die(path);
        fprintf(f, "order %lu\ntotal %u yen\nnote: nothing of interest stands in this file\n", i, synth_below(&rng, 100000));
        if (fclose(f) != 0)
            die(path);
    }
}

int main(int argc, char **argv)
{
    static const struct { const char *kind; size_t (*fill)(void); } kind[] = {
        { "log", fill_log }, { "random", fill_random }, { "csv", fill_csv }, { "mail", fill_mail },
    };

    if (argc == 5) {
        synth_seed(&rng, strtoull(argv[4], NULL, 10));
        for (size_t i = 0; i < sizeof kind / sizeof kind[0]; i++) {
            if (strcmp(argv[1], kind[i].kind) == 0) {
                write_large(argv[2], strtoul(argv[3], NULL, 10), kind[i].fill);
                return 0;
            }
        }
        if (strcmp(argv[1], "small") == 0) {
            write_small(argv[2], strtoul(argv[3], NULL, 10));
            return 0;
        }
    }
    fprintf(stderr, "usage: bench-data log|random|csv|mail|small PATH AMOUNT SEED\n");
    return 2;
}
