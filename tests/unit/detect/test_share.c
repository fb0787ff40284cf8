/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/share.h"

#include <check.h>
#include <stdlib.h>

static const struct { const char *what; uint64_t n, k; enum pf_share want; } row[] = {
    { "nothing at all", 0, 0, PF_SHARE_NONE },
    { "one number", 1, 1, PF_SHARE_NONE },
    { "two of two", 2, 2, PF_SHARE_SOME },
    { "four of four are too few for more", 4, 4, PF_SHARE_SOME },
    { "five of five: 1 in 100,000 by chance", 5, 5, PF_SHARE_MOST },
    { "five of ten: 1.6 in 1,000 by chance", 10, 5, PF_SHARE_SOME },
    { "eight of sixteen", 16, 8, PF_SHARE_MOST },
    { "under half", 17, 8, PF_SHARE_SOME },
    { "three of ten", 10, 3, PF_SHARE_SOME },
    { "three of eleven", 11, 3, PF_SHARE_NONE },
    { "random ids", 1000, 100, PF_SHARE_NONE },
    { "a million random ids", 1000000, 100000, PF_SHARE_NONE },
    { "a column of cards", 1000000, 990000, PF_SHARE_MOST },
    { "a third of many", 3000, 1000, PF_SHARE_SOME },
};

START_TEST(share_matches_table)
{
    ck_assert_msg(pf_share_test(row[_i].n, row[_i].k) == row[_i].want, "%s", row[_i].what);
}
END_TEST

START_TEST(tail_is_the_binomial_tail)
{
    ck_assert_double_eq_tol(pf_share_tail(5, 5), 1e-5, 1e-12);
    ck_assert_double_eq_tol(pf_share_tail(2, 1), 0.19, 1e-12);
    ck_assert_double_eq_tol(pf_share_tail(10, 5), 0.0016349374, 1e-9);
    ck_assert_double_eq_tol(pf_share_tail(1000, 0), 1.0, 1e-9);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("share");
    TCase *tc = tcase_create("share");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, share_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, tail_is_the_binomial_tail);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
