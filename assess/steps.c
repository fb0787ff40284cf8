/* steps.c - see steps.h. */
#include "assess/steps.h"
#include "assess/child.h"
#include "pan-finder/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

volatile sig_atomic_t asm_finder_pid;

static enum pf_status take_all(struct asm_evidence *e, int fd, struct pf_error *err)
{
    struct pf_buf part = PF_BUF_INIT;
    enum pf_status s = PF_OK;
    ssize_t n = 1;

    while (s == PF_OK && n != 0) {
        size_t at = 0;
        const char *nl;

        if (!pf_buf_reserve(&part, 256 * 1024)) {
            s = pf_fail(err, PF_E_NOMEM, "out of memory");
            break;
        }
        n = pf_read(fd, part.data + part.len, 256 * 1024);
        if (n <= 0)
            break;
        part.len += (size_t)n;
        while (s == PF_OK && (nl = memchr(part.data + at, '\n', part.len - at)) != NULL) {
            size_t len = (size_t)(nl - part.data) + 1 - at;
            s = asm_evidence_take(e, part.data + at, len, err);
            at += len;
        }
        memmove(part.data, part.data + at, part.len - at);
        part.len -= at;
    }
    pf_buf_release(&part);
    return s;
}

static void drain(int fd)
{
    static char room[64 * 1024];

    while (pf_read(fd, room, sizeof room) > 0)
        continue;
}

enum pf_status asm_step_find(struct asm_evidence *e, const struct asm_plan *plan, struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct asm_child child;
    enum pf_status s;
    int status;

    asm_argv_add(&argv, "pan-finder");
    asm_argv_option(&argv, "key-file", plan->key_file);
    asm_argv_option(&argv, "own-output", e->dir);
    asm_argv_option(&argv, "rules", plan->scope);
    asm_argv_option(&argv, "jobs", plan->jobs);
    asm_argv_option(&argv, "max-depth", plan->max_depth);
    asm_argv_option(&argv, "parser-timeout", plan->parser_timeout);
    /* The finder's records go to us, so "auto" would always show the line. */
    asm_argv_option(&argv, "progress", plan->progress);
    if (plan->cross_mounts)
        asm_argv_add(&argv, "--cross-mounts");
    for (size_t i = 0; i < plan->n_excluded; i++)
        asm_argv_option(&argv, "exclude", plan->excluded[i]);
    asm_argv_add(&argv, "--");
    for (size_t i = 0; i < plan->n_paths; i++)
        asm_argv_add(&argv, plan->paths[i]);
    if (argv.n + 2 > sizeof argv.arg / sizeof argv.arg[0]) {
        asm_argv_release(&argv);
        return pf_fail(err, PF_E_USAGE, "too many paths at once");
    }
    s = asm_child_start(&child, "pan-finder", &argv, false, true, err);
    if (s != PF_OK)
        return s;
    asm_finder_pid = child.pid;
    s = take_all(e, child.out, err);
    if (s != PF_OK) {
        (void)kill(child.pid, SIGTERM);
        drain(child.out);                  /* it ends in order, and does not complain of us */
    }
    status = asm_child_wait(&child);
    asm_finder_pid = 0;
    if (s == PF_OK && e->run.len == 0) {
        asm_evidence_unmake(e);
        return PF_E_USAGE;                 /* it said why on stderr */
    }
    if (s == PF_OK && e->end.len == 0)
        return pf_fail(err, PF_E_INTERNAL, "pan-finder ended without an end record (status %d)", status);
    return s;
}

/* Runs a command that reads the records and, if `verdicts` is given, those too;
 * its output goes to `out` (kept) or to our own standard output. */
static enum pf_status feed(struct asm_evidence *e, const char *name, struct asm_argv *argv,
                           const struct pf_buf *verdicts, struct pf_buf *out, int *status,
                           struct pf_error *err)
{
    struct asm_child child;
    enum pf_status s = asm_child_start(&child, name, argv, true, out != NULL, err);

