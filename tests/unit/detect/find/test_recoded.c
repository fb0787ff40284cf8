/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Elements in UTF-16 and EBCDIC text, through the whole detector, in windows of any size. */
#include "tests/lib/collect.h"

#include <check.h>

#define FRESH "{453201511283036}"
#define HASH "aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff6677889900"

enum { ROOM = 16384 };
enum code { UTF16LE, UTF16BE, EBCDIC, CODES };

/* Code page 037 of what the tests use. */
static uint8_t ebcdic(char c)
{
    static const char from[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 =:;*_\n";
    static const uint8_t to[] = "\x81\x82\x83\x84\x85\x86\x87\x88\x89\x91\x92\x93\x94\x95\x96\x97\x98\x99\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9"
                                "\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9"
                                "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\x40\x7e\x7a\x5e\x5c\x6d\x15";

    return to[strchr(from, c) - from];
}

static size_t recode(enum code code, const char *text, size_t len, uint8_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (code == UTF16BE)
            out[n++] = 0;
        out[n++] = code == EBCDIC ? ebcdic(text[i]) : (uint8_t)text[i];
        if (code == UTF16LE)
            out[n++] = 0;
    }
    return n;
}

static const struct { const char *text; enum pf_class cls; unsigned n; enum pf_confidence sure; } row[] = {
    { "card number: " FRESH " exp: 1228 cvv: 572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED },
    { "order: 20260301 customer: TARO YAMADA security_code: 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE },
    { "order: 20260301 pin_block: 0412AC89ABCDEF67 term: 00017\n", PF_CLASS_SAD_PIN, 1, PF_CONFIRMED },
    { "order: 20260301 card_sha256: " HASH "\n", PF_CLASS_PAN_HASH_UNKEYED, 1, PF_PROBABLE },
    { "order: 20260301 card number: 453201******0366\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_CONFIRMED },
    { "order: 20260301 cvv: 572 errors in 12 requests\n", PF_CLASS_SAD_CVC, 0, 0 },
};

START_TEST(recoded_texts)
{
    static const size_t chunks[] = { 0, 13, 1024, 3000 };
    static struct kept kept;
    static uint8_t bytes[ROOM];
    static char text[ROOM];

    for (unsigned code = 0; code < CODES; code++)
        for (size_t c = 0; c < sizeof chunks / sizeof chunks[0]; c++) {
            struct pf_detector *d = detector(chunks[c], true);
            size_t n = 0, found = 0;

            while (n < 3000)                       /* so that the element stands behind the first pieces */
                n += recode((enum code)code, "nothing here: 20260301 is a day\n", 32, bytes + n);
            n += recode((enum code)code, text, complete(row[_i].text, strlen(row[_i].text), text), bytes + n);
            search(d, bytes, n, 0, &kept);
            for (size_t i = 0; i < kept.n; i++) {
                if (kept.finding[i].cls != row[_i].cls)
                    continue;
                found++;
                ck_assert_msg(kept.finding[i].confidence == row[_i].sure, "%s in %u", row[_i].text, code);
                ck_assert_uint_ge(kept.finding[i].offset, 3000);
                ck_assert_msg(strcmp(kept.encoding[i], code == UTF16LE ? "utf16le" : code == UTF16BE ? "utf16be" : "ebcdic") == 0, "%s", kept.encoding[i]);
            }
            ck_assert_msg(found == row[_i].n, "%s in %u, windows of %zu: %zu", row[_i].text, code, chunks[c], found);
            pf_detector_free(d);
        }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("recoded");
    TCase *tc = tcase_create("recoded");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, recoded_texts, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
