/* run.c - the supervisor: makes the processes, starts parsers, waits; see run.h. */
#include "pan-finder/process/run.h"
#include "pan-finder/base/io.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/children.h"
#include "pan-finder/process/parser.h"
#include "pan-finder/process/parser_wire.h"
#include "pan-finder/process/progress_line.h"
#include "pan-finder/process/roles.h"
#include "pan-finder/process/run_head.h"
#include "pan-finder/process/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define QUEUE_BYTES (128 * 1024)     /* entries under way; bounds the descriptors in flight */
#define STREAM_BYTES (1024 * 1024)

struct run {
    const struct pf_run_options *opt;
    struct pf_progress *progress;
    struct pf_detector *detector;
    struct pf_buf head;
    char id[PF_RUN_ID_LEN + 1];
    char parser_path[4096];
    int queue[2];                        /* [0] opener, [1] scanners */
    int records[PF_JOBS_MAX][2];         /* [0] scanner, [1] recorder */
    int control[PF_JOBS_MAX][2];         /* [0] scanner, [1] supervisor */
    int end[2];                          /* [0] recorder, [1] supervisor */
    int signals;
    struct pf_children children;
    struct timespec started;
    bool failed, told_recorder;
    unsigned interrupts;
};

static void fail_run(struct run *r)
{
    r->failed = true;
    atomic_store(&r->progress->failed, 1);
    atomic_store(&r->progress->stop, 1);
}

/* A child keeps its own ends only; the rest must close for "the end" to show. */
static void keep_only(const int *keep, size_t n)
{
    unsigned from = 3;

    for (size_t i = 0; i < n; i++) {       /* keep[] ascends */
        if ((unsigned)keep[i] > from)
            (void)close_range(from, (unsigned)keep[i] - 1, 0);
        if ((unsigned)keep[i] >= from)
            from = (unsigned)keep[i] + 1;
    }
    (void)close_range(from, ~0u, 0);
}

static int by_value(const void *a, const void *b)
{
    int x, y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void start_child(int *keep, size_t n)
{
    qsort(keep, n, sizeof *keep, by_value);
    keep_only(keep, n);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)signal(SIGINT, SIG_IGN);         /* the supervisor decides */
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void child(struct run *r, enum pf_child what, unsigned i)
{
    int keep[PF_JOBS_MAX + 2], records[PF_JOBS_MAX];
    size_t n = 0;
    int status = 2;

    if (what != PF_CHILD_SCANNER)          /* the scanners alone have the key */
        explicit_bzero((void *)(uintptr_t)r->opt->detector.key, PF_KEY_BYTES);
    switch (what) {
    case PF_CHILD_RECORDER:
        keep[n++] = r->end[0];
        keep[n++] = r->opt->out;
        for (unsigned k = 0; k < r->opt->jobs; k++)
            keep[n++] = records[k] = r->records[k][1];
        start_child(keep, n);
        status = pf_recorder_main(r->opt, r->id, records, r->opt->jobs, r->end[0], r->progress);
        break;
    case PF_CHILD_SCANNER:
        keep[n++] = r->queue[1];
        keep[n++] = r->records[i][0];
        keep[n++] = r->control[i][0];
        start_child(keep, n);
        status = pf_scanner_main(r->opt, r->detector, i, r->queue[1], r->records[i][0],
                                 r->control[i][0], r->progress);
        break;
    case PF_CHILD_OPENER:
        keep[n++] = r->queue[0];
        start_child(keep, n);
        status = pf_opener_main(r->opt, r->queue[0], r->progress);
        break;
    case PF_CHILD_COUNTER:
        start_child(keep, n);
        status = pf_counter_main(r->opt, r->progress);
        break;
    case PF_CHILD_PARSER:
        break;
    }
    _exit(status);
}

static bool start(struct run *r, enum pf_child what, unsigned i)
{
    pid_t pid = fork();

    if (pid == 0)
        child(r, what, i);
    return pid > 0 && pf_children_add(&r->children, pid, what, i);
}

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            (void)close(pair[i]);
    pair[0] = pair[1] = -1;
}

static bool make_links(struct run *r)
{
    if (!pf_wire_pair(r->queue, SOCK_SEQPACKET, QUEUE_BYTES) ||
        !pf_wire_pair(r->end, SOCK_SEQPACKET, 4096))
        return false;
    for (unsigned i = 0; i < r->opt->jobs; i++)
        if (!pf_wire_pair(r->records[i], SOCK_STREAM, STREAM_BYTES) ||
            !pf_wire_pair(r->control[i], SOCK_SEQPACKET, 4096))
            return false;
    return true;
}

