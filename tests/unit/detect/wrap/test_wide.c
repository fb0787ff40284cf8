/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Text of two and four bytes a character: what is wrapped in it is found at its own place, and
 * nothing twice; however it is cut, and whatever stands around it. */
#include "tests/lib/collect.h"

#include <check.h>
#include <stdio.h>

enum { ROOM = 40000 };

static const struct form { const char *name; unsigned unit; bool big; const char *before, *behind, *inner; } form[] = {
    { "utf-16le", 2, false, "", "", "utf16" },
    { "utf-16be", 2, true, "", "", "utf16" },
    { "utf-16le behind a mark", 2, false, "\xff\xfe", "", "utf16" },
    { "utf-16be at an odd place", 2, true, "log\x01", " and more text of one byte a character\n", "utf16" },
    { "utf-16le at an odd place", 2, false, "head\n", " and more text of one byte a character\n", "utf16" },
    { "utf-32le", 4, false, "", "", "utf32" },
    { "utf-32be", 4, true, "", "", "utf32" },
    { "utf-32le at an odd place", 4, false, "log: ", " and more text of one byte a character\n", "utf32" },
};

/* Text, and what is wrapped in it: the name of the wrapping, where it begins in the text; codes in
 * it; how often the number is met (two wrappings undo escapes, in plain text as well). */
static const struct text { const char *text, *wrap, *begins; unsigned codes, count; } text[] = {
    { "report of the day\ncard number\nq=Y2FyZCA0MTExMTExMTExMTExMTEx\nthat is all of it\n", "base64", "Y2Fy", 0, 1 },
    { "report of the day\ncard number\nq= 34313131313131313131313131313131\nthat is all of it\n", "hex", "3431", 0, 1 },
    { "report of the day\ncard: %34%31%31%31%31%31%31%31%31%31%31%31%31%31%31%31 of the day\n", "percent", "card:", 0, 2 },
    { "report of the day\ncvv: 123\ncard number Y2FyZCA0MTExMTExMTExMTExMTEx, that is all\n", "base64", "Y2Fy", 1, 1 },
    { "a page of the report\n<p>&#52;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;</p> is the card\n", "entity", "<p>", 0, 2 },
};

static size_t wide(const char *s, const struct form *f, uint8_t *out)
{
    size_t n = 0;

    for (; *s != '\0'; s++)
        for (unsigned k = 0; k < f->unit; k++)
            out[n++] = k == (f->big ? f->unit - 1 : 0) ? (uint8_t)*s : 0;
    return n;
}

static size_t put(uint8_t *out, const char *s)
{
    memcpy(out, s, strlen(s));
    return strlen(s);
}

static size_t write_all(const struct form *f, const char *head, const char *body, uint8_t *out)
{
    size_t n = put(out, f->before);

    n += wide(head, f, out + n);
    n += wide(body, f, out + n);
    return n + put(out + n, f->behind);
}

static void check_kept(const struct kept *kept, const struct form *f, const struct text *t, size_t at, const char *how)
{
    char encoding[40];
    const char *parts;
    unsigned codes = 0, numbers = 0;

    snprintf(encoding, sizeof encoding, "%s+%s", f->inner, t->wrap);
    for (size_t i = 0; i < kept->n; i++) {
        const struct pf_finding *g = &kept->finding[i];

        codes += g->cls == PF_CLASS_SAD_CVC;
        if (g->cls != PF_CLASS_TEST_PAN)
            continue;
        numbers++;
        parts = g->encoding;
        ck_assert_msg(strcmp(parts, encoding) == 0, "%s, %s, %s: %s", f->name, t->wrap, how, parts);
        ck_assert_msg(g->offset == at, "%s, %s, %s: at %zu, not %zu", f->name, t->wrap, how, (size_t)g->offset, at);
        ck_assert_uint_eq(g->count, t->count);
    }
    ck_assert_msg(numbers == 1, "%s, %s, %s: %u numbers", f->name, t->wrap, how, numbers);
    ck_assert_msg(codes == t->codes, "%s, %s, %s: %u codes", f->name, t->wrap, how, codes);
}

