/* write_all.h - a whole write. Layer: assess. */
#ifndef ASSESS_WRITE_ALL_H
#define ASSESS_WRITE_ALL_H

#include <stdbool.h>
#include <stddef.h>

/* Writes all of it, whatever is interrupted or short. False: errno says why. */
bool asm_write_all(int fd, const void *data, size_t len);

#endif
