/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* Numbers that must be found, lookalikes that must not, on every kernel. */
#include "pan-finder/detect/candidate.h"
#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/separator.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { FOUND_MAX = 20000 };

struct found { struct pf_candidate at[FOUND_MAX]; size_t n, shift; };

static void collect(void *ctx, const struct pf_candidate *candidate)
{
    struct found *found = ctx;

    ck_assert(found->n < FOUND_MAX);
    found->at[found->n] = *candidate;
    found->at[found->n].start += (uint32_t)found->shift;
    found->at[found->n++].end += (uint32_t)found->shift;
}

static struct found found;
static struct pf_shape_count shapes;

static const struct found *search(const struct pf_kernel *kernel, const void *text, size_t n)
{
    found.n = found.shift = 0;
    memset(&shapes, 0, sizeof shapes);
    pf_candidates(kernel, text, n, 0, n, true, true, &shapes, collect, &found);
    return &found;
}

/* Every test runs its body on every kernel this CPU has. */
static unsigned tested;

#define EACH_KERNEL(k) \
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) \
        if (k->supported() && ++tested)

static void all_tested(void)
{
    ck_assert_msg(tested >= 2, "no kernel but the oracle was tested");
}

static bool has_digits(const struct pf_candidate *c, const char *digits)
{
    if (c->pan.n != strlen(digits))
        return false;
    for (size_t i = 0; i < c->pan.n; i++)
        if (c->pan.digit[i] != digits[i] - '0')
            return false;
    return true;
}

enum { C = PF_SIDE_CLEAN, L = PF_SIDE_LETTER, H = PF_SIDE_HEX, D = PF_SIDE_DIGITS, P = PF_SIDE_POINT };
enum { NONE = PF_GROUP_NONE, USUAL = PF_GROUP_USUAL, ODD = PF_GROUP_ODD };
#define V16 "4111111111111111"
#define A15 "378282246310005"

