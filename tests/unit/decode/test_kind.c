/* links: pan-finder/base pan-finder/decode  libs: -ljansson */
/* Kinds are told by content: each known head, and what must not be taken for one. */
#include "pan-finder/decode/kind.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(text) text, sizeof text - 1

static const struct { const char *what, *head; size_t len; const char *kind; } cases[] = {
    { "gzip", BYTES("\x1f\x8b\x08\x00\0\0\0\0\0\3"), "gzip" },
    { "gzip with reserved flags is none", BYTES("\x1f\x8b\x08\xe0\0\0\0\0\0\3"), NULL },
    { "bzip2", BYTES("BZh9\x31\x41\x59\x26\x53\x59xxxx"), "bzip2" },
    { "text that begins BZh", BYTES("BZh is short for something else"), NULL },
    { "xz", BYTES("\xfd" "7zXZ\0\0\4"), "xz" },
    { "lzma alone, size unknown", BYTES("\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0\1\2"), "lzma" },
    { "lzip", BYTES("LZIP\1\x0c"), "lzip" },
    { "the word LZIP", BYTES("LZIP is a format"), NULL },
    { "zstd", BYTES("\x28\xb5\x2f\xfd\4\0"), "zstd" },
    { "lz4", BYTES("\x04\x22\x4d\x18\x64"), "lz4" },
    { "zip", BYTES("PK\3\4\24\0"), "zip" },
    { "empty zip", BYTES("PK\5\6\0\0"), "zip" },
    { "7z", BYTES("7z\xbc\xaf\x27\x1c\0\4"), "7z" },
    { "ar", BYTES("!<arch>\ndebian-binary"), "ar" },
    { "rar", BYTES("Rar!\x1a\7\0xx"), "rar" },
    { "rar 5", BYTES("Rar!\x1a\7\1\0x"), "rar5" },
    { "warc", BYTES("WARC/1.0\r\n"), "warc" },
    { "pdf", BYTES("%PDF-1.7\n"), "pdf" },
    { "ole2", BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "ole2" },
    { "sqlite", BYTES("SQLite format 3\0\x10"), "sqlite" },
    { "luks", BYTES("LUKS\xba\xbe\0\1"), "luks" },
    { "png", BYTES("\x89PNG\r\n\x1a\n"), "png" },
    { "jpeg", BYTES("\xff\xd8\xff\xe0"), "jpeg" },
    { "zlib stream", BYTES("\x78\x9c\x4b\x4c\x4a\x06\0\x02\x4d"), "zlib" },
    { "text that begins x^", BYTES("x^2 + y^2 = z^2"), NULL },
    { "plain text", BYTES("card number 1234\n"), NULL },
    { "mtree-like text is text", BYTES("#mtree\n/set type=file\n"), NULL },
    { "a number alone is text", BYTES("0123456789012345"), NULL },
    { "mail with an encoded body", BYTES("From: a@example.com\nSubject: x\n"
      "Content-Transfer-Encoding: base64\n\nQUJD\n"), "mail" },
    { "mail in plain text", BYTES("From: a@example.com\nSubject: x\n\nhello\n"), NULL },
    { "a header quoted in prose", BYTES("The header\nContent-Transfer-Encoding: base64\nSubject: x\nFrom: y\n"), NULL },
    { "nothing", "", 0, NULL },
};

START_TEST(kind_of_head)
{
    const struct pf_kind *k = pf_kind_pick((const uint8_t *)cases[_i].head, cases[_i].len);

    ck_assert_msg(cases[_i].kind == NULL ? k == NULL
                                         : k != NULL && strcmp(k->name, cases[_i].kind) == 0,
                  "%s: %s", cases[_i].what, k == NULL ? "none" : k->name);
}
END_TEST

START_TEST(tar_is_told_by_its_checksum)
{
    uint8_t head[512] = "notes.txt";
    unsigned sum = 0;

    memset(head + 148, ' ', 8);
    for (size_t i = 0; i < sizeof head; i++)
        sum += head[i];
    for (size_t i = 0; i < 6; i++)
        head[148 + i] = (uint8_t)('0' + (sum >> (15 - 3 * i) & 7));
    head[154] = 0;
    ck_assert_str_eq(pf_kind_pick(head, sizeof head)->name, "tar");
    head[3] ^= 1;
    ck_assert_ptr_null(pf_kind_pick(head, sizeof head));
}
END_TEST

/* Every prefix of every head, in memory of just that size: the sanitizers see
 * a read past the end. */
START_TEST(no_head_is_read_past_its_end)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t n = 0; n <= cases[i].len; n++) {
            uint8_t *exact = malloc(n == 0 ? 1 : n);

            memcpy(exact, cases[i].head, n);
            (void)pf_kind_pick(exact, n);
            free(exact);
        }
}
END_TEST

START_TEST(kinds_are_found_by_name)
{
    ck_assert_ptr_nonnull(pf_kind_find("zip"));
    ck_assert_ptr_null(pf_kind_find("no such kind"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("kind");
    TCase *t = tcase_create("kind");
    SRunner *r = srunner_create(s);
    int failed;

    tcase_add_loop_test(t, kind_of_head, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(t, tar_is_told_by_its_checksum);
    tcase_add_test(t, no_head_is_read_past_its_end);
    tcase_add_test(t, kinds_are_found_by_name);
    suite_add_tcase(s, t);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed == 0 ? 0 : 1;
}
