/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#define FINDER pf_find_wrapped
#include "tests/lib/text_find.h"
#include "pan-finder/detect/lookalike.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER 4111111111111111u
#define LONG_TEXT "the customer told us on the phone that it is "

static const struct { const char *what, *text; unsigned n; enum pf_confidence confidence; } row[] = {
    { "groups, no words", "it is 4111 1111 1111\n1111 or so", 1, PF_POSSIBLE },
    { "groups, field", "card number: 4111 1111 1111\r\n1111\r\n", 1, PF_CONFIRMED },
    { "a date behind it", "Please charge the credit card number 411111111\n1111111 exp 12/27\n", 1, PF_CONFIRMED },
    { "a date behind groups", "My credit card number is 4111 1111\n1111 1111, valid thru 12/27\n", 1, PF_CONFIRMED },
    { "hyphen at the end", "card number: 4111-1111-1111-\n1111 end", 1, PF_CONFIRMED },
    { "hyphen before CR LF", "card number: 4111-1111-1111-\r\n1111 end", 1, PF_CONFIRMED },
    { "space at the end", "card number 4111 1111 \n1111 1111 end", 1, PF_CONFIRMED },
    { "quoted", "> card number 4111 1111\n> 1111 1111 end", 1, PF_CONFIRMED },
    { "indent", "   card number 4111 1111\n   1111 1111 end", 1, PF_CONFIRMED },
    { "break within a group", "card number 4111 11\n11 1111 1111 end", 1, PF_CONFIRMED },
    { "unbroken digits, words", LONG_TEXT "card number 411111111111\r\n1111 so it was", 1, PF_CONFIRMED },
    { "unbroken digits, Japanese", "お客様からお電話でいただいたカード番号は41111111\n11111111です。", 1, PF_CONFIRMED },
    { "unbroken digits, no words", LONG_TEXT "411111111111\n1111 so it was", 0, 0 },
    { "unbroken digits, short line", "card number 411111111111\n1111 so it was", 1, PF_CONFIRMED },
    { "three digits before the end", "card no: 411\n1111111111111 exp 05/27\n", 1, PF_CONFIRMED },
    { "unbroken digits, indent", "card no: 411111\n    1111111111 exp 05/27\n", 1, PF_CONFIRMED },
    { "unbroken digits, quoted", "> card no: 41111\n> 11111111111 exp 05/27\n", 1, PF_CONFIRMED },
    { "unbroken digits, below a line that ends in digits", "exp 05/27\ncard no: 41111\n11111111111 exp 05/27\n", 1, PF_CONFIRMED },
    { "unbroken digits, short line, Japanese", "\xe3\x82\xab\xe3\x83\xbc\xe3\x83\x89\xe7\x95\xaa\xe5\x8f\xb7" "411111\n1111111111\xe3\x81\xae", 1, PF_CONFIRMED },
    { "the same in Shift_JIS", "\x83J\x81[\x83h\x94\xd4\x8d\x86" "411111\n1111111111\x82\xcc\x82\xb2\x98" "A", 1, PF_CONFIRMED },
    { "unbroken digits, words farther off", "card number of the man: 411111111111\n1111 so it was", 0, 0 },
    { "lines that begin alike", "1111111111 card no: 411111\n1111111111 x\n", 0, 0 },
    { "a list below words", "card no:\n41111111\n11111111\n", 0, 0 },
    { "two lines of a list", "card numbers\n4111 1111 1111\n1111 1111 1111\n4111 1111 1111\n1111\n", 0, 0 },
    { "columns", "card 1 4111 1111 1111\n1111 2 4111 1111 1111\n1111", 0, 0 },
    { "rows that end in numbers", LONG_TEXT "card 411111111111\n1111 and the next is 2222\n", 0, 0 },
    { "cells", "card number,aaaaaaaaaaaaaaaaaaaaaaaaaaa,411111111111\n1111,b,4\n", 0, 0 },
    { "fails Luhn", "card number 4111 1111 1111\n1112 end", 0, 0 },
    { "odd groups", "card number 411 1111 11111\n1111 end", 0, 0 },
    { "empty line between", "card number 4111 1111 1111\n\n1111 end", 0, 0 },
    { "nothing behind", "card number 4111 1111 1111\n", 0, 0 },
};

START_TEST(breaks_match_table)
{
    find(row[_i].text);
    ck_assert_msg(found.n == row[_i].n, "%s: %u", row[_i].what, found.n);
    if (row[_i].n == 0)
        return;
    ck_assert_msg(found.last.confidence == row[_i].confidence, "%s: %d", row[_i].what, found.last.confidence);
    ck_assert_uint_eq(pf_pan_number(&found.last.pan), NUMBER);
}
END_TEST

/* The first thirteen digits pass Luhn, in a length that Visa no longer issues. */
START_TEST(first_part_is_no_number)
{
    find("card number: 401288888" "8881\n881 exp 05/27\n");
    ck_assert_uint_eq(found.n, 1);
    ck_assert_uint_eq(pf_pan_number(&found.last.pan), 4012888888881881u);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wrapped");
    TCase *tc = tcase_create("wrapped");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, breaks_match_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, first_part_is_no_number);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
