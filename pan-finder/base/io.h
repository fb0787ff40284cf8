/* io.h - whole reads and writes on descriptors. Layer: base. */
#ifndef PF_BASE_IO_H
#define PF_BASE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Writes all of it, whatever is interrupted or short. False: errno says why. */
bool pf_write_all(int fd, const void *data, size_t len);

/* read(2) that goes on when a signal interrupts it. */
ssize_t pf_read(int fd, void *out, size_t cap);

#endif
