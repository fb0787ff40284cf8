/* masked.h - the only form of a card number that crosses a header.
 * Layer: finding. First six, last four, the rest '*': the upper bound of what
 * may be shown (PCI DSS v4.0.1, requirement 3.4.1). There is no way back. */
#ifndef PF_FINDING_MASKED_H
#define PF_FINDING_MASKED_H

#include "pan-finder/base/limits.h"

struct pf_masked_pan {
    char text[PF_PAN_MAX + 1];   /* "411111******1111"; "" when there is no number */
};

#endif
