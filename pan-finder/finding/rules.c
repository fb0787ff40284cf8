/* rules.c - see rules.h. */
#include "pan-finder/finding/rules.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more in a list that grows by doubling; NULL: no memory. */
static void *room_for_one(void *list, size_t n, size_t size)
{
    if (n != 0 && (n & (n - 1)) != 0)
        return list;
    return realloc(list, size * (n == 0 ? 1 : 2 * n));
}

enum pf_status pf_user_rules_number(struct pf_user_rules *rules, const char fingerprint[PF_FINGERPRINT_HEX + 1],
                                    const char *reason, struct pf_error *err)
{
    struct pf_user_number *more;

    if (rules->n_numbers == PF_USER_NUMBERS_MAX)
        return pf_fail(err, PF_E_USAGE, "more than %d numbers to ignore", PF_USER_NUMBERS_MAX);
    more = room_for_one(rules->number, rules->n_numbers, sizeof *more);
    if (more == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    rules->number = more;
    more[rules->n_numbers].reason = reason;
    memcpy(more[rules->n_numbers].fingerprint, fingerprint, sizeof more->fingerprint);
    rules->n_numbers++;
    return PF_OK;
}

enum pf_status pf_user_rules_path(struct pf_user_rules *rules, const char *glob, const char *reason,
                                  struct pf_error *err)
{
    struct pf_user_path *more;

    if (rules->n_paths == PF_USER_PATHS_MAX)
        return pf_fail(err, PF_E_USAGE, "more than %d paths to ignore", PF_USER_PATHS_MAX);
    more = room_for_one(rules->path, rules->n_paths, sizeof *more);
    if (more == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    rules->path = more;
    more[rules->n_paths++] = (struct pf_user_path){ glob, reason };
    return PF_OK;
}

static int by_fingerprint(const void *a, const void *b)
{
    const struct pf_user_number *x = a, *y = b;

    return strcmp(x->fingerprint, y->fingerprint);
}

void pf_user_rules_ready(struct pf_user_rules *rules)
{
    if (rules->n_numbers > 1)
        qsort(rules->number, rules->n_numbers, sizeof *rules->number, by_fingerprint);
}

void pf_user_rules_release(struct pf_user_rules *rules)
{
    free(rules->number);
    free(rules->path);
    rules->number = NULL;
    rules->path = NULL;
    rules->n_numbers = rules->n_paths = 0;
}

const char *pf_user_rules_ignored_number(const struct pf_user_rules *rules, const char *fingerprint)
{
    struct pf_user_number wanted = { .reason = "" };
    const struct pf_user_number *known;

    if (rules == NULL || rules->n_numbers == 0)
        return NULL;
    memcpy(wanted.fingerprint, fingerprint, sizeof wanted.fingerprint);
    known = bsearch(&wanted, rules->number, rules->n_numbers, sizeof wanted, by_fingerprint);
    return known == NULL ? NULL : known->reason;
}

bool pf_glob_match(const char *glob, const char *text, size_t len)
{
    const char *star = NULL;
    size_t at = 0, after = 0;

    /* Only the last star needs to be tried again. */
    while (at < len) {
        if (*glob == '*') {
            star = glob++;
            after = at;
        } else if (*glob != '\0' && (*glob == '?' || *glob == text[at])) {
            glob++;
            at++;
        } else if (star != NULL) {
            glob = star + 1;
            at = ++after;
        } else {
            return false;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}

static const char *reason_of(const struct pf_user_rules *rules, const char *path, size_t len)
{
    for (size_t i = 0; i < rules->n_paths; i++)
        if (pf_glob_match(rules->path[i].glob, path, len))
            return rules->path[i].reason;
    return NULL;
}

const char *pf_user_rules_ignored_path(const struct pf_user_rules *rules, const char *path, size_t len)
{
    struct pf_buf whole = PF_BUF_INIT;
    const char *reason;

    if (rules == NULL || rules->n_paths == 0)
        return NULL;
    reason = reason_of(rules, path, len);
    if (reason != NULL || rules->cwd == NULL || len == 0 || path[0] == '/' || (len == 1 && path[0] == '-'))
        return reason;
    while (len > 1 && path[0] == '.' && path[1] == '/') {
        path += 2;
        len -= 2;
    }
    pf_buf_addf(&whole, "%s/", strcmp(rules->cwd, "/") == 0 ? "" : rules->cwd);
    pf_buf_add(&whole, path, len);
    if (!pf_buf_failed(&whole))
        reason = reason_of(rules, whole.data, whole.len);
    pf_buf_release(&whole);
    return reason;
}
