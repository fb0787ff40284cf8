/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>

enum want { NONE = -1, POSSIBLE = PF_POSSIBLE, PROBABLE = PF_PROBABLE, CONFIRMED = PF_CONFIRMED };

/* A text with one number at most; {digits} lack their check digit (collect.h). */
static const struct { const char *what, *text; enum want want; const char *brand, *reason; } row[] = {
    /* what raises */
    { "a number alone is possible", "{453201511283036}", POSSIBLE, "visa", "no-context" },
    { "a field confirms", "{\"card_number\":\"{453201511283036}\"}", CONFIRMED, "visa", "card-field" },
    { "a strong phrase confirms", "the card number is {453201511283036} sir", CONFIRMED, "visa", "card-words" },
    { "a weak word makes probable", "visa {453201511283036}", PROBABLE, "visa", "brand-words" },
    { "several weak words confirm", "visa {453201511283036} exp date 12/27 cvv in mail", CONFIRMED, "visa", "expiry-words" },
    { "access log", "GET /pay?cc_no={453201511283036}&exp=1227 HTTP/1.1", CONFIRMED, "visa", "card-field" },
    { "kanji beside the digits", "カード番号{453201511283036}円", CONFIRMED, "visa", "card-words" },
    { "track 1", "%B{453201511283036}^YAMADA/TARO^25121011234567890?", CONFIRMED, "visa", "track-1" },
    { "track 2", ";{453201511283036}=25121011234567890?", CONFIRMED, "visa", "track-2" },
    { "track 2 in hex form", "{453201511283036}D25122010000012345678F", CONFIRMED, "visa", "discretionary-data" },
    { "track 2 without discretionary data", ";{453201511283036}=2512101?", CONFIRMED, "visa", "expiry-service-code" },
    { "usual grouping by hyphens", "{4532-0151-1283-036}", POSSIBLE, "visa", NULL },
    { "amex in its grouping", "{3714 496353 9844}", POSSIBLE, "amex", NULL },
    { "odd grouping beside a card word", "cc: {45320 151128 3036}", PROBABLE, "", "odd-grouping" },
    { "unionpay that fails Luhn in a card field", "card_number=6210000000000002", CONFIRMED, "unionpay", "fails-luhn" },
    { "maestro without check digits in a card field", "card_number=5010810000001", PROBABLE, "maestro", "fails-luhn" },
    { "historic range in a card field", "card_number={18001234567890}", PROBABLE, "jcb-legacy", "historic-range" },
    { "regional brand beside a brand word", "maestro mir {220012345678901}", PROBABLE, "mir", "regional-brand" },
    { "unconfirmed range beside a card word", "credit card {986012345678901}", PROBABLE, "humo", "unconfirmed-range" },
    { "a CSV row", "1121,{453201511283036},John Smith,808", POSSIBLE, "visa", NULL },
    { "a letter that touches it", "X{453201511283036}", POSSIBLE, "visa", "touches-letters" },
    { "a letter that touches it, beside a card word", "card number X{453201511283036}", PROBABLE, "visa", "touches-letters" },
    { "a brand that is off, as the value of a card field", "{\"card_number\":\"{912345678901234}\"}", PROBABLE, "kr-domestic", "card-field" },
    { "enRoute has no check digit", "card_number=201412345678901", PROBABLE, "enroute", "fails-luhn" },
    { "a brand that is off beside words", "the credit card number is {912345678901234} sir", NONE, "", NULL },
    { "a brand that is off in a track", ";{912345678901234}=25121011234567890?", NONE, "", NULL },
    { "a brand that is off alone", "{312345678901234567}", NONE, "", NULL },
    /* what lowers */
    { "an order id", "order_id={453201511283036}", POSSIBLE, "visa", "other-id-words" },
    { "a test environment", "sandbox visa {453201511283036}", POSSIBLE, "visa", "test-words" },
    { "a masked number that is whole", "masked: {453201511283036}", POSSIBLE, "visa", "reduced-words" },
    { "a product code beside a card word", "visa {495162046610}", POSSIBLE, "visa", "product-code" },
    { "a rare length beside a brand", "2024-01-02,VISA,123456,{67016412342}", POSSIBLE, "maestro", "rare-length" },
    { "a rare length beside a means of payment", "クレジット引落  {6701641234274}", POSSIBLE, "maestro", "rare-length" },
    { "a rare length beside a card's payment", "クレジットカード決済,{67016412342}", POSSIBLE, "maestro", "rare-length" },
    { "a rare length beside a card number's name", "card number {67016412342}", CONFIRMED, "maestro", "rare-length" },
    { "a range not confirmed beside a brand", "VISA,{15779700000299}", POSSIBLE, "uatp", "unconfirmed-range" },
    { "the name of the value is an order's", "credit card payment ok order={494940000000121} access_id=a amount=1980", POSSIBLE, "visa", "other-id-words" },
    { "the name of the value is a reference", "VISA credit card ref: {494940000000121} amount=1980", POSSIBLE, "visa", "other-id-words" },
    { "an order before a card number", "order=12 card_number={494940000000121}", CONFIRMED, "visa", "card-field" },
    /* lookalikes */
    { "fails Luhn", "4532015112830367", NONE, "", NULL },
    { "fails Luhn in a card field", "card_number=4532015112830367", NONE, "", NULL },
    { "unionpay that fails Luhn alone", "6210000000000002", NONE, "", NULL },
    { "seconds since 1970", "1764057600", NONE, "", NULL },
    { "milliseconds", "card number 1764057600123", NONE, "", NULL },
    { "microseconds", "card number {176405760012345}", NONE, "", NULL },
    { "nanoseconds", "card number {176405760012345678}", NONE, "", NULL },
    { "date and time", "{2026112512000}", NONE, "", NULL },
    { "date and time with milliseconds", "{2026112512000012}", NONE, "", NULL },
    { "day first date and time is doubtful", "visa {3001202612345}", POSSIBLE, "diners", "date-and-time" },
    { ".NET ticks are doubtful", "credit card {63901234567890123}", POSSIBLE, "maestro", "date-and-time" },
    { "UUID of digits", "55555555-5555-4555-8555-{55555555555}", NONE, "", NULL },
    { "UUID with a number in it", "a2086e30-{4532-0151-1283-036}12345678", NONE, "", NULL },
    { "hex digest", "deadbeef{453201511283036}cafe", NONE, "", NULL },
    { "hex digest beside a card number's name", "{\"memo\":\"ab{453201511283036}cd11ff\",\"card_number\":\"\"}", NONE, "", NULL },
    { "hex digest that begins with it", "{\"memo\":\"{453201511283036}cd11ff\",\"card_number\":\"\"}", NONE, "", NULL },
    { "hex digest beside codes", "\"card\": {\"print\": \"aac9{453201511283036}f6076aa3\", \"exp_month\": 12, \"cvc\": 1}", NONE, "", NULL },
    { "no check digit, and a letter touches it", "card number X6210000000000002", NONE, "", NULL },
    { "no check digit, and a letter touches it, in a field", "card_number=x6210000000000002", NONE, "", NULL },
    { "a card number's name before it, a letter behind", "card number {453201511283036}A", PROBABLE, "visa", "touches-letters" },
    { "fraction", "0.{453201511283036}", NONE, "", NULL },
    { "float", "2.{453201511283036}e-2", NONE, "", NULL },
    { "telephone", "+{490123456789}", NONE, "", NULL },
    { "a product code", "{495162046610}", NONE, "", NULL },
    { "ISBN", "{978030640615}", NONE, "", NULL },
    { "all digits equal", "4444444444444444 5555555555555555", NONE, "", NULL },
    { "counting digits", "card number {456789012345678}", NONE, "", NULL },
    { "a power of two", "4503599627370496 4611686018427387904", NONE, "", NULL },
    { "a row of a dump of 32 bytes", "00000000: 6361 7264 206e 6f20 {3530 3030 3030 303} 3030 3030 3030 3030 2020 2020 3d3d 3d3d  card no 5000000700000000    ====\n", NONE, "", NULL },
    { "a row of groups of four", "{4532 0151 1283 036} 7788", NONE, "", NULL },
    { "odd grouping alone", "{45320 151128 3036}", NONE, "", NULL },
    { "historic range alone", "{18001234567890}", NONE, "", NULL },
    { "unconfirmed range alone", "{986012345678901}", NONE, "", NULL },
    { "twenty digits", "{4532015112830361234}", NONE, "", NULL },
    { "eleven digits", "45320151128", NONE, "", NULL },
    { "inside a longer number", "9{453201511283036}99", NONE, "", NULL },
};

