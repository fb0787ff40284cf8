/* args_table.h - the option table as the makers of texts see it: the
 * command's own options, then those that every command has.
 * Layer: base, for args*.c. */
#ifndef PF_BASE_ARGS_TABLE_H
#define PF_BASE_ARGS_TABLE_H

#include "pan-finder/base/args.h"

#define PF_ARGS_COMMON 4           /* --help --version --print-man --print-completion */

size_t pf_args_count(const struct pf_command *cmd);
const struct pf_opt *pf_args_opt(const struct pf_command *cmd, size_t i);   /* i < count */

/* The first option of a category, NULL after the last category: a table may
 * mix categories, a text shows each once. Start with after = NULL. */
const struct pf_opt *pf_args_category_next(const struct pf_command *cmd, const struct pf_opt *after);

/* "a category" -> "A category". */
void pf_args_add_heading(struct pf_buf *out, const char *category);

#endif
