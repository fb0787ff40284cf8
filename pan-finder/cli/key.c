/* key.c - see key.h. */
#include "pan-finder/cli/key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static bool random_key(uint8_t key[PF_KEY_BYTES])
{
    return getrandom(key, PF_KEY_BYTES, 0) == PF_KEY_BYTES;
}

static enum pf_status make(const char *path, uint8_t key[PF_KEY_BYTES], struct pf_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok;

    if (fd < 0)
        return pf_fail(err, PF_E_IO, "key file: cannot be made: %s", strerror(errno));
    ok = random_key(key) && write(fd, key, PF_KEY_BYTES) == PF_KEY_BYTES && fsync(fd) == 0;
    if (close(fd) != 0 || !ok) {
        (void)unlink(path);
        return pf_fail(err, PF_E_IO, "key file: cannot be written");
    }
    return PF_OK;
}

static enum pf_status load(int fd, uint8_t key[PF_KEY_BYTES], struct pf_error *err)
{
    struct stat st;
    uint8_t more;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return pf_fail(err, PF_E_USAGE, "key file: not a regular file");
    if ((st.st_mode & 077) != 0)
        return pf_fail(err, PF_E_USAGE, "key file: others may read or write it; chmod 600 it");
    if (read(fd, key, PF_KEY_BYTES) != PF_KEY_BYTES || read(fd, &more, 1) != 0)
        return pf_fail(err, PF_E_USAGE, "key file: not %d bytes long", PF_KEY_BYTES);
    return PF_OK;
}

enum pf_status pf_key_load(const char *path, uint8_t key[PF_KEY_BYTES], struct pf_error *err)
{
    enum pf_status s;
    int fd;

    if (path == NULL || path[0] == '\0')
        return random_key(key) ? PF_OK : pf_fail(err, PF_E_IO, "the system gives no random bytes");
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT)
        return make(path, key, err);
    if (fd < 0)
        return pf_fail(err, PF_E_IO, "key file: cannot be opened: %s", strerror(errno));
    s = load(fd, key, err);
    (void)close(fd);
    return s;
}
