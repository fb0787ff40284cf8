/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
/* What is told lies inside the bytes, is the same for the same bytes, and is the
 * same when they are looked at in two parts. The first byte chooses the border. */
#include "tests/lib/look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void inside(const struct told *told, size_t len)
{
    for (size_t i = 0; i < told->n; i++)
        must(told->element[i].start < told->element[i].end && told->element[i].end <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct told whole, again, left, right;
    size_t border;

    if (size < 2)
        return 0;
    border = 1 + data[0] % size;
    border = border < size ? border : size;
    look_part(pf_find_iso8583, data, size, 0, size, PF_TEXT_NONE, false, &whole);
    look_part(pf_find_iso8583, data, size, 0, size, PF_TEXT_NONE, false, &again);
    look_part(pf_find_iso8583, data, size, 0, border, PF_TEXT_NONE, false, &left);
    look_part(pf_find_iso8583, data, size, border, size, PF_TEXT_NONE, false, &right);
    inside(&whole, size);
    must(whole.all == again.all && whole.all == left.all + right.all);
    return 0;
}
