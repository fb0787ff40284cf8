/* measure.c - wall time and memory of one run of a command.
 *   measure COMMAND [ARGUMENT]...     prints "SECONDS KIB STATUS"
 * KIB is the largest resident set of any process of the run: what the kernel
 * reports for the processes that were waited for, and the high-water marks of the
 * living ones, read from /proc ten times a second. Output goes to /dev/null. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long high_water(long pid)
{
    char path[64], line[256];
    long kib = 0;
    FILE *f;

    (void)snprintf(path, sizeof path, "/proc/%ld/status", pid);
    f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (f != NULL)
        fclose(f);
    return kib;
}

/* The largest high-water mark of a process and all below it. */
static long tree_high_water(long pid)
{
    char path[64], text[4096], *at = text, *end;
    long most = high_water(pid);
    FILE *f;
    size_t n = 0;

    (void)snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", pid, pid);
    f = fopen(path, "r");
    if (f != NULL) {
        n = fread(text, 1, sizeof text - 1, f);
        fclose(f);
    }
    text[n] = '\0';
    for (long child; (child = strtol(at, &end, 10)) > 0; at = end) {
        long kib = tree_high_water(child);
        if (kib > most)
            most = kib;
    }
    return most;
}

static void run(char **argv)
{
    int null = open("/dev/null", O_WRONLY);

    if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(127);
    execvp(argv[0], argv);
    _exit(127);
}

int main(int argc, char **argv)
{
    const struct timespec tick = { 0, 100000000 };
    sigset_t child_ended;
    struct rusage usage;
    long most = 0;
    double start;
    pid_t pid;
    int status;

    if (argc < 2) {
        fprintf(stderr, "usage: measure COMMAND [ARGUMENT]...\n");
        return 2;
    }
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, NULL);
    start = now();
    pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_UNBLOCK, &child_ended, NULL);
        run(argv + 1);
    }
    while (pid > 0 && wait4(pid, &status, WNOHANG, &usage) == 0) {
        long kib = tree_high_water(pid);
        if (kib > most)
            most = kib;
        (void)sigtimedwait(&child_ended, NULL, &tick);
    }
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
        fprintf(stderr, "measure: %s cannot be run\n", argv[1]);
        return 2;
    }
    if (usage.ru_maxrss > most)
        most = usage.ru_maxrss;
    printf("%.4f %ld %d\n", now() - start, most, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
