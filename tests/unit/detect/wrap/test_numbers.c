/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include "pan-finder/detect/wrap/wrap.h"

#include <check.h>
#include <ctype.h>

#define ROOM 8192
#define PAN "4111111111111111"

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static const char plain[] = "id 7\ncard no=" PAN "; exp 12/27\tend";

/* Lists as programs write them: each byte by `each`, `gap` between, a line end behind `line` of them. */
static const struct { const char *name, *head, *each, *gap, *tail; size_t line; bool is_signed; } list[] = {
    { "JSON buffer", "{\"type\":\"Buffer\",\"data\":[", "%d", ",", "]}\n", 999, false },
    { "Python list", "b = [", "%d", ", ", "]\n", 999, false },
    { "pretty JSON", "[\n    ", "%d", ",", "\n]\n", 1, false },
    { "Java bytes", "byte[] b = {", "%d", ", ", "};\n", 12, true },
    { "Java casts", "byte[] b = {", "(byte)0x%02x", ", ", "};\n", 8, false },
    { "xxd -i", "unsigned char a[] = {\n  ", "0x%02x", ", ", "\n};\n", 12, false },
    { "upper case", "$b = ", "0x%02X", ",", "\n", 999, false },
    { "semicolons", "x;", "%d", ";", "\n", 999, false },
    { "a line each", "", "%d", "", "\nend\n", 1, false },
    { "Rust", "let b = [", "0x%02xu8", ", ", "];\n", 10, false },
};

static size_t write_list(size_t f, char *out)
{
    size_t at = (size_t)snprintf(out, ROOM, "%s", list[f].head), n = strlen(plain);

#define PUT(...) at += (size_t)snprintf(out + at, ROOM - at, __VA_ARGS__)
    for (size_t i = 0; i < n; i++) {
        PUT(list[f].each, list[f].is_signed ? (int)(int8_t)plain[i] : (int)(uint8_t)plain[i]);
        PUT("%s%s", i + 1 < n ? list[f].gap : "", i + 1 < n && (i + 1) % list[f].line == 0 ? "\n    " : "");
    }
    PUT("%s", list[f].tail);
    return at;
}

/* Dumps as od and hexdump write them; `end`: a line of the offset alone. */
static const struct { const char *name, *offset; char kind; bool end; } dump[] = {
    { "od", "%07zo", 'w', true }, { "od -b", "%07zo", 'b', true }, { "od -c", "%07zo", 'c', true },
    { "od -t u1", "%07zo", 'u', true }, { "od -A d -b", "%07zu", 'b', true }, { "od -A x -c", "%07zx", 'c', true },
    { "hexdump -b", "%07zx", 'b', true }, { "hexdump -c", "%07zx", 'c', true }, { "od, cut off", "%07zo", 'w', false },
};

static void put_cell(char *out, size_t room, char kind, const char *p)
{
    static const char sign[] = "tn", stands[] = "\t\n";
    const char *at = strchr(stands, p[0]);

    if (kind == 'w')
        snprintf(out, room, " %06o", (unsigned)(uint8_t)p[0] | (unsigned)(uint8_t)p[1] << 8);
    else if (kind == 'b')
        snprintf(out, room, " %03o", (unsigned)(uint8_t)p[0]);
    else if (kind == 'u')
        snprintf(out, room, " %3u", (unsigned)(uint8_t)p[0]);
    else if (at != NULL && p[0] != '\0')
        snprintf(out, room, "  \\%c", sign[at - stands]);
    else
        snprintf(out, room, "   %c", p[0]);
}

static size_t write_dump(size_t f, char *out)
{
    size_t at = 0, n = strlen(plain), step = dump[f].kind == 'w' ? 2 : 1;

    PUT("some words\n");
    for (size_t row = 0; row < n; row += 16) {
        PUT(dump[f].offset, row);
        for (size_t i = row; i < row + 16 && i < n; i += step) {
            char cell[16];

            put_cell(cell, sizeof cell, dump[f].kind, plain + i);
            PUT("%s", cell);
        }
        PUT("\n");
    }
    if (dump[f].end)
        PUT(dump[f].offset, n);
    PUT("\nand so on\n");
    return at;
}
#undef PUT

