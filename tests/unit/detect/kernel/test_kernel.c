/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -ljansson -lsodium */
/* Every kernel against the oracle, on buffers that end at an unreadable page. */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/kernel/dress.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROOM = 64 * 1024, RUNS_MAX = 8192 };

static uint8_t *page_end;      /* one past the last readable byte */
static uint64_t seed;

static unsigned rnd(unsigned below)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(seed >> 33) % below;
}

static void setup(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *map = mmap(NULL, ROOM + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert(map != MAP_FAILED);
    ck_assert(mprotect(map + ROOM, page, PROT_NONE) == 0);
    page_end = map + ROOM;
    seed = 20240229;
}

static void teardown(void)
{
    munmap(page_end - ROOM, ROOM + (size_t)sysconf(_SC_PAGESIZE));
}

struct runs { struct pf_run run[RUNS_MAX]; size_t n; };

static void collect(void *ctx, const struct pf_run *run, size_t n)
{
    struct runs *runs = ctx;

    ck_assert(n > 0 && runs->n + n <= RUNS_MAX);
    for (size_t i = 0; i < n; i++)
        runs->run[runs->n++] = run[i];
}

static bool same_run(const struct pf_run *a, const struct pf_run *b)
{
    return a->start == b->start && a->end == b->end && a->digits == b->digits && a->dress == b->dress;
}

/* Runs of `kernel` on the len bytes before the unreadable page. */
static const struct runs *runs_of(const struct pf_kernel *kernel, size_t len)
{
    static struct runs runs;

    runs.n = 0;
    kernel->digitrun(page_end - len, len, collect, &runs);
    return &runs;
}

static void compare(const struct pf_kernel *kernel, size_t len, const char *what)
{
    static struct runs want;
    const struct runs *got;

    want = *runs_of(pf_kernel_pick("scalar"), len);
    got = runs_of(kernel, len);
    for (size_t i = 0; i < want.n && i < got->n; i++)
        ck_assert_msg(same_run(&want.run[i], &got->run[i]),
                      "%s, %s, %zu bytes: run %zu is %u..%u/%u dress %u, not %u..%u/%u dress %u",
                      kernel->name, what, len, i, got->run[i].start, got->run[i].end,
                      got->run[i].digits, got->run[i].dress, want.run[i].start, want.run[i].end,
                      want.run[i].digits, want.run[i].dress);
    ck_assert_msg(want.n == got->n, "%s, %s, %zu bytes: %zu runs, not %zu", kernel->name, what, len,
                  got->n, want.n);
    ck_assert(kernel->newlines(page_end - len, len) ==
              pf_kernel_pick("scalar")->newlines(page_end - len, len));
}

/* Bytes that matter, so that random text is full of near misses. */
#define P(text) { text, sizeof text - 1 }
struct piece { const char *text; size_t len; };
static const struct { const char *what; struct piece piece[16]; unsigned pieces; } mix[] = {
    { "digits and separators", {
      P("4"), P("1"), P("2"), P("11"), P("1111"), P(" "), P("-"), P("."), P("\t"), P("_"),
      P("/"), P(" - "), P("x"), P(","), P("\n") }, 15 },
    { "mostly digits", {
      P("4"), P("5"), P("66"), P("777"), P("88888"), P("999999"), P(" "), P("\xe3\x80\x80"),
      P("a") }, 9 },
    { "high bytes", {
      P("4"), P("1"), P("\x80"), P("\xff"), P("\xa0"), P("\xc2\xa0"), P("\xe3\x83\xbc"),
      P("\x81|"), P("\x81@"), P("@"), P("77") }, 11 },
    { "utf-16", {
      P("4\0"), P("\0" "4"), P("5\0"), P("\0" "5"), P(" \0"), P("\0 "), P("\0"), P("9"),
      P("\x10 "), P(" \x10"), P("\x10\xff"), P("-\0") }, 12 },
    { "utf-16 le", {
      P("4\0"), P("5\0"), P("6\0"), P("7\0" "7\0"), P(" \0"), P("-\0"), P("\x10 "), P("a\0"),
      P("\0") }, 9 },
    { "utf-16 be", {
      P("\0" "4"), P("\0" "5"), P("\0" "7" "\0" "7"), P("\0 "), P("\0-"), P(" \x10"), P("\0a"),
      P("\0") }, 8 },
    { "full-width utf-8", {
      P("\xef\xbc\x91"), P("\xef\xbc\x99"), P("\xef\xbc\x8d"), P(" "), P("\xe3\x80\x80"),
      P("1"), P("\xef\xbc\x90\xef\xbc\x90") }, 7 },
    { "full-width sjis", {
      P("\x82\x4f"), P("\x82\x58"), P("\x82\x52\x82\x53"), P("\x81\x40"), P("\x81\x7c"),
      P("-"), P("\x82"), P("4"), P("\x81") }, 9 },
    { "full-width eucjp", {
      P("\xa3\xb0"), P("\xa3\xb9"), P("\xa3\xb3\xa3\xb4"), P("\xa1\xa1"), P("\xa1\xdd"),
      P("-"), P("\xa3"), P("4") }, 8 },
    { "all dresses", {
      P("4111111111111111"), P("\xef\xbc\x91"), P("\xa3\xb1"), P("\x82\x51"), P("4\0"),
      P("\0" "4"), P(" "), P("-"), P("\n"), P("x"),
      P("\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91"),
      P("\xa3\xb1\xa3\xb1\xa3\xb1\xa3\xb1"), P("\x82\x51\x82\x51\x82\x51\x82\x51"),
      P("4\0" "4\0" "4\0" "4\0"), P("1111") }, 15 },
};
enum { MIXES = sizeof mix / sizeof mix[0] };

static void fill_mix(size_t len, size_t m)
{
    uint8_t *at = page_end - len;
    unsigned favour = rnd(mix[m].pieces), often = rnd(4);

    while (at < page_end) {
        const struct piece *piece = &mix[m].piece[rnd(4) < often ? favour : rnd(mix[m].pieces)];
        size_t n = piece->len;

        if (n > (size_t)(page_end - at))
            n = (size_t)(page_end - at);
        memcpy(at, piece->text, n);
        at += n;
        if (rnd(40) == 0)
            favour = rnd(mix[m].pieces);
    }
}

START_TEST(kernels_agree_on_structured_bytes)
{
    unsigned tested = 0;

    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        if (!k->supported())
            continue;
        tested++;
        for (size_t len = 0; len < 700; len += 1 + rnd(5)) {
            fill_mix(len, (size_t)_i);
            compare(k, len, mix[_i].what);
        }
        for (int i = 0; i < 60; i++) {
            size_t len = 3900 + rnd(12000);

            fill_mix(len, (size_t)_i);
            compare(k, len, mix[_i].what);
        }
    }
    ck_assert_msg(tested >= 2, "no kernel but the oracle was tested");
}
END_TEST

