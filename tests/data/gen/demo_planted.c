/* demo_planted.c - the places of the demo shop where card numbers stand. */
#include "tests/data/gen/demo_shop.h"

#include <stdlib.h>
#include <string.h>

static const char *const family[] = { "SATO", "SUZUKI", "TAKAHASHI", "TANAKA", "ITO", "WATANABE" };
static const char *const given[] = { "HARUTO", "YUI", "SOTA", "AOI", "REN", "MEI" };

/* A log whose `at`-th line has a card number in its query string. */
static void write_access_log(struct demo *demo, const char *file, const char *manifest_path, unsigned lines,
                             unsigned at)
{
    FILE *f = demo_create(demo, file);
    char query[128];

    for (unsigned i = 0; i < lines; i++) {
        query[0] = '\0';
        if (i == at)
            (void)snprintf(query, sizeof query, "?order_id=%u&card_no=%s&card_exp=1128",
                           100000 + synth_below(&demo->rng, 900000),
                           demo_plant(demo, manifest_path, "", "PAN_CLEAR"));
        demo_log_line(demo, f, i, query);
    }
    demo_close(f);
}

static void write_application_log(struct demo *demo)
{
    static const char path[] = "var/www/ec/var/log/prod/site.log";
    FILE *f = demo_create(demo, "shop/var/www/ec/var/log/prod/site.log");

    for (unsigned i = 0; i < 400; i++) {
        fprintf(f, "[2026-10-%02u 09:%02u:%02u] app.INFO: order accepted {\"order_no\":\"%010u\",\"total\":%u} []\n",
                1 + i / 20, i % 60, synth_below(&demo->rng, 60), synth_below(&demo->rng, 2000000000),
                100 * synth_below(&demo->rng, 900));
        if (i == 123 || i == 301)
            fprintf(f, "[2026-10-%02u 09:%02u:59] app.DEBUG: gateway request {\"cardNumber\":\"%s\",\"cardExpire\":\"2811\"} []\n",
                    1 + i / 20, i % 60, demo_plant(demo, path, "", "PAN_CLEAR"));
    }
    demo_close(f);
}

static void write_sql_dump(struct demo *demo)
{
    static const char path[] = "var/backups/db/ec-20260930.sql";
    FILE *f = demo_create(demo, "shop/var/backups/db/ec-20260930.sql");

    fputs("-- dump of database ec\nCREATE TABLE `dtb_customer` (`id` int, `tel` varchar(14), `point` int);\n", f);
    for (unsigned i = 1; i <= 500; i++)
        fprintf(f, "INSERT INTO `dtb_customer` VALUES (%u,'03%08u',%u);\n", i,
                synth_below(&demo->rng, 100000000), synth_below(&demo->rng, 5000));
    fputs("CREATE TABLE `dtb_payment_card` (`id` int, `customer_id` int, `card_no` varchar(19), `card_exp` char(4), "
          "`card_holder` varchar(64));\n", f);
    for (unsigned i = 1; i <= 12; i++)
        fprintf(f, "INSERT INTO `dtb_payment_card` VALUES (%u,%u,'%s','%02u%02u','%s %s');\n", i, 40 * i,
                demo_plant(demo, path, "", "PAN_CLEAR"), 27 + i % 4, 1 + i, given[i % 6], family[i % 6]);
    demo_close(f);
}

/* Digits as full-width characters (U+FF10 to U+FF19) in UTF-8. */
static void put_full_width(FILE *f, const char *digits)
{
    for (; *digits != '\0'; digits++)
        fprintf(f, "\xef\xbc%c", (char)(0x90 + (*digits - '0')));
}

static void write_order_csv(struct demo *demo)
{
    static const char path[] = "home/office/受注一覧_202607.csv";
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);

    if (f == NULL)
        demo_fail("memory");
    fputs("受注番号,受注日,お名前,カード番号,有効期限,金額\r\n", f);
    for (unsigned i = 0; i < 30; i++) {
        fprintf(f, "%08u,2026/07/%02u,お客様%02u,", 20260700 + i, 1 + i, i);
        if (i % 5 == 2)
            put_full_width(f, demo_plant(demo, path, "", "PAN_CLEAR"));
        else
            fputs("代金引換", f);
        fprintf(f, ",%02u/%02u,%u\r\n", 1 + i % 12, 27 + i % 4, 500 + 10 * synth_below(&demo->rng, 3000));
    }
    demo_close(f);
    demo_encoded(demo, "shop/home/office/受注一覧_202607.csv", "CP932", text, len);
    free(text);
}

