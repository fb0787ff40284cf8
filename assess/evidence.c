/* evidence.c - see evidence.h. */
#include "assess/evidence.h"
#include "pan-finder/base/io.h"
#include "pan-finder/base/json.h"
#include "pan-finder/finding/record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOLD_BYTES (256 * 1024)

static int make_file(const struct asm_evidence *e, const char *name)
{
    return openat(e->dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static bool is_empty(int dir_fd)
{
    DIR *d = fdopendir(dup(dir_fd));
    struct dirent *entry;
    bool empty = d != NULL;

    while (empty && (entry = readdir(d)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (d != NULL)
        (void)closedir(d);
    return empty;
}

enum pf_status asm_evidence_make(struct asm_evidence *e, const char *dir, struct pf_error *err)
{
    *e = (struct asm_evidence){ .dir = dir, .dir_fd = -1, .findings_fd = -1, .coverage_fd = -1 };
    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return pf_fail(err, PF_E_USAGE, "evidence folder: cannot be made: %s", strerror(errno));
    e->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (e->dir_fd < 0)
        return pf_fail(err, PF_E_USAGE, "evidence folder: cannot be opened: %s", strerror(errno));
    if (!is_empty(e->dir_fd))
        return pf_fail(err, PF_E_USAGE, "evidence folder: it is there already and not empty; name another");
    e->findings_fd = make_file(e, "findings.jsonl");
    e->coverage_fd = make_file(e, "coverage.jsonl.zst");
    if (e->findings_fd < 0 || e->coverage_fd < 0)
        return pf_fail(err, PF_E_IO, "evidence folder: cannot write into it: %s", strerror(errno));
    e->coverage = asm_zst_writer(e->coverage_fd);
    return e->coverage != NULL ? PF_OK : pf_fail(err, PF_E_NOMEM, "out of memory");
}

static enum pf_status flush(struct asm_evidence *e, struct pf_error *err)
{
    if (!pf_write_all(e->findings_fd, e->held.data, e->held.len))
        return pf_fail(err, PF_E_IO, "cannot write the findings: %s", strerror(errno));
    pf_buf_clear(&e->held);
    return PF_OK;
}

static enum pf_status take_finding(struct asm_evidence *e, const char *line, size_t len,
                                   struct pf_error *err)
{
    e->findings += !pf_record_is_ignored(line, len);
    if (!asm_chain_add(&e->findings_chain, line, len))
        return pf_fail(err, PF_E_INTERNAL, "cannot continue the hash chain");
    pf_buf_add(&e->held, line, len);
    return e->held.len < HOLD_BYTES ? PF_OK : flush(e, err);
}

enum pf_status asm_evidence_take(struct asm_evidence *e, const char *line, size_t len, struct pf_error *err)
{
    if (pf_record_is(line, len, "finding"))
        return take_finding(e, line, len, err);
    if (pf_record_is(line, len, "run") || pf_record_is(line, len, "end")) {
        struct pf_buf *keep = pf_record_is(line, len, "run") ? &e->run : &e->end;

        pf_buf_clear(keep);
        pf_buf_add(keep, line, len - 1);
        return PF_OK;
    }
    if (pf_record_is(line, len, "gap") && !pf_record_is_note(line, len))
        e->gaps++;
    if (!asm_chain_add(&e->coverage_chain, line, len))
        return pf_fail(err, PF_E_INTERNAL, "cannot continue the hash chain");
    return asm_zst_write(e->coverage, line, len, err);
}

enum pf_status asm_evidence_file(struct asm_evidence *e, const char *name, const struct pf_buf *content,
                                 struct pf_error *err)
{
    int fd = make_file(e, name);
    bool ok = fd >= 0 && !pf_buf_failed(content) && pf_write_all(fd, content->data, content->len);
    int why = errno;

    if (fd >= 0 && (fsync(fd) != 0 || close(fd) != 0))
        ok = false;
    return ok ? PF_OK : pf_fail(err, PF_E_IO, "cannot write %s: %s", name, strerror(why));
}

static enum pf_status write_run(struct asm_evidence *e, struct pf_error *err)
{
    struct pf_buf json = PF_BUF_INIT;
    enum pf_status s;

    pf_buf_adds(&json, "{\"run\":");
    pf_buf_adds(&json, e->run.len > 0 ? e->run.data : "null");
    pf_buf_adds(&json, ",\n\"end\":");
    pf_buf_adds(&json, e->end.len > 0 ? e->end.data : "null");
    pf_buf_adds(&json, "}\n");
    s = asm_evidence_file(e, "run.json", &json, err);
    pf_buf_release(&json);
    return s;
}

enum pf_status asm_evidence_close(struct asm_evidence *e, struct pf_error *err)
{
    enum pf_status s = flush(e, err);

    if (s == PF_OK)
        s = asm_zst_finish(e->coverage, err);
    if (s == PF_OK && (fsync(e->findings_fd) != 0 || fsync(e->coverage_fd) != 0))
        s = pf_fail(err, PF_E_IO, "cannot write the evidence: %s", strerror(errno));
    return s == PF_OK ? write_run(e, err) : s;
}

static enum pf_status copy_plain(int from, int to, struct pf_error *err)
{
    static char room[128 * 1024];
    ssize_t n;

    (void)lseek(from, 0, SEEK_SET);
    while ((n = pf_read(from, room, sizeof room)) > 0)
        if (!pf_write_all(to, room, (size_t)n))
            return PF_STOP;
    return n == 0 ? PF_OK : pf_fail(err, PF_E_IO, "cannot read the findings");
}

static enum pf_status put_line(const struct pf_buf *line, int fd)
{
    if (line->len == 0)
        return PF_OK;
    return pf_write_all(fd, line->data, line->len) && pf_write_all(fd, "\n", 1) ? PF_OK : PF_STOP;
}

enum pf_status asm_evidence_replay(struct asm_evidence *e, int fd, struct pf_error *err)
{
    enum pf_status s = put_line(&e->run, fd);

    if (s == PF_OK)
        s = copy_plain(e->findings_fd, fd, err);
    if (s == PF_OK)
        s = asm_zst_copy(e->coverage_fd, fd, err);
    return s == PF_OK ? put_line(&e->end, fd) : s;
}

const char *asm_evidence_status(const struct asm_evidence *e)
{
    static const char *const known[] = { "complete", "interrupted" };
    struct pf_json *end = NULL;
    const char *found = "failed";

    if (e->end.len > 0 && pf_json_parse(&end, e->end.data, e->end.len, NULL) == PF_OK) {
        const char *status = pf_json_str(end, "status");

        for (size_t i = 0; status != NULL && i < 2; i++)
            if (strcmp(status, known[i]) == 0)
                found = known[i];
    }
    pf_json_free(end);
    return found;
}

void asm_evidence_unmake(struct asm_evidence *e)
{
    (void)unlinkat(e->dir_fd, "findings.jsonl", 0);
    (void)unlinkat(e->dir_fd, "coverage.jsonl.zst", 0);
    (void)rmdir(e->dir);
}

void asm_evidence_release(struct asm_evidence *e)
{
    asm_zst_free(e->coverage);
    if (e->findings_fd >= 0)
        (void)close(e->findings_fd);
    if (e->coverage_fd >= 0)
        (void)close(e->coverage_fd);
    if (e->dir_fd >= 0)
        (void)close(e->dir_fd);
    pf_buf_release(&e->run);
    pf_buf_release(&e->end);
    pf_buf_release(&e->held);
}
