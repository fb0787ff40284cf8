/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/look.h"

#include "pan-finder/detect/find/iso8583.h"

#include <check.h>

#define PAN "4111111111111111"
#define TIMES "000000" "000000001000" "1125103059" "000123"          /* fields 3, 4, 7, 11 */

enum how { TEXT, BYTES };

/* TEXT: as it stands; BYTES: hex. */
static const struct { const char *what; enum how how; const char *bytes; int n, cls, digits; } row[] = {
    { "authorisation, bitmap in hex", TEXT, "0100" "7220000000000000" "16" PAN TIMES, 1, PF_CLASS_PAN_CLEAR, 16 },
    { "behind a length", TEXT, "0080" "0100" "7220000000000000" "16" PAN TIMES, 1, PF_CLASS_PAN_CLEAR, 16 },
    { "in a line of a log", TEXT, "recv: 0100" "7220000000000000" "16" PAN TIMES "\n", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "track 2 and PIN", TEXT, "0200" "3220000020001000" TIMES "30" PAN "=251220112345" "0123456789ABCDEF", 2, PF_CLASS_SAD_TRACK, 16 },
    { "number fails Luhn", TEXT, "0100" "7220000000000000" "16" "4111111111111112" TIMES, 0, 0, 0 },
    { "month 13", TEXT, "0100" "7220000000000000" "16" PAN "000000" "000000001000" "1325103059" "000123", 0, 0, 0 },
    { "no message class", TEXT, "0900" "7220000000000000" "16" PAN TIMES, 0, 0, 0 },
    { "cut off", TEXT, "0100" "7220000000000000" "16" PAN "000000" "000000001000" "112510", 0, 0, 0 },
    { "version of 1993", TEXT, "1100" "7230000000000000" "16" PAN TIMES "251125103059", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "packed", BYTES, "0100 7220000000000000 16 4111111111111111 000000 000000001000 1125103059 000123", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "packed behind length and TPDU", BYTES, "0025 6000010000 0100 7220000000000000 16 4111111111111111 000000 000000001000 1125103059 000123", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "packed, 15 digits to the left", BYTES, "0100 7220000000000000 15 378282246310005F 000000 000000001000 1125103059 000123", 1, PF_CLASS_PAN_CLEAR, 15 },
    { "packed, 15 digits to the right", BYTES, "0100 7220000000000000 15 0378282246310005 000000 000000001000 1125103059 000123", 1, PF_CLASS_PAN_CLEAR, 15 },
    { "packed track 2", BYTES, "0200 3020000020000000 000000 000000001000 000123 24 4111111111111111 D2512201", 1, PF_CLASS_SAD_TRACK, 16 },
    { "packed, bitmap in bytes, digits as text", BYTES,
      "30313030 7220000000000000 3136 34313131313131313131313131313131 303030303030 303030303030303031303030 31313235313033303539 303030313233", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "EBCDIC", BYTES, "F0F1F0F0 7220000000000000 F1F6 F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F1 F0F0F0F0F0F0 F0F0F0F0F0F0F0F0F1F0F0F0 F1F1F2F5F1F0F3F0F5F9 F0F0F0F1F2F3", 1, PF_CLASS_PAN_CLEAR, 16 },
    { "EBCDIC, bitmap in hex, PIN block too", BYTES, "F0F2F0F0 F7F2F2F0F0F0F0F0F0F0F0F0F1F0F0F0 F1F6 F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F1 F0F0F0F0F0F0 F0F0F0F0F0F0F0F0F1F0F0F0 F1F1F2F5F1F0F3F0F5F9 F0F0F0F1F2F3"
      "F0F1F2F3F4F5F6F7F8F9C1C2C3C4C5C6", 2, PF_CLASS_PAN_CLEAR, 16 },
    { "behind a header of switches", TEXT, "ISO026000050" "0100" "7220000000000000" "16" PAN TIMES, 1, PF_CLASS_PAN_CLEAR, 16 },
};

START_TEST(iso8583_matches_table)
{
    uint8_t buf[512];
    struct told told;
    size_t n = strlen(row[_i].bytes);

    if (row[_i].how == TEXT)
        memcpy(buf, row[_i].bytes, n);
    else
        n = unhex(row[_i].bytes, buf);
    look_at(pf_find_iso8583, buf, n, row[_i].how == TEXT ? PF_TEXT_BYTES : PF_TEXT_NONE, &told);
    ck_assert_msg((int)told.n == row[_i].n, "%s: %zu elements", row[_i].what, told.n);
    if (told.n == 0)
        return;
    ck_assert_msg((int)told.element[0].cls == row[_i].cls, "%s: class %d", row[_i].what, told.element[0].cls);
    ck_assert_msg(told.element[0].digits == row[_i].digits, "%s: %d digits", row[_i].what, told.element[0].digits);
    ck_assert_msg(told.element[0].confidence == PF_CONFIRMED, "%s", row[_i].what);
}
END_TEST

