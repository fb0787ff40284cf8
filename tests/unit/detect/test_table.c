/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/table.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pf_table table;
static char text[1 << 20];
static size_t fill;

static void put(const char *s)
{
    size_t n = strlen(s);

    ck_assert(fill + n < sizeof text);
    memcpy(text + fill, s, n);
    fill += n;
}

static uint64_t state;

static unsigned below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % n;
}

/* A number of n digits that begins with `prefix`; `good`: it passes Luhn. */
static const char *number(const char *prefix, unsigned n, bool good)
{
    static char out[20];
    uint8_t digit[19];

    for (unsigned i = 0; i < n; i++)
        digit[i] = (uint8_t)(i < strlen(prefix) ? (unsigned)(prefix[i] - '0') : below(10));
    while (good && !pf_luhn_ok(digit, n))
        digit[n - 1] = (uint8_t)((digit[n - 1] + 1) % 10);
    for (unsigned i = 0; i < n; i++)
        out[i] = (char)('0' + digit[i]);
    out[n] = 0;
    return out;
}

static void load(size_t piece)
{
    pf_table_begin(&table);
    for (size_t at = 0; at < fill; at += piece)
        if (pf_table_feed(&table, (const uint8_t *)text + at, fill - at < piece ? fill - at : piece))
            break;
}

/* Column of the first place of `what` in the text. */
static uint16_t column_of(const char *what)
{
    const char *at = memmem(text, fill, what, strlen(what));

    ck_assert(at != NULL);
    return pf_table_place(&table, (uint64_t)(at - text));
}

static void setup(void)
{
    fill = 0;
    state = 7;
}

/* ---- names ---- */

static const struct { const char *head, *delimiter; uint16_t column; enum pf_header header; } name_row[] = {
    { "id,card_number,amount", ",", 1, PF_HEADER_CARD },
    { "\xef\xbb\xbf" "card_number,amount,note", ",", 0, PF_HEADER_CARD },
    { "id\tカード番号\t金額", "\t", 1, PF_HEADER_CARD },
    { "no,gift_card_no,name", ",", 1, PF_HEADER_CHECKED },
    { "番号,ポイントカード番号,氏名", ",", 1, PF_HEADER_CHECKED },
    { "id,membership_number,name", ",", 1, PF_HEADER_CHECKED },
    { "id;PAN;amount", ";", 1, PF_HEADER_CARD },
    { "id|cc_no|amount", "|", 1, PF_HEADER_CARD },
    { "\"id\",\"クレジットカード番号\",\"金額\"", ",", 1, PF_HEADER_CARD },
    { "id,\x83J\x81[\x83h\x94\xd4\x8d\x86,amount", ",", 1, PF_HEADER_CARD },      /* Shift_JIS */
    { "id,クレジットカード,amount", ",", 1, PF_HEADER_WEAK },
    { "id,order_id,amount", ",", 1, PF_HEADER_OTHER },
    { "id,imei,amount", ",", 1, PF_HEADER_CHECKED },
    { "id,ICCID,amount", ",", 1, PF_HEADER_CHECKED },
    { "id,isbn,amount", ",", 1, PF_HEADER_OTHER },
    { "id,jan,amount", ",", 1, PF_HEADER_OTHER },
    { "id,tel,amount", ",", 1, PF_HEADER_OTHER },
    { "id,phone,amount", ",", 1, PF_HEADER_OTHER },
    { "id,会員番号,amount", ",", 1, PF_HEADER_OTHER },
    { "id,tracking,amount", ",", 1, PF_HEADER_OTHER },
    { "id,注文番号,amount", ",", 1, PF_HEADER_OTHER },
    { "id,value,amount", ",", 1, PF_HEADER_NONE },
};

START_TEST(names_match_table)
{
    const char *d = name_row[_i].delimiter;

    put(name_row[_i].head);
    put("\n");
    for (int i = 0; i < 12; i++) {
        if (name_row[_i].column == 1) {
            put("17");
            put(d);
        }
        put(number("4", 16, true));
        put(d);
        put("900");
        if (name_row[_i].column == 0) {
            put(d);
            put("x");
        }
        put("\r\n");
    }
    load(1);
    ck_assert_uint_eq(column_of("900") , name_row[_i].column + 1u);
    ck_assert_msg(pf_table_opinion(&table, name_row[_i].column).header == name_row[_i].header, "%s: %d",
                  name_row[_i].head, pf_table_opinion(&table, name_row[_i].column).header);
    ck_assert_uint_eq(pf_table_opinion(&table, name_row[_i].column).share, PF_SHARE_MOST);
}
END_TEST

/* ---- profile ---- */

