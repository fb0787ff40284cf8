/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Any bytes as a table (delimited, of fixed width, an SQL dump): a place has one
 * column however the bytes come and whatever was asked before, a column has one
 * opinion, and what the detector tells of the bytes is masked and told twice alike.
 * The first byte chooses the pieces. */
#include "pan-finder/detect/table.h"
#include "tests/lib/collect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STEP 5               /* every so many bytes a place is asked for */

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void learn(struct pf_table *t, const uint8_t *data, size_t size, size_t piece)
{
    const struct pf_view view = { .buf = data, .len = size, .lo = 0, .hi = size, .first = true, .last = true };

    pf_table_begin(t);
    pf_table_sql_begin(t, &view);
    for (size_t at = 0, n; at < size; at += n) {
        n = size - at < piece ? size - at : piece;
        if (pf_table_feed(t, data + at, n))
            break;
    }
}

static void ask(const uint8_t *data, size_t size, size_t piece)
{
    static struct pf_table whole, parts;

    learn(&whole, data, size, size);
    learn(&parts, data, size, piece);
    must(whole.sql.on == parts.sql.on);
    for (size_t at = 0; at < size; at += STEP) {
        uint16_t a = pf_table_column(&whole, data, size, at, 0), b = pf_table_column(&parts, data, size, at, 0);
        struct pf_opinion x = pf_table_opinion(&whole, a), y = pf_table_opinion(&parts, b);

        must(a == b && (a == PF_COLUMN_NONE || a < (whole.sql.on ? PF_SQL_COLUMNS : PF_TABLE_COLUMNS)));
        must(x.header == y.header && x.share == y.share && x.share_all == y.share_all && x.ids == y.ids);
        must(whole.sql.on || at >= PF_TABLE_HEAD || pf_table_place(&whole, at) == a);
    }
    pf_table_begin(&whole);
    pf_table_begin(&parts);
}

static void alike(const struct pf_finding *a, const struct pf_finding *b)
{
    size_t n = strlen(a->pan.text);

    must(n == 0 || n == a->digits);
    for (size_t i = 6; n > 0 && i + 4 < n; i++)
        must(a->pan.text[i] == '*' || a->cls == PF_CLASS_PAN_TRUNC_WIDE || a->cls == PF_CLASS_PAN_TRUNC_OK);
    must(a->cls == b->cls && a->confidence == b->confidence && a->offset == b->offset && a->line == b->line);
    must(a->count == b->count && a->n_reasons == b->n_reasons && strcmp(a->pan.text, b->pan.text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pf_detector *d;
    static struct kept a, b;

    if (size < 2)
        return 0;
    ask(data + 1, size - 1, 1 + data[0]);
    if (d == NULL)
        d = detector(0, true);
    search(d, data + 1, size - 1, 0, &a);
    search(d, data + 1, size - 1, 1 + data[0], &b);
    must(a.n == b.n && a.all == b.all);
    for (size_t i = 0; i < a.n; i++)
        alike(&a.finding[i], &b.finding[i]);
    return 0;
}
