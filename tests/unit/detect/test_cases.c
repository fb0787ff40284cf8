/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>

#define CASES "tests/data/cases/peers.tsv"
#define FIELDS 6

enum { ID, EXPECT, COUNT, PROJECT, LICENCE, TEXT };

/* Undoes \n \r \t \\ in place; returns the length. */
static size_t unescape(char *text)
{
    size_t n = 0;

    for (size_t i = 0; text[i]; i++) {
        char c = text[i];

        if (c == '\\' && text[i + 1]) {
            c = text[++i];
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        }
        text[n++] = c;
    }
    return n;
}

/* Cuts the line into its fields; false when it has too few. */
static bool split(char *line, char *field[FIELDS])
{
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        char *tab = i + 1 < FIELDS ? strchr(line, '\t') : NULL;

        field[i] = line;
        if (tab)
            *tab++ = '\0';
        else if (i + 1 < FIELDS)
            return false;
        line = tab;
    }
    return true;
}

START_TEST(cases_of_other_projects_hold)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    FILE *in = fopen(CASES, "r");
    char line[1024], text[1024], *field[FIELDS];
    size_t rows = 0;

    ck_assert_ptr_nonnull(in);
    while (fgets(line, sizeof line, in)) {
        size_t n;

        if (line[0] == '#')
            continue;
        ck_assert(split(line, field));
        n = unescape(field[TEXT]);
        n = complete(field[TEXT], n, text);
        search(d, text, n, 0, &kept);
        if (strcmp(field[EXPECT], "none") == 0)
            ck_assert_msg(kept.n == 0, "%s: %s", field[ID], kept.n ? kept.finding[0].pan.text : "");
        else
            ck_assert_msg(kept.n >= strtoul(field[COUNT], NULL, 10), "%s: %zu found", field[ID], kept.n);
        rows++;
    }
    ck_assert_uint_gt(rows, 90);
    fclose(in);
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cases");
    TCase *tc = tcase_create("cases");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tc, cases_of_other_projects_hold);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
