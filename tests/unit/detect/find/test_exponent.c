/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#define FINDER pf_find_exponent
#include "tests/lib/text_find.h"
#include "pan-finder/detect/lookalike.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING PF_CLASS_COUNT

static const struct { const char *text; enum pf_class cls; uint64_t number; enum pf_confidence confidence; } row[] = {
    { "4.111111111111111E15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "4.111111111111111e+15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "a,4.111111111111111E+15,b", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "4,111111111111111E+15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "4.1111111111111110E+15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "card_number: 4.111111111111111E15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_CONFIRMED },
    { "カード番号：4.111111111111111E15", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_CONFIRMED },
    { "4.11111111111111E+15", PF_CLASS_PAN_ROUNDED, 4111111111111111u, PF_POSSIBLE },
    { "{\"card_number\": 4.11111111111111E+15}", PF_CLASS_PAN_ROUNDED, 4111111111111111u, PF_CONFIRMED },
    { "3.78282246310005E14", PF_CLASS_PAN_CLEAR, 378282246310005u, PF_POSSIBLE },
    { "3.71449635398431E+14;", PF_CLASS_PAN_CLEAR, 371449635398431u, PF_POSSIBLE },
    { "5.10510510510510E15", PF_CLASS_PAN_CLEAR, 5105105105105100u, PF_POSSIBLE },
    { "4.111111111111111E+015", PF_CLASS_PAN_CLEAR, 4111111111111111u, PF_POSSIBLE },
    { "<v>4.11111111111111e+015</v>", PF_CLASS_PAN_ROUNDED, 4111111111111111u, PF_POSSIBLE },
    { "4.111111111111111E+0155", NOTHING, 0, 0 },
    { "4.111111111111111E+115", NOTHING, 0, 0 },
    { "4.1111111111111E+15", NOTHING, 0, 0 },
    { "4.111111111111112E15", NOTHING, 0, 0 },
    { "4.1111111111111111E15", NOTHING, 0, 0 },
    { "14.111111111111111E15", NOTHING, 0, 0 },
    { "0.4.111111111111111E15", NOTHING, 0, 0 },
    { "x4.111111111111111E15", NOTHING, 0, 0 },
    { "4.111111111111111E14", NOTHING, 0, 0 },
    { "4.111111111111111E150", NOTHING, 0, 0 },
    { "4.111111111111111E-15", NOTHING, 0, 0 },
    { "8.111111111111111E15", NOTHING, 0, 0 },
    { "4.503599627370496E15", NOTHING, 0, 0 },             /* 2^52 */
    { "E15 1E15 .E+15 4.E15 ,1E+12", NOTHING, 0, 0 },
};

START_TEST(exponents_match_table)
{
    char text[512];

    for (size_t pad = 0; pad < 80; pad += 7) {       /* the marks' words fall anywhere */
        snprintf(text, sizeof text, "%*s\n%s", (int)pad, "", row[_i].text);
        find(text);
        ck_assert_msg(found.n == (row[_i].cls != NOTHING), "%s: %u", row[_i].text, found.n);
        if (row[_i].cls == NOTHING)
            continue;
        ck_assert_msg(found.last.cls == row[_i].cls, "%s", row[_i].text);
        ck_assert_msg(pf_pan_number(&found.last.pan) == row[_i].number, "%s", row[_i].text);
        ck_assert_msg(found.last.confidence == row[_i].confidence, "%s: %d", row[_i].text, found.last.confidence);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exponent");
    TCase *tc = tcase_create("exponent");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, exponents_match_table, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
