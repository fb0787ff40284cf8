/* main.c - pan-assess: finds, judges, reports, and keeps the evidence. */
#include "assess/steps.h"
#include "pan-finder/base/args.h"
#include "pan-finder/finding/label.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum option {
#define OPT(id, name, letter, arg, dflt, category, text) OPT_##id,
#include "assess/options.def"
#undef OPT
    OPT_COUNT
};

static const struct pf_opt options[] = {
#define OPT(id, name, letter, arg, dflt, category, text) { name, letter, arg, dflt, #category, text },
#include "assess/options.def"
#undef OPT
};

static const struct pf_args_example examples[] = {
    { "pan-assess /srv/shop", "assess one folder and open the report it names" },
    { "pan-assess --scope=assessment.yaml --out=evidence /srv /home /var/log",
      "assess a merchant's host against its declared scope" },
};

static const struct pf_command command = {
    .name = "pan-assess",
    .usage = "[OPTION]... PATH...",
    .summary = "search, judge and report: is card data kept here?",
    .description =
        "Runs pan-finder on each PATH, pan-judge on what it found and could not read, and pan-report on "
        "the verdict. Everything is kept in one evidence folder: run.json, findings.jsonl, "
        "coverage.jsonl.zst, verdict.json, evidence.db, report.html and manifest.json with the digest of "
        "each. The folder holds masked numbers and keyed fingerprints only; the key stays outside it.\n\n"
        "Without a scope file the judge asks nothing and states the assumptions it made.",
    .opts = options,
    .n_opts = OPT_COUNT,
    .exit_status =
        "0\tcomplete, and nothing was found\n"
        "1\tsomething was found\n"
        "2\twrong usage, or the run failed or was interrupted\n"
        "3\tnothing was found, but something was not read\n",
    .examples = examples,
    .n_examples = sizeof examples / sizeof examples[0],
    .see_also = "pan-finder(1), pan-judge(1), pan-report(1)",
};

/* An interrupt is for the finder: it ends its records properly, and the rest
 * of the chain goes on to judge what there is. */
static void pass_on(int sig)
{
    if (asm_finder_pid > 0)
        (void)kill((pid_t)asm_finder_pid, sig);
}

static void catch_interrupts(void)
{
    struct sigaction act = { .sa_handler = pass_on, .sa_flags = SA_RESTART };

    (void)sigemptyset(&act.sa_mask);
    (void)sigaction(SIGINT, &act, NULL);
    (void)sigaction(SIGTERM, &act, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static int complain(const char *text)
{
    (void)fprintf(stderr, "pan-assess: %s\n", text);
    return 2;
}

static int exit_status(const struct asm_evidence *e)
{
    if (strcmp(asm_evidence_status(e), "complete") != 0)
        return 2;
    return e->findings > 0 ? 1 : e->gaps > 0 ? 3 : 0;
}

static void default_folder(struct pf_buf *out)
{
    char host[256] = "host", when[32];
    time_t now = time(NULL);
    struct tm tm;

    (void)gethostname(host, sizeof host - 1);
    (void)gmtime_r(&now, &tm);
    (void)strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", &tm);
    pf_buf_addf(out, "evidence-%s-%s", host, when);
}

static enum pf_status run_all(struct asm_evidence *e, const struct asm_plan *plan, struct pf_error *err)
{
    struct pf_buf verdicts = PF_BUF_INIT;
    enum pf_status s = asm_step_scope(e, plan, err);

    if (s != PF_OK) {
        asm_evidence_unmake(e);
        return s;
    }
    s = asm_step_find(e, plan, err);
    if (s == PF_OK)
        s = asm_evidence_close(e, err);
    if (s == PF_OK)
        s = asm_step_judge(e, plan, &verdicts, err);
    if (s == PF_OK)
        s = asm_step_report(e, plan, "html", "report.html", &verdicts, err);
    if (s == PF_OK)
        s = asm_evidence_manifest(e, err);
    if (s == PF_OK)
        s = asm_step_report(e, plan, "text", NULL, &verdicts, err);
    pf_buf_release(&verdicts);
    return s;
}

/* Folder names may hold anything: a terminal must not obey it, and a card
 * number among it must not be shown. */
static void say_where(const char *dir)
{
    struct pf_buf text = PF_BUF_INIT;

    pf_label_add(&text, dir, strlen(dir));
    (void)printf("\nReport:   %s/report.html\nEvidence: %s/\n", text.data, text.data);
    pf_buf_release(&text);
}

static size_t collect_excluded(const struct pf_args *args, const char **out)
{
    size_t n = 0;

    for (size_t i = 0; i < args->n_list; i++)
        if (args->list[i].opt == OPT_exclude)
            out[n++] = args->list[i].value;
    return n;
}

static int assess(const struct pf_args *args, struct asm_plan *plan)
{
    struct pf_buf dir = PF_BUF_INIT, key = PF_BUF_INIT;
    struct asm_evidence e;
    struct pf_error err = { "" };
    enum pf_status s;
    int status = 2;

    if (args->value[OPT_out] != NULL && args->value[OPT_out][0] != '\0')
        pf_buf_adds(&dir, args->value[OPT_out]);
    else
        default_folder(&dir);
    while (dir.len > 1 && dir.data[dir.len - 1] == '/')
        dir.data[--dir.len] = '\0';
    pf_buf_addf(&key, "%s.key", dir.data);
    plan->key_file = args->given[OPT_key_file] ? args->value[OPT_key_file] : key.data;
    s = asm_evidence_make(&e, dir.data, &err);
    if (s == PF_OK)
        s = run_all(&e, plan, &err);
    if (s == PF_OK) {
        say_where(dir.data);
        status = exit_status(&e);
    } else if (err.text[0] != '\0') {
        (void)complain(err.text);
    }
    asm_evidence_release(&e);
    pf_buf_release(&dir);
    pf_buf_release(&key);
    return status;
}

static int assess_args(const struct pf_args *args)
{
    const char **excluded = calloc(args->n_list + 1, sizeof *excluded);
    struct asm_plan plan = {
        .scope = args->value[OPT_scope], .lang = args->value[OPT_lang],
        .progress = args->value[OPT_progress], .jobs = args->value[OPT_jobs],
        .max_depth = args->value[OPT_max_depth], .parser_timeout = args->value[OPT_parser_timeout],
        .cross_mounts = args->value[OPT_cross_mounts] != NULL,
        .excluded = excluded, .paths = args->operand, .n_paths = args->n_operand,
    };
    int status;

    if (excluded == NULL)
        return complain("out of memory");
    plan.n_excluded = collect_excluded(args, excluded);
    status = assess(args, &plan);
    free(excluded);
    return status;
}

int main(int argc, char **argv)
{
    struct pf_args args;
    struct pf_error err = { "" };
    enum pf_status s = pf_args_parse(&args, &command, argc, argv, &err);
    int status = s == PF_STOP ? 0 : 2;

    if (s == PF_OK && args.n_operand == 0) {
        (void)complain("no path given; try --help");
    } else if (s == PF_OK) {
        (void)umask(077);              /* evidence is for its owner */
        catch_interrupts();
        status = assess_args(&args);
    } else if (s != PF_STOP) {
        (void)complain(err.text);
    }
    pf_args_release(&args);
    return status;
}
