/* links: requirements/judge pan-finder/base pan-finder/finding pan-finder/pattern tests/lib/judge  libs: -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8 */
#include "requirements/judge/scope.h"
#include "tests/lib/judge/judge_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "version: 1\nentity: {name: Shop, role: merchant}\n"
#define EMPTY "channels: []\nlocations: []\n"
#define SHOP "channels:\n  - {id: shop, channel: ec, flow: redirect}\n"
#define WEB "locations:\n  - id: web\n    path: /s\n"
#define SIGNED ", reason: r, by: b, when: 2026-11-01}\n"

/* Scope files with one thing wrong, where, and a word of what is said. */
static const struct { const char *what, *text, *place, *says; } broken[] = {
    { "empty", "", "line 1, column 1:", "empty" },
    { "only a comment", "# nothing\n", "line 1, column 1:", "empty" },
    { "not YAML", "version: [1\nentity: x\n", "line 2, column 7:", "not valid YAML" },
    { "a tab for indentation", HEAD "channels:\n\t- x\n", "line 4, column 1:", "not valid YAML" },
    { "a list at the top", "- 1\n", "line 1, column 1:", "" },
    { "a word at the top", "hello\n", "line 1, column 1:", "" },
    { "two documents", HEAD EMPTY "---\nversion: 1\n", "line 5, column 1:", "second document" },
    { "an alias", "version: &v 1\nentity: {name: *v, role: merchant}\n" EMPTY, "line 2, column 16:", "aliases" },
    { "a key twice", HEAD EMPTY "channels: []\n", "line 5, column 1:", "twice" },
    { "a key twice inside", HEAD SHOP "locations:\n  - id: web\n    path: /s\n    path: /t\n", "line 8, column 5:", "twice" },
    { "an unknown key at the top", HEAD EMPTY "chanels: []\n", "line 5, column 1:", "unknown key" },
    { "an unknown key inside", HEAD SHOP "locations:\n  - id: web\n    path: /s\n    requird: true\n", "line 8, column 5:", "unknown key" },
    { "a mapping as key", HEAD EMPTY "? {a: b}\n: c\n", "line 5, column 3:", "a key must be a word" },
    { "version missing", "entity: {name: Shop, role: merchant}\n" EMPTY, "line 1, column 1:", "\"version\" is missing" },
    { "locations missing", HEAD "channels: []\n", "line 1, column 1:", "\"locations\" is missing" },
    { "path missing", HEAD SHOP "locations:\n  - id: web\n", "line 6, column 5:", "\"path\" is missing" },
    { "a word where a number belongs", "version: one\nentity: {name: Shop, role: merchant}\n" EMPTY, "line 1, column 10:", "\"version\"" },
    { "a word where yes or no belongs", HEAD SHOP WEB "    required: perhaps\n", "line 8, column 15:", "required is true" },
    { "a list where a word belongs", HEAD SHOP "locations:\n  - id: [web]\n    path: /s\n", "line 6, column 9:", "locations[0].id" },
    { "another version", "version: 2\nentity: {name: Shop, role: merchant}\n" EMPTY, "line 1, column 10:", "version is 1" },
    { "an unknown role", "version: 1\nentity:\n  name: Shop\n  role: shopkeeper\n" EMPTY, "line 4, column 9:", "role is" },
    { "a blank name", "version: 1\nentity: {name: \"  \", role: merchant}\n" EMPTY, "line 2, column 16:", "empty" },
    { "an empty id", HEAD "channels:\n  - {id: \"\", channel: ec, flow: redirect}\nlocations: []\n", "line 4, column 10:", "channels[0].id" },
    { "an id with a space", HEAD "channels:\n  - {id: my shop, channel: ec, flow: redirect}\nlocations: []\n", "line 4, column 10:", "an id is" },
    { "a channel id twice", HEAD SHOP "  - {id: shop, channel: ec, flow: redirect}\nlocations: []\n", "line 5, column 10:", "earlier channel" },
    { "an unknown channel kind", HEAD "channels:\n  - {id: a, channel: shop, flow: redirect}\nlocations: []\n", "line 4, column 22:", "channel is ec" },
    { "an unknown flow", HEAD "channels:\n  - {id: a, channel: ec, flow: magic}\nlocations: []\n", "line 4, column 32:", "unknown flow" },
    { "a flow of another channel", HEAD "channels:\n  - {id: a, channel: ec, flow: ivr}\nlocations: []\n", "line 4, column 32:", "unknown flow" },
    { "a day that does not exist", HEAD "channels:\n  - {id: a, channel: ec, flow: redirect, tpsp_aoc_date: 2026-02-30}\nlocations: []\n", "line 4, column 57:", "not a day" },
    { "a relative path", HEAD SHOP "locations:\n  - id: web\n    path: srv/shop\n", "line 7, column 11:", "absolute" },
    { "an empty path", HEAD SHOP "locations:\n  - id: web\n    path: \"\"\n", "line 7, column 11:", "locations[0].path" },
    { "a location id twice", HEAD SHOP WEB "  - id: web\n    path: /t\n", "line 8, column 9:", "earlier location" },
    { "a path twice", HEAD SHOP WEB "  - id: two\n    path: /s\n", "line 9, column 11:", "this path and host" },
    { "an unknown owner", HEAD SHOP WEB "    owner: somebody\n", "line 8, column 12:", "owner is" },
    { "an unknown stage", HEAD SHOP WEB "    stage: later\n", "line 8, column 12:", "stage is" },
    { "an unknown kind of location", HEAD SHOP WEB "    kind: cellar\n", "line 8, column 11:", "unknown kind" },
    { "a queue that is none", HEAD SHOP WEB "    queue_max_age_hours: 3\n", "line 8, column 26:", "pre_auth" },
    { "a queue that waits for years", HEAD SHOP WEB "    stage: pre_auth\n    queue_max_age_hours: 99999\n", "line 9, column 26:", "8784" },
    { "a channel that is not there", HEAD SHOP WEB "    channels: [shop, phone]\n", "line 8, column 22:", "no channel" },
    { "an unknown kind of place", HEAD SHOP WEB "    covers: [web_tree, cellar]\n", "line 8, column 24:", "unknown kind of place" },
    { "an exclusion by nobody", HEAD SHOP WEB "    excluded: {reason: r, by: \" \", when: 2026-11-01}\n", "line 8, column 31:", "who" },
    { "an exclusion without a reason", HEAD SHOP WEB "    excluded: {reason: \" \", by: b, when: 2026-11-01}\n", "line 8, column 24:", "reason" },
    { "an exclusion without a day", HEAD SHOP WEB "    excluded: {reason: r, by: b, when: yesterday}\n", "line 8, column 40:", "not a day" },
    { "an absence without who", HEAD EMPTY "absent:\n  - {kinds: [mail], reason: r, when: 2026-11-01}\n", "line 6, column 5:", "\"by\" is missing" },
    { "an unknown absent kind", HEAD EMPTY "absent:\n  - {kinds: [mail, cellar]" SIGNED, "line 6, column 20:", "unknown kind of place" },
    { "no absent kind", HEAD EMPTY "absent:\n  - {kinds: []" SIGNED, "line 6, column 13:", "kinds" },
    { "a skip of nothing", HEAD EMPTY "accepted_skips:\n  - {gap: denied" SIGNED, "line 6, column 5:", "path or pattern" },
    { "a skip of both", HEAD EMPTY "accepted_skips:\n  - {path: /a, pattern: /b" SIGNED, "line 6, column 5:", "path or pattern" },
    { "a skip of a relative path", HEAD EMPTY "accepted_skips:\n  - {path: a" SIGNED, "line 6, column 12:", "absolute" },
    { "a skip of everything", HEAD EMPTY "accepted_skips:\n  - {pattern: \"/*\"" SIGNED, "line 6, column 15:", "name something" },
    { "a skip of an unknown gap", HEAD EMPTY "accepted_skips:\n  - {path: /a, gap: bored" SIGNED, "line 6, column 21:", "reason" },
    { "an unknown question", HEAD EMPTY "attestations:\n  - {id: why, answer: yes, by: b, when: 2026-11-01}\n", "line 6, column 10:", "unknown question" },
    { "an answer that is none", HEAD EMPTY "attestations:\n  - {id: pim_followed, answer: maybe, by: b, when: 2026-11-01}\n", "line 6, column 32:", "yes or no" },
    { "an answer for no channel", HEAD EMPTY "attestations:\n  - {id: pim_followed, channel: x, answer: yes, by: b, when: 2026-11-01}\n", "line 6, column 33:", "no channel" },
    { "a question answered twice", HEAD EMPTY "attestations:\n  - {id: pim_followed, answer: yes, by: b, when: 2026-11-01}\n"
      "  - {id: pim_followed, answer: no, by: b, when: 2026-11-01}\n", "line 7, column 10:", "answered already" },
    { "an answer that runs out on no day", HEAD EMPTY "attestations:\n  - {id: pim_followed, answer: yes, by: b, when: 2026-11-01, until: never}\n", "line 6, column 69:", "not a day" },
    { "a run that may be any age", HEAD EMPTY "policy: {max_run_age_days: 9999}\n", "line 5, column 28:", "1 to 366" },
    { "a run of no age", HEAD EMPTY "policy: {max_run_age_days: 0}\n", "line 5, column 28:", "1 to 366" },
    { "a negative age", HEAD EMPTY "policy: {max_run_age_days: -3}\n", "line 5, column 28:", "max_run_age_days" },
    { "a change on no day", HEAD EMPTY "policy: {significant_change: soon}\n", "line 5, column 30:", "not a day" },
    { "an exception without a reason", HEAD EMPTY "detection: {ignore: {paths: [{path: /a}]}}\n", "line 5, column 30:", "\"reason\" is missing" },
    { "an exception with a blank reason", HEAD EMPTY "detection: {ignore: {paths: [{path: /a, reason: \" \"}]}}\n", "line 5, column 49:", "empty" },
    { "everything left out", HEAD EMPTY "detection: {ignore: {paths: [{path: \"/*\", reason: r}]}}\n", "line 5, column 37:", "name something" },
    { "a number that is too short", HEAD EMPTY "detection: {ignore: {numbers: [{number: 411, reason: r}]}}\n", "line 5, column 41:", "12 to 19 digits" },
    { "a number with letters", HEAD EMPTY "detection: {ignore: {numbers: [{number: 41111x111111111, reason: r}]}}\n", "line 5, column 41:", "12 to 19 digits" },
    { "a pattern that is none", HEAD EMPTY "detection:\n  ignore:\n    patterns:\n      - pattern: '(a'\n        reason: r\n", "line 8, column 18:", "missing closing parenthesis" },
    { "a rule whose pattern is none", HEAD EMPTY "detection:\n  rules:\n    - {name: a, pattern: 'a*', effect: card, reason: r}\n    - {name: b, pattern: '[', effect: card, reason: r}\n", "line 8, column 26:", "not a pattern" },
    { "a rule of no effect", HEAD EMPTY "detection:\n  rules:\n    - {name: a, pattern: a, effect: drop, reason: r}\n", "line 7, column 37:", "effect is" },
    { "a rule with a blank in its name", HEAD EMPTY "detection:\n  rules:\n    - {name: a b, pattern: a, effect: card, reason: r}\n", "line 7, column 14:", "a name is" },
    { "nested beyond reason", HEAD EMPTY "policy: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n", "line 5, column 24:", "nested" },
};

