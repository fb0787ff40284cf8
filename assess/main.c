/* main.c - pan-assess: finds, judges, reports, and keeps the evidence. */
#include "assess/child.h"
#include "assess/evidence.h"
#include "pan-finder/base/args.h"
#include "pan-finder/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum option {
#define OPT(id, name, letter, arg, dflt, category, text) OPT_##id,
#include "assess/options.def"
#undef OPT
    OPT_COUNT
};

static const struct pf_opt options[] = {
#define OPT(id, name, letter, arg, dflt, category, text) { name, letter, arg, dflt, #category, text },
#include "assess/options.def"
#undef OPT
};

static const struct pf_args_example examples[] = {
    { "pan-assess /srv/shop", "assess one folder and open the report it names" },
    { "pan-assess --scope=assessment.yaml --out=evidence /srv /home /var/log",
      "assess a merchant's host against its declared scope" },
};

static const struct pf_command command = {
    .name = "pan-assess",
    .usage = "[OPTION]... PATH...",
    .summary = "search, judge and report: is card data kept here?",
    .description =
        "Runs pan-finder on each PATH, pan-judge on what it found and could not read, and pan-report on "
        "the verdict. Everything is kept in one evidence folder: run.json, findings.jsonl, "
        "coverage.jsonl.zst, verdict.json, evidence.db, report.html and manifest.json with the digest of "
        "each. The folder holds masked numbers and keyed fingerprints only; the key stays outside it.\n\n"
        "Without a scope file the judge asks nothing and states the assumptions it made.",
    .opts = options,
    .n_opts = OPT_COUNT,
    .exit_status =
        "0\tcomplete, and nothing was found\n"
        "1\tsomething was found\n"
        "2\twrong usage, or the run failed or was interrupted\n"
        "3\tnothing was found, but something was not read\n",
    .examples = examples,
    .n_examples = sizeof examples / sizeof examples[0],
    .see_also = "pan-finder(1), pan-judge(1), pan-report(1)",
};

static volatile sig_atomic_t finder_pid;

/* An interrupt is for the finder: it ends its records properly, and the rest
 * of the chain goes on to judge what there is. */
static void pass_on(int sig)
{
    if (finder_pid > 0)
        (void)kill((pid_t)finder_pid, sig);
}