static const struct { const char *what, *prefix; unsigned digits, rows; int good; enum pf_share share; bool ids, one; } share_row[] = {
    { "cards of many issuers", "4", 16, 30, 10, PF_SHARE_MOST, false, false },
    { "cards of fifteen digits", "37", 15, 30, 10, PF_SHARE_MOST, false, false },
    { "ids", "4", 16, 300, 0, PF_SHARE_NONE, true, false },
    { "cards of one issuer", "411111", 16, 30, 10, PF_SHARE_MOST, false, true },
    { "every third a card", "4", 16, 12, 3, PF_SHARE_SOME, false, false },
};

START_TEST(shares_match_table)
{
    put("a,b\n");
    for (unsigned i = 0; i < share_row[_i].rows; i++) {
        char row[64];
        bool good = share_row[_i].good == 10 || (share_row[_i].good == 3 && i % 3 == 0);

        snprintf(row, sizeof row, "%u,%s\n", i, number(share_row[_i].prefix, share_row[_i].digits, good));
        put(row);
    }
    load(777);
    (void)pf_table_place(&table, 0);
    ck_assert_msg(pf_table_opinion(&table, 1).share == share_row[_i].share, "%s", share_row[_i].what);
    ck_assert_msg(pf_table_opinion(&table, 1).ids == share_row[_i].ids, "%s", share_row[_i].what);
    ck_assert_msg(pf_table_opinion(&table, 1).one_prefix == share_row[_i].one, "%s", share_row[_i].what);
}
END_TEST

START_TEST(numbers_that_count_up_are_ids)
{
    put("serial,name\n");
    for (unsigned i = 0; i < 40; i++) {
        char row[64];

        snprintf(row, sizeof row, "45320000000%05u,n\n", 100 + i);
        put(row);
    }
    load(64);
    ck_assert_uint_eq(column_of(",n"), 0);
    ck_assert(pf_table_opinion(&table, 0).ids);
    ck_assert_uint_eq(pf_table_opinion(&table, 0).share, PF_SHARE_NONE);
}
END_TEST

static unsigned rounded;

static void count_rounded(void *ctx, const struct pf_element *e, uint64_t line)
{
    (void)ctx;
    rounded++;
    ck_assert(e->cls == PF_CLASS_PAN_ROUNDED && pf_luhn_ok(e->pan.digit, e->pan.n) && e->pan.digit[15] != 0);
    ck_assert(text[e->start] == '4' && line >= 2);
}

/* A spreadsheet cuts 16 digits to 15 and leaves cards of 15 digits whole. */
START_TEST(last_digits_that_a_spreadsheet_lost)
{
    static const struct { const char *name; unsigned whole, n; } table_row[] = {
        { "card_number\n", 0, 40 }, { "card_number\n", 1, 0 }, { "order_id\n", 0, 0 },
    };

    for (size_t t = 0; t < sizeof table_row / sizeof table_row[0]; t++) {
        fill = 0;
        put("id,");
        put(table_row[t].name);
        for (unsigned i = 0; i < 40; ) {
            char row[64], pan[20];
            bool lost;

            snprintf(pan, sizeof pan, "%s", number("4", 16, true));
            lost = i > 0 || table_row[t].whole == 0;
            if (pan[15] == '0')
                continue;
            pan[15] = lost ? '0' : pan[15];
            snprintf(row, sizeof row, "%u,%s\n", i, pan);
            put(row);
            snprintf(row, sizeof row, "%u,%s\n", i, number("37", 15, true));
            put(row);
            i++;
        }
        load(100);
        rounded = 0;
        pf_table_head_elements(&table, true, count_rounded, NULL);
        ck_assert_uint_eq(rounded, table_row[t].n);
        ck_assert(t > 0 || !pf_table_opinion(&table, 1).ids);
    }
}
END_TEST

/* ---- places ---- */

START_TEST(quotes_hide_delimiters)
{
    put("id,name,card_number\n1,\"Doe, \"\"J\"\", Jr\",\"4111111111111111\"\n2,Roe,\"4012888888881881\"\n");
    load(5);
    ck_assert_uint_eq(column_of("4111"), 2);
    ck_assert_uint_eq(column_of("4012"), 2);
    ck_assert_uint_eq(pf_table_opinion(&table, 2).header, PF_HEADER_CARD);
}
END_TEST

START_TEST(title_lines_are_passed_over)
{
    put("Report of the day\n\nid,card_number,amount\n1,4111111111111111,3\n2,4012888888881881,4\n3,5555555555554444,4\n"
        "4,5105105105105100,4\n5,378282246310005,4\n6,371449635398431,4\n7,6011111111111117,4\n8,3530111333300000,4\n");
    load(9);
    ck_assert_uint_eq(column_of("3782"), 1);
    ck_assert_uint_eq(pf_table_opinion(&table, 1).header, PF_HEADER_CARD);
}
END_TEST

