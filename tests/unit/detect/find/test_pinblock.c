/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"
#include "tests/lib/look.h"

#include <check.h>

#define NONE (-1)

static const struct { const char *what, *text; int confidence; } row[] = {
    { "block in JSON", "{\"pinBlock\":\"0412AC89ABCDEF67\"}", PF_CONFIRMED },
    { "block in a log", "pin_block=0412ac89abcdef67 amount=1", PF_CONFIRMED },
    { "block in XML", "<EncryptedPIN>0412AC89ABCDEF67</EncryptedPIN>", PF_CONFIRMED },
    { "block of 16 bytes", "PIN Block: 0412AC89ABCDEF670412AC89ABCDEF67", PF_CONFIRMED },
    { "block in pairs", "pin_blk: 04 12 AC 89 AB CD EF 67\n", PF_CONFIRMED },
    { "block in pairs, in brackets", "PINBLK = [04 12 AC 89 AB CD EF 67]", PF_CONFIRMED },
    { "block in pairs, one too few", "pin_blk: 04 12 AC 89 AB CD EF\n", NONE },
    { "block in pairs, digits behind", "pin_blk: 04 12 AC 89 AB CD EF 671", NONE },
    { "block, Japanese name", "\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7\xe3\x83\x96\xe3\x83\xad\xe3\x83\x83\xe3\x82\xaf: 0412AC89ABCDEF67", PF_CONFIRMED },
    { "block of a format", "iso0PinBlock=0412AC89ABCDEF67", PF_CONFIRMED },
    { "block of 15 digits", "pin_block=0412ac89abcdef6", NONE },
    { "block of zeros", "pin_block=0000000000000000", NONE },
    { "no value", "the pin block is 0412AC89ABCDEF67", NONE },
    { "PIN alone", "pin=1234", NONE },
    { "PIN beside a number", "pan={453201511283036}&pin=1234", PF_CONFIRMED },
    { "PIN beside a published test number", "pan=4111111111111111&pin=1234", PF_POSSIBLE },
    { "PIN before a number", "PIN: 1234 card {4532 0151 1283 036}", PF_CONFIRMED },
    { "PIN beside another number", "id=4111111111111112&pin=1234", NONE },
    { "postal code", "4111111111111111 pincode: 560001", NONE },
    { "another word", "4111111111111111 spin=1234", NONE },
    { "a fraction", "4111111111111111 pin=1234.5", NONE },
    { "field 52 of a message", "12:00:01 DE52: 0412AC89ABCDEF67\n", PF_CONFIRMED },
    { "field 52, short", "F52=0412ac89abcdef67", PF_CONFIRMED },
    { "field 52, in words", "field52 = 0412AC89ABCDEF67", PF_CONFIRMED },
    { "field 53", "DE53: 0412AC89ABCDEF67\n", NONE },
    { "hex text", "0412AC89ABDEF52: 0412AC89ABCDEF67", NONE },
    { "PIN of a card", "card_pin: 4729", PF_PROBABLE },
    { "PIN of a card, full-width colon", "card_pin\xef\xbc\x9a" "4729", PF_PROBABLE },
    { "PIN of a card, placeholder", "card_pin: 1234", PF_POSSIBLE },
    { "PIN code", "PIN code\xef\xbc\x9a" "4729", PF_POSSIBLE },
    { "postal code alone", "PIN code: 560001", NONE },
    { "PIN beside an expiry date", "pin=4729&exp=2712", NONE },
    { "Japanese, six digits", "\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7: 472901", NONE },
    { "Japanese, UTF-8", "\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7\xef\xbc\x9a" "1234", PF_POSSIBLE },
    { "Japanese, Shift_JIS", "\x88\xc3\x8f\xd8\x94\xd4\x8d\x86:1234", PF_POSSIBLE },
    { "Japanese beside a number", "\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7: 1234, {4532-0151-1283-036}", PF_CONFIRMED },
};

START_TEST(pins_match_table)
{
    struct told told;
    char text[256];

    look_at(pf_find_pinblock, (const uint8_t *)text, complete(row[_i].text, strlen(row[_i].text), text), PF_TEXT_BYTES, &told);
    ck_assert_msg(told.n == (row[_i].confidence != NONE), "%s: %zu", row[_i].what, told.n);
    if (told.n > 0)
        ck_assert_msg((int)told.element[0].confidence == row[_i].confidence, "%s", row[_i].what);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pinblock");
    TCase *tc = tcase_create("pinblock");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, pins_match_table, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