/* Where the message stands: "scope file: line L, column C: ...". */
START_TEST(a_broken_scope_file_is_refused_with_its_place)
{
    struct judged j;
    char place[64];

    judge_run(&j, broken[_i].text, "", NULL);
    (void)snprintf(place, sizeof place, "scope file: %s", broken[_i].place);
    ck_assert_msg(j.status == PF_E_USAGE, "%s: status %d: %s", broken[_i].what, (int)j.status, j.err.text);
    ck_assert_msg(strncmp(j.err.text, place, strlen(place)) == 0, "%s: %s, wanted %s", broken[_i].what, j.err.text, broken[_i].place);
    ck_assert_msg(strstr(j.err.text, broken[_i].says) != NULL, "%s: %s", broken[_i].what, j.err.text);
    ck_assert_msg(j.text == NULL || j.text[0] == '\0', "%s: something was judged", broken[_i].what);
    judge_release(&j);
}
END_TEST

/* Made here from digits: 16 of them, Luhn holds. */
static void write_number(char *out, const char *gap)
{
    size_t at = 0;

    for (int i = 0; i < 16; i++) {
        if (i > 0 && i % 4 == 0)
            for (const char *g = gap; *g != '\0'; g++)
                out[at++] = *g;
        out[at++] = (char)(i == 0 ? '4' : '1');
    }
    out[at] = '\0';
}

