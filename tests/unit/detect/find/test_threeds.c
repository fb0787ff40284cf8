/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Messages of 3-D Secure, and numbers in fields for tokens, through the whole detector. */
#include "tests/lib/collect.h"

#include <check.h>

#define FRESH "{453201511283036}"

static const struct { const char *what, *text; enum pf_class cls; enum pf_confidence sure; const char *reason; bool has; } row[] = {
    { "AReq", "{\"messageType\":\"AReq\",\"acctNumber\":\"" FRESH "\",\"cardExpiryDate\":\"2812\"}", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", true },
    { "transaction id behind", "{\"acctNumber\" : \"" FRESH "\",\n\"threeDSServerTransID\":\"8a880dc0-d2d2-4067-bcb1-b08d1690b26e\"}", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", true },
    { "in a string of JSON", "{\"m\":\"{\\\"messageType\\\":\\\"AReq\\\",\\\"acctNumber\\\":\\\"" FRESH "\\\"}\"}", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", true },
    { "1.0.2", "<ThreeDSecure><Message><CRReq><pan>" FRESH "</pan></CRReq></Message></ThreeDSecure>", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", true },
    { "another message", "{\"messageType\":\"0100\",\"pan\":\"" FRESH "\"}", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", false },
    { "another field", "{\"messageType\":\"AReq\",\"x\":\"" FRESH "\"}", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "3ds-message", false },
    { "called a token", "{\"card_token\":\"" FRESH "\"}", PF_CLASS_TOKEN_SUSPECT, PF_POSSIBLE, "reduced-words", true },
    { "a column of tokens", "id,card_token\n1," FRESH "\n2,{542523343010991}\n3,{601100099013942}\n", PF_CLASS_TOKEN_SUSPECT, PF_POSSIBLE, "other-column", true },
    { "a token beside, the number is called one", "token=1&card_number=" FRESH, PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "card-field", true },
    { "a token here, a card number there", "card_token=" FRESH "\n\n\n\ncard_number=" FRESH "\n", PF_CLASS_PAN_CLEAR, PF_CONFIRMED, "card-field", true },
};

START_TEST(fields_say_more)
{
    static struct kept kept;
    static char text[512];
    struct pf_detector *d = detector(0, true);
    bool has = false;

    search(d, text, complete(row[_i].text, strlen(row[_i].text), text), 0, &kept);
    ck_assert_msg(kept.n >= 1, "%s", row[_i].what);
    ck_assert_msg(kept.finding[0].cls == row[_i].cls, "%s: %s", row[_i].what, pf_class_name(kept.finding[0].cls));
    for (unsigned i = 0; i < kept.finding[0].n_reasons; i++)
        has |= strcmp(kept.finding[0].reasons[i], row[_i].reason) == 0;
    ck_assert_msg(has == row[_i].has, "%s: %s", row[_i].what, row[_i].reason);
    ck_assert_msg(!row[_i].has || kept.finding[0].confidence == row[_i].sure, "%s: %s", row[_i].what, pf_confidence_name(kept.finding[0].confidence));
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("threeds");
    TCase *tc = tcase_create("threeds");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, fields_say_more, 0, (int)(sizeof row / sizeof row[0]));
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_ENV);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed != 0;
}
