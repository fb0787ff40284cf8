/* links: requirements/judge pan-finder/base pan-finder/finding pan-finder/pattern tests/lib/judge  libs: -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8 */
#include "tests/lib/judge/judge_case.h"
#include "pan-finder/finding/record.h"
#include "requirements/judge/data.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A worked case: what is declared, what was found, and what follows.
 *   fired   every verdict and note that fires, in the order of the rules
 *   said    some of the statuses: REQUIREMENT=STATUS, location:ID=CODE,
 *           coverage:ID=WORD, channel:ID=CODE, or the id of an assumption
 *   flags   all flags, in order; NULL: none */
static const struct {
    const char *what, *scope, *records, *code, *fired, *said, *flags;
} judge_case[] = {
#include "tests/unit/requirements/verdict_cases.def"
};
#define CASES (int)(sizeof judge_case / sizeof judge_case[0])

static void run_spec(struct judged *j, const char *scope, const char *records)
{
    struct pf_buf s = PF_BUF_INIT, r = PF_BUF_INIT;

    if (scope != NULL)
        judge_scope_text(&s, scope);
    judge_records_text(&r, records);
    judge_run(j, scope == NULL ? NULL : s.data, r.data == NULL ? "" : r.data, NULL);
    pf_buf_release(&s);
    pf_buf_release(&r);
}

/* Every text is in both languages, and the one word is never said. */
static void check_texts(const struct judged *j)
{
    static const char *const empty[] = { "\"en\":\"\"", "\"ja\":\"\"", "\"title\":{}", "\"text\":{}" };
    size_t en = 0, ja = 0;

    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        ck_assert_ptr_null(strstr(j->text, empty[i]));
    for (const char *at = j->text; (at = strstr(at, "\"en\":")) != NULL; at++)
        en++;
    for (const char *at = j->text; (at = strstr(at, "\"ja\":")) != NULL; at++)
        ja++;
    ck_assert_uint_eq(en, ja);
    ck_assert_uint_gt(en, 0);
    ck_assert_ptr_null(strcasestr(j->text, "compliant"));
    ck_assert_ptr_null(strstr(j->text, "準拠"));
}

START_TEST(a_worked_case_gives_its_verdict)
{
    struct judged j;
    char fired[256], flags[128];

    run_spec(&j, judge_case[_i].scope, judge_case[_i].records);
    ck_assert_msg(j.status == PF_OK, "%s: %s", judge_case[_i].what, j.err.text);
    ck_assert_msg(strcmp(req_code_id(j.code), judge_case[_i].code) == 0, "%s: %s, wanted %s; fired%s; said%s",
                  judge_case[_i].what, req_code_id(j.code), judge_case[_i].code, j.fired.data, j.said.data);
    (void)snprintf(fired, sizeof fired, " %s ", judge_case[_i].fired);
    ck_assert_msg(strcmp(j.fired.data, fired) == 0, "%s: fired%s, wanted%s", judge_case[_i].what, j.fired.data, fired);
    ck_assert_msg(judge_case[_i].said == NULL || judge_has_words(&j.said, judge_case[_i].said), "%s: said%s, wanted %s",
                  judge_case[_i].what, j.said.data, judge_case[_i].said);
    (void)snprintf(flags, sizeof flags, " %s%s", judge_case[_i].flags == NULL ? "" : judge_case[_i].flags,
                   judge_case[_i].flags == NULL ? "" : " ");
    ck_assert_msg(strcmp(j.flags.data, flags) == 0, "%s: flags%s, wanted%s", judge_case[_i].what, j.flags.data, flags);
    check_texts(&j);
    judge_release(&j);
}
END_TEST

static const char clean_scope[] =
    "channel shop ec redirect; place web /s covers=web_tree; absent all";

START_TEST(every_gap_reason_blocks_a_positive_status_unless_it_is_a_note)
{
    enum pf_gap_reason reason = (enum pf_gap_reason)_i;
    static const char *const shapes[] = { "gap /s/x %s", "unread /s/x %s", "partial /s/x %s", "read /s/x; gap /s/x>m %s",
                                          "gap /s %s" };

    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++) {
        for (int scoped = 0; scoped < 1 + (k == 0); scoped++) {
            char records[256], line[128];
            struct judged j;

            (void)snprintf(line, sizeof line, shapes[k], pf_gap_name(reason));
            (void)snprintf(records, sizeof records, "read /s/a; %s", line);
            run_spec(&j, scoped ? clean_scope : NULL, records);
            ck_assert_int_eq(j.status, PF_OK);
            if (pf_gap_is_note(reason))
                ck_assert_msg(j.code == REQ_N1, "%s: %s", records, req_code_id(j.code));
            else
                ck_assert_msg(j.code == REQ_N4, "%s: %s", records, req_code_id(j.code));
            judge_release(&j);
        }
    }
}
END_TEST

