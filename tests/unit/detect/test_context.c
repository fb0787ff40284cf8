/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/context.h"
#include "pan-finder/detect/kernel/kernel.h"

#include <check.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAN "4111111111111111"
#define LEAST (-100)
#define MOST 100

/* What stands before and after the number; bounds of the score; flags that must be set and must not. */
static const struct {
    const char *what, *before, *after;
    int least, most;
    unsigned set, unset;
} row[] = {
    { "nothing", "", "", 0, 0, 0, ~0u },
    { "other digits", "1,2,3,", ",4,5", 0, 0, 0, ~0u },
    { "single letters", "2026-11-25T12:00:00Z,", ",Z", 0, 0, 0, ~0u },
    { "a phrase", "Card Number ", "", 4, MOST, PF_CONTEXT_CARD, PF_CONTEXT_FIELD },
    { "a phrase with a colon is a field", "Card number: ", "", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "JSON key", "{\"card_number\":\"", "\"}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "JSON key, camel case", "{\"cardNumber\" : \"", "\"}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "JSON key, suffix at a hump", "\"customerCardNumber\":\"", "\"", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "JSON inside a string", "{\\\"pan\\\":\\\"", "\\\"}", 1, MOST, PF_CONTEXT_FIELD, 0 },
    { "query string", "GET /pay?amount=12&cc_no=", "&exp=1227", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "form field with brackets", "card[number]=", "", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "XML element", "<CardNumber>", "</CardNumber>", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "PHP array", "'card_no' => '", "'", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "EMV 3DS field", "\"acctNumber\":\"", "\"", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "a field of another name", "{\"id\":\"", "\"}", 0, 0, 0, PF_CONTEXT_FIELD },
    { "order id", "\"order_id\":\"", "\"", LEAST, -3, PF_CONTEXT_OTHER_ID, PF_CONTEXT_FIELD },
    { "card number elsewhere, order id here", "\"card_number\":\"***\",\"order_id\":\"", "\"", LEAST, 0, PF_CONTEXT_OTHER_ID, PF_CONTEXT_FIELD },
    { "order id elsewhere, card number here", "\"order_id\":\"77\",\"card_number\":\"", "\",\"order_id\":\"9\"", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "a telephone before the card", "phone 03-1234-5678, card number ", "", 4, MOST, PF_CONTEXT_CARD, PF_CONTEXT_OTHER_ID },
    { "a telephone after the card", "Credit card: ", ", my phone is 03-1234-5678", 1, MOST, PF_CONTEXT_CARD, PF_CONTEXT_OTHER_ID },
    { "tracking number", "Tracking number ", "", LEAST, -3, PF_CONTEXT_OTHER_ID, 0 },
    { "weak words make one of a group", "visa mastercard jcb amex ", "", 1, 1, PF_CONTEXT_BRAND, 0 },
    { "brand and expiry", "visa ", " exp date 12/27", 3, MOST, PF_CONTEXT_BRAND | PF_CONTEXT_EXPIRY, 0 },
    { "code word", "", " cvv 123", 1, 3, PF_CONTEXT_CODE, 0 },
    { "payment words alone do not count", "refund of chargeback ", "", 0, 0, 0, PF_CONTEXT_PAYMENT },
    { "payment words beside a brand", "visa refund ", "", 2, MOST, PF_CONTEXT_PAYMENT, 0 },
    { "gift card number", "gift card number ", "", LEAST, -3, PF_CONTEXT_OTHER_CARD, PF_CONTEXT_CARD },
    { "gift card number as a name", "\"gift_card_no\":\"", "\"", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD | PF_CONTEXT_CARD },
    { "gift card number in a form", "gift card number: ", " visa exp date 12/27", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "membership", "membership_id=", "", LEAST, -3, PF_CONTEXT_FOREIGN, 0 },
    { "loyalty card", "loyaltyCardNumber=", "", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_CARD },
    { "identity card", "id_card_no=", "", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_CARD },
    { "score card", "scorecard_id=", "", LEAST, -3, PF_CONTEXT_FOREIGN, 0 },
    { "another word behind another card", "scorecard_amount=", "", LEAST, 0, 0, PF_CONTEXT_FOREIGN },
    { "line of a bank statement", "2024/05/30  クレジット引落  ", "  3,300円", LEAST, 0, 0, PF_CONTEXT_CARD },
    { "card directly before", "paid by card ", " today", 2, 3, PF_CONTEXT_CARD, PF_CONTEXT_FIELD },
    { "card, and something between", "the card is for 12 ", "", 0, 0, 0, PF_CONTEXT_CARD },
    { "Japanese card directly before", "上記カード(", ")にて決済", 2, 3, PF_CONTEXT_CARD, PF_CONTEXT_FIELD },
    { "Japanese card as a name", "カード：", "", 2, 3, PF_CONTEXT_CARD, PF_CONTEXT_FIELD },
    { "sound card directly before", "SD card ", "", LEAST, 0, 0, PF_CONTEXT_CARD },
    { "another card far before", "gift card number ", " is the name of a thing that we do sell", LEAST, 0, 0, PF_CONTEXT_CARD },
    { "another card, then a card number", "gift card 77, card number: ", "", 4, MOST, PF_CONTEXT_FIELD, PF_CONTEXT_FOREIGN },
    { "card number, then another card", "card_number=", " gift_card_no=77", 4, MOST, PF_CONTEXT_FIELD, PF_CONTEXT_FOREIGN },
    { "a gift card of a brand", "Visa gift card number ", "", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "Japanese point card number", "ポイントカード番号：", "", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "Japanese point card in JSON", "{\"ポイントカード番号\": \"", "\"}", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "T-Card", "Tカード番号 ", "", LEAST, -1, PF_CONTEXT_OTHER_CARD, PF_CONTEXT_CARD },
    { "credit card is no T-Card", "CREDITカード番号：", "", 4, MOST, PF_CONTEXT_FIELD, PF_CONTEXT_FOREIGN },
    { "nanaco", "nanaco番号=", "", LEAST, -3, PF_CONTEXT_FOREIGN, 0 },
    { "WAON", "WAONカード番号：", "", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "gift card, Japanese", "ギフトカード番号 ", "", LEAST, -3, PF_CONTEXT_OTHER_CARD, PF_CONTEXT_CARD },
    { "customer's card", "ご利用カード番号：", "", 4, MOST, PF_CONTEXT_FIELD, PF_CONTEXT_FOREIGN },
    { "parent in JSON", "{\"id\":1,\"card\":{\"brand\":\"x\",\"number\":\"", "\"}}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in JSON of several lines", "{\n \"card\": {\n  \"a\": {\"b\": [1, 2]},\n  \"x\": 1,\n  \"number\": \"", "\"\n }\n}\n", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent of a list in JSON", "{\"cards\": [{\"number\": \"77\"}, {\"number\": \"", "\"}]}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in YAML", "id: 5\ncard:\n  holder: x\n  y: 1\n  number: ", "\n", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent of a list in YAML", "cards:\n  - number: \"", "\"\n", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in Go", "msg={Card:{Number:", " ExpMonth:12}}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in JSON inside a string", "{\\\"card\\\":{\\\"number\\\":\\\"", "\\\"}}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in brackets, encoded", "POST a=1&card%5Bnumber%5D=", "&b=1", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent element", "<Card type=\"x\">\n<Exp>1</Exp><br/>\n<Number>", "</Number></Card>", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent element in a name space", "<n:Card><Number>", "</Number></n:Card>", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "attribute of an element", "<card x=\"1\" number=\"", "\"/>", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in GraphQL", "mutation { addCard(a: 1, number: \"", "\")", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in Java", "org.shop.CreditCard@1f2e[number=", "]", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "parent in PHP", "[card] => Array\n(\n [number] => ", "\n)", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "value of a card number", "\"cardNumber\":{\"value\":\"", "\"}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "path", "GET /api/v1/cards/", "/balance HTTP/1.1", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "path of other cards", "GET /api/gift-cards/", "/balance HTTP/1.1", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "path of something else", "GET /api/v1/items/", "/balance HTTP/1.1", 0, 0, 0, ~0u },
    { "tag beside the value", "[{\"tag\":\"5a\",\"value\":\"", "\"}]", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "another tag", "[{\"tag\":\"9f26\",\"value\":\"", "\"}]", LEAST, 0, 0, PF_CONTEXT_FIELD },
    { "field 2 of jPOS", "<isomsg>\n <field id=\"0\" value=\"0200\"/>\n <field id=\"2\" value=\"", "\"/>\n</isomsg>", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "field 11 of jPOS", "<isomsg>\n <field id=\"11\" value=\"", "\"/>\n</isomsg>", LEAST, 0, 0, PF_CONTEXT_FIELD },
    { "field 2 of a form", "<form>\n <field id=\"2\" value=\"", "\"/>\n</form>", LEAST, 0, 0, PF_CONTEXT_FIELD },
    { "tag of a print-out", "Tag 5A Len 08 Value ", "\nTag 5F24 Len 03 Value 280931", 3, 3, 0, PF_CONTEXT_FIELD },
    { "a sentence", "ok my card is ", " and it expires 08/29", 4, 4, 0, PF_CONTEXT_FIELD },
    { "card, not before the number", "the card is lost, ref ", "", LEAST, 0, 0, 0 },
    { "parent of something else", "{\"order\":{\"number\":\"", "\"}}", LEAST, 0, 0, PF_CONTEXT_FIELD },
    { "parent is another card", "{\"gift_card\":{\"number\":\"", "\"}}", LEAST, -3, PF_CONTEXT_FOREIGN, PF_CONTEXT_FIELD },
    { "sibling is a card", "{\"card\":{\"id\":7},\"number\":\"", "\"}", LEAST, 3, 0, PF_CONTEXT_FIELD },
    { "sibling element is a card", "<o><card><id>7</id></card><number>", "</number></o>", LEAST, 3, 0, PF_CONTEXT_FIELD },
    { "sibling block is a card", "card:\n  id: 7\nnumber: ", "\n", LEAST, 3, 0, PF_CONTEXT_FIELD },
    { "grandparent is a card", "{\"card\":{\"phone\":{\"number\":\"", "\"}}}", LEAST, 3, 0, PF_CONTEXT_FIELD },
    { "escaped label in JSON", "{\"msg\":\"\\u30ab\\u30fc\\u30c9\\u756a\\u53f7 ", "\"}", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "escaped name in JSON", "{\"\\u30ab\\u30fc\\u30c9\\u756a\\u53f7\":\"", "\"}", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "escaped name in properties", "\\u30ab\\u30fc\\u30c9\\u756a\\u53f7=", "\n", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "escaped label in HTML", "<td>&#12459;&#12540;&#12489;&#30058;&#21495;</td><td>", "</td>", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "escaped label in HTML, hexadecimal", "&#x30ab;&#x30fc;&#x30c9;&#x756a;&#x53f7;: ", "", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "escaped name in a form", "a=1&%E3%82%AB%E3%83%BC%E3%83%89%E7%95%AA%E5%8F%B7=", "&b=2", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "escaped blank in a form", "a=1&card%20number=", "&b=2", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "escaped name of another number", "\"\\u6ce8\\u6587\\u756a\\u53f7\":\"", "\"", LEAST, -3, PF_CONTEXT_OTHER_ID, PF_CONTEXT_FIELD },
    { "escapes that say nothing", "\"\\u6771\\u4eac\\u90fd\":\"", "\"", 0, 0, 0, ~0u },
    { "escape that is cut", "\"\\u6771\\u4e\":\"", "\"", 0, 0, 0, ~0u },
    { "no parent", "number=", "", 0, 0, 0, PF_CONTEXT_FIELD },
    { "masked_card_number is one name", "masked_card_number=", "", LEAST, 0, PF_CONTEXT_REDUCED, PF_CONTEXT_FIELD },
    { "part of a longer word", "discard number ", "", 0, 0, 0, PF_CONTEXT_CARD },
    { "part of a longer word, end", "card nothing ", "", LEAST, 3, 0, PF_CONTEXT_FIELD },
    { "a word of the line above", "card number\n", "", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "a word two lines above", "card number\nshirt\n", "", 0, 0, 0, PF_CONTEXT_CARD },
    { "an id of the line above", "order number\n", "", 0, 0, 0, PF_CONTEXT_OTHER_ID },
    { "out of reach", "card number .................................................................................. ", "", 0, 0, 0, PF_CONTEXT_CARD },
    { "GPIO pin", "gpio pin ", "", 0, 0, 0, 0 },
    { "Japanese field", "カード番号：", "", 4, MOST, PF_CONTEXT_FIELD, 0 },
    { "Japanese phrase", "お客様のクレジットカード番号は", "です", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "Japanese, half-width kana", "ｶｰﾄﾞ番号 ", "", 3, MOST, PF_CONTEXT_CARD, 0 },
    { "Japanese, full-width letters", "カードＮｏ ", "", 4, MOST, PF_CONTEXT_CARD, 0 },
    { "Japanese expiry after", "クレカ ", " 有効期限 12/27", 4, MOST, PF_CONTEXT_EXPIRY, 0 },
    { "Japanese order number", "注文番号 ", "", LEAST, -3, PF_CONTEXT_OTHER_ID, 0 },
    { "Japanese point card", "ポイントカード ", "", LEAST, -3, PF_CONTEXT_OTHER_ID, 0 },
    { "Japanese telephone", "電話番号：", "", LEAST, -3, PF_CONTEXT_OTHER_ID, 0 },
    { "Japanese words that mean nothing here", "東京都港区の倉庫に", "個", 0, 0, 0, ~0u },
};

static size_t convert(const char *charset, const char *text, char *out, size_t cap)
{
    iconv_t cd = iconv_open(charset, "UTF-8");
    char *in = (char *)(uintptr_t)text, *to = out;
    size_t left = strlen(text), room = cap;

    ck_assert(cd != (iconv_t)-1);
    ck_assert_msg(iconv(cd, &in, &left, &to, &room) != (size_t)-1, "%s: %s", charset, text);
    iconv_close(cd);
    return cap - room;
}

static void check_row(int i, const char *charset, unsigned dress)
{
    char bytes[2048];
    size_t start = convert(charset, row[i].before, bytes, sizeof bytes);
    size_t end = start + convert(charset, PAN, bytes + start, sizeof bytes - start);
    size_t len = end + convert(charset, row[i].after, bytes + end, sizeof bytes - end);
    struct pf_context c = pf_context_score((const uint8_t *)bytes, len, start, end, (uint8_t)dress);

    ck_assert_msg(c.score >= row[i].least && c.score <= row[i].most, "%s (%s): score %d", row[i].what, charset, c.score);
    ck_assert_msg((c.flags & row[i].set) == row[i].set, "%s (%s): flags %#x", row[i].what, charset, c.flags);
    ck_assert_msg(!(c.flags & row[i].unset), "%s (%s): flags %#x", row[i].what, charset, c.flags);
}

START_TEST(context_matches_table_in_every_charset)
{
    check_row(_i, "UTF-8", PF_DRESS_ASCII);
    check_row(_i, "CP932", PF_DRESS_ASCII);
    check_row(_i, "EUC-JP", PF_DRESS_ASCII);
    if (strncmp(row[_i].what, "escaped ", 8) == 0)
        return;                           /* escapes are read in bytes that are ASCII */
    check_row(_i, "UTF-16LE", PF_DRESS_UTF16LE);
    check_row(_i, "UTF-16BE", PF_DRESS_UTF16BE);
}
END_TEST

/* The quick look at the bytes must not miss what the full look finds: every
 * split of a word by its distance to block borders. */
START_TEST(distance_does_not_matter_within_reach)
{
    for (unsigned pad = 0; pad < 60; pad++) {
        char text[200];
        struct pf_context c;
        int n = snprintf(text, sizeof text, "12,card_number,%0*d,", (int)pad + 1, 0);

        memcpy(text + n, PAN, 16);
        c = pf_context_score((const uint8_t *)text, (size_t)n + 16, (size_t)n, (size_t)n + 16, PF_DRESS_ASCII);
        ck_assert_msg(c.score >= 4, "at %u: %d", pad, c.score);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tc = tcase_create("context");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, context_matches_table_in_every_charset, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, distance_does_not_matter_within_reach);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
