/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* One JIS II record: by its name, by what stands around it. */
#define FINDER pf_find_jis_field
#include "tests/lib/text_find.h"

#include <stdio.h>
#include <stdlib.h>

#define NUMBER "4111111111111111"
#define DATED "b" NUMBER " 2812 077"
#define NONE (-1)

/* The record is `data`, filled up to `width` bytes with blanks. */
static const struct { const char *what, *before, *data; int width; const char *behind; int sure; } row[] = {
    { "named, a log", "11:02:03 JIS2=", DATED, 69, "\n", PF_CONFIRMED },
    { "named, JSON", "{\"jis2_data\":\"", DATED, 72, "\"}", PF_CONFIRMED },
    { "named, no date", "jis: ", "b" NUMBER "XX", 69, "\n", PF_PROBABLE },
    { "stripe, UTF-8", "\xe3\x82\xb9\xe3\x83\x88\xe3\x83\xa9\xe3\x82\xa4\xe3\x83\x97\xef\xbc\x9a", DATED, 69, "\n", PF_CONFIRMED },
    { "magnetic, Shift_JIS", "\x8e\xa5\x8b\x43\x8f\xee\x95\xf1:", DATED, 69, "\r\n", PF_CONFIRMED },
    { "magnetic, EUC-JP", "\xbc\xa7\xb5\xa4\xbe\xf0\xca\xf3=", DATED, 69, "\n", PF_CONFIRMED },
    { "kana in Shift_JIS", "JIS2:", DATED "  \xd4\xcf\xc0\xde", 69, "\n", PF_CONFIRMED },
    { "STX and ETX", "\x02", DATED, 69, "\x03", PF_PROBABLE },
    { "sentinels", "x\x7f", DATED, 70, "\x7f", PF_PROBABLE },
    { "STX and ETX, no date", "\x02", "b" NUMBER "XX", 69, "\x03", NONE },
    { "STX and ETX, too short", "\x02", DATED, 66, "\x03", NONE },
    { "a line without a name", "\n", DATED, 69, "\n", NONE },
    { "the name in the line before", "JIS2\n", DATED, 69, "\n", NONE },
    { "another name", "note=", DATED, 69, "\n", NONE },
    { "fails Luhn", "JIS2=", "b4111111111111112 2812 077", 69, "\n", NONE },
    { "small letters", "JIS2=", DATED " not a stripe", 69, "\n", NONE },
    { "named, a long line", "JIS2=", DATED, 90, "\n", NONE },
};

START_TEST(jis_field_matches_table)
{
    char text[512];

    snprintf(text, sizeof text, "%s%-*s%s", row[_i].before, row[_i].width, row[_i].data, row[_i].behind);
    find(text);
    ck_assert_msg((int)found.n == (row[_i].sure != NONE), "%s: %u", row[_i].what, found.n);
    if (found.n > 0) {
        ck_assert_msg((int)found.last.confidence == row[_i].sure, "%s", row[_i].what);
        ck_assert_int_eq(found.last.cls, PF_CLASS_SAD_TRACK);
        ck_assert_int_eq(found.last.pan.n, 16);
    }
}
END_TEST

/* What was decoded from text is nothing but a record. */
START_TEST(decoded_records_are_found)
{
    static const struct { const char *head, *tail; bool decoded; unsigned n; } frame[] = {
        { "", "", true, 1 }, { "\x7f", "\x7fK", true, 1 }, { "\x02", "\x03", true, 1 }, { "", "", false, 0 }, { "ab: ", "", true, 0 },
    };

    for (size_t i = 0; i < sizeof frame / sizeof frame[0]; i++) {
        char text[256];
        uint16_t marks[8] = { 0 };
        struct pf_view view = { .buf = (const uint8_t *)text, .first = true, .last = true };
        struct pf_look look = { .view = &view, .marks = marks, .text = PF_TEXT_NONE, .runs = true, .decoded = frame[i].decoded, .fn = keep };

        snprintf(text, sizeof text, "%s%-69s%s", frame[i].head, DATED, frame[i].tail);
        view.len = view.hi = strlen(text);
        found.n = 0;
        pf_find_jis_field(&look);
        ck_assert_msg(found.n == frame[i].n, "%zu: %u", i, found.n);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jis_field");
    TCase *tc = tcase_create("jis_field");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, jis_field_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, decoded_records_are_found);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
