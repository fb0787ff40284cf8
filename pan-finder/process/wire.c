/* wire.c - see wire.h. */
#include "pan-finder/process/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

union control {
    struct cmsghdr head;
    char space[CMSG_SPACE(sizeof(int) * PF_WIRE_FDS)];
};

bool pf_wire_pair(int end[2], int type, int bytes)
{
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, end) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        (void)setsockopt(end[i], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
        (void)setsockopt(end[i], SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    return true;
}

/* The kernel bounds descriptors in flight; they drain within moments. */
static void nap(void)
{
    struct timespec t = { 0, 500000 };
    (void)nanosleep(&t, NULL);
}

bool pf_wire_send(int sock, const void *data, size_t len, const int *fds, size_t n_fds)
{
    union control control;
    struct iovec iov = { (void *)(uintptr_t)data, len };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

    if (n_fds > PF_WIRE_FDS)
        return false;
    if (n_fds > 0) {
        memset(&control, 0, sizeof control);
        msg.msg_control = control.space;
        msg.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        control.head.cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
        memcpy(CMSG_DATA(&control.head), fds, sizeof(int) * n_fds);
    }
    for (;;) {
        ssize_t n = sendmsg(sock, &msg, MSG_NOSIGNAL);
        if (n >= 0)
            return (size_t)n == len;
        if (errno == ETOOMANYREFS || errno == ENOBUFS)
            nap();
        else if (errno != EINTR)
            return false;
    }
}

static size_t take_fds(struct msghdr *msg, int *fds, size_t cap)
{
    size_t got = 0;

    for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c != NULL; c = CMSG_NXTHDR(msg, c)) {
        size_t n;

        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            if (got < cap)
                fds[got++] = fd;
            else
                (void)close(fd);
        }
    }
    return got;
}

ssize_t pf_wire_recv(int sock, void *data, size_t cap, int *fds, size_t *n_fds)
{
    union control control;
    struct iovec iov = { data, cap };
    struct msghdr msg = {
        .msg_iov = &iov, .msg_iovlen = 1,
        .msg_control = control.space, .msg_controllen = sizeof control.space,
    };
    ssize_t n;

    do
        n = recvmsg(sock, &msg, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n_fds != NULL)
        *n_fds = n > 0 ? take_fds(&msg, fds, *n_fds) : 0;
    if (n >= 0 && (msg.msg_flags & MSG_TRUNC) != 0)
        return -1;
    return n;
}

int pf_wire_wait(int sock, int milliseconds)
{
    struct pollfd p = { .fd = sock, .events = POLLIN };
    int n;

    do
        n = poll(&p, 1, milliseconds);
    while (n < 0 && errno == EINTR);
    return n;
}
