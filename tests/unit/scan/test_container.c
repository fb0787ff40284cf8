/* links: pan-finder/base pan-finder/object pan-finder/finding pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/decode pan-finder/scan  libs: -lsodium -ljansson -lm */
/* A scan against parsers that say anything: scripts of events in place of a
 * process, among them what a parser that was taken over could send. */
#include "pan-finder/scan/scan.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TEXT "card number 378282246310005\n"
#define M(name) { PF_PARSER_MEMBER, PF_OK, name }
#define D(text) { PF_PARSER_DATA, PF_OK, text }
#define E(status) { PF_PARSER_MEMBER_END, status, "" }
#define DONE(status) { PF_PARSER_DONE, status, "378282246310005" }
#define CRASH { PF_PARSER_CRASHED, PF_OK, "" }
#define HANG { PF_PARSER_TIMEOUT, PF_OK, "" }

struct event { enum pf_parser_event event; enum pf_status status; const char *text; };

static const struct {
    const char *what;
    struct event script[12];
    const char *want[4];       /* parts that must stand in the records */
} cases[] = {
    { "a member is searched", { M("a"), D(TEXT), E(PF_OK), DONE(PF_OK) },
      { "\"inner\":[\"a\"],\"where\":\"content\"", "\"kind\":\"gzip\",\"outcome\":\"read\"" } },
    { "a number over two messages is found once",
      { M("a"), D("card number 3782822"), D("46310005\n"), E(PF_OK), DONE(PF_OK) },
      { "\"pan\":\"378282*****0005\"", "\"count\":1}" } },
    { "an encrypted member is a gap", { M("a"), E(PF_E_ENCRYPTED), DONE(PF_OK) },
      { "\"outcome\":\"unread\",\"reason\":\"encrypted\"", "\"record\":\"gap\"" } },
    { "a crash keeps what came before", { M("a"), D(TEXT), CRASH },
      { "\"pan\":\"378282*****0005\"", "\"reason\":\"crashed\"" } },
    { "a crash at once is tried again, then raw", { CRASH, CRASH },
      { "\"outcome\":\"unread\",\"reason\":\"crashed\"" } },
    { "a hang is a gap", { M("a"), HANG }, { "\"reason\":\"timeout\"" } },
    { "data outside a member is not taken", { D(TEXT), DONE(PF_OK) },
      { "\"kind\":\"gzip\",\"outcome\":\"read\"" } },
    { "an end without a member is not taken", { E(PF_OK), E(PF_OK), DONE(PF_OK) },
      { "\"kind\":\"gzip\",\"outcome\":\"read\"" } },
    { "done inside a member ends it as damaged", { M("a"), D(TEXT), DONE(PF_OK) },
      { "\"pan\":\"378282*****0005\"", "\"reason\":\"damaged\"" } },
    { "a member inside a member ends the first as damaged", { M("a"), D(TEXT), M("b"), E(PF_OK), DONE(PF_OK) },
      { "\"inner\":[\"a\"],\"reason\":\"damaged\"", "\"inner\":[\"b\"]" } },
    { "a number in a member name is found and masked", { M("378282246310005.txt"), E(PF_OK), DONE(PF_OK) },
      { "\"inner\":[\"378282*****0005.txt\"]", "\"where\":\"name\"" } },
    { "an office document is not called read", { M("[Content_Types].xml"), D("x"), E(PF_OK), DONE(PF_OK) },
      { "\"reason\":\"unsupported\",\"detail\":\"office document" } },
    { "damage at the end is said", { M("a"), D("x"), E(PF_OK), DONE(PF_E_TRUNCATED) },
      { "\"kind\":\"gzip\",\"outcome\":\"partial\",\"reason\":\"truncated\"" } },
};

struct play { const struct event *script; size_t at; struct pf_buf records; unsigned opened; };

static bool fake_open(void *ctx, size_t depth, int fd, const char *kind)
{
    struct play *p = ctx;

    (void)depth;
    (void)fd;
    (void)kind;
    p->opened++;
    return true;
}

static void fake_next(void *ctx, size_t depth, struct pf_parser_msg *msg)
{
    struct play *p = ctx;
    const struct event *e = &p->script[p->at++];

    (void)depth;
    *msg = (struct pf_parser_msg){ .event = e->event, .status = e->status,
                                   .text = e->text == NULL ? "" : e->text };
    msg->len = strlen(msg->text);
}

static void fake_drop(void *ctx, size_t depth)
{
    (void)ctx;
    (void)depth;
}

