/* links: pan-finder/cli pan-finder/pattern pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lyaml -lpcre2-8 -lsodium -ljansson */
/* A file of rules is read, or refused without a word of what it holds; what was
 * read holds no card number but as a fingerprint, and each pattern comes to an end. */
#include "pan-finder/cli/rules_file.h"
#include "pan-finder/detect/detector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Places are short numbers; a longer one would be of the file. */
static void told_nothing(const char *text)
{
    size_t digits = 0;

    must(strncmp(text, "rules file: ", 12) == 0 && strstr(text, "SECRET") == NULL);
    for (; *text != '\0'; text++) {
        digits = (unsigned)(*text - '0') < 10 ? digits + 1 : 0;
        must(digits < 7);
    }
}

static void holds_no_number(const char *text)
{
    static struct pf_detector *d;
    const struct pf_detector_options plain = { .regional = true };
    struct pf_buf masked = PF_BUF_INIT;

    must(d != NULL || pf_detector_new(&d, &plain, NULL) == PF_OK);
    must(!pf_detector_mask_name(d, text, strlen(text), &masked));
    pf_buf_release(&masked);
}

static void ask(const struct pf_user_rules *rules)
{
    static const uint8_t text[] = "order 12 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa member 5555555555554444 ( SECRET \xff\x80";

    for (size_t i = 0; i < rules->n_patterns; i++) {
        int found = rules->match(rules->pattern[i].pattern, text, sizeof text - 1, 60, 76);

        must(found >= -1 && found <= 1);
        must(found == rules->match(rules->pattern[i].pattern, text, sizeof text - 1, 60, 76));
        holds_no_number(rules->pattern[i].reason);
        holds_no_number(rules->pattern[i].slow);
    }
    for (size_t i = 0; i < rules->n_paths; i++) {
        (void)pf_user_rules_ignored_path(rules, "/srv/a/b-12/c.log", 17);
        holds_no_number(rules->path[i].glob);
        holds_no_number(rules->path[i].reason);
    }
    for (size_t i = 0; i < rules->n_numbers; i++)
        must(pf_user_rules_ignored_number(rules, rules->number[i].fingerprint) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[PF_KEY_BYTES] = { 1, 2, 3 };
    struct pf_rules_file file;
    struct pf_error err = { "" };
    char path[64];
    int fd = memfd_create("rules", MFD_CLOEXEC);

    must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (pf_rules_file_read(&file, path, key, &err) == PF_OK)
        ask(&file.rules);
    else
        told_nothing(err.text);
    pf_rules_file_release(&file);
    (void)close(fd);
    return 0;
}
