/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>
#include <stdio.h>

/* ---- many numbers ---- */

START_TEST(possible_numbers_are_summed_up_and_memory_is_bounded)
{
    static struct kept kept;
    size_t rows = 3 * PF_OBJECT_FINDINGS, cap = rows * 20 * 10, n = 0, listed = 0;
    char *text = malloc(cap);
    struct pf_detector *d = detector(0, true);

    for (unsigned i = 0; i < rows; i++)
        for (unsigned k = 0; k < 10; k++)
            n += number(text + n, 453201 + i % 7, i * 10 + k, k == 0);
    search(d, text, n, 0, &kept);
    ck_assert_uint_eq(kept.all, PF_POSSIBLE_LISTED + 1);
    for (; listed < PF_POSSIBLE_LISTED; listed++)
        ck_assert_int_eq(kept.finding[listed].confidence, PF_POSSIBLE);
    ck_assert_str_eq(kept.finding[listed].reasons[0], "not-listed-singly");
    ck_assert_str_eq(kept.finding[listed].pan.text, "");
    ck_assert_uint_eq(kept.finding[listed].digits, 0);
    ck_assert_uint_eq(kept.finding[listed].count, rows - PF_POSSIBLE_LISTED);
    ck_assert_uint_eq(kept.stats.findings, kept.all);
    pf_detector_free(d);
    free(text);
}
END_TEST

/* ---- windows ---- */

#define DOC_MAX 60000

/* A text with numbers in every dress, in long gaps and close together. */
static size_t document(uint8_t *out)
{
    static const char wide[] = "\xef\xbc\x94\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91"
                               "\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91"
                               "\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91";
    size_t n = 0;

    for (unsigned i = 0; i < 120; i++) {
        char text[200];

        snprintf(text, sizeof text, "line %u, %s {45320%010u}%s\n", i, i % 3 ? "card number:" : "ref",
                 i * 104729u, i % 5 ? "" : "=25121011234567890?");
        n += complete(text, strlen(text), (char *)out + n);
        if (i % 7 == 0) {
            memcpy(out + n, wide, sizeof wide - 1);
            n += sizeof wide - 1;
        }
        if (i % 11 == 0)
            for (const char *p = "\nvisa 5555555555554444 "; *p; p++) {
                out[n++] = (uint8_t)*p;
                out[n++] = 0;
            }
        for (unsigned k = 0; k < i * 37 % 900; k++)
            out[n++] = (uint8_t)"lorem ipsum\n12-34 "[k % 18];
    }
    return n;
}

static void same(const struct kept *a, const struct kept *b, const char *how, size_t size)
{
    ck_assert_msg(a->n == b->n, "%s %zu: %zu, not %zu", how, size, b->n, a->n);
    for (size_t i = 0; i < a->n; i++) {
        const struct pf_finding *x = &a->finding[i], *y = &b->finding[i];
        bool alike = x->cls == y->cls && x->confidence == y->confidence && x->offset == y->offset &&
                     x->line == y->line && x->count == y->count && x->n_reasons == y->n_reasons &&
                     strcmp(x->pan.text, y->pan.text) == 0 && strcmp(x->fingerprint, y->fingerprint) == 0 &&
                     strcmp(x->encoding, y->encoding) == 0;

        ck_assert_msg(alike, "%s %zu: finding %zu at %zu", how, size, i, (size_t)x->offset);
        for (size_t r = 0; r < x->n_reasons; r++)
            ck_assert_str_eq(x->reasons[r], y->reasons[r]);
    }
    ck_assert_uint_eq(a->stats.shapes, b->stats.shapes);
    ck_assert_uint_eq(a->stats.luhn, b->stats.luhn);
}

START_TEST(answer_does_not_depend_on_the_pieces)
{
    static const size_t piece[] = { 1, 2, 3, 7, 100, 4096, 65536 };
    static const size_t chunk[] = { 1, 2, 13, 100, 1000, 1024, 1025, 4096, 30000 };
    static struct kept whole, other;
    static uint8_t doc[DOC_MAX * 3];
    size_t n = document(doc);
    struct pf_detector *d = detector(0, true);

    search(d, doc, n, 0, &whole);
    ck_assert_uint_gt(whole.n, 100);
    for (size_t i = 0; i < sizeof piece / sizeof piece[0]; i++) {
        search(d, doc, n, piece[i], &other);
        same(&whole, &other, "pieces of", piece[i]);
    }
    pf_detector_free(d);
    for (size_t i = 0; i < sizeof chunk / sizeof chunk[0]; i++) {
        d = detector(chunk[i], true);
        search(d, doc, n, 0, &other);
        same(&whole, &other, "windows of", chunk[i]);
        pf_detector_free(d);
    }
}
END_TEST

