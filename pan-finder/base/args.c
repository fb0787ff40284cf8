/* args.c - see args.h. Parsing; the texts are made in args_help.c, args_man.c
 * and args_completion.c from the table of args_table.h. */
#include "pan-finder/base/args.h"
#include "pan-finder/base/args_table.h"
#include "pan-finder/base/version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The common options, by their place after the command's own. */
enum { ASK_HELP, ASK_VERSION, ASK_MAN, ASK_COMPLETION };

/* getopt's val: above every letter, then the index in opts[], then the common ones. */
#define VAL_BASE 0x1000

struct getopt_table {
    struct option longs[PF_ARGS_VALUES + PF_ARGS_COMMON + 1];
    char shorts[2 * (PF_ARGS_VALUES + PF_ARGS_COMMON) + 2];
    unsigned short by_letter[256];     /* VAL_BASE + index, 0 when no such letter */
};

static void table_add(struct getopt_table *t, size_t at, size_t *n_short, const struct pf_opt *opt)
{
    t->longs[at] = (struct option){ opt->name, opt->arg != NULL, NULL, VAL_BASE + (int)at };
    if (opt->letter == 0)
        return;
    t->by_letter[(unsigned char)opt->letter] = (unsigned short)(VAL_BASE + at);
    t->shorts[(*n_short)++] = opt->letter;
    if (opt->arg != NULL)
        t->shorts[(*n_short)++] = ':';
}

static void table_fill(struct getopt_table *t, const struct pf_command *cmd)
{
    size_t n_short = 0;

    memset(t, 0, sizeof *t);
    t->shorts[n_short++] = ':';        /* a missing value is told from an unknown option */
    for (size_t i = 0; i < pf_args_count(cmd); i++)
        table_add(t, i, &n_short, pf_args_opt(cmd, i));
}

/* True when `word` is one of the words of "a|b|c". */
static bool is_choice(const char *choices, const char *word)
{
    size_t len = strcspn(word, "|");

    if (word[len] == '|')
        return false;
    for (const char *at = choices; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, len) == 0 && (at[len] == '|' || at[len] == '\0'))
            return len > 0;
    }
    return false;
}

/* An option that is not ours, for a message: its name alone, digits hidden. */
static enum pf_status fail_unknown(const char *word, struct pf_error *err)
{
    char shown[40];
    size_t n = 0;

    for (; word[n] != '\0' && word[n] != '=' && n < sizeof shown - 1; n++) {
        unsigned char c = (unsigned char)word[n];
        shown[n] = c < 0x21 || c > 0x7e ? '?' : c >= '0' && c <= '9' ? '#' : (char)c;
    }
    shown[n] = '\0';
    return pf_fail(err, PF_E_USAGE, "unknown option %s (--help lists the options)", shown);
}

/* getopt said '?' or ':'. optopt is the val of a known option, a letter, or 0. */
static enum pf_status fail_getopt(const struct pf_command *cmd, const struct getopt_table *t,
                                  int said, char **argv, struct pf_error *err)
{
    int val = optopt > 0 && optopt < 256 ? t->by_letter[optopt] : optopt;
    const char *word = argv[optind - 1];

    if (val >= VAL_BASE) {
        const struct pf_opt *opt = pf_args_opt(cmd, (size_t)(val - VAL_BASE));
        if (said == ':')
            return pf_fail(err, PF_E_USAGE, "--%s needs a value: %s", opt->name, opt->arg);
        return pf_fail(err, PF_E_USAGE, "--%s takes no value", opt->name);
    }
    if (optopt != 0) {
        char letter[3] = { '-', (char)optopt, '\0' };
        return fail_unknown(letter, err);
    }
    return fail_unknown(word, err);
}

static enum pf_status print(struct pf_buf *text, struct pf_error *err)
{
    bool ok = !pf_buf_failed(text) && fwrite(text->data, 1, text->len, stdout) == text->len &&
              fflush(stdout) == 0;

    pf_buf_release(text);
    return ok ? PF_STOP : pf_fail(err, PF_E_IO, "standard output cannot be written");
}

