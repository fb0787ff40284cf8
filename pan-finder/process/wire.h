/* wire.h - messages and descriptors between our own processes.
 * Layer: process. All links are socket pairs made before any process is caged.
 * A message is a struct and the bytes that follow it; its lengths are checked
 * against what arrived before they are used. */
#ifndef PF_PROCESS_WIRE_H
#define PF_PROCESS_WIRE_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PF_WIRE_FDS 64                   /* descriptors in one message */
#define PF_WIRE_BYTES (192 * 1024)       /* bytes of one message; below the kernel's default for sockets */

/* Makes a pair of SOCK_SEQPACKET ends, close-on-exec, with room for `bytes`. */
bool pf_wire_pair(int end[2], int type, int bytes);

/* Sends one message with n_fds descriptors (which stay open here). Waits while
 * the queue is full. False when the other side is gone or the call failed. */
bool pf_wire_send(int sock, const void *data, size_t len, const int *fds, size_t n_fds);

/* Receives one message. Returns its length, 0 at the end, -1 on error. At most
 * *n_fds descriptors are taken (close-on-exec); *n_fds is set to how many came. */
ssize_t pf_wire_recv(int sock, void *data, size_t cap, int *fds, size_t *n_fds);

/* Waits until sock can be read. 1 ready, 0 time is up, -1 error. */
int pf_wire_wait(int sock, int milliseconds);

#endif
