/* landlock.c - see landlock.h. Raw system calls: glibc has no wrappers. */
#include "pan-finder/process/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define READ_DIR_TREE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

/* Access rights that each ABI knows; asking for an unknown one is an error.
 * Bit 14 is TRUNCATE (ABI 3), bit 15 IOCTL_DEV (ABI 5): newer than the headers
 * of Debian 12. */
static uint64_t handled(int abi)
{
    uint64_t all = (1u << 13) - 1;         /* EXECUTE .. MAKE_SYM, ABI 1 */

    if (abi >= 2)
        all |= 1u << 13;                   /* REFER */
    if (abi >= 3)
        all |= 1u << 14;
    if (abi >= 5)
        all |= 1u << 15;
    return all;
}

int pf_landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return abi < 0 ? 0 : (int)abi;
}

static bool allow(int rules, const char *root)
{
    struct landlock_path_beneath_attr beneath = { .allowed_access = READ_DIR_TREE };
    struct stat st;
    bool ok;

    beneath.parent_fd = open(root, O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0)
        return true;                       /* nothing to allow: the opener will report it */
    if (fstat(beneath.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
        beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    (void)close(beneath.parent_fd);
    return ok;
}

bool pf_landlock_read_only(const char *const *roots, size_t n_roots)
{
    int abi = pf_landlock_abi();
    struct landlock_ruleset_attr attr = { .handled_access_fs = handled(abi) };
    int rules;
    bool ok = true;

    if (abi == 0)
        return true;
    rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0)
        return false;
    for (size_t i = 0; i < n_roots && ok; i++)
        ok = allow(rules, roots[i]);
    ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    (void)close(rules);
    return ok;
}