static bool has_reason(const struct pf_finding *f, const char *reason)
{
    for (size_t i = 0; i < f->n_reasons; i++)
        if (strcmp(f->reasons[i], reason) == 0)
            return true;
    return false;
}

START_TEST(finding_matches_table)
{
    static struct kept kept;
    char text[512];
    size_t n = complete(row[_i].text, strlen(row[_i].text), text);
    struct pf_detector *d = detector(0, true);

    search(d, text, n, 0, &kept);
    if (row[_i].want == NONE) {
        ck_assert_msg(kept.n == 0, "%s: %s", row[_i].what, kept.n ? kept.finding[0].pan.text : "");
    } else {
        const struct pf_finding *f = &kept.finding[0];

        ck_assert_msg(kept.n == 1, "%s: %zu findings", row[_i].what, kept.n);
        ck_assert_msg((int)f->confidence == (int)row[_i].want, "%s: %s", row[_i].what,
                      pf_confidence_name(f->confidence));
        ck_assert_msg(row[_i].brand[0] == '\0' || strcmp(f->brand, row[_i].brand) == 0, "%s: %s", row[_i].what, f->brand);
        ck_assert_msg(!row[_i].reason || has_reason(f, row[_i].reason), "%s: no reason %s", row[_i].what,
                      row[_i].reason);
    }
    pf_detector_free(d);
}
END_TEST

