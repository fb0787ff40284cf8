/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/user_rule.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t key[PF_KEY_BYTES] = { 7 };

/* A pattern here is a plain text; "!" is one that is always given up. */
static int find_text(void *pattern, const uint8_t *text, size_t len, size_t from, size_t to)
{
    const char *word = pattern;
    const uint8_t *at = memmem(text, len, word, strlen(word));

    if (strcmp(word, "!") == 0)
        return -1;
    return at != NULL && (size_t)(at - text) <= to && (size_t)(at - text) + strlen(word) >= from;
}

static char parcel[] = "parcel ", member[] = "member ", give_up[] = "!";

static struct pf_user_rules some_rules(void)
{
    struct pf_user_rules rules = { .match = find_text, .n_patterns = 4 };

    rules.pattern[0] = (struct pf_user_pattern){ "slow", "slow", give_up, PF_USER_CARD };
    rules.pattern[1] = (struct pf_user_pattern){ "parcels", "", parcel, PF_USER_IGNORE };
    rules.pattern[2] = (struct pf_user_pattern){ "members", "", member, PF_USER_NOT_CARD };
    rules.pattern[3] = (struct pf_user_pattern){ "all", "", member + 6, PF_USER_CARD };   /* " " */
    return rules;
}

static const struct {
    const char *what, *text;         /* the number is its last four bytes */
    bool keep;
    unsigned user, ignored;
    enum pf_confidence confidence;
} row[] = {
    { "no rule speaks", "x1234", true, PF_USER_NONE, 0, PF_PROBABLE },
    { "a rule raises", "x 1234", true, PF_USER_CARD, 0, PF_CONFIRMED },
    { "the first rule that speaks wins", "member 1234", true, PF_USER_NOT_CARD, 0, PF_POSSIBLE },
    { "an exception changes nothing else", "parcel 1234", true, PF_USER_CARD, 2, PF_CONFIRMED },
    { "what is dropped stays dropped", "x 1234", false, PF_USER_NONE, 0, PF_PROBABLE },
};

START_TEST(rules_have_their_say)
{
    struct pf_user_rules rules = some_rules();
    struct pf_grade grade = { .keep = row[_i].keep, .confidence = PF_PROBABLE, .share = true };
    size_t len = strlen(row[_i].text);

    pf_user_rules_apply(&rules, (const uint8_t *)row[_i].text, len, len - 4, len, &grade);
    ck_assert_msg(grade.user == row[_i].user && grade.ignored == row[_i].ignored &&
                  grade.confidence == row[_i].confidence, "%s: user %u, ignored %u, confidence %u", row[_i].what,
                  grade.user, grade.ignored, grade.confidence);
    ck_assert_uint_eq(grade.share, row[_i].user == PF_USER_NONE);
    ck_assert_uint_eq(rules.slow, row[_i].keep ? 1 : 0);
}
END_TEST

START_TEST(patterns_see_so_far_and_no_farther)
{
    struct pf_user_rules rules = some_rules();
    uint8_t text[2 * PF_USER_REACH];
    struct pf_grade grade = { .keep = true };

    memset(text, 'x', sizeof text);
    memcpy(text, parcel, 7);
    pf_user_rules_apply(&rules, text, sizeof text, 7, 11, &grade);
    ck_assert_uint_eq(grade.ignored, 2);
    pf_user_rules_apply(&rules, text, sizeof text, PF_USER_REACH + 8, PF_USER_REACH + 12, &grade);
    ck_assert_uint_eq(grade.ignored, 0);
    ck_assert(!pf_user_rules_ignores(NULL, text, sizeof text, 7, 11));
}
END_TEST

static unsigned asked;

static int never_ends(void *pattern, const uint8_t *text, size_t len, size_t from, size_t to)
{
    (void)pattern, (void)text, (void)len, (void)from, (void)to;
    asked++;
    return -1;
}

START_TEST(a_pattern_that_takes_too_long_is_left_alone)
{
    struct pf_user_rules rules = { .match = never_ends, .n_patterns = 2 };
    static const uint8_t text[] = "x 4111111111111111";

    rules.pattern[0].effect = PF_USER_CARD;
    rules.pattern[1].effect = PF_USER_IGNORE;
    for (int object = 0; object < 2; object++) {
        asked = 0;
        rules.slow = 0;
        for (int i = 0; i < 1000; i++) {
            struct pf_grade grade = { .keep = true, .confidence = PF_PROBABLE };

            pf_user_rules_apply(&rules, text, 18, 2, 18, &grade);
            ck_assert_int_eq(grade.confidence, PF_PROBABLE);
        }
        ck_assert_uint_eq(asked, 2 * PF_USER_GIVE_UP);
        ck_assert_uint_eq(rules.slow, 3);
    }
}
END_TEST

/* The same number in many spellings, and what is none. */
static const struct { const char *text; bool ok; } written[] = {
    { "4111111111111111", true }, { "4111 1111-1111 1111", true }, { "4111.1111/1111_1111", true },
    { " 41-11-11-11-11-11-11-11 ", true }, { "4111111111111112", false }, { "1111111111111117", false },
    { "4111", false }, { "", false }, { "4111 1111 1111 111x", false }, { "41111111111111111111", false },
};

START_TEST(a_number_is_known_in_any_spelling)
{
    struct pf_user_rules rules = { .match = find_text };
    struct pf_finding f = { .cls = PF_CLASS_PAN_CLEAR };
    char fingerprint[PF_FINGERPRINT_HEX + 1];
    struct pf_error err = { "" };
    enum pf_status s = pf_written_fingerprint(key, written[_i].text, strlen(written[_i].text), fingerprint, &err);

    ck_assert_msg((s == PF_OK) == written[_i].ok, "row %d: %s", _i, err.text);
    if (s != PF_OK)
        return;
    ck_assert(pf_user_rules_number(&rules, fingerprint, "of the manual", &err) == PF_OK);
    pf_user_rules_ready(&rules);
    ck_assert(pf_written_fingerprint(key, written[0].text, strlen(written[0].text), f.fingerprint, &err) == PF_OK);
    pf_user_rules_mark(&rules, 0, &f);
    ck_assert_str_eq(f.ignored_by, "number");
    ck_assert_str_eq(f.ignored_reason, "of the manual");
    pf_user_rules_release(&rules);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("user_rule");
    TCase *tc = tcase_create("user_rule");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, rules_have_their_say, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_test(tc, patterns_see_so_far_and_no_farther);
    tcase_add_test(tc, a_pattern_that_takes_too_long_is_left_alone);
    tcase_add_loop_test(tc, a_number_is_known_in_any_spelling, 0, (int)(sizeof written / sizeof written[0]));
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
