/* links: pan-finder/base pan-finder/finding  libs: -ljansson */
#include "pan-finder/finding/label.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *what, *in, *out; } label[] = {
    { "an ordinary name stays", "/srv/shop/access.log.2", "/srv/shop/access.log.2" },
    { "a card number is hidden", "/x/4111111111111111.csv", "/x/################.csv" },
    { "grouped too", "4111-1111-1111-1111 a", "####-####-####-#### a" },
    { "and in full-width digits", "\xef\xbc\x94\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91" "1111 1111 1111 1",
      "######## #### #### #" },
    { "inside a longer run", "99994111111111111111", "####################" },
    { "digits that fail Luhn stay", "4111111111112", "4111111111112" },
    { "a short number stays", "order 18000000", "order 18000000" },
    { "two runs are judged apart", "1234567 and 4111111111111111", "1234567 and ################" },
    { "control characters are shown", "a\x1b[2J\n", "a\\x1b[2J\\x0a" },
    { "bytes that are no text are shown", "\xff" "12", "\\xff12" },
    { "nothing", "", "" },
};

START_TEST(names_in_messages_show_no_card_number)
{
    struct pf_buf out = PF_BUF_INIT;

    pf_buf_adds(&out, "");
    pf_label_add(&out, label[_i].in, strlen(label[_i].in));
    ck_assert_msg(strcmp(out.data, label[_i].out) == 0, "%s: %s", label[_i].what, out.data);
    pf_buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("label");
    TCase *tc = tcase_create("label");
    SRunner *runner = srunner_create(suite);
    int bad;

    suite_add_tcase(suite, tc);
    tcase_add_loop_test(tc, names_in_messages_show_no_card_number, 0, sizeof label / sizeof label[0]);
    srunner_run_all(runner, CK_ENV);
    bad = srunner_ntests_failed(runner);
    srunner_free(runner);
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