static enum pf_status answer(const struct pf_command *cmd, size_t ask, const char *value,
                             struct pf_error *err)
{
    struct pf_buf text = PF_BUF_INIT;

    switch (ask) {
    case ASK_HELP:
        pf_args_help(&text, cmd);
        break;
    case ASK_VERSION:
        pf_buf_addf(&text, "%s (%s) %s\n", cmd->name, PF_SUITE, PF_VERSION);
        break;
    case ASK_MAN:
        pf_args_man(&text, cmd);
        break;
    default:
        (void)pf_args_completion(&text, cmd, value);
        break;
    }
    return print(&text, err);
}

static enum pf_status take(struct pf_args *args, const struct pf_command *cmd, size_t index,
                           const char *value, struct pf_error *err)
{
    const struct pf_opt *opt = pf_args_opt(cmd, index);
    struct pf_args_given *list;

    if (opt->arg != NULL && strchr(opt->arg, '|') != NULL && !is_choice(opt->arg, value))
        return pf_fail(err, PF_E_USAGE, "--%s takes one of %s", opt->name, opt->arg);
    if (index >= cmd->n_opts)
        return answer(cmd, index - cmd->n_opts, value, err);
    list = realloc(args->list, (args->n_list + 1) * sizeof *list);
    if (list == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    args->list = list;
    args->value[index] = value;
    args->given[index] = true;
    list[args->n_list++] = (struct pf_args_given){ (unsigned)index, value };
    return PF_OK;
}

enum pf_status pf_args_parse(struct pf_args *args, const struct pf_command *cmd, int argc,
                             char **argv, struct pf_error *err)
{
    struct getopt_table table;
    int said;

    memset(args, 0, sizeof *args);
    if (cmd->n_opts > PF_ARGS_VALUES)
        return pf_fail(err, PF_E_INTERNAL, "option table of %s is too long", cmd->name);
    for (size_t i = 0; i < cmd->n_opts; i++)
        if (cmd->opts[i].arg != NULL && cmd->opts[i].dflt != NULL && cmd->opts[i].dflt[0] != '\0')
            args->value[i] = cmd->opts[i].dflt;
    table_fill(&table, cmd);
    optind = 0;                        /* glibc: forget an earlier parse */
    opterr = 0;
    while ((said = getopt_long(argc, argv, table.shorts, table.longs, NULL)) != -1) {
        int val = said > 0 && said < 256 ? table.by_letter[said] : said;
        enum pf_status s;

        if (said == '?' || said == ':')
            return fail_getopt(cmd, &table, said, argv, err);
        s = take(args, cmd, (size_t)(val - VAL_BASE), optarg != NULL ? optarg : "1", err);
        if (s != PF_OK)
            return s;
    }
    args->operand = argv + optind;
    args->n_operand = (size_t)(argc - optind);
    return PF_OK;
}

void pf_args_release(struct pf_args *args)
{
    free(args->list);
    memset(args, 0, sizeof *args);
}

static unsigned unit_shift(const char *unit)
{
    static const char letter[] = "KMG";
    const char *at;

    if (unit[0] == '\0')
        return 0;
    at = strchr(letter, unit[0]);
    return at != NULL && unit[1] == '\0' ? 10 * (unsigned)(at - letter + 1) : 64;
}

enum pf_status pf_args_number(const char *option, const char *text, uint64_t min, uint64_t max,
                              uint64_t *out, struct pf_error *err)
{
    uint64_t n = 0;
    size_t i = 0;
    unsigned shift;
    bool ok = true;

    for (; text[i] >= '0' && text[i] <= '9'; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        ok = ok && n <= (UINT64_MAX - digit) / 10;
        n = n * 10 + digit;
    }
    shift = unit_shift(text + i);
    ok = ok && i > 0 && shift < 64 && n <= UINT64_MAX >> shift;
    if (!ok || n << shift < min || n << shift > max)
        return pf_fail(err, PF_E_USAGE, "--%s takes a whole number from %llu to %llu", option,
                       (unsigned long long)min, (unsigned long long)max);
    *out = n << shift;
    return PF_OK;
}
