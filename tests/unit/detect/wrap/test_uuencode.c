/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include "pan-finder/detect/wrap/wrap.h"

#include <check.h>

enum { BYTES = 400, ROOM = 2000 };

/* How a writer puts a file down. */
static const struct { const char *head, *eol, *tail; char zero; bool cut; } form[] = {
    { "begin 644 a.txt\n", "\n", "`\nend\n", '`', false },
    { "begin 600 b\r\n", "\r\n", "`\r\nend\r\n", '`', false },
    { "begin 644 c.dat\n", "\n", " \nend\n", ' ', false },
    { "text before\nbegin 644 d\n", "\n", "`\nend\ntext behind\n", '`', false },
    { "the middle of a file:\n", "\n", "", '`', true },
};

static char sign(unsigned v, char zero)
{
    return v == 0 ? zero : (char)(v + 0x20);
}

/* The bytes as lines of 45; `cut`: the last, shorter line is left out. Returns the length. */
static size_t write_lines(const uint8_t *bytes, size_t n, size_t which, char *out)
{
    size_t k = 0;

    for (size_t at = 0, part; at < n; at += part) {
        part = n - at < 45 ? n - at : 45;
        if (form[which].cut && part < 45)
            break;
        out[k++] = sign((unsigned)part, form[which].zero);
        for (size_t i = 0; i < part; i += 3) {
            unsigned b = i + 1 < part ? bytes[at + i + 1] : 0u, c = i + 2 < part ? bytes[at + i + 2] : 0u;
            unsigned v = (unsigned)bytes[at + i] << 16 | b << 8 | c;

            for (int shift = 18; shift >= 0; shift -= 6)
                out[k++] = sign(v >> shift & 63, form[which].zero);
        }
        for (const char *e = form[which].eol; *e != '\0';)
            out[k++] = *e++;
    }
    return k;
}

/* A file of n bytes, some of them zeros, that holds a published number. */
static size_t file_of(size_t n, size_t which, uint8_t *bytes, char *text)
{
    size_t k;

    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(i % 7 == 0 ? 0 : i * 37 + 11);
    if (n >= 150)
        memcpy(bytes + 100, " no 4111111111111111 ", 21);
    k = (size_t)snprintf(text, ROOM, "%s", form[which].head);
    k += write_lines(bytes, n, which, text + k);
    return k + (size_t)snprintf(text + k, ROOM - k, "%s", form[which].tail);
}

/* Finds and decodes what begins in text, fed `piece` bytes more a time. */
static size_t undo(const uint8_t *text, size_t len, size_t piece, uint8_t *out)
{
    struct pf_view view = { .buf = text, .len = len, .hi = len, .first = true, .last = true };
    struct pf_unwrap u = { .wrap = &pf_wrap_uuencode };
    uint16_t marks[ROOM / PF_MARK_WORD + 1];
    size_t n = 0, at, end;

    pf_scalar_marks(text, len, marks);
    if (!pf_wrap_uuencode.find(&view, marks, 0, &u))
        return 0;
    at = u.start;
    /* the window that it was found in holds its head */
    for (end = at + 150; !u.done; end += piece) {
        size_t until = end < len ? end : len, before = n;

        n += pf_wrap_uuencode.decode(&u, text, until, until == len, &at, out + n, 512);
        ck_assert_uint_le(at, until);
        if (until == len && n == before && !u.done)
            break;
    }
    return n;
}

START_TEST(forms_are_undone)
{
    static const size_t sizes[] = { 1, 2, 3, 44, 45, 46, 89, 90, 91, 150, 397, BYTES };
    uint8_t bytes[BYTES], out[BYTES + 1000];
    char text[ROOM];

    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        size_t n = sizes[s], len = file_of(n, (size_t)_i, bytes, text), kept = form[_i].cut ? n / 45 * 45 : n;

        if (form[_i].cut && n < 90)
            kept = 0;                   /* one line is no witness */
        for (size_t piece = 1; piece < 300; piece += 23) {
            size_t got = undo((const uint8_t *)text, len, piece, out);

            ck_assert_msg(got == kept, "%zu bytes in pieces of %zu: %zu", n, piece, got);
            ck_assert_mem_eq(out, bytes, kept);
        }
    }
}
END_TEST

START_TEST(a_number_is_found)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    uint8_t bytes[BYTES];
    char text[ROOM];

    for (size_t piece = 0; piece < 200; piece += 41) {
        search(d, text, file_of(BYTES, (size_t)_i, bytes, text), piece, &kept);
        ck_assert_uint_eq(kept.n, 1);
        ck_assert_str_eq(kept.finding[0].encoding, "uuencode");
    }
    pf_detector_free(d);
}
END_TEST

static const char *const none[] = {
    "begin 644 of all\nplain lines follow here, and none of them is of data\n",
    "begin a chapter\nMany words\n",
    "MANY CAPITAL LETTERS STAND IN A LINE OF A TEXT, AND IT ENDS. \nMORE\n",
    "M",
    "begin ",
    "\nM\n",
};

START_TEST(text_is_left)
{
    uint8_t out[BYTES];

    ck_assert_uint_eq(undo((const uint8_t *)none[_i], strlen(none[_i]), 1000, out), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("uuencode");
    TCase *tc = tcase_create("uuencode");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, forms_are_undone, 0, (int)(sizeof form / sizeof form[0]));
    tcase_add_loop_test(tc, a_number_is_found, 0, (int)(sizeof form / sizeof form[0]));
    tcase_add_loop_test(tc, text_is_left, 0, (int)(sizeof none / sizeof none[0]));
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
