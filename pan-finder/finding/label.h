/* label.h - a name given by the operator, in a message.
 * Layer: finding. A path or a file name can hold a card number, and programs
 * above the detector have no way to judge it; so digits that could be one are
 * hidden whole, and some dates are hidden with them. */
#ifndef PF_FINDING_LABEL_H
#define PF_FINDING_LABEL_H

#include "pan-finder/base/buf.h"

/* Appends `name` fit for a terminal (pf_text_add_tty). Digits, ASCII or
 * full-width, become '#' when PF_PAN_MIN or more of them in a row, with at most
 * two other characters between two of them, contain a stretch that passes Luhn. */
void pf_label_add(struct pf_buf *out, const char *name, size_t len);

#endif