START_TEST(kernels_agree_on_random_bytes)
{
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        if (!k->supported())
            continue;
        for (int i = 0; i < 200; i++) {
            static const uint8_t some[] = "0123456789 -\0\x82\xa3\xef\xbc\x90\x81";
            size_t len = rnd(i < 150 ? 1000 : ROOM);
            bool few = rnd(2) == 0;

            for (uint8_t *p = page_end - len; p < page_end; p++)
                *p = few ? some[rnd(sizeof some - 1)] : (uint8_t)rnd(256);
            compare(k, len, few ? "few byte values" : "random bytes");
        }
    }
}
END_TEST

/* One number at every place around the borders of words, blocks and stripes. */
START_TEST(number_is_found_at_every_place)
{
    static const struct { const char *text; size_t n; enum pf_dress dress; } form[] = {
        { "411111111111", 12, PF_DRESS_ASCII },
        { "4 - 1 - 1 - 1 - 1 - 1 - 1 - 1 - 1 - 1 - 1 - 1", 45, PF_DRESS_ASCII },
        { "4\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0", 24, PF_DRESS_UTF16LE },
        { "\x82\x53\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50\x82\x50", 24, PF_DRESS_FW_SJIS },
    };
    enum { LEN = 9000 };

    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        if (!k->supported())
            continue;
        for (size_t f = 0; f < sizeof form / sizeof form[0]; f++)
            for (size_t at = 0; at + form[f].n <= LEN; at += at < 4000 && at > 200 ? 61 : 1) {
                const struct runs *runs;
                size_t i = 0;

                memset(page_end - LEN, 'x', LEN);
                memcpy(page_end - LEN + at, form[f].text, form[f].n);
                runs = runs_of(k, LEN);
                while (i < runs->n && runs->run[i].dress != form[f].dress)
                    i++;
                ck_assert_msg(i < runs->n, "%s: form %zu not found at %zu", k->name, f, at);
                ck_assert_uint_eq(runs->run[i].start, at);
                ck_assert_uint_eq(runs->run[i].end, at + form[f].n);
                ck_assert_uint_eq(runs->run[i].digits, 12);
            }
    }
}
END_TEST

static const struct { const char *what, *text; size_t n; const char *name; } alone[] = {
    { "ascii", "4111 1111-1111", 14, "ascii" },
    { "big endian", "\0" "4\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1\0" "1", 24, "utf16be" },
    { "euc-jp", "\xa3\xb4\xa3\xb1\xa3\xb1\xa3\xb1\xa1\xdd\xa3\xb1\xa3\xb1\xa3\xb1\xa3\xb1\xa1\xdd\xa3\xb1\xa3\xb1\xa3\xb1\xa3\xb1", 28, "fullwidth-eucjp" },
    { "eleven digits", "41111111111", 11, NULL },
    { "a gap of four bytes", "411111    111111", 16, NULL },
    { "a comma is no gap", "411111,111111", 13, NULL },
    { "the tail of a log line", "HTTP/1.1\" 200 1234 0.123 \"-\"", 28, NULL },
    { "status, size, no referrer", "200 12345 \"-\"", 13, NULL },
    { "time stamp", "[12/Mar/2024:10:00:01 +0900]", 28, NULL },
};

