/* children.c - see children.h. */
#include "pan-finder/process/children.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

bool pf_children_add(struct pf_children *c, pid_t pid, enum pf_child what, unsigned owner)
{
    if (c->n == PF_CHILDREN_MAX)
        return false;
    c->child[c->n].pid = pid;
    c->child[c->n].what = what;
    c->child[c->n].owner = owner;
    c->n++;
    return true;
}

size_t pf_children_left(const struct pf_children *c, enum pf_child what)
{
    size_t left = 0;

    for (size_t i = 0; i < c->n; i++)
        left += c->child[i].what == what;
    return left;
}

bool pf_children_is_parser_of(const struct pf_children *c, pid_t pid, unsigned owner)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->child[i].pid == pid)
            return c->child[i].what == PF_CHILD_PARSER && c->child[i].owner == owner;
    return false;
}

bool pf_children_reap(struct pf_children *c, bool wait, enum pf_child *what, bool *bad, int *sig)
{
    int status;
    pid_t pid;

    do
        pid = waitpid(-1, &status, wait ? 0 : WNOHANG);
    while (pid < 0 && errno == EINTR);
    if (pid <= 0)
        return false;
    *what = PF_CHILD_PARSER;
    *sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    *bad = *sig != 0 || WEXITSTATUS(status) != 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->child[i].pid == pid) {
            *what = c->child[i].what;
            c->child[i] = c->child[--c->n];
            break;
        }
    }
    return true;
}

void pf_children_kill_all(const struct pf_children *c)
{
    for (size_t i = 0; i < c->n; i++)
        (void)kill(c->child[i].pid, SIGKILL);
}