/* Finds and decodes, fed `piece` bytes more a time. */
static size_t undo(const char *text, size_t len, size_t piece, char *out)
{
    struct pf_view view = { .buf = (const uint8_t *)text, .len = len, .hi = len, .first = true, .last = true };
    struct pf_unwrap u = { .wrap = &pf_wrap_bytes };
    uint16_t marks[ROOM / PF_MARK_WORD + 1];
    size_t n = 0, at;

    ck_assert_uint_le(len, ROOM);
    pf_scalar_marks(view.buf, len, marks);
    if (!pf_wrap_bytes.find(&view, marks, 0, &u))
        return 0;
    at = u.start;
    for (size_t end = at + 1024; !u.done; end += piece)
        n += u.wrap->decode(&u, view.buf, end < len ? end : len, end >= len, &at, (uint8_t *)out + n, 512);
    out[n] = '\0';
    return n;
}

START_TEST(lists_are_undone)
{
    char text[ROOM], out[ROOM];
    size_t len = write_list((size_t)_i, text);

    for (size_t piece = 1; piece < 300; piece += 57) {
        undo(text, len, piece, out);
        ck_assert_msg(strcmp(out, plain) == 0, "%s: %s of\n%s", list[_i].name, out, text);
    }
}
END_TEST

START_TEST(dumps_are_undone)
{
    char text[ROOM], out[ROOM];
    size_t len = write_dump((size_t)_i, text);

    for (size_t piece = 1; piece < 300; piece += 57) {
        undo(text, len, piece, out);
        ck_assert_msg(strncmp(out, plain, strlen(plain)) == 0, "%s: %s of\n%s", dump[_i].name, out, text);
    }
}
END_TEST

static const struct { const char *text, *encoding; } named[] = {
    { "data: [52,49,49,49,49,49,49,49,49,49,49,49,49,49,49,49]", "bytes" },
    { "{\"s\":\"b = [52, 49, 49, 49, 49,\\n 49, 49, 49, 49, 49,\\n 49, 49, 49, 49, 49, 49]\"}", "bytes" },
    { "a = {0x34, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31}", "bytes" },
    { "0000000 030464 030461 030461 030461 030461 030461 030461 030461\n"
      "0000020 060412 062156 071440 020157 067157 020040\n0000034\n", "od" },
    { "0000000   N   a   m   e  ht   c   a   r   d   _   n   o  nl   K   e   n\n"
      "0000020  ht   4   1   1   1  sp   1   1   1   1  sp   1   1   1   1  sp\n"
      "0000040   1   1   1   1 nul del\n0000046\n", "od" },
    { "x=0000000 064 061 061 061 061 061 061 061 061 061 061 061 061 061 061 061\n0000020\n", "od" },
};

START_TEST(numbers_are_found)
{
    static struct kept kept;
    struct pf_detector *d = detector((size_t)_i % 2 ? 64 : 0, true);

    for (size_t shift = 0; shift < 40; shift++) {
        char text[400];
        size_t n = (size_t)snprintf(text, sizeof text, "%*s\n%s", (int)shift, "", named[_i].text);

        search(d, text, n, 0, &kept);
        ck_assert_msg(kept.n == 1, "%s behind %zu: %zu", named[_i].text, shift, kept.n);
        ck_assert_str_eq(kept.finding[0].encoding, named[_i].encoding);
    }
    pf_detector_free(d);
}
END_TEST

static const char *const none[] = {
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26\n",
    "2026-11-25 10:00:01,123 12 345 67 89 300 400 500\n",
    "0000001 4111 1111 1111 1111 20 30 40\n0000002 5555 5555 5555 4444 20 30 40\n",
    "4111111111111111,12,27\n5555555555554444,11,28\n",
};

START_TEST(others_are_left)
{
    char out[ROOM];

    ck_assert_msg(undo(none[_i], strlen(none[_i]), 4096, out) == 0, "%s", none[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("numbers");
    TCase *tcase = tcase_create("numbers");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, lists_are_undone, 0, (int)(sizeof list / sizeof list[0]));
    tcase_add_loop_test(tcase, dumps_are_undone, 0, (int)(sizeof dump / sizeof dump[0]));
    tcase_add_loop_test(tcase, numbers_are_found, 0, (int)(sizeof named / sizeof named[0]));
    tcase_add_loop_test(tcase, others_are_left, 0, (int)(sizeof none / sizeof none[0]));
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
