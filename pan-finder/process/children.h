/* children.h - the supervisor's children: who they are, which are left.
 * Layer: process. */
#ifndef PF_PROCESS_CHILDREN_H
#define PF_PROCESS_CHILDREN_H

#include "pan-finder/process/progress.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum pf_child { PF_CHILD_OPENER, PF_CHILD_COUNTER, PF_CHILD_SCANNER, PF_CHILD_RECORDER, PF_CHILD_PARSER };

#define PF_CHILDREN_MAX (3 + PF_JOBS_MAX * 20)

struct pf_children {
    struct { pid_t pid; enum pf_child what; unsigned owner; } child[PF_CHILDREN_MAX];
    size_t n;
};

bool pf_children_add(struct pf_children *c, pid_t pid, enum pf_child what, unsigned owner);

/* How many of one kind are left. */
size_t pf_children_left(const struct pf_children *c, enum pf_child what);

/* True when pid is a parser of that scanner: the only ones it may have killed. */
bool pf_children_is_parser_of(const struct pf_children *c, pid_t pid, unsigned owner);

/* Reaps one child that has ended (WNOHANG unless `wait`). False: none.
 * *bad: it ended by a signal or with a status that is not 0. */
bool pf_children_reap(struct pf_children *c, bool wait, enum pf_child *what, bool *bad, int *signal);

void pf_children_kill_all(const struct pf_children *c);

#endif
