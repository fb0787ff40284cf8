/* demo_clean.c - the rest of the demo shop: code, pages, pictures, stock lists
 * and logs without card numbers, but full of other long numbers. */
#include "tests/data/gen/demo_shop.h"

#include <string.h>

static const struct { const char *path, *text; } page[] = {
    { "var/www/ec/composer.json",
      "{\n  \"name\": \"demo/ec-shop\",\n  \"description\": \"a shop for demonstrations\",\n"
      "  \"require\": { \"php\": \">=8.1\", \"symfony/framework-bundle\": \"^5.4\" }\n}\n" },
    { "var/www/ec/.env",
      "APP_ENV=prod\nAPP_DEBUG=0\nDATABASE_URL=mysql://ec:***@127.0.0.1:3306/ec\nMAILER_DSN=smtp://localhost:25\n" },
    { "var/www/ec/app/config/payment.yaml",
      "payment:\n  gateway: token\n  endpoint: https://gateway.example/v1/charge\n  capture: true\n  timeout: 30\n" },
    { "var/www/ec/src/Controller/ShoppingController.php",
      "<?php\nnamespace Shop\\Controller;\n\nclass ShoppingController\n{\n"
      "    // The browser sends the token that the gateway's script made.\n"
      "    public function confirm(Request $request)\n    {\n"
      "        $token = $request->request->get('payment_token');\n"
      "        $this->logger->info('order accepted', ['order_no' => $request->get('order_no')]);\n"
      "        return $this->gateway->charge($token, $this->cart->total());\n    }\n}\n" },
    { "var/www/ec/src/Service/LegacyGateway.php",
      "<?php\nnamespace Shop\\Service;\n\nclass LegacyGateway\n{\n"
      "    public function charge(array $form)\n    {\n"
      "        $this->logger->debug('gateway request', ['cardNumber' => $form['card_no'], "
      "'cardExpire' => $form['card_exp']]);\n"
      "        return $this->http->post($this->url, $form);\n    }\n}\n" },
    { "var/www/ec/html/template/default/Shopping/index.twig",
      "<form method=\"post\" action=\"{{ url('shopping_confirm') }}\">\n"
      "  <h1>ご注文手続き</h1>\n  <input type=\"hidden\" name=\"payment_token\">\n"
      "  <p>クレジットカード番号は決済会社のページで入力していただきます。</p>\n</form>\n" },
    { "var/www/ec/html/template/default/assets/css/style.css",
      ":root { --main: #5b9bd5; }\nbody { font: 16px/1.6 sans-serif; color: #333; }\n"
      ".item { width: 33.3333333333333333%; transition: opacity .25s cubic-bezier(.4,0,.2,1); }\n" },
    { "var/www/ec/html/template/default/assets/js/cart.js",
      "(function () {\n  'use strict';\n  var rate = 0.1000000000000000055, zoom = 1.4142135623730951;\n"
      "  document.querySelectorAll('.item').forEach(function (e) { e.dataset.t = Date.now() * rate * zoom; });\n"
      "})();\n" },
    { "home/office/お知らせ.txt",
      "年末年始の営業について\n\n12月29日から1月3日まで休業いたします。\n"
      "お問い合わせ: 03-5555-0123(平日10時から17時)\n登録番号 T1234567890123\n" },
    { "etc/nginx/nginx.conf",
      "worker_processes 2;\nevents { worker_connections 1024; }\nhttp { client_max_body_size 8m; sendfile on; }\n" },
};

static void write_pages(struct demo *demo)
{
    char path[256];

    for (size_t i = 0; i < sizeof page / sizeof page[0]; i++) {
        FILE *f;

        (void)snprintf(path, sizeof path, "shop/%s", page[i].path);
        f = demo_create(demo, path);
        fputs(page[i].text, f);
        demo_close(f);
    }
}

