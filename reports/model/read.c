/* read.c - see read.h. */
#include "reports/model/read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define CHUNK 65536

/* One input on its way in: what was fetched and not yet cut into lines. */
struct input {
    const char *name;
    FILE *file;
    struct pf_buf line;        /* the line so far */
    uint64_t number;           /* of the line, from 1 */
};

static const char *open_error(int e)
{
    return e == ENOENT || e == ENOTDIR ? "no such file"
         : e == EACCES || e == EPERM ? "no permission to read it"
         : e == EISDIR ? "is a directory" : "cannot be read";
}

static enum pf_status add_line(struct rpt_model *m, const struct input *in, struct pf_error *err)
{
    struct pf_json *record;
    struct pf_error why = { "" };
    enum pf_status s;

    if (in->line.len == 0 || strspn(in->line.data, " \t\r") == in->line.len)
        return PF_OK;
    s = pf_json_parse(&record, in->line.data, in->line.len, &why);
    if (s == PF_OK)
        s = rpt_model_add(m, record, &why);
    if (s == PF_OK)
        return PF_OK;
    return pf_fail(err, s, "%s, line %llu: %s", in->name, (unsigned long long)in->number, why.text);
}

/* Cuts a chunk into lines. */
static enum pf_status add_chunk(struct rpt_model *m, struct input *in, const char *chunk,
                                size_t len, struct pf_error *err)
{
    while (len > 0) {
        const char *end = memchr(chunk, '\n', len);
        size_t n = end == NULL ? len : (size_t)(end - chunk);
        enum pf_status s;

        pf_buf_add(&in->line, chunk, n);
        if (pf_buf_failed(&in->line))
            return pf_fail(err, PF_E_NOMEM, "out of memory");
        if (in->line.len > PF_RECORD_MAX)
            return pf_fail(err, PF_E_CORRUPT, "%s, line %llu: longer than a record may be", in->name,
                           (unsigned long long)in->number);
        if (end == NULL)
            return PF_OK;
        s = add_line(m, in, err);
        if (s != PF_OK)
            return s;
        in->number++;
        pf_buf_clear(&in->line);
        chunk += n + 1;
        len -= n + 1;
    }
    return PF_OK;
}

static enum pf_status read_lines(struct rpt_model *m, struct input *in, bool *torn,
                                 struct pf_error *err)
{
    char chunk[CHUNK];
    size_t n;
    enum pf_status s = PF_OK;

    while (s == PF_OK && (n = fread(chunk, 1, sizeof chunk, in->file)) > 0)
        s = add_chunk(m, in, chunk, n, err);
    if (s != PF_OK)
        return s;
    if (ferror(in->file))
        return pf_fail(err, PF_E_IO, "%s: %s", in->name, open_error(errno));
    s = add_line(m, in, err);          /* a last line without its newline */
    if (s == PF_E_CORRUPT) {
        *torn = true;
        s = PF_OK;
    }
    return s;
}

enum pf_status rpt_read_file(struct rpt_model *m, const char *name, struct pf_error *err)
{
    bool standard = strcmp(name, "-") == 0;
    struct input in = { .name = standard ? "standard input" : name, .number = 1 };
    bool torn = false;
    enum pf_status s;

    in.file = standard ? stdin : fopen(name, "re");
    if (in.file == NULL)
        return pf_fail(err, PF_E_IO, "%s: %s", in.name, open_error(errno));
    s = read_lines(m, &in, &torn, err);
    if (!standard)
        (void)fclose(in.file);
    pf_buf_release(&in.line);
    if (s == PF_OK)
        rpt_model_end_of_input(m, torn);
    return s;
}
