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

/* Of debuggers and logs: 32 bytes each. */
static const struct { const char *name, *text; } other[] = {
    { "gdb x/xb",
      "0x7ffe1000:\t0x63\t0x61\t0x72\t0x64\t0x5f\t0x6e\t0x75\t0x6d\n"
      "0x7ffe1008:\t0x62\t0x65\t0x72\t0x3d\t0x34\t0x31\t0x31\t0x31\n"
      "0x7ffe1010:\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\n"
      "0x7ffe1018:\t0x31\t0x31\t0x31\t0x31\t0x3b\t0x65\t0x78\t0x70\n" },
    { "gdb x/xb of a symbol",
      "0x7ffe1000 <buf+0>:\t0x63\t0x61\t0x72\t0x64\t0x5f\t0x6e\t0x75\t0x6d\n"
      "0x7ffe1008 <buf+8>:\t0x62\t0x65\t0x72\t0x3d\t0x34\t0x31\t0x31\t0x31\n"
      "0x7ffe1010 <buf+16>:\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\t0x31\n"
      "0x7ffe1018 <buf+24>:\t0x31\t0x31\t0x31\t0x31\t0x3b\t0x65\t0x78\t0x70\n" },
    { "gdb x/xw",
      "0x7ffe1000:\t0x64726163\t0x6d756e5f\t0x3d726562\t0x31313134\n"
      "0x7ffe1010:\t0x31313131\t0x31313131\t0x31313131\t0x7078653b\n" },
    { "gdb x/xg",
      "0x7ffe1000:\t0x6d756e5f64726163\t0x313131343d726562\n"
      "0x7ffe1010:\t0x3131313131313131\t0x7078653b31313131\n" },
    { "lldb",
      "0x7ffe1000: 63 61 72 64 5f 6e 75 6d 62 65 72 3d 34 31 31 31  card_number=4111\n"
      "0x7ffe1010: 31 31 31 31 31 31 31 31 31 31 31 31 3b 65 78 70  111111111111;exp\n" },
    { "WinDbg db",
      "0000002a`e0001000  63 61 72 64 5f 6e 75 6d-62 65 72 3d 34 31 31 31  card_number=4111\n"
      "0000002a`e0001010  31 31 31 31 31 31 31 31-31 31 31 31 3b 65 78 70  111111111111;exp\n" },
    { "WinDbg dd",
      "0000002a`e0001000  64726163 6d756e5f 3d726562 31313134\n"
      "0000002a`e0001010  31313131 31313131 31313131 7078653b\n" },
    { "WinDbg dc",
      "0000002a`e0001000  64726163 6d756e5f 3d726562 31313134  card_number=4111\n"
      "0000002a`e0001010  31313131 31313131 31313131 7078653b  111111111111;exp\n" },
    { "WinDbg dq",
      "0000002a`e0001000  6d756e5f`64726163 31313134`3d726562\n"
      "0000002a`e0001010  31313131`31313131 7078653b`31313131\n" },
    { "xxd -e",
      "00000000: 64726163 6d756e5f 3d726562 31313134  card_number=4111\n"
      "00000010: 31313131 31313131 31313131 7078653b  111111111111;exp\n" },
    { "xxd -g4",
      "00000000: 63617264 5f6e756d 6265723d 34313131  card_number=4111\n"
      "00000010: 31313131 31313131 31313131 3b657870  111111111111;exp\n" },
    { "od -tx8",
      "0000000 6d756e5f64726163 313131343d726562\n"
      "0000020 3131313131313131 7078653b31313131\n" },
    { "hexdump -x",
      "0000000    6163    6472    6e5f    6d75    6562    3d72    3134    3131\n"
      "0000010    3131    3131    3131    3131    3131    3131    653b    7078\n" },
    { "netty",
      "|00000000| 63 61 72 64 5f 6e 75 6d 62 65 72 3d 34 31 31 31 |card_number=4111|\n"
      "|00000010| 31 31 31 31 31 31 31 31 31 31 31 31 3b 65 78 70 |111111111111;exp|\n" },
    { "behind what a log writes",
      "2026-02-03 10:11:12.345 DEBUG RX 0000: 63 61 72 64 5F 6E 75 6D 62 65 72 3D 34 31 31 31 card_number=4111\n"
      "2026-02-03 10:11:12.345 DEBUG RX 0010: 31 31 31 31 31 31 31 31 31 31 31 31 3B 65 78 70 111111111111;exp\n" },
    { "behind what a kernel writes",
      "[  123.450100] 00000000: 63 61 72 64 5f 6e 75 6d 62 65 72 3d 34 31 31 31  card_number=4111\n"
      "[  123.450116] 00000010: 31 31 31 31 31 31 31 31 31 31 31 31 3b 65 78 70  111111111111;exp\n" },
};