/* Hex text of a hash's length that is a message to its end. */
START_TEST(hex_of_a_message_is_no_hash)
{
    static const struct { const char *hex; bool message; } text[] = {
        { "6000010000" "0100" "7220000000000000" "16" PAN "000000" "000000001000" "1125103059" "000123", true },
        { "6000010000" "0100" "7220000000000000" "16" PAN "000000" "000000001000" "1125103059" "00012300", false },
        { "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de", false },
    };

    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        ck_assert_msg(pf_iso_hex((const uint8_t *)text[i].hex, strlen(text[i].hex)) == text[i].message, "%zu", i);
}
END_TEST

/* A message of 2,000 bytes, and one that is cut off in the same field. */
START_TEST(long_messages_are_read)
{
    static const char head[] = "0200" "7230048108C10010" "16" PAN TIMES "120000" "051" "00" "06123456" "123456789012" "TERM0001" "MERCHANT0000001" "999";
    static const size_t length[] = { 2100, 1000 };

    for (size_t i = 0; i < 2; i++) {
        uint8_t buf[2100];
        struct told told;

        memset(buf, 'A', sizeof buf);
        memcpy(buf, head, sizeof head - 1);
        memcpy(buf + sizeof head - 1 + 999, "999", 3);
        look_at(pf_find_iso8583, buf, length[i], PF_TEXT_BYTES, &told);
        ck_assert_uint_eq(told.n, i == 0);
        if (told.n > 0)
            ck_assert_int_eq((int)told.element[0].cls, PF_CLASS_PAN_CLEAR);
    }
}
END_TEST

/* Random bytes and random digits hold no message. */
START_TEST(noise_is_quiet)
{
    size_t len = 16u << 20;
    uint8_t *buf = malloc(len);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    look_random(11, buf, len);
    look_at(pf_find_iso8583, buf, len, PF_TEXT_NONE, &told);
    ck_assert_uint_eq(told.all, 0);
    for (size_t i = 0; i < len; i++)
        buf[i] = i % 97 == 96 ? '\n' : (uint8_t)('0' + buf[i] % 10);
    look_at(pf_find_iso8583, buf, len, PF_TEXT_BYTES, &told);
    ck_assert_uint_eq(told.all, 0);
    free(buf);
}
END_TEST

/* Nor do lines of two or four kinds of digits: what stands in tables of bits reads as any message. */
START_TEST(poor_digits_are_quiet)
{
    size_t len = 1u << 20;
    uint8_t *buf = malloc(len);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    for (unsigned kinds = 2; kinds <= 4; kinds += 2) {
        look_random(kinds, buf, len);
        for (size_t i = 0; i < len; i++)
            buf[i] = (uint8_t)(i % 211 == 210 ? '\n' : '0' + buf[i] % kinds);
        look_at(pf_find_iso8583, buf, len, PF_TEXT_BYTES, &told);
        ck_assert_uint_eq(told.all, 0);
    }
    free(buf);
}
END_TEST

/* Text behind the last of them has the other digits. */
START_TEST(bits_before_text_are_quiet)
{
    static const char text[] = "CREATE TABLE t3 (c1 BIT(65));\nERROR 42000: Display width out of range for 'c1' (max = 64)\n"
                               "CREATE TABLE t4 (c1 BIT(63), c2 INT(9), c3 DATE);\nINSERT INTO t4 VALUES (0,872,'2009-01-15');\n";
    enum { LINE = 193, LINES = 12 };
    uint8_t buf[LINE * LINES + sizeof text];
    struct told told;

    for (size_t i = 0; i < (size_t)LINE * LINES; i++)
        buf[i] = i % LINE == LINE - 1 ? '\n' : '1';
    memcpy(buf + LINE * LINES, text, sizeof text);
    look_at(pf_find_iso8583, buf, sizeof buf - 1, PF_TEXT_BYTES, &told);
    ck_assert_uint_eq(told.all, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("iso8583");
    TCase *tc = tcase_create("iso8583");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, iso8583_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, hex_of_a_message_is_no_hash);
    tcase_add_test(tc, long_messages_are_read);
    tcase_add_test(tc, noise_is_quiet);
    tcase_add_test(tc, poor_digits_are_quiet);
    tcase_add_test(tc, bits_before_text_are_quiet);
    tcase_set_timeout(tc, 60);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