static void write_utf16_export(struct demo *demo)
{
    static const char path[] = "home/office/会員エクスポート.txt";
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);

    if (f == NULL)
        demo_fail("memory");
    fputs("会員番号\t氏名\tカード番号\t有効期限\r\n", f);
    for (unsigned i = 0; i < 6; i++)
        fprintf(f, "%06u\t%s %s\t%s\t%02u/%02u\r\n", 100200 + i, given[i], family[5 - i],
                demo_plant(demo, path, "", "PAN_CLEAR"), 1 + i, 28);
    demo_close(f);
    demo_encoded(demo, "shop/home/office/会員エクスポート.txt", "UTF-16LE", text, len);
    free(text);
}

/* What a terminal's log should look like: slips and amounts, no card data. */
static void write_pos_log(struct demo *demo)
{
    FILE *f = demo_create(demo, "shop/var/pos/pos-202610.log");

    for (unsigned i = 0; i < 200; i++)
        fprintf(f, "2026-10-%02u 11:%02u:07 TERM%02u SALE slip=%06u amount=%u\n", 1 + i / 8, i % 60,
                1 + i % 3, 40000 + i, 100 + 10 * synth_below(&demo->rng, 900));
    demo_close(f);
}

/* Goes into a zip inside a tar.xz: four digits a group. */
static void write_nested_csv(struct demo *demo)
{
    FILE *f = demo_create(demo, "pack/zip/export/cards.csv");

    fputs("customer,card number,expiry\n", f);
    for (unsigned i = 0; i < 5; i++) {
        const char *pan = demo_plant(demo, "var/backups/full-202608.tar.xz", "site/backup/old.zip>export/cards.csv",
                                     "PAN_CLEAR");
        if (strlen(pan) == 15)
            fprintf(f, "%s,%.4s-%.6s-%s,11/28\n", family[i], pan, pan + 4, pan + 10);
        else
            fprintf(f, "%s,%.4s-%.4s-%.4s-%s,11/28\n", family[i], pan, pan + 4, pan + 8, pan + 12);
    }
    demo_close(f);
    f = demo_create(demo, "pack/tar/site/index.html");
    fputs("<!doctype html><title>old site</title>\n", f);
    demo_close(f);
}

/* Numbers that payment services publish for tests. */
static void write_test_numbers(struct demo *demo)
{
    static const char path[] = "var/www/ec/tests/fixtures/cards.yml";
    static const char *const number[] = { "4111111111111111", "5555555555554444", "378282246310005",
                                          "3530111333300000" };
    FILE *f = demo_create(demo, "shop/var/www/ec/tests/fixtures/cards.yml");
    char masked[SYNTH_PAN_MAX + 1];

    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
        synth_mask(number[i], masked);
        fprintf(demo->manifest, "%s\t\tTEST_PAN\t%s\n", path, masked);
        fprintf(f, "- card_no: \"%s\"\n  card_exp: \"1230\"\n", number[i]);
    }
    demo_close(f);
}

/* Goes into archives with a password: nobody can read it, and that must be said. */
static void write_locked(struct demo *demo)
{
    FILE *f = demo_create(demo, "pack/locked/members.csv");
    char pan[SYNTH_PAN_MAX + 1];

    for (unsigned i = 0; i < 20; i++) {
        synth_pan(&demo->rng, SYNTH_VISA, pan);
        fprintf(f, "%u,%s\n", i, pan);
    }
    demo_close(f);
    fputs("home/office/会員_202605.7z\t\tgap\tencrypted\nhome/office/会員_202604.zip\t\tgap\tencrypted\n",
          demo->manifest);
}

void demo_write_planted(struct demo *demo)
{
    write_access_log(demo, "shop/var/log/nginx/access.log", "var/log/nginx/access.log", 4000, 2741);
    write_access_log(demo, "shop/var/log/nginx/access.log.2", "var/log/nginx/access.log.2.gz", 4000, 811);
    write_application_log(demo);
    write_sql_dump(demo);
    write_order_csv(demo);
    write_utf16_export(demo);
    write_pos_log(demo);
    write_nested_csv(demo);
    write_test_numbers(demo);
    write_locked(demo);
}
