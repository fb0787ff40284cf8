/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Truncated numbers as they stand, and what looks like them. */
#define FINDER pf_find_masked
#include "tests/lib/text_find.h"

#include <stdio.h>
#include <stdlib.h>

#define NOTHING PF_CLASS_COUNT
#define OK PF_CLASS_PAN_TRUNC_OK
#define WIDE PF_CLASS_PAN_TRUNC_WIDE

static const struct { const char *text; enum pf_class cls; enum pf_confidence sure; const char *shown; } row[] = {
    { "card number 4111-11xx-xxxx-1111 ok", OK, PF_CONFIRMED, "411111******1111" },
    { "ref 4111 11** **** 1111 ok", OK, PF_PROBABLE, "411111******1111" },
    { "card number 3782 822*** *0005", WIDE, PF_CONFIRMED, "378282*****0005" },
    { "card number 3782 82**** *0005", OK, PF_CONFIRMED, "378282*****0005" },
    { "card number 411111••••••1111", OK, PF_CONFIRMED, "411111******1111" },
    { "カード番号：４１１１１１＊＊＊＊＊＊１１１１", OK, PF_CONFIRMED, "411111******1111" },
    { "カード番号：４１１１－１１＊＊－＊＊＊＊－１１１１", OK, PF_CONFIRMED, "411111******1111" },
    { "card number: 4111********1111", OK, PF_CONFIRMED, "4111********1111" },
    { "card number: 4111 **** **** 1111", OK, PF_CONFIRMED, "4111********1111" },
    { "card number: 411111****1111", OK, PF_CONFIRMED, "411111****1111" },
    { "card number: 411111...1111", OK, PF_CONFIRMED, "411111***1111" },
    { "card number: 411111......1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111****111111", WIDE, PF_CONFIRMED, "411111******1111" },
    { "card number 411111××××××1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 4111 11ＸＸ ＸＸＸＸ 1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111ｘｘｘｘｘｘ1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111∗∗∗∗∗∗1111", OK, PF_CONFIRMED, "411111******1111" },
    { "ref 411111○○○○○○1111", OK, PF_PROBABLE, "411111******1111" },
    { "ref 411111■■■■■■1111", OK, PF_PROBABLE, "411111******1111" },
    { "card number 411111\x81\x7e\x81\x7e\x81\x7e\x81\x7e\x81\x7e\x81\x7e" "1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111\x82\x77\x82\x77\x82\x77\x82\x77\x82\x77\x82\x77" "1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111\xa1\xdf\xa1\xdf\xa1\xdf\xa1\xdf\xa1\xdf\xa1\xdf" "1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111______1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 4111 11__ ____ 1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111------1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 4111 11-- ---- 1111", OK, PF_CONFIRMED, "411111******1111" },
    { "card number 411111??????1111", OK, PF_CONFIRMED, "411111******1111" },
    { "411111______1111", NOTHING, 0, "" },
    { "411111------1111", NOTHING, 0, "" },
    { "411111??????1111", NOTHING, 0, "" },
    { "size 411111×1111", NOTHING, 0, "" },
    { "4111********1111", NOTHING, 0, "" },
    { "411111****1111", NOTHING, 0, "" },
    { "411111......1111", NOTHING, 0, "" },
    { "411111...1111 bytes", NOTHING, 0, "" },
    { "4.38961843444...", NOTHING, 0, "" },
    { "the sum is 389618434444...", NOTHING, 0, "" },
    { "card number 41111111111111... and more", NOTHING, 0, "" },
    { "card ************1111, **** **** **** 1111", NOTHING, 0, "" },
    { "lib 4111.* 4111.*.*.* 4111-*-*-*", NOTHING, 0, "" },
    { "/* 4111 **************************/", NOTHING, 0, "" },
    { "4111111111111XXXX", NOTHING, 0, "" },
    { "0411111******1111", NOTHING, 0, "" },
    { "x411111******1111", NOTHING, 0, "" },
    { "411111******1111x", NOTHING, 0, "" },
};

START_TEST(truncated_match_table)
{
    char text[512];

    for (int pad = 0; pad < 80; pad += 9) {          /* the marks' words fall anywhere */
        snprintf(text, sizeof text, "%*s\n%s\n", pad, "", row[_i].text);
        find(text);
        ck_assert_msg(found.n == (row[_i].cls != NOTHING), "%s: %u", row[_i].text, found.n);
        if (found.n == 0)
            continue;
        ck_assert_msg(found.last.cls == row[_i].cls, "%s", row[_i].text);
        ck_assert_msg(found.last.confidence == row[_i].sure, "%s: %d", row[_i].text, (int)found.last.confidence);
        ck_assert_str_eq(found.last.masked.text, row[_i].shown);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("masked");
    TCase *tc = tcase_create("masked");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, truncated_match_table, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
