/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* The marks of every kernel against the oracle, on buffers that end at an unreadable
 * page; and of each flag what it is there for, at every place. */
#include "pan-finder/detect/kernel/kernel.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROOM = 64 * 1024, WORDS = ROOM / PF_MARK_WORD + 1 };

static uint8_t *page_end;      /* one past the last readable byte */
static uint64_t seed;

static unsigned rnd(unsigned below)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(seed >> 33) % below;
}

static void setup(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *map = mmap(NULL, ROOM + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert(map != MAP_FAILED);
    ck_assert(mprotect(map + ROOM, page, PROT_NONE) == 0);
    page_end = map + ROOM;
    seed = 20240301;
}

static void teardown(void)
{
    munmap(page_end - ROOM, ROOM + (size_t)sysconf(_SC_PAGESIZE));
}

/* The marks of the len bytes before `end`. */
static void compare(const uint8_t *end, size_t len, const char *what)
{
    static uint16_t want[WORDS], got[WORDS];
    const size_t words = (len + PF_MARK_WORD - 1) / PF_MARK_WORD;

    pf_scalar_marks(end - len, len, want);
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        if (!k->supported())
            continue;
        memset(got, 0xee, sizeof got);
        k->marks(end - len, len, got);
        for (size_t w = 0; w < words; w++)
            ck_assert_msg(got[w] == want[w], "%s, %s, %zu bytes: word %zu has %#x, not %#x", k->name, what, len, w,
                          got[w], want[w]);
        ck_assert_msg(got[words] == 0xeeee, "%s writes behind the last word", k->name);
    }
}

#define P(text) { text, sizeof text - 1 }
struct piece { const char *text; size_t len; };

/* Bytes that the conditions are made of, so that random text is full of near misses. */
static const struct { const char *what; struct piece piece[24]; unsigned pieces; } mix[] = {
    { "base64 of digits", { P("NDEx"), P("MTEx"), P("MTIz"), P("L"), P("Ij"), P("O"), P("T"), P("=\n"), P("a") }, 9 },
    { "base64", { P("QWxh"), P("ZGRp"), P("bjpv"), P("cGVu"), P("+/0"), P("a"), P("B"), P("\n"), P("="), P(" ") }, 10 },
    { "hex", { P("34"), P("31"), P("f4"), P("F1"), P("5a08"), P(" "), P("3"), P("a"), P(":"), P("0"), P(","), P("-") }, 12 },
    { "escapes", { P("%34"), P("&#52;"), P("\\u0034"), P("=34"), P("=\r\n"), P("4\\"), P("4%"), P("x"), P("&"), P("%"), P("\1\2\3\4\5\6"), P("\16\33\37") }, 12 },
    { "ebcdic", { P("\xf4\xf1\xf1"), P("\xf1"), P("\x40"), P("\x60"), P("\xc1"), P("\xfa"), P("a") }, 7 },
    { "utf-32", { P("4\0\0\0"), P("\0\0\0" "4"), P("\0"), P("1\0\0\0" "1\0\0\0"), P("1"), P("a") }, 6 },
    { "units", { P("a\0b\0c\0d\0e\0f\0"), P("a\0"), P("\0"), P("a\0\0\0"), P("1\0\0\0b\0\0\0c\0\0\0"), P("a"), P("\xff\0"), P("a\0b\0c\0d\0e\0f\0g\0h\0") }, 8 },
    { "full-width utf-16", { P("\x14\xff"), P("\xff\x11"), P("\x11\xff\x11\xff"), P("\xff"), P("\x19"), P("a\0") }, 6 },
    { "jis", { P("#4"), P("#1#1"), P("#"), P("1"), P("\x1b$B"), P("\x1b(B"), P("!!") }, 7 },
    { "tags", { P("\x5a\x08\x41"), P("\x57\x13\x41"), P("\x9f\x6b"), P("\x9f\x1f\x08"), P("V\x4c" "B"), P("Z\n2"), P("\x09"), P("\x99"), P("W"), P("V ") }, 10 },
    { "packed", { P("\x41\x11\x11\x11"), P("\x00\x00"), P("\x99"), P("1234"), P("\x12"), P("\x1a"), P("0\0" "1\0"), P("41"), P("A"), P("\0\0\0\0\0\0") }, 10 },
    { "stars", { P("****"), P("*"), P("xxxx"), P("1"), P("X"), P(" "), P("#"), P("........"), P("\xe2\x80\xa2"), P("\xef\xbc\x8a"), P("\x81\x96"), P("\xa1\xf6"), P("abcdefgh") }, 13 },
    { "names", { P("52"), P("f52"), P("nf_"), P("E5"), P("NFN"), P("cvv"), P("CVC2"), P("csc"), P("cid"), P("pin"), P("security"), P("code"), P("track"), P("c"), P("v"), P("\xe3\x82\xbb\xe3\x82\xad"), P("\x83\x5a\x83\x4c"), P("\xb0\xc5\xbe\xda"), P("e"), P("i"), P("\x88\xc3\x8f\xd8") }, 21 },
    { "uuencode", { P("begin 644 x\n"), P("begin-b"), P("begin"), P("\nM"), P("\n"), P("M"), P("12345678901234567890123456789012345678901234567890123456789\n"), P("0"), P("\nM23456789012345678901234567890123456789012345678901234567890\n"), P("\nM234567890123456789012345678901234567890123456789012345678901\n") }, 10 },
    { "line ends", { P("1\n"), P("1"), P("\r\n"), P("\n"), P("-"), P(" "), P(",123456"), P("&"), P("\t12345678\n"), P("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz") }, 10 },
    { "cells of od -c", { P("   R"), P("   n   J   v   b"), P("   c   2   h   "), P("  \\n"), P("\n0000020"), P(" "), P("   x   -"), P("+3C+74"), P("33322033") }, 9 },
    { "lists", { P("52, "), P("0x34, "), P(" 064"), P("    4"), P("a"), P("\n"), P("  030464"), P("-12,"), P("(byte)"), P("abc def ghi"), P("12345678901234567890") }, 11 },
    { "cells and exponents", { P("4111"), P(","), P("\""), P("|"), P("1E+15"), P("4.1e1"), P("5E15"), P("\t"), P("1"), P("e+1"), P("&") }, 11 },
    { "all", { P("%34"), P("\xf4\xf1"), P("4\0\0\0"), P("\xff\x11"), P("#4"), P("\x5a\x08"), P("\x41\x11"), P("***"), P("cvv"), P("\x1b"), P("NDEx"), P("3431"), P("1E+1"), P("4111,"), P("a"), P("\xe3\x82\xbb") }, 16 },
};
enum { MIXES = sizeof mix / sizeof mix[0] };

