/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* The check digit test and the filler test. */
#include "pan-finder/detect/luhn.h"

#include <check.h>
#include <stdlib.h>

static const struct { const char *what; uint8_t digit[19]; size_t n; bool ok, filler; } row[] = {
    { "published test number, 16", { 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 16, true, false },
    { "published test number, 15", { 3, 7, 8, 2, 8, 2, 2, 4, 6, 3, 1, 0, 0, 0, 5 }, 15, true, false },
    { "published test number, 13", { 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, 13, true, false },
    { "check digit off by one", { 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2 }, 16, false, false },
    { "all zeros pass, but are filler", { 0 }, 16, true, true },
    { "nines", { 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 }, 12, false, true },
    { "counting up over nine", { 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 16, false, true },
    { "counting down over zero", { 3, 2, 1, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 13, false, true },
    { "steps of two are no filler", { 0, 2, 4, 6, 8, 0, 2, 4, 6, 8, 0, 2 }, 12, false, false },
    { "a last digit that breaks the row", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 3 }, 12, false, false },
    { "one digit", { 0 }, 1, true, false },
};

START_TEST(luhn_matches_table)
{
    ck_assert_msg(pf_luhn_ok(row[_i].digit, row[_i].n) == row[_i].ok, "%s", row[_i].what);
    ck_assert_msg(pf_luhn_filler(row[_i].digit, row[_i].n) == row[_i].filler, "%s", row[_i].what);
}
END_TEST

/* Luhn finds every single wrong digit, and no check digit fits twice. */
START_TEST(one_check_digit_in_ten_passes)
{
    uint8_t digit[19];

    srand(7);
    for (int t = 0; t < 2000; t++) {
        size_t n = 12 + (size_t)t % 8;
        unsigned pass = 0;

        for (size_t i = 0; i < n; i++)
            digit[i] = (uint8_t)(rand() % 10);
        for (uint8_t last = 0; last < 10; last++) {
            digit[n - 1] = last;
            pass += pf_luhn_ok(digit, n);
        }
        ck_assert_uint_eq(pass, 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("luhn");
    TCase *tc = tcase_create("luhn");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tc, luhn_matches_table, 0, sizeof row / sizeof row[0]);
    tcase_add_test(tc, one_check_digit_in_ten_passes);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
