/* emit.c - see emit.h. */
#include "pan-finder/parser/emit.h"
#include "pan-finder/process/parser_wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

static enum pf_status send_pm(const struct pf_emit *emit, struct pf_pm *pm, const void *data, size_t len)
{
    struct iovec iov[2] = { { pm, sizeof *pm }, { (void *)(uintptr_t)data, len } };
    struct msghdr msg = { .msg_iov = iov, .msg_iovlen = len > 0 ? 2 : 1 };
    ssize_t n;

    pm->len = (uint32_t)len;
    do
        n = sendmsg(emit->sock, &msg, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)(sizeof *pm + len) ? PF_OK : PF_STOP;
}

enum pf_status pf_emit_member(const struct pf_emit *emit, const char *name, size_t len,
                              uint64_t size, int64_t mtime)
{
    struct pf_pm pm = { .type = PF_PM_MEMBER, .size = size, .mtime = mtime };

    if (len > PF_PM_NAME_MAX) {
        len = PF_PM_NAME_MAX;
        pm.flags = PF_PM_NAME_CUT;
    }
    return send_pm(emit, &pm, name, len);
}

enum pf_status pf_emit_data(const struct pf_emit *emit, const uint8_t *data, size_t len)
{
    enum pf_status s = PF_OK;

    while (len > 0 && s == PF_OK) {
        struct pf_pm pm = { .type = PF_PM_DATA };
        size_t n = len < PF_PM_DATA_MAX ? len : PF_PM_DATA_MAX;

        s = send_pm(emit, &pm, data, n);
        data += n;
        len -= n;
    }
    return s;
}

enum pf_status pf_emit_member_end(const struct pf_emit *emit, enum pf_status status, const char *text)
{
    struct pf_pm pm = { .type = PF_PM_MEMBER_END, .status = (uint32_t)status };

    return send_pm(emit, &pm, text, strlen(text));
}

enum pf_status pf_emit_done(const struct pf_emit *emit, enum pf_status status, const char *text,
                            uint64_t consumed)
{
    struct pf_pm pm = { .type = PF_PM_DONE, .status = (uint32_t)status, .size = consumed };

    return send_pm(emit, &pm, text, strlen(text));
}
