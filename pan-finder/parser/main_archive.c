/* main_archive.c - pan-parse-archive: a caged, reusable, disposable process
 * that reads archives and compressed streams for a scanner. Started by
 * pan-finder with a socket as descriptor PF_PARSER_FD; of no use by hand. */
#include "pan-finder/parser/archive.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/parser_wire.h"
#include "pan-finder/process/wire.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>

struct request { struct pf_pm pm; char kind[64]; };

static bool serve_one(int sock)
{
    struct pf_emit emit = { sock };
    struct pf_error err = { "" };
    struct request req;
    size_t n_fds = 1;
    uint64_t consumed = 0;
    enum pf_status s;
    int fd = -1;
    ssize_t n = pf_wire_recv(sock, &req, sizeof req, &fd, &n_fds);

    if (n < (ssize_t)sizeof req.pm || n_fds != 1 || req.pm.type != PF_PM_OPEN ||
        req.pm.len != (size_t)n - sizeof req.pm || req.pm.len >= sizeof req.kind)
        return false;
    req.kind[req.pm.len] = '\0';
    s = pf_archive_read(fd, req.kind, &emit, &consumed, &err);
    (void)close(fd);
    if (s == PF_STOP)
        return false;
    return pf_emit_done(&emit, s, err.text, consumed) == PF_OK;
}

int main(void)
{
    struct pf_error err;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Member names in UTF-8 come out as UTF-8; others as the bytes they are. */
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    if (pf_cage_enter(PF_ROLE_PARSER, NULL, 0, &err) != PF_OK) {
        (void)fprintf(stderr, "pan-parse-archive: %s\n", err.text);
        return 2;
    }
    while (serve_one(PF_PARSER_FD))
        continue;
    _exit(0);
}
