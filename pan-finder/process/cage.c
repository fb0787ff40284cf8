/* cage.c - see cage.h. The only file that knows libseccomp. */
#include "pan-finder/process/cage.h"
#include "pan-finder/base/limits.h"
#include "pan-finder/base/sanitized.h"
#include "pan-finder/process/landlock.h"

#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* What every role needs: its memory, its descriptors, the clock, to end. */
static const int base_calls[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
    SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise),
    SCMP_SYS(mprotect), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction), SCMP_SYS(restart_syscall), SCMP_SYS(getrandom), SCMP_SYS(getpid),
    SCMP_SYS(gettid), SCMP_SYS(sched_yield), SCMP_SYS(lseek), SCMP_SYS(writev),
};

/* Scanner and parser: read what they were handed, keep a nested container in
 * anonymous memory (a file on disk would itself store card data). */
static const int content_calls[] = {
    SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(fadvise64), SCMP_SYS(memfd_create),
    SCMP_SYS(ftruncate), SCMP_SYS(munlock), SCMP_SYS(mlock),
};

static const int opener_calls[] = {
    SCMP_SYS(getdents64), SCMP_SYS(openat2), SCMP_SYS(fstatfs), SCMP_SYS(fcntl),
    SCMP_SYS(readlinkat),
};

/* The supervisor must fork and start parsers; what it must not do is talk to
 * a network, trace others or load code into the kernel. Parsers inherit this. */
static const int supervisor_denied[] = {
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
    SCMP_SYS(accept4), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(bpf), SCMP_SYS(mount),
    SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat2),
    SCMP_SYS(perf_event_open), SCMP_SYS(kexec_load),
};

/* Apart from the rest: the leak check of a sanitizer build traces its own process. */
static const int tracing[] = { SCMP_SYS(ptrace) };

/* Only for error reports of the sanitizers; never in a product build. */
static const int sanitizer_calls[] = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(readlink), SCMP_SYS(stat), SCMP_SYS(sigaltstack), SCMP_SYS(prctl),
    SCMP_SYS(getrlimit), SCMP_SYS(prlimit64), SCMP_SYS(sched_getaffinity), SCMP_SYS(tgkill),
    SCMP_SYS(personality), SCMP_SYS(fcntl), SCMP_SYS(getppid), SCMP_SYS(ioctl),
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static bool add_calls(scmp_filter_ctx ctx, uint32_t action, const int *call, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int r;
        /* No executable memory in any role: PROT_EXEC is 4 (mmap(2)). */
        if (action == SCMP_ACT_ALLOW && (call[i] == SCMP_SYS(mmap) || call[i] == SCMP_SYS(mprotect)))
            r = seccomp_rule_add(ctx, action, call[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0));
        else
            r = seccomp_rule_add(ctx, action, call[i], 0);
        if (r != 0 && r != -EDOM)
            return false;
    }
    return true;
}

static bool fill_filter(scmp_filter_ctx ctx, enum pf_role role)
{
    if (role == PF_ROLE_SUPERVISOR)
        return add_calls(ctx, SCMP_ACT_KILL_PROCESS, supervisor_denied, COUNT(supervisor_denied)) &&
               (PF_SANITIZED || add_calls(ctx, SCMP_ACT_KILL_PROCESS, tracing, COUNT(tracing)));
    if (!add_calls(ctx, SCMP_ACT_ALLOW, base_calls, COUNT(base_calls)))
        return false;
    if (PF_SANITIZED && !add_calls(ctx, SCMP_ACT_ALLOW, sanitizer_calls, COUNT(sanitizer_calls)))
        return false;
    if ((role == PF_ROLE_SCANNER || role == PF_ROLE_PARSER) &&
        !add_calls(ctx, SCMP_ACT_ALLOW, content_calls, COUNT(content_calls)))
        return false;
    if (role == PF_ROLE_OPENER) {
        /* openat: for reading only (no O_WRONLY, O_RDWR, O_CREAT, O_TRUNC). */
        const scmp_datum_t mask = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
        if (seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, mask, 0)) != 0 && !PF_SANITIZED)
            return false;
        return add_calls(ctx, SCMP_ACT_ALLOW, opener_calls, COUNT(opener_calls));
    }
    return true;
}

static bool enter_seccomp(enum pf_role role)
{
    uint32_t dflt = role == PF_ROLE_SUPERVISOR ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS;
    scmp_filter_ctx ctx = seccomp_init(dflt);
    bool ok = ctx != NULL && fill_filter(ctx, role) && seccomp_load(ctx) == 0;

    if (ctx != NULL)
        seccomp_release(ctx);
    return ok;
}

static bool limit(int what, rlim_t value)
{
    struct rlimit r;

    if (getrlimit((__rlimit_resource_t)what, &r) != 0)
        return false;
    if (r.rlim_max == RLIM_INFINITY || r.rlim_max > value)
        r.rlim_max = value;
    r.rlim_cur = r.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

static bool enter_limits(enum pf_role role)
{
    /* A core of a scanner would hold card numbers; no process of ours leaves one. */
    if (!limit(RLIMIT_CORE, 0))
        return false;
    if (role == PF_ROLE_PARSER) {
        if (!limit(RLIMIT_NOFILE, 16) || !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_FSIZE, 0))
            return false;
        return PF_SANITIZED || limit(RLIMIT_AS, PF_PARSER_MEMORY);
    }
    if (role == PF_ROLE_SCANNER)
        return PF_SANITIZED || limit(RLIMIT_AS, PF_SCANNER_MEMORY);
    return true;
}

struct pf_cage_report pf_cage_probe(void)
{
    struct pf_cage_report r = {
        .seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0, .landlock = pf_landlock_abi(),
    };
    return r;
}

enum pf_status pf_cage_enter(enum pf_role role, const char *const *roots, size_t n_roots,
                             struct pf_error *err)
{
    struct pf_cage_report have = pf_cage_probe();

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return pf_fail(err, PF_E_INTERNAL, "cage: cannot give up new privileges");
    if (!enter_limits(role))
        return pf_fail(err, PF_E_INTERNAL, "cage: cannot set resource limits");
    if (role == PF_ROLE_SCANNER || role == PF_ROLE_PARSER || role == PF_ROLE_RECORDER)
        (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (role != PF_ROLE_SUPERVISOR && !PF_SANITIZED && !pf_landlock_read_only(roots, n_roots))
        return pf_fail(err, PF_E_INTERNAL, "cage: cannot enter Landlock");
    if (have.seccomp && !enter_seccomp(role))
        return pf_fail(err, PF_E_INTERNAL, "cage: cannot load the system-call filter");
    return PF_OK;
}
