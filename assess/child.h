/* child.h - runs the other commands of the suite. Layer: assess. */
#ifndef ASSESS_CHILD_H
#define ASSESS_CHILD_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct asm_argv {               /* a command line; texts are borrowed */
    const char *arg[256];
    size_t n;
};

void asm_argv_add(struct asm_argv *argv, const char *arg);

struct asm_child {
    pid_t pid;
    int in;                     /* its standard input, -1 when it has none  */
    int out;                    /* its standard output, -1 when it is ours  */
};

/* Starts `name` from the folder of the running program. want_in / want_out:
 * make a pipe for it. Signals are reset to their defaults in the child. */
PF_MUST_CHECK enum pf_status asm_child_start(struct asm_child *child, const char *name,
                                             struct asm_argv *argv, bool want_in, bool want_out,
                                             struct pf_error *err);

/* Waits; returns its exit status, or 128 + signal. */
int asm_child_wait(struct asm_child *child);

#endif