static void catch_interrupts(void)
{
    struct sigaction act = { .sa_handler = pass_on, .sa_flags = SA_RESTART };

    (void)sigemptyset(&act.sa_mask);
    (void)sigaction(SIGINT, &act, NULL);
    (void)sigaction(SIGTERM, &act, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static int complain(const char *text)
{
    (void)fprintf(stderr, "pan-assess: %s\n", text);
    return 2;
}

/* "--name=value" in memory that lives as long as the program. */
static void add_option(struct asm_argv *argv, const char *name, const char *value)
{
    struct pf_buf text = PF_BUF_INIT;

    if (value == NULL || value[0] == '\0')
        return;
    pf_buf_addf(&text, "--%s=%s", name, value);
    asm_argv_add(argv, text.data);
}

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
        n = read(fd, part.data + part.len, 256 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
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
    ssize_t n;

    do
        n = read(fd, room, sizeof room);
    while (n > 0 || (n < 0 && errno == EINTR));
}

static enum pf_status find(struct asm_evidence *e, const struct pf_args *args, const char *key_file,
                           struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct asm_child child;
    enum pf_status s;
    int status;

    asm_argv_add(&argv, "pan-finder");
    add_option(&argv, "key-file", key_file);
    add_option(&argv, "own-output", e->dir);
    add_option(&argv, "jobs", args->value[OPT_jobs]);
    add_option(&argv, "max-depth", args->value[OPT_max_depth]);
    add_option(&argv, "parser-timeout", args->value[OPT_parser_timeout]);
    /* The finder's records go to us, so "auto" would always show the line. */
    add_option(&argv, "progress", args->value[OPT_progress]);
    if (args->value[OPT_cross_mounts] != NULL)
        asm_argv_add(&argv, "--cross-mounts");
    for (size_t i = 0; i < args->n_list; i++)
        if (args->list[i].opt == OPT_exclude)
            add_option(&argv, "exclude", args->list[i].value);
    asm_argv_add(&argv, "--");
    for (size_t i = 0; i < args->n_operand; i++)
        asm_argv_add(&argv, args->operand[i]);
    if (argv.n + 2 > sizeof argv.arg / sizeof argv.arg[0])
        return pf_fail(err, PF_E_USAGE, "too many paths at once");
    s = asm_child_start(&child, "pan-finder", &argv, false, true, err);
    if (s != PF_OK)
        return s;
    finder_pid = child.pid;
    s = take_all(e, child.out, err);
    if (s != PF_OK) {
        (void)kill(child.pid, SIGTERM);
        drain(child.out);                  /* it ends in order, and does not complain of us */
    }
    status = asm_child_wait(&child);
    finder_pid = 0;
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
        ssize_t n = read(child.out, out->data + out->len, 64 * 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        out->len += (size_t)n;
    }
    *status = asm_child_wait(&child);
    return s == PF_STOP ? PF_OK : s;       /* it stopped reading: its status says why */
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
    add_option(&argv, "scope", path);
    asm_argv_add(&argv, "--check");
    s = asm_child_start(&child, "pan-judge", &argv, false, false, err);
    if (s == PF_OK && asm_child_wait(&child) != 0)
        s = PF_E_USAGE;                    /* it said why on stderr */
    return s;
}

static enum pf_status judge(struct asm_evidence *e, const struct pf_args *args, struct pf_buf *verdicts,
                            struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct pf_buf db = PF_BUF_INIT, json = PF_BUF_INIT;
    enum pf_status s;
    int status = 0;

    pf_buf_addf(&db, "%s/evidence.db", e->dir);
    asm_argv_add(&argv, "pan-judge");
    add_option(&argv, "scope", args->value[OPT_scope]);
    add_option(&argv, "db", db.data);
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

static enum pf_status report(struct asm_evidence *e, const struct pf_args *args, const char *format,
                             const char *file, const struct pf_buf *verdicts, struct pf_error *err)
{
    struct asm_argv argv = { .n = 0 };
    struct pf_buf path = PF_BUF_INIT;
    enum pf_status s;
    int status = 0;

    asm_argv_add(&argv, "pan-report");
    add_option(&argv, "format", format);
    add_option(&argv, "lang", args->value[OPT_lang]);
    if (file != NULL) {
        pf_buf_addf(&path, "%s/%s", e->dir, file);
        add_option(&argv, "output", path.data);
    }
    asm_argv_add(&argv, "-");
    s = feed(e, "pan-report", &argv, verdicts, NULL, &status, err);
    if (s == PF_OK && status != 0)
        s = pf_fail(err, PF_E_INTERNAL, "pan-report failed; the records and the verdict are kept");
    pf_buf_release(&path);
    return s;
}

static int exit_status(const struct asm_evidence *e)
{
    if (strcmp(asm_evidence_status(e), "complete") != 0)
        return 2;
    return e->findings > 0 ? 1 : e->gaps > 0 ? 3 : 0;
}

static void default_folder(struct pf_buf *out)
{
    char host[256] = "host", when[32];
    time_t now = time(NULL);
    struct tm tm;

    (void)gethostname(host, sizeof host - 1);
    (void)gmtime_r(&now, &tm);
    (void)strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", &tm);
    pf_buf_addf(out, "evidence-%s-%s", host, when);
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

static enum pf_status run_all(struct asm_evidence *e, const struct pf_args *args, const char *key_file,
                              struct pf_error *err)
{
    struct pf_buf verdicts = PF_BUF_INIT;
    enum pf_status s = note_scope(e, args->value[OPT_scope], err);

    if (s == PF_OK)
        s = check_scope(args->value[OPT_scope], err);
    if (s != PF_OK) {
        asm_evidence_unmake(e);
        return s;
    }
    s = find(e, args, key_file, err);
    if (s == PF_OK)
        s = asm_evidence_close(e, err);
    if (s == PF_OK)
        s = judge(e, args, &verdicts, err);
    if (s == PF_OK)
        s = report(e, args, "html", "report.html", &verdicts, err);
    if (s == PF_OK)
        s = asm_evidence_manifest(e, err);
    if (s == PF_OK)
        s = report(e, args, "text", NULL, &verdicts, err);
    pf_buf_release(&verdicts);
    return s;
}

/* Folder names may hold anything; the terminal must not obey it. */
static void say_where(const char *dir)
{
    struct pf_buf text = PF_BUF_INIT;

    pf_text_add_tty(&text, dir, strlen(dir));
    (void)printf("\nReport:   %s/report.html\nEvidence: %s/\n", text.data, text.data);
    pf_buf_release(&text);
}

static int assess(const struct pf_args *args)
{
    struct pf_buf dir = PF_BUF_INIT, key = PF_BUF_INIT;
    struct asm_evidence e;
    struct pf_error err = { "" };
    enum pf_status s;
    int status = 2;

    if (args->value[OPT_out] != NULL && args->value[OPT_out][0] != '\0')
        pf_buf_adds(&dir, args->value[OPT_out]);
    else
        default_folder(&dir);
    while (dir.len > 1 && dir.data[dir.len - 1] == '/')
        dir.data[--dir.len] = '\0';
    pf_buf_addf(&key, "%s.key", dir.data);
    s = asm_evidence_make(&e, dir.data, &err);
    if (s == PF_OK)
        s = run_all(&e, args, args->given[OPT_key_file] ? args->value[OPT_key_file] : key.data, &err);
    if (s == PF_OK) {
        say_where(dir.data);
        status = exit_status(&e);
    } else if (err.text[0] != '\0') {
        (void)complain(err.text);
    }
    asm_evidence_release(&e);
    pf_buf_release(&dir);
    pf_buf_release(&key);
    return status;
}

int main(int argc, char **argv)
{
    struct pf_args args;
    struct pf_error err = { "" };
    enum pf_status s = pf_args_parse(&args, &command, argc, argv, &err);
    int status = s == PF_STOP ? 0 : 2;

    if (s == PF_OK && args.n_operand == 0) {
        (void)complain("no path given; try --help");
    } else if (s == PF_OK) {
        (void)umask(077);              /* evidence is for its owner */
        catch_interrupts();
        status = assess(&args);
    } else if (s != PF_STOP) {
        (void)complain(err.text);
    }
    pf_args_release(&args);
    return status;
}