void demo_log_line(struct demo *demo, FILE *f, unsigned second, const char *query)
{
    static const char *const address[] = { "192.0.2.", "198.51.100.", "203.0.113." };
    static const char *const url[] = { "/", "/products/list", "/products/detail/", "/cart", "/shopping", "/mypage/login",
                                       "/shopping/complete", "/html/template/default/assets/css/style.css" };
    static const char *const agent[] = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    };
    struct synth *rng = &demo->rng;

    fprintf(f, "%s%u - - [12/Oct/2026:%02u:%02u:%02u +0900] \"GET %s%s HTTP/1.1\" %u %u \"-\" \"%s\"\n",
            address[synth_below(rng, 3)], 1 + synth_below(rng, 254), second / 3600 % 24, second / 60 % 60, second % 60,
            query[0] != '\0' ? "/shopping/complete" : url[synth_below(rng, 8)], query,
            synth_below(rng, 20) == 0 ? 404 : 200, 200 + synth_below(rng, 90000), agent[synth_below(rng, 2)]);
}

/* GS1: the check digit of a 13-digit article number weighs 1 and 3 in turn.
 * Japanese ones begin with 45 or 49, as a 13-digit Visa number could. */
static void article_number(struct demo *demo, char out[14])
{
    unsigned sum = 0;

    memcpy(out, synth_below(&demo->rng, 2) == 0 ? "45" : "49", 2);
    for (size_t i = 2; i < 12; i++)
        out[i] = (char)('0' + synth_below(&demo->rng, 10));
    for (size_t i = 0; i < 12; i++)
        sum += (unsigned)(out[i] - '0') * (i % 2 == 0 ? 1 : 3);
    out[12] = (char)('0' + (10 - sum % 10) % 10);
    out[13] = '\0';
}

static void write_stock(struct demo *demo)
{
    FILE *f = demo_create(demo, "shop/home/office/stock.csv");
    char article[14];

    fputs("jan_code,shelf,quantity,updated_ms\n", f);
    for (unsigned i = 0; i < 800; i++) {
        article_number(demo, article);
        fprintf(f, "%s,A-%02u,%u,17%011llu\n", article, i % 40, synth_below(&demo->rng, 200),
                (unsigned long long)(synth_next(&demo->rng) % 100000000000u));
    }
    demo_close(f);
}

/* Numbers of parcels and orders, as long as a card's. */
static void write_shipping(struct demo *demo)
{
    FILE *f = demo_create(demo, "shop/home/office/shipping.csv");

    fputs("order_no,parcel,weight\n", f);
    for (unsigned i = 0; i < 800; i++)
        fprintf(f, "20261012%08u,%012llu,%u.%u\n", i * 137 % 100000000,
                (unsigned long long)(synth_next(&demo->rng) % 1000000000000u), 1 + synth_below(&demo->rng, 20),
                synth_below(&demo->rng, 10));
    demo_close(f);
}

static void put_le(FILE *f, unsigned value, unsigned bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 0xff), f);
}

/* A picture of 160 by 120 points, 24 bits a point (Windows bitmap, version 3). */
static void write_picture(struct demo *demo, unsigned number)
{
    char path[128];
    FILE *f;

    (void)snprintf(path, sizeof path, "shop/var/www/ec/html/upload/save_image/item%02u.bmp", number);
    f = demo_create(demo, path);
    fputs("BM", f);
    put_le(f, 54 + 160 * 120 * 3, 4);
    put_le(f, 0, 4);
    put_le(f, 54, 4);
    put_le(f, 40, 4);
    put_le(f, 160, 4);
    put_le(f, 120, 4);
    put_le(f, 1, 2);
    put_le(f, 24, 2);
    for (unsigned i = 0; i < 6; i++)
        put_le(f, i == 1 ? 160 * 120 * 3 : 0, 4);
    for (unsigned i = 0; i < 160 * 120 * 3; i++)
        fputc((int)((i / 480 + synth_below(&demo->rng, 32)) & 0xff), f);
    demo_close(f);
}

static void write_error_log(struct demo *demo)
{
    FILE *f = demo_create(demo, "shop/var/log/nginx/error.log");

    for (unsigned i = 0; i < 300; i++)
        fprintf(f, "2026/10/12 10:%02u:%02u [error] %u#%u: *%u upstream timed out (110: Connection timed out)\n", i / 60,
                i % 60, 1000 + i % 7, 1000 + i % 7, synth_below(&demo->rng, 1000000));
    demo_close(f);
}

void demo_write_clean(struct demo *demo)
{
    write_pages(demo);
    write_stock(demo);
    write_shipping(demo);
    write_error_log(demo);
    for (unsigned i = 0; i < 6; i++)
        write_picture(demo, i);
}
