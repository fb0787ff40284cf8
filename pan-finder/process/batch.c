/* batch.c - see batch.h. */
#include "pan-finder/process/batch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Enough bytes of files that a scanner is busy a while and the next is not idle. */
#define BATCH_FILE_BYTES (8u << 20)
#define DETAIL_MAX 64

struct entry_head {
    uint64_t size;
    int64_t mtime;
    uint32_t path_len;
    uint32_t mtime_nsec;
    uint8_t gap;
    uint8_t regular;
    uint8_t has_fd;
    uint8_t hardlink;
    char detail[DETAIL_MAX];
};

struct pf_batch {
    int sock;
    size_t len, n_fds, entries;
    uint64_t file_bytes;
    int fd[PF_WIRE_FDS];
    char data[PF_WIRE_BYTES];
};

struct pf_batch *pf_batch_new(int sock)
{
    struct pf_batch *b = calloc(1, sizeof *b);

    if (b != NULL)
        b->sock = sock;
    return b;
}

void pf_batch_free(struct pf_batch *batch)
{
    free(batch);
}

bool pf_batch_flush(struct pf_batch *b)
{
    bool sent = true;

    if (b->entries > 0)
        sent = pf_wire_send(b->sock, b->data, b->len, b->fd, b->n_fds);
    for (size_t i = 0; i < b->n_fds; i++)
        (void)close(b->fd[i]);
    b->len = b->n_fds = b->entries = 0;
    b->file_bytes = 0;
    return sent;
}

bool pf_batch_add(struct pf_batch *b, const struct pf_entry *e)
{
    struct entry_head head = {
        .size = e->size, .mtime = e->mtime, .path_len = (uint32_t)e->path.len,
        .mtime_nsec = e->mtime_nsec, .regular = e->regular,
        .gap = (uint8_t)e->gap, .has_fd = e->fd >= 0, .hardlink = e->hardlink,
    };
    size_t need = sizeof head + e->path.len;

    (void)strncpy(head.detail, e->detail == NULL ? "" : e->detail, DETAIL_MAX - 1);
    if (need > sizeof b->data)                    /* the source bounds paths far below this */
        return false;
    if (b->len + need > sizeof b->data / 4 && b->entries > 0 && !pf_batch_flush(b))
        return false;
    memcpy(b->data + b->len, &head, sizeof head);
    memcpy(b->data + b->len + sizeof head, e->path.text, e->path.len);
    b->len += need;
    b->entries++;
    if (e->fd >= 0) {
        b->fd[b->n_fds++] = e->fd;
        b->file_bytes += e->size;
    }
    if (b->n_fds == PF_WIRE_FDS || b->file_bytes >= BATCH_FILE_BYTES)
        return pf_batch_flush(b);
    return true;
}

int pf_batch_next(int sock, char *room, pf_batch_fn *fn, void *ctx)
{
    int fds[PF_WIRE_FDS];
    size_t n_fds = PF_WIRE_FDS, next_fd = 0, at = 0;
    ssize_t got = pf_wire_recv(sock, room, PF_WIRE_BYTES, fds, &n_fds);

    if (got <= 0)
        return (int)got;
    while (at + sizeof(struct entry_head) <= (size_t)got) {
        struct entry_head head;
        struct pf_entry e = { .fd = -1 };

        memcpy(&head, room + at, sizeof head);
        at += sizeof head;
        if (head.path_len > (size_t)got - at || head.gap >= PF_GAP_COUNT)
            break;
        head.detail[DETAIL_MAX - 1] = '\0';
        e.path = (struct pf_name){ room + at, head.path_len };
        e.size = head.size;
        e.mtime = head.mtime;
        e.mtime_nsec = head.mtime_nsec;
        e.regular = head.regular;
        e.gap = (enum pf_gap_reason)head.gap;
        e.detail = head.detail;
        e.hardlink = head.hardlink;
        if (head.has_fd && next_fd < n_fds)
            e.fd = fds[next_fd++];
        at += head.path_len;
        fn(ctx, &e);
    }
    while (next_fd < n_fds)
        (void)close(fds[next_fd++]);
    return at == (size_t)got ? 1 : -1;
}
