/* testpan.c - binary search in the sorted list of published test numbers. */
#include "pan-finder/detect/testpan.h"

#include <stddef.h>

#include "testpan_table.h"

bool pf_testpan_is(uint64_t number)
{
    size_t lo = 0, hi = sizeof testpan_table / sizeof testpan_table[0];

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (testpan_table[mid] == number)
            return true;
        if (testpan_table[mid] < number)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}
