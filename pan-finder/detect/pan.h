/* pan.h - a card number in clear.
 * Layer: detect. Included by detect/ only (tests/arch/includes.sh checks):
 * the type that cannot leave. No function makes text of it except the mask. */
#ifndef PF_DETECT_PAN_H
#define PF_DETECT_PAN_H

#include "pan-finder/finding/masked.h"

#include <stdint.h>

struct pf_pan {                    /* on one stack frame, wiped before it returns */
    uint8_t digit[PF_PAN_MAX];     /* values 0..9, not ASCII, most significant first */
    uint8_t n;                     /* PF_PAN_MIN..PF_PAN_MAX */
};

/* First six, last four, the rest '*' (PCI DSS v4.0.1, 3.4.1). No inverse exists. */
struct pf_masked_pan pf_pan_mask(const struct pf_pan *pan);

void pf_pan_wipe(struct pf_pan *pan);

#endif