START_TEST(what_is_wrapped_in_wide_text_is_found_once)
{
    const struct form *f = &form[_i];

    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        static struct kept kept;
        uint8_t bytes[4000];
        size_t n = write_all(f, "", text[i].text, bytes);
        size_t at = strlen(f->before) + f->unit * (size_t)(strstr(text[i].text, text[i].begins) - text[i].text);
        static const size_t chunk[] = { 0, 1500, 333 };

        for (size_t c = 0; c < sizeof chunk / sizeof chunk[0]; c++) {
            struct pf_detector *d = detector(chunk[c], true);

            search(d, bytes, n, 0, &kept);
            check_kept(&kept, f, &text[i], at, "at once");
            search(d, bytes, n, 7, &kept);
            check_kept(&kept, f, &text[i], at, "in pieces");
            pf_detector_free(d);
        }
    }
}
END_TEST

/* Long text before it: it stands in another window than the text's begin, and behind kanji
 * that take three bytes in UTF-8 and two or four here. */
START_TEST(places_far_inside_are_right)
{
    const struct form *f = &form[_i];
    static const size_t chunk[] = { 0, 700, 3000 };
    static struct kept kept;
    static uint8_t bytes[ROOM];
    size_t n = put(bytes, f->before), at;

    for (unsigned i = 0; i < 90; i++) {
        char line[80];

        snprintf(line, sizeof line, "line %u of a long report that goes on\n", i);
        n += wide(line, f, bytes + n);
        for (unsigned k = 0; k < 3; k++) {
            unsigned kanji = 0x4e40 + 0x100 * k + i;

            memset(bytes + n, 0, f->unit);
            bytes[n + (f->big ? f->unit - 1 : 0)] = (uint8_t)kanji;
            bytes[n + (f->big ? f->unit - 2 : 1)] = (uint8_t)(kanji >> 8);
            n += f->unit;
        }
    }
    at = n + f->unit * (size_t)(strstr(text[0].text, text[0].begins) - text[0].text);
    n += wide(text[0].text, f, bytes + n);
    for (size_t c = 0; c < sizeof chunk / sizeof chunk[0]; c++) {
        struct pf_detector *d = detector(chunk[c], true);

        search(d, bytes, n, 0, &kept);
        check_kept(&kept, f, &text[0], at, "far inside");
        if (f->before[0] == '\0')
            ck_assert_uint_eq(kept.finding[0].line, 93);
        pf_detector_free(d);
    }
}
END_TEST

/* Base64 right behind the text is no part of it, though its bytes read as kanji. */
START_TEST(text_of_one_byte_behind_it_is_not_taken)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    uint8_t bytes[600];
    size_t n = wide("a text of two bytes a character: ", &form[0], bytes);

    n += put(bytes + n, "Y2FyZCBudW1iZXIgNDExMTExMTExMTExMTExMSBpcyBnb29k\n");
    search(d, bytes, n, 0, &kept);
    ck_assert_uint_eq(kept.n, 1);
    ck_assert_str_eq(kept.finding[0].encoding, "base64");
    ck_assert_uint_eq(kept.finding[0].offset, 66);
    pf_detector_free(d);
}
END_TEST

/* Four wrappings are undone; a charset between them is none. */
START_TEST(a_charset_does_not_count_as_a_wrapping)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static char once[2][ROOM];
    static uint8_t bytes[ROOM];
    static struct kept kept;
    struct pf_detector *d = detector(0, true);

    snprintf(once[0], sizeof once[0], "the card number is 4111111111111111, and that is all");
    for (unsigned times = 0; times < 4; times++) {
        size_t n = wide(once[times & 1], &form[0], bytes), k = 0;
        char *out = once[~times & 1];

        memset(bytes + n, 0, 3);
        for (size_t i = 0; i < n; i += 3)
            for (int shift = 18; shift >= 0; shift -= 6)
                out[k++] = set[((unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2]) >> shift & 63];
        out[k] = '\0';
    }
    search(d, once[0], strlen(once[0]), 0, &kept);
    ck_assert_uint_eq(kept.n, 1);
    ck_assert_int_eq(kept.finding[0].cls, PF_CLASS_TEST_PAN);
    ck_assert(!kept.stats.too_deep);
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wide");
    TCase *tc = tcase_create("wide");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, what_is_wrapped_in_wide_text_is_found_once, 0, sizeof form / sizeof form[0]);
    tcase_add_loop_test(tc, places_far_inside_are_right, 0, sizeof form / sizeof form[0]);
    tcase_add_test(tc, text_of_one_byte_behind_it_is_not_taken);
    tcase_add_test(tc, a_charset_does_not_count_as_a_wrapping);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