START_TEST(published_numbers_are_named)
{
    static struct kept kept;
    static const char text[] = "card_number=4111111111111111\ncard_number=4111111111111111\n";
    struct pf_detector *d = detector(0, true);

    search(d, text, sizeof text - 1, 0, &kept);
    ck_assert_uint_eq(kept.n, 1);
    ck_assert_int_eq(kept.finding[0].cls, PF_CLASS_TEST_PAN);
    ck_assert(kept.finding[0].test_pan);
    ck_assert_int_eq(kept.finding[0].confidence, PF_CONFIRMED);
    ck_assert_uint_eq(kept.finding[0].count, 2);
    ck_assert_uint_eq(kept.finding[0].offset, 12);
    ck_assert_uint_eq(kept.finding[0].line, 1);
    ck_assert_str_eq(kept.finding[0].pan.text, "411111******1111");
    ck_assert_str_eq(kept.finding[0].encoding, "ascii");
    ck_assert_uint_eq(kept.stats.luhn, 2);
    ck_assert(kept.stats.text);
    pf_detector_free(d);
}
END_TEST

/* ---- columns ---- */

#define CARDS "1,{453201511283036},x\n2,{555555123456789},x\n3,{453212345678901},x\n4,{453998877665544},x\n" \
              "5,{548210937654321},x\n6,{402400711223344},x\n"

/* Tables: how many numbers are found, and how many of a brand at which confidence. */
static const struct { const char *what, *text; unsigned found, of; const char *brand; int want; } column_row[] = {
    { "unconfirmed ranges in a card column",
      "id,card_number,amount\n1,{986001000000000},12800\n2,{986023000000001},1980\n3,{986035000000002},1980\n", 3, 3, "humo", PF_PROBABLE },
    { "unconfirmed ranges in an SQL dump",
      "INSERT INTO `t` (`id`,`card_no`) VALUES (1,'{986001000000000}'),\n(2,'{986023000000001}'),\n(3,'{986035000000002}');\n", 3, 3, "humo", PF_PROBABLE },
    { "historic ranges in a card column",
      "id,card_number\n1,{560221000000000}\n2,{560222000000001}\n3,{561035000000002}\n", 3, 3, "bankcard-au", PF_PROBABLE },
    { "numbers that fail Luhn in a card column",
      "id,card_number\n1,6210000000000002\n2,6210001234567893\n3,6210003456789014\n", 3, 3, "unionpay", PF_CONFIRMED },
    { "a column whose other numbers are told", CARDS "7,{986001000000000},x\n", 7, 1, "humo", PF_PROBABLE },
    { "a brand that is off in a card column",
      "id,card_number,amount\n1,{310001000000123456},12\n2,{310023000000001234},19\n3,{310035000000002345},19\n", 3, 3, "t-union", PF_PROBABLE },
    { "a brand that is off in a column without a name", CARDS "7,{912345678901234},x\n", 6, 0, "kr-domestic", 0 },
    { "another number's column",
      "id,order_id,amount\n1,{986001000000000},12800\n2,{986023000000001},1980\n3,{986035000000002},1980\n", 0, 0, "humo", 0 },
    { "a column without a name", "id,what,amount\n1,{986001000000000},12800\n2,{986023000000001},1980\n3,{986035000000002},1980\n", 0, 0, "humo", 0 },
    { "a column of cards, and another of ids", "id,what,x,n\n7,{986001000000000},x,{453201511283036}\n8,{986001000000001},x,{453201511283037}\n"
      "9,{986001000000002},x,{453201511283238}\n", 3, 0, "humo", 0 },
};