static void fill_mix(uint8_t *end, size_t len, size_t m)
{
    uint8_t *at = end - len;

    while (at < end) {
        const struct piece *piece = &mix[m].piece[rnd(mix[m].pieces)];
        size_t n = piece->len;

        for (unsigned times = 1 + (rnd(4) == 0 ? rnd(6) : 0); times > 0 && at < end; times--) {
            n = n > (size_t)(end - at) ? (size_t)(end - at) : n;
            memcpy(at, piece->text, n);
            at += n;
        }
    }
}

START_TEST(kernels_agree_on_near_misses)
{
    for (size_t len = 0; len < 420; len++) {
        fill_mix(page_end, len, (size_t)_i);
        compare(page_end, len, mix[_i].what);
    }
    for (int i = 0; i < 40; i++) {
        size_t len = 3900 + rnd(9000);

        fill_mix(page_end, len, (size_t)_i);
        compare(page_end, len, mix[_i].what);
    }
}
END_TEST

START_TEST(kernels_agree_at_every_alignment)
{
    for (size_t len = 0; len <= 200; len++)
        for (size_t off = 0; off < 64; off += 1 + rnd(3)) {
            fill_mix(page_end - off, len, rnd(MIXES));
            compare(page_end - off, len, "alignment");
        }
}
END_TEST

START_TEST(kernels_agree_on_random_bytes)
{
    for (int i = 0; i < 60; i++) {
        size_t len = rnd(20000);

        for (uint8_t *p = page_end - len; p < page_end; p++)
            *p = (uint8_t)rnd(256);
        compare(page_end, len, "random bytes");
    }
}
END_TEST

