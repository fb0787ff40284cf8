/* links: pan-finder/base pan-finder/object pan-finder/finding pan-finder/source  libs: -ljansson */
/* The walk: what it opens, what it leaves out, and that it says so. */
#include "pan-finder/source/source.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOT_PREFIX "/tmp/pf-fs-"

static char root[64];       /* made by make_root(), and by nobody else */

static void in_root(char *out, size_t cap, const char *name)
{
    (void)snprintf(out, cap, "%s/%s", root, name);
}

static void make_file(const char *name, const char *text)
{
    char path[512];
    FILE *f;

    in_root(path, sizeof path, name);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(text, f), 0);
    ck_assert_int_eq(fclose(f), 0);
}

/* What the walk pushed: one line per entry, "reason|path below root". */
struct seen { struct pf_buf text; size_t below, n, opened, hardlinks, stop_after; };

static enum pf_status on_entry(void *ctx, const struct pf_entry *e)
{
    struct seen *s = ctx;

    s->n++;
    s->hardlinks += e->hardlink;
    pf_buf_addf(&s->text, "%s|", e->gap == PF_GAP_none ? (e->hardlink ? "again" : "file") :
                pf_gap_name(e->gap));
    pf_buf_add(&s->text, e->path.text + s->below, e->path.len - s->below);
    pf_buf_addc(&s->text, '\n');
    if (e->fd >= 0) {
        s->opened++;
        (void)close(e->fd);
    }
    return s->stop_after > 0 && s->n >= s->stop_after ? PF_STOP : PF_OK;
}

static struct seen walk(const struct pf_walk_options *opt)
{
    static const struct pf_walk_options none = { .cross_mounts = false };
    struct seen seen = { .text = PF_BUF_INIT, .below = strlen(root) };
    struct pf_entry_sink sink = { on_entry, &seen };
    struct pf_link_set *links = pf_link_set_new();
    struct pf_error err;

    ck_assert_int_eq(pf_fs_walk(root, opt == NULL ? &none : opt, links, &sink, &err), PF_OK);
    pf_link_set_free(links);
    return seen;
}

static bool has(const struct seen *s, const char *line)
{
    return s->text.data != NULL && strstr(s->text.data, line) != NULL;
}