/* Random evidence from a fixed seed: with a gap anywhere at a required place
 * the status is never N1 or N2. */
START_TEST(gaps_never_give_a_positive_status)
{
    static const char *const line[] = {
        "read /s/a", "read /s/b kind=media", "TEST_PAN confirmed /s/a", "PAN_CLEAR possible /s/b", "CHD_NO_PAN probable /s/a",
        "PAN_CLEAR probable /s/a", "PAN_CLEAR confirmed /s/a", "TOKEN confirmed /s/c", "gap /s/fifo special", "read /t/z",
    };
    static const char *const blocks[] = { "gap /s/x denied", "partial /s/y damaged", "unread /s/z encrypted", "lost /s/q",
                                          "gap /s/m mount", "cut", "end status=interrupted", "end extra=1" };
    static const char *const flow[] = { "ec redirect", "f2f p2pe", "moto ivr", "f2f mpos" };
    unsigned seed = 20261125u + (unsigned)_i;

    for (int round = 0; round < 12; round++) {
        struct pf_buf scope = PF_BUF_INIT, records = PF_BUF_INIT;
        struct judged j;

        seed = seed * 1103515245u + 12345u;
        pf_buf_addf(&scope, "channel c %s; place web /s; absent all; attest p2pe_listing yes evidence=L1;"
                            "attest pim_followed yes; attest reader_listing yes evidence=L2", flow[seed >> 16 & 3]);
        for (unsigned i = 0; i < 4; i++) {
            seed = seed * 1103515245u + 12345u;
            pf_buf_addf(&records, "%s; ", line[(seed >> 16) % 10]);
        }
        pf_buf_adds(&records, "read /s/last; ");
        seed = seed * 1103515245u + 12345u;
        pf_buf_adds(&records, blocks[(seed >> 16) % 8]);
        run_spec(&j, (seed >> 20 & 1) != 0 ? scope.data : NULL, records.data);
        ck_assert_msg(j.status == PF_OK, "%s", j.err.text);
        ck_assert_msg(!req_code_positive(j.code), "%s gave %s", records.data, req_code_id(j.code));
        judge_release(&j);
        pf_buf_release(&scope);
        pf_buf_release(&records);
    }
}
END_TEST

/* Copies the rest of the line after `key`; false when `at` does not begin with it. */
static bool header(const char *at, const char *key, char out[64])
{
    size_t n = strlen(key), len = strcspn(at + (strncmp(at, key, n) == 0 ? n : 0), "\n");

    if (strncmp(at, key, n) != 0 || len >= 64)
        return false;
    memcpy(out, at + n, len);
    out[len] = '\0';
    return true;
}

static bool some_case_has(const char *word, bool in_fired)
{
    char wanted[160], text[2048];

    (void)snprintf(wanted, sizeof wanted, " %s ", word);
    for (int i = 0; i < CASES; i++) {
        const char *words = in_fired ? judge_case[i].fired : judge_case[i].said;

        (void)snprintf(text, sizeof text, " %s ", words == NULL ? "" : words);
        if (strstr(text, wanted) != NULL)
            return true;
    }
    return false;
}

/* A rule that no case makes fire is a rule that nobody tries. For requirements
 * the same holds of each status they can get. */
static void check_rules_of(const struct req_file *file)
{
    char id[64] = "", kind[64] = "", requirement[64] = "", result[64], word[160];

    for (const char *at = file->text; at != NULL; at = strchr(at, '\n'), at = at == NULL ? NULL : at + 1) {
        (void)header(at, "-- id: ", id);
        (void)header(at, "-- requirement: ", requirement);
        if (header(at, "-- kind: ", kind) && strcmp(kind, "requirement") != 0)
            ck_assert_msg(some_case_has(id, strcmp(kind, "assumption") != 0), "no case for rule %s", id);
        if (strcmp(kind, "requirement") == 0 && header(at, "-- result: ", result)) {
            (void)snprintf(word, sizeof word, "%s=%s", requirement, result);
            ck_assert_msg(some_case_has(word, false), "no case for %s", word);
        }
    }
}

START_TEST(every_rule_fires_in_some_case)
{
    for (size_t i = 0; i < req_embedded_count; i++)
        if (strncmp(req_embedded[i].name, "rules/", 6) == 0)
            check_rules_of(&req_embedded[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tc = tcase_create("verdict");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, a_worked_case_gives_its_verdict, 0, CASES);
    tcase_add_test(tc, every_rule_fires_in_some_case);
    tcase_add_loop_test(tc, every_gap_reason_blocks_a_positive_status_unless_it_is_a_note, 1, PF_GAP_COUNT);
    tcase_add_loop_test(tc, gaps_never_give_a_positive_status, 0, 5);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
