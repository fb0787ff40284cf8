/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Elements in the columns of tables, through the whole detector. */
#include "tests/lib/collect.h"

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/table.h"

#include <check.h>

#define FRESH "{453201511283036}"
#define OTHER "{542523343010991}"
#define PUBLISHED "4111111111111111"
#define HASH "aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff66778899"

static struct kept kept;

/* The findings of a class, each place once; *sure is the confidence of the first. */
static uint64_t count_of(enum pf_class cls, enum pf_confidence *sure)
{
    uint64_t n = 0;

    for (size_t i = kept.n; i-- > 0;)
        if (kept.finding[i].cls == cls) {
            n += kept.finding[i].count;
            *sure = kept.finding[i].confidence;
        }
    return n;
}

static const struct { const char *what, *text; enum pf_class cls; unsigned n; enum pf_confidence sure; } row[] = {
    { "beside a card column", "id,card_number,expiry,cvv\n1," FRESH ",12/28,572\n2," OTHER ",11/27,881\n", PF_CLASS_SAD_CVC, 2, PF_CONFIRMED },
    { "one record", "card_number;cvc\n" FRESH ";572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED },
    { "tabs, quotes", "id\t\"card no\"\t\"CVV2\"\n1\t\"" FRESH "\"\t\"572\"\n2\t\"" OTHER "\"\t\"881\"\n", PF_CLASS_SAD_CVC, 2, PF_CONFIRMED },
    { "of fixed width", "NAME    CARD NUMBER        CVV\nTARO    " FRESH "   572\nJIRO    " OTHER "   881\nSABU    " FRESH "   112\nSHIRO   " OTHER "   441\n", PF_CLASS_SAD_CVC, 4, PF_CONFIRMED },
    { "Japanese", "no,\xe3\x82\xab\xe3\x83\xbc\xe3\x83\x89\xe7\x95\xaa\xe5\x8f\xb7,\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89\n1," FRESH ",572\n2," OTHER ",881\n", PF_CLASS_SAD_CVC, 2, PF_CONFIRMED },
    { "Japanese in Shift_JIS, explained", "no,\x8a\x6d\x94\x46\x94\xd4\x8d\x86(3)\n1,572\n2,881\n", PF_CLASS_SAD_CVC, 0, 0 },
    { "alone", "name,cvv2\na,572\nb,881\nc,112\n", PF_CLASS_SAD_CVC, 3, PF_PROBABLE },
    { "some empty", "name,cvv2\na,572\nb,\nc,NULL\nd,***\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE },
    { "all the same", "name,cvv2\na,572\nb,572\nc,572\n", PF_CLASS_SAD_CVC, 0, 0 },
    { "not all codes", "name,cvv2\na,572\nb,881\nc,12.5\n", PF_CLASS_SAD_CVC, 0, 0 },
    { "a common name alone", "name,cid\na,572\nb,881\nc,112\n", PF_CLASS_SAD_CVC, 0, 0 },
    { "a common name beside", "card_number,cid\n" FRESH ",572\n" OTHER ",881\n", PF_CLASS_SAD_CVC, 2, PF_PROBABLE },
    { "beside published numbers", "card_number,cvv\n" PUBLISHED ",572\n5555555555554444,881\n", PF_CLASS_SAD_CVC, 2, PF_POSSIBLE },
    { "codes of securities", "security_code,name\n7203,a\n6758,b\n9984,c\n", PF_CLASS_SAD_CVC, 3, PF_POSSIBLE },
    { "PINs beside", "card_number,pin\n" FRESH ",1357\n" OTHER ",2468\n", PF_CLASS_SAD_PIN, 2, PF_CONFIRMED },
    { "PINs alone", "part,pin\na,1357\nb,2468\n", PF_CLASS_SAD_PIN, 0, 0 },
    { "PIN blocks", "term,pin_block\n1,0412AC89ABCDEF67\n2,7712AC89ABCDEF60\n", PF_CLASS_SAD_PIN, 2, PF_CONFIRMED },
    { "hashes", "id,card_sha256\n1," HASH "00\n2," HASH "01\n", PF_CLASS_PAN_HASH_UNKEYED, 2, PF_PROBABLE },
    { "hashes, the function not told", "id,hashed_pan\n1," HASH "00\n2," HASH "01\n", PF_CLASS_PAN_HASH_OPAQUE, 2, PF_PROBABLE },
    { "hashes in base64", "id;pan_md5\n1;q83vEjRWeJCrze8SNFZ4kA==\n2;q83vEjRWeJCrze8SNFZ4lA==\n", PF_CLASS_PAN_HASH_UNKEYED, 2, PF_PROBABLE },
    { "hashes of files", "id,file_sha256\n1," HASH "00\n2," HASH "01\n", PF_CLASS_PAN_HASH_UNKEYED, 0, 0 },
    { "ciphertext", "id,encrypted_pan\n1,q83vEjRWeJCrze8SNFZ4kA==\n2,q83vEjRWeJCrze8SNFZ4lA==\n", PF_CLASS_PAN_ENC, 2, PF_PROBABLE },
    { "a schema", "column,type,cvv\nid,int,no\nname,char,no\n", PF_CLASS_SAD_CVC, 0, 0 },
    { "INSERT", "-- MySQL dump\nCREATE TABLE `p` (\n  `id` int,\n  `pan` char(16),\n  `cvc` varchar(4)\n);\nINSERT INTO `p` VALUES (1,'" FRESH "','572'),(2,'" OTHER "','881');\nINSERT INTO `p` VALUES (3,NULL,NULL);\n", PF_CLASS_SAD_CVC, 2, PF_CONFIRMED },
    { "INSERT of names", "INSERT INTO p (id, cvv) VALUES (1, '572'),\n(2, '881');\n", PF_CLASS_SAD_CVC, 2, PF_PROBABLE },
    { "INSERT of hashes", "INSERT INTO p (id, card_hash) VALUES (1, '" HASH "00');\n", PF_CLASS_PAN_HASH_OPAQUE, 1, PF_PROBABLE },
    { "COPY", "-- PostgreSQL database dump\nCOPY public.p (id, pan, security_code) FROM stdin;\n1\t" FRESH "\t572\n2\t" OTHER "\t881\n\\.\n", PF_CLASS_SAD_CVC, 2, PF_CONFIRMED },
    { "behind the point of an exponent form", "id,card_number\n1,4.{3910266235135}E+15\n2,5.{3612345678901}E+15\n", PF_CLASS_PAN_CLEAR, 0, 0 },
    { "no rows", "CREATE TABLE p (id int, cvv char(3));\n", PF_CLASS_SAD_CVC, 0, 0 },
};

START_TEST(columns_tell)
{
    static char text[2048];
    struct pf_detector *d = detector(0, true);
    size_t n = complete(row[_i].text, strlen(row[_i].text), text);
    enum pf_confidence sure = PF_POSSIBLE;

    search(d, text, n, 0, &kept);
    ck_assert_msg(count_of(row[_i].cls, &sure) == row[_i].n, "%s: %d", row[_i].what, (int)count_of(row[_i].cls, &sure));
    ck_assert_msg(row[_i].n == 0 || sure == row[_i].sure, "%s: %d", row[_i].what, (int)sure);
    pf_detector_free(d);
}
END_TEST

enum { LINES = 6000 };

/* A table longer than its head: as many cells are told, at the same places, in windows of any size. */
static void long_table(const char *head, const char *format, enum pf_class cls)
{
    static const size_t chunks[] = { 0, 4096, 70000 };
    char *text = malloc(LINES * 160u);
    uint64_t first = 0;
    size_t n = strlen(head);

    memcpy(text, head, n);
    for (unsigned i = 0; i < LINES; i++) {
        char line[128];

        snprintf(line, sizeof line, format, i, i % 50 * 7919, i * 7919 % 1000);
        n += complete(line, strlen(line), text + n);
    }
    for (size_t c = 0; c < sizeof chunks / sizeof chunks[0]; c++) {
        struct pf_detector *d = detector(chunks[c], true);
        enum pf_confidence sure = PF_POSSIBLE;
        uint64_t places = 0;

        search(d, text, n, 0, &kept);
        ck_assert_uint_eq(count_of(cls, &sure), LINES);
        ck_assert_int_eq(sure, PF_CONFIRMED);
        for (size_t i = 0; i < kept.n; i++)
            places = places * 31 + (kept.finding[i].cls == cls ? kept.finding[i].offset + kept.finding[i].line : 0);
        first = c == 0 ? places : first;
        ck_assert_uint_eq(places, first);
        pf_detector_free(d);
    }
    free(text);
}

START_TEST(long_tables)
{
    long_table("id,card_number,cvv\n", "%u,{45320151%07u},%03u\n", PF_CLASS_SAD_CVC);
    long_table("INSERT INTO p (id, card_number, cvv) VALUES\n", "(%u,'{45320151%07u}','%03u'),\n", PF_CLASS_SAD_CVC);
}
END_TEST

/* A spreadsheet's card column: numbers behind the head are completed as well. */
START_TEST(rounded_behind_the_head)
{
    struct pf_detector *d = detector(0, true);
    char *text = malloc(LINES * 40u);
    size_t n = (size_t)snprintf(text, 40, "id,card_number\n"), rounded = 0;

    for (unsigned i = 0; i < LINES; i++)
        n += (size_t)snprintf(text + n, 40, "%06u,4532015%08u0\n", i, i < LINES - 20 ? i % 30 * 7919 : i * 7919 % 100000000);
    ck_assert_uint_gt(n, 2 * PF_TABLE_HEAD);
    search(d, text, n, 0, &kept);
    for (size_t i = 0; i < kept.n; i++)
        rounded += kept.finding[i].cls == PF_CLASS_PAN_ROUNDED && kept.finding[i].offset > PF_TABLE_HEAD;
    ck_assert_uint_ge(rounded, 15);              /* one in ten ends in 0 by right */
    pf_detector_free(d);
    free(text);
}
END_TEST

/* A column of an SQL dump has a share of its own, whatever its name. */
START_TEST(sql_columns_have_a_share)
{
    struct pf_detector *d = detector(0, true);
    char *text = malloc(400 * 120u), line[120];
    size_t n = (size_t)snprintf(text, 60, "INSERT INTO p (id, a, b) VALUES\n"), sure = 0;

    for (unsigned i = 0; i < 400; i++) {         /* many ids that are no numbers of cards hide the cards of the object */
        snprintf(line, sizeof line, "(%u,NULL,'4532015%09u'),\n", i, i * 99991 % 1000000000);
        if (i % 20 == 0)
            snprintf(line, sizeof line, "(%u,'{45320151%07u}','4532015%09u'),\n", i, i * 7919 % 10000000, i * 99991 % 1000000000);
        n += complete(line, strlen(line), text + n);
    }
    search(d, text, n, 0, &kept);
    for (size_t i = 0; i < kept.n; i++)
        sure += kept.finding[i].confidence == PF_CONFIRMED;
    ck_assert_uint_eq(sure, 20);
    pf_detector_free(d);
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("table_element");
    TCase *tc = tcase_create("table_element");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, columns_tell, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, long_tables);
    tcase_add_test(tc, rounded_behind_the_head);
    tcase_add_test(tc, sql_columns_have_a_share);
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
