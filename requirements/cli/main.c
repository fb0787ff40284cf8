/* main.c - pan-judge: records in, verdict records out. */
#include "pan-finder/base/args.h"
#include "requirements/include/verdict.h"

#include <stdio.h>

enum {
#define OPT(name, letter, arg, dflt, category, text) OPT_##name,
#include "requirements/cli/options.def"
#undef OPT
    OPT_COUNT
};

static const struct pf_opt options[] = {
#define OPT(name, letter, arg, dflt, category, text) { #name, letter, arg, dflt, category, text },
#include "requirements/cli/options.def"
#undef OPT
};

static const struct pf_args_example examples[] = {
    { "pan-finder /srv | pan-judge -", "judge one run without a scope file; the assumptions are listed" },
    { "pan-judge --scope=assessment.yaml scan.jsonl > verdict.jsonl", "judge by what the entity declares" },
    { "pan-judge --db=evidence.db scan.jsonl", "keep the evidence, to ask it with sqlite3" },
};

static const struct pf_command command = {
    .name = "pan-judge",
    .usage = "[OPTION]... RECORDS...",
    .summary = "judge records of pan-finder: what does the evidence say about card data being kept?",
    .description =
        "Reads record streams (files, or - for standard input) and writes verdict records: the status of the "
        "entity, of each channel and each place, every rule with its evidence, what the evidence says about "
        "requirements of PCI DSS v4.0.1, and the assumptions that were made.\n\n"
        "A positive status never says more than that there is no evidence of retention within the stated "
        "coverage. What was not read is never taken for clean.",
    .opts = options,
    .n_opts = OPT_COUNT,
    .exit_status = "0\tno evidence of retention within the stated coverage (N0, N1, N2)\n"
                   "1\tcard data is kept, or the role is not eligible (N3, N3S, NX)\n"
                   "2\twrong usage, or judging failed\n"
                   "3\tno answer: not everything was read, or findings are open (N4, N5)\n",
    .examples = examples,
    .n_examples = sizeof examples / sizeof examples[0],
    .see_also = "pan-finder(1), pan-report(1), pan-assess(1)",
};

static int fail(const struct pf_error *err)
{
    (void)fprintf(stderr, "pan-judge: %s\n", err->text);
    return 2;
}

int main(int argc, char **argv)
{
    struct pf_args args;
    struct pf_error err = { "" };
    enum req_code code = REQ_N5;
    enum pf_status s = pf_args_parse(&args, &command, argc, argv, &err);
    int status = 2;

    if (s == PF_OK && args.n_operand == 0 && args.value[OPT_check] == NULL)
        s = pf_fail(&err, PF_E_USAGE, "no records given; see pan-judge --help");
    if (s == PF_OK) {
        const struct req_options o = {
            .scope = args.value[OPT_scope], .db = args.value[OPT_db], .data = args.value[OPT_data],
            .edition = args.value[OPT_edition], .now = args.value[OPT_now],
            .records = args.operand, .n_records = args.n_operand,
        };
        bool check = args.value[OPT_check] != NULL;

        s = check ? req_check_scope(&o, &err) : req_judge(&o, stdout, &code, &err);
        status = s != PF_OK ? fail(&err) : check ? 0 : req_code_exit(code);
    } else {
        status = s == PF_STOP ? 0 : fail(&err);
    }
    pf_args_release(&args);
    return status;
}
