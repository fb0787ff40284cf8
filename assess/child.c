/* child.c - see child.h. */
#include "assess/child.h"
#include "pan-finder/base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void asm_argv_add(struct asm_argv *argv, const char *arg)
{
    if (argv->n + 1 < sizeof argv->arg / sizeof argv->arg[0])
        argv->arg[argv->n++] = arg;
}

void asm_argv_option(struct asm_argv *argv, const char *name, const char *value)
{
    struct pf_buf text = PF_BUF_INIT;
    size_t at = argv->n;

    if (value == NULL || value[0] == '\0')
        return;
    pf_buf_addf(&text, "--%s=%s", name, value);
    asm_argv_add(argv, text.data);
    if (argv->n > at)
        argv->own[at] = text.data;
    else
        pf_buf_release(&text);
}

void asm_argv_release(struct asm_argv *argv)
{
    for (size_t i = 0; i < argv->n; i++)
        free(argv->own[i]);
    memset(argv, 0, sizeof *argv);
}

/* build/bin/pan-assess runs build/bin/pan-finder: never one found in PATH. */
static bool beside_us(const char *name, char *out, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", out, cap - 1);
    char *slash;

    if (n <= 0)
        return false;
    out[n] = '\0';
    slash = strrchr(out, '/');
    if (slash == NULL || strlen(name) + (size_t)(slash - out) + 2 > cap)
        return false;
    (void)snprintf(slash + 1, cap - (size_t)(slash + 1 - out), "%s", name);
    return access(out, X_OK) == 0;
}

static void become(const char *path, struct asm_argv *argv, int in, int out)
{
    static const int reset[] = { SIGINT, SIGTERM, SIGPIPE, SIGHUP };
    sigset_t none;

    for (size_t i = 0; i < sizeof reset / sizeof reset[0]; i++)
        (void)signal(reset[i], SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    if ((in >= 0 && dup2(in, STDIN_FILENO) < 0) || (out >= 0 && dup2(out, STDOUT_FILENO) < 0))
        _exit(2);
    (void)execv(path, (char *const *)(uintptr_t)argv->arg);
    _exit(2);
}

static enum pf_status start(struct asm_child *child, const char *name, struct asm_argv *argv, bool want_in,
                            bool want_out, struct pf_error *err)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 };
    char path[4096];

    *child = (struct asm_child){ .pid = -1, .in = -1, .out = -1 };
    if (!beside_us(name, path, sizeof path))
        return pf_fail(err, PF_E_INTERNAL, "%s is not in the folder of this program", name);
    if ((want_in && pipe2(in, O_CLOEXEC) != 0) || (want_out && pipe2(out, O_CLOEXEC) != 0))
        return pf_fail(err, PF_E_INTERNAL, "cannot make a pipe: %s", strerror(errno));
    argv->arg[argv->n] = NULL;
    child->pid = fork();
    if (child->pid == 0)
        become(path, argv, in[0], out[1]);
    if (in[0] >= 0)
        (void)close(in[0]);
    if (out[1] >= 0)
        (void)close(out[1]);
    child->in = in[1];
    child->out = out[0];
    return child->pid > 0 ? PF_OK : pf_fail(err, PF_E_INTERNAL, "cannot start %s", name);
}

enum pf_status asm_child_start(struct asm_child *child, const char *name, struct asm_argv *argv,
                               bool want_in, bool want_out, struct pf_error *err)
{
    enum pf_status s = start(child, name, argv, want_in, want_out, err);

    asm_argv_release(argv);
    return s;
}

int asm_child_wait(struct asm_child *child)
{
    int status = 0;

    if (child->in >= 0)
        (void)close(child->in);
    if (child->out >= 0)
        (void)close(child->out);
    child->in = child->out = -1;
    while (waitpid(child->pid, &status, 0) < 0)
        if (errno != EINTR)
            return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
