/* leak_grep.c - looks for given numbers in files, in any simple form.
 *   leak-grep LIST FILE...            status 1 when a number of LIST stands in a FILE
 * Forms: ASCII, UTF-16 and full-width digits with up to three other bytes between
 * two digits, the same as hexadecimal or base64 text, packed decimals, and 64-bit
 * integers. Prints the file, the offset and the form, never the number. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 65536u            /* of the hash set; far more than numbers planted */
#define GAP_MAX 3               /* bytes between two digits of a number */
#define DIGITS_MIN 13
#define DIGITS_MAX 16

static uint64_t slot[SLOTS];    /* value * 32 + digits; 0: free */
static const char *file;
static unsigned long hits;

static uint64_t *find_slot(uint64_t value, unsigned digits)
{
    uint64_t key = value * 32 + digits;
    size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 48);

    while (slot[at] != 0 && slot[at] != key)
        at = (at + 1) % SLOTS;
    return &slot[at];
}

static void report(size_t at, const char *form)
{
    if (hits++ < 50)
        printf("%s: offset %zu: a planted number as %s\n", file, at, form);
}

/* ---- a stream of digits: the last ones, and whether they are a number ---- */

struct digits {
    uint64_t value;      /* of the last 16 digits */
    unsigned count;
};

static bool digits_push(struct digits *d, unsigned digit)
{
    uint64_t bound = 1;

    d->value = (d->value % 1000000000000000u) * 10 + digit;
    d->count++;
    for (unsigned n = 1; n <= DIGITS_MAX; n++) {
        bound *= 10;
        if (n >= DIGITS_MIN && n <= d->count && *find_slot(d->value % bound, n) != 0)
            return true;
    }
    return false;
}

/* The digit at p in one of the dresses, its width in bytes; 0: none. */
static size_t digit_at(const uint8_t *p, size_t len, unsigned *digit)
{
    if (p[0] >= '0' && p[0] <= '9') {
        *digit = p[0] - '0';
        return 1;
    }
    if (len >= 3 && p[0] == 0xef && p[1] == 0xbc && p[2] >= 0x90 && p[2] <= 0x99) {
        *digit = p[2] - 0x90u;
        return 3;
    }
    if (len >= 2 && p[0] == 0x82 && p[1] >= 0x4f && p[1] <= 0x58) {
        *digit = p[1] - 0x4fu;
        return 2;
    }
    if (len >= 2 && p[0] == 0xa3 && p[1] >= 0xb0 && p[1] <= 0xb9) {
        *digit = p[1] - 0xb0u;
        return 2;
    }
    return 0;
}

static void search_text(const uint8_t *p, size_t len, size_t base, const char *form)
{
    struct digits d = { 0, 0 };
    size_t gap = 0;

    for (size_t i = 0; i < len;) {
        unsigned digit = 0;
        size_t width = digit_at(p + i, len - i, &digit);

        if (width > 0) {
            if (digits_push(&d, digit))
                report(base + i, form);
            gap = 0;
            i += width;
            continue;
        }
        gap += p[i] != 0;              /* the zero bytes of UTF-16 */
        if (gap > GAP_MAX)
            d.count = 0;
        i++;
    }
}

static void search_packed(const uint8_t *p, size_t len)
{
    struct digits d = { 0, 0 };

    for (size_t i = 0; i < 2 * len; i++) {
        unsigned nibble = i % 2 == 0 ? p[i / 2] >> 4 : p[i / 2] & 15u;

        if (nibble > 9)
            d.count = 0;
        else if (digits_push(&d, nibble))
            report(i / 2, "packed decimals");
    }
}

static void search_integers(const uint8_t *p, size_t len)
{
    for (size_t i = 0; i + 8 <= len; i++) {
        uint64_t be = 0, le = 0;

        for (size_t k = 0; k < 8; k++) {
            be = be << 8 | p[i + k];
            le = le << 8 | p[i + 7 - k];
        }
        for (unsigned n = DIGITS_MIN; n <= DIGITS_MAX; n++)
            if ((be >> 59 == 0 && *find_slot(be, n) != 0) || (le >> 59 == 0 && *find_slot(le, n) != 0))
                report(i, "an integer");
    }
}

/* ---- text that stands for bytes: decoded at every alignment, then searched ---- */

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

static int base64_value(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

static const struct code { const char *form; int (*value)(uint8_t c); unsigned bits, letters; } codes[] = {
    { "hexadecimal text", hex_value, 4, 2 },
    { "base64 text", base64_value, 6, 4 },
};

/* p[0..len): letters of the code alone. */
static void search_coded_run(const struct code *code, const uint8_t *p, size_t len, size_t base, uint8_t *room)
{
    for (size_t phase = 0; phase < code->letters; phase++) {
        uint32_t acc = 0;
        unsigned held = 0;
        size_t n = 0;

        for (size_t i = phase; i < len; i++) {
            acc = acc << code->bits | (uint32_t)code->value(p[i]);
            held += code->bits;
            if (held >= 8) {
                held -= 8;
                room[n++] = (uint8_t)(acc >> held);
            }
        }
        search_text(room, n, base, code->form);
    }
}

static void search_coded(const struct code *code, const uint8_t *p, size_t len)
{
    uint8_t *room = malloc(len + 1);

    if (room == NULL)
        exit(2);
    for (size_t i = 0; i < len;) {
        size_t start = i;

        while (i < len && code->value(p[i]) >= 0)
            i++;
        if (i - start >= DIGITS_MIN * 8 / code->bits)
            search_coded_run(code, p + start, i - start, start, room);
        i += i == start;
    }
    free(room);
}

/* ---- files ---- */

static uint8_t *read_whole(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    size_t cap = 1 << 16, n;
    uint8_t *data = malloc(cap);

    *len = 0;
    if (f == NULL || data == NULL) {
        fprintf(stderr, "leak-grep: %s: %s\n", path, strerror(errno));
        exit(2);
    }
    while ((n = fread(data + *len, 1, cap - *len, f)) > 0) {
        *len += n;
        if (*len == cap && (data = realloc(data, cap *= 2)) == NULL)
            exit(2);
    }
    fclose(f);
    return data;
}

static size_t read_list(const char *path)
{
    char line[64];
    FILE *f = fopen(path, "r");
    size_t n = 0;

    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        unsigned digits = (unsigned)strspn(line, "0123456789");
        uint64_t value = strtoull(line, NULL, 10);

        if (digits < DIGITS_MIN || digits > DIGITS_MAX)
            continue;
        *find_slot(value, digits) = value * 32 + digits;
        n++;
    }
    if (f != NULL)
        fclose(f);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 2 || read_list(argv[1]) == 0) {
        fprintf(stderr, "usage: leak-grep LIST FILE...   LIST must hold numbers\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        size_t len;
        uint8_t *data;

        file = argv[i];
        data = read_whole(file, &len);
        search_text(data, len, 0, "digits");
        search_packed(data, len);
        search_integers(data, len);
        for (size_t k = 0; k < sizeof codes / sizeof codes[0]; k++)
            search_coded(&codes[k], data, len);
        free(data);
    }
    return hits > 0;
}
