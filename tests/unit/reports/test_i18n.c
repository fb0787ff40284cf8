/* links: reports pan-finder/base pan-finder/finding  libs: -ljansson */
#include "pan-finder/finding/record.h"
#include "reports/i18n.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(every_message_stands_in_both_languages)
{
    for (int msg = 0; msg < RPT_MSG_COUNT; msg++)
        for (int lang = 0; lang < RPT_LANGS; lang++)
            ck_assert_msg(rpt_tr((enum rpt_lang)lang, (enum rpt_msg)msg)[0] != '\0', "%s: %s",
                          rpt_lang_name((enum rpt_lang)lang), rpt_msg_key((enum rpt_msg)msg));
}
END_TEST

/* A placeholder that only one language has is a value that readers of the other miss. */
START_TEST(both_languages_have_the_same_arguments)
{
    static const char *const mark[] = { "{1}", "{2}", "{3}", "{4}" };

    for (int msg = 0; msg < RPT_MSG_COUNT; msg++)
        for (size_t i = 0; i < sizeof mark / sizeof mark[0]; i++) {
            bool en = strstr(rpt_tr(RPT_EN, (enum rpt_msg)msg), mark[i]) != NULL;
            bool ja = strstr(rpt_tr(RPT_JA, (enum rpt_msg)msg), mark[i]) != NULL;
            ck_assert_msg(en == ja, "%s: %s", rpt_msg_key((enum rpt_msg)msg), mark[i]);
        }
}
END_TEST

static const struct { const char *family, *name; } word[] = {
#define PF_CLASS(id, text) { "class", #id }, { "short", #id },
#include "pan-finder/finding/class.def"
#undef PF_CLASS
#define PF_GAP(id, text) { "gap", #id }, { "act_gap", #id }, { "do_gap", #id },
#include "pan-finder/finding/gap.def"
#undef PF_GAP
#define PF_REASON(id, text) { "reason", text },
#include "pan-finder/detect/reason.def"
#undef PF_REASON
#define REQ_CODE(id, name, rank, status) { "title", #id }, { "mean", #id },
#include "requirements/include/code.def"
#undef REQ_CODE
    { "confidence", "confirmed" }, { "confidence", "probable" }, { "confidence", "possible" },
    { "status", "contradicted" }, { "status", "not_contradicted" }, { "status", "inconclusive" },
    { "status", "not_tested" },
    { "coverage", "complete" }, { "coverage", "partial" }, { "coverage", "failed" },
    { "coverage", "not_run" }, { "coverage", "excluded" },
    { "encoding", "utf16le" }, { "encoding", "utf16be" }, { "encoding", "fullwidth-utf8" },
    { "encoding", "fullwidth-sjis" }, { "encoding", "fullwidth-eucjp" },
    { "kind", "text" }, { "kind", "binary" }, { "kind", "empty" }, { "kind", "media" },
};

START_TEST(words_of_records_have_texts)
{
    enum rpt_msg msg;

    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
        ck_assert_msg(rpt_msg_find(word[i].family, word[i].name, &msg), "%s_%s", word[i].family, word[i].name);
}
END_TEST

START_TEST(words_without_texts_are_not_found)
{
    enum rpt_msg msg;

    ck_assert(!rpt_msg_find("class", "", &msg));
    ck_assert(!rpt_msg_find("class", "PAN", &msg));
    ck_assert(!rpt_msg_find("class", "PAN_CLEAR_", &msg));
    ck_assert(!rpt_msg_find("clas", "s_PAN_CLEAR", &msg));
    ck_assert(!rpt_msg_find("class", "\xff", &msg));
}
END_TEST

static const struct { enum rpt_lang lang; uint64_t n; const char *text; } plural[] = {
    { RPT_EN, 0, "0 findings" }, { RPT_EN, 1, "1 finding" }, { RPT_EN, 12345, "12,345 findings" },
    { RPT_JA, 1, "検出 1 件" }, { RPT_JA, 1234567, "検出 1,234,567 件" },
};

START_TEST(numbers_choose_the_form)
{
    struct pf_buf b = PF_BUF_INIT;

    rpt_tr_add(&b, plural[_i].lang, RPT_MSG_n_findings, plural[_i].n, NULL);
    ck_assert_str_eq(b.data, plural[_i].text);
    pf_buf_release(&b);
}
END_TEST

START_TEST(arguments_are_put_in_as_they_are)
{
    struct pf_buf b = PF_BUF_INIT;
    const char *args[] = { "{n} {1} %s", NULL };

    rpt_tr_add(&b, RPT_EN, RPT_MSG_at_line, 7, args);
    ck_assert_str_eq(b.data, "line {n} {1} %s");
    pf_buf_clear(&b);
    rpt_tr_add(&b, RPT_EN, RPT_MSG_at_line, 7, NULL);
    ck_assert_str_eq(b.data, "line ");
    pf_buf_release(&b);
}
END_TEST

static const struct { uint64_t bytes; const char *text; } size[] = {
    { 0, "0 B" }, { 999, "999 B" }, { 1000, "1.0 kB" }, { 98231, "98.2 kB" }, { 123456, "123 kB" },
    { 1440000000, "1.4 GB" }, { UINT64_MAX, "18.4 EB" },
};

START_TEST(sizes_are_short)
{
    struct pf_buf b = PF_BUF_INIT;

    rpt_add_bytes(&b, size[_i].bytes);
    ck_assert_str_eq(b.data, size[_i].text);
    pf_buf_release(&b);
}
END_TEST

START_TEST(language_comes_from_the_first_variable_that_is_set)
{
    ck_assert_int_eq(setenv("LANG", "ja_JP.UTF-8", 1), 0);
    ck_assert_int_eq(setenv("LC_ALL", "", 1), 0);
    ck_assert_int_eq(unsetenv("LC_MESSAGES"), 0);
    ck_assert_int_eq(rpt_lang_from_env(), RPT_JA);
    ck_assert_int_eq(setenv("LC_MESSAGES", "C.UTF-8", 1), 0);
    ck_assert_int_eq(rpt_lang_from_env(), RPT_EN);
    ck_assert_int_eq(setenv("LC_ALL", "ja", 1), 0);
    ck_assert_int_eq(rpt_lang_from_env(), RPT_JA);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("i18n");
    TCase *t = tcase_create("i18n");
    SRunner *r;
    int failed;

    tcase_add_test(t, every_message_stands_in_both_languages);
    tcase_add_test(t, both_languages_have_the_same_arguments);
    tcase_add_test(t, words_of_records_have_texts);
    tcase_add_test(t, words_without_texts_are_not_found);
    tcase_add_loop_test(t, numbers_choose_the_form, 0, sizeof plural / sizeof plural[0]);
    tcase_add_test(t, arguments_are_put_in_as_they_are);
    tcase_add_loop_test(t, sizes_are_short, 0, sizeof size / sizeof size[0]);
    tcase_add_test(t, language_comes_from_the_first_variable_that_is_set);
    suite_add_tcase(s, t);
    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
