/* lines.c - see lines.h. */
#include "requirements/judge/lines.h"
#include "pan-finder/base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINES_FIRST (256u * 1024)   /* bytes of the first buffer; it grows up to PF_RECORD_MAX */

struct req_lines {
    int fd;
    char *buf;
    size_t cap, from, to;       /* bytes not yet handed out: buf[from..to) */
    size_t seen;                /* of these, bytes known to hold no newline */
    uint64_t number;
    bool eof;
};

enum pf_status req_lines_open(struct req_lines **out, const char *path, struct pf_error *err)
{
    struct req_lines *l = calloc(1, sizeof *l);

    *out = NULL;
    if (l == NULL || (l->buf = malloc(LINES_FIRST)) == NULL) {
        free(l);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    l->cap = LINES_FIRST;
    l->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (l->fd < 0) {
        req_lines_close(l);
        return pf_fail(err, PF_E_USAGE, "cannot open the record file");
    }
    *out = l;
    return PF_OK;
}

void req_lines_close(struct req_lines *lines)
{
    if (lines == NULL)
        return;
    if (lines->fd > STDIN_FILENO)
        (void)close(lines->fd);
    free(lines->buf);
    free(lines);
}

/* Makes room for more bytes behind buf[to): first by moving, then by growing. */
static enum pf_status make_room(struct req_lines *l, struct pf_error *err)
{
    char *more;

    if (l->from > 0) {
        memmove(l->buf, l->buf + l->from, l->to - l->from);
        l->to -= l->from;
        l->from = 0;
    }
    if (l->to < l->cap)
        return PF_OK;
    if (l->cap >= PF_RECORD_MAX) {
        l->number++;
        return pf_fail(err, PF_E_LIMIT, "a record is longer than %d bytes", PF_RECORD_MAX);
    }
    more = realloc(l->buf, l->cap * 2);
    if (more == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    l->buf = more;
    l->cap *= 2;
    return PF_OK;
}

static enum pf_status fill(struct req_lines *l, struct pf_error *err)
{
    enum pf_status s = make_room(l, err);
    ssize_t n;

    if (s != PF_OK)
        return s;
    do
        n = read(l->fd, l->buf + l->to, l->cap - l->to);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return pf_fail(err, PF_E_IO, "cannot read the record file");
    l->eof = n == 0;
    l->to += (size_t)n;
    return PF_OK;
}

enum pf_status req_lines_next(struct req_lines *l, const char **line, size_t *len,
                              struct pf_error *err)
{
    for (;;) {
        char *start = l->buf + l->from;
        char *end = memchr(start + l->seen, '\n', l->to - l->from - l->seen);
        enum pf_status s;

        if (end == NULL && l->eof && l->from == l->to)
            return PF_STOP;
        if (end != NULL || l->eof) {
            *line = start;
            *len = end == NULL ? l->to - l->from : (size_t)(end - start);
            l->from = end == NULL ? l->to : l->from + *len + 1;
            l->seen = 0;
            l->number++;
            return PF_OK;
        }
        l->seen = l->to - l->from;
        s = fill(l, err);
        if (s != PF_OK)
            return s;
    }
}

uint64_t req_lines_number(const struct req_lines *lines) { return lines->number; }