START_TEST(a_card_number_in_a_scope_file_is_refused_and_not_repeated)
{
    static const char *const gaps[] = { "", "-", " " };
    char number[32], text[512];
    struct judged j;

    write_number(number, gaps[_i]);
    (void)snprintf(text, sizeof text, HEAD "channels: []\nlocations:\n  - id: web\n    path: /srv/%s/x\n", number);
    judge_run(&j, text, "", NULL);
    ck_assert_int_eq(j.status, PF_E_USAGE);
    ck_assert_str_eq(j.err.text, "scope file: line 6, column 11: this looks like a card number, and a scope file must not hold one");
    judge_release(&j);
}
END_TEST

START_TEST(a_card_number_may_stand_where_it_is_to_be_ignored)
{
    char number[32], text[512];
    struct judged j;

    write_number(number, "-");
    (void)snprintf(text, sizeof text, HEAD EMPTY "detection: {ignore: {numbers: [{number: %s, reason: r}]}}\n", number);
    judge_run(&j, text, "", NULL);
    ck_assert_msg(j.status == PF_OK, "%s", j.err.text);
    judge_release(&j);
    (void)snprintf(text, sizeof text, HEAD EMPTY "detection: {ignore: {paths: [{path: /a, reason: %s}]}}\n", number);
    judge_run(&j, text, "", NULL);
    ck_assert_str_eq(j.err.text, "scope file: line 5, column 49: this looks like a card number, and a scope file must not hold one");
    judge_release(&j);
}
END_TEST

