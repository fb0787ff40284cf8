/* fs.c - the file-system walk: openat and getdents64, no path ever reopened.
 * Every step is one name relative to an open directory, so a rename by
 * somebody else cannot lead the walk (which may run as root) astray.
 *
 * Depth costs nothing: only the last PF_DIR_OPEN_MAX directories stay open; a
 * closed one is found again through "..", checked by device and inode, and
 * continued at the offset where its listing stopped. */
#include "pan-finder/source/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define LIST_BYTES (32 * 1024)
#define LIST_BYTES_MIN 2048    /* after a descent: what follows may be listed again soon */

struct level {
    int fd;                /* -1 while closed */
    dev_t dev;
    ino_t ino;
    off_t next;            /* where the listing goes on */
    size_t path_len;       /* length of this directory's path */
};

struct walk {
    const struct pf_walk_options *opt;
    struct pf_link_set *links;
    const struct pf_entry_sink *sink;
    struct pf_buf path;
    struct level *level;
    size_t depth, cap;
    int root_fd;
    size_t root_len;       /* length of the root's path, without a trailing '/' */
    dev_t root_dev;
    char *list;            /* one listing buffer: re-read after each descent */
    size_t list_bytes;     /* how much to list next; doubles while nothing is entered */
};

struct dirent64_head {     /* struct linux_dirent64, getdents64(2) */
    uint64_t ino;
    int64_t off;
    uint16_t len;
    uint8_t type;
};

static enum pf_gap_reason gap_of(int error)
{
    switch (error) {
    case EACCES: case EPERM: return PF_GAP_denied;
    case ENOENT: case ENOTDIR: case ESTALE: return PF_GAP_vanished;
    case EMFILE: case ENFILE: case ENOMEM: return PF_GAP_limit;
    default: return PF_GAP_io;
    }
}

static enum pf_status push_gap(struct walk *w, enum pf_gap_reason why, const char *detail)
{
    struct pf_entry e = {
        .path = { w->path.data, w->path.len }, .fd = -1, .gap = why, .detail = detail,
    };
    return w->opt->count_only ? PF_OK : w->sink->entry(w->sink->ctx, &e);
}

/* File systems whose "files" are windows into the kernel, not stored bytes. */
static bool is_pseudo(int fd)
{
    static const long type[] = {
        PROC_SUPER_MAGIC, SYSFS_MAGIC, DEVPTS_SUPER_MAGIC, CGROUP_SUPER_MAGIC,
        CGROUP2_SUPER_MAGIC, DEBUGFS_MAGIC, TRACEFS_MAGIC, SECURITYFS_MAGIC,
        BPF_FS_MAGIC, PSTOREFS_MAGIC, EFIVARFS_MAGIC, SELINUX_MAGIC, BINFMTFS_MAGIC,
        NSFS_MAGIC, 0x19800202 /* mqueue */, 0x62656570 /* configfs */,
    };
    struct statfs fs;

    if (fstatfs(fd, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof type / sizeof type[0]; i++)
        if ((long)fs.f_type == type[i])
            return true;
    return false;
}

/* O_NOATIME is for the owner and for root; others read with a new atime. */
static int open_quietly(int dir, const char *name, int flags)
{
    int fd = openat(dir, name, flags | O_NOATIME);

    if (fd < 0 && errno == EPERM)
        fd = openat(dir, name, flags);
    return fd;
}

static bool is_excluded(const struct walk *w)
{
    for (size_t i = 0; i < w->opt->n_excluded; i++) {
        const char *p = w->opt->excluded[i];
        size_t n = strlen(p);

        while (n > 1 && p[n - 1] == '/')
            n--;
        if (w->path.len >= n && memcmp(w->path.data, p, n) == 0 &&
            (w->path.len == n || w->path.data[n] == '/'))
            return true;
    }
    return false;
}

static enum pf_status push_file(struct walk *w, int fd, const struct stat *st)
{
    struct pf_entry e = {
        .path = { w->path.data, w->path.len }, .fd = fd, .detail = "",
        .size = (uint64_t)st->st_size, .mtime = st->st_mtim.tv_sec,
        .mtime_nsec = (uint32_t)st->st_mtim.tv_nsec, .regular = true,
    };

    if (st->st_nlink > 1 && pf_link_set_seen(w->links, st->st_dev, st->st_ino)) {
        e.hardlink = true;
        if (fd >= 0)
            (void)close(fd);
        e.fd = -1;
    }
    return w->sink->entry(w->sink->ctx, &e);
}

static enum pf_status visit_file(struct walk *w, int dir, const char *name)
{
    struct stat st;
    int fd;

    if (w->opt->count_only) {
        if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
            return PF_OK;
        return push_file(w, -1, &st);
    }
    fd = open_quietly(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return push_gap(w, gap_of(errno), "");
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        (void)close(fd);
        return push_gap(w, PF_GAP_special, "no longer a regular file when it was opened");
    }
    return push_file(w, fd, &st);
}

/* A link is not followed. Where it leads is reached by the walk itself, unless
 * it leads out of the root: that is said. */
static enum pf_status visit_link(struct walk *w)
{
    struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_BENEATH };
    const char *rel = w->path.data + w->root_len;
    long fd;

    if (w->opt->count_only)
        return PF_OK;
    while (*rel == '/')
        rel++;
    fd = syscall(SYS_openat2, w->root_fd, rel, &how, sizeof how);
    if (fd >= 0) {
        (void)close((int)fd);
        return PF_OK;
    }
    if (errno == EXDEV)
        return push_gap(w, PF_GAP_link_out, "");
    return PF_OK;       /* leads nowhere, or in a circle: nothing to read */
}

