/* buf.h - a growing byte buffer.
 * Layer: base. A pf_buf that failed to grow stays failed and ignores further
 * appends, so a writer checks once, at the end: `if (pf_buf_failed(&b))`.
 * Everything passed in is borrowed for the call; pf_buf_release gives the
 * memory back and leaves an empty, usable buffer. */
#ifndef PF_BASE_BUF_H
#define PF_BASE_BUF_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pf_buf {
    char *data;       /* len bytes, then a NUL not counted; NULL when empty */
    size_t len;
    size_t cap;
    bool failed;      /* memory ran out; content is what fitted */
};

#define PF_BUF_INIT { NULL, 0, 0, false }

void pf_buf_init(struct pf_buf *buf);
void pf_buf_release(struct pf_buf *buf);
void pf_buf_clear(struct pf_buf *buf);      /* keeps the memory, forgets the failure */
bool pf_buf_failed(const struct pf_buf *buf);

bool pf_buf_reserve(struct pf_buf *buf, size_t more);  /* room for `more` bytes */
void pf_buf_add(struct pf_buf *buf, const void *data, size_t len);
void pf_buf_adds(struct pf_buf *buf, const char *text);
void pf_buf_addc(struct pf_buf *buf, char c);
void pf_buf_addu(struct pf_buf *buf, uint64_t value);  /* decimal */
void pf_buf_addf(struct pf_buf *buf, const char *fmt, ...) PF_PRINTF(2, 3);

#endif
