/* parser.c - see parser.h. */
#include "pan-finder/process/parser.h"
#include "pan-finder/base/limits.h"
#include "pan-finder/process/parser_wire.h"
#include "pan-finder/process/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


struct slot {
    int sock;              /* -1: none running */
    int pid;
    unsigned served;
    char *room;            /* one socket message */
    size_t at, len;        /* what of it is still to be handed out */
};

#define ROOM_BYTES PF_PM_SOCKET_MAX

struct pf_parsers {
    int control;
    struct pf_progress *progress;
    unsigned slices;       /* receive time-outs in a row that count as hanging */
    struct slot slot[PF_DEPTH_MAX + 1];
};

struct pf_parsers *pf_parsers_new(int control, struct pf_progress *progress, unsigned seconds)
{
    struct pf_parsers *p = calloc(1, sizeof *p);

    if (p == NULL)
        return NULL;
    p->control = control;
    p->progress = progress;
    p->slices = seconds * 1000 / PF_PARSER_SLICE_MS;
    for (size_t i = 0; i <= PF_DEPTH_MAX; i++)
        p->slot[i].sock = -1;
    return p;
}

static void close_slot(struct slot *s)
{
    if (s->sock >= 0)
        (void)close(s->sock);          /* the parser sees the end and goes */
    s->sock = -1;
    s->served = 0;
    s->at = s->len = 0;
}

void pf_parsers_free(struct pf_parsers *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i <= PF_DEPTH_MAX; i++) {
        close_slot(&p->slot[i]);
        free(p->slot[i].room);
    }
    free(p);
}

static bool spawn(struct pf_parsers *p, struct slot *s)
{
    struct pf_control ask = { .op = PF_CONTROL_SPAWN }, answer;
    size_t n_fds = 1;
    int fd = -1;

    if (s->room == NULL && (s->room = malloc(ROOM_BYTES)) == NULL)
        return false;
    if (!pf_wire_send(p->control, &ask, sizeof ask, NULL, 0) ||
        pf_wire_recv(p->control, &answer, sizeof answer, &fd, &n_fds) != sizeof answer || n_fds != 1)
        return false;
    s->sock = fd;
    s->pid = answer.pid;
    s->served = 0;
    return true;
}

static void drop(void *ctx, size_t depth)
{
    struct pf_parsers *p = ctx;
    struct slot *s = &p->slot[depth];
    struct pf_control ask = { .op = PF_CONTROL_KILL, .pid = s->pid };

    if (s->sock >= 0)
        (void)pf_wire_send(p->control, &ask, sizeof ask, NULL, 0);
    close_slot(s);
}

static bool open_object(void *ctx, size_t depth, int fd, const char *kind)
{
    struct pf_parsers *p = ctx;
    struct slot *s = &p->slot[depth];
    struct { struct pf_pm pm; char kind[64]; } ask = { .pm = { .type = PF_PM_OPEN } };
    size_t len = strlen(kind);

    if (len >= sizeof ask.kind)
        return false;
    if (s->served >= PF_PARSER_REUSE)
        close_slot(s);
    if (s->sock < 0 && !spawn(p, s))
        return false;
    ask.pm.len = (uint32_t)len;
    memcpy(ask.kind, kind, len);
    s->served++;
    if (pf_wire_send(s->sock, &ask, sizeof ask.pm + len, &fd, 1))
        return true;
    close_slot(s);                     /* it died between two objects: once more */
    return spawn(p, s) && pf_wire_send(s->sock, &ask, sizeof ask.pm + len, &fd, 1);
}

/* The next socket message into the room. 1: there, 0: time is up, -1: the run
 * is stopped, -2: the parser is gone. The socket has a receive time-out. */
static int receive(struct pf_parsers *p, struct slot *s)
{
    for (unsigned slice = 0; slice < p->slices; slice++) {
        ssize_t n;

        if (atomic_load_explicit(&p->progress->stop, memory_order_relaxed))
            return -1;
        n = pf_wire_recv(s->sock, s->room, ROOM_BYTES, NULL, NULL);
        if (n > 0) {
            s->at = 0;
            s->len = (size_t)n;
            return 1;
        }
        if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
            return -2;
    }
    return 0;
}

static bool event_of(const struct pf_pm *pm, struct pf_parser_msg *msg)
{
    static const enum pf_parser_event event[] = {
        [PF_PM_MEMBER] = PF_PARSER_MEMBER, [PF_PM_DATA] = PF_PARSER_DATA,
        [PF_PM_MEMBER_END] = PF_PARSER_MEMBER_END, [PF_PM_DONE] = PF_PARSER_DONE,
    };

    if (pm->type < PF_PM_MEMBER || pm->type > PF_PM_DONE || pm->status > PF_E_INTERNAL)
        return false;
    msg->event = event[pm->type];
    msg->status = (enum pf_status)pm->status;
    msg->size = pm->size;
    msg->mtime = pm->mtime;
    msg->name_cut = (pm->flags & PF_PM_NAME_CUT) != 0;
    return true;
}

/* Hands out the message at the front of the room. False: not one. */
static bool take(struct slot *s, struct pf_parser_msg *msg)
{
    struct pf_pm pm;

    if (s->len - s->at < sizeof pm)
        return false;
    memcpy(&pm, s->room + s->at, sizeof pm);
    if (pm.len > s->len - s->at - sizeof pm || !event_of(&pm, msg))
        return false;
    msg->text = s->room + s->at + sizeof pm;
    msg->len = pm.len;
    s->at += sizeof pm + pm.len;
    return true;
}

static void next(void *ctx, size_t depth, struct pf_parser_msg *msg)
{
    struct pf_parsers *p = ctx;
    struct slot *s = &p->slot[depth];
    int got = 1;

    *msg = (struct pf_parser_msg){ .event = PF_PARSER_CRASHED, .text = "" };
    if (s->sock < 0)
        return;
    if (s->at == s->len)
        got = receive(p, s);
    if (got == 1 && take(s, msg))
        return;
    drop(p, depth);                    /* gone, silent, or it broke the protocol */
    msg->event = got == 0 ? PF_PARSER_TIMEOUT : got == -1 ? PF_PARSER_STOPPED : PF_PARSER_CRASHED;
}

struct pf_parser_link pf_parsers_link(struct pf_parsers *parsers)
{
    return (struct pf_parser_link){ .open = open_object, .next = next, .drop = drop, .ctx = parsers };
}
