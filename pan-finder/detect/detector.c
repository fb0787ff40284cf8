/* detector.c - the whole of detect/ behind its one header: the bytes of an object
 * are its first layer. */
#include "pan-finder/detect/detector.h"

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/judge.h"
#include "pan-finder/detect/layer.h"
#include "pan-finder/detect/name.h"

#include "ruleset.h"

#include <stdlib.h>
#include <string.h>

struct pf_detector {
    struct pf_fingerprinter *fingerprinter;
    struct pf_judge judge, names;
    struct pf_table table;
    bool fed;                     /* the table has had the bytes that it wants */
    const struct pf_kernel *kernel;
    struct pf_kernel every;       /* the same, but its first look rules nothing out that a sink wants to be told of */
    struct pf_layer_env env;
    struct pf_layer root;
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
    d->env.kernel = d->kernel = pf_kernel_pick(options->kernel);
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
    d->env.judge = &d->judge;
    d->env.table = &d->table;
    if (!pf_layer_init(&d->root, &d->env, 0, options->chunk ? options->chunk : PF_CHUNK_SIZE) ||
        !pf_judge_init(&d->judge, PF_OBJECT_FINDINGS, d->fingerprinter, options->regional) ||
        !pf_judge_init(&d->names, PF_NAME_FINDINGS, d->fingerprinter, options->regional)) {
        pf_detector_free(d);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    d->judge.table = &d->table;
    d->judge.rules = d->names.rules = options->rules;
    d->every = *d->kernel;
    d->every.plain = pf_every_plain;
    *out = d;
    return PF_OK;
}

void pf_detector_free(struct pf_detector *d)
{
    if (!d)
        return;
    pf_layer_release(&d->root);
    pf_judge_release(&d->judge);
    pf_judge_release(&d->names);
    pf_fingerprinter_free(d->fingerprinter);
    free(d);
}

const char *pf_detector_kernel(const struct pf_detector *d)
{
    return d->env.kernel->name;
}

const char *pf_detector_ruleset(void)
{
    return PF_RULESET;
}

void pf_detector_begin(struct pf_detector *d, const struct pf_finding_sink *sink)
{
    const struct pf_seat seat = { .column = PF_COLUMN_NONE };

    d->env.sink = sink;
    d->env.kernel = sink->candidate != NULL ? &d->every : d->kernel;
    d->env.too_deep = d->fed = false;
    pf_table_begin(&d->table);
    pf_judge_begin(&d->judge, sink, "content");
    pf_layer_begin(&d->root, &seat);
}

uint8_t *pf_detector_room(struct pf_detector *d, size_t *cap)
{
    return pf_layer_room(&d->root, cap);
}

void pf_detector_filled(struct pf_detector *d, size_t n)
{
    size_t cap;

    if (!d->fed)
        d->fed = pf_table_feed(&d->table, pf_layer_room(&d->root, &cap), n);
    pf_layer_filled(&d->root, n);
}

/* A cell of the table's head. */
static void take_cell(void *ctx, const struct pf_element *element, uint64_t line)
{
    struct pf_detector *d = ctx;
    const struct pf_seat seat = { .offset = element->start, .line = line, .column = PF_COLUMN_NONE };

    pf_judge_element(&d->judge, element, &seat);
}

void pf_detector_end(struct pf_detector *d, struct pf_object_stats *stats)
{
    pf_layer_end(&d->root);
    if (d->root.text == PF_TEXT_BYTES)
        pf_table_head_elements(&d->table, d->judge.count.shapes[16] >= PF_ROUNDED_MIN, take_cell, d);
    pf_judge_end(&d->judge);
    *stats = (struct pf_object_stats){
        .bytes = d->root.bytes, .findings = d->judge.findings,
        .text = d->root.text != PF_TEXT_NONE, .empty = d->root.bytes == 0, .too_deep = d->env.too_deep,
    };
    for (unsigned n = PF_PAN_MIN; n <= PF_PAN_MAX; n++) {
        stats->shapes += d->judge.count.shapes[n];
        stats->luhn += d->judge.count.luhn[n];
    }
}

bool pf_detector_mask_name(struct pf_detector *d, const char *name, size_t len, struct pf_buf *out)
{
    return pf_name_mask(d->env.kernel, name, len, out);
}

uint64_t pf_detector_name(struct pf_detector *d, const char *name, size_t len,
                          const struct pf_finding_sink *sink)
{
    return pf_name_search(&d->names, d->env.kernel, name, len, sink);
}
