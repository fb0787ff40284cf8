/* links: pan-finder/base  libs: -ljansson */
#include "pan-finder/base/bytes.h"

#include <check.h>
#include <stdlib.h>

static const uint8_t four[] = { 0x01, 0x02, 0x03, 0xff };

START_TEST(little_endian_fields_are_read_in_order)
{
    struct pf_cursor cur = { four, sizeof four };
    uint16_t a = 0, b = 0;

    ck_assert(pf_le16(&cur, &a));
    ck_assert(pf_le16(&cur, &b));
    ck_assert_uint_eq(a, 0x0201);
    ck_assert_uint_eq(b, 0xff03);
    ck_assert_uint_eq(cur.left, 0);
}
END_TEST

START_TEST(thirty_two_bits_keep_the_top_bit)
{
    struct pf_cursor cur = { four, sizeof four };
    uint32_t v = 0;

    ck_assert(pf_le32(&cur, &v));
    ck_assert_uint_eq(v, 0xff030201u);
}
END_TEST

START_TEST(a_short_field_fails_and_leaves_the_cursor)
{
    struct pf_cursor cur = { four, 3 };
    uint32_t v = 7;
    uint16_t w = 0;

    ck_assert(!pf_le32(&cur, &v));
    ck_assert_uint_eq(v, 7);
    ck_assert_uint_eq(cur.left, 3);
    ck_assert(!pf_skip(&cur, 4));
    ck_assert(pf_skip(&cur, 2));
    ck_assert(!pf_le16(&cur, &w));
}
END_TEST

START_TEST(magic_is_compared_only_inside_the_head)
{
    ck_assert(pf_starts(four, sizeof four, 2, "\x03\xff", 2));
    ck_assert(!pf_starts(four, sizeof four, 3, "\xff\x00", 2));
    ck_assert(!pf_starts(four, sizeof four, 5, "", 0));
    ck_assert(pf_starts(four, sizeof four, 4, "", 0));
    ck_assert(!pf_starts(four, sizeof four, SIZE_MAX, "\x01", 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bytes");
    TCase *tc = tcase_create("bytes");
    SRunner *runner = srunner_create(suite);
    int bad;

    suite_add_tcase(suite, tc);
    tcase_add_test(tc, little_endian_fields_are_read_in_order);
    tcase_add_test(tc, thirty_two_bits_keep_the_top_bit);
    tcase_add_test(tc, a_short_field_fails_and_leaves_the_cursor);
    tcase_add_test(tc, magic_is_compared_only_inside_the_head);
    srunner_run_all(runner, CK_ENV);
    bad = srunner_ntests_failed(runner);
    srunner_free(runner);
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
