/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/look.h"

#include "pan-finder/detect/luhn.h"

#include <check.h>

enum form { PLAIN, SIGNED, LEFT, RIGHT, ZONED, ZONED_SIGNED };

/* Records of `stride` bytes, random but for a packed number of 16 digits at byte 8 - or of
 * 15 in every third -, of which one in `spoil` fails Luhn (0: none). `vary`: each is up to
 * that much longer, behind its length. `least`: how sure each is. */
static const struct {
    const char *what; size_t stride, records; enum form form; unsigned spoil, vary; bool fifteen; size_t told; int least; bool eighty_one;
} row[] = {
    { "plain, 64 bytes", 64, 40, PLAIN, 0, 0, false, 40, PF_CONFIRMED, false },
    { "plain, 150 bytes", 150, 40, PLAIN, 0, 0, false, 40, PF_CONFIRMED, false },
    { "plain, 1000 bytes", 1000, 12, PLAIN, 0, 0, false, 12, PF_CONFIRMED, false },
    { "plain, 4096 bytes", 4096, 12, PLAIN, 0, 0, false, 12, PF_CONFIRMED, false },
    { "plain, 24 bytes", 24, 40, PLAIN, 0, 0, false, 40, PF_CONFIRMED, false },
    { "COMP-3, 80 bytes", 80, 40, SIGNED, 0, 0, false, 40, PF_CONFIRMED, false },
    { "COMP-3, 3000 bytes", 3000, 12, SIGNED, 0, 0, false, 12, PF_CONFIRMED, false },
    { "to the left, two lengths", 90, 40, LEFT, 0, 0, true, 40, PF_CONFIRMED, false },
    { "to the right, two lengths", 90, 40, RIGHT, 0, 0, true, 40, PF_CONFIRMED, false },
    { "records of varying length", 90, 40, SIGNED, 0, 60, false, 40, PF_CONFIRMED, false },
    { "zoned", 80, 40, ZONED, 0, 0, false, 40, PF_CONFIRMED, false },
    { "zoned with a sign, two lengths", 80, 40, ZONED_SIGNED, 0, 0, true, 40, PF_CONFIRMED, false },
    { "zoned, 3000 bytes", 3000, 12, ZONED, 0, 0, false, 12, PF_CONFIRMED, false },
    { "zoned, records of varying length", 90, 40, ZONED_SIGNED, 0, 60, false, 40, PF_CONFIRMED, false },
    { "zoned, one in two passes", 80, 40, ZONED, 2, 0, false, 0, 0, false },
    { "zoned, three records", 80, 3, ZONED, 0, 0, false, 0, 0, false },
    { "four records", 64, 4, PLAIN, 0, 0, false, 4, PF_PROBABLE, false },
    { "four wide records", 2000, 4, SIGNED, 0, 0, false, 4, PF_PROBABLE, false },
    { "UnionPay 81", 64, 20, PLAIN, 0, 0, false, 20, PF_CONFIRMED, true },
    { "UnionPay 81, zoned", 80, 20, ZONED, 0, 0, false, 20, PF_CONFIRMED, true },
    { "UnionPay 81, COMP-3", 80, 20, SIGNED, 0, 0, false, 20, PF_CONFIRMED, true },
    { "three records", 64, 3, PLAIN, 0, 0, false, 0, 0, false },
    { "one in two passes", 64, 40, PLAIN, 2, 0, false, 0, 0, false },
    { "none passes", 64, 40, PLAIN, 1, 0, false, 0, 0, false },
};

static uint64_t random_of(uint64_t seed)
{
    uint8_t bytes[8];
    uint64_t v;

    look_random(seed, bytes, sizeof bytes);
    memcpy(&v, bytes, sizeof v);
    return v;
}

/* The numbers of 16 digits begin with 810, not with 45. */
static bool eighty_one;

/* Ten bytes at most, 0 or F where no digit is; zoned: sixteen, blanks behind. */
static void put(uint8_t *at, uint64_t random, enum form form, unsigned digits, bool spoil)
{
    uint8_t digit[16] = { 4, 5 };
    size_t from = form == RIGHT ? 20 - digits : form == SIGNED ? 1 : 0;

    if (digits == 15)
        digit[0] = 3, digit[1] = 7;
    else if (eighty_one)
        digit[0] = 8, digit[1] = 1;
    for (size_t i = eighty_one ? 3 : 2; i + 1 < digits; i++, random /= 10)
        digit[i] = (uint8_t)(random % 10);
    while (!pf_luhn_ok(digit, digits))
        digit[digits - 1]++;
    if (spoil)
        digit[digits - 1] = (uint8_t)((digit[digits - 1] + 1) % 10);
    if (form == ZONED || form == ZONED_SIGNED) {
        for (size_t i = 0; i < digits; i++)
            at[i] = (uint8_t)(digit[i] | (form == ZONED_SIGNED && i + 1 == digits ? 0xc0 : 0xf0));
        memset(at + digits, 0x40, 16 - digits);
        return;
    }
    if (form == LEFT)
        memset(at, 0xff, 10);
    else
        memset(at, 0, form == RIGHT ? 10 : form == SIGNED ? 9 : 8);
    for (size_t i = 0; i < digits; i++) {
        unsigned high = (i + from) % 2 == 0;

        at[(i + from) / 2] &= high ? 0x0f : 0xf0;
        at[(i + from) / 2] |= (uint8_t)(digit[i] << (high ? 4 : 0));
    }
    if (form == SIGNED)
        at[8] |= 0x0c;
}