static const struct {
    const char *what, *text, *digits;
    uint32_t start;
    uint8_t grouping;
    char separator;
    uint8_t before, after;
} must_find[] = {
    { "alone", V16, V16, 0, NONE, 0, C, C },
    { "in a line of CSV", "7,4111111111111111,500", V16, 2, NONE, 0, C, C },
    { "glued to numbers by spaces", "12345 4111111111111111 200", V16, 6, NONE, 0, D, D },
    { "four by four", "4111 1111 1111 1111", V16, 0, USUAL, ' ', C, C },
    { "four by four, with neighbours", "12 4111 1111 1111 1111 123", V16, 3, USUAL, ' ', D, D },
    { "hyphens", "(4111-1111-1111-1111)", V16, 1, USUAL, '-', C, C },
    { "dots", "4111.1111.1111.1111", V16, 0, USUAL, '.', C, C },
    { "tabs", "4111\t1111\t1111\t1111", V16, 0, USUAL, '\t', C, C },
    { "slashes", "4111/1111/1111/1111", V16, 0, USUAL, '/', C, C },
    { "spaced hyphens", "4111 - 1111 - 1111 - 1111", V16, 0, USUAL, '-', C, C },
    { "two spaces", "4111  1111  1111  1111", V16, 0, USUAL, ' ', C, C },
    { "american express", "3782 822463 10005", A15, 0, USUAL, ' ', C, C },
    { "diners", "3056-930902-5904", "30569309025904", 0, USUAL, '-', C, C },
    { "old visa", "4222 222 222 222", "4222222222222", 0, ODD, ' ', C, C },
    { "eight and eight", "41111111 11111111", V16, 0, USUAL, ' ', C, C },
    { "six and ten", "411111 1111111111", V16, 0, USUAL, ' ', C, C },
    { "pairs", "41 11 11 11 11 11 11 11", V16, 0, USUAL, ' ', C, C },
    { "pairs of fifteen digits", "37 82 82 24 63 10 00 5", A15, 0, USUAL, ' ', C, C },
    { "single digits", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", V16, 0, USUAL, ' ', C, C },
    { "odd groups", "41111 111111 11111", V16, 0, ODD, ' ', C, C },
    { "no-break space of latin-1", "4111\xa0" "1111\xa0" "1111\xa0" "1111", V16, 0, USUAL, 'n', C, C },
    { "kanji around", "\xe5\x8f\xb7" V16 "\xe3\x81\xa7", V16, 3, NONE, 0, C, C },
    { "shift_jis kana whose second byte is a letter", "\x83J" V16 "\x82\xc5", V16, 2, NONE, 0, C, C },
    { "kanji between digits is no joint", "12\xe5\x8f\xb7" V16, V16, 5, NONE, 0, C, C },
    { "letter before", "x4111111111111111", V16, 1, NONE, 0, L, C },
    { "low line before", "pan_4111111111111111", V16, 4, NONE, 0, L, C },
    { "word of hex digits before", "ab12cd4111111111111111", V16, 6, NONE, 0, H, C },
    { "a word that ends like hex", "card4111111111111111", V16, 4, NONE, 0, L, C },
    { "hex behind", "4111111111111111ef09", V16, 0, NONE, 0, C, H },
    { "part of a hexadecimal id", "e29b-41d4-4111111111111111", V16, 10, NONE, 0, H, C },
    { "group of a hexadecimal id", "29be-a716-4111111111111111", V16, 10, NONE, 0, H, C },
    { "fraction", "0.4111111111111111", V16, 2, NONE, 0, P, C },
    { "decimals behind", "4111111111111111.25", V16, 0, NONE, 0, C, P },
    { "a spreadsheet's whole number", "4111111111111111.0", V16, 0, NONE, 0, C, C },
    { "end of a sentence", "No.4111111111111111.", V16, 3, NONE, 0, C, C },
    { "a form's blanks", "n=4111+1111+1111+1111&x", V16, 2, USUAL, '+', C, C },
    { "american express in a form", "3782+822463+10005+2027", A15, 0, USUAL, '+', C, D },
    { "a blank in an escape", "a%204111-1111-1111-1111&b", V16, 4, USUAL, '-', C, C },
    { "a quote mark in an escape", "%223782 822463 10005%22", A15, 3, USUAL, ' ', C, C },
    { "a colon in an escape", "a%3A4111-1111-1111-1111", V16, 4, USUAL, '-', C, C },
    { "an equal sign of mail", "n=3D4111-1111-1111-1111", V16, 4, USUAL, '-', C, C },
    { "a kanji's last byte in an escape", "%E3%82%B74111-1111-1111-1111", V16, 9, USUAL, '-', C, C },
    { "a character in an escape", "\\u00224111 1111 1111 1111", V16, 6, USUAL, ' ', C, C },
    { "a line end in an escape", "a\\n4111 1111 1111 1111", V16, 3, USUAL, ' ', C, C },
    { "expiry behind a slash", "4111111111111111/12/2027", V16, 0, NONE, 0, C, D },
};

START_TEST(number_is_found_as_it_stands)
{
    EACH_KERNEL(k) {
        const struct found *f = search(k, must_find[_i].text, strlen(must_find[_i].text));
        size_t i = 0, same = 0;

        for (size_t j = 0; j < f->n; j++)
            if (has_digits(&f->at[j], must_find[_i].digits))
                same++, i = j;
        ck_assert_msg(same == 1, "%s, %s: found %zu times", k->name, must_find[_i].what, same);
        ck_assert_msg(f->at[i].start == must_find[_i].start, "%s: start %u", must_find[_i].what, f->at[i].start);
        ck_assert_msg(f->at[i].grouping == must_find[_i].grouping, "%s: grouping", must_find[_i].what);
        ck_assert_msg(f->at[i].separator == must_find[_i].separator, "%s: separator", must_find[_i].what);
        ck_assert_msg(f->at[i].before == must_find[_i].before, "%s: before %u", must_find[_i].what, f->at[i].before);
        ck_assert_msg(f->at[i].after == must_find[_i].after, "%s: after %u", must_find[_i].what, f->at[i].after);
        ck_assert(f->at[i].luhn && f->at[i].brand != NULL);
    }
    all_tested();
}
END_TEST

static const char *const must_not_find[] = {
    "4111111111111112",                        /* check digit */
    "41111111111111111111",                    /* 20 digits */
    "004111111111111111100",                   /* inside more digits */
    "0000000000000000", "5555555555555555555", /* filler */
    "4567890123456789", "3210987654321098",
    "4111 1111-1111 1111",                     /* separators differ */
    "4111  1111 1111  1111",
    "411 11111 1 1111111",                     /* a group of one digit */
    "41111/111111/11111",                      /* slash with an odd grouping */
    "41111\t111111\t11111",                    /* columns */
    "12 41111 111111 11111",                   /* odd, and more of it */
    "1 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",       /* a row of single digits */
    "4111,1111,1111,1111",
    "41+11+11+11+11+11+11+11", "41111+111111+11111",      /* a sum */
    "204111-1111-1111-1111", "%2004111-1111-1111-1111",    /* no escape ends there */
    "4111    1111    1111    1111",
    ("4111\xe5\x8f\xb7" "1111\xe5\x8f\xb7" "1111\xe5\x8f\xb7" "1111"),
    ("\xef\xbc\x94" "111111111111111"),        /* a full-width digit, then ASCII */
    "192.168.100.200", "2024-02-29 12:00:00.000000", "+81-3-1234-5678",
};

START_TEST(lookalike_is_not_found)
{
    EACH_KERNEL(k)
        ck_assert_msg(search(k, must_not_find[_i], strlen(must_not_find[_i]))->n == 0, "%s, row %d", k->name, _i);
    all_tested();
}
END_TEST

/* ---- separators in every dress ---- */

/* Per dress: digit zero, and how much a step of one adds to its last byte. */
static const struct { const char *utf8, *sjis, *euc; unsigned unit; char kind; } sep[] = {
    { "", "", "", 0, 0 },
    { " ", " ", " ", 0x20, ' ' }, { "-", "-", "-", 0x2d, '-' }, { ".", ".", ".", 0x2e, '.' },
    { "\t", "\t", "\t", 0x09, '\t' }, { "_", "_", "_", 0x5f, '_' }, { "/", "/", "/", 0x2f, '/' }, { "+", "+", "+", 0x2b, '+' },
    { "\xc2\xa0", NULL, NULL, 0xa0, 'n' }, { "\xe2\x80\x82", NULL, NULL, 0x2002, ' ' },
    { "\xe2\x80\x90", "\x81\x5d", "\xa1\xbe", 0x2010, '-' }, { "\xe2\x80\x93", NULL, NULL, 0x2013, '-' },
    { "\xe2\x80\xaf", NULL, NULL, 0x202f, 'n' }, { "\xe2\x88\x92", "\x81\x7c", "\xa1\xdd", 0x2212, '-' },
    { "\xe3\x80\x80", "\x81\x40", "\xa1\xa1", 0x3000, ' ' }, { "\xe3\x83\xbb", "\x81\x45", "\xa1\xa6", 0x30fb, 'o' },
    { "\xe3\x83\xbc", "\x81\x5b", "\xa1\xbc", 0x30fc, '-' }, { "\xef\xbc\x8d", "\x81\x7c", "\xa1\xdd", 0xff0d, '-' },
    { "\xef\xbd\xa5", "\xa5", "\x8e\xa5", 0xff65, 'o' }, { "\xef\xbd\xb0", "\xb0", "\x8e\xb0", 0xff70, '-' },
};

static size_t put_unit(uint8_t *out, bool little, unsigned unit)
{
    out[little ? 0 : 1] = (uint8_t)unit;
    out[little ? 1 : 0] = (uint8_t)(unit >> 8);
    return 2;
}

static size_t put_digit(uint8_t *out, enum pf_dress dress, char digit)
{
    static const char *const zero[] = { "0", NULL, NULL, "\xef\xbc\x90", "\x82\x4f", "\xa3\xb0" };
    size_t n;

    if (dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE)
        return put_unit(out, dress == PF_DRESS_UTF16LE, (unsigned char)digit);
    n = strlen(zero[dress]);
    memcpy(out, zero[dress], n);
    out[n - 1] = (uint8_t)(out[n - 1] + digit - '0');
    return n;
}

static size_t put_separator(uint8_t *out, enum pf_dress dress, size_t s)
{
    const char *text = dress == PF_DRESS_FW_SJIS ? sep[s].sjis : dress == PF_DRESS_FW_EUCJP ? sep[s].euc : sep[s].utf8;

    if (sep[s].unit == 0)
        return 0;
    if (dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE)
        return put_unit(out, dress == PF_DRESS_UTF16LE, sep[s].unit);
    memcpy(out, text, strlen(text));
    return strlen(text);
}

START_TEST(separators_join_in_every_dress)
{
    const char *digits = "5555555555554444";
    enum { PAD = 6 };

    for (int d = 0; d < PF_DRESS_MARKED; d++) {
        uint8_t text[200];
        size_t n = PAD;

        if ((d == PF_DRESS_FW_SJIS && sep[_i].sjis == NULL) || (d == PF_DRESS_FW_EUCJP && sep[_i].euc == NULL))
            continue;
        memset(text, '~', sizeof text);       /* no character of any of the dresses */
        for (size_t i = 0; i < 16; i++) {
            n += put_digit(text + n, (enum pf_dress)d, digits[i]);
            if (i % 4 == 3 && i < 15)
                n += put_separator(text + n, (enum pf_dress)d, (size_t)_i);
        }
        EACH_KERNEL(k) {
            const struct found *f = search(k, text, n + PAD);

            ck_assert_msg(f->n == 1, "%s: separator %d, %s: found %zu times", k->name, _i,
                          pf_dress_name((enum pf_dress)d), f->n);
            ck_assert(has_digits(&f->at[0], digits));
            ck_assert_uint_eq(f->at[0].start, PAD);
            ck_assert_uint_eq(f->at[0].end, n);
            ck_assert_int_eq(f->at[0].dress, d);
            ck_assert_int_eq(f->at[0].separator, sep[_i].kind);
            ck_assert(!f->at[0].either);
            ck_assert_uint_eq(shapes.shapes[16], 1);
            ck_assert_uint_eq(shapes.luhn[16], 1);
        }
    }
    all_tested();
}
END_TEST

/* Shift_JIS and EUC-JP punctuation between half-width digits. */
START_TEST(japanese_punctuation_joins_ascii_digits)
{
    static const char *const text[] = {
        "4111\x81\x7c" "1111\x81\x7c" "1111\x81\x7c" "1111", "4111\x81\x40" "1111\x81\x40" "1111\x81\x40" "1111",
        "4111\x81\x5d" "1111\x81\x5d" "1111\x81\x5d" "1111", "4111\xa1\xdd" "1111\xa1\xdd" "1111\xa1\xdd" "1111",
    };

    EACH_KERNEL(k)
        for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
            ck_assert_msg(search(k, text[i], strlen(text[i]))->n == 1, "%s, row %zu", k->name, i);
    all_tested();
}
END_TEST

/* Between ASCII characters UTF-16 reads the same in both orders: found once, and marked. */
START_TEST(utf16_between_ascii_is_found_once)
{
    const char *line = ": 5555 5555 5555 4444\r\n";

    for (int little = 0; little < 2; little++) {
        uint8_t text[100];
        size_t n = 0;

        for (const char *p = line; *p != '\0'; p++)
            n += put_unit(text + n, little, (unsigned char)*p);
        EACH_KERNEL(k) {
            const struct found *f = search(k, text, n);

            ck_assert_uint_eq(f->n, 1);
            ck_assert(f->at[0].either && f->at[0].dress == PF_DRESS_UTF16LE);
            ck_assert_uint_eq(f->at[0].start, little ? 4 : 5);
        }
    }
    all_tested();
}
END_TEST

START_TEST(separators_of_one_byte_have_the_ids_of_the_table)
{
    for (unsigned c = 0; c < 256; c++) {
        uint8_t byte = (uint8_t)c;

        ck_assert_uint_eq(pf_separator_ascii[c], pf_separator_id(PF_DRESS_ASCII, &byte, 0, 1));
    }
}
END_TEST

START_TEST(shapes_are_counted_without_luhn)
{
    const char *text = "4111111111111112,4111111111111113\n4111 1111 1111 1114\n41111 111111 11115\n"
                       "4111111111111111,9999999999999999,1234567890123,4444444444444444\n";

    EACH_KERNEL(k) {
        search(k, text, strlen(text));
        ck_assert_uint_eq(shapes.shapes[16], 4);
        ck_assert_uint_eq(shapes.luhn[16], 1);
        ck_assert_uint_eq(shapes.shapes[13], 0);
    }
    all_tested();
}
END_TEST

/* ---- windows ---- */

static uint64_t seed;

static unsigned rnd(unsigned below)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(seed >> 33) % below;
}

