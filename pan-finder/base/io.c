/* io.c - see io.h. */
#include "pan-finder/base/io.h"

#include <errno.h>
#include <unistd.h>

bool pf_write_all(int fd, const void *data, size_t len)
{
    const char *p = data;

    while (len > 0) {
        ssize_t n = write(fd, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

ssize_t pf_read(int fd, void *out, size_t cap)
{
    ssize_t n;

    do
        n = read(fd, out, cap);
    while (n < 0 && errno == EINTR);
    return n;
}
