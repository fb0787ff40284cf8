/* check.h - as much of the library check as the kernel tests use, for machines whose
 * check is not at hand: tests are compiled for AArch64 and run in an emulator. A
 * test runs when it is added, in this process; the first that fails ends it. */
#ifndef TESTS_NEON_CHECK_H
#define TESTS_NEON_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { void (*setup)(void); void (*teardown)(void); unsigned tests; } TCase;
typedef struct { const char *name; TCase tcase; } Suite;
typedef Suite SRunner;

enum { CK_ENV };

#define START_TEST(name) static void name(int _i __attribute__((unused)))
#define END_TEST

#define ck_assert_msg(is, ...) do { \
        if (!(is)) { \
            fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
            fprintf(stderr, __VA_ARGS__); \
            fputc('\n', stderr); \
            exit(EXIT_FAILURE); \
        } \
    } while (0)
#define ck_assert(is) ck_assert_msg(is, "%s", #is)
#define ck_assert_uint_eq(a, b) ck_assert((a) == (b))
#define ck_assert_ptr_eq(a, b) ck_assert((a) == (b))
#define ck_assert_ptr_null(a) ck_assert((a) == NULL)
#define ck_assert_ptr_nonnull(a) ck_assert((a) != NULL)
#define ck_assert_str_eq(a, b) ck_assert(strcmp(a, b) == 0)
#define ck_assert_mem_eq(a, b, n) ck_assert(memcmp(a, b, n) == 0)

static Suite check_suite;

static inline Suite *suite_create(const char *name)
{
    check_suite.name = name;
    return &check_suite;
}

static inline TCase *tcase_create(const char *name)
{
    (void)name;
    return &check_suite.tcase;
}

static inline void tcase_add_checked_fixture(TCase *tc, void (*setup)(void), void (*teardown)(void))
{
    tc->setup = setup;
    tc->teardown = teardown;
}

static inline void tcase_set_timeout(TCase *tc, double seconds)
{
    (void)tc;
    (void)seconds;
}

static inline void check_run(TCase *tc, void (*test)(int), int from, int to)
{
    for (int i = from; i < to; i++) {
        tc->setup();
        test(i);
        tc->teardown();
        tc->tests++;
    }
}

#define tcase_add_test(tc, test) check_run(tc, test, 0, 1)
#define tcase_add_loop_test(tc, test, from, to) check_run(tc, test, from, to)

static inline void suite_add_tcase(Suite *suite, TCase *tc)
{
    (void)suite;
    (void)tc;
}

static inline SRunner *srunner_create(Suite *suite)
{
    return suite;
}

static inline void srunner_run_all(SRunner *runner, int mode)
{
    (void)mode;
    printf("%s: %u tests passed\n", runner->name, runner->tcase.tests);
}

static inline int srunner_ntests_failed(SRunner *runner)
{
    return runner->tcase.tests == 0;
}

static inline void srunner_free(SRunner *runner)
{
    (void)runner;
}

#endif