static bool level_push(struct walk *w, int fd, const struct stat *st)
{
    if (w->depth == w->cap) {
        size_t cap = w->cap == 0 ? 64 : w->cap * 2;
        struct level *l = realloc(w->level, cap * sizeof *l);
        if (l == NULL)
            return false;
        w->level = l;
        w->cap = cap;
    }
    w->level[w->depth++] = (struct level){
        .fd = fd, .dev = st->st_dev, .ino = st->st_ino, .next = 0, .path_len = w->path.len,
    };
    w->list_bytes = LIST_BYTES_MIN;
    if (w->depth > PF_DIR_OPEN_MAX) {
        struct level *old = &w->level[w->depth - 1 - PF_DIR_OPEN_MAX];
        if (old->fd >= 0 && old->fd != w->root_fd) {
            (void)close(old->fd);
            old->fd = -1;
        }
    }
    return true;
}

/* Enters the directory `name` below `dir`, unless there is a reason not to. */
static enum pf_status visit_dir(struct walk *w, int dir, const char *name)
{
    struct stat st;
    int fd = open_quietly(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return push_gap(w, gap_of(errno), "directory");
    if (fstat(fd, &st) != 0) {
        enum pf_gap_reason why = gap_of(errno);
        (void)close(fd);
        return push_gap(w, why, "directory");
    }
    if (w->opt->own.set && st.st_dev == w->opt->own.dev && st.st_ino == w->opt->own.ino) {
        (void)close(fd);
        return push_gap(w, PF_GAP_special, "the folder this run writes its evidence to");
    }
    if (st.st_dev != w->root_dev) {
        bool pseudo = is_pseudo(fd);
        if (pseudo || !w->opt->cross_mounts) {
            (void)close(fd);
            return pseudo ? push_gap(w, PF_GAP_special, "pseudo file system")
                          : push_gap(w, PF_GAP_mount, "");
        }
    }
    if (!level_push(w, fd, &st)) {
        (void)close(fd);
        return push_gap(w, PF_GAP_limit, "directory: out of memory");
    }
    return PF_OK;
}

static enum pf_status visit(struct walk *w, int dir, const char *name, uint8_t type)
{
    if (is_excluded(w))
        return push_gap(w, PF_GAP_excluded, "");
    if (w->path.len > PF_PATH_MAX)
        return push_gap(w, PF_GAP_limit, "path too long");
    if (type == DT_UNKNOWN) {
        struct stat st;
        if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            return push_gap(w, gap_of(errno), "");
        type = S_ISREG(st.st_mode) ? DT_REG : S_ISDIR(st.st_mode) ? DT_DIR :
               S_ISLNK(st.st_mode) ? DT_LNK : DT_FIFO;
    }
    switch (type) {
    case DT_REG: return visit_file(w, dir, name);
    case DT_DIR: return visit_dir(w, dir, name);
    case DT_LNK: return visit_link(w);
    default: return push_gap(w, PF_GAP_special, "");
    }
}

static void set_path(struct walk *w, size_t dir_len, const char *name)
{
    w->path.len = dir_len;
    if (dir_len > 0 && w->path.data[dir_len - 1] != '/')
        pf_buf_addc(&w->path, '/');
    pf_buf_adds(&w->path, name);
}

/* Handles the entries of one filled listing buffer until it is used up or a
 * subdirectory was entered (then the rest is listed again later, from the
 * offset remembered). */
static enum pf_status visit_listing(struct walk *w, size_t n)
{
    size_t mine = w->depth - 1, at = 0;

