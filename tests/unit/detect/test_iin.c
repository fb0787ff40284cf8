/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/iin.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Beginning, total length, brand that holds it ("" for none), brand among those of PCI. */
static const struct { const char *what, *digits; size_t n; const char *brand, *world; } row[] = {
    { "visa", "411111", 16, "visa", "visa" },
    { "visa of 13 digits", "4222222", 13, "visa", "visa" },
    { "visa has no 15 digits", "411111", 15, "", "" },
    { "mastercard, old range", "510510", 16, "mastercard", "mastercard" },
    { "mastercard, first of the new range", "222100", 16, "mastercard", "mastercard" },
    { "before the new range", "222099", 16, "", "" },
    { "mastercard, last of the new range", "272099", 16, "mastercard", "mastercard" },
    { "behind the new range", "272100", 16, "", "" },
    { "amex", "378282", 15, "amex", "amex" },
    { "amex has no 16 digits", "378282", 16, "", "" },
    { "jcb", "353011", 16, "jcb", "jcb" },
    { "jcb of 19 digits", "352800", 19, "jcb", "jcb" },
    { "before jcb", "352799", 16, "", "" },
    { "jcb, historic, before a loose range of another", "180012", 15, "jcb-legacy", "" },
    { "diners of 14 digits", "305693", 14, "diners", "diners" },
    { "diners 36 of 15 digits", "361234", 15, "diners", "diners" },
    { "diners 38 has no 15 digits", "381234", 15, "", "" },
    { "jcb on the Discover network", "308912", 16, "jcb-dgn", "jcb-dgn" },
    { "diners 3095 between the jcb ranges", "309512", 16, "diners", "diners" },
    { "discover", "601100", 16, "discover", "discover" },
    { "discover 65 of 19 digits", "658012", 19, "discover", "discover" },
    { "unionpay of 19 digits", "621234", 19, "unionpay", "unionpay" },
    { "unionpay 81", "817199", 16, "unionpay", "unionpay" },
    { "maestro", "675964", 16, "maestro", "maestro" },
    { "maestro of 12 digits", "501800", 12, "maestro", "maestro" },
    { "elo inside visa", "401178", 16, "elo", "visa" },
    { "elo of 13 digits is visa", "401178", 13, "visa", "visa" },
    { "rupay inside discover", "652150", 16, "rupay", "discover" },
    { "rupay, the wide range of hearsay", "602890", 16, "rupay", "" },
    { "rupay 82", "820012", 16, "rupay", "" },
    { "rupay 81 behind unionpay", "817312", 16, "rupay", "" },
    { "rupay's wide range does not hide maestro", "601628", 16, "maestro", "maestro" },
    { "mir", "220012", 16, "mir", "" },
    { "dankort", "501971", 16, "dankort", "" },
    { "historic switch does not hide visa", "490312", 16, "visa", "visa" },
    { "historic switch beside maestro", "633110", 16, "switch-solo", "" },
    { "maestro without check digits", "501081", 16, "maestro", "" },
    { "nothing begins with 0", "012345", 16, "", "" },
    { "epoch microseconds", "176401", 16, "", "" },
    { "date and time", "202611", 14, "", "" },
    { "korean domestic range needs a name", "912345", 16, "", "" },
};

static void fill(uint8_t digit[19], const char *text)
{
    memset(digit, 0, 19);
    for (size_t i = 0; text[i]; i++)
        digit[i] = (uint8_t)(text[i] - '0');
}

START_TEST(brand_matches_table)
{
    uint8_t digit[19];
    const struct pf_brand *brand, *world;
    bool known = row[_i].brand[0] != '\0';
    unsigned four;

    fill(digit, row[_i].digits);
    brand = pf_iin_find(digit, row[_i].n);
    world = pf_iin_find_world(digit, row[_i].n);
    ck_assert_msg(strcmp(brand ? brand->key : "", row[_i].brand) == 0, "%s: %s", row[_i].what,
                  brand ? brand->key : "none");
    ck_assert_msg(strcmp(world ? world->key : "", row[_i].world) == 0, "%s among PCI brands: %s",
                  row[_i].what, world ? world->key : "none");
    four = digit[0] * 1000u + digit[1] * 100u + digit[2] * 10u + digit[3];
    if (known)
        ck_assert_msg(pf_iin_lengths4[four] >> (row[_i].n - PF_IIN_LENGTH_BASE) & 1u, "%s: not in the first test", row[_i].what);
}
END_TEST

/* The cheap first test never refuses what the full look-up accepts. */
START_TEST(first_test_holds_every_range)
{
    uint8_t digit[19];

    memset(digit, 0, sizeof digit);
    for (uint32_t six = 0; six < 1000000; six++) {
        uint32_t v = six;

        for (int i = 5; i >= 0; i--, v /= 10)
            digit[i] = (uint8_t)(v % 10);
        for (size_t n = 12; n <= 19; n++)
            if (!(pf_iin_lengths4[six / 100] >> (n - PF_IIN_LENGTH_BASE) & 1u) && pf_iin_find_named(digit, n))
                ck_abort_msg("%06u of %zu digits", (unsigned)six, n);
    }
}
END_TEST

START_TEST(lengths_out_of_bounds_have_no_brand)
{
    uint8_t digit[19];

    fill(digit, "411111");
    ck_assert_ptr_null(pf_iin_find(digit, 0));
    ck_assert_ptr_null(pf_iin_find(digit, 11));
    ck_assert_ptr_null(pf_iin_find(digit, 20));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("iin");
    TCase *tc = tcase_create("iin");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, brand_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, first_test_holds_every_range);
    tcase_add_test(tc, lengths_out_of_bounds_have_no_brand);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