static size_t fill(uint8_t *text, size_t cap)
{
    static const char *const join[] = { "", " ", "-", ",", "\n", " - ", ".", "\t", "x", "\xe5\x8f\xb7", "\xe3\x80\x80" };
    enum { JOINS = sizeof join / sizeof join[0] };
    size_t n = 0;

    while (n + 200 < cap) {
        enum pf_dress dress = rnd(3) ? PF_DRESS_ASCII : (enum pf_dress)rnd(PF_DRESS_MARKED);
        const char *separator = join[rnd(JOINS)];
        unsigned groups = 1 + rnd(6), each = rnd(3) ? 4 : 1 + rnd(17);

        for (unsigned g = 0; g < groups; g++) {
            for (unsigned i = 0; i < each; i++)
                n += put_digit(text + n, dress, (char)('0' + (rnd(2) ? 4 : rnd(10))));
            if (dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE) {
                n += put_unit(text + n, dress == PF_DRESS_UTF16LE, ' ');
            } else {
                memcpy(text + n, separator, strlen(separator));
                n += strlen(separator);
            }
            if (n + 80 > cap)
                break;
        }
        text[n++] = (uint8_t)"\n, x"[rnd(4)];
    }
    return n;
}

static bool same(const struct pf_candidate *a, const struct pf_candidate *b)
{
    return a->start == b->start && a->end == b->end && a->dress == b->dress && a->grouping == b->grouping &&
           a->before == b->before && a->after == b->after && a->brand == b->brand && a->either == b->either;
}