START_TEST(fixed_width_by_alignment)
{
    put("id    card_number         amount\n----  ------------------  ------\n"
        "1     4111111111111111       100\n2     4012888888881881        20\n"
        "30    378282246310005       4000\n31    5555555555554444         1\n");
    load(100);
    ck_assert_uint_eq(column_of("3782"), 1);
    ck_assert_uint_eq(pf_table_opinion(&table, 1).header, PF_HEADER_CARD);
}
END_TEST

START_TEST(bars_of_a_query_result)
{
    put("+----+------------------+\n| id | card_number      |\n+----+------------------+\n"
        "|  1 | 4111111111111111 |\n|  2 | 4012888888881881 |\n+----+------------------+\n");
    load(100);
    ck_assert_uint_eq(pf_table_opinion(&table, column_of("4111")).header, PF_HEADER_CARD);
}
END_TEST

START_TEST(one_column_with_a_name)
{
    put("IMEI\n");
    for (int i = 0; i < 30; i++) {
        put(number("35", 15, true));
        put("\n");
    }
    load(100);
    ck_assert_uint_eq(pf_table_place(&table, 8), 0);
    ck_assert_uint_eq(pf_table_opinion(&table, 0).header, PF_HEADER_CHECKED);
}
END_TEST

START_TEST(prose_is_no_table)
{
    put("The quick brown fox, they say, jumps.\nOver the dog it goes; and then, well,\nit rests a while.\n"
        "Card 4111111111111111 was used,\nthen nothing more was heard of it.\n");
    load(100);
    ck_assert_uint_eq(column_of("4111"), PF_COLUMN_NONE);
}
END_TEST

START_TEST(any_piece_and_the_window_agree)
{
    put("id,\"the name\",card_number,note\n");
    for (unsigned i = 0; fill < sizeof text - 200; i++) {
        char row[128];

        snprintf(row, sizeof row, "%u,\"a, b %u\",%s,x%u\n", i, i, number("4", 16, i % 3 == 0), i);
        put(row);
    }
    for (size_t piece = 1; piece < 70000; piece = piece * 7 + 1) {
        load(piece);
        for (size_t at = 50000; at < PF_TABLE_HEAD; at += 97)
            ck_assert_uint_eq(pf_table_place(&table, at), pf_table_column(&table, (uint8_t *)text + at - 2000, 4000, 2000, at - 2000));
        ck_assert_uint_eq(pf_table_opinion(&table, 2).header, PF_HEADER_CARD);
    }
}
END_TEST

/* ---- SQL ---- */

static const struct { const char *what, *sql; enum pf_header header; } sql_row[] = {
    { "list", "INSERT INTO t (id, card_number, x) VALUES (1,'4111111111111111',2);\n", PF_HEADER_CARD },
    { "second tuple", "INSERT INTO `t` (`id`, `imei`, `card_no`) VALUES\n(1,'a),(',0),(2,'it''s, ok','4111111111111111');\n", PF_HEADER_CARD },
    { "other name", "INSERT INTO t (id, order_id) VALUES (1,4111111111111111);\n", PF_HEADER_OTHER },
    { "by CREATE TABLE", "CREATE TABLE `pay` (\n  `id` int NOT NULL,\n  `pan` varchar(19) DEFAULT '(,',\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n"
      "INSERT INTO `pay` VALUES (1,'4111111111111111');\n", PF_HEADER_CARD },
    { "CREATE TABLE on one line", "CREATE TABLE IF NOT EXISTS pay(id INTEGER, amount DECIMAL(10,2), cc_no TEXT);\n"
      "INSERT INTO pay VALUES(1,2.50,'4111111111111111');\n", PF_HEADER_CARD },
    { "COPY", "COPY public.pay (id, card_number, note) FROM stdin;\n1\t5555555555554444\tx\n2\t4111111111111111\ty\n\\.\n", PF_HEADER_CARD },
    { "behind COPY", "COPY pay (id, card_number) FROM stdin;\n1\t5\n\\.\n2\t4111111111111111\n", PF_HEADER_NONE },
    { "lists in turn", "INSERT INTO a (imei) VALUES (1);\nINSERT INTO b (pan) VALUES (2);\nINSERT INTO a (imei) VALUES (4111111111111111);\n",
      PF_HEADER_CHECKED },
};

static enum pf_header sql_header(size_t step)
{
    struct pf_view view = { .buf = (uint8_t *)text, .len = fill, .first = true, .last = true };
    size_t at = (size_t)((char *)memmem(text, fill, "4111", 4) - text);
    enum pf_header header = PF_HEADER_NONE;

