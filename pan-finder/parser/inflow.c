/* inflow.c - see inflow.h. */
#include "pan-finder/parser/inflow.h"
#include "pan-finder/base/io.h"

#include <stdlib.h>
#include <unistd.h>

#define IN_BYTES (128 * 1024)

struct pf_inflow {
    int fd;
    const struct pf_codec_ops *ops;
    struct pf_codec *codec;
    const uint8_t *in;
    size_t in_len;
    uint64_t consumed;
    bool eof;                 /* the descriptor has no more */
    bool between;             /* at a member border: the end may come here */
    bool started;             /* at least one member was begun */
    enum pf_status status;    /* sticky */
    const char *why;
    uint8_t room[IN_BYTES];
};

struct pf_inflow *pf_inflow_new(int fd, const struct pf_codec_ops *codec)
{
    struct pf_inflow *f = malloc(sizeof *f);

    if (f == NULL)
        return NULL;
    *f = (struct pf_inflow){ .fd = fd, .ops = codec, .between = true, .status = PF_OK, .why = "" };
    if (codec != NULL && (f->codec = codec->open()) == NULL) {
        free(f);
        return NULL;
    }
    (void)lseek(fd, 0, SEEK_SET);
    return f;
}

void pf_inflow_free(struct pf_inflow *f)
{
    if (f != NULL && f->codec != NULL)
        f->ops->close(f->codec);
    free(f);
}

uint64_t pf_inflow_consumed(const struct pf_inflow *f)
{
    return f->consumed;
}

static void set(struct pf_inflow *f, enum pf_status status, const char *why)
{
    f->status = status;
    f->why = why;
}

static void refill(struct pf_inflow *f)
{
    ssize_t n = pf_read(f->fd, f->room, sizeof f->room);

    if (n < 0)
        set(f, PF_E_IO, "read error");
    if (n <= 0) {
        f->eof = true;
        return;
    }
    f->in = f->room;
    f->in_len = (size_t)n;
    f->consumed += (size_t)n;
}

/* After a member: padding is skipped; what is left starts the next member. */
static void skip_padding(struct pf_inflow *f)
{
    while (f->status == PF_OK && !f->eof) {
        while (f->in_len > 0 && f->in[0] == 0) {
            f->in++;
            f->in_len--;
        }
        if (f->in_len > 0)
            return;
        refill(f);
    }
}

static const char *why_of(enum pf_status s)
{
    return s == PF_E_LIMIT ? "the decoder wants more memory than it may have" :
           s == PF_E_UNSUPPORTED ? "compression option not supported" : "compressed data is damaged";
}

static void decode(struct pf_inflow *f, struct pf_codec_io *io)
{
    size_t in_before = io->in_len, out_before = io->out_len;
    bool member_end = false;
    enum pf_status s;

    s = f->ops->step(f->codec, io, &member_end);
    f->in = io->in;
    f->in_len = io->in_len;
    if (s != PF_OK) {
        /* Bytes after a complete member that are no member: not a second stream. */
        bool trailer = f->between && f->started;
        set(f, trailer ? PF_E_CORRUPT : s, trailer ? "bytes after the end of the stream" : why_of(s));
        return;
    }
    if (in_before != io->in_len || out_before != io->out_len) {
        f->started = true;
        f->between = member_end;
    } else if (f->eof) {
        set(f, PF_E_TRUNCATED, "ends before its own end mark");
    }
    if (member_end)
        skip_padding(f);
}

enum pf_status pf_inflow_read(struct pf_inflow *f, uint8_t *out, size_t cap, size_t *n,
                              struct pf_error *err)
{
    struct pf_codec_io io = { .out = out, .out_len = cap };

    *n = 0;
    if (f->ops == NULL) {
        ssize_t got = pf_read(f->fd, out, cap);
        if (got < 0)
            return pf_fail(err, PF_E_IO, "read error");
        *n = (size_t)got;
        f->consumed += (size_t)got;
        return PF_OK;
    }
    while (f->status == PF_OK && io.out_len > 0) {
        if (f->in_len == 0 && !f->eof)
            refill(f);
        if (f->in_len == 0 && f->eof && f->between)
            break;
        io.in = f->in;
        io.in_len = f->in_len;
        decode(f, &io);
    }
    *n = cap - io.out_len;
    if (*n > 0 || f->status == PF_OK)
        return PF_OK;
    return pf_fail(err, f->status, "%s", f->why);
}
