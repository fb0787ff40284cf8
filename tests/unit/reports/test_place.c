/* links: reports reports/model pan-finder/base pan-finder/finding  libs: -ljansson */
#include "reports/model/place.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct rpt_label label_of(unsigned n)
{
    struct rpt_label label;
    struct pf_json *record;
    struct pf_error err;
    struct pf_buf b = PF_BUF_INIT;

    pf_buf_addf(&b, "{\"path\":\"/srv/%u\"}", n);
    ck_assert_int_eq(pf_json_parse(&record, b.data, b.len, &err), PF_OK);
    ck_assert(rpt_label_read(&label, record));
    pf_json_free(record);
    pf_buf_release(&b);
    return label;
}

static uint32_t add(struct rpt_places *p, unsigned place, enum rpt_rank rank, uint64_t offset)
{
    struct rpt_finding f = { .cls = "", .confidence = "", .brand = "", .encoding = "", .rank = (uint8_t)rank,
                             .number = RPT_NONE, .offset = offset, .count = 1 };
    struct rpt_label label = label_of(place);

    return rpt_places_add(p, &label, &f);
}

/* Every finding is listed, counted as more of its place, or counted elsewhere. */
static void check_sums(const struct rpt_places *p)
{
    uint64_t all = 0, seen = p->elsewhere;
    uint32_t listed = 0, places = 0;

    for (int r = 0; r < RPT_RANKS; r++)
        all += p->records[r];
    for (uint32_t i = 0; i < RPT_LISTED; i++) {
        if (p->place[i].label.depth == 0)
            continue;
        places++;
        listed += p->place[i].listed;
        seen += p->place[i].listed + rpt_place_unlisted(&p->place[i]);
        ck_assert_uint_gt(p->place[i].listed, 0);
        ck_assert_uint_le(p->place[i].listed, RPT_PLACE_LISTED);
    }
    ck_assert_uint_eq(listed, p->n_listed);
    ck_assert_uint_eq(places, p->n_places);
    ck_assert_uint_le(listed, RPT_LISTED);
    ck_assert_uint_eq(seen, all);
}

START_TEST(one_place_lists_the_loudest)
{
    struct rpt_places p;
    uint32_t list[RPT_PLACE_LISTED];

    ck_assert(rpt_places_init(&p));
    for (unsigned i = 0; i < 500; i++)
        (void)add(&p, 1, RPT_RANK_POSSIBLE, i);
    for (unsigned i = 0; i < 150; i++)
        (void)add(&p, 1, RPT_RANK_CONFIRMED, 1000 - i);
    check_sums(&p);
    ck_assert_uint_eq(p.n_places, 1);
    ck_assert_uint_eq(rpt_place_sorted(&p, 0, list), RPT_PLACE_LISTED);
    ck_assert_uint_eq(p.finding[list[0]].offset, 851);
    ck_assert_uint_eq(p.finding[list[149]].rank, RPT_RANK_CONFIRMED);
    ck_assert_uint_eq(p.finding[list[150]].rank, RPT_RANK_POSSIBLE);
    ck_assert_uint_eq(rpt_place_unlisted(&p.place[0]), 450);
    rpt_places_release(&p);
}
END_TEST

START_TEST(a_louder_place_pushes_a_quiet_one_out)
{
    struct rpt_places p;
    uint32_t *order;

    ck_assert(rpt_places_init(&p));
    for (unsigned i = 0; i < RPT_LISTED + 10; i++)
        (void)add(&p, i, RPT_RANK_TEST, 0);
    ck_assert_uint_eq(p.elsewhere, 10);
    ck_assert_uint_eq(add(&p, 900000, RPT_RANK_TEST, 0), RPT_NONE);
    ck_assert_uint_ne(add(&p, 900001, RPT_RANK_SAD, 0), RPT_NONE);
    check_sums(&p);
    order = rpt_places_sorted(&p);
    ck_assert_uint_eq(p.place[order[0]].rank, RPT_RANK_SAD);
    free(order);
    rpt_places_release(&p);
}
END_TEST

START_TEST(any_order_of_findings_keeps_the_sums)
{
    struct rpt_places p;
    unsigned seed = 20261125;

    ck_assert(rpt_places_init(&p));
    for (unsigned i = 0; i < 60000; i++) {
        seed = seed * 1103515245u + 12345u;
        (void)add(&p, (seed >> 8) % 3000 * ((seed >> 20) % 5), (enum rpt_rank)((seed >> 16) % RPT_RANKS), i);
    }
    check_sums(&p);
    rpt_places_release(&p);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("place");
    TCase *t = tcase_create("place");
    SRunner *r;
    int failed;

    tcase_add_test(t, one_place_lists_the_loudest);
    tcase_add_test(t, a_louder_place_pushes_a_quiet_one_out);
    tcase_add_test(t, any_order_of_findings_keeps_the_sums);
    suite_add_tcase(s, t);
    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
