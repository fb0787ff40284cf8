/* links: pan-finder/base pan-finder/finding  libs: -ljansson */
#include "pan-finder/finding/read.h"
#include "pan-finder/finding/rules.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *glob, *text; bool want; } glob[] = {
    { "/srv/a", "/srv/a", true }, { "/srv/a", "/srv/ab", false }, { "/srv/a", "/srv", false },
    { "/srv/*", "/srv/a/b.txt", true }, { "*.min.js", "/w/x.min.js", true }, { "*.min.js", "/w/x.min.jsx", false },
    { "/srv/?/c", "/srv/b/c", true }, { "/srv/?/c", "/srv/bb/c", false }, { "*a*b*c", "aabbcabc", true },
    { "*a*b*c", "aabb", false }, { "*", "", true }, { "", "", true }, { "", "a", false }, { "a**", "a", true },
};

START_TEST(globs)
{
    ck_assert_msg(pf_glob_match(glob[_i].glob, glob[_i].text, strlen(glob[_i].text)) == glob[_i].want, "%s on %s",
                  glob[_i].glob, glob[_i].text);
}
END_TEST

START_TEST(a_glob_of_stars_ends_soon)
{
    static char text[60000];

    memset(text, 'a', sizeof text);
    ck_assert(!pf_glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*b", text, sizeof text));
}
END_TEST

START_TEST(each_fingerprint_is_found_again)
{
    struct pf_user_rules rules = { .n_numbers = 0 };
    struct pf_error err = { "" };
    char print[PF_FINGERPRINT_HEX + 1];

    ck_assert_ptr_null(pf_user_rules_ignored_number(&rules, "00"));
    ck_assert_ptr_null(pf_user_rules_ignored_number(NULL, "00"));
    for (unsigned i = 0; i < PF_USER_NUMBERS_MAX; i++) {
        (void)snprintf(print, sizeof print, "%032x", i * 2654435761u);
        ck_assert(pf_user_rules_number(&rules, print, "r", &err) == PF_OK);
    }
    ck_assert(pf_user_rules_number(&rules, print, "r", &err) == PF_E_USAGE);
    pf_user_rules_ready(&rules);
    for (unsigned i = 0; i < PF_USER_NUMBERS_MAX; i++) {
        (void)snprintf(print, sizeof print, "%032x", i * 2654435761u);
        ck_assert_ptr_nonnull(pf_user_rules_ignored_number(&rules, print));
    }
    pf_user_rules_release(&rules);
}
END_TEST

START_TEST(the_first_path_that_fits_gives_the_reason)
{
    struct pf_user_rules rules = { .n_numbers = 0 };
    struct pf_error err = { "" };

    ck_assert(pf_user_rules_path(&rules, "/srv/x/*", "first", &err) == PF_OK);
    ck_assert(pf_user_rules_path(&rules, "/srv/*", "second", &err) == PF_OK);
    ck_assert_str_eq(pf_user_rules_ignored_path(&rules, "/srv/x/y", 8), "first");
    ck_assert_str_eq(pf_user_rules_ignored_path(&rules, "/srv/z", 6), "second");
    ck_assert_ptr_null(pf_user_rules_ignored_path(&rules, "/home", 5));
    ck_assert_ptr_null(pf_user_rules_ignored_path(NULL, "/home", 5));
    ck_assert_ptr_null(pf_user_rules_ignored_path(&rules, "x/y", 3));
    rules.cwd = "/srv";
    ck_assert_str_eq(pf_user_rules_ignored_path(&rules, "x/y", 3), "first");
    ck_assert_str_eq(pf_user_rules_ignored_path(&rules, "././x/y", 7), "first");
    ck_assert_ptr_null(pf_user_rules_ignored_path(&rules, "-", 1));
    rules.cwd = "/";
    ck_assert_str_eq(pf_user_rules_ignored_path(&rules, "./srv/x/y", 9), "first");
    pf_user_rules_release(&rules);
}
END_TEST

#define HEAD "{\"record\":\"finding\",\"path\":\"a\",\"where\":\"content\",\"offset\":0,\"class\":\"PAN_CLEAR\"," \
             "\"confidence\":\"confirmed\",\"encoding\":\"ascii\",\"reasons\":[],\"test_pan\":false,\"count\":1"

static const struct { const char *line; bool ok; const char *by; } mark[] = {
    { HEAD "}", true, NULL },
    { HEAD ",\"ignored\":{\"by\":\"path\",\"reason\":\"r\"}}", true, "path" },
    { HEAD ",\"ignored\":{\"by\":\"whim\",\"reason\":\"r\"}}", false, NULL },
    { HEAD ",\"ignored\":{\"by\":\"path\",\"reason\":\"\"}}", false, NULL },
    { HEAD ",\"ignored\":true}", false, NULL },
};

START_TEST(a_mark_is_read_or_refused)
{
    struct pf_record rec;
    struct pf_error err = { "" };
    size_t len = strlen(mark[_i].line);
    bool ok = pf_record_parse(&rec, mark[_i].line, len, &err) == PF_OK;

    ck_assert_msg(ok == mark[_i].ok, "row %d: %s", _i, err.text);
    if (!ok)
        return;
    ck_assert_pstr_eq(rec.finding.ignored_by, mark[_i].by);
    ck_assert(pf_record_is_ignored(mark[_i].line, len) == (mark[_i].by != NULL));
    pf_record_release(&rec);
}
END_TEST

START_TEST(a_mark_is_written_as_it_is_read)
{
    struct pf_finding f = { .cls = PF_CLASS_SAD_CVC, .brand = "", .encoding = "ascii", .where = "content", .count = 1,
                            .ignored_by = "pattern", .ignored_reason = "said \"so\"" };
    const struct pf_locus at = { .path = { "a\",\"ignored\":{", 14 } };
    struct pf_buf out = PF_BUF_INIT;
    struct pf_record rec;

    pf_record_finding(&out, &at, &f);
    ck_assert(pf_record_is_ignored(out.data, out.len));
    ck_assert(pf_record_parse(&rec, out.data, out.len, NULL) == PF_OK);
    ck_assert_str_eq(rec.finding.ignored_reason, f.ignored_reason);
    pf_record_release(&rec);
    pf_buf_clear(&out);
    f.ignored_by = NULL;
    pf_record_finding(&out, &at, &f);
    ck_assert(!pf_record_is_ignored(out.data, out.len));
    pf_buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rules");
    TCase *tc = tcase_create("rules");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, globs, 0, (int)(sizeof glob / sizeof glob[0]));
    tcase_add_test(tc, a_glob_of_stars_ends_soon);
    tcase_add_test(tc, each_fingerprint_is_found_again);
    tcase_add_test(tc, the_first_path_that_fits_gives_the_reason);
    tcase_add_loop_test(tc, a_mark_is_read_or_refused, 0, (int)(sizeof mark / sizeof mark[0]));
    tcase_add_test(tc, a_mark_is_written_as_it_is_read);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
