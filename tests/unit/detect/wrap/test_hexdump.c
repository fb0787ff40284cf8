/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/wrap/wrap.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define ROOM 8192

/* The formats as the programs write them (xxd, hexdump -C, hexdump, od -x, od -A x -t x1z,
 * od -A d -t x1, Wireshark, tcpdump -X). */
static const struct {
    const char *name, *offset, *gap, *before, *after;
    unsigned group;              /* bytes */
    bool swap, middle, end;      /* low byte first; two spaces in the middle; a last line of the offset alone */
} form[] = {
    { "xxd", "%08zx:", " ", "  ", "", 2, false, false, false },
    { "hexdump -C", "%08zx ", " ", "  |", "|", 1, false, true, true },
    { "hexdump", "%07zx", " ", NULL, "", 2, true, false, true },
    { "od -x", "%07zo", " ", NULL, "", 2, true, false, true },
    { "od -A x -t x1z", "%06zx", " ", "  >", "<", 1, false, false, true },
    { "od -A d -t x1", "%07zu", " ", NULL, "", 1, false, false, true },
    { "Wireshark", "%04zx  ", " ", "   ", "", 1, false, false, false },
    { "tcpdump", "\t0x%04zx: ", " ", "  ", "", 2, false, false, false },
};


#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static size_t dump(int f, const uint8_t *bytes, size_t n, char *out)
{
    size_t at = 0;

#define PUT(...) at += (size_t)snprintf(out + at, ROOM - at, __VA_ARGS__)
    for (size_t row = 0; row < n; row += 16) {
        PUT(form[f].offset, row);
        for (size_t i = row; i < row + 16 && i < n; i++) {
            size_t other = form[f].swap ? i ^ 1u : i;

            PUT("%s%s", form[f].middle && i == row + 8 ? " " : "", i % form[f].group == 0 ? form[f].gap : "");
            PUT("%02x", other < n ? bytes[other] : 0u);
            if (form[f].swap && i + 1 == n && n % 2 != 0)
                PUT("%02x", bytes[i]);
        }
        PUT("%s", form[f].before != NULL ? form[f].before : "");
        for (size_t i = row; form[f].before != NULL && i < row + 16 && i < n; i++)
            PUT("%c", isprint(bytes[i]) ? bytes[i] : '.');
        PUT("%s\n", form[f].after);
    }
    if (form[f].end) {
        PUT(form[f].offset, n);
        PUT("\n");
    }
    PUT("and so on\n");
#undef PUT
    return at;
}

START_TEST(dumps_are_undone)
{
    static const char plain[] = "card no=4111111111111111; exp 12/27; n=5555555555554444 xy";
    char text[ROOM] = "a line of words before it\n", out[ROOM];
    size_t head = strlen(text), len = head + dump(_i, (const uint8_t *)plain, strlen(plain), text + head);
    struct pf_view view = { .buf = (const uint8_t *)text, .len = len, .hi = len, .first = true, .last = true };
    uint16_t marks[ROOM / PF_MARK_WORD];

    pf_scalar_marks(view.buf, len, marks);
    for (size_t piece = 1; piece < 400; piece += 57) {
        struct pf_unwrap u = { .wrap = &pf_wrap_hexdump };
        size_t n = 0, at;

        ck_assert_msg(pf_wrap_hexdump.find(&view, marks, 0, &u), "%s: not found in\n%s", form[_i].name, text);
        ck_assert_uint_eq(u.start, head);
        at = u.start;
        for (size_t end = at + piece; !u.done; end += piece)
            n += pf_wrap_hexdump.decode(&u, view.buf, end < len ? end : len, end >= len, &at, (uint8_t *)out + n, 512);
        out[n] = '\0';
        ck_assert_msg(strcmp(out, plain) == 0, "%s: %s in\n%s", form[_i].name, out, text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hexdump");
    TCase *tcase = tcase_create("hexdump");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, dumps_are_undone, 0, (int)(sizeof form / sizeof form[0]));
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
