/* links: pan-finder/base  libs: -ljansson */
#include "pan-finder/base/buf.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(appends_grow_and_stay_terminated)
{
    struct pf_buf buf = PF_BUF_INIT;

    for (unsigned i = 0; i < 1000; i++) {
        pf_buf_addc(&buf, (char)('a' + i % 26));
        ck_assert_int_eq(buf.data[buf.len], '\0');
    }
    ck_assert_uint_eq(buf.len, 1000);
    ck_assert(!pf_buf_failed(&buf));
    pf_buf_release(&buf);
    ck_assert_ptr_null(buf.data);
}
END_TEST

START_TEST(decimal_and_formatted_text_are_what_printf_makes)
{
    struct pf_buf buf = PF_BUF_INIT;

    pf_buf_addu(&buf, 0);
    pf_buf_addc(&buf, ' ');
    pf_buf_addu(&buf, UINT64_MAX);
    pf_buf_addf(&buf, " %s:%d", "line", 7);
    ck_assert_str_eq(buf.data, "0 18446744073709551615 line:7");
    pf_buf_release(&buf);
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    struct pf_buf buf = PF_BUF_INIT;
    char *before;

    pf_buf_adds(&buf, "text");
    before = buf.data;
    pf_buf_clear(&buf);
    ck_assert_uint_eq(buf.len, 0);
    ck_assert_str_eq(buf.data, "");
    ck_assert_ptr_eq(buf.data, before);
    pf_buf_release(&buf);
}
END_TEST

START_TEST(a_failed_buffer_ignores_appends)
{
    struct pf_buf buf = PF_BUF_INIT;

    pf_buf_adds(&buf, "kept");
    ck_assert(!pf_buf_reserve(&buf, SIZE_MAX - 2));
    ck_assert(pf_buf_failed(&buf));
    pf_buf_adds(&buf, "lost");
    ck_assert_str_eq(buf.data, "kept");
    pf_buf_clear(&buf);
    pf_buf_adds(&buf, "again");
    ck_assert_str_eq(buf.data, "again");
    pf_buf_release(&buf);
}
END_TEST

START_TEST(an_append_may_hold_nul_bytes)
{
    struct pf_buf buf = PF_BUF_INIT;

    pf_buf_add(&buf, "a\0b", 3);
    pf_buf_add(&buf, "", 0);
    ck_assert_uint_eq(buf.len, 3);
    ck_assert_mem_eq(buf.data, "a\0b", 4);
    pf_buf_release(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buf");
    TCase *tc = tcase_create("buf");
    SRunner *runner = srunner_create(suite);
    int bad;

    suite_add_tcase(suite, tc);
    tcase_add_test(tc, appends_grow_and_stay_terminated);
    tcase_add_test(tc, decimal_and_formatted_text_are_what_printf_makes);
    tcase_add_test(tc, clear_keeps_the_memory);
    tcase_add_test(tc, a_failed_buffer_ignores_appends);
    tcase_add_test(tc, an_append_may_hold_nul_bytes);
    srunner_run_all(runner, CK_ENV);
    bad = srunner_ntests_failed(runner);
    srunner_free(runner);
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
