/* code.h - a card verification code behind a card number. Layer: detect. */
#ifndef PF_DETECT_CODE_H
#define PF_DETECT_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The record that a number ending at buf[end) stands in goes on with its expiry and
 * three or four digits: "|12|2028|123", ",12/28,123". Their bytes in *code, *code_end. */
bool pf_code_beside(const uint8_t *buf, size_t len, size_t end, size_t *code, size_t *code_end);

#endif