static void check_undone(const char *name, const char *lines, const char *plain)
{
    char text[ROOM] = "(gdb) a line before it\n", out[ROOM];
    struct pf_view view = { .buf = (const uint8_t *)text, .first = true, .last = true };
    struct pf_unwrap u = { .wrap = &pf_wrap_hexdump };
    uint16_t marks[ROOM / PF_MARK_WORD];
    size_t n = 0, at;

    strncat(text, lines, ROOM - strlen(text) - 1);
    view.len = view.hi = strlen(text);
    pf_scalar_marks(view.buf, view.len, marks);
    ck_assert_msg(pf_wrap_hexdump.find(&view, marks, 0, &u), "%s", name);
    at = u.start;
    while (!u.done)
        n += pf_wrap_hexdump.decode(&u, view.buf, view.len, true, &at, (uint8_t *)out + n, 512);
    out[n] = '\0';
    ck_assert_msg(strcmp(out, plain) == 0, "%s: %s", name, out);
}

START_TEST(debuggers_and_logs_are_undone)
{
    check_undone(other[_i].name, other[_i].text, "card_number=4111111111111111;exp");
}
END_TEST

/* Where the text beside the words begins, and what it tells of their order. */
static const struct { const char *name, *text, *plain; } beside[] = {
    { "xxd -e of text that begins with blanks, and a short last word",
      "00000000: 63202020 20647261 626d756e 343d7265     card number=4\n"
      "00000010: 31313131 31313131 31313131 3b313131  111111111111111;\n"
      "00000020:     7865                             ex\n", "   card number=4111111111111111;ex" },
    { "xxd -e of markup",
      "00000000: 64726163 6d756e20 20726562 3c0a3134  card number 41.<\r\n"
      "00000010: 3e6e6170 31313134 31313131 31313131  pan>411111111111\r\n"
      "00000020: 31313131                             1111\r\n", "card number 41\n<pan>4111111111111111" },
    { "xxd of pairs of hex digits",
      "00000000: 2033 3433 2034 3120 3431 2020 3334 3331   343 41 41  3431\n", " 343 41 41  3431" },
};

START_TEST(text_beside_tells_the_order)
{
    check_undone(beside[_i].name, beside[_i].text, beside[_i].plain);
}
END_TEST

/* An offset of another width, words of octal digits, no offset at all. */
START_TEST(other_rows_are_none)
{
    static const char *const none[] = {
        "0000000 071157 062562 071157 062562 071157 062562 071157 062562\n0000020 071157 062562 071157 062562\n",
        "2026-02-03 10:11:12 rx: 63 61 72 64 5f 6e 75 6d\n",
        "0x12: 0x63 0x61 0x72 0x64 0x5f 0x6e 0x75 0x6d\n",
    };
    struct pf_view view = { .buf = (const uint8_t *)none[_i], .len = strlen(none[_i]), .hi = strlen(none[_i]), .first = true, .last = true };
    struct pf_unwrap u = { .wrap = &pf_wrap_hexdump };
    uint16_t marks[ROOM / PF_MARK_WORD];

    pf_scalar_marks(view.buf, view.len, marks);
    ck_assert_msg(!pf_wrap_hexdump.find(&view, marks, 0, &u), "%s", none[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hexdump");
    TCase *tcase = tcase_create("hexdump");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, dumps_are_undone, 0, (int)(sizeof form / sizeof form[0]));
    tcase_add_loop_test(tcase, debuggers_and_logs_are_undone, 0, (int)(sizeof other / sizeof other[0]));
    tcase_add_loop_test(tcase, text_beside_tells_the_order, 0, (int)(sizeof beside / sizeof beside[0]));
    tcase_add_loop_test(tcase, other_rows_are_none, 0, 3);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