static size_t make(int i, uint8_t *buf)
{
    size_t at = 0;

    eighty_one = row[i].eighty_one;
    for (size_t r = 0; r < row[i].records; r++) {
        uint64_t v = random_of(100 + r);
        size_t width = row[i].stride + (row[i].vary ? random_of(200 + r) % row[i].vary : 0);

        if (row[i].vary) {
            buf[at] = (uint8_t)(width >> 8);
            buf[at + 1] = (uint8_t)width;
            buf[at + 2] = buf[at + 3] = 0;
        }
        put(buf + at + 8, v, row[i].form, row[i].fifteen && r % 3 == 0 ? 15 : 16, row[i].spoil && v % row[i].spoil == 0);
        at += width;
    }
    return at;
}

START_TEST(packed_matches_table)
{
    static uint8_t buf[64 * 1024];
    struct told told;
    size_t len;

    look_random(3 + (uint64_t)_i, buf, sizeof buf);
    len = make(_i, buf);
    look_at(pf_find_packed, buf, len, PF_TEXT_NONE, &told);
    ck_assert_msg(told.all == row[_i].told, "%s: %zu", row[_i].what, told.all);
    for (size_t i = 0; i < told.n; i++)
        ck_assert_msg((int)told.element[i].confidence >= row[_i].least, "%s: %d", row[_i].what, (int)told.element[i].confidence);
    look_at(pf_find_packed, buf, len, PF_TEXT_UTF16LE, &told);
    ck_assert_uint_eq(told.all, 0);
}
END_TEST

/* Blanks and counters of records read as decimals that count up. */
START_TEST(counters_are_no_column)
{
    static uint8_t buf[400 * 28];
    struct told told;

    memset(buf, 0x40, sizeof buf);
    for (size_t r = 0; r < 400; r++) {
        uint8_t *at = buf + 28 * r;

        at[8] = 0;
        at[9] = (uint8_t)(r / 100);
        at[10] = (uint8_t)(r % 100 / 10 << 4 | r % 10);
        at[11] = 0x0c;
    }
    look_at(pf_find_packed, buf, sizeof buf, PF_TEXT_NONE, &told);
    for (size_t i = 0; i < told.n; i++)
        ck_assert_int_eq((int)told.element[i].confidence, PF_POSSIBLE);
}
END_TEST

/* One number alone, behind words. */
START_TEST(words_vouch_for_one)
{
    uint8_t buf[256];
    struct told told;

    look_random(5, buf, sizeof buf);
    memcpy(buf + 60, "\0\0card number: ", 16);
    put(buf + 76, 8462517390u, PLAIN, 16, false);
    look_at(pf_find_packed, buf, sizeof buf, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 1);
    ck_assert_int_eq((int)told.element[0].confidence, PF_PROBABLE);
    memcpy(buf + 60, "\0\0bird lumber: ", 16);
    look_at(pf_find_packed, buf, sizeof buf, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 0);
}
END_TEST

/* One number alone, with a sign and an expiry date behind it. */
START_TEST(a_sign_and_a_date_make_one_possible)
{
    static const struct { const char *what; uint8_t sign, date[2]; size_t told; uint8_t filler; } one[] = {
        { "sign and date", 0x0c, { 0x27, 0x11 }, 1, 0x40 }, { "no record around", 0x0c, { 0x27, 0x11 }, 0, 0 }, { "negative, MMYY", 0x0d, { 0x11, 0x27 }, 1, 0x40 }, { "no sign", 0x0f, { 0x27, 0x11 }, 0, 0x40 },
        { "no month", 0x0c, { 0x27, 0x13 }, 0, 0x40 }, { "a year long ago", 0x0c, { 0x03, 0x11 }, 0, 0x40 }, { "no digits", 0x0c, { 0x2a, 0x11 }, 0, 0x40 },
    };

    for (size_t i = 0; i < sizeof one / sizeof one[0]; i++) {
        uint8_t buf[256];
        struct told told;

        look_random(5, buf, sizeof buf);
        put(buf + 76, 8462517390u, SIGNED, 16, false);
        buf[84] = (uint8_t)((buf[84] & 0xf0) | one[i].sign);
        memcpy(buf + 85, one[i].date, 2);
        if (one[i].filler != 0)
            memset(buf + 100, one[i].filler, 4);
        look_at(pf_find_packed, buf, sizeof buf, PF_TEXT_NONE, &told);
        ck_assert_msg(told.all == one[i].told, "%s: %zu", one[i].what, told.all);
        ck_assert_msg(told.all == 0 || told.element[0].confidence == PF_POSSIBLE, "%s", one[i].what);
    }
}
END_TEST

