/* buf.c - see buf.h. */
#include "pan-finder/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pf_buf_init(struct pf_buf *buf)
{
    *buf = (struct pf_buf)PF_BUF_INIT;
}

void pf_buf_release(struct pf_buf *buf)
{
    free(buf->data);
    pf_buf_init(buf);
}

void pf_buf_clear(struct pf_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

bool pf_buf_failed(const struct pf_buf *buf)
{
    return buf->failed;
}

bool pf_buf_reserve(struct pf_buf *buf, size_t more)
{
    size_t want, cap;
    char *data;

    if (buf->failed)
        return false;
    if (more > SIZE_MAX / 2 - buf->len - 1) {
        buf->failed = true;
        return false;
    }
    want = buf->len + more + 1;
    if (want <= buf->cap)
        return true;
    cap = buf->cap < 64 ? 64 : buf->cap;
    while (cap < want)
        cap *= 2;
    data = realloc(buf->data, cap);
    if (data == NULL) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->cap = cap;
    return true;
}

void pf_buf_add(struct pf_buf *buf, const void *data, size_t len)
{
    if (!pf_buf_reserve(buf, len))
        return;
    if (len > 0)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void pf_buf_adds(struct pf_buf *buf, const char *text)
{
    pf_buf_add(buf, text, strlen(text));
}

void pf_buf_addc(struct pf_buf *buf, char c)
{
    pf_buf_add(buf, &c, 1);
}

void pf_buf_addu(struct pf_buf *buf, uint64_t value)
{
    char digits[20];
    size_t n = sizeof digits;

    do {
        digits[--n] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    pf_buf_add(buf, digits + n, sizeof digits - n);
}

void pf_buf_addf(struct pf_buf *buf, const char *fmt, ...)
{
    va_list ap, again;
    int n;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0 && pf_buf_reserve(buf, (size_t)n)) {
        (void)vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, again);
        buf->len += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}
