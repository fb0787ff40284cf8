/* status.c - see status.h. */
#include "pan-finder/base/status.h"

#include <stdarg.h>
#include <stdio.h>

enum pf_status pf_fail(struct pf_error *err, enum pf_status status,
                       const char *fmt, ...)
{
    va_list ap;

    if (err == NULL)
        return status;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    return status;
}

const char *pf_status_name(enum pf_status status)
{
    static const char *const name[] = {
        [PF_OK] = "ok", [PF_STOP] = "stop", [PF_E_TRUNCATED] = "truncated",
        [PF_E_CORRUPT] = "damaged", [PF_E_ENCRYPTED] = "encrypted",
        [PF_E_UNSUPPORTED] = "unsupported", [PF_E_LIMIT] = "limit",
        [PF_E_DENIED] = "denied", [PF_E_IO] = "io", [PF_E_NOMEM] = "no memory",
        [PF_E_USAGE] = "usage", [PF_E_INTERNAL] = "internal",
    };
    return (unsigned)status < sizeof name / sizeof name[0] ? name[status] : "unknown";
}
