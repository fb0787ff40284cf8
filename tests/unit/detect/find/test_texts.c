/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Elements in text, through the whole detector: what class, how sure, how many. */
#include "tests/lib/collect.h"

#include <check.h>

#define NUMBER "4111111111111111"          /* published for tests */
#define FRESH "{453201511283036}"          /* complete() adds the check digit */

static const struct { const char *text; enum pf_class cls; int n; enum pf_confidence sure; const char *pan; } row[] = {
    /* verification codes by name */
    { "{\"cvv\":\"572\"}\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "{\"cvv\":\"123\"}\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "{\"cvv\":\"000\"}\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "card=" FRESH " exp=1228 cvc2=123\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "card=" NUMBER " exp=1228 cvc2=572\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "{\"cav2\":\"572\"}\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "{\"ccv\":\"572\"}\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card_cvn=572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "cvn=572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    /* names that other things have: where the record tells an expiry date, or an amount */
    { "POST amount=1200&csc=572&exp=2712\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "{\"cid\":\"572\",\"cardExpiry\":\"12/2027\"}\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "{\"amount\":\"1200\",\"cvn\":\"572\"}\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "{\"amount\":\"1200\",\"cid\":\"5720\"}\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cid=572&expires=never&exp=9999\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "id,name,csc,exp\n1,KEN TANAKA,572,10/30\n2,TARO MORI,481,02/29\n", PF_CLASS_SAD_CVC, 2, PF_PROBABLE, "" },
    { "id,name,csc,exp\n1,KEN TANAKA,572,99\n2,TARO MORI,481,98\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "{\"amount\":\"1200\",\"card_conf_number\":\"572\"}\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "CVC\xe7\x95\xaa\xe5\x8f\xb7 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe8\xa3\x8f\xe9\x9d\xa2" "3\xe6\xa1\x81\xef\xbc\x9a" "572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe8\xa3\x8f\xe9\x9d\xa2\xe3\x81\xae" "3\xe6\xa1\x81 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "cvv_number: 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "securityCode=7203&x=1", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "cvv2: 572.", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "cvv2: 572.5\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "<input name=\"cvv\" value=\"572\">", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "{\"name\":\"cvc\",\"value\":\"572\"}", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "name=\"cvv\"\r\n\r\n572\r\n--x", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card%5Bcvc%5D=572&x=1", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card[cvc]=572&x=1", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "Card number: " FRESH "\nSecurity code 572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "Card number: " FRESH ", the cvv is 572.\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "the cvv is 572.\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv 572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    /* Japanese: confirmation number of the card, with and without sign, brackets, in three encodings */
    { "\xe3\x82\xab\xe3\x83\xbc\xe3\x83\x89\xe7\xa2\xba\xe8\xaa\x8d\xe7\x95\xaa\xe5\x8f\xb7\xe3\x80\x80" "572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\x83\x4a\x81\x5b\x83\x68\x8a\x6d\x94\x46\x94\xd4\x8d\x86\x81\x40" "572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xa5\xab\xa1\xbc\xa5\xc9\xb3\xce\xc7\xa7\xc8\xd6\xb9\xe6 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe7\xa2\xba\xe8\xaa\x8d\xe7\x95\xaa\xe5\x8f\xb7: 572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89\xef\xbc\x88" "CVV\xef\xbc\x89\xef\xbc\x9a" "572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89\xe3\x81\xaf" "572\xe3\x81\xa7\xe3\x81\x99\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89 404 \xe3\x82\xa8\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "securitycode=572&x=1", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "Security Code: 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe3\x82\xb3\xe3\x83\xbc\xe3\x83\x89\xef\xbc\x9a" "572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "<cvv2>572</cvv2>", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card_cvc: 572,", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "cid=123&a=b", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv: 404 errors in 12 requests", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv.length == 3", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv=12345", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv=12a", PF_CLASS_SAD_CVC, 0, 0, "" },
    /* a sentence goes on; PHP's dumps; the line behind a label; behind number and expiry */
    { "card=" FRESH " exp=1228 cvv=572 done\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "cvv=572 done\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "[\"card_no\"]=>\n string(16) \"" FRESH "\"\n [\"cvc\"]=>\n  string(3) \"572\"\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "s:7:\"card_no\";s:16:\"" FRESH "\";s:3:\"cvv\";s:3:\"572\";", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "s:3:\"cvv\";i:572;", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "Card number\n" FRESH "\nCVV\n572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "Card number\n" FRESH "\nthe CVV\n572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "CVV\n572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "card=" FRESH " x_cvv=572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "card=" FRESH ", card_ver_code=572\n", PF_CLASS_SAD_CVC, 1, PF_CONFIRMED, "" },
    { "card " FRESH " 12/27 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card " FRESH " 1227 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card " FRESH " / 12/27 / 572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card " FRESH " 12/27 572 TARO\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "card " FRESH " 12/27 572 JPY\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "card " FRESH " 12/27 572 yen\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "card " FRESH " 12/27 5720\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "card " FRESH " 1150 572\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvs=123\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "cvv: 404 errors\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "int cvv = 123 + x", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "vec.cvc = 1234 / 2", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "card=" FRESH "&cardCode=572&x=1", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "cardCode=123&x=1", PF_CLASS_SAD_CVC, 0, 0, "" },
    { "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x81\x5b\x83\x52\x81\x5b\x83\x68" ":572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xa5\xbb\xa5\xad\xa5\xe5\xa5\xea\xa5\xc6\xa5\xa3\xc8\xd6\xb9\xe6" ":572\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\xe3\x82\xbb\xe3\x82\xad\xe3\x83\xa5\xe3\x83\xaa\xe3\x83\x86\xe3\x82\xa3\xe7\x95\xaa\xe5\x8f\xb7\xef\xbc\x9a\xef\xbc\x95\xef\xbc\x97\xef\xbc\x92\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "\x83\x5a\x83\x4c\x83\x85\x83\x8a\x83\x65\x83\x42\x94\xd4\x8d\x86\x81\x46\x82\x54\x82\x56\x82\x51\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    /* and behind a number with its expiry: no surer than the number is */
    { "card number " FRESH "|12|2028|123|TARO\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { FRESH "|12|2028|123|TARO\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "card number " NUMBER "|12|2028|123|TARO\n", PF_CLASS_SAD_CVC, 1, PF_POSSIBLE, "" },
    { "credit card " FRESH ",12/28,1234\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "credit card " FRESH "; 12; 27; 123; TARO\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "credit card " FRESH ",2712,123\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "credit card VALUES ('" FRESH "','12/27','123');\n", PF_CLASS_SAD_CVC, 1, PF_PROBABLE, "" },
    { "VALUES ('" FRESH "','12/27,'123');\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { FRESH ",2713,123\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    { FRESH "|13|2028|123|TARO\n", PF_CLASS_SAD_CVC, 0, 0, "" },
    /* truncated: what may be kept */
    { "card number 411111******1111\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_CONFIRMED, "411111******1111" },
    { "card number 4111 11** **** 1111\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_CONFIRMED, "411111******1111" },
    { "card number 41111111****1111\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_CONFIRMED, "411111******1111" },
    { "ref 411111XXXXXX1111 ok\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_PROBABLE, "411111******1111" },
    { "card number 3782822****0005\n", PF_CLASS_PAN_TRUNC_WIDE, 1, PF_CONFIRMED, "378282*****0005" },
    { "card number 411111****111111\n", PF_CLASS_PAN_TRUNC_WIDE, 1, PF_CONFIRMED, "411111******1111" },
    { "card number 411111111111****\n", PF_CLASS_PAN_TRUNC_WIDE, 1, PF_CONFIRMED, "411111**********" },
    { "card number 411111**********\n", PF_CLASS_PAN_TRUNC_OK, 0, 0, "" },
    { "\x83\x4a\x81\x5b\x83\x68\x94\xd4\x8d\x86\x81\x46" "411111******1111\n", PF_CLASS_PAN_TRUNC_OK, 1, PF_CONFIRMED, "411111******1111" },
    { "[... 411111 158.330002] (...)\n", PF_CLASS_PAN_TRUNC_WIDE, 0, 0, "" },
    { "3938 30 480014112........  4800141123......|\n", PF_CLASS_PAN_TRUNC_WIDE, 0, 0, "" },
    { "4.38961843444...\n", PF_CLASS_PAN_TRUNC_WIDE, 0, 0, "" },
    { "card ************1111\n", PF_CLASS_PAN_TRUNC_OK, 0, 0, "" },
    { "card 999999******1111\n", PF_CLASS_PAN_TRUNC_OK, 0, 0, "" },
    { "/********************* 411111 ***********/\n", PF_CLASS_PAN_TRUNC_OK, 0, 0, "" },
    /* hashed, encrypted, replaced */
    { "{\"card_sha256\":\"aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_UNKEYED, 1, PF_PROBABLE, "" },
    { "{\"pan_hmac_sha256\":\"aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_OPAQUE, 1, PF_PROBABLE, "" },
    { "{\"file_sha256\":\"aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_UNKEYED, 0, 0, "" },
    { "{\"company_hash\":\"aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_OPAQUE, 0, 0, "" },
    { "{\"scorecard_hash\":\"aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_OPAQUE, 0, 0, "" },
    { "{\"card_sha256\":\"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=\"}", PF_CLASS_PAN_HASH_UNKEYED, 1, PF_PROBABLE, "" },
    { "pan_encryption_key=aa11bb22cc33dd44ee55ff6677889900\n", PF_CLASS_PAN_ENC, 0, 0, "" },
    { "encryptedCardNumber=aa11bb22cc33dd44ee55ff6677889900\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "{\"card_hash\":\"sha256:aa11bb22cc33dd44ee55ff6677889900aa11bb22cc33dd44ee55ff6677889900\"}", PF_CLASS_PAN_HASH_UNKEYED, 1, PF_PROBABLE, "" },
    { "{\"card_hash\":\"AA11BB22CC33DD44EE55FF6677889900AA11BB22CC33DD44EE55FF6677889900\"}", PF_CLASS_PAN_HASH_OPAQUE, 1, PF_PROBABLE, "" },
    { "{\"card_hash\":\"$2b$12$KIXQ8t1bM0tTjvZ0n1cUeOe3X9m2uJ1dE5x0m1cQkqzvZ7o9h1xyS\"}", PF_CLASS_PAN_HASH_OPAQUE, 1, PF_PROBABLE, "" },
    { "pan_md5=q83vEjRWeJCrze8SNFZ4kA==\n", PF_CLASS_PAN_HASH_UNKEYED, 1, PF_PROBABLE, "" },
    { "pan_md5=q83vEjRWeJCrze8SNFZ4k\n", PF_CLASS_PAN_HASH_UNKEYED, 0, 0, "" },
    { "encrypted_pan: q83vEjRWeJCrze8SNFZ4kA==\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "card_number_enc: ENC(q83vEjRWeJCrze8SNFZ4kA==)\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "card.number.enc={cipher}aa11bb22cc33dd44ee55ff6677889900\n", PF_CLASS_PAN_ENC, 0, 0, "" },
    { "card_number_enc={cipher}aa11bb22cc33dd44ee55ff6677889900\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "card_number_enc=AES:q83vEjRWeJCrze8SNFZ4kA==\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "pan_encrypted=q83vEjRWeJCrze8SNFZ4kA:aa11bb22cc33dd44ee55ff6677889900\n", PF_CLASS_PAN_ENC, 1, PF_PROBABLE, "" },
    { "encryptedCardNumber=\"encryptedCardNumberFieldName\"\n", PF_CLASS_PAN_ENC, 0, 0, "" },
    { "card_reference=q83vEjRWeJCrze8SNFZ4kAqq\n", PF_CLASS_PAN_ENC, 0, 0, "" },
    /* stripes */
    { ";01" NUMBER "=392392000000000000000000000000000000?\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
    { ";4111111111111112=28122010000012300000?\n", PF_CLASS_SAD_TRACK, 1, PF_PROBABLE, "" },
    { "%B4111111111111112^YAMADA/TARO^28122010000012300000?\n", PF_CLASS_SAD_TRACK, 1, PF_PROBABLE, "" },
    { "%B4111111111111112^YAMADA/TARO^28132010000012300000?\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
    { "B4111111111111112^YAMADA/TARO^28122010000012300000\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
    { ";4111111111111112=28132010000012300000?\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
    { ";4111111111111112=28122010000000000000?\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
    { "Track4Data=a" NUMBER "2812000000000000000000000000000000000000000000000000\n", PF_CLASS_SAD_TRACK, 0, 0, "" },
};

START_TEST(texts)
{
    static struct kept kept;
    static char text[512];
    struct pf_detector *d = detector(0, true);
    int n = 0;

    search(d, text, complete(row[_i].text, strlen(row[_i].text), text), 0, &kept);
    for (size_t i = 0; i < kept.n; i++) {
        if (kept.finding[i].cls != row[_i].cls)
            continue;
        n++;
        ck_assert_msg(kept.finding[i].confidence == row[_i].sure, "%s: %d", row[_i].text, (int)kept.finding[i].confidence);
        ck_assert_str_eq(kept.finding[i].pan.text, row[_i].pan);
    }
    ck_assert_msg(n == row[_i].n, "%s: %d of %zu", row[_i].text, n, kept.n);
    pf_detector_free(d);
}
END_TEST

/* More codes than are listed are counted. */
START_TEST(many_are_counted)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    size_t cap = 40 * 300, n = 0;
    char *text = malloc(cap);

    for (unsigned i = 0; i < 300; i++)
        n += (size_t)snprintf(text + n, cap - n, "{\"id\":%u,\"cvv\":\"%03u\"}\n", i, i);
    search(d, text, n, 0, &kept);
    ck_assert_uint_eq(kept.n, PF_ELEMENTS_LISTED + 1);
    for (size_t i = 1; i < PF_ELEMENTS_LISTED; i++)
        ck_assert_uint_gt(kept.finding[i].offset, kept.finding[i - 1].offset);
    ck_assert_uint_eq(kept.finding[PF_ELEMENTS_LISTED].count, 300 - PF_ELEMENTS_LISTED);
    ck_assert_uint_eq(kept.finding[10].line, 11);
    pf_detector_free(d);
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("texts");
    TCase *tc = tcase_create("texts");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, texts, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, many_are_counted);
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
