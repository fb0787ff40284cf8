/* links: pan-finder/base  libs: -ljansson */
#include "pan-finder/base/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *what, *text; size_t len; } utf8[] = {
    { "ASCII", "a", 1 },
    { "two bytes", "\xc3\xa9", 2 },
    { "kanji", "\xe5\x80\xbc", 3 },
    { "full-width digit", "\xef\xbc\x94", 3 },
    { "above the basic plane", "\xf0\x9f\x98\x80", 4 },
    { "last code point", "\xf4\x8f\xbf\xbf", 4 },
    { "beyond the last", "\xf4\x90\x80\x80", 0 },
    { "overlong two", "\xc0\xaf", 0 },
    { "overlong three", "\xe0\x80\xaf", 0 },
    { "overlong four", "\xf0\x80\x80\xaf", 0 },
    { "surrogate", "\xed\xa0\x80", 0 },
    { "cut after one of three", "\xe5", 0 },
    { "cut after two of three", "\xe5\x80", 0 },
    { "cut after three of four", "\xf0\x9f\x98", 0 },
    { "tail first", "\x80", 0 },
    { "five-byte head", "\xf8\x88\x80\x80\x80", 0 },
    { "nothing", "", 0 },
};

START_TEST(utf8_length_follows_rfc_3629)
{
    size_t got = pf_utf8_len((const uint8_t *)utf8[_i].text, strlen(utf8[_i].text));

    ck_assert_msg(got == utf8[_i].len, "%s: %zu", utf8[_i].what, got);
}
END_TEST

typedef void dress_fn(struct pf_buf *out, const char *text, size_t len);

static const struct { const char *what; dress_fn *fn; const char *in, *out; } shown[] = {
    { "plain text stays", pf_text_add_tty, "caf\xc3\xa9 \xe5\x80\xbc", "caf\xc3\xa9 \xe5\x80\xbc" },
    { "escape sequences lose their power", pf_text_add_tty, "\x1b[2Jx\n", "\\x1b[2Jx\\x0a" },
    { "C1 controls too", pf_text_add_tty, "\xc2\x9b" "2J", "\\x9b2J" },
    { "bidi overrides are shown", pf_text_add_tty, "a\xe2\x80\xae" "b", "a\\u{202e}b" },
    { "line separators are shown", pf_text_add_tty, "\xe2\x80\xa8", "\\u{2028}" },
    { "bytes that are no text are shown", pf_text_add_tty, "a\xff", "a\\xff" },
    { "a broken byte becomes U+FFFD", pf_text_add_utf8, "a\xff" "b", "a\xef\xbf\xbd" "b" },
    { "controls stay in a record", pf_text_add_utf8, "a\nb", "a\nb" },
    { "percent and controls are encoded", pf_text_add_pct, "50%\n\xff", "50%25%0A%FF" },
    { "percent codes are decoded", pf_text_unpct, "50%25%0a%FF", "50%\n\xff" },
    { "a lone percent stays", pf_text_unpct, "5% %G1 %2", "5% %G1 %2" },
};

START_TEST(names_are_made_fit_for_their_reader)
{
    struct pf_buf out = PF_BUF_INIT;

    shown[_i].fn(&out, shown[_i].in, strlen(shown[_i].in));
    ck_assert_msg(strcmp(out.data, shown[_i].out) == 0, "%s: %s", shown[_i].what, out.data);
    pf_buf_release(&out);
}
END_TEST

START_TEST(percent_encoding_loses_no_byte)
{
    struct pf_buf coded = PF_BUF_INIT, back = PF_BUF_INIT;
    char all[512];

    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)(i * 7);
    pf_text_add_pct(&coded, all, sizeof all);
    ck_assert(pf_utf8_ok(coded.data, coded.len));
    pf_text_unpct(&back, coded.data, coded.len);
    ck_assert_uint_eq(back.len, sizeof all);
    ck_assert_mem_eq(back.data, all, sizeof all);
    pf_buf_release(&coded);
    pf_buf_release(&back);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    SRunner *runner = srunner_create(suite);
    int bad;

    suite_add_tcase(suite, tc);
    tcase_add_loop_test(tc, utf8_length_follows_rfc_3629, 0, sizeof utf8 / sizeof utf8[0]);
    tcase_add_loop_test(tc, names_are_made_fit_for_their_reader, 0, sizeof shown / sizeof shown[0]);
    tcase_add_test(tc, percent_encoding_loses_no_byte);
    srunner_run_all(runner, CK_ENV);
    bad = srunner_ntests_failed(runner);
    srunner_free(runner);
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
