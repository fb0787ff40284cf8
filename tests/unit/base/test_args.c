/* links: pan-finder/base  libs: -ljansson */
#include "pan-finder/base/args.h"
#include "pan-finder/base/version.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { O_JOBS, O_KERNEL, O_EXCLUDE, O_QUIET, O_COUNT };

static const struct pf_opt opts[] = {
    [O_JOBS] = { "jobs", 'j', "N", "0", "speed", "search N objects at once" },
    [O_KERNEL] = { "kernel", 0, "auto|scalar|avx2", "auto", "speed", "search kernel" },
    [O_EXCLUDE] = { "exclude", 'x', "GLOB", "", "input", "leave out what's named like this" },
    [O_QUIET] = { "quiet", 'q', NULL, "", "output", "say nothing" },
};

static const struct pf_args_example examples[] = {
    { "probe /srv > out", "Search a folder." },
};

static const struct pf_command command = {
    .name = "probe", .usage = "[OPTION]... PATH...", .summary = "a command for tests",
    .description = "First paragraph.\n\n.starts with a dot", .opts = opts, .n_opts = O_COUNT,
    .exit_status = "0\tfine\n2\twrong usage\n", .examples = examples, .n_examples = 1,
};

static struct pf_args args;
static struct pf_error err;

/* Splits `line` at spaces and parses it; the words live until the next call. */
static enum pf_status parse(const char *line)
{
    static char words[256];
    static char *argv[32];
    int argc = 0;
    char *save = NULL;

    pf_args_release(&args);
    err.text[0] = '\0';
    ck_assert(strlen(line) < sizeof words);
    memcpy(words, line, strlen(line) + 1);
    for (char *w = strtok_r(words, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save))
        argv[argc++] = w;
    argv[argc] = NULL;
    return pf_args_parse(&args, &command, argc, argv, &err);
}

START_TEST(defaults_stand_when_nothing_is_given)
{
    ck_assert_int_eq(parse("probe"), PF_OK);
    ck_assert_str_eq(args.value[O_JOBS], "0");
    ck_assert_ptr_null(args.value[O_EXCLUDE]);
    ck_assert_ptr_null(args.value[O_QUIET]);
    ck_assert(!args.given[O_JOBS]);
    ck_assert_uint_eq(args.n_operand, 0);
}
END_TEST

START_TEST(options_may_follow_operands)
{
    ck_assert_int_eq(parse("probe a -j2 b --exclude=x -qx y -- -c"), PF_OK);
    ck_assert_str_eq(args.value[O_JOBS], "2");
    ck_assert_str_eq(args.value[O_QUIET], "1");
    ck_assert_str_eq(args.value[O_EXCLUDE], "y");
    ck_assert_uint_eq(args.n_list, 4);
    ck_assert_uint_eq(args.list[1].opt, O_EXCLUDE);
    ck_assert_str_eq(args.list[1].value, "x");
    ck_assert_uint_eq(args.n_operand, 3);
    ck_assert_str_eq(args.operand[2], "-c");
}
END_TEST

static const struct { const char *line, *text; } wrong[] = {
    { "probe --jobs", "--jobs needs a value: N" },
    { "probe -x", "--exclude needs a value: GLOB" },
    { "probe --quiet=1", "--quiet takes no value" },
    { "probe --kernel=mmx", "--kernel takes one of auto|scalar|avx2" },
    { "probe --kernel=", "--kernel takes one of auto|scalar|avx2" },
    { "probe --kernel=auto|scalar", "--kernel takes one of auto|scalar|avx2" },
    { "probe --print-completion=tcsh", "--print-completion takes one of bash|zsh|fish" },
    { "probe --nope=4111111111111111", "unknown option --nope (--help lists the options)" },
    { "probe --4111111111111111", "unknown option --################ (--help lists the options)" },
    { "probe -q4", "unknown option -# (--help lists the options)" },
    { "probe --\x1b[2J", "unknown option --?[#J (--help lists the options)" },
};

START_TEST(wrong_usage_names_the_option_and_repeats_no_value)
{
    ck_assert_int_eq(parse(wrong[_i].line), PF_E_USAGE);
    ck_assert_str_eq(err.text, wrong[_i].text);
}
END_TEST

static const struct { const char *text; uint64_t min, max, value; bool ok; } number[] = {
    { "0", 0, 10, 0, true },          { "10", 0, 10, 10, true },
    { "11", 0, 10, 0, false },        { "4K", 0, 1 << 20, 4096, true },
    { "2G", 0, UINT64_MAX, 2ULL << 30, true },
    { "18446744073709551615", 0, UINT64_MAX, UINT64_MAX, true },
    { "18446744073709551616", 0, UINT64_MAX, 0, false },
    { "17179869184G", 0, UINT64_MAX, 0, false },
    { "", 0, 10, 0, false },          { "-1", 0, 10, 0, false },
    { "1KB", 0, 1 << 20, 0, false },  { "K", 0, 10, 0, false },
    { "0", 1, 10, 0, false },         { " 1", 0, 10, 0, false },
};

