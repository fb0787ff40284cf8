/* links: requirements/judge pan-finder/base pan-finder/finding pan-finder/pattern  libs: -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8 */
#include "pan-finder/base/limits.h"
#include "requirements/judge/lines.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/judge-lines-XXXXXX";

static FILE *new_file(void)
{
    int fd;

    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    return fdopen(fd, "w");
}

/* Lines of every length around the size of the first buffer come out whole. */
START_TEST(lines_come_out_whole)
{
    static const size_t length[] = { 0, 1, 7, 262143, 262144, 262145, 0, 3, 700000, 5 };
    struct req_lines *lines = NULL;
    struct pf_error err;
    const char *line;
    size_t len;
    FILE *out = new_file();

    for (size_t i = 0; i < 10; i++) {
        for (size_t k = 0; k < length[i]; k++)
            putc('a' + (int)((i + k) % 26), out);
        if (i < 9 || _i == 0)
            putc('\n', out);
    }
    fclose(out);
    ck_assert_int_eq(req_lines_open(&lines, path, &err), PF_OK);
    for (size_t i = 0; i < 10; i++) {
        ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_OK);
        ck_assert_uint_eq(len, length[i]);
        ck_assert_uint_eq(req_lines_number(lines), i + 1);
        for (size_t k = 0; k < len; k += 997)
            ck_assert_int_eq(line[k], 'a' + (int)((i + k) % 26));
    }
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_STOP);
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_STOP);
    req_lines_close(lines);
    (void)unlink(path);
}
END_TEST

START_TEST(a_line_beyond_the_limit_is_refused)
{
    struct req_lines *lines = NULL;
    struct pf_error err = { "" };
    const char *line;
    size_t len;
    FILE *out = new_file();

    fputs("first\n", out);
    for (size_t k = 0; k < PF_RECORD_MAX + 10; k++)
        putc('x', out);
    fclose(out);
    ck_assert_int_eq(req_lines_open(&lines, path, &err), PF_OK);
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_OK);
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_E_LIMIT);
    ck_assert_uint_eq(req_lines_number(lines), 2);
    ck_assert_ptr_nonnull(strstr(err.text, "longer than"));
    req_lines_close(lines);
    (void)unlink(path);
}
END_TEST

START_TEST(an_empty_file_and_a_missing_one)
{
    struct req_lines *lines = NULL;
    struct pf_error err;
    const char *line;
    size_t len;

    fclose(new_file());
    ck_assert_int_eq(req_lines_open(&lines, path, &err), PF_OK);
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_STOP);
    req_lines_close(lines);
    (void)unlink(path);
    ck_assert_int_eq(req_lines_open(&lines, path, &err), PF_E_USAGE);
    req_lines_close(NULL);
    /* A folder opens, but cannot be read. */
    ck_assert_int_eq(req_lines_open(&lines, "/", &err), PF_OK);
    ck_assert_int_eq(req_lines_next(lines, &line, &len, &err), PF_E_IO);
    req_lines_close(lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lines");
    TCase *tc = tcase_create("lines");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tc, lines_come_out_whole, 0, 2);
    tcase_add_test(tc, a_line_beyond_the_limit_is_refused);
    tcase_add_test(tc, an_empty_file_and_a_missing_one);
    suite_add_tcase(suite, tc);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