/* What each flag is there for. */
static const struct { const char *what; struct piece text; unsigned flag; } real[] = {
    { "base64 of a number", P("NDExMTExMTExMTExMTExMQ=="), PF_MARK_QUADS },
    { "base64", P("H4sIAAAAAAAAAzMxNDSEIAMAx+Kd/g4AAAA="), PF_MARK_BASE64 },
    { "hex of ASCII digits", P("34313131313131313131313131313131"), PF_MARK_HEX },
    { "hex of EBCDIC digits", P("F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F1"), PF_MARK_HEX },
    { "xxd", P("3431 3131 3131 3131 3131 3131 3131 3131"), PF_MARK_HEX },
    { "xxd, from the second half", P(" 34 3131 3131 3131 3131 3131 3131 31"), PF_MARK_HEX },
    { "od", P("34 31 31 31 31 31 31 31 31 31 31 31"), PF_MARK_HEX },
    { "EMV in hex", P("5A0841111111111111115F24033012315F3401"), PF_MARK_HEX },
    { "EMV in spaced hex", P("5A 08 41 11 11 11 11 11 11 11"), PF_MARK_HEX },
    { "EMV by xxd", P("5a08 4111 1111 1111 1111 5f24"), PF_MARK_HEX },
    { "percent", P("%34%31%31%31%31%31%31%31%31%31%31%31%31"), PF_MARK_ESCAPE },
    { "entities", P("&#52;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;"), PF_MARK_ESCAPE },
    { "JSON", P("\\u0034\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031\\u0031"), PF_MARK_ESCAPE },
    { "quoted-printable", P("411111111111=\r\n1111"), PF_MARK_ESCAPE },
    { "percent between digits", P("4111%201111%201111%201111"), PF_MARK_ESCAPE },
    { "ebcdic", P("\xf4\xf1\xf1\xf1\x40\xf1\xf1\xf1\xf1"), PF_MARK_EBCDIC },
    { "utf-32le", P("4\0\0\0" "1\0\0\0" "1\0\0\0" "1\0\0\0"), PF_MARK_WIDE },
    { "utf-32be", P("\0\0\0" "4\0\0\0" "1\0\0\0" "1\0\0\0" "1"), PF_MARK_WIDE },
    { "full-width le", P("\x14\xff\x11\xff\x11\xff\x11\xff"), PF_MARK_WIDE },
    { "full-width be", P("\xff\x14\xff\x11\xff\x11\xff\x11"), PF_MARK_WIDE },
    { "iso-2022-jp", P("#4#1#1#1"), PF_MARK_WIDE },
    { "pan tag", P("\x5a\x08\x41\x11\x11"), PF_MARK_TLV },
    { "pan tag, length a line end", P("\x5a\x0a\x41\x11\x11"), PF_MARK_TLV },
    { "track 2 tag", P("\x57\x13\x41\x11\x11"), PF_MARK_TLV },
    { "track 2 of a contactless card", P("\x9f\x6b\x13\x41\x11"), PF_MARK_TLV },
    { "packed", P("\x41\x11\x11\x11\x11\x11\x11\x11"), PF_MARK_BCD },
    { "packed, with zeros", P("\x40\0\0\0\0\0\0\x02"), PF_MARK_BCD },
    { "masked", P("411111******1111"), PF_MARK_STARS },
    { "masked with x", P("xxxxxxxxxxxx1111"), PF_MARK_STARS },
    { "masked with bullets", P("\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2 1111"), PF_MARK_STARS },
    { "cvv", P("Cvv2: 123"), PF_MARK_NAMES }, { "cvn", P("CVN=1"), PF_MARK_NAMES }, { "cid", P("cid=1"), PF_MARK_NAMES },
    { "conf_number", P("conf_number"), PF_MARK_NAMES }, { "field 52", P("field52"), PF_MARK_NAMES }, { "DE52", P("DE52"), PF_MARK_NAMES },
    { "pin", P("PIN block"), PF_MARK_NAMES }, { "security", P("Security Code"), PF_MARK_NAMES },
    { "code", P("card_code"), PF_MARK_NAMES }, { "track", P("Track2"), PF_MARK_NAMES },
    { "security, in Japanese", P("\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5"), PF_MARK_NAMES },
    { "ccv", P("ccv=1"), PF_MARK_NAMES }, { "cav2", P("CAV2"), PF_MARK_NAMES }, { "cvx2", P("cvx2"), PF_MARK_NAMES },
    { "confirmation", P("\xe7\xa2\xba\xe8\xaa\x8d"), PF_MARK_NAMES }, { "confirmation, Shift_JIS", P("\x8a\x6d\x94\x46\x94\xd4"), PF_MARK_NAMES },
    { "confirmation, EUC-JP", P("\xb3\xce\xc7\xa7\xc8\xd6"), PF_MARK_NAMES }, { "back", P("\xe8\xa3\x8f\xe9\x9d\xa2"), PF_MARK_NAMES },
    { "back, Shift_JIS", P("\x97\xa0\x96\xca"), PF_MARK_NAMES }, { "back, EUC-JP", P("\xce\xa2\xcc\xcc"), PF_MARK_NAMES },
    { "authentication", P("\xe8\xaa\x8d\xe8\xa8\xbc"), PF_MARK_NAMES }, { "authentication, Shift_JIS", P("\x94\x46\x8f\xd8"), PF_MARK_NAMES },
    { "authentication, EUC-JP", P("\xc7\xa7\xbe\xda"), PF_MARK_NAMES },
    { "base64 of UTF-16, no digit", P("AHEAPQAlADMAMQAlADMAMAAlADIAZQAlAHEAPQAlADMAMQAlADMAMAAlADIAZQAl"), PF_MARK_BASE64 },
    { "base64 of 16 bytes", P("q83vEjRWeJCrze8SNFZ4kA=="), PF_MARK_BASE64 },
    { "secret, in Shift_JIS", P("\x88\xc3\x8f\xd8\x94\xd4\x8d\x86"), PF_MARK_NAMES },
    { "line end behind digits", P("4111 1111\n"), PF_MARK_BREAK }, { "behind a hyphen", P("1-\r\n"), PF_MARK_BREAK },
    { "uuencode", P("begin 644 file\n"), PF_MARK_UU },
    { "uuencoded line", P("\nM23456789012345678901234567890123456789012345678901234567890!\n"), PF_MARK_UU },
    { "exponent", P("4.11111111111111E+15"), PF_MARK_EXPONENT },
    { "a list of bytes", P("52,49,49,49,49,49,49,49,49,49,49,49,49,49,49,49"), PF_MARK_NUMBERS },
    { "an array", P("0x34, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31"), PF_MARK_NUMBERS },
    { "casts", P("(byte)0x34, (byte)0x31, (byte)0x31, (byte)0x31, (byte)0x31, (byte)0x31"), PF_MARK_NUMBERS },
    { "od", P(" 030464 030461 030461 030461 030461 030461 030461 030461\n0000020 030461 030461 030461 030461 030461"), PF_MARK_NUMBERS },
    { "od -c", P("   4   1   1   1   1   1   1   1   1   1   1   1"), PF_MARK_NUMBERS },
    { "utf-16le", P("4\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0"), PF_MARK_UNITS },
    { "utf-16be", P("\0" "4\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1"), PF_MARK_UNITS },
    { "utf-32le, text", P("c\0\0\0" "a\0\0\0" "r\0\0\0" "d\0\0\0" "c\0\0\0" "a\0\0\0" "r\0\0\0" "d\0\0\0" "c\0\0\0"), PF_MARK_UNITS },
    { "utf-32be, text", P("\0\0\0" "c\0\0\0" "a\0\0\0" "r\0\0\0" "d\0\0\0" "c\0\0\0" "a\0\0\0" "r\0\0\0" "d\0\0\0" "c"), PF_MARK_UNITS },
    { "od -c of letters", P("   R   n   J   v   b   T   o   g   c   2   h   v   c   E\n0000020   B"), PF_MARK_NUMBERS },
    { "hex of hex, without a letter", P("333220333020333220333620324420"), PF_MARK_HEX },
    { "pairs of a form", P("3C+74+61+62+6C+65+3E+0A+31"), PF_MARK_HEX },
    { "cells", P("\"4111\",\"1111\",\"1111\""), PF_MARK_CELLS },
};

