/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* JIS II records that no name tells: rows with a number at one offset. */
#define FINDER pf_find_jis_rows
#include "tests/lib/text_find.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const number[] = { "4111111111111111", "5555555555554444", "4012888888881881", "5105105105105100", "3530111333300000" };

/* Writes `n` rows of `width` characters between `open` and `close`; row i is indented
 * by `shift` times i. */
static void rows(char *text, unsigned n, int width, const char *open, const char *close, int shift, const char *data)
{
    size_t at = 0;

    for (unsigned i = 0; i < n; i++) {
        char row[128];

        snprintf(row, sizeof row, "%*sb%s%s", shift * (int)i, "", number[i % 5], data);
        at += (size_t)snprintf(text + at, TEXT_MAX - at, "%s%-*.*s%s", open, width, width, row, close);
    }
}

static void expect(const char *text, unsigned n, enum pf_confidence sure)
{
    find(text);
    ck_assert_uint_eq(found.n, n);
    if (n == 0)
        return;
    ck_assert_int_eq(found.last.cls, PF_CLASS_SAD_TRACK);
    ck_assert_int_eq(found.last.confidence, sure);
    ck_assert_int_eq(found.last.pan.n, 16);
}

START_TEST(rows_are_found)
{
    char text[TEXT_MAX];

    for (int width = 69; width <= 72; width++) {
        rows(text, 5, width, "", "\n", 0, "281200000000");
        expect(text, 5, PF_CONFIRMED);
    }
    rows(text, 3, 69, "", "\r\n", 0, "281200000000");
    expect(text, 3, PF_PROBABLE);
    rows(text, 4, 69, "17,\"", "\",ok\n", 0, "281200000000");
    expect(text, 4, PF_PROBABLE);
    rows(text, 5, 69, "<jis>", "</jis>\n", 0, " 2812 1");
    expect(text, 5, PF_CONFIRMED);
}
END_TEST

START_TEST(other_rows_are_not)
{
    char text[TEXT_MAX];

    rows(text, 2, 69, "", "\n", 0, "281200000000");
    expect(text, 0, 0);
    rows(text, 5, 68, "", "\n", 0, "281200000000");
    expect(text, 0, 0);
    rows(text, 5, 73, "", "\n", 0, "281200000000");
    expect(text, 0, 0);
    rows(text, 5, 69, "", "\n", 3, "281200000000");      /* the offset moves */
    expect(text, 0, 0);
    rows(text, 5, 69, "", "\n", 0, " level=info code=12");  /* a log */
    expect(text, 0, 0);
    for (size_t i = 0; i < 5; i++)                       /* one number, again and again */
        rows(text + 70 * i, 1, 69, "", "\n", 0, "281200000000");
    expect(text, 0, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jis_rows");
    TCase *tc = tcase_create("jis_rows");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tc, rows_are_found);
    tcase_add_test(tc, other_rows_are_not);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