/* Processes without a key start before the detector is made, and so never had
 * its tables in their memory either. */
static enum pf_status start_all(struct run *r, struct pf_error *err)
{
    enum pf_status s;

    if (!start(r, PF_CHILD_RECORDER, 0) || !start(r, PF_CHILD_OPENER, 0) ||
        (r->opt->show_progress && !start(r, PF_CHILD_COUNTER, 0)))
        return pf_fail(err, PF_E_INTERNAL, "cannot start the processes of the run");
    s = pf_detector_new(&r->detector, &r->opt->detector, err);
    if (s != PF_OK)
        return s;
    pf_run_head(&r->head, r->opt, r->id, r->detector);
    if (!pf_write_all(r->records[0][0], r->head.data, r->head.len))
        return pf_fail(err, PF_E_INTERNAL, "the recorder did not start");
    for (unsigned i = 0; i < r->opt->jobs; i++)
        if (!start(r, PF_CHILD_SCANNER, i))
            return pf_fail(err, PF_E_INTERNAL, "cannot start the processes of the run");
    /* Only their owners hold them now. */
    close_pair(r->queue);
    (void)close(r->end[0]);
    r->end[0] = -1;
    for (unsigned i = 0; i < r->opt->jobs; i++) {
        close_pair(r->records[i]);
        (void)close(r->control[i][0]);
        r->control[i][0] = -1;
    }
    return PF_OK;
}

/* Runs in the forked child: becomes the parser executable. */
static void exec_parser(const char *path, int sock)
{
    char *argv[] = { (char *)(uintptr_t)"pan-parse-archive", NULL };
    char *env[] = { NULL };
    sigset_t none;

    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGTERM, SIG_IGN);
    if (sock == PF_PARSER_FD)
        (void)fcntl(sock, F_SETFD, 0);
    else if (dup2(sock, PF_PARSER_FD) < 0)
        _exit(2);
    (void)close_range(PF_PARSER_FD + 1, ~0u, 0);
    (void)execve(path, argv, env);
    _exit(2);
}

static void spawn_parser(struct run *r, unsigned scanner)
{
    struct pf_control answer = { .op = PF_CONTROL_SPAWN };
    int pair[2] = { -1, -1 };
    pid_t pid = -1;

    if (pf_wire_pair(pair, SOCK_SEQPACKET, STREAM_BYTES)) {
        struct timeval slice = { 0, PF_PARSER_SLICE_MS * 1000 };
        (void)setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &slice, sizeof slice);
        pid = fork();
        if (pid == 0)
            exec_parser(r->parser_path, pair[1]);
    }
    if (pid > 0 && pf_children_add(&r->children, pid, PF_CHILD_PARSER, scanner)) {
        answer.pid = pid;
        (void)pf_wire_send(r->control[scanner][1], &answer, sizeof answer, pair, 1);
    } else {
        (void)pf_wire_send(r->control[scanner][1], &answer, sizeof answer, NULL, 0);
    }
    close_pair(pair);
}

/* False when that scanner has gone. */
static bool serve(struct run *r, unsigned scanner)
{
    struct pf_control ask;
    ssize_t n = pf_wire_recv(r->control[scanner][1], &ask, sizeof ask, NULL, NULL);

    if (n != sizeof ask)
        return false;
    if (ask.op == PF_CONTROL_SPAWN)
        spawn_parser(r, scanner);
    else if (ask.op == PF_CONTROL_KILL && pf_children_is_parser_of(&r->children, ask.pid, scanner))
        (void)kill(ask.pid, SIGKILL);
    return true;
}

static void reap(struct run *r)
{
    enum pf_child what;
    bool bad;
    int sig;

    while (pf_children_reap(&r->children, false, &what, &bad, &sig)) {
        static const char *const name[] = { "opener", "counter", "scanner", "recorder", "parser" };

        if (!bad || what == PF_CHILD_PARSER || what == PF_CHILD_COUNTER)
            continue;                      /* a parser's death is its scanner's to tell */
        if (sig != 0)
            (void)fprintf(stderr, "%s: a process of this run (%s) died of signal %d\n",
                          r->opt->program, name[what], sig);
        fail_run(r);
    }
}

static void on_signal(struct run *r)
{
    struct signalfd_siginfo info;

    if (read(r->signals, &info, sizeof info) != sizeof info)
        return;
    if (info.ssi_signo == SIGCHLD) {
        reap(r);
        return;
    }
    atomic_store(&r->progress->stop, 1);
    if (++r->interrupts > 2)               /* it was meant */
        pf_children_kill_all(&r->children);
}

