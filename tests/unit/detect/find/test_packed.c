/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/look.h"

#include "pan-finder/detect/luhn.h"

#include <check.h>

/* Records of `stride` bytes, random but for a packed number of 16 digits at byte 8,
 * of which one in `spoil` fails Luhn (0: none). */
static const struct { const char *what; size_t stride, records; bool sign; unsigned spoil; size_t told; } row[] = {
    { "plain, 64 bytes", 64, 40, false, 0, 40 },
    { "plain, 150 bytes", 150, 40, false, 0, 38 },
    { "COMP-3, 80 bytes", 80, 40, true, 0, 40 },
    { "three records", 64, 3, false, 0, 0 },
    { "one in two passes", 64, 40, false, 2, 0 },
    { "none passes", 64, 40, false, 1, 0 },
};

static void put(uint8_t *at, uint64_t random, bool sign, bool spoil)
{
    uint8_t digit[16] = { 4, 5 };
    size_t from = sign ? 1 : 0;

    for (size_t i = 2; i < 15; i++, random /= 10)
        digit[i] = (uint8_t)(random % 10);
    while (!pf_luhn_ok(digit, 16))
        digit[15]++;
    if (spoil)
        digit[15] = (uint8_t)((digit[15] + 1) % 10);
    memset(at, 0, sign ? 9 : 8);
    for (size_t i = 0; i < 16; i++)
        at[(i + from) / 2] |= (uint8_t)(digit[i] << ((i + from) & 1 ? 0 : 4));
    if (sign)
        at[8] |= 0x0c;
}

START_TEST(packed_matches_table)
{
    uint8_t buf[40 * 200];
    size_t len = row[_i].stride * row[_i].records;
    struct told told;

    look_random(3 + (uint64_t)_i, buf, len);
    for (size_t r = 0; r < row[_i].records; r++) {
        uint8_t random[8];
        uint64_t v;

        look_random(100 + r, random, 8);
        memcpy(&v, random, 8);
        put(buf + r * row[_i].stride + 8, v, row[_i].sign, row[_i].spoil && v % row[_i].spoil == 0);
    }
    look_at(pf_find_packed, buf, len, PF_TEXT_NONE, &told);
    ck_assert_msg(told.all == row[_i].told, "%s: %zu", row[_i].what, told.all);
    look_at(pf_find_packed, buf, len, PF_TEXT_BYTES, &told);
    ck_assert_uint_eq(told.all, 0);
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
    tcase_add_test(tc, random_bytes_are_quiet);
    tcase_set_timeout(tc, 60);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
