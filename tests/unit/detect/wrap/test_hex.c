/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/wrap/wrap.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAN "4111111111111111"
#define ROOM 4096

/* How "n=PAN;" is written: each byte by `pair`, `each` bytes a group, `gap` between groups. */
static const struct { const char *pair, *gap, *before, *after; size_t each; bool wide; } form[] = {
    { "%02x", "", "", "", 1, false }, { "%02X", "", "x ", " z", 1, false }, { "%02x", "", "data=", "\n", 1, true },
    { "%02x", " ", "raw: ", "\n", 1, false }, { "%02X", ":", "", " end", 1, false },
    { "0x%02x", ",", "{", "}", 1, false }, { "0x%02X", ":", "", "", 1, false }, { "%02x", " ", "", "", 2, false },
    { "%02x", "-", "<", ">", 1, false }, { "%02x", " ", "at 2026 ", ".", 1, false }, { "%02x", "\n", "", "", 12, false },
};

static const char *const none[] = {
    "2026-11-25,4111111111111111,5555555555554444,378282246310005,30569309025904\n",
    "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709 of nothing",
    "md5 d41d8cd98f00b204e9800998ecf8427e",
    "id 123e4567-e89b-12d3-a456-426614174000",
    "mac 00:1b:44:11:3a:b7, time 12:34:56:78",
    "41 11 11 11 11 11 11 11 11 12 13 14 15 16 17",
    "12345678901234567890123456789012345678901234567890",
};

static size_t undo(const uint8_t *buf, size_t len, size_t piece, char *out)
{
    struct pf_view view = { .buf = buf, .len = len, .hi = len, .first = true, .last = true };
    struct pf_unwrap u = { .wrap = &pf_wrap_hex };
    uint16_t marks[ROOM / PF_MARK_WORD];
    size_t n = 0, at;
    bool found;

    pf_scalar_marks(buf, len, marks);
    found = pf_wrap_hex.find(&view, marks, 0, &u);
    at = u.start;
    for (size_t end = at + piece; found && !u.done; end += piece)
        n += pf_wrap_hex.decode(&u, buf, end < len ? end : len, end >= len, &at, (uint8_t *)out + n, 512);
    out[n] = '\0';
    return n;
}

START_TEST(forms_are_undone)
{
    static const char plain[] = "no=" PAN ";ok";
    char text[ROOM], out[ROOM], bytes[200];
    size_t at, n = 0, len = 0;

    for (size_t i = 0; plain[i] != '\0'; i++) {
        bytes[n++] = plain[i];
        if (form[_i].wide)
            bytes[n++] = '\0';
    }
    at = (size_t)snprintf(text, sizeof text, "%s", form[_i].before);
    for (size_t i = 0; i < n; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", i > 0 && i % form[_i].each == 0 ? form[_i].gap : "");
        at += (size_t)snprintf(text + at, sizeof text - at, form[_i].pair, (unsigned)bytes[i]);
    }
    at += (size_t)snprintf(text + at, sizeof text - at, "%s", form[_i].after);
    for (size_t piece = 1; piece < 200; piece += 33) {
        len = undo((const uint8_t *)text, at, piece, out);
        ck_assert_msg(len >= n && memmem(out, len, bytes, n) != NULL, "%s: %zu bytes", text, len);
    }
}
END_TEST

/* Hashes have the length of a card's data at times: its tags tell. */
START_TEST(card_data_is_undone)
{
    static const char *const text[] = { "de55=5A0841111111111111115F3401009F36", "m 010070200000000C000016" PAN "00000000" };
    char out[ROOM];

    ck_assert_uint_ge(undo((const uint8_t *)text[_i], strlen(text[_i]), 4096, out), 16);
}
END_TEST

START_TEST(others_are_left)
{
    char out[ROOM];

    ck_assert_msg(undo((const uint8_t *)none[_i], strlen(none[_i]), 4096, out) == 0, "%s", none[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hex");
    TCase *tcase = tcase_create("hex");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, forms_are_undone, 0, (int)(sizeof form / sizeof form[0]));
    tcase_add_loop_test(tcase, card_data_is_undone, 0, 2);
    tcase_add_loop_test(tcase, others_are_left, 0, (int)(sizeof none / sizeof none[0]));
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
