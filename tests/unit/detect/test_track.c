/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/track.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAN "4111111111111111"

static const struct { const char *what, *before, *after; int track; bool data; } row[] = {
    { "track 1 with sentinels", "%B", "^YAMADA/TARO^25121011234567890?", 1, true },
    { "track 1 without sentinels", "B", "^DOE/J^2512201000000123", 1, true },
    { "track 1 without format code", " ", "^DOE/J^25122010000456", 1, true },
    { "track 1 without discretionary data", "%B", "^DOE/J^2512201?", 1, false },
    { "track 1 with zeroes for data", "%B", "^DOE/J^25122010000000000?", 1, false },
    { "track 1 with fields left out", "%B", "^DOE/J^^^1234567?", 1, true },
    { "track 1 with month 13", "%B", "^DOE/J^25132011234?", 0, false },
    { "track 1 with an empty name", "%B", "^^25122011234?", 0, false },
    { "track 1 with a name that does not end", "%B", "^A NAME LONGER THAN THE TWENTY-SIX^25122011234?", 0, false },
    { "track 1 with a name in kana", "%B", "^\xef\xbe\x94\xef\xbe\x8f \xef\xbe\x9b^25121011234567890?", 1, true },
    { "track 2 with sentinels", ";", "=25121011234567890?", 2, true },
    { "track 2 without sentinels", "", "=25121011234567890", 2, true },
    { "track 2 in hex form", " ", "D25122010000012345678F", 2, true },
    { "track 2 in hex form inside hex", "5A", "D25122010000012345678F", 0, false },
    { "track 2 without data", ";", "=2512201?", 2, false },
    { "track 2 with padding alone", "", "D2512201FFFF", 2, false },
    { "track 2 with month 00", "", "=25002011234567890", 0, false },
    { "track 2 with an impossible service code", "", "=25123991234567890", 0, false },
    { "track 2 with sentinels and a foreign service code", ";", "=25123991234567890?", 2, true },
    { "an assignment", "", "=251", 0, false },
    { "a comparison", "", "==2512201", 0, false },
    { "nothing behind it", "", "", 0, false },
    { "a word behind it", "", "DEBIT", 0, false },
};

static struct pf_track look(const char *text, size_t pan_at, unsigned dress)
{
    uint8_t bytes[400];
    size_t n = strlen(text), step = dress == PF_DRESS_ASCII ? 1 : 2, high = dress == PF_DRESS_UTF16BE;

    memset(bytes, 0, sizeof bytes);
    for (size_t i = 0; i < n; i++)
        bytes[i * step + high] = (uint8_t)text[i];
    return pf_track_at(bytes, n * step, pan_at * step, (pan_at + strlen(PAN)) * step, (uint8_t)dress);
}

START_TEST(track_matches_table)
{
    static const unsigned dress[] = { PF_DRESS_ASCII, PF_DRESS_UTF16LE, PF_DRESS_UTF16BE };
    char text[200];

    snprintf(text, sizeof text, "%s%s%s", row[_i].before, PAN, row[_i].after);
    for (size_t d = 0; d < 3; d++) {
        struct pf_track track = look(text, strlen(row[_i].before), dress[d]);

        ck_assert_msg(track.number == row[_i].track, "%s: track %d", row[_i].what, track.number);
        ck_assert_msg(track.discretionary == row[_i].data, "%s: data %d", row[_i].what, track.discretionary);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("track");
    TCase *tc = tcase_create("track");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, track_matches_table, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