static void tell_recorder(struct run *r)
{
    uint32_t end = r->failed || atomic_load(&r->progress->failed) ? PF_RUN_FAILED :
                   atomic_load(&r->progress->stop) ? PF_RUN_INTERRUPTED : PF_RUN_COMPLETE;

    if (r->told_recorder)
        return;
    r->told_recorder = true;
    (void)pf_wire_send(r->end[1], &end, sizeof end, NULL, 0);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void supervise(struct run *r)
{
    struct pollfd p[PF_JOBS_MAX + 1];
    unsigned jobs = r->opt->jobs;
    int slice = r->opt->show_progress ? 200 : -1;

    for (unsigned i = 0; i < jobs; i++)
        p[i] = (struct pollfd){ .fd = r->control[i][1], .events = POLLIN };
    p[jobs] = (struct pollfd){ .fd = r->signals, .events = POLLIN };
    while (pf_children_left(&r->children, PF_CHILD_RECORDER) > 0) {
        int ready;

        if (pf_children_left(&r->children, PF_CHILD_SCANNER) == 0 &&
            pf_children_left(&r->children, PF_CHILD_OPENER) == 0)
            tell_recorder(r);
        ready = poll(p, jobs + 1, slice);
        if (r->opt->show_progress)
            pf_progress_line(r->progress, seconds_since(&r->started), jobs);
        for (unsigned i = 0; i < jobs && ready > 0; i++)
            if (p[i].revents != 0 && !serve(r, i))
                p[i].fd = -1;
        if (ready > 0 && p[jobs].revents != 0)
            on_signal(r);
    }
    if (r->opt->show_progress)
        pf_progress_line_clear();
}

static bool watch_signals(struct run *r, sigset_t *before)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGHUP);
    (void)sigaddset(&set, SIGCHLD);
    (void)signal(SIGPIPE, SIG_IGN);
    if (sigprocmask(SIG_BLOCK, &set, before) != 0)
        return false;
    r->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return r->signals >= 0;
}

/* Descriptors travel in batches; the default of 1024 would be the bottleneck. */
static void raise_descriptors(void)
{
    struct rlimit lim;

    if (getrlimit(RLIMIT_NOFILE, &lim) != 0)
        return;
    lim.rlim_cur = lim.rlim_max < 65536 ? lim.rlim_max : 65536;
    (void)setrlimit(RLIMIT_NOFILE, &lim);
}

static enum pf_status prepare(struct run *r, struct pf_error *err)
{
    int n;

    r->progress = mmap(NULL, sizeof *r->progress, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (r->progress == MAP_FAILED)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    n = snprintf(r->parser_path, sizeof r->parser_path, "%s/pan-parse-archive", r->opt->parser_dir);
    if (n < 0 || (size_t)n >= sizeof r->parser_path || access(r->parser_path, X_OK) != 0)
        return pf_fail(err, PF_E_INTERNAL, "the parser pan-parse-archive is not where it was installed");
    pf_run_id(r->id);
    tzset();                               /* reads the zone file, which a caged process could not */
    raise_descriptors();
    return make_links(r) ? PF_OK : pf_fail(err, PF_E_INTERNAL, "cannot make the links between processes");
}

enum pf_status pf_run(const struct pf_run_options *options, struct pf_run_result *result,
                      struct pf_error *err)
{
    static struct run r;
    sigset_t before;
    enum pf_status s;

    r = (struct run){ .opt = options, .signals = -1 };
    (void)clock_gettime(CLOCK_MONOTONIC, &r.started);
    s = prepare(&r, err);
    if (s != PF_OK)
        return s;
    s = watch_signals(&r, &before) ? start_all(&r, err)
                                   : pf_fail(err, PF_E_INTERNAL, "cannot watch signals");
    if (s != PF_OK) {
        pf_children_kill_all(&r.children);
        return s;
    }
    pf_detector_free(r.detector);          /* the supervisor needs neither tables nor key */
    explicit_bzero((void *)(uintptr_t)options->detector.key, PF_KEY_BYTES);
    s = pf_cage_enter(PF_ROLE_SUPERVISOR, NULL, 0, err);
    if (s != PF_OK) {
        pf_children_kill_all(&r.children);
        return s;
    }
    supervise(&r);
    result->end = r.failed || atomic_load(&r.progress->failed) ? PF_RUN_FAILED :
                  atomic_load(&r.progress->stop) ? PF_RUN_INTERRUPTED : PF_RUN_COMPLETE;
    result->objects = atomic_load(&r.progress->objects);
    result->findings = atomic_load(&r.progress->findings);
    result->ignored = atomic_load(&r.progress->ignored);
    result->gaps = atomic_load(&r.progress->gaps);
    pf_buf_release(&r.head);
    return PF_OK;
}
