/* links: pan-finder/pattern pan-finder/base  libs: -lpcre2-8 -ljansson */
#include "pan-finder/pattern/pattern.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The number is what stands between < and > of the text. */
static const struct { const char *what, *pattern, *text; enum pf_match want; } row[] = {
    { "the number itself", "\\d{4}", "a <1234> b", PF_MATCH_YES },
    { "text that leads to it", "parcel \\d+", "parcel <1234>", PF_MATCH_YES },
    { "text that touches it before", "id=", "id=<1234>", PF_MATCH_YES },
    { "text that touches it behind", " EUR", "<1234> EUR", PF_MATCH_YES },
    { "text beside another number", "parcel \\d+", "parcel 99 then <1234>", PF_MATCH_NO },
    { "the second match is the one", "parcel \\d+", "parcel 99 parcel <1234>", PF_MATCH_YES },
    { "text behind another number", "\\d+ EUR", "<1234>, 99 EUR", PF_MATCH_NO },
    { "look-behind", "(?<=member )(?=\\d)", "member <1234>", PF_MATCH_YES },
    { "empty matches elsewhere", "x*", "<1234>", PF_MATCH_YES },
    { "letters of UTF-8 are bytes", "会員番号 \\d+", "会員番号 <1234>", PF_MATCH_YES },
    { "an exploding pattern is given up", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab<1234>", PF_MATCH_LIMIT },
};

START_TEST(only_matches_at_the_number_count)
{
    const char *open = strchr(row[_i].text, '<'), *close = strchr(row[_i].text, '>');
    size_t from = (size_t)(open - row[_i].text), to = (size_t)(close - row[_i].text) - 1;
    struct pf_pattern *p = NULL;
    struct pf_error err = { "" };
    char text[128] = "";
    enum pf_match got;

    memcpy(text, row[_i].text, from);
    memcpy(text + from, open + 1, to - from);
    (void)strncat(text, close + 1, sizeof text - to - 1);
    ck_assert_msg(pf_pattern_new(&p, row[_i].pattern, strlen(row[_i].pattern), &err) == PF_OK, "%s: %s",
                  row[_i].what, err.text);
    got = pf_pattern_match(p, (const uint8_t *)text, strlen(text), from, to);
    ck_assert_msg(got == row[_i].want, "%s: %d", row[_i].what, got);
    pf_pattern_free(p);
}
END_TEST

static const struct { const char *what, *pattern, *message; } bad[] = {
    { "an open group", "(a", "at its byte 3: missing closing parenthesis" },
    { "nothing to repeat", "ab**+", "at its byte" },
    { "UTF mode", "(*UTF)a", "not a pattern" },
    { "half a character", "\\Ca", "not a pattern" },
    { "nothing", "", "1 to 1024 bytes" },
};

/* Every "a" matches in less than the limit, and there are hundreds of them. */
START_TEST(many_dear_matches_are_given_up)
{
    static const char pattern[] = "(?:a+)+(?:a+)+b|a";
    struct pf_pattern *p = NULL;
    char text[541];

    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < 500; i++)
        text[i] = i % 12 == 11 ? 'x' : 'a';
    ck_assert(pf_pattern_new(&p, pattern, strlen(pattern), NULL) == PF_OK);
    ck_assert_int_eq(pf_pattern_match(p, (const uint8_t *)text, 12, 11, 12), PF_MATCH_YES);
    ck_assert_int_eq(pf_pattern_match(p, (const uint8_t *)text, sizeof text, 520, 536), PF_MATCH_LIMIT);
    pf_pattern_free(p);
}
END_TEST

START_TEST(mistakes_are_told_without_the_pattern)
{
    struct pf_pattern *p = NULL;
    struct pf_error err = { "" };

    ck_assert_msg(pf_pattern_new(&p, bad[_i].pattern, strlen(bad[_i].pattern), &err) == PF_E_USAGE, "%s", bad[_i].what);
    ck_assert_ptr_null(p);
    ck_assert_msg(strstr(err.text, bad[_i].message) != NULL, "%s: %s", bad[_i].what, err.text);
}
END_TEST

START_TEST(a_long_pattern_is_refused)
{
    static char text[PF_PATTERN_MAX + 1];
    struct pf_pattern *p = NULL;
    struct pf_error err = { "" };

    memset(text, 'a', sizeof text);
    ck_assert(pf_pattern_new(&p, text, sizeof text, &err) == PF_E_USAGE);
    ck_assert(pf_pattern_new(&p, text, sizeof text - 1, &err) == PF_OK);
    pf_pattern_free(p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pattern");
    TCase *tc = tcase_create("pattern");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, only_matches_at_the_number_count, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_loop_test(tc, mistakes_are_told_without_the_pattern, 0, (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tc, many_dear_matches_are_given_up);
    tcase_add_test(tc, a_long_pattern_is_refused);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
