/* look_halves.h - the property of a finder of binary data: what is told lies inside
 * the bytes, is the same for the same bytes, and is the same when they are looked
 * at in two parts. The first byte chooses the border. Aborts when it does not hold. */
#ifndef TESTS_LIB_LOOK_HALVES_H
#define TESTS_LIB_LOOK_HALVES_H

#include "tests/lib/look.h"

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

static void look_halves(pf_find_fn *find, const uint8_t *data, size_t size)
{
    static struct told whole, again, left, right;
    size_t border;

    if (size < 2)
        return;
    border = 1 + data[0] % size;
    border = border < size ? border : size;
    look_part(find, data, size, 0, size, PF_TEXT_NONE, false, &whole);
    look_part(find, data, size, 0, size, PF_TEXT_NONE, false, &again);
    look_part(find, data, size, 0, border, PF_TEXT_NONE, false, &left);
    look_part(find, data, size, border, size, PF_TEXT_NONE, false, &right);
    inside(&whole, size);
    must(whole.all == again.all && whole.all == left.all + right.all);
}

#endif
