/* testpan.h - numbers that payment companies publish for tests.
 * Layer: detect. Made from data/testpan.tsv. */
#ifndef PF_DETECT_TESTPAN_H
#define PF_DETECT_TESTPAN_H

#include <stdbool.h>
#include <stdint.h>

/* `number`: the digits as a decimal number (no card number begins with 0). */
bool pf_testpan_is(uint64_t number);

#endif
