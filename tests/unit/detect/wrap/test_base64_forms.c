/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>
#include <stdio.h>

enum { TEXT = 600, ROOM = 12000 };

/* How a writer breaks base64: `seam` between lines of `line` characters; what '+', '/' and '='
 * are written as. A '@' in head or seam is a digit that counts up. */
static const struct { const char *name, *head, *seam, *tail; size_t line; const char *plus, *slash, *pad; } form[] = {
    { "quoted mail", "> ", "\n> ", "\n", 76, "+", "/", "=" },
    { "twice quoted", "> > ", "\r\n> > ", "\r\n", 76, "+", "/", "=" },
    { "indented", "key: |\n    ", "\n    ", "\nnext: 1\n", 64, "+", "/", "=" },
    { "head, then indent", "userPhoto:: ", "\n ", "\nsn: x\n", 76, "+", "/", "=" },
    { "table cell", "| ", "\n| ", "\n", 60, "+", "/", "=" },
    { "comment", " * ", "\n * ", "\n */\n", 64, "+", "/", "=" },
    { "hash comment", "# ", "\n# ", "\n", 64, "+", "/", "=" },
    { "log", "2026-11-25 10:00:0@ DEBUG [io-1] ", "\n2026-11-25 10:00:0@ DEBUG [io-1] ", "\n", 76, "+", "/", "=" },
    { "list of strings", "[\"", "\",\n  \"", "\"]\n", 76, "+", "/", "=" },
    { "list in one line", "[\"", "\",\"", "\"]\n", 64, "+", "/", "=" },
    { "sum of strings", "s = \"", "\" +\n        \"", "\";\n", 76, "+", "/", "=" },
    { "strings with dots", "$s = '", "' .\n '", "';\n", 76, "+", "/", "=" },
    { "strings side by side", "char s[] = \"", "\"\n    \"", "\";\n", 64, "+", "/", "=" },
    { "lines as escapes", "{\"key\":\"", "\\n", "\\n\"}\n", 64, "+", "/", "=" },
    { "lines as double escapes", "{\"key\":\"", "\\r\\n", "\\r\\n\"}\n", 76, "+", "/", "=" },
    { "lines of a program", "s = \"", "\\n\"\n  \"", "\\n\";\n", 64, "+", "/", "=" },
    { "lines of an attribute", "<a b=\"", "&#10;", "\"/>\n", 64, "+", "/", "=" },
    { "lines in a query", "d=", "%0D%0A", "&e=1\n", 76, "%2B", "%2F", "%3D" },
    { "PHP", "{\"a\":\"", "", "\"}\n", 10000, "+", "\\/", "=" },
    { "NET", "{\"a\":\"", "", "\"}\n", 10000, "\\u002B", "\\u002F", "\\u003D" },
    { "query", "a=", "", "&b=1\n", 10000, "%2b", "%2f", "%3d" },
    { "query of a query", "a=", "", "\n", 10000, "%252B", "%252F", "%253D" },
    { "markup", "<a b=\"", "", "\"/>\n", 10000, "&#43;", "&#x2F;", "&#61;" },
    { "named entities", "<a b='", "", "'/>\n", 10000, "&plus;", "&sol;", "&equals;" },
    { "quoted-printable", "", "=\n", "=\n\nbye\n", 75, "+", "/", "=3D" },
    { "quoted-printable, CRLF", "", "=\r\n", "\r\nbye\r\n", 75, "=2B", "=2F", "=3D" },
};

static uint64_t state;

static unsigned rnd(unsigned below)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(state >> 33) % below;
}

static size_t put(char *out, const char *s, unsigned line)
{
    size_t n = 0;

    for (; s[n] != '\0'; n++)
        out[n] = s[n] == '@' ? (char)('0' + line % 10) : s[n];
    return n;
}

