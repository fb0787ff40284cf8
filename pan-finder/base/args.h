/* args.h - command lines from one table.
 * Layer: base. A command lists its options in an options.def; the parser,
 * --help, the man page and the shell completions are all made from it, so
 * they cannot disagree. Texts are borrowed from the table and from argv.
 *
 * Every command also has --help (-h), --version (-V), --print-man and
 * --print-completion=bash|zsh|fish; they are not in the table. An error text
 * never repeats a value, since a value may hold what must not be logged. */
#ifndef PF_BASE_ARGS_H
#define PF_BASE_ARGS_H

#include "pan-finder/base/buf.h"

struct pf_opt {
    const char *name;      /* "max-depth" */
    char letter;           /* 'd', or 0 */
    const char *arg;       /* "N" when it takes a value, NULL when it is a switch. "a|b|c": one of
                              these words, checked. FILE or DIR: completed as a file or folder */
    const char *dflt;      /* default as text, "" or NULL when none */
    const char *category;  /* heading in --help: "input", "speed", "limits", ... */
    const char *text;      /* one line, no full stop */
};

struct pf_args_example { const char *command, *text; };

struct pf_command {
    const char *name;          /* "pan-finder" */
    const char *usage;         /* "[OPTION]... PATH..." */
    const char *summary;       /* one line */
    const char *description;   /* paragraphs for the man page, separated by an empty line; may be NULL */
    const struct pf_opt *opts;
    size_t n_opts;             /* at most PF_ARGS_VALUES */
    const char *exit_status;   /* lines "0<TAB>meaning\n" */
    const struct pf_args_example *examples;
    size_t n_examples;
    const char *see_also;      /* "pan-judge(1), pan-report(1)"; may be NULL */
};

#define PF_ARGS_VALUES 64

struct pf_args_given {
    unsigned opt;              /* index in opts[] */
    const char *value;         /* "1" for a switch */
};

struct pf_args {
    const char *value[PF_ARGS_VALUES];   /* per option: last value given, else its default; a switch: "1" or NULL */
    bool given[PF_ARGS_VALUES];
    struct pf_args_given *list;          /* every option in order, for repeatable ones */
    size_t n_list;
    char **operand;                      /* what is left, borrowed from argv */
    size_t n_operand;
};

/* Parses argv. PF_STOP: --help, --version, --print-man or
 * --print-completion=SHELL was asked for and printed on stdout: exit 0.
 * PF_E_USAGE with a text naming the option; PF_E_IO when stdout cannot be
 * written. Whatever it returns, free with pf_args_release. */
PF_MUST_CHECK enum pf_status pf_args_parse(struct pf_args *args, const struct pf_command *cmd,
                                           int argc, char **argv, struct pf_error *err);
void pf_args_release(struct pf_args *args);

/* A whole number min..max with an optional K, M, G (1024s). PF_E_USAGE names `option`. */
PF_MUST_CHECK enum pf_status pf_args_number(const char *option, const char *text, uint64_t min,
                                            uint64_t max, uint64_t *out, struct pf_error *err);

/* Made from the table. Help is wrapped to the terminal when stdout is one,
 * else to 80 columns. The man page is roff with man(7) macros. The completion
 * is false for a shell that is not bash, zsh or fish. */
void pf_args_help(struct pf_buf *out, const struct pf_command *cmd);
void pf_args_man(struct pf_buf *out, const struct pf_command *cmd);
bool pf_args_completion(struct pf_buf *out, const struct pf_command *cmd, const char *shell);

#endif