    if (s != PF_OK)
        return s;
    s = asm_evidence_replay(e, child.in, err);
    if (s == PF_OK && verdicts != NULL)
        (void)!write(child.in, verdicts->data, verdicts->len);
    (void)close(child.in);
    child.in = -1;
    while (out != NULL && pf_buf_reserve(out, 64 * 1024)) {
        ssize_t n = pf_read(child.out, out->data + out->len, 64 * 1024);
        if (n <= 0)
            break;
        out->len += (size_t)n;
    }
    *status = asm_child_wait(&child);
    return s == PF_STOP ? PF_OK : s;       /* it stopped reading: its status says why */
}

/* The scope file stays with its owner; its digest says which one was used. */
static enum pf_status note_scope(struct asm_evidence *e, const char *path, struct pf_error *err)
{
    uint64_t size;
    enum pf_status s;
    int fd;

    if (path == NULL || path[0] == '\0')
        return PF_OK;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pf_fail(err, PF_E_USAGE, "scope file: cannot be opened: %s", strerror(errno));
    s = asm_digest_fd(fd, e->scope_sha256, &size, err);
    (void)close(fd);
    return s;
}

/* A mistake in the scope file is told before hours are spent on searching. */
static enum pf_status check_scope(const char *path, struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct asm_child child;
    enum pf_status s;

    if (path == NULL || path[0] == '\0')
        return PF_OK;
    asm_argv_add(&argv, "pan-judge");
    asm_argv_option(&argv, "scope", path);
    asm_argv_add(&argv, "--check");
    s = asm_child_start(&child, "pan-judge", &argv, false, false, err);
    if (s == PF_OK && asm_child_wait(&child) != 0)
        s = PF_E_USAGE;                    /* it said why on stderr */
    return s;
}

enum pf_status asm_step_scope(struct asm_evidence *e, const struct asm_plan *plan, struct pf_error *err)
{
    enum pf_status s = note_scope(e, plan->scope, err);

    return s == PF_OK ? check_scope(plan->scope, err) : s;
}

enum pf_status asm_step_judge(struct asm_evidence *e, const struct asm_plan *plan, struct pf_buf *verdicts,
                            struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct pf_buf db = PF_BUF_INIT, json = PF_BUF_INIT;
    enum pf_status s;
    int status = 0;

    pf_buf_addf(&db, "%s/evidence.db", e->dir);
    asm_argv_add(&argv, "pan-judge");
    asm_argv_option(&argv, "scope", plan->scope);
    asm_argv_option(&argv, "db", db.data);
    asm_argv_add(&argv, "-");
    s = feed(e, "pan-judge", &argv, NULL, verdicts, &status, err);
    if (s == PF_OK && (status == 2 || status > 3 || verdicts->len == 0))
        s = pf_fail(err, PF_E_INTERNAL, "pan-judge gave no verdict; the records are kept");
    /* One document: an array with a verdict record on each line. */
    pf_buf_adds(&json, "[\n");
    for (size_t i = 0; i + 1 < verdicts->len; i++)
        pf_buf_adds(&json, verdicts->data[i] == '\n' ? ",\n" : (char[]){ verdicts->data[i], 0 });
    pf_buf_adds(&json, "\n]\n");
    if (s == PF_OK)
        s = asm_evidence_file(e, "verdict.json", &json, err);
    pf_buf_release(&json);
    pf_buf_release(&db);
    return s;
}

enum pf_status asm_step_report(struct asm_evidence *e, const struct asm_plan *plan, const char *format,
                             const char *file, const struct pf_buf *verdicts, struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct pf_buf path = PF_BUF_INIT;
    enum pf_status s;
    int status = 0;

    asm_argv_add(&argv, "pan-report");
    asm_argv_option(&argv, "format", format);
    asm_argv_option(&argv, "lang", plan->lang);
    if (file != NULL) {
        pf_buf_addf(&path, "%s/%s", e->dir, file);
        asm_argv_option(&argv, "output", path.data);
    }
    asm_argv_add(&argv, "-");
    s = feed(e, "pan-report", &argv, verdicts, NULL, &status, err);
    /* A reader of our standard output that has seen enough is no failure. */
    if (s == PF_OK && status != 0 && !(file == NULL && status == 128 + SIGPIPE))
        s = pf_fail(err, PF_E_INTERNAL, "pan-report failed; the records and the verdict are kept");
    pf_buf_release(&path);
    return s;
}
