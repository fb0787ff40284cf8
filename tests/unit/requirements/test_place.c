/* links: requirements/judge pan-finder/base pan-finder/finding pan-finder/pattern  libs: -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8 */
#include "requirements/judge/place.h"
#include "requirements/judge/when.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *path, *normal; } normal_case[] = {
    { "/", "/" }, { "//", "/" }, { "/srv/shop/", "/srv/shop" }, { "/srv//shop/./a", "/srv/shop/a" },
    { "/srv/shop/../log", "/srv/log" }, { "/..", "/" }, { "/../../a", "/a" }, { "/a/..", "/" },
    { "-", "-" }, { "a/./b", "a/b" }, { "", "." }, { "./", "." }, { "/a/.../b", "/a/.../b" },
};

START_TEST(a_path_is_made_normal)
{
    struct pf_buf out = PF_BUF_INIT;

    pf_buf_adds(&out, "kept");
    req_path_normal(&out, normal_case[_i].path, strlen(normal_case[_i].path));
    ck_assert_str_eq(out.data + 4, normal_case[_i].normal);
    pf_buf_release(&out);
}
END_TEST

static const struct { const char *path, *host; int64_t id; } find_case[] = {
    { "/srv/shop", "a", 1 }, { "/srv/shop/x/y", "a", 1 }, { "/srv/shopping", "a", 0 }, { "/srv", "a", 0 },
    { "/srv/shop/logs", "a", 2 }, { "/srv/shop/logs/1", "a", 2 }, { "/srv/shop/log", "a", 1 },
    { "/data/x", "a", 3 }, { "/data/x", "b", 4 }, { "/data/x", "c", 0 }, { "/data/y/z", "c", 5 },
    { "/data/y", "a", 6 }, { "-", "a", 7 }, { "/", "a", 0 }, { "relative", "a", 0 },
};

START_TEST(the_innermost_place_is_found)
{
    static const struct { const char *path, *host; } place[] = {
        { "/srv/shop", "" }, { "/srv/shop/logs", "" }, { "/data", "a" }, { "/data", "b" }, { "/data/y", "" },
        { "/data/y", "a" }, { "-", "" },
    };
    struct req_places places = { NULL, 0, 0 };
    struct pf_error err;

    for (size_t i = 0; i < sizeof place / sizeof place[0]; i++)
        ck_assert_int_eq(req_places_add(&places, place[i].path, place[i].host, (int64_t)i + 1, &err), PF_OK);
    ck_assert_msg(req_places_find(&places, find_case[_i].path, strlen(find_case[_i].path), find_case[_i].host) ==
                      find_case[_i].id, "%s on %s", find_case[_i].path, find_case[_i].host);
    req_places_release(&places);
}
END_TEST

START_TEST(the_root_holds_everything)
{
    struct req_places places = { NULL, 0, 0 };
    struct pf_error err;

    ck_assert_int_eq(req_places_add(&places, "/", "", 9, &err), PF_OK);
    ck_assert_int_eq(req_places_find(&places, "/", 1, ""), 9);
    ck_assert_int_eq(req_places_find(&places, "/a/b", 4, "h"), 9);
    req_places_release(&places);
}
END_TEST

static const struct { const char *text; bool ok; int64_t seconds; } when_case[] = {
    { "1970-01-01", true, 0 }, { "2026-11-25T00:00:00Z", true, 1795564800 },
    { "2026-11-25T09:00:00+09:00", true, 1795564800 }, { "2026-11-24T19:00:00.5-05:00", true, 1795564800 },
    { "2024-02-29", true, 1709164800 }, { "2026-02-29", false, 0 }, { "2026-13-01", false, 0 }, { "2026-00-01", false, 0 },
    { "2026-11-25T24:00:00Z", false, 0 }, { "2026-11-25T00:60:00Z", false, 0 }, { "2026-11-25T00:00:00", false, 0 },
    { "2026-11-25T00:00:00Zx", false, 0 }, { "26-11-25", false, 0 }, { "", false, 0 }, { "2026-11-2", false, 0 },
    { "2026/11/25", false, 0 },
};

START_TEST(a_time_is_read)
{
    int64_t seconds = 0;

    ck_assert_msg(req_when_parse(when_case[_i].text, &seconds) == when_case[_i].ok, "%s", when_case[_i].text);
    if (when_case[_i].ok)
        ck_assert_msg(seconds == when_case[_i].seconds, "%s: %lld", when_case[_i].text, (long long)seconds);
}
END_TEST

START_TEST(a_time_is_written_and_a_day_is_a_day)
{
    char out[32];

    req_when_format(1795564800, out);
    ck_assert_str_eq(out, "2026-11-25T00:00:00Z");
    ck_assert(req_when_is_day("2026-11-25"));
    ck_assert(!req_when_is_day("2026-11-25T00:00:00Z"));
}
END_TEST

#define ROWS(table) (int)(sizeof (table) / sizeof (table)[0])

int main(void)
{
    Suite *suite = suite_create("place");
    TCase *tc = tcase_create("place");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tc, a_path_is_made_normal, 0, ROWS(normal_case));
    tcase_add_loop_test(tc, the_innermost_place_is_found, 0, ROWS(find_case));
    tcase_add_test(tc, the_root_holds_everything);
    tcase_add_loop_test(tc, a_time_is_read, 0, ROWS(when_case));
    tcase_add_test(tc, a_time_is_written_and_a_day_is_a_day);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
