/* links: pan-finder/base  libs: -ljansson */
#include "pan-finder/base/json.h"
#include "pan-finder/base/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(the_writer_places_commas_and_escapes)
{
    struct pf_buf out = PF_BUF_INIT;
    struct pf_jw w;

    pf_jw_init(&w, &out);
    pf_jw_open(&w, '{');
    pf_jw_kstr(&w, "a", "quote \" back \\ nl \n esc \x1b");
    pf_jw_kstrn(&w, "b", "x\0y\xff", 4);
    pf_jw_key(&w, "c");
    pf_jw_open(&w, '[');
    pf_jw_u64(&w, UINT64_MAX);
    pf_jw_i64(&w, INT64_MIN);
    pf_jw_f(&w, 0.5);
    pf_jw_close(&w, ']');
    pf_jw_kbool(&w, "d", false);
    pf_jw_key(&w, "e");
    pf_jw_open(&w, '{');
    pf_jw_close(&w, '}');
    pf_jw_close(&w, '}');
    ck_assert_str_eq(out.data,
                     "{\"a\":\"quote \\\" back \\\\ nl \\n esc \\u001b\",\"b\":\"x\xef\xbf\xbdy\xef\xbf\xbd\","
                     "\"c\":[18446744073709551615,-9223372036854775808,0.500],\"d\":false,\"e\":{}}");
    pf_buf_release(&out);
}
END_TEST

static const char *const bad[] = {
    "", "{", "{}x", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "[1,]", "\"\xff\"", "nul", "{\"a\":01}",
};

START_TEST(what_two_readers_could_read_differently_is_refused)
{
    struct pf_json *root = NULL;
    struct pf_error err = { "" };

    ck_assert_int_eq(pf_json_parse(&root, bad[_i], strlen(bad[_i]), &err), PF_E_CORRUPT);
    ck_assert_ptr_null(root);
    ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(an_error_never_repeats_the_input)
{
    static const char text[] = "{\"pan\": 4111111111111111x}";
    struct pf_json *root = NULL;
    struct pf_error err = { "" };

    ck_assert_int_eq(pf_json_parse(&root, text, sizeof text - 1, &err), PF_E_CORRUPT);
    ck_assert_ptr_null(strstr(err.text, "4111"));
}
END_TEST

START_TEST(looking_up_what_is_not_there_gives_the_default)
{
    static const char text[] = "{\"s\":\"t\",\"n\":-3,\"b\":true,\"a\":[1,\"two\"]}";
    struct pf_json *root = NULL;

    ck_assert_int_eq(pf_json_parse(&root, text, sizeof text - 1, NULL), PF_OK);
    ck_assert_str_eq(pf_json_str(root, "s"), "t");
    ck_assert_ptr_null(pf_json_str(root, "n"));
    ck_assert_ptr_null(pf_json_str(root, "none"));
    ck_assert_int_eq(pf_json_int(root, "n", 9), -3);
    ck_assert_int_eq(pf_json_int(root, "s", 9), 9);
    ck_assert(pf_json_bool(root, "b", false));
    ck_assert(pf_json_bool(root, "none", true));
    ck_assert_uint_eq(pf_json_len(pf_json_get(root, "a")), 2);
    ck_assert_uint_eq(pf_json_len(pf_json_get(root, "s")), 0);
    ck_assert_str_eq(pf_json_text(pf_json_at(pf_json_get(root, "a"), 1)), "two");
    ck_assert_ptr_null(pf_json_at(pf_json_get(root, "a"), 2));
    ck_assert(pf_json_is_object(root));
    pf_json_free(root);
    pf_json_free(NULL);
}
END_TEST

START_TEST(keys_come_in_file_order_and_dump_gives_them_back)
{
    static const char text[] = "{\"z\":1,\"a\":{\"k\":[true,null]},\"m\":\"x\"}";
    struct pf_json *root = NULL;
    struct pf_buf keys = PF_BUF_INIT, dump = PF_BUF_INIT;
    const struct pf_json *value;
    const char *key;
    void *iter = NULL;

    ck_assert_int_eq(pf_json_parse(&root, text, sizeof text - 1, NULL), PF_OK);
    while ((iter = pf_json_next(root, iter, &key, &value)) != NULL)
        pf_buf_adds(&keys, key);
    ck_assert_str_eq(keys.data, "zam");
    pf_json_dump(root, &dump);
    ck_assert_str_eq(dump.data, text);
    pf_buf_release(&keys);
    pf_buf_release(&dump);
    pf_json_free(root);
}
END_TEST

START_TEST(every_byte_string_becomes_a_valid_line)
{
    struct pf_buf out = PF_BUF_INIT;
    struct pf_json *root = NULL;
    struct pf_jw w;
    char text[3];

    for (unsigned i = 0; i < 65536; i += 7) {
        text[0] = (char)(i >> 8);
        text[1] = (char)i;
        text[2] = 'z';
        pf_buf_clear(&out);
        pf_jw_init(&w, &out);
        pf_jw_open(&w, '{');
        pf_jw_kstrn(&w, "k", text, sizeof text);
        pf_jw_close(&w, '}');
        ck_assert(pf_utf8_ok(out.data, out.len));
        ck_assert_ptr_null(strchr(out.data, '\n'));
        ck_assert_int_eq(pf_json_parse(&root, out.data, out.len, NULL), PF_OK);
        pf_json_free(root);
    }
    pf_buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tc = tcase_create("json");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tc);
    tcase_add_test(tc, the_writer_places_commas_and_escapes);
    tcase_add_loop_test(tc, what_two_readers_could_read_differently_is_refused, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(tc, an_error_never_repeats_the_input);
    tcase_add_test(tc, looking_up_what_is_not_there_gives_the_default);
    tcase_add_test(tc, keys_come_in_file_order_and_dump_gives_them_back);
    tcase_add_test(tc, every_byte_string_becomes_a_valid_line);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
