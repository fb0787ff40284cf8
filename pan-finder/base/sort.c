/* sort.c - heap sort; see sort.h. */
#include "pan-finder/base/sort.h"

static void sift(uint32_t *heap, size_t at, size_t n, pf_sort_fn *compare, const void *ctx)
{
    uint32_t moved = heap[at];

    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && compare(heap[child + 1], heap[child], ctx) > 0)
            child++;
        if (compare(moved, heap[child], ctx) >= 0)
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

void pf_sort(uint32_t *index, size_t n, pf_sort_fn *compare, const void *ctx)
{
    for (size_t i = n / 2; i-- > 0;)
        sift(index, i, n, compare, ctx);
    for (size_t end = n; end > 1; end--) {
        uint32_t last = index[0];

        index[0] = index[end - 1];
        index[end - 1] = last;
        sift(index, 0, end - 1, compare, ctx);
    }
}
