/* links: pan-finder/base pan-finder/object pan-finder/finding pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/source pan-finder/decode pan-finder/scan pan-finder/process  libs: -lsodium -lseccomp -ljansson -lm */
#include "pan-finder/process/explain_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const reasons[] = {
#define PF_REASON(id, name) name,
#include "pan-finder/detect/reason.def"
#undef PF_REASON
};

START_TEST(each_reason_has_words)
{
    ck_assert_msg(pf_explain_reason(reasons[_i]) != reasons[_i], "no words for %s", reasons[_i]);
}
END_TEST

START_TEST(what_is_kept_goes_first_and_the_rest_is_counted)
{
    static struct pf_explain_text e;
    struct pf_buf line = PF_BUF_INIT, out = PF_BUF_INIT;
    size_t lines = 0;

    for (unsigned i = 0; i < PF_EXPLAIN_LINES + 5; i++) {
        pf_buf_clear(&line);
        pf_buf_addf(&line, "{\"record\":\"candidate\",\"path\":\"a\",\"where\":\"content\",\"offset\":%u,\"taken_for\":\"UUID\"}\n", i);
        pf_explain_take(&e, line.data, line.len, &out);
    }
    pf_buf_clear(&line);
    pf_buf_adds(&line, "{\"record\":\"finding\",\"path\":\"a\",\"where\":\"content\",\"offset\":99999,\"class\":\"PAN_CLEAR\","
                       "\"confidence\":\"probable\",\"encoding\":\"ascii\",\"reasons\":[\"new-reason\"],\"count\":1}\n");
    pf_explain_take(&e, line.data, line.len, &out);
    pf_buf_clear(&line);
    pf_buf_adds(&line, "{\"record\":\"object\",\"path\":\"a\\u001b[2J\",\"kind\":\"text\",\"outcome\":\"read\",\"size\":9,\"bytes\":9,\"findings\":1}\n");
    pf_explain_take(&e, line.data, line.len, &out);
    pf_explain_end(&e, true, &out);
    for (const char *at = out.data; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    ck_assert_uint_eq(lines, 2 + PF_EXPLAIN_LINES + 1 + 2);
    ck_assert_ptr_nonnull(strstr(out.data, "PAN_CLEAR"));
    ck_assert_ptr_nonnull(strstr(out.data, "new-reason"));
    ck_assert_ptr_nonnull(strstr(out.data, "and 6 more that are not listed"));
    ck_assert_ptr_nonnull(strstr(out.data, "1 kept, 10005 dropped"));
    ck_assert_ptr_null(strchr(out.data, '\x1b'));
    pf_buf_release(&line);
    pf_buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *tc = tcase_create("explain");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, each_reason_has_words, 0, (int)(sizeof reasons / sizeof reasons[0]));
    tcase_add_test(tc, what_is_kept_goes_first_and_the_rest_is_counted);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