static size_t write_form(size_t f, const uint8_t *text, size_t n, char *out)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    size_t k = put(out, form[f].head, 0), column = 0;
    unsigned line = 0;

    for (size_t i = 0; i < n; i += 3) {
        unsigned b = i + 1 < n ? text[i + 1] : 0u, c = i + 2 < n ? text[i + 2] : 0u, v = (unsigned)text[i] << 16 | b << 8 | c;
        unsigned sign[4] = { v >> 18, v >> 12 & 63, i + 1 < n ? v >> 6 & 63 : 64, i + 2 < n ? v & 63 : 64 };

        for (int j = 0; j < 4; j++) {
            const char *special = sign[j] == 62 ? form[f].plus : sign[j] == 63 ? form[f].slash : sign[j] == 64 ? form[f].pad : NULL;
            size_t width = special != NULL && form[f].plus[0] == '=' ? strlen(special) : 1;   /* others break lines first */

            if (column + width > form[f].line) {
                k += put(out + k, form[f].seam, ++line);
                column = 0;
            }
            column += width;
            if (special != NULL)
                k += put(out + k, special, 0);
            else
                out[k++] = set[sign[j]];
        }
    }
    return k + put(out + k, form[f].tail, 0);
}

/* A number anywhere in a text full of signs that base64 writes as '+' and '/'. */
START_TEST(number_is_found)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);

    state = (uint64_t)_i * 77 + 5;
    for (unsigned round = 0; round < 60; round++) {
        uint8_t text[TEXT];
        char doc[ROOM];
        size_t n = 200 + rnd(TEXT - 200), at = rnd((unsigned)n - 60), k;

        for (size_t i = 0; i < n; i++)
            text[i] = (uint8_t)"abc xyz>?~o, tuv>>??"[rnd(20)];
        memcpy(text + at, " card number: 4111111111111111 ", 31);
        k = write_form((size_t)_i, text, n, doc);
        search(d, doc, k, round % 3 * 97, &kept);
        ck_assert_msg(kept.n == 1, "%s, round %u: %zu in\n%.*s", form[_i].name, round, kept.n, (int)k, doc);
    }
    pf_detector_free(d);
}
END_TEST

/* Values that stand one beside the other are no seam: each is found by itself. */
START_TEST(values_stay_apart)
{
    static const char *const text[] = {
        "NDExMTExMTExMTExMTExMQ==\nNTU1NTU1NTU1NTU1NDQ0NA==\n",
        "[\"NDExMTExMTExMTExMTExMQ==\",\"NTU1NTU1NTU1NTU1NDQ0NA==\"]",
        "[\"Mzc4MjgyMjQ2MzEwMDA1\",\"NTU1NTU1NTU1NTU1NDQ0NA==\"]",
        "dGhlIGNhcmQgbnVtYmVyIG9mIHRoaXMgY3VzdG9tZXI6IDQxMTExMTExMTExMTExMTE=\nbm90ZTogY2FyZCBudW1iZXIgNTU1NTU1NTU1NTU1NDQ0NA==\n",
        /* without padding, a line that ends within a quad */
        "creq=eyJhY2N0TnVtYmVyIjogIjQxMTExMTExMTExMTExMTEiLCAibiI6ICJ5eXkifQ\ncreq=eyJhY2N0TnVtYmVyIjogIjU1NTU1NTU1NTU1NTQ0NDQiLCAibiI6ICJ5eSJ9\n",
        "eyJhY2N0TnVtYmVyIjogIjQxMTExMTExMTExMTExMTEiLCAibiI6ICJ5eXkifQ\r\neyJhY2N0TnVtYmVyIjogIjU1NTU1NTU1NTU1NTQ0NDQiLCAibiI6ICJ5eSJ9\r\n",
        "[\n  \"eyJhY2N0TnVtYmVyIjogIjQxMTExMTExMTExMTExMTEiLCAibiI6ICJ5eXkifQ\",\n  \"eyJhY2N0TnVtYmVyIjogIjU1NTU1NTU1NTU1NTQ0NDQiLCAibiI6ICJ5eSJ9\"\n]",
    };
    static struct kept kept;
    struct pf_detector *d = detector(0, true);

    search(d, text[_i], strlen(text[_i]), 0, &kept);
    ck_assert_msg(kept.n == 2, "%s: %zu", text[_i], kept.n);
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base64 forms");
    TCase *tcase = tcase_create("base64 forms");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, number_is_found, 0, (int)(sizeof form / sizeof form[0]));
    tcase_add_loop_test(tcase, values_stay_apart, 0, 7);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
