/* status.h - how a call ended, and what it has to say about it.
 * Layer: base. Every function that can fail returns enum pf_status and fills
 * a struct pf_error with our own words: never a scanned byte, never errno. */
#ifndef PF_BASE_STATUS_H
#define PF_BASE_STATUS_H

#define PF_MUST_CHECK __attribute__((warn_unused_result))
#define PF_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum pf_status {
    PF_OK = 0,
    PF_STOP,          /* a sink has seen enough: not an error               */
    /* this object only: becomes a gap record, the scan goes on              */
    PF_E_TRUNCATED, PF_E_CORRUPT, PF_E_ENCRYPTED, PF_E_UNSUPPORTED,
    PF_E_LIMIT, PF_E_DENIED,
    /* the whole run: nothing more can be trusted                            */
    PF_E_IO, PF_E_NOMEM, PF_E_USAGE, PF_E_INTERNAL,
};

#define PF_ERROR_TEXT_MAX 256

struct pf_error {
    char text[PF_ERROR_TEXT_MAX];   /* lower case, no full stop; "" when unset */
};

/* Writes the text and returns `status`, so that `return pf_fail(...)` reads
 * as one sentence. `err` may be NULL. Text that does not fit is cut. */
enum pf_status pf_fail(struct pf_error *err, enum pf_status status,
                       const char *fmt, ...) PF_PRINTF(3, 4);

/* Fixed English name of a status: "ok", "truncated", ... Never NULL. */
const char *pf_status_name(enum pf_status status);

#endif
