/* links: reports reports/model pan-finder/base pan-finder/finding  libs: -ljansson */
#include "reports/model/advice.h"
#include "reports/model/headline.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static enum pf_status add(struct rpt_model *m, const char *line)
{
    struct pf_json *record = NULL;
    struct pf_error err;

    ck_assert_int_eq(pf_json_parse(&record, line, strlen(line), &err), PF_OK);
    return rpt_model_add(m, record, &err);
}

#define RUN "{\"record\":\"run\",\"run\":\"r\",\"roots\":[\"/srv\"]}"
#define END "{\"record\":\"end\",\"run\":\"r\",\"status\":\"complete\"}"
#define VERDICT(code) "{\"record\":\"verdict\",\"subject\":\"entity\",\"code\":\"" code "\"}"

static const struct { const char *what, *line[4]; enum rpt_run_state state; bool incomplete; } run_case[] = {
    { "run and end", { RUN, END }, RPT_RUN_COMPLETE, false },
    { "cut off", { RUN }, RPT_RUN_CUT, true },
    { "interrupted", { RUN, "{\"record\":\"end\",\"status\":\"interrupted\"}" }, RPT_RUN_INTERRUPTED, true },
    { "failed", { RUN, "{\"record\":\"end\",\"status\":\"failed\"}" }, RPT_RUN_FAILED, true },
    { "unknown status", { RUN, "{\"record\":\"end\",\"status\":\"fine\"}" }, RPT_RUN_FAILED, true },
    { "no status", { RUN, "{\"record\":\"end\"}" }, RPT_RUN_FAILED, true },
    { "a second run before the end", { RUN, RUN, END }, RPT_RUN_CUT, true },
};

START_TEST(a_run_without_its_end_is_not_complete)
{
    struct rpt_model m;

    ck_assert(rpt_model_init(&m));
    for (size_t i = 0; i < 4 && run_case[_i].line[i] != NULL; i++)
        ck_assert_int_eq(add(&m, run_case[_i].line[i]), PF_OK);
    rpt_model_end_of_input(&m, false);
    rpt_model_finish(&m);
    ck_assert_msg(m.run[0].state == run_case[_i].state, "%s", run_case[_i].what);
    ck_assert_msg(m.incomplete == run_case[_i].incomplete, "%s", run_case[_i].what);
    rpt_model_release(&m);
}
END_TEST

START_TEST(a_good_verdict_on_a_cut_run_is_contradicted)
{
    static const char *const code[] = { "N0", "N1", "N2" };
    static const char *const verdict[] = { VERDICT("N0"), VERDICT("N1"), VERDICT("N2") };

    for (size_t i = 0; i < 3; i++) {
        struct rpt_model m;
        ck_assert(rpt_model_init(&m));
        ck_assert_int_eq(add(&m, RUN), PF_OK);
        ck_assert_int_eq(add(&m, verdict[i]), PF_OK);
        rpt_model_end_of_input(&m, false);
        rpt_model_finish(&m);
        ck_assert_str_eq(rpt_headline_of(&m).code, code[i]);
        ck_assert(rpt_headline_of(&m).contradicted);
        ck_assert_int_eq(rpt_model_tone(&m), RPT_TONE_WARN);
        rpt_model_release(&m);
    }
}
END_TEST

START_TEST(what_is_no_record_is_refused)
{
    struct rpt_model m;

    ck_assert(rpt_model_init(&m));
    ck_assert_int_eq(add(&m, "{}"), PF_E_CORRUPT);
    ck_assert_int_eq(add(&m, "[]"), PF_E_CORRUPT);
    ck_assert_int_eq(add(&m, "{\"record\":7}"), PF_E_CORRUPT);
    ck_assert_int_eq(add(&m, END), PF_E_CORRUPT);
    ck_assert_int_eq(add(&m, "{\"record\":\"of a later version\"}"), PF_OK);
    for (int i = 0; i < RPT_RUNS_MAX; i++)
        ck_assert_int_eq(add(&m, RUN), PF_OK);
    ck_assert_int_eq(add(&m, RUN), PF_E_USAGE);
    rpt_model_release(&m);
}
END_TEST