    pf_table_begin(&table);
    pf_table_sql_begin(&table, &view);
    ck_assert(table.sql.on);
    for (view.lo = 0; view.lo < fill; view.lo = view.hi) {
        view.hi = fill - view.lo < step ? fill : view.lo + step;
        if (at >= view.lo && at < view.hi)
            header = (enum pf_header)pf_table_opinion(&table, pf_table_column(&table, view.buf, view.len, at, 0)).header;
        pf_table_sql_pass(&table, &view);
    }
    return header;
}

START_TEST(sql_matches_table)
{
    put("-- MySQL dump\n");
    put(sql_row[_i].sql);
    for (size_t step = 1; step < 400; step += 13)
        ck_assert_msg(sql_header(step) == sql_row[_i].header, "%s, %zu: %d", sql_row[_i].what, step, sql_header(step));
}
END_TEST

/* ---- grades ---- */

static const struct {
    const char *what;
    struct pf_opinion opinion;
    bool share, rare, outside;
    uint8_t before, after;
} grade_row[] = {
    { "card column", { .header = PF_HEADER_CARD }, true, false, false, PF_POSSIBLE, PF_CONFIRMED },
    { "card column, range outside PCI", { .header = PF_HEADER_CARD }, true, false, true, PF_POSSIBLE, PF_PROBABLE },
    { "column of cards", { .share = PF_SHARE_MOST }, true, false, false, PF_POSSIBLE, PF_CONFIRMED },
    { "some cards", { .share = PF_SHARE_SOME }, true, false, false, PF_POSSIBLE, PF_PROBABLE },
    { "some of a rare length", { .share = PF_SHARE_SOME }, true, true, false, PF_POSSIBLE, PF_POSSIBLE },
    { "IMEI", { .header = PF_HEADER_CHECKED, .share = PF_SHARE_MOST }, true, false, false, PF_CONFIRMED, PF_POSSIBLE },
    { "order ids", { .header = PF_HEADER_OTHER }, true, false, false, PF_PROBABLE, PF_POSSIBLE },
    { "no share for what looks like something else", { .share = PF_SHARE_MOST }, false, false, false, PF_POSSIBLE, PF_POSSIBLE },
    { "cards called order ids", { .header = PF_HEADER_OTHER, .share = PF_SHARE_MOST }, true, false, false, PF_POSSIBLE, PF_PROBABLE },
    { "order ids of one prefix", { .header = PF_HEADER_OTHER, .share = PF_SHARE_MOST, .one_prefix = true }, false, false, false,
      PF_POSSIBLE, PF_POSSIBLE },
    { "ids", { .ids = true }, true, false, false, PF_PROBABLE, PF_POSSIBLE },
    { "nothing known", { .header = PF_HEADER_NONE }, true, false, false, PF_PROBABLE, PF_PROBABLE },
};

START_TEST(grades_match_table)
{
    struct pf_grade g = { .confidence = grade_row[_i].before, .keep = true, .share = grade_row[_i].share,
                          .rare = grade_row[_i].rare, .world = !grade_row[_i].outside };

    pf_score_column(&g, &grade_row[_i].opinion, true);
    if (grade_row[_i].opinion.share == PF_SHARE_NONE)
        ck_assert_msg(g.confidence == grade_row[_i].after, "%s: %d", grade_row[_i].what, g.confidence);
    g.confidence = grade_row[_i].before;
    pf_score_column(&g, &grade_row[_i].opinion, false);
    ck_assert_msg(g.confidence == grade_row[_i].after, "%s: %d", grade_row[_i].what, g.confidence);
}
END_TEST

#define LOOP(tc, fn, row) tcase_add_loop_test(tc, fn, 0, (int)(sizeof (row) / sizeof (row)[0]))

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tc = tcase_create("table");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tc, setup, NULL);
    LOOP(tc, names_match_table, name_row);
    LOOP(tc, shares_match_table, share_row);
    tcase_add_test(tc, numbers_that_count_up_are_ids);
    tcase_add_test(tc, last_digits_that_a_spreadsheet_lost);
    tcase_add_test(tc, quotes_hide_delimiters);
    tcase_add_test(tc, title_lines_are_passed_over);
    tcase_add_test(tc, fixed_width_by_alignment);
    tcase_add_test(tc, bars_of_a_query_result);
    tcase_add_test(tc, one_column_with_a_name);
    tcase_add_test(tc, prose_is_no_table);
    tcase_add_test(tc, any_piece_and_the_window_agree);
    LOOP(tc, sql_matches_table, sql_row);
    LOOP(tc, grades_match_table, grade_row);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
