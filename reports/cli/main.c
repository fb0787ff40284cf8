/* main.c - pan-report: records in, a report out. */
#include "pan-finder/base/args.h"
#include "pan-finder/finding/label.h"
#include "reports/model/read.h"
#include "reports/render/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
#define OPT(name, letter, arg, dflt, category, text) OPT_##name,
#include "reports/cli/options.def"
#undef OPT
    OPT_COUNT
};

static const struct pf_opt opts[] = {
#define OPT(name, letter, arg, dflt, category, text) { #name, letter, arg, dflt, #category, text },
#include "reports/cli/options.def"
#undef OPT
};

static const struct pf_args_example examples[] = {
    { "pan-report scan.jsonl verdict.jsonl", "what was found and what to do, on the terminal" },
    { "pan-report --format=html --output=report.html scan.jsonl verdict.jsonl",
      "one page to read, print and file, in English and Japanese" },
    { "pan-finder /srv | pan-report -", "a look at the findings before anybody judged them" },
};

static const struct pf_command command = {
    .name = "pan-report",
    .usage = "[OPTION]... RECORDS...",
    .summary = "write a report from the records of pan-finder and pan-judge",
    .description =
        "Reads records, one JSON object a line, from the files named (\"-\" is standard input) "
        "and writes one report of them all.\n\n"
        "The verdict, its reasons and the requirements come from the records of pan-judge. "
        "Without them the report shows what was found and what was not read, and says that "
        "nobody has judged it.\n\n"
        "Memory is bounded: findings are listed up to 200 for one object and 20,000 in all, "
        "gaps up to 5,000; what is beyond is counted, and the report says so. Card numbers are "
        "masked in the records already; the report shows six and four digits at most.",
    .opts = opts,
    .n_opts = OPT_COUNT,
    .exit_status = "0\tthe report was written\n"
                   "2\twrong usage, records that cannot be read, or a report that cannot be written\n",
    .examples = examples,
    .n_examples = sizeof examples / sizeof examples[0],
};

static const struct { const char *name; rpt_render_fn *render; } format[] = {
    { "text", rpt_render_text }, { "json", rpt_render_json }, { "html", rpt_render_html },
};

static rpt_render_fn *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof format / sizeof format[0]; i++)
        if (strcmp(format[i].name, name) == 0)
            return format[i].render;
    return NULL;
}

static enum pf_status write_report(FILE *file, const struct rpt_model *m, rpt_render_fn *render,
                                   const struct rpt_render *how, struct pf_error *err)
{
    struct rpt_out out;

    rpt_out_init(&out, file);
    render(&out, m, how);
    return rpt_out_finish(&out, err);
}

/* A device or a pipe is written as it is: a rename would replace it by a file. */
static enum pf_status write_to_special(const char *name, const struct rpt_model *m,
                                       rpt_render_fn *render, const struct rpt_render *how,
                                       struct pf_error *err)
{
    FILE *file = fopen(name, "we");
    enum pf_status s;

    if (file == NULL)
        return pf_fail(err, PF_E_IO, "%s: cannot be written", name);
    s = write_report(file, m, render, how, err);
    if (fclose(file) != 0 && s == PF_OK)
        s = pf_fail(err, PF_E_IO, "%s: cannot be written", name);
    return s;
}

/* Writes beside `name` and renames, so that a half report never has its name. */
static enum pf_status write_to_file(const char *name, const struct rpt_model *m,
                                    rpt_render_fn *render, const struct rpt_render *how,
                                    struct pf_error *err)
{
    struct pf_buf beside = PF_BUF_INIT;
    FILE *file = NULL;
    struct stat st;
    enum pf_status s;
    int fd;

    if (stat(name, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return write_to_special(name, m, render, how, err);
    pf_buf_addf(&beside, "%s.XXXXXX", name);
    if (pf_buf_failed(&beside))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    fd = mkstemp(beside.data);
    if (fd >= 0)
        file = fdopen(fd, "w");
    if (file == NULL) {
        s = pf_fail(err, PF_E_IO, "%s: cannot be written", name);
    } else {
        s = write_report(file, m, render, how, err);
        if (fclose(file) != 0 && s == PF_OK)
            s = pf_fail(err, PF_E_IO, "the report could not be written");
        if (s == PF_OK && rename(beside.data, name) != 0)
            s = pf_fail(err, PF_E_IO, "%s: cannot be written", name);
        if (s != PF_OK)
            (void)unlink(beside.data);
    }
    pf_buf_release(&beside);
    return s;
}

static enum pf_status run(const struct pf_args *args, struct pf_error *err)
{
    const char *output = args->value[OPT_output], *lang = args->value[OPT_lang];
    rpt_render_fn *render = find_format(args->value[OPT_format]);
    struct rpt_render how = { .lang = rpt_lang_from_env() };
    struct rpt_model model;
    enum pf_status s = PF_OK;

    if (render == NULL)
        return pf_fail(err, PF_E_USAGE, "--format: must be text, json or html");
    if (lang != NULL && lang[0] != '\0' && !rpt_lang_from(lang, &how.lang))
        return pf_fail(err, PF_E_USAGE, "--lang: must be en or ja");
    if (args->n_operand == 0)
        return pf_fail(err, PF_E_USAGE, "name at least one file of records, or - for standard input");
    if (!rpt_model_init(&model))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    how.colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    for (size_t i = 0; s == PF_OK && i < args->n_operand; i++)
        s = rpt_read_file(&model, args->operand[i], err);
    if (s == PF_OK) {
        rpt_model_finish(&model);
        if (output != NULL && output[0] != '\0') {
            how.colour = false;
            s = write_to_file(output, &model, render, &how, err);
        } else {
            s = write_report(stdout, &model, render, &how, err);
        }
    }
    rpt_model_release(&model);
    return s;
}

int main(int argc, char **argv)
{
    struct pf_error err = { "" };
    struct pf_args args;
    enum pf_status s = pf_args_parse(&args, &command, argc, argv, &err);

    if (s == PF_STOP)
        return 0;
    if (s == PF_OK) {
        s = run(&args, &err);
        pf_args_release(&args);
    }
    if (s != PF_OK) {
        struct pf_buf text = PF_BUF_INIT;
        pf_label_add(&text, err.text, strlen(err.text));
        (void)fprintf(stderr, "pan-report: %s\n", text.data == NULL ? "failed" : text.data);
        pf_buf_release(&text);
        return 2;
    }
    return 0;
}
