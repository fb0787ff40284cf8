/* detector.c - the whole of detect/ behind its one header: windows of one object
 * to the kernel, candidates to the judge, lines counted on the way. */
#include "pan-finder/detect/detector.h"

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/judge.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/name.h"
#include "pan-finder/detect/text.h"
#include "pan-finder/detect/window.h"

#include "ruleset.h"

#include <stdlib.h>
#include <string.h>

struct pf_detector {
    const struct pf_kernel *kernel;
    struct pf_fingerprinter *fingerprinter;
    struct pf_window window;
    struct pf_judge judge, names;
    struct pf_lines lines;
    enum pf_text text;
    uint64_t bytes;
    bool touched;                 /* a number stood in what the window holds */
};

/* What a candidate's callback needs of its window. */
struct pass {
    struct pf_detector *detector;
    const struct pf_view *view;
    struct pf_candidate waiting;  /* pan.n 0: none */
};

enum pf_status pf_detector_new(struct pf_detector **out, const struct pf_detector_options *options,
                               struct pf_error *err)
{
    struct pf_detector *d;
    enum pf_status status;

    *out = NULL;
    d = calloc(1, sizeof *d);
    if (!d)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    d->kernel = pf_kernel_pick(options->kernel);
    if (!d->kernel) {
        pf_detector_free(d);
        return pf_fail(err, PF_E_USAGE, "no such kernel, or this processor lacks it: %s",
                       options->kernel ? options->kernel : "auto");
    }
    status = pf_fingerprinter_new(&d->fingerprinter, options->key, err);
    if (status != PF_OK) {
        pf_detector_free(d);
        return status;
    }
    if (!pf_window_init(&d->window, options->chunk ? options->chunk : PF_CHUNK_SIZE) ||
        !pf_judge_init(&d->judge, PF_OBJECT_FINDINGS, d->fingerprinter, options->regional) ||
        !pf_judge_init(&d->names, PF_NAME_FINDINGS, d->fingerprinter, options->regional)) {
        pf_detector_free(d);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    *out = d;
    return PF_OK;
}

void pf_detector_free(struct pf_detector *d)
{
    if (!d)
        return;
    pf_window_release(&d->window);
    pf_judge_release(&d->judge);
    pf_judge_release(&d->names);
    pf_fingerprinter_free(d->fingerprinter);
    free(d);
}

const char *pf_detector_kernel(const struct pf_detector *d)
{
    return d->kernel->name;
}

const char *pf_detector_ruleset(void)
{
    return PF_RULESET;
}

void pf_detector_begin(struct pf_detector *d, const struct pf_finding_sink *sink)
{
    pf_window_begin(&d->window);
    pf_judge_begin(&d->judge, sink, "content");
    pf_lines_begin(&d->lines);
    d->text = PF_TEXT_NONE;
    d->bytes = 0;
    d->touched = false;
}

uint8_t *pf_detector_room(struct pf_detector *d, size_t *cap)
{
    return pf_window_room(&d->window, cap);
}

/* Judges the candidate that waits. */
static void settle(struct pass *pass)
{
    struct pf_detector *d = pass->detector;
    const struct pf_view *view = pass->view;
    struct pf_candidate *c = &pass->waiting;
    struct pf_entry *fresh;

    if (c->pan.n == 0)
        return;
    if (c->either && ((view->offset + c->start) & 1)) {
        c->dress = PF_DRESS_UTF16BE;     /* UTF-16 stands at even places: it is big-endian */
        c->start--;
        c->end--;
    }
    fresh = pf_judge_take(&d->judge, c, view->buf, view->len, view->offset + c->start);
    if (fresh && d->text != PF_TEXT_NONE)
        fresh->line = pf_lines_at(&d->lines, d->kernel, d->text, view->buf, view->offset, c->start);
}

/* A candidate waits for the next one to come: the time between hides the fetch
 * of what its look-up needs. */
static void take(void *ctx, const struct pf_candidate *candidate)
{
    struct pass *pass = ctx;

    pf_ledger_fetch(&pass->detector->judge.ledger, pf_candidate_number(candidate));
    settle(pass);
    pass->waiting = *candidate;
    pass->detector->touched = true;
}

static void judge_view(struct pf_detector *d, const struct pf_view *view)
{
    struct pass pass = { .detector = d, .view = view };

    if (view->first)
        d->text = pf_text_look(view->buf, view->len);
    pf_candidates(d->kernel, view->buf, view->len, view->lo, view->hi, view->first, view->last,
                  &d->judge.count, take, &pass);
    settle(&pass);
    pf_pan_wipe(&pass.waiting.pan);
    if (d->text != PF_TEXT_NONE)
        pf_lines_at(&d->lines, d->kernel, d->text, view->buf, view->offset, view->hi);
}

void pf_detector_filled(struct pf_detector *d, size_t n)
{
    struct pf_view view;

    d->bytes += n;
    if (!pf_window_filled(&d->window, n, &view))
        return;
    judge_view(d, &view);
    pf_window_next(&d->window, &view);
}

void pf_detector_end(struct pf_detector *d, struct pf_object_stats *stats)
{
    struct pf_view view;

    pf_window_last(&d->window, &view);
    if (d->bytes > 0)
        judge_view(d, &view);
    pf_judge_end(&d->judge);
    if (d->touched)
        pf_window_wipe(&d->window);
    *stats = (struct pf_object_stats){
        .bytes = d->bytes, .findings = d->judge.findings,
        .text = d->text != PF_TEXT_NONE, .empty = d->bytes == 0,
    };
    for (unsigned n = PF_PAN_MIN; n <= PF_PAN_MAX; n++) {
        stats->shapes += d->judge.count.shapes[n];
        stats->luhn += d->judge.count.luhn[n];
    }
    pf_window_begin(&d->window);
}

bool pf_detector_mask_name(struct pf_detector *d, const char *name, size_t len, struct pf_buf *out)
{
    return pf_name_mask(d->kernel, name, len, out);
}

uint64_t pf_detector_name(struct pf_detector *d, const char *name, size_t len,
                          const struct pf_finding_sink *sink)
{
    return pf_name_search(&d->names, d->kernel, name, len, sink);
}
