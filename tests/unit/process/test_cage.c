/* links: pan-finder/base pan-finder/object pan-finder/finding pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/source pan-finder/decode pan-finder/scan pan-finder/process  libs: -lsodium -lseccomp -ljansson -lm */
/* From inside each role: what it cannot do, and what it still can. */
#include "pan-finder/process/cage.h"
#include "pan-finder/base/sanitized.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char allowed[64];            /* a folder the opener may read, with a file in it */

/* Each act returns true when it SUCCEEDED, which no caged role may see. */
static bool read_secret(void) { return open("/etc/passwd", O_RDONLY) >= 0; }
static bool write_file(void)
{
    char path[80];

    (void)snprintf(path, sizeof path, "%s/new", allowed);
    return open(path, O_WRONLY | O_CREAT, 0600) >= 0;
}
static bool connect_out(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
    int s = socket(AF_INET, SOCK_STREAM, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (s < 0)
        return false;
    /* Reaching the point of being refused is already too far. */
    return connect(s, (struct sockaddr *)&to, sizeof to) == 0 || errno == ECONNREFUSED;
}
static bool run_program(void)
{
    char *argv[] = { (char *)(uintptr_t)"true", NULL };

    (void)execv("/bin/true", argv);
    return false;       /* a success would end this process with status 0 */
}
static bool trace_parent(void) { return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0; }
static bool make_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
           != MAP_FAILED;
}
static bool signal_parent(void) { return kill(getppid(), 0) == 0; }
static bool remove_file(void)
{
    char path[80];

    (void)snprintf(path, sizeof path, "%s/file", allowed);
    return unlink(path) == 0;
}

struct act { const char *what; bool (*try)(void); };

static const struct act acts[] = {
    { "read a file outside", read_secret }, { "write a file", write_file },
    { "connect to a network", connect_out }, { "run a program", run_program },
    { "trace its parent", trace_parent }, { "map executable memory", make_code },
    { "signal its parent", signal_parent }, { "remove a file", remove_file },
};
#define N_ACTS (sizeof acts / sizeof acts[0])

static const struct { const char *name; enum pf_role role; } roles[] = {
    { "opener", PF_ROLE_OPENER }, { "scanner", PF_ROLE_SCANNER },
    { "recorder", PF_ROLE_RECORDER }, { "parser", PF_ROLE_PARSER },
};
#define N_ROLES (sizeof roles / sizeof roles[0])

enum { CAGE_FAILED = 90, ACT_DONE = 91, ACT_REFUSED = 92 };

static int outcome(enum pf_role role, bool (*try)(void))
{
    const char *roots[] = { allowed };
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        struct pf_error err;
        if (pf_cage_enter(role, roots, role == PF_ROLE_OPENER, &err) != PF_OK)
            _exit(CAGE_FAILED);
        _exit(try() ? ACT_DONE : ACT_REFUSED);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGSYS ? ACT_REFUSED : 1000 + WTERMSIG(status);
    return WEXITSTATUS(status);
}

START_TEST(no_role_can)
{
    const struct act *act = &acts[(size_t)_i % N_ACTS];
    size_t r = (size_t)_i / N_ACTS;

    if (PF_SANITIZED)
        return;             /* the sanitizers need calls that a product build forbids */
    ck_assert_msg(outcome(roles[r].role, act->try) == ACT_REFUSED, "%s could %s (%d)", roles[r].name,
                  act->what, outcome(roles[r].role, act->try));
}
END_TEST

static bool read_allowed(void)
{
    char path[80], byte;
    int fd;

    (void)snprintf(path, sizeof path, "%s/file", allowed);
    fd = open(path, O_RDONLY);
    return fd >= 0 && read(fd, &byte, 1) == 1;
}

START_TEST(opener_reads_below_its_roots)
{
    ck_assert_int_eq(outcome(PF_ROLE_OPENER, read_allowed), ACT_DONE);
}
END_TEST

static bool use_memory(void)
{
    int fd = memfd_create("nested", MFD_CLOEXEC);
    char *p = malloc(4 << 20), byte = 0;

    if (p == NULL || fd < 0)
        return false;
    memset(p, 1, 4 << 20);
    return write(fd, p, 4 << 20) == 4 << 20 && lseek(fd, 0, SEEK_SET) == 0 && read(fd, &byte, 1) == 1;
}

START_TEST(scanner_can_work_in_memory)
{
    ck_assert_int_eq(outcome(PF_ROLE_SCANNER, use_memory), ACT_DONE);
}
END_TEST

static bool connect_only(void) { return connect_out(); }

START_TEST(supervisor_has_no_network)
{
    if (PF_SANITIZED)
        return;
    ck_assert_int_eq(outcome(PF_ROLE_SUPERVISOR, connect_only), ACT_REFUSED);
    ck_assert_int_eq(outcome(PF_ROLE_SUPERVISOR, trace_parent), ACT_REFUSED);
    ck_assert_int_eq(outcome(PF_ROLE_SUPERVISOR, remove_file), ACT_REFUSED);
}
END_TEST

static void make_allowed(void)
{
    char path[80];
    int fd;

    (void)snprintf(allowed, sizeof allowed, "/tmp/pf-cage-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(allowed));
    (void)snprintf(path, sizeof path, "%s/file", allowed);
    fd = open(path, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(fd, "x", 1), 1);
    (void)close(fd);
}

static void remove_allowed(void)
{
    char path[80];

    (void)snprintf(path, sizeof path, "%s/file", allowed);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/new", allowed);
    (void)unlink(path);
    (void)rmdir(allowed);
}

int main(void)
{
    Suite *s = suite_create("cage");
    TCase *t = tcase_create("cage");
    SRunner *r = srunner_create(s);
    int failed;

    tcase_add_unchecked_fixture(t, make_allowed, remove_allowed);
    tcase_add_loop_test(t, no_role_can, 0, (int)(N_ROLES * N_ACTS));
    tcase_add_test(t, opener_reads_below_its_roots);
    tcase_add_test(t, scanner_can_work_in_memory);
    tcase_add_test(t, supervisor_has_no_network);
    suite_add_tcase(s, t);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed == 0 ? 0 : 1;
}
