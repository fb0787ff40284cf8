/* links: pan-finder/base pan-finder/finding  libs: -ljansson */
#include "pan-finder/finding/read.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const inner[] = { "data.tar", "a>b \"c\"\n" };

static struct pf_locus some_locus(void)
{
    struct pf_locus at = { .path = { "shop/old.zip", 12 }, .depth = 2 };

    for (size_t i = 0; i < 2; i++)
        at.inner[i] = (struct pf_name){ inner[i], strlen(inner[i]) };
    return at;
}

START_TEST(a_finding_that_was_written_is_read_back)
{
    struct pf_finding f = {
        .cls = PF_CLASS_PAN_CLEAR, .confidence = PF_CONFIRMED, .brand = "visa", .pan = { "411111******1111" },
        .digits = 16, .fingerprint = "00112233445566778899aabbccddeeff", .reasons = { "luhn", "key-name" },
        .n_reasons = 2, .encoding = "ascii", .where = "content", .offset = 1234567890123, .line = 7, .count = 3,
    };
    const struct pf_locus at = some_locus();
    struct pf_buf line = PF_BUF_INIT;
    struct pf_record rec;
    struct pf_error err;

    pf_record_finding(&line, &at, &f);
    ck_assert_int_eq(pf_record_parse(&rec, line.data, line.len, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_FINDING);
    ck_assert_str_eq(rec.at.path.text, "shop/old.zip");
    ck_assert_uint_eq(rec.at.depth, 2);
    ck_assert_str_eq(rec.at.inner[1].text, inner[1]);
    ck_assert_ptr_null(rec.path_pct);
    ck_assert_int_eq(rec.finding.cls, PF_CLASS_PAN_CLEAR);
    ck_assert_int_eq(rec.finding.confidence, PF_CONFIRMED);
    ck_assert_str_eq(rec.finding.pan.text, "411111******1111");
    ck_assert_str_eq(rec.finding.fingerprint, f.fingerprint);
    ck_assert_uint_eq(rec.finding.offset, 1234567890123);
    ck_assert_uint_eq(rec.finding.line, 7);
    ck_assert_uint_eq(rec.finding.count, 3);
    ck_assert_uint_eq(rec.finding.n_reasons, 2);
    ck_assert_str_eq(rec.finding.reasons[1], "key-name");
    pf_record_release(&rec);
    pf_buf_release(&line);
}
END_TEST

START_TEST(an_object_and_a_gap_that_were_written_are_read_back)
{
    const struct pf_object_rec o = { .kind = "zip", .outcome = PF_PARTIAL, .reason = PF_GAP_damaged, .size = 9,
                                     .bytes = 5, .findings = 2, .shapes = 4, .luhn = 3, .mtime = 1700000000 };
    const struct pf_gap g = { .reason = PF_GAP_link_out, .detail = "words", .unread = 4 };
    const struct pf_locus at = { .path = { "a\xff", 2 } };
    struct pf_buf line = PF_BUF_INIT;
    struct pf_record rec;
    struct pf_error err;

    pf_record_object(&line, &at, &o);
    ck_assert_int_eq(pf_record_parse(&rec, line.data, line.len, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_OBJECT);
    ck_assert_str_eq(rec.path_pct, "a%FF");
    ck_assert_int_eq(rec.object.outcome, PF_PARTIAL);
    ck_assert_int_eq(rec.object.reason, PF_GAP_damaged);
    ck_assert_uint_eq(rec.object.luhn, 3);
    ck_assert_int_eq(rec.object.mtime, 1700000000);
    pf_record_release(&rec);
    pf_buf_clear(&line);
    pf_record_gap(&line, &at, &g);
    ck_assert_int_eq(pf_record_parse(&rec, line.data, line.len, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_GAP);
    ck_assert_int_eq(rec.gap.reason, PF_GAP_link_out);
    ck_assert(rec.note);
    ck_assert_uint_eq(rec.gap.unread, 4);
    pf_record_release(&rec);
    pf_buf_release(&line);
}
END_TEST

START_TEST(run_and_end_are_read)
{
    static const char run[] = "{\"record\":\"run\",\"schema\":1,\"run\":\"u\",\"host\":\"h\",\"roots\":[\"a\"],"
                              "\"roots_abs\":[\"/a\"],\"new_field\":{\"x\":1}}";
    static const char end[] = "{\"record\":\"end\",\"run\":\"u\",\"status\":\"complete\",\"objects\":5}\n";
    struct pf_record rec;
    struct pf_error err;

    ck_assert_int_eq(pf_record_parse(&rec, run, sizeof run - 1, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_RUN);
    ck_assert_uint_eq(pf_json_len(rec.run.roots_abs), 1);
    ck_assert_ptr_null(rec.run.looks_for);
    pf_record_release(&rec);
    ck_assert_int_eq(pf_record_parse(&rec, end, sizeof end - 1, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_END);
    ck_assert_int_eq(rec.end.objects, 5);
    ck_assert_int_eq(rec.end.gaps, -1);
    pf_record_release(&rec);
}
END_TEST

#define FINDING "{\"record\":\"finding\",\"path\":\"a\",\"class\":\"PAN_CLEAR\",\"confidence\":\"confirmed\""

/* Lines that are no records, and a word of what the error says. */
static const struct { const char *what, *line, *says; } broken[] = {
    { "nothing", "", "JSON" },
    { "not JSON", "hello", "JSON" },
    { "an array", "[1]", "object" },
    { "no kind", "{}", "record" },
    { "a kind that is no string", "{\"record\":1}", "record" },
    { "two documents", "{\"record\":\"x\"}{}", "JSON" },
    { "a key twice", "{\"record\":\"x\",\"record\":\"end\"}", "JSON" },
    { "run without its id", "{\"record\":\"run\",\"schema\":1}", "\"run\"" },
    { "run of another format", "{\"record\":\"run\",\"run\":\"u\",\"schema\":2}", "format" },
    { "end without status", "{\"record\":\"end\"}", "status" },
    { "object without a path", "{\"record\":\"object\",\"outcome\":\"read\"}", "path" },
    { "object without an outcome", "{\"record\":\"object\",\"path\":\"a\"}", "outcome" },
    { "object of a negative size", "{\"record\":\"object\",\"path\":\"a\",\"outcome\":\"read\",\"size\":-1}", "size" },
    { "gap without a reason", "{\"record\":\"gap\",\"path\":\"a\"}", "reason" },
    { "gap of an unknown reason", "{\"record\":\"gap\",\"path\":\"a\",\"reason\":\"bored\"}", "reason" },
    { "finding of an unknown class", "{\"record\":\"finding\",\"path\":\"a\",\"class\":\"X\",\"confidence\":\"confirmed\"}", "class" },
    { "finding without confidence", "{\"record\":\"finding\",\"path\":\"a\",\"class\":\"PAN_CLEAR\"}", "confidence" },
    { "member name that is no string", "{\"record\":\"object\",\"path\":\"a\",\"inner\":[1],\"outcome\":\"read\"}", "name" },
    { "number with its digits", FINDING ",\"pan\":\"41111111111x1111\"}", "masked" },
    { "number that shows seven", FINDING ",\"pan\":\"4111111*****1111\"}", "masked" },
    { "number that shows the last five", FINDING ",\"pan\":\"411111*****11111\"}", "masked" },
    { "number that is too long", FINDING ",\"pan\":\"411111**************1111\"}", "masked" },
    { "number that is too short to be hidden", FINDING ",\"pan\":\"4111111111\"}", "masked" },
    { "fingerprint that is not hex", FINDING ",\"fingerprint\":\"XY\"}", "fingerprint" },
    { "fingerprint that is too long", FINDING ",\"fingerprint\":\"00112233445566778899aabbccddeeff00\"}", "fingerprint" },
    { "digits beyond any card", FINDING ",\"digits\":20}", "digits" },
};

START_TEST(a_line_that_is_no_record_is_refused)
{
    struct pf_record rec;
    struct pf_error err = { "" };

    ck_assert_msg(pf_record_parse(&rec, broken[_i].line, strlen(broken[_i].line), &err) == PF_E_CORRUPT, "%s", broken[_i].what);
    ck_assert_msg(strstr(err.text, broken[_i].says) != NULL, "%s: %s", broken[_i].what, err.text);
}
END_TEST

START_TEST(a_clear_number_is_refused_and_not_repeated)
{
    char line[256] = FINDING ",\"pan\":\"";
    struct pf_record rec;
    struct pf_error err = { "" };
    size_t at = strlen(line);

    for (int i = 0; i < 16; i++)            /* a published test number, made here */
        line[at++] = (char)(i == 0 ? '4' : '1');
    memcpy(line + at, "\"}", 3);
    ck_assert_int_eq(pf_record_parse(&rec, line, strlen(line), &err), PF_E_CORRUPT);
    ck_assert_ptr_null(strstr(err.text, "4111"));
}
END_TEST

START_TEST(a_kind_made_later_is_passed_over)
{
    static const char line[] = "{\"record\":\"flow\",\"anything\":[{}]}";
    struct pf_record rec;
    struct pf_error err;

    ck_assert_int_eq(pf_record_parse(&rec, line, sizeof line - 1, &err), PF_OK);
    ck_assert_int_eq(rec.kind, PF_RECORD_OTHER);
    ck_assert_str_eq(rec.name, "flow");
    pf_record_release(&rec);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("read");
    TCase *tc = tcase_create("read");
    SRunner *runner;
    int failed;

    tcase_add_test(tc, a_finding_that_was_written_is_read_back);
    tcase_add_test(tc, an_object_and_a_gap_that_were_written_are_read_back);
    tcase_add_test(tc, run_and_end_are_read);
    tcase_add_loop_test(tc, a_line_that_is_no_record_is_refused, 0, (int)(sizeof broken / sizeof broken[0]));
    tcase_add_test(tc, a_clear_number_is_refused_and_not_repeated);
    tcase_add_test(tc, a_kind_made_later_is_passed_over);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
