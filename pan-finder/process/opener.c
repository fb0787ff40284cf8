/* opener.c - the only process with file-system rights; see roles.h.
 * It opens and never reads; what it opened leaves in batches. */
#include "pan-finder/process/batch.h"
#include "pan-finder/process/cage.h"
#include "pan-finder/process/roles.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct opener {
    struct pf_batch *batch;
    struct pf_progress *progress;
};

static enum pf_status on_entry(void *ctx, const struct pf_entry *entry)
{
    struct opener *o = ctx;

    if (atomic_load_explicit(&o->progress->failed, memory_order_relaxed))
        return PF_STOP;
    return pf_batch_add(o->batch, entry) ? PF_OK : PF_STOP;
}

static enum pf_status push_stdin(struct opener *o)
{
    struct pf_entry e = { .path = { "-", 1 }, .fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), .detail = "" };
    struct stat st;

    if (e.fd < 0)
        e.gap = PF_GAP_io;
    else if (fstat(e.fd, &st) == 0 && S_ISREG(st.st_mode))
        e.size = (uint64_t)st.st_size;
    return on_entry(o, &e);
}

static enum pf_status push_root_gap(struct opener *o, const char *root, enum pf_status why)
{
    struct pf_entry e = {
        .path = { root, strlen(root) }, .fd = -1, .detail = "root",
        .gap = why == PF_E_DENIED ? PF_GAP_denied : PF_GAP_io,
    };
    return on_entry(o, &e);
}

/* Once the run is to stop, what was not walked is one gap per root. */
static enum pf_status push_interrupted(struct opener *o, const char *root)
{
    struct pf_entry e = {
        .path = { root, strlen(root) }, .fd = -1, .gap = PF_GAP_interrupted,
        .detail = "the rest of this root was not reached",
    };
    return on_entry(o, &e);
}

static bool stopped(const struct pf_progress *p)
{
    return atomic_load_explicit(&p->stop, memory_order_relaxed) != 0;
}

static enum pf_status on_entry_or_stop(void *ctx, const struct pf_entry *entry)
{
    struct opener *o = ctx;

    if (stopped(o->progress)) {
        if (entry->fd >= 0)
            (void)close(entry->fd);
        return PF_STOP;
    }
    return on_entry(ctx, entry);
}

static enum pf_status walk_all(const struct pf_run_options *opt, struct opener *o)
{
    struct pf_link_set *links = pf_link_set_new();
    struct pf_entry_sink sink = { on_entry_or_stop, o };
    struct pf_error err;
    enum pf_status s = PF_OK;

    for (size_t i = 0; i < opt->n_roots; i++) {
        const char *root = opt->roots[i];

        if (stopped(o->progress)) {
            s = push_interrupted(o, root);
            continue;
        }
        s = strcmp(root, "-") == 0 ? push_stdin(o) : pf_fs_walk(root, &opt->walk, links, &sink, &err);
        if (s == PF_E_DENIED || s == PF_E_IO)
            s = push_root_gap(o, root, s);
        else if (s == PF_STOP && stopped(o->progress))
            s = push_interrupted(o, root);
        if (s != PF_OK)
            break;
    }
    pf_link_set_free(links);
    return s;
}

int pf_opener_main(const struct pf_run_options *opt, int queue, struct pf_progress *progress)
{
    struct pf_error err;
    struct opener o = { .batch = pf_batch_new(queue), .progress = progress };
    enum pf_status s;

    if (o.batch == NULL)
        return 2;
    if (pf_cage_enter(PF_ROLE_OPENER, opt->roots, opt->n_roots, &err) != PF_OK) {
        (void)fprintf(stderr, "%s: opener: %s\n", opt->program, err.text);
        return 2;
    }
    s = walk_all(opt, &o);
    if (!pf_batch_flush(o.batch) && s == PF_OK)
        s = PF_STOP;
    pf_batch_free(o.batch);
    return s == PF_OK || s == PF_STOP ? 0 : 2;
}

static enum pf_status on_counted(void *ctx, const struct pf_entry *entry)
{
    struct pf_progress *p = ctx;

    atomic_fetch_add_explicit(&p->walk_objects, 1, memory_order_relaxed);
    if (!entry->hardlink)
        atomic_fetch_add_explicit(&p->walk_bytes, entry->size, memory_order_relaxed);
    return stopped(p) ? PF_STOP : PF_OK;
}

int pf_counter_main(const struct pf_run_options *opt, struct pf_progress *progress)
{
    struct pf_walk_options walk = opt->walk;
    struct pf_link_set *links = pf_link_set_new();
    struct pf_entry_sink sink = { on_counted, progress };
    struct pf_error err;
    enum pf_status s = PF_OK;

    if (pf_cage_enter(PF_ROLE_OPENER, opt->roots, opt->n_roots, &err) != PF_OK)
        return 2;
    walk.count_only = true;
    for (size_t i = 0; i < opt->n_roots && s != PF_STOP; i++)
        if (strcmp(opt->roots[i], "-") != 0)
            s = pf_fs_walk(opt->roots[i], &walk, links, &sink, &err);
    pf_link_set_free(links);
    if (s != PF_STOP)
        atomic_store(&progress->walk_done, 1);
    return 0;
}