START_TEST(numbers_are_whole_and_within_their_bounds)
{
    uint64_t out = 0;
    enum pf_status s = pf_args_number("jobs", number[_i].text, number[_i].min, number[_i].max, &out, &err);

    ck_assert_int_eq(s, number[_i].ok ? PF_OK : PF_E_USAGE);
    if (number[_i].ok)
        ck_assert_uint_eq(out, number[_i].value);
    else
        ck_assert_ptr_nonnull(strstr(err.text, "--jobs takes a whole number from"));
}
END_TEST

START_TEST(help_lists_each_option_once_under_its_heading)
{
    struct pf_buf out = PF_BUF_INIT;
    const char *at;

    pf_args_help(&out, &command);
    ck_assert_ptr_nonnull(strstr(out.data, "Usage: probe [OPTION]... PATH...\n"));
    at = strstr(out.data, "\nSpeed:\n");
    ck_assert_ptr_nonnull(at);
    ck_assert_ptr_null(strstr(at + 1, "\nSpeed:\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "  -j, --jobs=N        search N objects at once [default: 0]\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\nGeneral:\n  -h, --help "));
    ck_assert_ptr_nonnull(strstr(out.data, "  2  wrong usage\n"));
    pf_buf_release(&out);
}
END_TEST

START_TEST(help_lines_fit_eighty_columns)
{
    static const struct pf_opt wordy = {
        "wordy", 0, "a-very-long-word|another-very-long-word", "a-very-long-word", "speed",
        "a text that goes on and on and on, far beyond what would fit on one line of a terminal" };
    const struct pf_command cmd = { .name = "probe", .usage = "", .summary = "s", .opts = &wordy, .n_opts = 1 };
    struct pf_buf out = PF_BUF_INIT;
    size_t column = 0;

    pf_args_help(&out, &cmd);
    for (size_t i = 0; i < out.len; i++) {
        column = out.data[i] == '\n' ? 0 : column + 1;
        ck_assert_uint_le(column, 80);
    }
    ck_assert_ptr_nonnull(strstr(out.data, "[default: a-very-long-word]"));
    pf_buf_release(&out);
}
END_TEST

START_TEST(man_page_escapes_what_roff_would_read)
{
    struct pf_buf out = PF_BUF_INIT;

    pf_args_man(&out, &command);
    ck_assert_ptr_nonnull(strstr(out.data, ".TH PROBE 1 \"" PF_VERSION_DATE "\""));
    ck_assert_ptr_nonnull(strstr(out.data, "\n\\&.starts with a dot\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\fB\\-j\\fR, \\fB\\-\\-jobs\\fR=\\fIN\\fR\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "what\\(aqs"));
    ck_assert_ptr_nonnull(strstr(out.data, ".SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nfine\n"));
    pf_buf_release(&out);
}
END_TEST

static const struct { const char *shell, *text; } completion[] = {
    { "bash", "compgen -W 'auto scalar avx2'" },
    { "zsh", "'*--kernel=[search kernel]:word:(auto scalar avx2)'" },
    { "fish", "complete -c probe -l kernel -x -a 'auto scalar avx2' -d 'search kernel'" },
};

START_TEST(completion_offers_the_words_of_a_choice)
{
    struct pf_buf out = PF_BUF_INIT;

    ck_assert(pf_args_completion(&out, &command, completion[_i].shell));
    ck_assert_ptr_nonnull(strstr(out.data, completion[_i].text));
    pf_buf_release(&out);
}
END_TEST

START_TEST(completion_refuses_other_shells)
{
    struct pf_buf out = PF_BUF_INIT;

    ck_assert(!pf_args_completion(&out, &command, "tcsh"));
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("args");
    TCase *tc = tcase_create("args");
    SRunner *runner = srunner_create(suite);
    int bad;

    suite_add_tcase(suite, tc);
    tcase_add_test(tc, defaults_stand_when_nothing_is_given);
    tcase_add_test(tc, options_may_follow_operands);
    tcase_add_loop_test(tc, wrong_usage_names_the_option_and_repeats_no_value, 0,
                        sizeof wrong / sizeof wrong[0]);
    tcase_add_loop_test(tc, numbers_are_whole_and_within_their_bounds, 0, sizeof number / sizeof number[0]);
    tcase_add_test(tc, help_lists_each_option_once_under_its_heading);
    tcase_add_test(tc, help_lines_fit_eighty_columns);
    tcase_add_test(tc, man_page_escapes_what_roff_would_read);
    tcase_add_loop_test(tc, completion_offers_the_words_of_a_choice, 0,
                        sizeof completion / sizeof completion[0]);
    tcase_add_test(tc, completion_refuses_other_shells);
    srunner_run_all(runner, CK_ENV);
    bad = srunner_ntests_failed(runner);
    srunner_free(runner);
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
