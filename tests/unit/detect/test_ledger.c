/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/ledger.h"

#include <check.h>
#include <stdlib.h>

#define CAP 1024

/* Fills, finds, clears, in the few-entries and the many-entries way. */
START_TEST(numbers_are_found_until_cleared)
{
    static const size_t count[] = { 1, 5, CAP / 8, CAP / 8 + 1, CAP };
    struct pf_ledger ledger;

    ck_assert(pf_ledger_init(&ledger, CAP));
    for (size_t round = 0; round < sizeof count / sizeof count[0]; round++) {
        for (uint64_t i = 0; i < count[round]; i++) {
            uint64_t number = 4000000000000000u + i * 1000003u;

            ck_assert_ptr_null(pf_ledger_find(&ledger, number));
            pf_ledger_fetch(&ledger, number);
            pf_ledger_add(&ledger, number)->offset = i;
        }
        for (uint64_t i = 0; i < count[round]; i++) {
            struct pf_entry *e = pf_ledger_find(&ledger, 4000000000000000u + i * 1000003u);

            ck_assert_ptr_nonnull(e);
            ck_assert_uint_eq(e->offset, i);
            ck_assert_ptr_null(pf_ledger_find(&ledger, 4000000000000001u + i * 1000003u));
        }
        pf_ledger_clear(&ledger);
        ck_assert_uint_eq(ledger.n, 0);
        for (size_t i = 0; i < 2 * CAP; i++)
            ck_assert_uint_eq(ledger.slot[i], 0);
        for (size_t i = 0; i < CAP; i++)
            ck_assert_uint_eq(ledger.entry[i].number, 0);
    }
    pf_ledger_release(&ledger);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger");
    TCase *tc = tcase_create("ledger");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tc, numbers_are_found_until_cleared);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
