/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/look.h"

#include "pan-finder/detect/find/emv_tlv.h"

#include <check.h>

#define TRACK2 "57 12 4111111111111111 D 2512 201 1234567890 0 F"
#define SOME "9F02 06 000000001000  9A 03 251101  9C 01 00  5F2A 02 0392 "

static const struct {
    const char *what, *hex;
    int n, cls, confidence, digits;     /* of the first element; n: of all */
} row[] = {
    { "track 2 by itself", TRACK2, 1, PF_CLASS_SAD_TRACK, PF_PROBABLE, 16 },
    { "track 2 in a row", SOME TRACK2, 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "a row behind it", TRACK2 SOME, 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "inside a template", "70 1E " TRACK2 "5F24 03 251231 5F34 01 00", 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "template in template", "6F 28 A5 26 BF0C 22 " TRACK2 "5F2403251231", 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "long form of a length", "70 81 1E " TRACK2 "5F24 03 251231 5F34 81 01 00", 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "overlong length", SOME "5A 08 4111111111111111 57 83 000012 4111111111111111 D 2512 201 1234567890 0 F", 2, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "a length of four bytes", SOME "57 84 00000013 4111111111111111 D 2512 201 1234567890 0 F", 0, 0, 0, 0 },
    { "no discretionary data", SOME "57 0C 4111111111111111 D 2512 201", 1, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "discretionary data of zeros", SOME "57 11 4111111111111111 D 2512 201 0000000000", 1, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "month 13", SOME "57 11 4111111111111111 D 2513 201 0000000000", 0, 0, 0, 0 },
    { "fails Luhn", SOME "57 11 4111111111111112 D 2512 201 0000000000", 0, 0, 0, 0 },
    { "no D", SOME "57 11 4111111111111111 C 2512 201 0000000000", 0, 0, 0, 0 },
    { "cut off", SOME "57 13 4111111111111111 D 2512 201", 0, 0, 0, 0 },
    { "number by itself", "5A 08 4111111111111111", 1, PF_CLASS_PAN_CLEAR, PF_POSSIBLE, 16 },
    { "number and one more", "5A 08 4111111111111111 5F34 01 01", 1, PF_CLASS_PAN_CLEAR, PF_PROBABLE, 16 },
    { "number in a row", "5F24 03 251231 5A 08 4111111111111111 5F34 01 01", 1, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "number of 15 digits", "5F24 03 251231 5A 08 378282246310005F 5F34 01 01", 1, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 15 },
    { "number with two pads", "5F24 03 251231 5A 0A 4111111111111111FFFF 5F34 01 01", 1, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "digits behind the pad", SOME "5A 0A 4111111111111111FF11", 0, 0, 0, 0 },
    { "Mastercard's track 2", "9F6B 12 5555555555554444 D 2512 201 1234567890 0 F" SOME, 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "Visa's limit", SOME "9F6B 06 000000010000 9F36 02 0001", 0, 0, 0, 0 },
    { "track 1", SOME "56 27 42 34313131313131313131313131313131 5E 20 2F 5E 32353132323031 30303030303030303132333435", 1, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 16 },
    { "PIN in a row", SOME "5A 08 4111111111111111 99 08 0102030405060708", 2, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, 16 },
    { "PIN without a row", "99 08 0102030405060708", 0, 0, 0, 0 },
    { "discretionary data in a row", SOME "4F 07 A0000000031010 9F1F 04 31323334 9F20 03 123456", 2, PF_CLASS_SAD_TRACK, PF_CONFIRMED, 0 },
    { "discretionary data in a row that is of no card", SOME "9F1F 04 31323334 9F20 03 123456", 0, 0, 0, 0 },
    { "discretionary data of zeros", SOME "4F 07 A0000000031010 9F1F 08 3030303030303030", 0, 0, 0, 0 },
    { "discretionary data alone", "9F1F 04 31323334", 0, 0, 0, 0 },
};

