/* threeds.h - account numbers in messages of 3-D Secure, and in fields for tokens.
 * Layer: detect. What the name of a number's field says beyond the words around it. */
#ifndef PF_DETECT_THREEDS_H
#define PF_DETECT_THREEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number that begins at buf[start] is the account number of a message: EMV 3-D
 * Secure 2.x (protocol specification, table A.1: acctNumber beside messageType or a transaction
 * id), or 3-D Secure 1.0.2 (XML: pan, acctID inside ThreeDSecure). */
bool pf_threeds_number(const uint8_t *buf, size_t len, size_t start);

/* It is the value of a field that is named a token. */
bool pf_token_number(const uint8_t *buf, size_t start);

#endif
