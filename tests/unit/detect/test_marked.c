/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* Numbers in the dresses that are looked for where marks stand. */
#include "pan-finder/detect/candidate.h"
#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/dress.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/text.h"
#include "pan-finder/detect/track.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096 };

static uint8_t text[ROOM];
static size_t size;

static void put(const char *bytes, size_t n)
{
    memcpy(text + size, bytes, n);
    size += n;
}

/* The byte of EBCDIC for an ASCII character, with the lower case of 037. */
static uint8_t to_ebcdic(char c)
{
    for (unsigned e = 255; e > 0; e--)
        if (pf_dress_ebcdic((uint8_t)e) == (unsigned)(uint8_t)c && (e < 0x62 || e > 0x78))
            return (uint8_t)e;
    return 0x6f;
}

/* One ASCII character in the text of the dress: digits as its digits, others narrow. */
static void put_char(enum pf_dress dress, char c)
{
    const uint8_t u = (uint8_t)c;
    const bool digit = c >= '0' && c <= '9';
    const uint8_t wide[2] = { digit ? (uint8_t)(c - '0' + 0x10) : u, digit ? 0xff : 0 };

    switch (dress) {
    case PF_DRESS_UTF32LE:    put((const char[4]){ c, 0, 0, 0 }, 4); break;
    case PF_DRESS_UTF32BE:    put((const char[4]){ 0, 0, 0, c }, 4); break;
    case PF_DRESS_FW_UTF16LE: put((const char[2]){ (char)wide[0], (char)wide[1] }, 2); break;
    case PF_DRESS_FW_UTF16BE: put((const char[2]){ (char)wide[1], (char)wide[0] }, 2); break;
    case PF_DRESS_ISO2022JP:  put(c == '-' ? "\x21\x5d" : c == ' ' ? "\x21\x21" : (const char[2]){ '#', c }, 2); break;
    default:                  put((const char[1]){ (char)to_ebcdic(c) }, 1); break;
    }
}

static void put_text(enum pf_dress dress, const char *ascii)
{
    for (; *ascii != '\0'; ascii++)
        put_char(dress, *ascii);
}

struct found { struct pf_candidate at[16]; size_t n; };

static void collect(void *ctx, const struct pf_candidate *c)
{
    struct found *f = ctx;

    ck_assert_uint_lt(f->n, 16);
    f->at[f->n++] = *c;
}

static struct found search(size_t lo, size_t hi)
{
    static uint16_t marks[ROOM / PF_MARK_WORD + 1];
    struct pf_shape_count count = { 0 };
    struct found f = { .n = 0 };

    pf_kernel_pick(NULL)->marks(text, size, marks);
    pf_marked_candidates(text, size, lo, hi, marks, &count, collect, &f);
    return f;
}

static const struct { const char *ascii; char separator; enum pf_side before, after; } row[] = {
    { " 4111111111111111 ", 0, PF_SIDE_CLEAN, PF_SIDE_CLEAN },
    { " 4111-1111-1111-1111 ", '-', PF_SIDE_CLEAN, PF_SIDE_CLEAN },
    { " 4111 1111 1111 1111 ", ' ', PF_SIDE_CLEAN, PF_SIDE_CLEAN },
    { " z4111111111111111z ", 0, PF_SIDE_LETTER, PF_SIDE_LETTER },
};

/* Every dress, every place in a word: found once, as it stands. */
START_TEST(found_at_every_place)
{
    for (int d = PF_DRESS_MARKED; d < PF_DRESS_COUNT; d++)
        for (size_t r = 0; r < sizeof row / sizeof row[0]; r++)
            for (size_t pad = 0; pad < 140; pad++) {
                struct found f;
                size_t unit = pf_dress_unit((enum pf_dress)d);

                size = 0;
                while (size < pad)
                    put("x", 1);
                put_text((enum pf_dress)d, row[r].ascii);
                put("xxxxxxxx", 8);
                f = search(0, size);
                ck_assert_msg(f.n == 1, "%s, row %zu, at %zu: %zu numbers", pf_dress_name((enum pf_dress)d), r, pad, f.n);
                ck_assert_uint_eq(f.at[0].pan.n, 16);
                ck_assert_int_eq(f.at[0].separator, row[r].separator);
                if (f.at[0].either)      /* the place in the object tells */
                    continue;
                ck_assert_int_eq(f.at[0].dress, d);
                ck_assert_uint_eq(f.at[0].start, pad + (row[r].ascii[1] == 'z' ? 2 : 1) * unit);
                ck_assert_int_eq(f.at[0].before, row[r].before);
                ck_assert_int_eq(f.at[0].after, row[r].after);
            }
}
END_TEST