/* Cut and flipped bytes: refused or accepted, never a crash, never the bytes in the text. */
START_TEST(a_mutated_scope_file_ends_in_a_message)
{
    static const char whole[] = HEAD SHOP WEB "    covers: [web_tree]\n    stage: post_auth\nabsent:\n  - {kinds: [mail]" SIGNED
        "attestations:\n  - {id: pim_followed, answer: yes, by: b, when: 2026-11-01}\npolicy: {max_run_age_days: 30}\n";
    unsigned seed = 7u + (unsigned)_i;

    for (int round = 0; round < 400; round++) {
        char text[sizeof whole];
        size_t len = sizeof whole - 1, at;
        struct req_scope *scope = NULL;
        struct req_marks marks;
        struct pf_error err = { "" };

        memcpy(text, whole, sizeof whole);
        for (int k = 0; k < 3; k++) {
            seed = seed * 1103515245u + 12345u;
            at = (seed >> 8) % len;
            if (seed >> 30 == 0)
                len = at + 1;
            else
                text[at] = (char)("\n:-[]{}&*#\"' \t0az\xff"[(seed >> 4) % 19]);
        }
        if (req_scope_parse(&scope, &marks, text, len, &err) == PF_OK) {
            req_scope_free(scope);
            req_marks_release(&marks);
        } else {
            ck_assert_msg(strncmp(err.text, "line ", 5) == 0, "%s", err.text);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scope");
    TCase *tc = tcase_create("scope");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, a_broken_scope_file_is_refused_with_its_place, 0, (int)(sizeof broken / sizeof broken[0]));
    tcase_add_loop_test(tc, a_card_number_in_a_scope_file_is_refused_and_not_repeated, 0, 3);
    tcase_add_test(tc, a_card_number_may_stand_where_it_is_to_be_ignored);
    tcase_add_loop_test(tc, a_mutated_scope_file_ends_in_a_message, 0, 4);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
