/* main.c - pan-finder. */
#include "pan-finder/base/args.h"
#include "pan-finder/base/text.h"
#include "pan-finder/cli/key.h"
#include "pan-finder/cli/rules_file.h"
#include "pan-finder/process/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum option {
#define OPT(id, name, letter, arg, dflt, category, text) OPT_##id,
#include "pan-finder/cli/options.def"
#undef OPT
    OPT_COUNT
};

static const struct pf_opt options[] = {
#define OPT(id, name, letter, arg, dflt, category, text) { name, letter, arg, dflt, #category, text },
#include "pan-finder/cli/options.def"
#undef OPT
};

static const struct pf_args_example examples[] = {
    { "pan-finder /srv/shop > scan.jsonl", "search a folder, keep the records" },
    { "pg_dump shop | pan-finder -", "search what a program prints" },
    { "pan-finder --explain orders.csv", "ask why a number was found, or was not" },
    { "pan-finder --key-file=audit.key -j4 /srv /home", "fingerprints that compare with other runs" },
};

static const struct pf_command command = {
    .name = "pan-finder",
    .usage = "[OPTION]... PATH...",
    .summary = "search files and archives for card numbers and sensitive authentication data",
    .description =
        "Searches each PATH, a file or a folder with all below it, and writes one JSON record a line: "
        "what was read, what was found, and what could not be read. \"-\" is standard input.\n\n"
        "Card numbers are shown masked, first six and last four digits; a keyed fingerprint tells the "
        "same number in two places. Nothing is written to the searched tree, and symbolic links are "
        "not followed below a PATH.\n\n"
        "With --explain the output is text, not records: a line for each number of a card's length and "
        "range in one file, with what it was taken for and the decision.\n\n"
        "Reading is split: one process opens, others search, others again unpack; none of them can "
        "reach a network, and those that see content cannot open files.",
    .opts = options,
    .n_opts = OPT_COUNT,
    .exit_status =
        "0\teverything was read and nothing was found\n"
        "1\tsomething was found that the operator does not leave out\n"
        "2\twrong usage, or the run failed or was interrupted\n"
        "3\tnothing was found, but something was not read\n",
    .examples = examples,
    .n_examples = sizeof examples / sizeof examples[0],
    .see_also = "pan-judge(1), pan-report(1), pan-assess(1)",
};

static int complain(const char *text)
{
    (void)fprintf(stderr, "pan-finder: %s\n", text);
    return 2;
}

/* A path is named in a message, but not with a card number in it, nor with
 * bytes that a terminal would obey. */
static int complain_of_path(const char *path, const char *text)
{
    struct pf_detector_options plain = { .regional = true };
    struct pf_detector *d = NULL;
    struct pf_buf masked = PF_BUF_INIT, shown = PF_BUF_INIT;

    if (pf_detector_new(&d, &plain, NULL) == PF_OK) {
        (void)pf_detector_mask_name(d, path, strlen(path), &masked);
        pf_text_add_tty(&shown, masked.data == NULL ? "" : masked.data, masked.len);
    }
    (void)fprintf(stderr, "pan-finder: %s: %s\n", shown.data == NULL ? "path" : shown.data, text);
    pf_detector_free(d);
    pf_buf_release(&masked);
    pf_buf_release(&shown);
    return 2;
}

static int check_one_file(const struct pf_args *args)
{
    struct stat st;

    if (args->n_operand != 1)
        return complain("--explain takes one file");
    if (strcmp(args->operand[0], "-") != 0 && stat(args->operand[0], &st) == 0 && S_ISDIR(st.st_mode))
        return complain_of_path(args->operand[0], "--explain takes a file, not a folder");
    return 0;
}

/* A path that is not there is a mistake of the caller, not a gap. */
static int check_paths(const struct pf_args *args)
{
    if (args->n_operand == 0)
        return complain("no path given; try --help");
    for (size_t i = 0; i < args->n_operand; i++) {
        struct stat st;
        if (strcmp(args->operand[i], "-") != 0 && stat(args->operand[i], &st) != 0 && errno != EACCES)
            return complain_of_path(args->operand[i], strerror(errno));
    }
    return args->value[OPT_explain] == NULL ? 0 : check_one_file(args);
}

