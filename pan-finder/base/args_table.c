/* args_table.c - see args_table.h. */
#include "pan-finder/base/args_table.h"

#include <string.h>

static const struct pf_opt common[PF_ARGS_COMMON] = {
    { "help", 'h', NULL, NULL, "general", "print this help" },
    { "version", 'V', NULL, NULL, "general", "print the version" },
    { "print-man", 0, NULL, NULL, "general", "print the manual page (roff)" },
    { "print-completion", 0, "bash|zsh|fish", NULL, "general",
      "print a completion script for this shell" },
};

size_t pf_args_count(const struct pf_command *cmd)
{
    return cmd->n_opts + PF_ARGS_COMMON;
}

const struct pf_opt *pf_args_opt(const struct pf_command *cmd, size_t i)
{
    return i < cmd->n_opts ? &cmd->opts[i] : &common[i - cmd->n_opts];
}

/* True when no option before `i` has its category. */
static bool opens_category(const struct pf_command *cmd, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(pf_args_opt(cmd, j)->category, pf_args_opt(cmd, i)->category) == 0)
            return false;
    return true;
}

const struct pf_opt *pf_args_category_next(const struct pf_command *cmd, const struct pf_opt *after)
{
    bool reached = after == NULL;

    for (size_t i = 0; i < pf_args_count(cmd); i++) {
        if (reached && opens_category(cmd, i))
            return pf_args_opt(cmd, i);
        reached = reached || pf_args_opt(cmd, i) == after;
    }
    return NULL;
}

void pf_args_add_heading(struct pf_buf *out, const char *category)
{
    char first = category[0];

    pf_buf_addc(out, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    pf_buf_adds(out, category + 1);
}