/* A number at every place around the border of two windows is found once. */
START_TEST(number_across_a_border_is_found_once)
{
    static struct kept kept;
    static uint8_t bytes[20000];
    struct pf_detector *d = detector(4096, true);

    for (size_t at = 4096 - 1100; at < 4096 + 100; at++) {
        memset(bytes, 'x', sizeof bytes);
        memcpy(bytes + at, " card number 4111-1111-1111-1111 ", 33);
        search(d, bytes, sizeof bytes, 0, &kept);
        ck_assert_msg(kept.n == 1 && kept.finding[0].count == 1, "at %zu", at);
        ck_assert_msg(kept.finding[0].offset == at + 13 && kept.finding[0].confidence == PF_CONFIRMED, "at %zu", at);
    }
    pf_detector_free(d);
}
END_TEST

/* ---- what leaves ---- */

static bool holds(const void *where, size_t n, const void *what, size_t k)
{
    return memmem(where, n, what, k) != NULL;
}

START_TEST(no_clear_number_is_handed_out)
{
    static struct kept kept;
    static uint8_t doc[DOC_MAX * 3];
    size_t n = document(doc), found = 0;
    struct pf_detector *d = detector(0, true);

    search(d, doc, n, 0, &kept);
    for (size_t i = 0; i < kept.n; i++) {
        const struct pf_finding *f = &kept.finding[i];
        char clear[20];
        uint64_t value;

        if (strcmp(f->encoding, "ascii") != 0)
            continue;
        memcpy(clear, doc + f->offset, f->digits);
        clear[f->digits] = '\0';
        value = strtoull(clear, NULL, 10);
        ck_assert_uint_eq(strlen(f->pan.text), f->digits);
        ck_assert_uint_eq(strspn(f->pan.text + 6, "*"), f->digits - 10);
        ck_assert(!holds(f, sizeof *f, clear, 7));
        ck_assert(!holds(f, sizeof *f, clear + f->digits - 5, 5));
        ck_assert(!holds(f, sizeof *f, &value, sizeof value));
        ck_assert_uint_eq(strlen(f->fingerprint), PF_FINGERPRINT_HEX);
        found++;
    }
    ck_assert_uint_gt(found, 100);
    pf_detector_free(d);
}
END_TEST

START_TEST(fingerprint_depends_on_number_and_key_alone)
{
    static struct kept a, b, c;
    struct pf_detector_options other = { .key = { 9 } };
    struct pf_detector *d = detector(0, true), *e = NULL;
    struct pf_error err;
    char id[17], id2[17];

    ck_assert_int_eq(pf_detector_new(&e, &other, &err), PF_OK);
    search(d, "4111111111111111", 16, 0, &a);
    search(d, "card 4111 1111 1111 1111", 24, 0, &b);
    search(e, "4111111111111111", 16, 0, &c);
    ck_assert_str_eq(a.finding[0].fingerprint, b.finding[0].fingerprint);
    ck_assert_str_ne(a.finding[0].fingerprint, c.finding[0].fingerprint);
    pf_key_id(other.key, id);
    other.key[31] = 1;
    pf_key_id(other.key, id2);
    ck_assert_uint_eq(strlen(id), 16);
    ck_assert_str_ne(id, id2);
    pf_detector_free(d);
    pf_detector_free(e);
}
END_TEST

/* ---- names, options ---- */

static const struct { const char *name, *masked; } name_row[] = {
    { "report.txt", "report.txt" },
    { "4111111111111111.txt", "411111******1111.txt" },
    { "scan 4111-1111-1111-1111 (1).pdf", "scan 4111-11**-****-1111 (1).pdf" },
    { "a/4111111111111111/5555555555554444.csv", "a/411111******1111/555555******4444.csv" },
    { "4532015112830367", "4532015112830367" },
    { "IMG_20261125_120000.jpg", "IMG_20261125_120000.jpg" },
    { "order-6210000000000002.pdf", "order-6210000000000002.pdf" },
};

START_TEST(names_are_masked)
{
    struct pf_detector *d = detector(0, true);
    struct pf_buf out = PF_BUF_INIT;
    bool masked;

    masked = pf_detector_mask_name(d, name_row[_i].name, strlen(name_row[_i].name), &out);
    ck_assert_str_eq(out.data, name_row[_i].masked);
    ck_assert(masked == (strcmp(name_row[_i].name, name_row[_i].masked) != 0));
    pf_buf_release(&out);
    pf_detector_free(d);
}
END_TEST

