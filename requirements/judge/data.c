/* data.c - see data.h. */
#include "requirements/judge/data.h"
#include "pan-finder/base/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DATA_FILE_MAX (4u << 20)   /* bytes of one data file; larger: error */

static bool ends_with(const char *name, const char *ext)
{
    size_t n = strlen(name), e = strlen(ext);

    return n > e && strcmp(name + n - e, ext) == 0;
}

static bool in_folder(const char *name, const char *folder)
{
    size_t n = strlen(folder);

    return strncmp(name, folder, n) == 0 && name[n] == '/' && strchr(name + n + 1, '/') == NULL;
}

const struct req_file *req_data_builtin(const char *name)
{
    for (size_t i = 0; i < req_embedded_count; i++)
        if (strcmp(req_embedded[i].name, name) == 0)
            return &req_embedded[i];
    return NULL;
}

static enum pf_status each_builtin(const char *folder, const char *ext, req_file_fn *each,
                                   void *ctx, struct pf_error *err)
{
    enum pf_status s = PF_OK;

    for (size_t i = 0; i < req_embedded_count && s == PF_OK; i++)
        if (in_folder(req_embedded[i].name, folder) && ends_with(req_embedded[i].name, ext))
            s = each(ctx, &req_embedded[i], err);
    return s;
}

static enum pf_status read_file(struct pf_buf *out, const char *path, const char *name,
                                struct pf_error *err)
{
    FILE *in = fopen(path, "rbe");
    char chunk[8192];
    size_t n;
    enum pf_status s = PF_OK;

    if (in == NULL)
        return pf_fail(err, PF_E_IO, "cannot open data file %s", name);
    while ((n = fread(chunk, 1, sizeof chunk, in)) > 0 && out->len <= DATA_FILE_MAX)
        pf_buf_add(out, chunk, n);
    if (ferror(in))
        s = pf_fail(err, PF_E_IO, "cannot read data file %s", name);
    else if (out->len > DATA_FILE_MAX)
        s = pf_fail(err, PF_E_LIMIT, "data file %s is larger than %u bytes", name, DATA_FILE_MAX);
    else if (pf_buf_failed(out))
        s = pf_fail(err, PF_E_NOMEM, "out of memory while reading data file %s", name);
    (void)fclose(in);
    return s;
}

static enum pf_status one_file(const char *dir, const char *folder, const char *base,
                               req_file_fn *each, void *ctx, struct pf_error *err)
{
    struct pf_buf path = PF_BUF_INIT, text = PF_BUF_INIT, name = PF_BUF_INIT;
    enum pf_status s;

    pf_buf_addf(&path, "%s/%s/%s", dir, folder, base);
    pf_buf_addf(&name, "%s/%s", folder, base);
    if (pf_buf_failed(&path) || pf_buf_failed(&name))
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    else
        s = read_file(&text, path.data, name.data, err);
    if (s == PF_OK) {
        struct req_file file = { name.data, text.data == NULL ? "" : text.data, text.len };

        s = each(ctx, &file, err);
    }
    pf_buf_release(&path);
    pf_buf_release(&text);
    pf_buf_release(&name);
    return s;
}

static enum pf_status each_on_disk(const char *dir, const char *folder, const char *path,
                                   const char *ext, req_file_fn *each, void *ctx,
                                   struct pf_error *err)
{
    struct dirent **entry = NULL;
    int n = scandir(path, &entry, NULL, alphasort);
    enum pf_status s = PF_OK;

    if (n < 0)
        return pf_fail(err, PF_E_IO, "cannot list the folder %s of --data", folder);
    for (int i = 0; i < n; i++) {
        if (s == PF_OK && entry[i]->d_name[0] != '.' && ends_with(entry[i]->d_name, ext))
            s = one_file(dir, folder, entry[i]->d_name, each, ctx, err);
        free(entry[i]);
    }
    free(entry);
    return s;
}

enum pf_status req_data_each(const char *dir, const char *folder, const char *ext,
                             req_file_fn *each, void *ctx, struct pf_error *err)
{
    struct pf_buf path = PF_BUF_INIT;
    struct stat st;
    enum pf_status s;

    if (dir == NULL)
        return each_builtin(folder, ext, each, ctx, err);
    pf_buf_addf(&path, "%s/%s", dir, folder);
    if (pf_buf_failed(&path))
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    else if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
        s = pf_fail(err, PF_E_USAGE, "the folder for --data cannot be read");
    else if (stat(path.data, &st) == 0 && S_ISDIR(st.st_mode))
        s = each_on_disk(dir, folder, path.data, ext, each, ctx, err);
    else
        s = each_builtin(folder, ext, each, ctx, err);
    pf_buf_release(&path);
    return s;
}
