/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* The same bytes give the same findings, whatever the window and the pieces; what
 * is handed out is masked; a name keeps its length. The first byte of the input
 * chooses the window. */
#include "tests/lib/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void masked(const struct pf_finding *f)
{
    size_t n = strlen(f->pan.text);

    must(n == f->digits || n == 0);     /* a track whose number fails Luhn shows none */
    for (size_t i = 6; i + 4 < n; i++)
        must(f->pan.text[i] == '*');
    must(f->n_reasons >= 1 && f->n_reasons <= PF_REASONS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pf_detector *whole, *name;
    static struct kept a, b;
    struct pf_detector *small;
    struct pf_buf out = PF_BUF_INIT;

    if (size < 2)
        return 0;
    if (!whole)
        whole = detector(0, true);
    if (!name)
        name = detector(0, false);
    small = detector(1 + data[0] * 17u, true);
    search(whole, data + 1, size - 1, 0, &a);
    search(small, data + 1, size - 1, 1 + data[0] % 64u, &b);
    pf_detector_free(small);
    must(a.n == b.n && a.stats.shapes == b.stats.shapes && a.stats.luhn == b.stats.luhn);
    for (size_t i = 0; i < a.n; i++) {
        const struct pf_finding *x = &a.finding[i], *y = &b.finding[i];

        masked(x);
        must(x->offset == y->offset && x->count == y->count && x->cls == y->cls);
        must(x->confidence == y->confidence && x->n_reasons == y->n_reasons);
        must(strcmp(x->fingerprint, y->fingerprint) == 0 && strcmp(x->encoding, y->encoding) == 0);
    }
    pf_detector_mask_name(name, (const char *)data, size, &out);
    must(out.len == size);
    pf_buf_release(&out);
    return 0;
}