/* A counter before two zeros reads as the length of a record, which seems to end a byte behind the real one. */
START_TEST(counters_are_no_lengths)
{
    static uint8_t buf[40 * 64];
    struct told told;
    size_t at = 0;

    memset(buf, 0x40, sizeof buf);
    for (size_t r = 0; r < 40; r++) {
        uint8_t width = (uint8_t)(31 + (r % 2 ? random_of(300 + r) % 30 : 0));

        memcpy(buf + at, (uint8_t[]){ 0, width, 0, 0, 0, 0x1c, 0, 0 }, 8);
        put(buf + at + 8, random_of(100 + r), PLAIN, 16, false);
        at += width;
    }
    look_at(pf_find_packed, buf, at, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 40);
    for (size_t i = 0; i < told.n; i++)
        ck_assert_int_eq((int)told.element[i].confidence, PF_CONFIRMED);
}
END_TEST

static const struct { const char *what, *bytes; int cls, digits; } track[] = {
    { "16 digits", "FE 5105105105105100 D2712201 123456789F FE", PF_CLASS_SAD_TRACK, 16 },
    { "no padding, bytes behind", "FE 5105105105105100 D2712201 12345A FE", PF_CLASS_SAD_TRACK, 16 },
    { "15 digits", "FE 378282246310005 D2712201 12345F FE FE", PF_CLASS_SAD_TRACK, 15 },
    { "14 digits", "FE 30569309025904 D2712101 123456789F FE", PF_CLASS_SAD_TRACK, 14 },
    { "zeros behind", "FE 5105105105105100 D2712201 000000000F FE", PF_CLASS_PAN_CLEAR, 16 },
    { "no D", "FE 5105105105105100 C2712201 123456789F FE", -1, 0 },
    { "month 13", "FE 5105105105105100 D2713201 123456789F FE", -1, 0 },
    { "year 99", "FE 5105105105105100 D9912201 123456789F FE", -1, 0 },
    { "service code 333", "FE 5105105105105100 D2712333 123456789F FE", -1, 0 },
    { "too short", "FE 5105105105105100 D2712201 1234FFFFFF FE", -1, 0 },
    { "fails Luhn", "FE 5105105105105101 D2712201 123456789F FE", -1, 0 },
    { "bytes of zero", "FE 4012000033330026 D2712201 123456789F FE", -1, 0 },
    { "ends too soon", "FE 5105105105105100 D2712201", -1, 0 },
};

START_TEST(packed_track_matches_table)
{
    uint8_t buf[64];
    struct told told;

    look_at(pf_find_packed, buf, unhex(track[_i].bytes, buf), PF_TEXT_NONE, &told);
    ck_assert_msg((told.all > 0) == (track[_i].cls >= 0), "%s: %zu", track[_i].what, told.all);
    if (told.all > 0) {
        ck_assert_msg((int)told.element[0].cls == track[_i].cls && told.element[0].digits == track[_i].digits, "%s", track[_i].what);
        ck_assert_int_eq((int)told.element[0].confidence, PF_POSSIBLE);
    }
}
END_TEST

/* The last byte of the buffer is a number's: nothing behind it is read (the sanitizers' build tells). */
START_TEST(a_number_may_end_the_bytes)
{
    static const uint8_t number[] = { 0x40, 0x12, 0x88, 0x88, 0x81, 0x28, 0x37, 0x65 };
    uint8_t *buf = malloc(sizeof number);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    memcpy(buf, number, sizeof number);
    look_at(pf_find_packed, buf, sizeof number, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 0);
    free(buf);
}
END_TEST

START_TEST(random_bytes_are_quiet)
{
    size_t len = 16u << 20;
    uint8_t *buf = malloc(len);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    look_random(13, buf, len);
    look_at(pf_find_packed, buf, len, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 0);
    free(buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("packed");
    TCase *tc = tcase_create("packed");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, packed_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, counters_are_no_column);
    tcase_add_test(tc, words_vouch_for_one);
    tcase_add_test(tc, a_sign_and_a_date_make_one_possible);
    tcase_add_test(tc, counters_are_no_lengths);
    tcase_add_loop_test(tc, packed_track_matches_table, 0, (int)(sizeof track / sizeof track[0]));
    tcase_add_test(tc, a_number_may_end_the_bytes);
    tcase_add_test(tc, random_bytes_are_quiet);
    tcase_set_timeout(tc, 60);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
