/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Records without borders between their fields: type, date, number, rest. */
#include "tests/lib/look.h"
#include "tests/lib/synth.h"

#include "pan-finder/detect/luhn.h"

#include <check.h>
#include <stdio.h>

enum { RECORDS = 40, RECORD = 400 };

/* `lines`: records end in a line end; `spoil`: one number in so many fails Luhn (0: none). */
static const struct { const char *what; unsigned records, rest, spoil; bool lines, ebcdic; size_t told; } row[] = {
    { "lines", RECORDS, 20, 0, true, false, RECORDS },
    { "seven lines", 7, 30, 0, true, false, 7 },
    { "six lines", 6, 30, 0, true, false, 6 },
    { "three lines", 3, 30, 0, true, false, 0 },
    { "long lines", RECORDS, 120, 0, true, false, RECORDS },
    { "no lines", RECORDS, 40, 0, false, false, RECORDS },
    { "EBCDIC", RECORDS, 40, 0, false, true, RECORDS },
    { "one in two fails", RECORDS, 20, 2, true, false, 0 },
    { "all fail", RECORDS, 20, 1, true, false, 0 },
};

static size_t put_record(char *out, struct synth *s, size_t i, unsigned r)
{
    char pan[32];
    int n;

    synth_pan(s, (enum synth_brand)synth_below(s, 3), pan);
    if (row[i].spoil && r % row[i].spoil == 0)
        pan[strlen(pan) - 1] = (char)('0' + (pan[strlen(pan) - 1] - '0' + 1) % 10);
    n = snprintf(out, RECORD, "2%08u%-16s%04u%08u%*s%s", 20240101 + synth_below(s, 28), pan, 2501 + synth_below(s, 12),
                 synth_below(s, 1000000), (int)row[i].rest, "AB", row[i].lines ? "\n" : "");
    return (size_t)n;
}

/* Digits, blanks and the letters above. */
static void to_ebcdic(char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        text[i] = (char)(text[i] == ' ' ? 0x40 : text[i] >= 'A' ? 0xc1 + text[i] - 'A' : 0xf0 + text[i] - '0');
}

START_TEST(records_match_table)
{
    static char buf[RECORDS * RECORD];
    struct synth s;
    struct told told;
    size_t len = 0;

    synth_seed(&s, 20240301 + (uint64_t)_i);
    for (unsigned r = 0; r < row[_i].records; r++)
        len += put_record(buf + len, &s, (size_t)_i, r);
    if (row[_i].ebcdic)
        to_ebcdic(buf, len);
    look_at(pf_find_glued, (const uint8_t *)buf, len, row[_i].ebcdic ? PF_TEXT_NONE : PF_TEXT_BYTES, &told);
    ck_assert_msg(told.all == row[_i].told, "%s: %zu", row[_i].what, told.all);
}
END_TEST

static const struct { const char *text; size_t told; } padded[] = {
    { "card_number=0004012888888881881&x=1", 1 },
    { "card_number=00005105105105105100,", 1 },
    { "order id 0004012888888881881 of today", 0 },
    { "card_number=0004012888888881882", 0 },
    { "card_number=0000000000000000000", 0 },
};

/* In a binary record a letter is a field of its own: "D" and 16 digits. In text it is part of a word. */
START_TEST(letters_touch_numbers_in_records)
{
    static uint8_t buf[12 * 60];
    struct synth s;
    struct told told;

    for (unsigned records = 5; records <= 12; records += 7) {
        memset(buf, 0, sizeof buf);
        synth_seed(&s, 77);
        for (unsigned r = 0; r < records; r++) {
            char pan[32];

            synth_pan(&s, SYNTH_VISA, pan);
            buf[60 * r + 19] = 'D';
            memcpy(buf + 60 * r + 20, pan, 16);
        }
        look_at(pf_find_glued, buf, (size_t)60 * records, PF_TEXT_NONE, &told);
        ck_assert_uint_eq(told.all, records > 5 ? records : 0);
        look_at(pf_find_glued, buf, (size_t)60 * records, PF_TEXT_BYTES, &told);
        ck_assert_uint_eq(told.all, 0);
    }
}
END_TEST

START_TEST(zeroes_before_the_number)
{
    struct told told;

    look_at(pf_find_glued, (const uint8_t *)padded[_i].text, strlen(padded[_i].text), PF_TEXT_BYTES, &told);
    ck_assert_msg(told.all == padded[_i].told, "%s: %zu", padded[_i].text, told.all);
}
END_TEST

/* A sequence number and a long row of random digits, in lines of one length. */
START_TEST(ids_are_quiet)
{
    static char buf[RECORDS * RECORD];
    struct synth s;
    struct told told;
    size_t len = 0;

    synth_seed(&s, 7);
    for (unsigned r = 0; r < RECORDS; r++)
        len += (size_t)snprintf(buf + len, RECORD, "4%017llu%08u%09llu\n", 12345678901ULL + r, 20240101 + r % 28,
                                (unsigned long long)(synth_next(&s) % 1000000000));
    look_at(pf_find_glued, (const uint8_t *)buf, len, PF_TEXT_BYTES, &told);
    ck_assert_uint_eq(told.all, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("glued");
    TCase *tc = tcase_create("glued");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tc, records_match_table, 0, sizeof row / sizeof row[0]);
    tcase_add_test(tc, letters_touch_numbers_in_records);
    tcase_add_loop_test(tc, zeroes_before_the_number, 0, sizeof padded / sizeof padded[0]);
    tcase_add_test(tc, ids_are_quiet);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
