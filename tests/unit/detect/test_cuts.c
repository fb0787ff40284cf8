/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* What stands across the border of two windows is told as if there were none. */
#include "pan-finder/detect/window.h"
#include "tests/lib/collect.h"

#include <check.h>

#define SIZE 8192
#define LAST "4111111111111111"

static uint8_t bytes[SIZE];

/* Lines of 100 bytes. */
static void lines(void)
{
    memset(bytes, 'a', sizeof bytes);
    for (size_t i = 99; i < sizeof bytes; i += 100)
        bytes[i] = '\n';
}

/* The same with windows of `chunk` bytes as in one. */
static void same(size_t chunk)
{
    static struct kept whole, cut;
    struct pf_detector *d = detector(0, true);

    search(d, bytes, sizeof bytes, 0, &whole);
    pf_detector_free(d);
    d = detector(chunk, true);
    search(d, bytes, sizeof bytes, 0, &cut);
    pf_detector_free(d);
    ck_assert_uint_gt(whole.n, 0);
    ck_assert_uint_eq(whole.n, cut.n);
    ck_assert_uint_eq(whole.stats.shapes, cut.stats.shapes);
    for (size_t i = 0; i < whole.n; i++) {
        ck_assert_uint_eq(whole.finding[i].offset, cut.finding[i].offset);
        ck_assert_uint_eq(whole.finding[i].line, cut.finding[i].line);
        ck_assert_uint_eq(whole.finding[i].count, cut.finding[i].count);
        ck_assert_str_eq(whole.finding[i].encoding, cut.finding[i].encoding);
        ck_assert_int_eq(whole.finding[i].confidence, cut.finding[i].confidence);
    }
}

/* UTF-16 that reads in both orders begins a byte before its little-endian form, perhaps before the window. */
START_TEST(a_number_that_reads_in_both_orders)
{
    for (size_t chunk = 1; chunk < 64; chunk += 2) {
        lines();
        for (size_t at = 5001; at + 64 < sizeof bytes; at += 64) {
            for (size_t i = 0; i < 16; i++) {
                bytes[at + 2 * i] = (uint8_t)LAST[i];
                bytes[at + 2 * i + 1] = bytes[at - 1] = 0;
            }
        }
        same(chunk);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cuts");
    TCase *tc = tcase_create("cuts");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, a_number_that_reads_in_both_orders);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
