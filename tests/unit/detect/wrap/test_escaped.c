/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/collect.h"

#include <check.h>

/* Escapes that stand close together hide what is written in another way below them. */
static const struct { const char *text, *encoding; } row[] = {
    { "{\"a\":\"\\u004e\\u0044\\u0045\\u0078\\u004d\\u0054\\u0045\\u0078\\u004d\\u0054\\u0045\\u0078\\u004d\\u0054\\u0045\\u0078"
      "\\u004d\\u0054\\u0045\\u0078\\u004d\\u0051\\u003d\\u003d\"}", "escape+base64" },
    { "a=%26%2352%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B"
      "%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B%26%2349%3B", "percent+entity" },
    { "some words of a mail, and the number is: &#52;&#49;&#49;&#49;&#49;&#49;&#49;=\n&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49;&#49; or so",
      "quoted-printable+entity" },
    { "%7B%22city%22%3A%22Lyon%22%2C%22no%22%3A%224111111111111111%22%7D", "percent" },
    { "q=a%3D1%26card%3D4111+1111+1111+1111%26b%3D2", "percent" },
    { "=E3=82=AB=E3=83=BC=E3=83=89=E7=95=AA=E5=8F=B7=E3=81=AF4111111111111111=E3=81=A7", "quoted-printable" },
    { "cardNumber=4111=201111=201111=201111, amount=49=C2=A5", "quoted-printable" },
    { "icc=5A0841111111111111115F24032812315F3401019F36020001", "hex+bcd" },
    { "00000000: 6e3d 2533 3425 3331 2533 3125 3331 2533  n=%34%31%31%31%3\n"
      "00000010: 3125 3331 2533 3125 3331 2533 3125 3331  1%31%31%31%31%31\n"
      "00000020: 2533 3125 3331 2533 3125 3331 2533 3125  %31%31%31%31%31%\n"
      "00000030: 3331                                     31\n", "hexdump+percent" },
    { "{\\rtf1 \\'34\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31\\'31}", "rtf" },
    { "{\"dump\":\"00000000  20 6f 6b 20 20 20 20 20  34 31 31 31 31 31 31 31  | ok     41111111|\\n00000010  31 31 31 31 31 31 31 31  "
      "20 20 20 20 20 20 20 20  |11111111        |\\n00000020  20 6f 6b 20 20 20 20 20  20 20 20 20 20 20 20 20  | ok             |\\n"
      "00000030  20 6f 6b 20 20 20 20 20  20 20 20 20 20 20 20 20  | ok             |\\n00000040\\n\"}", "escape+hexdump" },
};

START_TEST(numbers_are_found)
{
    static struct kept kept;
    struct pf_detector *d = detector(0, true);
    bool found = false;

    search(d, row[_i].text, strlen(row[_i].text), 0, &kept);
    for (size_t i = 0; i < kept.n; i++)
        found |= strcmp(kept.finding[i].encoding, row[_i].encoding) == 0;
    ck_assert_msg(kept.n == 1 && found, "%s: %zu, %s", row[_i].text, kept.n, kept.n > 0 ? kept.finding[0].encoding : "");
    pf_detector_free(d);
}
END_TEST

/* "n=41" is no escape, nor is a plain number glued to anything by it. */
START_TEST(signs_are_no_escapes)
{
    static const char *const text[] = {
        "a=3512345678901234&b=41&c=42&d=43&e=44&f=45&g=46\n", "total=20111111111111111 of 50=51\n", "k=41 l=52 m=63 n=74 o=65 p=66 q=67\n",
    };
    static struct kept kept;
    struct pf_detector *d = detector(0, true);

    search(d, text[_i], strlen(text[_i]), 0, &kept);
    for (size_t i = 0; i < kept.n; i++)
        ck_assert_str_eq(kept.finding[i].encoding, "ascii");
    pf_detector_free(d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("escaped");
    TCase *tcase = tcase_create("escaped");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(tcase, numbers_are_found, 0, (int)(sizeof row / sizeof row[0]));
    tcase_add_loop_test(tcase, signs_are_no_escapes, 0, 3);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