static void make_root(void)
{
    (void)snprintf(root, sizeof root, ROOT_PREFIX "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

/* rm handles depths that a recursive function of ours should not need to. It
 * is given nothing but a folder that make_root() made. */
static void remove_root(void)
{
    pid_t pid;

    ck_assert(strncmp(root, ROOT_PREFIX, strlen(ROOT_PREFIX)) == 0 &&
              strlen(root) == strlen(ROOT_PREFIX) + 6);
    pid = fork();
    if (pid == 0) {
        (void)execlp("rm", "rm", "-rf", "--one-file-system", "--", root, (char *)NULL);
        _exit(1);
    }
    (void)waitpid(pid, NULL, 0);
}

START_TEST(files_of_all_names_are_opened)
{
    struct seen s;

    make_file("plain", "x");
    make_file("with\nnewline", "x");
    make_file("not-utf8-\xff\xfe", "x");
    make_file("\033[31mred", "x");
    make_file(" leading and trailing ", "x");
    s = walk(NULL);
    ck_assert_uint_eq(s.opened, 5);
    ck_assert(has(&s, "file|/with\nnewline\n"));
    ck_assert(has(&s, "file|/not-utf8-\xff\xfe\n"));
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(links_are_not_followed_and_those_that_leave_are_said)
{
    char path[512];
    struct seen s;

    make_file("target", "x");
    in_root(path, sizeof path, "inside");
    ck_assert_int_eq(symlink("target", path), 0);
    in_root(path, sizeof path, "outside");
    ck_assert_int_eq(symlink("/etc", path), 0);
    in_root(path, sizeof path, "up");
    ck_assert_int_eq(symlink("../../etc/passwd", path), 0);
    in_root(path, sizeof path, "dangling");
    ck_assert_int_eq(symlink("nowhere", path), 0);
    in_root(path, sizeof path, "self");
    ck_assert_int_eq(symlink(".", path), 0);
    s = walk(NULL);
    ck_assert_uint_eq(s.opened, 1);
    ck_assert(has(&s, "link_out|/outside\n"));
    ck_assert(has(&s, "link_out|/up\n"));
    ck_assert(!has(&s, "|/inside") && !has(&s, "|/dangling") && !has(&s, "|/self"));
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(special_files_are_named_and_not_opened)
{
    char path[512];
    struct seen s;
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int sock = socket(AF_UNIX, SOCK_STREAM, 0);

    in_root(path, sizeof path, "fifo");
    ck_assert_int_eq(mkfifo(path, 0600), 0);       /* opening it would hang */
    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s/sock", root);
    ck_assert_int_eq(bind(sock, (struct sockaddr *)&at, sizeof at), 0);
    s = walk(NULL);
    (void)close(sock);
    ck_assert_uint_eq(s.opened, 0);
    ck_assert(has(&s, "special|/fifo\n") && has(&s, "special|/sock\n"));
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(hard_links_are_read_once)
{
    char a[512], b[512];
    struct seen s;

    make_file("one", "x");
    in_root(a, sizeof a, "one");
    in_root(b, sizeof b, "two");
    ck_assert_int_eq(link(a, b), 0);
    s = walk(NULL);
    ck_assert_uint_eq(s.opened, 1);
    ck_assert_uint_eq(s.hardlinks, 1);
    pf_buf_release(&s.text);
}
END_TEST

/* Deeper than PATH_MAX and than the descriptors kept open. */
START_TEST(three_thousand_levels_are_walked_to_the_bottom)
{
    struct seen s;
    int dir = open(root, O_RDONLY | O_DIRECTORY), fd;

    for (int i = 0; i < 3000; i++) {
        int next;
        ck_assert_int_eq(mkdirat(dir, "d", 0700), 0);
        if (i % 1000 == 0) {
            fd = openat(dir, "z-after", O_WRONLY | O_CREAT, 0600);
            (void)close(fd);
        }
        next = openat(dir, "d", O_RDONLY | O_DIRECTORY);
        (void)close(dir);
        dir = next;
    }
    fd = openat(dir, "bottom", O_WRONLY | O_CREAT, 0600);
    (void)close(fd);
    (void)close(dir);
    s = walk(NULL);
    ck_assert_uint_eq(s.opened, 4);
    ck_assert(has(&s, "/bottom\n"));
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(many_folders_are_each_listed_whole)
{
    char path[512];
    struct seen s;

    for (int d = 0; d < 60; d++) {
        (void)snprintf(path, sizeof path, "%s/dir-%02d", root, d);
        ck_assert_int_eq(mkdir(path, 0700), 0);
        for (int f = 0; f < 40; f++) {
            (void)snprintf(path, sizeof path, "dir-%02d/file-with-a-rather-long-name-%02d", d, f);
            make_file(path, "x");
        }
        (void)snprintf(path, sizeof path, "file-%02d", d);
        make_file(path, "x");
    }
    s = walk(NULL);
    ck_assert_uint_eq(s.opened, 60 * 40 + 60);
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(excluded_paths_are_gaps)
{
    char path[512], with_slash[512];
    const char *excluded[] = { path, with_slash };
    struct pf_walk_options opt = { .excluded = excluded, .n_excluded = 2 };
    struct seen s;

    in_root(path, sizeof path, "keep");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    make_file("keep/x", "x");
    make_file("keep-not", "x");
    make_file("b", "x");
    in_root(with_slash, sizeof with_slash, "b/");
    s = walk(&opt);
    ck_assert(has(&s, "excluded|/keep\n") && has(&s, "file|/keep-not\n") && has(&s, "excluded|/b\n"));
    ck_assert(!has(&s, "/keep/x"));
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(the_evidence_folder_is_noted_not_read)
{
    struct pf_walk_options opt = { .cross_mounts = false };
    char path[512];
    struct stat st;
    struct seen s;

    in_root(path, sizeof path, "evidence");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    make_file("evidence/findings.jsonl", "x");
    ck_assert_int_eq(stat(path, &st), 0);
    opt.own.dev = st.st_dev;
    opt.own.ino = st.st_ino;
    opt.own.set = true;
    s = walk(&opt);
    ck_assert_uint_eq(s.opened, 0);
    ck_assert(has(&s, "special|/evidence\n"));
    pf_buf_release(&s.text);
}
END_TEST

/* Walked without opening a file: what is below is the machine's own. */
START_TEST(mounts_below_a_root_are_gaps)
{
    struct seen seen = { .text = PF_BUF_INIT, .below = strlen("/dev"), .stop_after = 20000 };
    struct pf_walk_options opt = { .cross_mounts = false };
    struct pf_entry_sink sink = { on_entry, &seen };
    struct pf_error err;
    struct stat a, b;
    enum pf_status s;

    if (stat("/dev", &a) != 0 || stat("/dev/shm", &b) != 0 || a.st_dev == b.st_dev)
        return;                         /* no mount below /dev on this machine */
    s = pf_fs_walk("/dev", &opt, NULL, &sink, &err);
    ck_assert(s == PF_OK || s == PF_STOP);
    ck_assert(has(&seen, "mount|/shm\n"));
    pf_buf_release(&seen.text);
}
END_TEST

START_TEST(the_counting_walk_opens_nothing)
{
    struct pf_walk_options opt = { .count_only = true };
    struct seen s;

    make_file("a", "xx");
    make_file("b", "xx");
    s = walk(&opt);
    ck_assert_uint_eq(s.n, 2);
    ck_assert_uint_eq(s.opened, 0);
    pf_buf_release(&s.text);
}
END_TEST

START_TEST(a_missing_root_is_an_error_in_words)
{
    struct pf_walk_options opt = { .count_only = false };
    struct seen seen = { .text = PF_BUF_INIT };
    struct pf_entry_sink sink = { on_entry, &seen };
    struct pf_error err = { "" };

    ck_assert_int_eq(pf_fs_walk("/nonexistent/x", &opt, NULL, &sink, &err), PF_E_IO);
    ck_assert_str_eq(err.text, "no such file or directory");
}
END_TEST

START_TEST(the_link_set_remembers_and_is_bounded)
{
    struct pf_link_set *set = pf_link_set_new();

    for (ino_t i = 1; i <= 5000; i++)
        ck_assert(!pf_link_set_seen(set, 1, i));
    for (ino_t i = 1; i <= 5000; i++)
        ck_assert(pf_link_set_seen(set, 1, i));
    ck_assert(!pf_link_set_seen(set, 2, 17));
    pf_link_set_free(set);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("fs");
    TCase *t = tcase_create("fs");
    SRunner *r = srunner_create(s);
    int failed;

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, make_root, remove_root);
    tcase_add_test(t, files_of_all_names_are_opened);
    tcase_add_test(t, links_are_not_followed_and_those_that_leave_are_said);
    tcase_add_test(t, special_files_are_named_and_not_opened);
    tcase_add_test(t, hard_links_are_read_once);
    tcase_add_test(t, three_thousand_levels_are_walked_to_the_bottom);
    tcase_add_test(t, many_folders_are_each_listed_whole);
    tcase_add_test(t, excluded_paths_are_gaps);
    tcase_add_test(t, the_evidence_folder_is_noted_not_read);
    tcase_add_test(t, mounts_below_a_root_are_gaps);
    tcase_add_test(t, the_counting_walk_opens_nothing);
    tcase_add_test(t, a_missing_root_is_an_error_in_words);
    tcase_add_test(t, the_link_set_remembers_and_is_bounded);
    suite_add_tcase(s, t);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed == 0 ? 0 : 1;
}
