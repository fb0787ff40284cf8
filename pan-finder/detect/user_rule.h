/* user_rule.h - what the operator's rules (finding/rules.h) make of a number.
 * Layer: detect, for the judge. */
#ifndef PF_DETECT_USER_RULE_H
#define PF_DETECT_USER_RULE_H

#include "pan-finder/detect/score.h"
#include "pan-finder/finding/rules.h"

/* In each function `rules` may be NULL. */

/* The rules' say on a number at buf[start..end) of window buf[0..len): sets
 * grade->user, ->ignored, confidence and reasons. Nothing for a number that is
 * not kept. */
void pf_user_rules_apply(struct pf_user_rules *rules, const uint8_t *buf, size_t len, size_t start,
                         size_t end, struct pf_grade *grade);

/* True when a place of a number that is ignored at its other places is ignored
 * too: a number is left out when all its places are. */
bool pf_user_rules_ignores(struct pf_user_rules *rules, const uint8_t *buf, size_t len, size_t start, size_t end);

/* Marks the finding of a number as ignored, by its number (its fingerprint is
 * set) or by pattern: `ignored` is the grade's. */
void pf_user_rules_mark(const struct pf_user_rules *rules, uint8_t ignored, struct pf_finding *finding);

#endif
