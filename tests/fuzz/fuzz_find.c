/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* Every finder of the list: what it tells lies inside the bytes and is the same for
 * the same bytes; what it shows of a number is masked. */
#include "tests/lib/look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static pf_find_fn *const finders[] = {
#define PF_FINDER(name) pf_find_##name,
#include "pan-finder/detect/find/finders.def"
#undef PF_FINDER
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void look_over(const struct told *told, size_t len)
{
    for (size_t i = 0; i < told->n; i++) {
        const struct pf_element *e = &told->element[i];
        size_t shown = 0;

        must(e->start < e->end && e->end <= len && e->form != NULL && e->cls < PF_CLASS_COUNT);
        for (const char *c = e->masked.text; *c; c++)
            shown += *c != '*';
        must(shown <= 10);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct told told, again;

    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++)
        for (int text = 0; text < 2; text++) {
            look_part(finders[i], data, size, 0, size, text ? PF_TEXT_BYTES : PF_TEXT_NONE, !text, &told);
            look_part(finders[i], data, size, 0, size, text ? PF_TEXT_BYTES : PF_TEXT_NONE, !text, &again);
            look_over(&told, size);
            must(told.all == again.all);
        }
    return 0;
}
