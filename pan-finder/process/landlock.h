/* landlock.h - the file-system half of the cage (landlock(7)).
 * Layer: process. */
#ifndef PF_PROCESS_LANDLOCK_H
#define PF_PROCESS_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* ABI version of the running kernel, 0 when it has no Landlock. */
int pf_landlock_abi(void);

/* Denies all file-system access except reading below the given roots (none:
 * everything is denied). True when in force, or when the kernel has none. */
bool pf_landlock_read_only(const char *const *roots, size_t n_roots);

#endif
