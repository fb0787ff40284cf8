/* pan.c - masking and wiping, all that may be done with a clear number. */
#include "pan-finder/detect/pan.h"

#include <string.h>

struct pf_masked_pan pf_pan_mask(const struct pf_pan *pan)
{
    struct pf_masked_pan masked = { "" };

    for (size_t i = 0; i < pan->n && i < PF_PAN_MAX; i++)
        masked.text[i] = (i < 6 || i + 4 >= pan->n) ? (char)('0' + pan->digit[i]) : '*';
    return masked;
}

void pf_pan_wipe(struct pf_pan *pan)
{
    explicit_bzero(pan, sizeof *pan);
}
