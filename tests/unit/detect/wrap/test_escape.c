/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/wrap/wrap.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 4096
#define NBSP "\xc2\xa0"

static const struct { const struct pf_wrap *wrap; const char *in, *out; } row[] = {
    { &pf_wrap_percent, "GET /pay?card_no=4111%201111%201111%201111&x=1", "GET /pay?card_no=4111 1111 1111 1111&x=1" },
    { &pf_wrap_percent, "n=%34%31%31%31%31%31%31%31%31%31%31%31%31%31%31%31", "n=4111111111111111" },
    { &pf_wrap_percent, "n=411111111111%31111", "n=4111111111111111" },
    { &pf_wrap_percent, "n=411111111111111%31", "n=4111111111111111" },
    { &pf_wrap_percent, "n=4111%2D1111+1111%2d1111", "n=4111-1111 1111-1111" },
    { &pf_wrap_percent, "n=4111%25201111%25201111%25201111", "n=4111%201111%201111%201111" },
    { &pf_wrap_percent, "n=4111%C2%A01111%c2%a01111%C2%A01111", "n=4111" NBSP "1111" NBSP "1111" NBSP "1111" },
    { &pf_wrap_percent, "n=%EF%BC%94111%201111%201111%201111", "n=\xef\xbc\x94" "111 1111 1111 1111" },
    { &pf_wrap_percent, "id 378282246310005 n=4111%201111%201111%201111 5555555555554444", " n=4111 1111 1111 1111 " },
    { &pf_wrap_percent, "n=4111111111111111%2012%2027", NULL },
    { &pf_wrap_percent, "n=4111 1111 1111 1111%2012%2027", NULL },
    { &pf_wrap_percent, "GET /a?d=2026%2F11%2F25%2012%3A00&q=%E3%81%82 200 5123", NULL },
    { &pf_wrap_percent, "x=card+no%3D4111+1111+1111+1111&b=1", "x=card no=4111 1111 1111 1111&b=1" },
    { &pf_wrap_percent, "x=4111+1111+1111+1111%3B+b", "x=4111 1111 1111 1111; b" },
    { &pf_wrap_entity, "<td>4111&nbsp;1111&#45;1111&#x2d;1111</td>", "<td>4111" NBSP "1111-1111-1111</td>" },
    { &pf_wrap_entity, "<b>&#52;111&#x31;111&#49;1111111</b>", "<b>4111111111111111</b>" },
    { &pf_wrap_entity, "<b>4111&amp;nbsp;1111&amp;nbsp;1111&amp;nbsp;1111</b>", "<b>4111&nbsp;1111&nbsp;1111&nbsp;1111</b>" },
    { &pf_wrap_entity, "&#xFF14;111&ndash;1111&shy;1111&ensp;1111", "\xef\xbc\x94" "111\xe2\x80\x93" "1111\xc2\xad" "1111\xe2\x80\x82" "1111" },
    { &pf_wrap_entity, "a=1&b=2&c=3&n=4111111111111111&amp;e=1", NULL },
    { &pf_wrap_escape, "{\"card\":\"4111\\u00201111\\u00201111\\u00201111\"}", "{\"card\":\"4111 1111 1111 1111\"}" },
    { &pf_wrap_escape, "{\"card\":\"\\u0034\\u0031\\u0031\\u0031111111111111\"}", "{\"card\":\"4111111111111111\"}" },
    { &pf_wrap_escape, "n = \"4111\\t1111\\t1111\\t1111\";", "n = \"4111\t1111\t1111\t1111\";" },
    { &pf_wrap_escape, "n = \"\\x34\\u{31}\\061\\x311111 1111 1111\";", "n = \"41111111 1111 1111\";" },
    { &pf_wrap_escape, "\\\\u0034111\\\\u00201111\\\\u00201111\\\\u00201111", "\\u0034111\\u00201111\\u00201111\\u00201111" },
    { &pf_wrap_escape, "{\"m\":\"a\\nb 4111111111111111\\tc\\u3042\\u3044\"}", NULL },
    { &pf_wrap_quoted, "Card: 4111=\r\n1111 1111 1111", "Card: 41111111 1111 1111" },
    { &pf_wrap_quoted, "Card: =34=31=31=31=201111=2D1111=\n1111", "Card: 4111 1111-11111111" },
    { &pf_wrap_quoted, "x =EF=BC=94111=201111=201111=201111", "x \xef\xbc\x94" "111 1111 1111 1111" },
    { &pf_wrap_quoted, "a=3Db 4111111111111111=20", NULL },
    { &pf_wrap_rtf, "Card {4111{\\b 1111}\\i 1111\\i0 1111}", "Card 4111111111111111" },
    { &pf_wrap_rtf, "n \\'34\\'31\\u49?\\'31\\~1111\\_1111\\~1111", "n 4111" NBSP "1111\xe2\x80\x91" "1111" NBSP "1111" },
};

/* What is decoded, of the first stretch; every further one is told by `more`. */
static size_t undo(const struct pf_wrap *wrap, const uint8_t *buf, size_t len, size_t lo, size_t hi, char *out, size_t *found)
{
    struct pf_view view = { .buf = buf, .len = len, .lo = lo, .hi = hi, .first = true, .last = true };
    uint16_t *marks = calloc(len / PF_MARK_WORD + 1, sizeof *marks);
    size_t from = lo, n = 0;

    pf_scalar_marks(buf, len, marks);
    for (*found = 0; from < hi; ++*found) {
        struct pf_unwrap u = { .wrap = wrap };
        size_t at;

        if (!wrap->find(&view, marks, from, &u))
            break;
        ck_assert_uint_ge(u.start, from);
        ck_assert_uint_lt(u.start, hi);
        at = u.start;
        while (!u.done) {
            size_t wrote = wrap->decode(&u, buf, len, true, &at, (uint8_t *)out + n, 512);

            ck_assert_uint_le(wrote, 512);
            n += wrote;
            ck_assert_uint_lt(n, ROOM - 512);
        }
        ck_assert_uint_gt(at, u.start);
        from = at;
    }
    free(marks);
    out[n] = '\0';
    return n;
}

START_TEST(escapes_are_undone)
{
    char out[ROOM];
    size_t found;

    undo(row[_i].wrap, (const uint8_t *)row[_i].in, strlen(row[_i].in), 0, strlen(row[_i].in), out, &found);
    ck_assert_msg(found == (row[_i].out != NULL), "%s: %zu stretches: %s", row[_i].in, found, out);
    if (row[_i].out != NULL)
        ck_assert_msg(strcmp(out, row[_i].out) == 0, "%s: %s", row[_i].in, out);
}
END_TEST

/* A window's end may stand anywhere: each number is told once, by one of the two. */
START_TEST(windows_share_no_stretch)
{
    static const char text[] = "a log line of some words, no=4111%201111%201111%201111&z=1 and"
                               " n2=5555%205555%205555%204444 words behind\nnext line %34111%201111%201111%201111 end\n";
    size_t len = sizeof text - 1;

    for (size_t cut = 1; cut < len; cut++) {
        char out[ROOM];
        size_t before, behind;

        undo(&pf_wrap_percent, (const uint8_t *)text, len, 0, cut, out, &before);
        undo(&pf_wrap_percent, (const uint8_t *)text, len, cut, len, out, &behind);
        ck_assert_msg(before + behind == 3, "cut at %zu: %zu and %zu", cut, before, behind);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("escape");
    TCase *tcase = tcase_create("escape");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, escapes_are_undone, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tcase, windows_share_no_stretch);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
