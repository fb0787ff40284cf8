/* kind.c - see kind.h. */
#include "pan-finder/decode/kind.h"
#include "pan-finder/base/bytes.h"

#include <string.h>

/* RFC 1952 2.3.1: reserved flag bits are zero. */
static uint32_t gzip_bid(const uint8_t *head, size_t len)
{
    return len >= 4 && (head[3] & 0xe0) == 0 ? 27 : 0;
}

static uint32_t bzip2_bid(const uint8_t *head, size_t len)
{
    if (len < 10 || head[3] < '1' || head[3] > '9')
        return 0;
    return memcmp(head + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
           memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0 ? 75 : 0;
}

/* No magic: properties 5D, a power-of-two dictionary, and a size that is
 * unknown or below 2^40 (LZMA SDK, lzma.txt). */
static uint32_t lzma_bid(const uint8_t *head, size_t len)
{
    if (len < 14 || head[13] != 0)
        return 0;
    if (memcmp(head + 5, "\xff\xff\xff\xff\xff\xff\xff\xff", 8) == 0)
        return 88;
    return head[10] == 0 && head[11] == 0 && head[12] == 0 && head[4] < 0x10 ? 56 : 0;
}

static uint32_t lzip_bid(const uint8_t *head, size_t len)
{
    return len >= 6 && head[4] <= 1 ? 40 : 0;
}

static uint32_t compress_bid(const uint8_t *head, size_t len)
{
    return len >= 4 && (head[2] & 0x60) == 0 && (head[2] & 0x1f) >= 9 && (head[2] & 0x1f) <= 16 ? 20 : 0;
}

/* A v7 header has no magic; its checksum is octal text (tar(5), "old style"). */
static uint32_t tar_v7_bid(const uint8_t *head, size_t len)
{
    uint32_t sum = 0, want = 0;
    size_t digits = 0;

    if (len < 512 || head[0] == 0 || head[0] == ' ')
        return 0;
    for (size_t i = 148; i < 156; i++) {
        if (head[i] >= '0' && head[i] <= '7') {
            want = want * 8 + (uint32_t)(head[i] - '0');
            digits++;
        } else if (head[i] != ' ' && head[i] != 0) {
            return 0;
        }
    }
    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : head[i];
    return digits >= 4 && sum == want ? 30 : 0;
}

static uint32_t cpio_bid(const uint8_t *head, size_t len)
{
    if (len < 76)
        return 0;
    for (size_t i = 6; i < 76; i++)
        if (!((head[i] >= '0' && head[i] <= '9') || (head[i] >= 'a' && head[i] <= 'f') ||
              (head[i] >= 'A' && head[i] <= 'F')))
            return 0;
    return 48;
}

static uint32_t lha_bid(const uint8_t *head, size_t len)
{
    return len >= 22 && (head[4] == 'h' || head[4] == 'z') && head[6] == '-' ? 40 : 0;
}

static uint32_t orc_bid(const uint8_t *head, size_t len)
{
    return len >= 4 && (head[3] < 0x20 || head[3] >= 0x7f) ? 24 : 0;
}

/* RFC 1950 2.2: CM 8, 32 KiB window, header divisible by 31. Two bytes are weak
 * evidence; the first block's type (RFC 1951 3.2.3) must not be the reserved one. */
static uint32_t zlib_bid(const uint8_t *head, size_t len)
{
    if (len < 8 || (head[0] * 256 + head[1]) % 31 != 0 || (head[1] & 0x20) != 0)
        return 0;
    if (head[1] != 0x01 && head[1] != 0x5e && head[1] != 0x9c && head[1] != 0xda)
        return 0;
    if (head[1] == 0x5e && head[2] < 0x80)    /* "x^..." is text */
        return 0;
    return (head[2] & 6) != 6 ? 16 : 0;
}

/* Superblock at 1024: state 1..4, and a block size of 1 to 64 KiB. */
static uint32_t ext_bid(const uint8_t *head, size_t len)
{
    return len >= 1088 && head[1082] <= 7 && head[1083] == 0 && head[1048] <= 6 && head[1049] == 0 &&
           head[1050] == 0 && head[1051] == 0 ? 56 : 0;
}

static bool starts_line(const uint8_t *head, size_t len, const char *word)
{
    size_t n = strlen(word);

    for (size_t at = 0; at + n <= len;) {
        const uint8_t *nl;
        if (memcmp(head + at, word, n) == 0)
            return true;
        nl = memchr(head + at, '\n', len - at);
        if (nl == NULL)
            return false;
        at = (size_t)(nl - head) + 1;
    }
    return false;
}

/* RFC 5322 headers first, and a transfer encoding that hides text (RFC 2045 6). */
static uint32_t mail_bid(const uint8_t *head, size_t len)
{
    static const char *const first[] = {
        "From ", "From:", "Return-Path:", "Received:", "Delivered-To:", "Message-ID:",
        "MIME-Version:", "Date:", "Subject:", "To:", "X-",
    };
    bool known = false;

    for (size_t i = 0; i < sizeof first / sizeof first[0] && !known; i++)
        known = pf_starts(head, len, 0, first[i], strlen(first[i]));
    if (!known || !starts_line(head, len, "Subject:") || !starts_line(head, len, "From"))
        return 0;
    return starts_line(head, len, "Content-Transfer-Encoding: base64") ||
           starts_line(head, len, "Content-Transfer-Encoding: quoted-printable") ? 40 : 0;
}

static uint32_t riff_bid(const uint8_t *head, size_t len)
{
    return pf_starts(head, len, 8, "WEBP", 4) || pf_starts(head, len, 8, "WAVE", 4) ||
           pf_starts(head, len, 8, "AVI ", 4) ? 64 : 0;
}

static uint32_t ico_bid(const uint8_t *head, size_t len)
{
    return len >= 22 && head[4] > 0 && head[4] < 64 && head[5] == 0 && head[9] == 0 ? 32 : 0;
}

static uint32_t ttf_bid(const uint8_t *head, size_t len)
{
    return len >= 12 && head[5] > 3 && head[5] < 64 && head[6] <= 4 && (head[7] & 15) == 0 ? 40 : 0;
}

static const struct pf_kind kinds[] = {
#define KIND(n, w, at, m, b) \
    { .name = n, .way = PF_WAY_##w, .magic = m, .magic_at = at, \
      .magic_len = sizeof m - 1, .bid = b },
#include "pan-finder/decode/kinds.def"
#undef KIND
};

#define N_KINDS (sizeof kinds / sizeof kinds[0])

const struct pf_kind *pf_kind_pick(const uint8_t *head, size_t len)
{
    const struct pf_kind *best = NULL;
    uint32_t most = 0;

    for (size_t i = 0; i < N_KINDS; i++) {
        const struct pf_kind *k = &kinds[i];
        uint32_t bits;

        if (!pf_starts(head, len, k->magic_at, k->magic, k->magic_len))
            continue;
        bits = k->bid != NULL ? k->bid(head, len) : k->magic_len * 8u;
        if (bits > most) {
            most = bits;
            best = k;
        }
    }
    return best;
}

const struct pf_kind *pf_kind_find(const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}