static unsigned default_jobs(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

static bool want_progress(const char *when, int out)
{
    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(STDERR_FILENO) && !isatty(out);
}

static enum pf_status set_numbers(const struct pf_args *args, struct pf_run_options *run,
                                  struct pf_error *err)
{
    uint64_t n;
    enum pf_status s = pf_args_number("jobs", args->value[OPT_jobs], 0, PF_JOBS_MAX, &n, err);

    if (s != PF_OK)
        return s;
    run->jobs = n == 0 ? default_jobs() : (unsigned)n;
    s = pf_args_number("max-depth", args->value[OPT_max_depth], 1, PF_DEPTH_MAX, &n, err);
    run->depth_max = (size_t)n;
    if (s != PF_OK)
        return s;
    s = pf_args_number("parser-timeout", args->value[OPT_parser_timeout], 1, 86400, &n, err);
    run->parser_seconds = (unsigned)n;
    return s;
}

static size_t collect_excluded(const struct pf_args *args, const char **out)
{
    size_t n = 0;

    for (size_t i = 0; i < args->n_list; i++)
        if (args->list[i].opt == OPT_exclude)
            out[n++] = args->list[i].value;
    return n;
}

/* build/bin/pan-finder finds build/libexec/hihoji, PREFIX/bin finds PREFIX/libexec/hihoji. */
static bool find_parsers(char *out, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", out, cap - 1);
    char *slash;

    if (n <= 0)
        return false;
    out[n] = '\0';
    for (int up = 0; up < 2; up++) {
        slash = strrchr(out, '/');
        if (slash == NULL)
            return false;
        *slash = '\0';
    }
    n = (ssize_t)strlen(out);
    return snprintf(out + n, cap - (size_t)n, "/libexec/hihoji") < (int)(cap - (size_t)n);
}

static int exit_status(const struct pf_run_result *r)
{
    if (r->end != PF_RUN_COMPLETE)
        return 2;
    return r->findings > r->ignored ? 1 : r->gaps > 0 ? 3 : 0;
}

/* The key comes first: numbers to ignore are kept as fingerprints only. */
static enum pf_status read_rules(const struct pf_args *args, struct pf_run_options *run,
                                 struct pf_rules_file *file, struct pf_error *err)
{
    if (!args->given[OPT_rules])
        return PF_OK;
    run->detector.rules = &file->rules;
    return pf_rules_file_read(file, args->value[OPT_rules], run->detector.key, err);
}

static int run_finder(const struct pf_args *args, struct pf_run_options *run)
{
    struct pf_run_result result = { 0 };
    struct pf_error err = { "" };
    static struct pf_rules_file file;
    int status;
    const char *out = args->value[OPT_output];

    run->out = STDOUT_FILENO;
    if (out != NULL && out[0] != '\0')
        run->out = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (run->out < 0)
        return complain("the output file cannot be opened");
    run->show_progress = want_progress(args->value[OPT_progress], run->out);
    if (pf_key_load(args->value[OPT_key_file], run->detector.key, &err) != PF_OK ||
        read_rules(args, run, &file, &err) != PF_OK || pf_run(run, &result, &err) != PF_OK)
        status = complain(err.text);
    else
        status = exit_status(&result);
    pf_rules_file_release(&file);
    return status;
}

int main(int argc, char **argv)
{
    struct pf_args args;
    struct pf_error err = { "" };
    struct pf_run_options run = { .program = "pan-finder" };
    char parser_dir[4096];
    const char **excluded = NULL;
    struct stat own;
    enum pf_status s = pf_args_parse(&args, &command, argc, argv, &err);
    int status = s == PF_STOP ? 0 : 2;

    if (s == PF_OK && (s = set_numbers(&args, &run, &err)) == PF_OK && check_paths(&args) == 0) {
        excluded = calloc(args.n_list + 1, sizeof *excluded);
        run.roots = (const char *const *)args.operand;
        run.n_roots = args.n_operand;
        run.detector.kernel = args.value[OPT_kernel];
        run.detector.regional = args.value[OPT_world_brands] == NULL;
        run.walk.cross_mounts = args.value[OPT_cross_mounts] != NULL;
        run.walk.excluded = excluded;
        run.walk.n_excluded = excluded == NULL ? 0 : collect_excluded(&args, excluded);
        if (args.given[OPT_own_output] && stat(args.value[OPT_own_output], &own) == 0) {
            run.walk.own.dev = own.st_dev;
            run.walk.own.ino = own.st_ino;
            run.walk.own.set = true;
        }
        run.parser_dir = parser_dir;
        run.explain = args.value[OPT_explain] != NULL;
        if (run.explain)
            run.jobs = 1;
        status = find_parsers(parser_dir, sizeof parser_dir) && excluded != NULL
                     ? run_finder(&args, &run) : complain("cannot find its own folder");
    } else if (s != PF_OK && s != PF_STOP) {
        (void)complain(err.text);
    }
    free(excluded);
    pf_args_release(&args);
    return status;
}
