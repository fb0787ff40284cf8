/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/wrap/base64_decode.h"
#include "tests/lib/collect.h"

#include <check.h>

static uint64_t state = 7;

static unsigned rnd(unsigned below)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(state >> 33) % below;
}

static size_t encode(const char *text, size_t n, char *out, size_t line)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t k = 0, column = 0;

    for (size_t i = 0; i < n; i += 3) {
        unsigned a = (uint8_t)text[i], b = i + 1 < n ? (uint8_t)text[i + 1] : 0u, c = i + 2 < n ? (uint8_t)text[i + 2] : 0u;
        unsigned v = a << 16 | b << 8 | c;

        out[k++] = set[v >> 18];
        out[k++] = set[v >> 12 & 63];
        out[k++] = i + 1 < n ? set[v >> 6 & 63] : '=';
        out[k++] = i + 2 < n ? set[v & 63] : '=';
        column += 4;
        if (line > 0 && column >= line) {
            out[k++] = '\r';
            out[k++] = '\n';
            column = 0;
        }
    }
    return k;
}

START_TEST(vectors_decode_as_the_table_does)
{
    static const char some[] = "ABCXYZabcxyz0189+/-_ABCdefGHIjkl=\n %";

    for (unsigned round = 0; round < 20000; round++) {
        uint8_t in[200], a[160], b[160];
        size_t n = rnd(200), cap = rnd(160), used;

        for (size_t i = 0; i < n; i++)
            in[i] = (uint8_t)some[rnd(round % 3 ? 32 : sizeof some - 1)];
        memset(a, 0x55, sizeof a);
        memset(b, 0x55, sizeof b);
        used = pf_base64_quads_portable(in, n, a, cap);
        ck_assert_uint_eq(pf_base64_quads(in, n, b, cap), used);
        ck_assert_mem_eq(a, b, sizeof a);
    }
}
END_TEST

/* A text is found in base64 of any line length, behind anything, in pieces of any size. */
START_TEST(text_in_base64_is_found)
{
    static const size_t line[] = { 0, 4, 60, 64, 76, 1000 };
    static struct kept kept;
    struct pf_detector *d = detector((size_t)_i % 2 ? 64 : 0, true);

    for (size_t l = 0; l < sizeof line / sizeof line[0]; l++) {
        char text[3000], coded[5000], doc[6000];
        size_t n = 0, k;

        if (line[l] == 4)
            continue;
        for (int i = 0; i < 12; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "a line of text, number %u, and more\n", rnd(1000));
        n += (size_t)snprintf(text + n, sizeof text - n, "card number: 4111111111111111 of a test\nlast line\n");
        k = encode(text, n, coded, line[l]);
        k = (size_t)snprintf(doc, sizeof doc, "head: x\n\n%.*s\nend of it\n", (int)k, coded);
        search(d, doc, k, (size_t)_i * 37, &kept);
        ck_assert_msg(kept.n == 1, "line %zu, piece %d: %zu", line[l], _i * 37, kept.n);
        ck_assert_str_eq(kept.finding[0].encoding, "base64");
        ck_assert_uint_eq(kept.finding[0].offset, 9);
        ck_assert_uint_eq(kept.finding[0].line, 3);
    }
    pf_detector_free(d);
}
END_TEST

static const struct { const char *text; size_t found; const char *encoding; } row[] = {
    { "token=NDExMTExMTExMTExMTExMQ== ok\n", 1, "base64" },
    { "GET /api/v1/pay/NDExMTExMTExMTExMTExMQ/ok\n", 1, "base64" },
    { "x=TkRFeE1URXhNVEV4TVRFeE1URXhNUT09\n", 1, "base64+base64" },
    { "AbstractSingletonProxyFactoryBeanConfigurationElementVisitor1 and\n", 0, "" },
    { "c2hvcnQ= dGV4dA==\n", 0, "" },
    { "3f2a9c0d1e4b5a6978877665544332211fedcba09\n", 0, "" },
};

START_TEST(short_values)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);

    search(d, row[_i].text, strlen(row[_i].text), 0, &kept);
    ck_assert_msg(kept.n == row[_i].found, "%s: %zu", row[_i].text, kept.n);
    if (kept.n > 0)
        ck_assert_str_eq(kept.finding[0].encoding, row[_i].encoding);
    pf_detector_free(d);
}
END_TEST

/* A number that is all of a wrapping has its words outside. */
START_TEST(what_names_a_bare_number_stands_before)
{
    static const struct { const char *text; enum pf_confidence confidence; } named[] = {
        { "{\"id\": 7, \"card_number\": \"NDUzMjAxNTExMjgzMDM2Ng==\"}\n", PF_CONFIRMED },
        { "cn: X\ncardNumber:: NDUzMjAxNTExMjgzMDM2Ng==\nsn: Y\n", PF_CONFIRMED },
        { "card number 34353332303135313132383330333636\n", PF_CONFIRMED },
        { "{\"card_number\": \"\", \"data\": \"NDUzMjAxNTExMjgzMDM2Ng==\"}\n", PF_POSSIBLE },
        { "{\"order_id\": \"NDUzMjAxNTExMjgzMDM2Ng==\"}\n", PF_POSSIBLE },
        { "card number NTU1NTU1NTU1NTU1NDQ0NA== NDUzMjAxNTExMjgzMDM2Ng==\n", PF_POSSIBLE },
    };
    static struct kept kept;
    struct pf_detector *d = detector(_i % 2 ? 64 : 0, true);

    search(d, named[_i].text, strlen(named[_i].text), 0, &kept);
    ck_assert_msg(kept.n >= 1, "%s", named[_i].text);
    for (size_t i = 0; i < kept.n; i++) {
        ck_assert_msg(strchr(kept.finding[i].encoding, '+') == NULL, "%s: %s", named[_i].text, kept.finding[i].encoding);
        if (strncmp(kept.finding[i].pan.text, "4532", 4) == 0)
            ck_assert_msg(kept.finding[i].confidence == named[_i].confidence, "%s: %s", named[_i].text, pf_confidence_name(kept.finding[i].confidence));
    }
    pf_detector_free(d);
}
END_TEST

/* Base64 of base64 of ... : beyond PF_LAYERS_MAX it is left, and that is said. */
START_TEST(too_many_layers_are_said)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    char text[4000] = "card number 4111111111111111", coded[6000];

    for (int depth = 1; depth <= PF_LAYERS_MAX + 1; depth++) {
        size_t n = encode(text, strlen(text), coded, 0);

        coded[n] = '\0';
        search(d, coded, n, 0, &kept);
        ck_assert_int_eq(kept.stats.too_deep, depth > PF_LAYERS_MAX);
        ck_assert_uint_eq(kept.n, depth <= PF_LAYERS_MAX);
        memcpy(text, coded, n + 1);
    }
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base64");
    TCase *tc = tcase_create("base64");
    SRunner *sr;
    int failed;

    tcase_add_test(tc, vectors_decode_as_the_table_does);
    tcase_add_loop_test(tc, text_in_base64_is_found, 0, 6);
    tcase_add_loop_test(tc, short_values, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_loop_test(tc, what_names_a_bare_number_stands_before, 0, 6);
    tcase_add_test(tc, too_many_layers_are_said);
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