/* Read in the other order the number lacks its last digit. */
START_TEST(what_fails_luhn_is_no_shorter_number)
{
    struct found f;

    size = 0;
    put_text(PF_DRESS_FW_UTF16BE, " ");
    put_text(PF_DRESS_FW_UTF16BE, "6210000000000002\n");
    f = search(0, size);
    ck_assert_uint_eq(f.n, 1);
    ck_assert_uint_eq(f.at[0].pan.n, 16);
}
END_TEST

START_TEST(a_window_takes_what_begins_in_it)
{
    size = 0;
    put_text(PF_DRESS_EBCDIC, "  4111111111111111    5555555555554444  ");
    ck_assert_uint_eq(search(0, size).n, 2);
    ck_assert_uint_eq(search(0, 10).n, 1);
    ck_assert_uint_eq(search(3, 10).n, 0);
    ck_assert_uint_eq(search(3, size).n, 1);
}
END_TEST

START_TEST(words_beside_it_are_read)
{
    static const int dress[] = { PF_DRESS_EBCDIC, PF_DRESS_UTF32LE, PF_DRESS_UTF32BE, PF_DRESS_FW_UTF16LE, PF_DRESS_FW_UTF16BE };

    for (size_t i = 0; i < sizeof dress / sizeof dress[0]; i++) {
        struct found f;
        struct pf_context c;

        size = 0;
        put_text((enum pf_dress)dress[i], "Card number: 4111111111111111 ");
        f = search(0, size);
        ck_assert_uint_eq(f.n, 1);
        c = pf_context_score(text, size, f.at[0].start, f.at[0].end, f.at[0].dress);
        ck_assert_msg((c.flags & PF_CONTEXT_CARD) != 0, "%s", pf_dress_name((enum pf_dress)dress[i]));
    }
}
END_TEST

/* "kaado bangou" in JIS X 0208, as mail has it. */
#define CARD_NUMBER "\x1b$B\x25\x2b\x21\x3c\x25\x49\x48\x56\x39\x66"

START_TEST(words_of_iso_2022_jp_are_read)
{
    struct found f;
    struct pf_context c;

    size = 0;
    put(CARD_NUMBER "\x21\x21", sizeof CARD_NUMBER + 1);
    put_text(PF_DRESS_ISO2022JP, "4111111111111111");
    put("\x1b(B\n", 4);
    f = search(0, size);
    ck_assert_uint_eq(f.n, 1);
    c = pf_context_score(text, size, f.at[0].start, f.at[0].end, f.at[0].dress);
    ck_assert((c.flags & PF_CONTEXT_CARD) != 0);

    size = 0;
    put(CARD_NUMBER "\x1b(B: 4111111111111111\n", sizeof CARD_NUMBER + 22);
    c = pf_context_score(text, size, size - 17, size - 1, PF_DRESS_ASCII);
    ck_assert((c.flags & PF_CONTEXT_CARD) != 0);
}
END_TEST