    while (at < n) {
        struct dirent64_head head;
        const char *name = w->list + at + offsetof(struct dirent64_head, type) + 1;
        enum pf_status s;

        memcpy(&head, w->list + at, sizeof head);
        at += head.len;
        w->level[mine].next = head.off;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        set_path(w, w->level[mine].path_len, name);
        if (pf_buf_failed(&w->path))
            return PF_E_NOMEM;   /* NOLINT(clang-analyzer-unix.Malloc): walk_dir frees the list */
        s = visit(w, w->level[mine].fd, name, head.type);
        if (s != PF_OK)
            return s;
        if (w->depth - 1 != mine)
            return PF_OK;
    }
    return PF_OK;
}

/* Leaves the deepest directory; opens its parent again where it was closed. */
static enum pf_status leave(struct walk *w)
{
    struct level *gone = &w->level[--w->depth];
    struct level *up = w->depth > 0 ? &w->level[w->depth - 1] : NULL;
    enum pf_status s = PF_OK;

    if (up != NULL && up->fd < 0) {
        struct stat st;
        int fd = openat(gone->fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd >= 0 && (fstat(fd, &st) != 0 || st.st_dev != up->dev || st.st_ino != up->ino)) {
            (void)close(fd);
            fd = -1;
        }
        up->fd = fd;
        w->path.len = up->path_len;
        if (fd < 0)
            s = push_gap(w, PF_GAP_changed, "directory moved while it was walked");
    }
    if (gone->fd >= 0 && gone->fd != w->root_fd)
        (void)close(gone->fd);
    return s;
}

static enum pf_status walk_levels(struct walk *w)
{
    enum pf_status s = PF_OK;

    while (s == PF_OK && w->depth > 0) {
        struct level *l = &w->level[w->depth - 1];
        long n;

        if (l->fd < 0) {                  /* could not be found again: said by leave() */
            s = leave(w);
            continue;
        }
        if (lseek(l->fd, l->next, SEEK_SET) < 0)
            n = -1;
        else
            n = syscall(SYS_getdents64, l->fd, w->list, w->list_bytes);
        w->path.len = l->path_len;
        w->list_bytes = w->list_bytes < LIST_BYTES ? w->list_bytes * 2 : LIST_BYTES;
        if (n > 0) {
            s = visit_listing(w, (size_t)n);
        } else {
            if (n < 0)
                s = push_gap(w, gap_of(errno), "directory");
            if (s == PF_OK)
                s = leave(w);
        }
    }
    return s;
}

static enum pf_status walk_dir(struct walk *w, const struct stat *st)
{
    enum pf_status s;

    w->root_dev = st->st_dev;
    w->list = malloc(LIST_BYTES);
    if (w->list == NULL || !level_push(w, w->root_fd, st))
        return PF_E_NOMEM;
    s = walk_levels(w);
    for (size_t i = 0; i < w->depth; i++)
        if (w->level[i].fd >= 0 && w->level[i].fd != w->root_fd)
            (void)close(w->level[i].fd);
    free(w->list);
    w->list = NULL;
    return s;
}

static enum pf_status walk_root(struct walk *w, const char *root, struct pf_error *err)
{
    struct stat st;

    w->root_fd = open_quietly(AT_FDCWD, root, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (w->root_fd < 0 || fstat(w->root_fd, &st) != 0)
        return pf_fail(err, gap_of(errno) == PF_GAP_denied ? PF_E_DENIED : PF_E_IO,
                       "%s", errno == ENOENT ? "no such file or directory" :
                       errno == EACCES ? "permission denied" : "cannot be opened");
    if (S_ISDIR(st.st_mode))
        return walk_dir(w, &st);
    if (S_ISREG(st.st_mode)) {
        int fd = w->root_fd;
        w->root_fd = -1;
        return push_file(w, fd, &st);
    }
    return push_gap(w, PF_GAP_special, "");
}

enum pf_status pf_fs_walk(const char *root, const struct pf_walk_options *options,
                          struct pf_link_set *links, const struct pf_entry_sink *sink,
                          struct pf_error *err)
{
    struct walk w = { .opt = options, .links = links, .sink = sink, .root_fd = -1 };
    enum pf_status s;

    pf_buf_adds(&w.path, root);
    while (w.path.len > 1 && w.path.data[w.path.len - 1] == '/')
        w.path.data[--w.path.len] = '\0';
    w.root_len = w.path.len;
    s = walk_root(&w, root, err);
    if (w.root_fd >= 0)
        (void)close(w.root_fd);
    free(w.level);
    free(w.list);
    pf_buf_release(&w.path);
    if (s == PF_E_NOMEM)
        return pf_fail(err, s, "out of memory");
    return s;
}
