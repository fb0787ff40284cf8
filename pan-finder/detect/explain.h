/* explain.h - tells of a candidate that is dropped, and why.
 * Layer: detect. Only for a sink that wants to know (pan-finder --explain); what
 * is kept shows as a finding. */
#ifndef PF_DETECT_EXPLAIN_H
#define PF_DETECT_EXPLAIN_H

#include "pan-finder/detect/detector.h"
#include "pan-finder/detect/ledger.h"
#include "pan-finder/detect/seat.h"

/* True for a candidate that is there only to be told of: it fails Luhn, and its
 * brand has no such numbers. Never for one of a search whose sink has no
 * `candidate`. */
bool pf_explain_fails(const struct pf_candidate *candidate);

/* Tells the sink, when it wants to know, that a candidate of window buf[0..len)
 * is dropped. `grade` is what pf_score said; NULL: it was not asked, since the
 * candidate fails Luhn or its brand is not looked for. */
void pf_explain_dropped(const struct pf_finding_sink *sink, const char *where, const struct pf_candidate *candidate,
                        const struct pf_grade *grade, const uint8_t *buf, size_t len, const struct pf_seat *seat);

/* The same for a number that was held for its column to speak (grade.waits), which did not. */
void pf_explain_waited(const struct pf_finding_sink *sink, const char *where, const struct pf_entry *entry);

#endif