START_TEST(only_long_runs_are_reported)
{
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        const struct runs *runs;

        if (!k->supported())
            continue;
        memcpy(page_end - alone[_i].n, alone[_i].text, alone[_i].n);
        runs = runs_of(k, alone[_i].n);
        ck_assert_msg(runs->n == (alone[_i].name != NULL), "%s: %s", k->name, alone[_i].what);
        if (runs->n == 1)
            ck_assert_str_eq(pf_dress_name((enum pf_dress)runs->run[0].dress), alone[_i].name);
    }
}
END_TEST

static const struct { const char *what, *text; bool look; unsigned shape; } plain[] = {
    { "passes", "4111111111111111", true, 0 },
    { "fails Luhn", "4111111111111112", false, 1 },
    { "fails Luhn, 15 digits", "378282246310006", false, 1 },
    { "passes, 15 digits", "378282246310005", true, 0 },
    { "passes, 13 digits", "4222222222222", true, 0 },
    { "no brand", "0111111111111111", false, 0 },
    { "no length of the brand", "411111111111111", false, 0 },
    { "begins like filler", "5555111111111112", true, 0 },
    { "fails Luhn, and a brand has such numbers", "6210987654321098", true, 0 },
    { "17 digits are not for the kernel", "41111111111111111", true, 0 },
};

/* One row at a time, at every place in a batch of others. */
START_TEST(first_look_decides_by_range_and_luhn)
{
    size_t n = strlen(plain[_i].text);
    uint8_t *buf = page_end - 16 - n;

    memset(buf, '0', 16);
    memcpy(buf + 16, plain[_i].text, n);
    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
        for (size_t at = 0; k->supported() && at < 20; at++) {
            struct pf_run run[20];
            uint64_t shapes[PF_PAN_MAX + 1] = { 0 }, look;

            for (size_t i = 0; i < 20; i++)
                run[i] = (struct pf_run){ 0, 16, 16, PF_DRESS_ASCII };
            run[at] = (struct pf_run){ 16, 16 + (uint32_t)n, (uint32_t)n, PF_DRESS_ASCII };
            look = k->plain(buf, run, at + 1, shapes);
            ck_assert_msg(look == (uint64_t)plain[_i].look << at, "%s: %s", k->name, plain[_i].what);
            ck_assert_msg(shapes[n] == plain[_i].shape, "%s: %s, shapes", k->name, plain[_i].what);
        }
    }
}
END_TEST

START_TEST(first_looks_agree)
{
    for (int round = 0; round < 3000; round++) {
        uint64_t want_shapes[PF_PAN_MAX + 1] = { 0 }, want;
        uint8_t *buf = page_end - 2048;
        struct pf_run run[64];
        size_t n = rnd(64) + 1;

        for (size_t i = 0; i < 2048; i++)
            buf[i] = (uint8_t)('0' + (rnd(3) ? rnd(10) : 4));
        for (size_t i = 0; i < n; i++) {
            uint32_t size = 12 + rnd(8), start = rnd(2048 - size + 1);

            run[i] = (struct pf_run){ start, start + size, rnd(8) ? size : size - 1,
                                      rnd(8) ? PF_DRESS_ASCII : rnd(PF_DRESS_COUNT) };
        }
        want = pf_portable_plain(buf, run, n, want_shapes);
        for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++) {
            uint64_t shapes[PF_PAN_MAX + 1] = { 0 };

            if (!k->supported())
                continue;
            ck_assert_msg(k->plain(buf, run, n, shapes) == want, "%s: other runs to look at", k->name);
            ck_assert_mem_eq(shapes, want_shapes, sizeof shapes);
        }
    }
}
END_TEST

START_TEST(pick_knows_names)
{
    ck_assert_ptr_nonnull(pf_kernel_pick(NULL));
    ck_assert_ptr_eq(pf_kernel_pick("auto"), pf_kernel_pick(NULL));
    ck_assert_str_eq(pf_kernel_pick("scalar")->name, "scalar");
    ck_assert_str_eq(pf_kernel_pick("stride")->name, "stride");
    ck_assert_ptr_null(pf_kernel_pick("abacus"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernel");
    TCase *tc = tcase_create("kernel");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, kernels_agree_on_structured_bytes, 0, MIXES);
    tcase_add_test(tc, kernels_agree_on_random_bytes);
    tcase_add_test(tc, number_is_found_at_every_place);
    tcase_add_loop_test(tc, only_long_runs_are_reported, 0, sizeof alone / sizeof alone[0]);
    tcase_add_loop_test(tc, first_look_decides_by_range_and_luhn, 0, sizeof plain / sizeof plain[0]);
    tcase_add_test(tc, first_looks_agree);
    tcase_add_test(tc, pick_knows_names);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
