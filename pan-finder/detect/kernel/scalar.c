/* scalar.c - the oracle: every dress by its own search, merged by start. It
 * shares no mask, table or block logic with the fast kernels. */
#include "pan-finder/detect/kernel/kernels.h"

#include "pan-finder/detect/kernel/dress.h"

void pf_scalar_digitrun(const uint8_t *buf, size_t len, pf_runs_fn *fn, void *ctx)
{
    struct pf_run head[PF_DRESS_MARKED];
    bool have[PF_DRESS_MARKED];

    for (int d = 0; d < PF_DRESS_MARKED; d++)
        have[d] = pf_dress_run((enum pf_dress)d, buf, len, 0, len, &head[d]);
    for (;;) {
        int least = -1;

        for (int d = 0; d < PF_DRESS_MARKED; d++)
            if (have[d] && (least < 0 || head[d].start < head[least].start))
                least = d;
        if (least < 0)
            return;
        fn(ctx, &head[least], 1);
        have[least] = pf_dress_run((enum pf_dress)least, buf, len, head[least].end, len,
                                   &head[least]);
    }
}

size_t pf_scalar_newlines(const uint8_t *buf, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += buf[i] == '\n';
    return n;
}