START_TEST(emv_matches_table)
{
    uint8_t buf[256];
    struct told told;

    look_at(pf_find_emv, buf, unhex(row[_i].hex, buf), PF_TEXT_NONE, &told);
    ck_assert_msg((int)told.n == row[_i].n, "%s: %zu elements", row[_i].what, told.n);
    if (told.n == 0)
        return;
    ck_assert_msg((int)told.element[0].cls == row[_i].cls, "%s: class %d", row[_i].what, told.element[0].cls);
    ck_assert_msg((int)told.element[0].confidence == row[_i].confidence, "%s: confidence %d", row[_i].what,
                  told.element[0].confidence);
    ck_assert_msg(told.element[0].digits == row[_i].digits, "%s: %d digits", row[_i].what, told.element[0].digits);
    for (size_t i = 0; i < told.n; i++)
        ck_assert_msg(told.element[i].reasons >> PF_REASON_EMV_TAG & 1, "%s", row[_i].what);
}
END_TEST

/* Hex text of a hash's length that is data objects to its end. */
START_TEST(hex_of_objects_is_no_hash)
{
    static const struct { const char *hex; bool objects; } text[] = {
        { "820239009A03260312" "5A084111111111111111" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F270180" "95050000008000", true },
        { "702e" "5A084111111111111111" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F270180" "95050000008000" "82023900", true },
        { "820239009A03260312" "5A084111111111111111" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F270180" "950500000080", false },
        { "702c" "5A084111111111111111" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F270180" "95050000008000" "8F0192" "9000", true },
        { "702c" "5A084111111111111111" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F270180" "95050000008000" "8F0192" "9001", false },
        { "820239009A03260312" "9F2608A673E2040FFE7BE3" "9F36020001" "5F340101" "9F1A020392" "9C0100" "9F2701809F350122", false },
        { "d41d8cd98f00b204e9800998ecf8427e", false },
    };

    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        ck_assert_msg(pf_tlv_hex((const uint8_t *)text[i].hex, strlen(text[i].hex)) == text[i].objects, "%zu", i);
}
END_TEST

/* Objects 5A with a number that passes Luhn and random bytes around it: what random
 * bytes read as beside it proves nothing. */
START_TEST(noise_around_a_number_is_no_row)
{
    enum { EACH = 40, ROUNDS = 40000 };
    uint8_t number[16], *buf = malloc(EACH * ROUNDS);
    size_t sure = 0, likely = 0, n = unhex("5A 08 4111111111111111", number);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    look_random(1000 + (uint64_t)_i, buf, EACH * ROUNDS);
    for (size_t r = 0; r < ROUNDS; r++)
        memcpy(buf + EACH * r + 12, number, n);
    for (size_t from = 0; from < EACH * ROUNDS; from += EACH * TOLD_MAX) {
        look_part(pf_find_emv, buf, EACH * ROUNDS, from, from + EACH * TOLD_MAX, PF_TEXT_NONE, false, &told);
        for (size_t i = 0; i < told.n; i++) {
            sure += told.element[i].confidence == PF_CONFIRMED;
            likely += told.element[i].confidence == PF_PROBABLE;
        }
    }
    free(buf);
    ck_assert_uint_le(sure, 2);
    ck_assert_uint_le(likely, 100);
}
END_TEST

/* 32 MiB of random bytes hold no card number that is said to be sure or likely. */
START_TEST(random_bytes_are_quiet)
{
    size_t len = 32u << 20;
    uint8_t *buf = malloc(len);
    struct told told;

    ck_assert_ptr_nonnull(buf);
    look_random(7, buf, len);
    look_at(pf_find_emv, buf, len, PF_TEXT_NONE, &told);
    for (size_t i = 0; i < told.n; i++)
        ck_assert_int_eq((int)told.element[i].confidence, PF_POSSIBLE);
    ck_assert_uint_le(told.all, 2);
    free(buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emv");
    TCase *tc = tcase_create("emv");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, emv_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, hex_of_objects_is_no_hash);
    tcase_add_loop_test(tc, noise_around_a_number_is_no_row, 0, 4);
    tcase_add_test(tc, random_bytes_are_quiet);
    tcase_set_timeout(tc, 60);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