static void on_records(void *ctx, const char *lines, size_t len)
{
    struct play *p = ctx;

    pf_buf_add(&p->records, lines, len);
}

static bool never(void *ctx) { (void)ctx; return false; }
static void on_progress(void *ctx, uint64_t bytes, bool of_root) { (void)ctx; (void)bytes; (void)of_root; }

static void play(struct play *p, const struct event *script)
{
    static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\3 and the rest";
    struct pf_detector_options options = { .regional = true };
    struct pf_scan_env env = {
        .parser = { fake_open, fake_next, fake_drop, p }, .depth_max = 4, .records = on_records,
        .stopped = never, .progress = on_progress, .ctx = p,
    };
    struct pf_entry entry = { .path = { "t/x.gz", 6 }, .detail = "", .size = sizeof head - 1 };
    struct pf_scan *scan;

    *p = (struct play){ .script = script, .records = PF_BUF_INIT };
    ck_assert_int_eq(pf_detector_new(&env.detector, &options, NULL), PF_OK);
    scan = pf_scan_new(&env);
    entry.fd = memfd_create("object", MFD_CLOEXEC);
    ck_assert_int_eq(write(entry.fd, head, sizeof head - 1), sizeof head - 1);
    ck_assert_int_eq(lseek(entry.fd, 0, SEEK_SET), 0);
    pf_scan_entry(scan, &entry);
    pf_scan_free(scan);
    pf_detector_free(env.detector);
}

START_TEST(events_become_records)
{
    struct play p;

    play(&p, cases[_i].script);
    for (size_t i = 0; i < 4 && cases[_i].want[i] != NULL; i++)
        ck_assert_msg(strstr(p.records.data, cases[_i].want[i]) != NULL, "%s: no %s", cases[_i].what,
                      cases[_i].want[i]);
    ck_assert_msg(strstr(p.records.data, "378282246310005") == NULL, "%s: a clear number", cases[_i].what);
    pf_buf_release(&p.records);
}
END_TEST

/* Members without end, and a stream without end: the budgets hold. */
static void endless_member(void *ctx, size_t depth, struct pf_parser_msg *msg)
{
    struct play *p = ctx;

    (void)depth;
    *msg = (struct pf_parser_msg){ .event = p->at++ % 2 == 0 ? PF_PARSER_MEMBER : PF_PARSER_MEMBER_END,
                                   .text = "m", .len = 1 };
}

static void endless_data(void *ctx, size_t depth, struct pf_parser_msg *msg)
{
    static const char zeros[64 * 1024];
    struct play *p = ctx;

    (void)depth;
    *msg = (struct pf_parser_msg){ .event = p->at++ == 0 ? PF_PARSER_MEMBER : PF_PARSER_DATA,
                                   .text = zeros, .len = p->at == 1 ? 1 : sizeof zeros };
}

static void count_only(void *ctx, const char *lines, size_t len)
{
    struct play *p = ctx;

    if (memmem(lines, len, "\"kind\":\"gzip\"", 13) != NULL)
        pf_buf_add(&p->records, lines, len);
}

START_TEST(budgets_end_what_does_not_end)
{
    struct pf_detector_options options = { .regional = true };
    struct play p = { .records = PF_BUF_INIT };
    struct pf_scan_env env = {
        .parser = { fake_open, _i == 0 ? endless_member : endless_data, fake_drop, &p }, .depth_max = 4,
        .records = count_only, .stopped = never, .progress = on_progress, .ctx = &p,
    };
    struct pf_entry entry = { .path = { "t/x.gz", 6 }, .detail = "", .size = 10 };
    struct pf_scan *scan;

    ck_assert_int_eq(pf_detector_new(&env.detector, &options, NULL), PF_OK);
    scan = pf_scan_new(&env);
    entry.fd = memfd_create("object", MFD_CLOEXEC);
    ck_assert_int_eq(write(entry.fd, "\x1f\x8b\x08\0\0\0\0\0\0\3", 10), 10);
    (void)lseek(entry.fd, 0, SEEK_SET);
    pf_scan_entry(scan, &entry);
    ck_assert(strstr(p.records.data, "\"outcome\":\"partial\",\"reason\":\"limit\"") != NULL);
    pf_scan_free(scan);
    pf_detector_free(env.detector);
    pf_buf_release(&p.records);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("container");
    TCase *t = tcase_create("container");
    SRunner *r = srunner_create(s);
    int failed;

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, events_become_records, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_loop_test(t, budgets_end_what_does_not_end, 0, 2);
    suite_add_tcase(s, t);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed == 0 ? 0 : 1;
}
