/* child.h - runs the other commands of the suite. Layer: assess. */
#ifndef ASSESS_CHILD_H
#define ASSESS_CHILD_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct asm_argv {               /* a command line; start with all zero */
    const char *arg[256];
    char *own[256];             /* of these, the texts that were made here */
    size_t n;
};

/* The text is borrowed until the child is started. */
void asm_argv_add(struct asm_argv *argv, const char *arg);

/* Adds "--name=value"; nothing for a value that is NULL or "". */
void asm_argv_option(struct asm_argv *argv, const char *name, const char *value);

void asm_argv_release(struct asm_argv *argv);

struct asm_child {
    pid_t pid;
    int in;                     /* its standard input, -1 when it has none  */
    int out;                    /* its standard output, -1 when it is ours  */
};

/* Starts `name` from the folder of the running program. want_in / want_out:
 * make a pipe for it. Signals are reset to their defaults in the child. The
 * command line is used up, whatever happens. */
PF_MUST_CHECK enum pf_status asm_child_start(struct asm_child *child, const char *name,
                                             struct asm_argv *argv, bool want_in, bool want_out,
                                             struct pf_error *err);

/* Waits; returns its exit status, or 128 + signal. */
int asm_child_wait(struct asm_child *child);

#endif
