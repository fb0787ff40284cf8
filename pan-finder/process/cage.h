/* cage.h - what each process gives up before it touches a byte of the target.
 * Layer: process. Three layers, each on its own enough for the common case:
 * rlimits, Landlock (file system), seccomp (system calls; anything that is not
 * on the role's list kills the process). tests/unit/process/test_cage.c proves
 * from inside each role what it cannot do. */
#ifndef PF_PROCESS_CAGE_H
#define PF_PROCESS_CAGE_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum pf_role {
    PF_ROLE_SUPERVISOR,   /* starts parsers, waits; no network                         */
    PF_ROLE_OPENER,       /* reads the file system below the roots; no network, no exec */
    PF_ROLE_SCANNER,      /* descriptors it is given; no files, no network, no exec     */
    PF_ROLE_RECORDER,     /* writes to the descriptor it has; nothing else              */
    PF_ROLE_PARSER,       /* as the scanner, without a key, with a memory bound         */
};

struct pf_cage_report {
    bool seccomp;         /* system-call filter in force           */
    int landlock;         /* ABI in force; 0: the kernel has none  */
};

/* What this kernel offers, without entering anything. */
struct pf_cage_report pf_cage_probe(void);

/* Enters the cage of `role`; there is no way out. roots: opener only, what it
 * may read. A feature that the kernel lacks is left out (the run record says
 * so); a feature that exists and fails is PF_E_INTERNAL, and the caller must
 * not go on. */
PF_MUST_CHECK enum pf_status pf_cage_enter(enum pf_role role, const char *const *roots,
                                           size_t n_roots, struct pf_error *err);

#endif
