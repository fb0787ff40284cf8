/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#define FINDER pf_find_split
#include "tests/lib/text_find.h"
#include "pan-finder/detect/lookalike.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *text; unsigned n; enum pf_confidence confidence; } row[] = {
    { "{\"card_number1\":\"4111\",\"card_number2\":\"1111\",\"card_number3\":\"1111\",\"card_number4\":\"1111\"}", 1, PF_CONFIRMED },
    { "card_no_1=5555&card_no_2=5555&card_no_3=5555&card_no_4=4444", 1, PF_CONFIRMED },
    { "POST card_no01=4012&card_no02=8888&card_no03=8888&card_no04=1881&exp=2902", 1, PF_CONFIRMED },
    { "cardnumber1=4012&cardnumber2=8888&cardnumber3=8888&cardnumber4=1881&x=1", 1, PF_CONFIRMED },
    { "<tr><th>カード番号</th><td>4012</td><td>8888</td><td>8888</td><td>1881</td></tr>", 1, PF_CONFIRMED },
    { "<input name=card_no1 value=\"4012\">\n<input name=card_no2 value=\"8888\">\n"
      "<input name=card_no3 value=\"8888\">\n<input name=card_no4 value=\"1881\">", 1, PF_CONFIRMED },
    { "card number,4012,8888,8888,1881\n", 1, PF_PROBABLE },
    { "card number\t\"3714\"\t\"496353\"\t\"98431\"\tx 1234,5678,9012", 1, PF_PROBABLE },
    { "card_no1=4012\ncard_no2=8888\ncard_no3=8888\ncard_no4=1881\n", 1, PF_CONFIRMED },
    { "    [card_no1] => 4012\n    [card_no2] => 8888\n    [card_no3] => 8888\n    [card_no4] => 1881\n", 1, PF_CONFIRMED },
    { "POST /a?card[]=4012&card[]=8888&card[]=8888&card[]=1881&x=1", 1, PF_PROBABLE },
    { "<c><card><no1>4012</no1><no2>8888</no2><no3>8888</no3><no4>1881</no4></card></c>", 1, PF_CONFIRMED },
    { "- card_no:\n    - \"4012\"\n    - \"8888\"\n    - \"8888\"\n    - \"1881\"\n", 1, PF_CONFIRMED },
    { "card_no:\n  - 4012\n  - 8888\n  - 8888\n  - 1881\n", 1, PF_CONFIRMED },
    { "var card = '4012' + '8888' + '8888' + '1881';", 1, PF_PROBABLE },
    { "char *card_number = \"4012\" \"8888\" \"8888\" \"1881\";", 1, PF_CONFIRMED },
    { "select card_no = '4012'||'8888'||'8888'||'1881'", 1, PF_PROBABLE },
    { "x = '4012' + '8888' + '8888' + '1881';", 0, 0 },
    { "card_no = \"4012\" * \"8888\" * \"8888\" * \"1881\";", 0, 0 },
    { "カード番号\n4012\n8888\n8888\n1881\n期限\n", 1, PF_PROBABLE },
    { "カード番号\n4012\n8888\n8888\n1881\n1234\n5678\n", 0, 0 },
    { "INSERT INTO t (a,card_no1,card_no2,card_no3,card_no4) VALUES (1,'4012','8888','8888','1881'),(2,'5555','5555','5555','4444'),"
      "(3,'4111','1111','1111','1111'),(4,'3566','0020','2036','0505')", 4, PF_PROBABLE },
    { "<tr><th colspan=4>カード番号</th></tr><tr><td>4012</td><td>8888</td><td>8888</td><td>1881</td></tr>\n"
      "<tr><td>5555</td><td>5555</td><td>5555</td><td>4444</td></tr>\n<tr><td>4111</td><td>1111</td><td>1111</td><td>1111</td></tr>", 3, PF_PROBABLE },
    { "4012\n8888\n8888\n1881\n", 0, 0 },
    { "a,4012,8888,8888,1881\n", 0, 0 },
    { "card number 4012 8888 8888 1881\n", 0, 0 },
    { "4012-8888-8888-1881,1,2,3\n", 0, 0 },
    { "{\"a1\":\"4111\",\"a2\":\"1111\",\"a3\":\"1111\",\"a4\":\"1111\"}", 0, 0 },
    { "card number,4012,8888;8888,1881\n", 0, 0 },
    { "card number,4012,8888,8888,1882\n", 0, 0 },
};

START_TEST(cells_match_table)
{
    find(row[_i].text);
    ck_assert_msg(found.n == row[_i].n, "%s: %u", row[_i].text, found.n);
    if (row[_i].n > 0)
        ck_assert_msg(found.last.confidence == row[_i].confidence, "%s: %d", row[_i].text, found.last.confidence);
}
END_TEST

static uint64_t state;

static unsigned below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % n;
}

/* A row of four values; `good`: they are a card's. */
static size_t add_row(char *text, size_t cap, unsigned i, char delimiter, bool good)
{
    uint8_t digit[16];
    unsigned sum;

    do {
        sum = 0;
        for (unsigned k = 0; k < 16; k++)
            digit[k] = (uint8_t)(k == 0 ? 4 : below(10));
        for (unsigned k = 0; k < 16; k++) {
            unsigned v = digit[k] * (k % 2 == 0 ? 2u : 1u);

            sum += v > 9 ? v - 9 : v;
        }
    } while (good && sum % 10 != 0);
    return (size_t)snprintf(text, cap, "%u%c%u%u%u%u%c%u%u%u%u%c%u%u%u%u%c%u%u%u%u%cend\n", 10 + i, delimiter,
                            digit[0], digit[1], digit[2], digit[3], delimiter, digit[4], digit[5], digit[6], digit[7], delimiter,
                            digit[8], digit[9], digit[10], digit[11], delimiter, digit[12], digit[13], digit[14], digit[15], delimiter);
}

static void table_of(char *text, size_t cap, unsigned rows, unsigned good, char delimiter)
{
    size_t n = 0;

    for (unsigned i = 0; i < rows; i++)
        n += add_row(text + n, cap - n, i, delimiter, i < good);
}

START_TEST(records_vouch_for_one_another)
{
    static const struct { unsigned rows, good, n; enum pf_confidence confidence; } table[] = {
        { 12, 12, 12, PF_CONFIRMED }, { 5, 5, 5, PF_PROBABLE }, { 3, 3, 0, 0 },
    };
    char text[TEXT_MAX];

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        for (const char *d = ",\t;|"; *d != 0; d++) {
            state = 11;
            table_of(text, sizeof text, table[i].rows, table[i].good, *d);
            find(text);
            ck_assert_msg(found.n == table[i].n, "%zu %c: %u", i, *d, found.n);
            if (found.n > 0)
                ck_assert_uint_eq(found.last.confidence, table[i].confidence);
        }
}
END_TEST

START_TEST(values_of_four_digits_are_no_cards)
{
    char text[TEXT_MAX];

    for (state = 1; state < 1000000; state += 30011) {
        table_of(text, sizeof text, 200, 0, ',');
        look_at(text, 0, strlen(text));
    }
    ck_assert_uint_eq(found.n, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("split");
    TCase *tc = tcase_create("split");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, cells_match_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, records_vouch_for_one_another);
    tcase_add_test(tc, values_of_four_digits_are_no_cards);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