START_TEST(column_vouches_for_its_numbers)
{
    static struct kept kept;
    char text[1024];
    size_t n = complete(column_row[_i].text, strlen(column_row[_i].text), text);
    struct pf_detector *d = detector(0, true);
    unsigned of = 0;

    search(d, text, n, 0, &kept);
    ck_assert_msg(kept.n == column_row[_i].found, "%s: %zu found", column_row[_i].what, kept.n);
    for (size_t i = 0; i < kept.n; i++) {
        if (strcmp(kept.finding[i].brand, column_row[_i].brand) != 0)
            continue;
        of++;
        ck_assert_msg((int)kept.finding[i].confidence == column_row[_i].want, "%s: %s", column_row[_i].what,
                      pf_confidence_name(kept.finding[i].confidence));
    }
    ck_assert_msg(of == column_row[_i].of, "%s: %u of the brand", column_row[_i].what, of);
    pf_detector_free(d);
}
END_TEST

/* ---- share test ---- */

static const struct { const char *what; unsigned first, pass, fail; const char *before; int want; } share_row[] = {
    { "a column of cards", 453201, 20, 0, "", PF_CONFIRMED },
    { "five of five", 453201, 5, 0, "", PF_CONFIRMED },
    { "one pass in ten", 453201, 10, 90, "", PF_POSSIBLE },
    { "a third pass", 453201, 10, 20, "", PF_PROBABLE },
    { "a column of cards called tracking numbers", 453201, 20, 0, "tracking number ", PF_POSSIBLE },
    { "a column of a regional brand", 220012, 20, 0, "", PF_PROBABLE },
    { "two of a regional brand", 220012, 2, 0, "", PF_POSSIBLE },
};

START_TEST(share_test_decides)
{
    static struct kept kept;
    char text[8192];
    size_t n = 0;
    struct pf_detector *d = detector(0, true);

    for (unsigned i = 0; i < share_row[_i].pass + share_row[_i].fail; i++) {
        memcpy(text + n, share_row[_i].before, strlen(share_row[_i].before));
        n += strlen(share_row[_i].before);
        n += number(text + n, share_row[_i].first, i + 1, i < share_row[_i].pass);
    }
    search(d, text, n, 0, &kept);
    ck_assert_msg(kept.n == share_row[_i].pass, "%s: %zu", share_row[_i].what, kept.n);
    for (size_t i = 0; i < kept.n; i++) {
        ck_assert_msg((int)kept.finding[i].confidence == share_row[_i].want, "%s: %s", share_row[_i].what,
                      pf_confidence_name(kept.finding[i].confidence));
        ck_assert_uint_eq(kept.finding[i].line, i + 1);
    }
    pf_detector_free(d);
}
END_TEST

/* Account numbers in groups of four: one in ten passes Luhn, those that fail count against it. */
START_TEST(parts_of_longer_rows_take_part_in_the_share_test)
{
    static struct kept kept;
    static char text[16384];
    size_t n = 0;
    struct pf_detector *d = detector(0, true);
    unsigned v = 1;

    for (unsigned i = 0; i < 400; i++) {
        unsigned g[4];

        for (unsigned k = 0; k < 4; k++) {
            v = v * 1103515245u + 12345u;
            g[k] = (v >> 12) % 10000;
        }
        n += (size_t)snprintf(text + n, sizeof text - n, "DE33 4%03u %04u %04u %04u 69\n", g[0] % 1000, g[1], g[2], g[3]);
    }
    search(d, text, n, 0, &kept);
    ck_assert_uint_gt(kept.n, 10);
    for (size_t i = 0; i < kept.n; i++)
        ck_assert_int_eq(kept.finding[i].confidence, PF_POSSIBLE);
    pf_detector_free(d);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof table[0])

int main(void)
{
    Suite *suite = suite_create("score");
    TCase *tc = tcase_create("score");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, finding_matches_table, 0, ROWS(row));
    tcase_add_test(tc, published_numbers_are_named);
    tcase_add_loop_test(tc, column_vouches_for_its_numbers, 0, ROWS(column_row));
    tcase_add_test(tc, parts_of_longer_rows_take_part_in_the_share_test);
    tcase_add_loop_test(tc, share_test_decides, 0, ROWS(share_row));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
