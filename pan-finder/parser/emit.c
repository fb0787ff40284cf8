/* emit.c - see emit.h. */
#include "pan-finder/parser/emit.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum pf_status pf_emit_flush(struct pf_emit *emit)
{
    ssize_t n = 0;

    if (emit->len == 0)
        return PF_OK;
    do
        n = send(emit->sock, emit->held, emit->len, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)emit->len)
        return PF_STOP;
    emit->len = 0;
    return PF_OK;
}

static enum pf_status put(struct pf_emit *emit, struct pf_pm *pm, const void *data, size_t len)
{
    if (emit->len + sizeof *pm + len > sizeof emit->held) {
        enum pf_status s = pf_emit_flush(emit);
        if (s != PF_OK)
            return s;
    }
    pm->len = (uint32_t)len;
    memcpy(emit->held + emit->len, pm, sizeof *pm);
    if (len > 0)
        memcpy(emit->held + emit->len + sizeof *pm, data, len);
    emit->len += sizeof *pm + len;
    return PF_OK;
}

enum pf_status pf_emit_member(struct pf_emit *emit, const char *name, size_t len, uint64_t size,
                              int64_t mtime)
{
    struct pf_pm pm = { .type = PF_PM_MEMBER, .size = size, .mtime = mtime };

    if (len > PF_PM_NAME_MAX) {
        len = PF_PM_NAME_MAX;
        pm.flags = PF_PM_NAME_CUT;
    }
    return put(emit, &pm, name, len);
}

enum pf_status pf_emit_data(struct pf_emit *emit, const uint8_t *data, size_t len)
{
    enum pf_status s = PF_OK;

    while (len > 0 && s == PF_OK) {
        struct pf_pm pm = { .type = PF_PM_DATA };
        size_t n = len < PF_PM_DATA_MAX ? len : PF_PM_DATA_MAX;

        s = put(emit, &pm, data, n);
        data += n;
        len -= n;
    }
    return s;
}

enum pf_status pf_emit_member_end(struct pf_emit *emit, enum pf_status status)
{
    struct pf_pm pm = { .type = PF_PM_MEMBER_END, .status = (uint32_t)status };

    return put(emit, &pm, NULL, 0);
}

enum pf_status pf_emit_done(struct pf_emit *emit, enum pf_status status, uint64_t consumed)
{
    struct pf_pm pm = { .type = PF_PM_DONE, .status = (uint32_t)status, .size = consumed };
    enum pf_status s = put(emit, &pm, NULL, 0);

    return s == PF_OK ? pf_emit_flush(emit) : s;
}
