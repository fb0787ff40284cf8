/* links: pan-finder/base pan-finder/decode pan-finder/parser  libs: -larchive -ljansson -lz -lbz2 -llzma -lzstd */
/* Any bytes as any container: nothing is read outside, the messages keep their
 * order, and the same bytes give the same messages. */
#include "pan-finder/decode/kind.h"
#include "pan-finder/parser/archive.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OUT_MAX (8u << 20)      /* the scanner's budgets, in small */

static void must(bool holds)
{
    if (!holds)
        abort();
}

struct seen { uint64_t hash, bytes; bool open, over; };

static void hash(struct seen *s, const void *p, size_t n)
{
    const uint8_t *b = p;

    for (size_t i = 0; i < n; i++)
        s->hash = (s->hash ^ b[i]) * 0x100000001b3u;
}

static void take(struct seen *s, const uint8_t *room, size_t n)
{
    size_t at = 0;

    while (at < n) {
        struct pf_pm pm;

        must(n - at >= sizeof pm);
        memcpy(&pm, room + at, sizeof pm);
        must(pm.len <= n - at - sizeof pm);
        must(pm.type >= PF_PM_MEMBER && pm.type <= PF_PM_DONE);
        must(s->open == (pm.type == PF_PM_DATA || pm.type == PF_PM_MEMBER_END));
        s->open = pm.type == PF_PM_MEMBER || pm.type == PF_PM_DATA;
        s->bytes += pm.type == PF_PM_DATA ? pm.len : 0;
        hash(s, &pm.type, sizeof pm.type);
        hash(s, room + at + sizeof pm, pm.len);
        at += sizeof pm + pm.len;
    }
}

/* The reader runs beside the parser, like the scanner, and leaves when it has
 * seen enough. */
struct reader { int sock; struct seen seen; };

static void *read_all(void *ctx)
{
    static uint8_t room[PF_PM_SOCKET_MAX];
    struct reader *r = ctx;
    ssize_t n;

    while (!r->seen.over && (n = recv(r->sock, room, sizeof room, 0)) > 0) {
        take(&r->seen, room, (size_t)n);
        r->seen.over = r->seen.bytes > OUT_MAX;
    }
    (void)close(r->sock);
    return NULL;
}

static struct seen run(int fd, const char *kind)
{
    static struct pf_emit emit;
    struct reader r = { .seen = { .hash = 14695981039346656037u } };
    struct pf_error err = { "" };
    pthread_t thread;
    int pair[2];
    uint64_t consumed;

    must(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
    r.sock = pair[1];
    must(pthread_create(&thread, NULL, read_all, &r) == 0);
    emit.sock = pair[0];
    emit.len = 0;
    if (pf_archive_read(fd, kind, &emit, &consumed, &err) != PF_STOP)
        (void)!pf_emit_done(&emit, PF_OK, consumed);
    (void)close(pair[0]);
    must(pthread_join(thread, NULL) == 0);
    return r.seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct pf_kind *kind = pf_kind_pick(data, size);
    struct seen a, b;
    int fd;

    if (kind == NULL || (kind->way != PF_WAY_STREAM && kind->way != PF_WAY_ARCHIVE))
        return 0;
    fd = memfd_create("object", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    a = run(fd, kind->name);
    b = run(fd, kind->name);
    /* Beyond the budget the reader leaves at a moment of its own. */
    must(a.over || b.over || (a.hash == b.hash && a.bytes == b.bytes));
    (void)close(fd);
    return 0;
}