static int by_place(const void *a, const void *b)
{
    const struct pf_candidate *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

START_TEST(windows_find_the_same)
{
    enum { SIZE = 40000, OVERLAP = 1024 };
    static uint8_t text[SIZE];
    static struct found whole;
    static struct pf_shape_count count;

    seed = 99 + (uint64_t)_i;
    EACH_KERNEL(k) {
        size_t n = fill(text, SIZE), step = 1 + rnd(rnd(2) ? 300 : 6000);

        whole = *search(k, text, n);
        count = shapes;
        ck_assert_uint_gt(whole.n, 20);
        found.n = 0;
        memset(&shapes, 0, sizeof shapes);
        for (size_t lo = 0; lo < n; lo += step) {
            size_t hi = lo + step < n ? lo + step : n, from = lo > OVERLAP ? lo - OVERLAP : 0;
            size_t to = hi + OVERLAP < n ? hi + OVERLAP : n;

            found.shift = from;
            pf_candidates(k, text + from, to - from, lo - from, hi - from, from == 0, to == n, &shapes, collect, &found);
        }
        ck_assert_msg(found.n == whole.n, "%s: %zu, not %zu", k->name, found.n, whole.n);
        qsort(whole.at, whole.n, sizeof whole.at[0], by_place);
        qsort(found.at, found.n, sizeof found.at[0], by_place);
        for (size_t i = 0; i < whole.n; i++)
            ck_assert_msg(same(&whole.at[i], &found.at[i]), "%s: candidate %zu at %u", k->name, i, whole.at[i].start);
        shapes.long_runs = count.long_runs = shapes.runs = count.runs = 0;   /* counted in each window that sees one */
        shapes.glued_runs = count.glued_runs = 0;
        ck_assert_mem_eq(&shapes, &count, sizeof count);
    }
    all_tested();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("candidate");
    TCase *tc = tcase_create("candidate");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, number_is_found_as_it_stands, 0, sizeof must_find / sizeof must_find[0]);
    tcase_add_loop_test(tc, lookalike_is_not_found, 0, sizeof must_not_find / sizeof must_not_find[0]);
    tcase_add_loop_test(tc, separators_join_in_every_dress, 0, sizeof sep / sizeof sep[0]);
    tcase_add_test(tc, japanese_punctuation_joins_ascii_digits);
    tcase_add_test(tc, utf16_between_ascii_is_found_once);
    tcase_add_test(tc, separators_of_one_byte_have_the_ids_of_the_table);
    tcase_add_test(tc, shapes_are_counted_without_luhn);
    tcase_add_loop_test(tc, windows_find_the_same, 0, 12);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
