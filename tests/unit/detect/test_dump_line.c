/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/dump_line.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 256

/* '{' stands before the number's first digit. */
static const struct { const char *what, *text; bool dump; } row[] = {
    { "hexdump -C", "00000030  6d 62 65 72 22 {3a 20 22  34 37 39 35 20 32 35 34  |mber\": \"4795 254|\n", true },
    { "hexdump -C, last row", "00000050  {34 31 31 31 20 31 31 31  0a 62                    |4111 111.b|\n", true },
    { "xxd", "00000010: {3431 3131 3131 3131 3131 3131 3131 3131  4111111111111111\n", true },
    { "xxd -c 32", "00000020: {3939 3335 3731 3131 3131 3131 3131 3131 3131 3131 3131 3131 3131 3131 3131 3131  99571111111111111111111111111111\n", true },
    { "xxd, last row", "00000020: {3431 3131 3131 3131                      41111111\n", true },
    { "od -x", "0000020 {3134 3131 3131 3131 3131 3131 3131 3131\r\n", true },
    { "hexdump, last row", "0000020 {3134 3131 3131 3131                    \n", true },
    { "wireshark", "00b0   {36 32 09 35 35 31 38 32  0a 5c 2e 0a    62.55182.\\..\n", true },
    { "od -t u1", "0000020 105 100  34  58  32  48  44  {32  34 110  97 109 101  34  58  32\n", true },
    { "od -A n -t u1", " 105 100  34  58  32  48  44  {32  34 110  97 109 101  34  58  32\n", true },
    { "od -t u1, last row", "0000340  {34  58  32  34  51  55  53  51  10\n", true },
    { "a number behind an id", "1000 {4111 1111 1111 1111\n", false },
    { "a record", "1000 {4111 1111 1111 1111  TARO 1980\n", false },
    { "a padded record", "1000 {4111 1111 1111 1111                                 \n", false },
    { "an id and two numbers", "12345670: {4111 1111 1111 1111 TARO\n", false },
    { "spaced pairs", "100010  {41  11  11  11  11  11  11  11 TARO\n", false },
    { "words before", "card 4000: {4111 1111 1111 1111\n", false },
};

static bool in_line(const char *text, enum pf_dress dress)
{
    uint8_t buf[2 * TEXT_MAX];
    struct pf_candidate c = { .dress = (uint8_t)dress, .separator = ' ' };
    size_t n = 0;

    for (; *text != 0; text++) {
        if (*text == '{') {
            c.start = (uint32_t)n;
            continue;
        }
        if (dress == PF_DRESS_UTF16BE)
            buf[n++] = 0;
        buf[n++] = (uint8_t)*text;
        if (dress == PF_DRESS_UTF16LE)
            buf[n++] = 0;
    }
    return pf_in_dump_line(&c, buf, n);
}

START_TEST(line_of_a_dump_is_told)
{
    ck_assert_msg(in_line(row[_i].text, PF_DRESS_ASCII) == row[_i].dump, "%s", row[_i].what);
    ck_assert_msg(in_line(row[_i].text, PF_DRESS_UTF16LE) == row[_i].dump, "%s, utf-16le", row[_i].what);
    ck_assert_msg(in_line(row[_i].text, PF_DRESS_UTF16BE) == row[_i].dump, "%s, utf-16be", row[_i].what);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dump_line");
    TCase *tc = tcase_create("dump_line");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, line_of_a_dump_is_told, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
