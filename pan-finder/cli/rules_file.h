/* rules_file.h - the section `detection` of a scope file (docs/scope-file.md).
 * Layer: cli. rules_file.c alone includes yaml.h. Read before the processes of a
 * run are made; the scanners inherit what was made of it. Errors name line and
 * column and never repeat a value: it may be a card number. */
#ifndef PF_CLI_RULES_FILE_H
#define PF_CLI_RULES_FILE_H

#include "pan-finder/finding/rules.h"

#define PF_RULES_FILE_MAX (1u << 20)     /* bytes; larger: usage error */

struct pf_rules_file {
    struct pf_user_rules rules;
    char **text;                         /* what the rules borrow */
    size_t n_text;
    char *cwd;
};

/* Fills `out`; the rest of the file is the judge's and passed over. A file
 * without the section has no rules. Numbers become fingerprints under `key`
 * (PF_KEY_BYTES bytes) and are wiped. PF_E_USAGE, PF_E_NOMEM; release always. */
PF_MUST_CHECK enum pf_status pf_rules_file_read(struct pf_rules_file *out, const char *path,
                                                const uint8_t *key, struct pf_error *err);
void pf_rules_file_release(struct pf_rules_file *file);

#endif