/* Fields of any type and any value: nothing to find, nothing to fall over. */
START_TEST(odd_fields_are_taken_as_missing)
{
    static const char *const line[] = {
        "{\"record\":\"finding\"}",
        "{\"record\":\"finding\",\"path\":5,\"inner\":{},\"pan\":[],\"reasons\":\"x\",\"count\":-4,\"offset\":-1}",
        "{\"record\":\"finding\",\"path\":\"\",\"inner\":[1,null,\"a\"],\"fingerprint\":\"longer than any fingerprint is\"}",
        "{\"record\":\"finding\",\"path\":\"a\\u0001b\",\"pan\":\"1\"}",
        "{\"record\":\"object\"}", "{\"record\":\"object\",\"kind\":1,\"outcome\":\"lost\",\"bytes\":-9}",
        "{\"record\":\"gap\"}", "{\"record\":\"gap\",\"reason\":\"new\",\"unread\":\"x\"}",
        "{\"record\":\"verdict\"}", "{\"record\":\"verdict\",\"subject\":\"moon\"}", VERDICT("N99"),
    };
    struct rpt_advice advice[RPT_ADVICE_MAX];
    struct rpt_model m;

    ck_assert(rpt_model_init(&m));
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        ck_assert_msg(add(&m, line[i]) == PF_OK, "%s", line[i]);
    rpt_model_finish(&m);
    ck_assert_uint_eq(rpt_model_findings(&m), 4);
    ck_assert_uint_eq(m.cover.all.objects[PF_UNREAD], 2);
    ck_assert_uint_eq(m.cover.gaps, 2);
    ck_assert(rpt_headline_of(&m).unknown_code);
    ck_assert(rpt_advise(&m, advice) <= RPT_ADVICE_MAX);
    rpt_model_release(&m);
}
END_TEST

START_TEST(a_number_that_is_not_masked_is_masked)
{
    char pan[PF_PAN_MAX + 1];
    char clear[17];

    memset(clear, '7', 16);
    clear[16] = '\0';
    rpt_mask_again(pan, clear);
    ck_assert_str_eq(pan, "777777******7777");
    rpt_mask_again(pan, NULL);
    ck_assert_str_eq(pan, "");
}
END_TEST

static const struct { const char *path, *inner, *sort; } sort_case[] = {
    { "/var/log/nginx/access.log", NULL, "log" }, { "/var/log/x.gz", "access.log.1", "log" },
    { "/b/site-2019.tar.gz", "site/access.log", "backup" }, { "/db/2024.SQL", NULL, "backup" },
    { "/home/a/Orders.CSV", NULL, "export" }, { "/srv/data", NULL, "other" },
    { "/home/a/x.zip", "members.xlsx", "export" }, { "/srv/app.php", NULL, "code" },
};

START_TEST(places_are_sorted_by_their_names)
{
    struct rpt_label label;
    struct pf_buf b = PF_BUF_INIT;
    struct pf_json *record;
    struct pf_error err;

    pf_buf_addf(&b, "{\"path\":\"%s\"", sort_case[_i].path);
    if (sort_case[_i].inner != NULL)
        pf_buf_addf(&b, ",\"inner\":[\"%s\"]", sort_case[_i].inner);
    pf_buf_addc(&b, '}');
    ck_assert_int_eq(pf_json_parse(&record, b.data, b.len, &err), PF_OK);
    ck_assert(rpt_label_read(&label, record));
    ck_assert_str_eq(rpt_place_sort(&label), sort_case[_i].sort);
    rpt_label_release(&label);
    pf_json_free(record);
    pf_buf_release(&b);
}
END_TEST

#define FOUND(mark) "{\"record\":\"finding\",\"path\":\"/s/a\",\"class\":\"PAN_CLEAR\",\"confidence\":\"confirmed\",\"count\":3" mark "}"
#define LEFT(by, why) FOUND(",\"ignored\":{\"by\":\"" by "\",\"reason\":\"" why "\"}")

START_TEST(what_was_left_out_is_told_and_not_counted)
{
    static const char *const lines[] = {
        RUN, LEFT("number", "manual"), LEFT("number", "manual"), LEFT("path", "manual"), LEFT("whim", "x"),
        LEFT("path", ""), FOUND(""), END,
    };
    struct rpt_model m;

    ck_assert(rpt_model_init(&m));
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ck_assert_int_eq(add(&m, lines[i]), PF_OK);
    rpt_model_finish(&m);
    ck_assert_uint_eq(m.left_out.n, 2);
    ck_assert_str_eq(m.left_out.item[0].by, "number");
    ck_assert_uint_eq(m.left_out.item[0].findings, 2);
    ck_assert_uint_eq(m.left_out.item[0].count, 6);
    ck_assert_uint_eq(m.left_out.item[1].findings, 1);
    ck_assert_uint_eq(rpt_model_findings(&m), 3);      /* a mark that is none hides nothing */
    ck_assert_uint_eq(m.run[0].findings, 6);
    rpt_model_release(&m);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("model");
    TCase *t = tcase_create("model");
    SRunner *r;
    int failed;

    tcase_add_loop_test(t, a_run_without_its_end_is_not_complete, 0, sizeof run_case / sizeof run_case[0]);
    tcase_add_test(t, a_good_verdict_on_a_cut_run_is_contradicted);
    tcase_add_test(t, what_is_no_record_is_refused);
    tcase_add_test(t, odd_fields_are_taken_as_missing);
    tcase_add_test(t, a_number_that_is_not_masked_is_masked);
    tcase_add_loop_test(t, places_are_sorted_by_their_names, 0, sizeof sort_case / sizeof sort_case[0]);
    tcase_add_test(t, what_was_left_out_is_told_and_not_counted);
    suite_add_tcase(s, t);
    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
