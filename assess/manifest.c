/* manifest.c - what is in an evidence folder, with digests; see evidence.h. */
#include "assess/evidence.h"
#include "pan-finder/base/json.h"
#include "pan-finder/base/version.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 64

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t list_files(int dir_fd, char *name[FILES_MAX])
{
    DIR *d = fdopendir(dup(dir_fd));
    struct dirent *entry;
    size_t n = 0;

    if (d == NULL)
        return 0;
    rewinddir(d);
    while ((entry = readdir(d)) != NULL && n < FILES_MAX)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "manifest.json") != 0)
            name[n++] = strdup(entry->d_name);
    (void)closedir(d);
    qsort(name, n, sizeof name[0], by_name);
    return n;
}

static enum pf_status add_file(struct pf_jw *w, int dir_fd, const char *name, struct pf_error *err)
{
    int fd = name == NULL ? -1 : openat(dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char hex[ASM_HEX];
    uint64_t size;
    enum pf_status s;

    if (fd < 0)
        return pf_fail(err, PF_E_IO, "cannot read back the evidence");
    s = asm_digest_fd(fd, hex, &size, err);
    (void)close(fd);
    if (s != PF_OK)
        return s;
    pf_jw_open(w, '{');
    pf_jw_kstr(w, "name", name);
    pf_jw_ku64(w, "bytes", size);
    pf_jw_kstr(w, "sha256", hex);
    pf_jw_close(w, '}');
    return PF_OK;
}

static void add_chain(struct pf_jw *w, const char *name, const struct asm_chain *chain)
{
    char hex[ASM_HEX];

    asm_hex(chain->head, hex);
    pf_jw_key(w, name);
    pf_jw_open(w, '{');
    pf_jw_ku64(w, "lines", chain->lines);
    pf_jw_kstr(w, "head", hex);
    pf_jw_close(w, '}');
}

static void add_head(struct pf_jw *w, const struct asm_evidence *e)
{
    char when[32];
    time_t now = time(NULL);
    struct tm tm;

    (void)gmtime_r(&now, &tm);
    (void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
    pf_jw_kstr(w, "suite", PF_SUITE);
    pf_jw_kstr(w, "version", PF_VERSION);
    pf_jw_kstr(w, "written", when);
    pf_jw_kstr(w, "status", asm_evidence_status(e));
    if (e->scope_sha256[0] != '\0')
        pf_jw_kstr(w, "scope_sha256", e->scope_sha256);
    pf_jw_key(w, "chain");
    pf_jw_open(w, '{');
    pf_jw_kstr(w, "rule", "head = SHA-256(head before || line with newline), from 32 zero bytes");
    add_chain(w, "findings.jsonl", &e->findings_chain);
    add_chain(w, "coverage.jsonl", &e->coverage_chain);
    pf_jw_close(w, '}');
}

enum pf_status asm_evidence_manifest(struct asm_evidence *e, struct pf_error *err)
{
    struct pf_buf json = PF_BUF_INIT;
    char *name[FILES_MAX];
    size_t n = list_files(e->dir_fd, name);
    enum pf_status s = PF_OK;
    struct pf_jw w;

    pf_jw_init(&w, &json);
    pf_jw_open(&w, '{');
    add_head(&w, e);
    pf_jw_key(&w, "files");
    pf_jw_open(&w, '[');
    for (size_t i = 0; i < n && s == PF_OK; i++)
        s = add_file(&w, e->dir_fd, name[i], err);
    pf_jw_close(&w, ']');
    pf_jw_close(&w, '}');
    pf_buf_addc(&json, '\n');
    if (s == PF_OK)
        s = asm_evidence_file(e, "manifest.json", &json, err);
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    pf_buf_release(&json);
    if (s == PF_OK && fsync(e->dir_fd) != 0)
        return pf_fail(err, PF_E_IO, "cannot write the evidence folder: %s", strerror(errno));
    return s;
}