/* Full-width digits with ASCII between them, as mail programs write it. */
START_TEST(ascii_may_stand_between_shifts)
{
    static const struct { const char *gap; size_t n, found; char kind; } way[] = {
        { "\x1b(B-\x1b$B", 7, 1, '-' }, { "\x1b(B \x1b$B", 7, 1, ' ' }, { "\x1b(J - \x1b$@", 9, 1, '-' },
        { "\x1b(B,\x1b$B", 7, 0, 0 }, { "\x1b(B-", 4, 0, 0 }, { "\x1b(B    \x1b$B", 10, 0, 0 },
    };

    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
        struct found f;

        size = 0;
        put(CARD_NUMBER "\x21\x21", sizeof CARD_NUMBER + 1);
        for (int k = 0; k < 4; k++) {
            put_text(PF_DRESS_ISO2022JP, k == 0 ? "4111" : "1111");
            put(k < 3 ? way[i].gap : "\x1b(B\n", k < 3 ? way[i].n : 4);
        }
        f = search(0, size);
        ck_assert_msg(f.n == way[i].found, "gap %zu: %zu", i, f.n);
        if (f.n == 1)
            ck_assert_int_eq(f.at[0].separator, way[i].kind);
    }
}
END_TEST

START_TEST(halves_of_kanji_are_no_number)
{
    struct pf_candidate c = { .dress = PF_DRESS_ASCII, .start = 3, .end = 19 };

    for (size_t i = 0; i < 16; i++)
        c.pan.digit[c.pan.n++] = (uint8_t)("4111111111111111"[i] - '0');
    size = 0;
    put("\x1b$B4111111111111111\x1b(B", 22);
    ck_assert((pf_lookalike(&c, pf_candidate_number(&c), text, size) & PF_LOOK_KANJI) != 0);
    size = 0;
    put("\x1b(B4111111111111111\x1b(B", 22);
    ck_assert((pf_lookalike(&c, pf_candidate_number(&c), text, size) & PF_LOOK_KANJI) == 0);
}
END_TEST

START_TEST(a_track_in_ebcdic_is_read)
{
    struct found f;
    struct pf_track track;

    size = 0;
    put_text(PF_DRESS_EBCDIC, ";4111111111111111=30121010000012345678?");
    f = search(0, size);
    ck_assert_uint_eq(f.n, 1);
    track = pf_track_at(text, size, f.at[0].start, f.at[0].end, f.at[0].dress);
    ck_assert_int_eq(track.number, 2);
    ck_assert(track.discretionary);
}
END_TEST

START_TEST(text_is_recognised)
{
    static const struct { enum pf_dress dress; enum pf_text text; } kind[] = {
        { PF_DRESS_UTF32LE, PF_TEXT_UTF32LE }, { PF_DRESS_UTF32BE, PF_TEXT_UTF32BE }, { PF_DRESS_EBCDIC, PF_TEXT_EBCDIC },
    };

    for (size_t i = 0; i < sizeof kind / sizeof kind[0]; i++) {
        struct pf_lines lines;

        size = 0;
        put_text(kind[i].dress, "ORDER 4711 OF MR. SMITH\nPAID BY CARD\nAND SENT");
        ck_assert_int_eq(pf_text_look(text, size), kind[i].text);
        pf_lines_begin(&lines);
        ck_assert_uint_eq(pf_lines_at(&lines, pf_kernel_pick(NULL), kind[i].text, text, 0, size), 3);
        ck_assert_uint_eq(pf_lines_at(&lines, pf_kernel_pick(NULL), kind[i].text, text, 0, size - 1), 3);
        ck_assert_uint_eq(pf_lines_at(&lines, pf_kernel_pick(NULL), kind[i].text, text, 0, 4), 1);
        ck_assert_uint_eq(pf_lines_at(&lines, pf_kernel_pick(NULL), kind[i].text, text, 0, size), 3);
    }
    memset(text, '@', 64);
    ck_assert_int_eq(pf_text_look((const uint8_t *)"plain text, in ASCII, of one line", 33), PF_TEXT_BYTES);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("marked");
    TCase *tc = tcase_create("marked");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, found_at_every_place);
    tcase_add_test(tc, what_fails_luhn_is_no_shorter_number);
    tcase_add_test(tc, a_window_takes_what_begins_in_it);
    tcase_add_test(tc, words_beside_it_are_read);
    tcase_add_test(tc, words_of_iso_2022_jp_are_read);
    tcase_add_test(tc, ascii_may_stand_between_shifts);
    tcase_add_test(tc, halves_of_kanji_are_no_number);
    tcase_add_test(tc, a_track_in_ebcdic_is_read);
    tcase_add_test(tc, text_is_recognised);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
