/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>

struct told {
    struct kept kept;
    size_t n, unmasked;
    char last[64];
};

static void keep_told(void *ctx, const struct pf_finding *finding)
{
    struct told *told = ctx;

    keep(&told->kept, finding);
}

static void take(void *ctx, const struct pf_considered *c)
{
    struct told *told = ctx;

    told->n++;
    told->unmasked += strchr(c->pan.text, '*') == NULL;
    (void)snprintf(told->last, sizeof told->last, "%s %u:%u", c->taken_for, (unsigned)c->line, (unsigned)c->offset);
}

static void explain(struct pf_detector *d, const char *bytes, size_t len, struct told *told)
{
    const struct pf_finding_sink sink = { .finding = keep_told, .candidate = take, .ctx = told };

    *told = (struct told){ .n = 0 };
    pf_detector_begin(d, &sink);
    while (len > 0) {
        size_t cap;
        uint8_t *room = pf_detector_room(d, &cap);
        size_t n = len < cap ? len : cap;

        memcpy(room, bytes, n);
        pf_detector_filled(d, n);
        bytes += n;
        len -= n;
    }
    pf_detector_end(d, &told->kept.stats);
}

static const struct { const char *text, *told; } row[] = {
    { "a\nid 4012888888881882\n", "fails Luhn 2:5" },
    { "id 4012-8888-8888-1882.", "fails Luhn 1:3" },
    { "0.{453201511283036}", "fraction 1:2" },
    { "a2086e30-11aa-4bbb-8ccc-{50108100000}", "UUID 1:24" },
    { "+{490123456789}", "telephone number 1:1" },
    { "{18001234567890}", "range no longer used 1:0" },
    { "card number {456789012345678}", "repeated or counting digits 1:12" },
    { "deadbeef{453201511283036}cafe", "hex number or hash 1:8" },
    { "card number {453201511283036}", "" },      /* kept */
    { "1764057600123", "" },                      /* of no brand's range */
};

START_TEST(what_is_dropped_is_told)
{
    struct pf_detector *d = detector(0, true);
    static struct told told;
    char text[256];
    size_t len = complete(row[_i].text, strlen(row[_i].text), text);

    explain(d, text, len, &told);
    ck_assert_msg(strcmp(told.last, row[_i].told) == 0, "%s: %s", row[_i].text, told.last);
    ck_assert_uint_eq(told.unmasked, 0);
    pf_detector_free(d);
}
END_TEST

/* Numbers of cards that pass and fail, some in groups, some of no brand. */
static size_t make_text(char *out, size_t cap, unsigned seed)
{
    static const unsigned first[] = { 453201, 555555, 371449, 621000, 180012, 123456, 990000, 400000 };
    static const char *const between[] = { "", "card number ", "0.", "id=", "x", "4111-", "+" };
    size_t n = 0;

    for (unsigned i = 0; n + 64 < cap; i++) {
        unsigned r = seed = seed * 1103515245u + 12345u;
        const char *word = between[(r >> 8) % 7];

        memcpy(out + n, word, strlen(word));
        n += strlen(word);
        n += number(out + n, first[(r >> 12) % 8], r >> 4, (r >> 16 & 3) != 0);
        if ((r >> 20 & 7) == 0)
            out[n - 1] = ' ';
    }
    return n;
}

START_TEST(findings_are_the_same_with_and_without)
{
    static char text[40000];
    static struct told told;
    static struct kept kept;
    struct pf_detector *d = detector(_i % 2 ? 4096 : 0, _i % 3 != 0);
    size_t len = make_text(text, sizeof text, 77u + (unsigned)_i);

    search(d, text, len, 0, &kept);
    explain(d, text, len, &told);
    ck_assert_uint_eq(told.kept.all, kept.all);
    ck_assert_uint_eq(told.kept.stats.shapes, kept.stats.shapes);
    ck_assert_uint_eq(told.kept.stats.luhn, kept.stats.luhn);
    ck_assert_uint_gt(told.n, 0);
    ck_assert_uint_eq(told.unmasked, 0);
    for (size_t i = 0; i < kept.n; i++) {
        ck_assert_str_eq(told.kept.finding[i].fingerprint, kept.finding[i].fingerprint);
        ck_assert_uint_eq(told.kept.finding[i].confidence, kept.finding[i].confidence);
        ck_assert_uint_eq(told.kept.finding[i].line, kept.finding[i].line);
        ck_assert_uint_eq(told.kept.finding[i].count, kept.finding[i].count);
    }
    search(d, text, len, 0, &kept);      /* nothing stays behind */
    ck_assert_uint_eq(told.kept.all, kept.all);
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explain");
    TCase *tc = tcase_create("explain");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, what_is_dropped_is_told, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_loop_test(tc, findings_are_the_same_with_and_without, 0, 12);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
