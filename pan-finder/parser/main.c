/* main.c - pan-parse-archive: a caged, reusable, disposable process
 * that reads archives and compressed streams for a scanner. Started by
 * pan-finder with a socket as descriptor PF_PARSER_FD; of no use by hand. */
#include "pan-finder/parser/archive.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/parser_wire.h"
#include "pan-finder/process/wire.h"

#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

struct request { struct pf_pm pm; char kind[64]; };

static bool serve_one(int sock)
{
    static struct pf_emit emit;
    struct pf_error err = { "" };
    struct request req;
    size_t n_fds = 1;
    uint64_t consumed = 0;
    enum pf_status s;
    int fd = -1;
    ssize_t n = pf_wire_recv(sock, &req, sizeof req, &fd, &n_fds);

    emit.sock = sock;
    emit.len = 0;
    if (n < (ssize_t)sizeof req.pm || n_fds != 1 || req.pm.type != PF_PM_OPEN ||
        req.pm.len != (size_t)n - sizeof req.pm || req.pm.len >= sizeof req.kind)
        return false;
    req.kind[req.pm.len] = '\0';
    s = pf_archive_read(fd, req.kind, &emit, &consumed, &err);
    (void)close(fd);
    if (s == PF_STOP)
        return false;
    return pf_emit_done(&emit, s, consumed) == PF_OK;
}

/* Zip times are local times; once caged, libc could no longer read the zone
 * file, so the offset of today is fixed as a POSIX zone (POSIX.1 8.3). */
static void fix_time_zone(void)
{
    char zone[32];
    long west;

    tzset();
    west = timezone;
    (void)snprintf(zone, sizeof zone, "LCL%s%ld:%02ld", west < 0 ? "-" : "",
                   labs(west) / 3600, labs(west) % 3600 / 60);
    (void)setenv("TZ", zone, 1);
    tzset();
}

int main(void)
{
    struct pf_error err;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Member names in UTF-8 come out as UTF-8; others as the bytes they are. */
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    fix_time_zone();
    /* Buffers come and go with each object: keep their pages. */
    (void)mallopt(M_MMAP_THRESHOLD, 64 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    if (pf_cage_enter(PF_ROLE_PARSER, NULL, 0, &err) != PF_OK) {
        (void)fprintf(stderr, "pan-parse-archive: %s\n", err.text);
        return 2;
    }
    while (serve_one(PF_PARSER_FD))
        continue;
    _exit(0);
}
