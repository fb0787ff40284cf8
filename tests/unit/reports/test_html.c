/* links: reports reports/model reports/render pan-finder/base pan-finder/finding  libs: -ljansson */
#include "reports/render/html.h"
#include "reports/render/layout.h"

#include <check.h>
#include <string.h>

#define CTL(text) "<b class=\"ctl\">" text "</b>"

static const struct { const char *what, *in, *out; } html[] = {
    { "plain text stays", "logs/2026 値", "logs/2026 値" },
    { "markup is text", "</style><script>", "&lt;/style&gt;&lt;script&gt;" },
    { "quotes", "\"'", "&quot;&#39;" },
    { "ampersand", "&lt;", "&amp;lt;" },
    { "newline and tab", "a\nb\t", "a" CTL("\\x0a") "b" CTL("\\x09") },
    { "escape", "\x1b[2J", CTL("\\x1b") "[2J" },
    { "delete", "\x7f", CTL("\\x7f") },
    { "C1 control", "\xc2\x85", CTL("\\u{85}") },
    { "right-to-left override", "\xe2\x80\xae", CTL("\\u{202e}") },
    { "isolate", "\xe2\x81\xa6", CTL("\\u{2066}") },
    { "zero width", "\xe2\x80\x8b", CTL("\\u{200b}") },
    { "byte order mark", "\xef\xbb\xbf", CTL("\\u{feff}") },
    { "line separator", "\xe2\x80\xa8", CTL("\\u{2028}") },
    { "tag character", "\xf3\xa0\x81\x81", CTL("\\u{e0041}") },
    { "not UTF-8", "a\xff\xfe", "a" CTL("\\xff") CTL("\\xfe") },
    { "overlong", "\xc0\xbc", CTL("\\xc0") CTL("\\xbc") },
    { "cut character", "\xe5\x80", CTL("\\xe5") CTL("\\x80") },
};

START_TEST(html_text_is_only_text)
{
    struct pf_buf b = PF_BUF_INIT;

    rpt_html_text(&b, html[_i].in, strlen(html[_i].in));
    ck_assert_msg(strcmp(b.data, html[_i].out) == 0, "%s: %s", html[_i].what, b.data);
    pf_buf_release(&b);
}
END_TEST

START_TEST(no_byte_passes_through_as_markup)
{
    for (int c = 0; c < 256; c++) {
        struct pf_buf b = PF_BUF_INIT;
        char byte = (char)c;
        rpt_html_text(&b, &byte, 1);
        ck_assert(b.len > 0);
        ck_assert_msg(b.len > 1 || (c >= 0x20 && c < 0x7f && strchr("<>&\"'", c) == NULL), "byte %d", c);
        pf_buf_release(&b);
    }
}
END_TEST

static const struct { const char *what, *text; size_t first, indent; const char *out; } wrapped[] = {
    { "short", "one two", 0, 2, "one two\n" },
    { "nothing", "", 0, 2, "\n" },
};

START_TEST(short_text_is_one_line)
{
    struct pf_buf b = PF_BUF_INIT;

    rpt_wrap(&b, wrapped[_i].text, wrapped[_i].first, wrapped[_i].indent);
    ck_assert_str_eq(b.data, wrapped[_i].out);
    pf_buf_release(&b);
}
END_TEST

static void check_lines(const char *text, size_t first, size_t indent)
{
    struct pf_buf b = PF_BUF_INIT;
    size_t at = first;

    rpt_wrap(&b, text, first, indent);
    for (char *line = b.data, *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        ck_assert_ptr_nonnull(end);
        at += rpt_columns(line, (size_t)(end - line));
        ck_assert_msg(at <= RPT_COLUMNS, "%zu columns", at);
        ck_assert(line == b.data || strncmp(line + indent, "。", strlen("。")) != 0);
        at = 0;
    }
    pf_buf_release(&b);
}

START_TEST(lines_keep_to_their_columns)
{
    struct pf_buf en = PF_BUF_INIT, ja = PF_BUF_INIT;

    for (int i = 0; i < 80; i++) {
        pf_buf_adds(&en, i == 0 ? "word" : " another");
        pf_buf_adds(&ja, "番号を消去する。");
    }
    for (size_t first = 0; first < 60; first += 7)
        for (size_t indent = 0; indent < 40; indent += 9) {
            check_lines(en.data, first, indent);
            check_lines(ja.data, first, indent);
        }
    pf_buf_release(&en);
    pf_buf_release(&ja);
}
END_TEST

START_TEST(kanji_take_two_columns)
{
    const char *text = "a値ｱ①🙂é";

    ck_assert_uint_eq(rpt_columns(text, strlen(text)), 1 + 2 + 1 + 1 + 2 + 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("html");
    TCase *t = tcase_create("html");
    SRunner *r;
    int failed;

    tcase_add_loop_test(t, html_text_is_only_text, 0, sizeof html / sizeof html[0]);
    tcase_add_test(t, no_byte_passes_through_as_markup);
    tcase_add_loop_test(t, short_text_is_one_line, 0, sizeof wrapped / sizeof wrapped[0]);
    tcase_add_test(t, lines_keep_to_their_columns);
    tcase_add_test(t, kanji_take_two_columns);
    suite_add_tcase(s, t);
    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
