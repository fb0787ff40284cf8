/* cover.c - see cover.h. */
#include "reports/model/cover.h"

#include <stdlib.h>
#include <string.h>

bool rpt_cover_init(struct rpt_cover *c)
{
    memset(c, 0, sizeof *c);
    c->dir = calloc(RPT_DIRS_MAX, sizeof *c->dir);
    c->gap = calloc(RPT_GAPS_LISTED, sizeof *c->gap);
    if (c->dir != NULL && c->gap != NULL)
        return true;
    rpt_cover_release(c);
    return false;
}

void rpt_cover_release(struct rpt_cover *c)
{
    for (size_t i = 0; i < c->n_gaps; i++)
        rpt_label_release(&c->gap[i].label);
    for (size_t i = 0; i < c->n_roots; i++)
        free(c->root[i].text);
    free(c->dir);
    free(c->gap);
    memset(c, 0, sizeof *c);
}

void rpt_cover_root(struct rpt_cover *c, const char *root)
{
    size_t len = root == NULL ? 0 : strlen(root);

    while (len > 1 && root[len - 1] == '/')
        len--;
    if (len == 0 || c->n_roots == RPT_ROOTS_MAX)
        return;
    c->root[c->n_roots].text = strndup(root, len);
    if (c->root[c->n_roots].text != NULL)
        c->root[c->n_roots++].len = len;
}

static bool under(const char *path, size_t len, const char *root, size_t root_len)
{
    if (len < root_len || memcmp(path, root, root_len) != 0)
        return false;
    return len == root_len || path[root_len] == '/' || root[root_len - 1] == '/';
}

/* Length of the part of `path` that names its directory, at most RPT_DIR_DEPTH
 * names below the longest root above it. */
static size_t dir_length(const struct rpt_cover *c, const char *path, size_t len)
{
    size_t root = 0, end, at;

    for (size_t i = 0; i < c->n_roots; i++)
        if (c->root[i].len > root && under(path, len, c->root[i].text, c->root[i].len))
            root = c->root[i].len;
    end = root;
    at = root;
    for (int depth = 0; depth < RPT_DIR_DEPTH; depth++) {
        const char *slash = at + 1 < len ? memchr(path + at + 1, '/', len - at - 1) : NULL;
        if (slash == NULL)
            break;
        end = at = (size_t)(slash - path);
    }
    return end;
}

struct rpt_dir *rpt_cover_dir(struct rpt_cover *c, const char *path, size_t len)
{
    size_t n = dir_length(c, path, len);
    const char *name = n == 0 ? "." : path;

    n = n == 0 ? 1 : n > RPT_DIR_LEN ? RPT_DIR_LEN : n;
    for (size_t k = 0; k < c->n_dirs; k++) {
        size_t i = (c->last_dir + k) % c->n_dirs;
        if (strncmp(c->dir[i].name, name, n) == 0 && c->dir[i].name[n] == '\0') {
            c->last_dir = i;
            return &c->dir[i];
        }
    }
    if (c->n_dirs >= RPT_DIRS_MAX - 1) {
        c->n_dirs = RPT_DIRS_MAX;
        return &c->dir[RPT_DIRS_MAX - 1];
    }
    memcpy(c->dir[c->n_dirs].name, name, n);
    return &c->dir[c->n_dirs++];
}

static void tally(struct rpt_tally *t, int outcome, uint64_t bytes)
{
    t->objects[outcome]++;
    t->bytes += bytes;
}

static struct rpt_tally *kind_tally(struct rpt_cover *c, const char *name)
{
    for (size_t i = 0; i < c->n_kinds; i++)
        if (c->kind[i].name == name || strcmp(c->kind[i].name, name) == 0)
            return &c->kind[i].tally;
    if (c->n_kinds == RPT_KINDS_MAX)
        return &c->kind[RPT_KINDS_MAX - 1].tally;
    c->kind[c->n_kinds].name = c->n_kinds == RPT_KINDS_MAX - 1 ? "\xe2\x80\xa6" : name;
    return &c->kind[c->n_kinds++].tally;
}

static uint64_t whole(const struct pf_json *record, const char *key)
{
    int64_t v = pf_json_int(record, key, 0);

    return v < 0 ? 0 : (uint64_t)v;
}

void rpt_cover_object(struct rpt_cover *c, struct rpt_words *words, const struct pf_json *record)
{
    const char *word = pf_json_str(record, "outcome");
    int outcome = pf_outcome_from(word == NULL ? "" : word);
    const char *kind = rpt_word(words, pf_json_str(record, "kind"));
    uint64_t bytes = whole(record, "bytes");
    size_t len;
    const char *path = pf_json_strn(record, "path", &len);

    if (outcome < 0)
        outcome = PF_UNREAD;      /* an outcome we do not know is no proof of reading */
    tally(&c->all, outcome, bytes);
    tally(kind_tally(c, kind), outcome, bytes);
    if (strcmp(kind, "media") == 0)
        tally(&c->media, outcome, bytes);
    if (path != NULL)
        tally(&rpt_cover_dir(c, path, len)->tally, outcome, bytes);
}

bool rpt_cover_gap(struct rpt_cover *c, struct rpt_words *words, struct rpt_words *details,
                   const struct pf_json *record)
{
    const char *word = rpt_word(words, pf_json_str(record, "reason"));
    int reason = pf_gap_from(word);
    uint64_t unread = whole(record, "unread");
    struct rpt_gap *g;
    size_t len;
    const char *path = pf_json_strn(record, "path", &len);

    reason = reason < 0 ? 0 : reason;
    if (pf_json_bool(record, "note", false)) {
        c->notes++;
        c->by_reason[reason]++;
        return true;
    }
    c->gaps++;
    c->by_reason[reason]++;
    c->unread += unread;
    c->unread_by_reason[reason] += unread;
    if (path != NULL)
        rpt_cover_dir(c, path, len)->gaps++;
    if (c->n_gaps == RPT_GAPS_LISTED)
        return true;
    g = &c->gap[c->n_gaps];
    if (!rpt_label_read(&g->label, record))
        return false;
    g->reason = (uint8_t)reason;
    g->word = word;
    g->detail = rpt_word(details, pf_json_str(record, "detail"));
    g->unread = unread;
    c->n_gaps++;
    return true;
}

uint64_t rpt_cover_unopened(const struct rpt_cover *c)
{
    uint64_t with_object = c->all.objects[PF_PARTIAL] + c->all.objects[PF_UNREAD];

    return c->gaps > with_object ? c->gaps - with_object : 0;
}