START_TEST(names_are_searched)
{
    static struct kept kept;
    struct pf_finding_sink sink = { .finding = keep, .ctx = &kept };
    struct pf_detector *d = detector(0, true);

    kept.n = kept.all = 0;
    ck_assert_uint_eq(pf_detector_name(d, "card_4111-1111-1111-1111.txt", 28, &sink), 1);
    ck_assert_uint_eq(kept.n, 1);
    ck_assert_str_eq(kept.finding[0].where, "name");
    ck_assert_uint_eq(kept.finding[0].offset, 5);
    ck_assert_uint_eq(pf_detector_name(d, "", 0, &sink), 0);
    pf_detector_free(d);
}
END_TEST

START_TEST(regional_brands_can_be_left_out)
{
    static struct kept kept;
    char text[64];
    size_t n;
    struct pf_detector *d = detector(0, false);

    n = complete("card_number={220012345678901}", 29, text);
    search(d, text, n, 0, &kept);
    ck_assert_uint_eq(kept.n, 0);
    n = complete("card_number={401178345678901}", 29, text);      /* a range inside visa */
    search(d, text, n, 0, &kept);
    ck_assert_uint_eq(kept.n, 1);
    ck_assert_str_eq(kept.finding[0].brand, "visa");
    pf_detector_free(d);
}
END_TEST

START_TEST(unknown_kernel_is_a_usage_error)
{
    struct pf_detector_options options = { .kernel = "abacus" };
    struct pf_detector *d;
    struct pf_error err = { "" };

    ck_assert_int_eq(pf_detector_new(&d, &options, &err), PF_E_USAGE);
    ck_assert_ptr_null(d);
    ck_assert_str_ne(err.text, "");
    ck_assert_str_ne(pf_detector_ruleset(), "");
}
END_TEST

/* The same number in UTF-16 of either order, full-width in three charsets. */
static const struct { const char *what, *bytes; size_t digit, unit; const char *encoding; } dress_row[] = {
    { "UTF-16LE", "0\0", 0, 2, "utf16le" },
    { "UTF-16BE", "\0" "0", 1, 2, "utf16be" },
    { "full-width in UTF-8", "\xef\xbc\x90", 2, 3, "fullwidth-utf8" },
    { "full-width in Shift_JIS", "\x82\x4f", 1, 2, "fullwidth-sjis" },
    { "full-width in EUC-JP", "\xa3\xb0", 1, 2, "fullwidth-eucjp" },
};

START_TEST(every_dress_is_found)
{
    static struct kept kept;
    static const char pan[] = "4111111111111111";
    uint8_t bytes[64];
    size_t n = 0;
    struct pf_detector *d = detector(0, true);

    for (const char *p = pan; *p; p++, n += dress_row[_i].unit) {
        memcpy(bytes + n, dress_row[_i].bytes, dress_row[_i].unit);
        bytes[n + dress_row[_i].digit] = (uint8_t)(bytes[n + dress_row[_i].digit] + (*p - '0'));
    }
    search(d, bytes, n, 0, &kept);
    ck_assert_msg(kept.n == 1, "%s: %zu", dress_row[_i].what, kept.n);
    ck_assert_str_eq(kept.finding[0].encoding, dress_row[_i].encoding);
    ck_assert_str_eq(kept.finding[0].pan.text, "411111******1111");
    ck_assert_uint_eq(kept.finding[0].offset, 0);
    pf_detector_free(d);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof table[0])

int main(void)
{
    Suite *suite = suite_create("detector");
    TCase *tc = tcase_create("detector");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, possible_numbers_are_summed_up_and_memory_is_bounded);
    tcase_add_test(tc, answer_does_not_depend_on_the_pieces);
    tcase_add_test(tc, number_across_a_border_is_found_once);
    tcase_add_test(tc, no_clear_number_is_handed_out);
    tcase_add_test(tc, fingerprint_depends_on_number_and_key_alone);
    tcase_add_loop_test(tc, names_are_masked, 0, ROWS(name_row));
    tcase_add_test(tc, names_are_searched);
    tcase_add_test(tc, regional_brands_can_be_left_out);
    tcase_add_test(tc, unknown_kernel_is_a_usage_error);
    tcase_add_loop_test(tc, every_dress_is_found, 0, ROWS(dress_row));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