/* In text and in other bytes; the flag stands at one of the words that hold it. */
START_TEST(what_is_real_is_marked)
{
    static const char around[] = { '~', '\x01', '\xfe', ' ' };
    const struct piece *p = &real[_i].text;
    enum { LEN = 320 };

    for (size_t a = 0; a < sizeof around; a++)
        for (size_t at = 0; at + p->len <= LEN; at++) {
            uint8_t *buf = page_end - LEN;
            uint16_t marks[LEN / PF_MARK_WORD], any = 0;

            memset(buf, around[a], LEN);
            memcpy(buf + at, p->text, p->len);
            compare(page_end, LEN, real[_i].what);
            pf_kernel_pick(NULL)->marks(buf, LEN, marks);
            for (size_t w = at / PF_MARK_WORD; w <= (at + p->len - 1) / PF_MARK_WORD; w++)
                any |= marks[w];
            if (real[_i].flag == PF_MARK_BCD && (around[a] == '~' || around[a] == ' ') && p->text[1] != 0)
                continue;        /* where all else is text the bytes themselves have to tell */
            ck_assert_msg((any & real[_i].flag) != 0, "%s at %zu: %#x", real[_i].what, at, any);
        }
}
END_TEST

/* A sign of an escape stands in one word of random bytes in fourteen, and is marked in text only. */
START_TEST(escapes_among_other_bytes_are_not_marked)
{
    uint8_t *buf = page_end - 192;
    uint16_t marks[3];

    for (int text = 0; text < 2; text++) {
        memset(buf, text ? 'a' : 2, 192);
        memcpy(buf + 100, "%34", 3);
        compare(page_end, 192, "an escape");
        pf_kernel_pick(NULL)->marks(buf, 192, marks);
        ck_assert_int_eq((marks[1] & PF_MARK_ESCAPE) != 0, text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("marks");
    TCase *tc = tcase_create("marks");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, kernels_agree_on_near_misses, 0, MIXES);
    tcase_add_test(tc, kernels_agree_at_every_alignment);
    tcase_add_test(tc, kernels_agree_on_random_bytes);
    tcase_add_test(tc, escapes_among_other_bytes_are_not_marked);
    tcase_add_loop_test(tc, what_is_real_is_marked, 0, sizeof real / sizeof real[0]);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
