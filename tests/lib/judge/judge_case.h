/* judge_case.h - worked cases for the judge in a few words each.
 *
 * A scope is a text of lines, NULL for none; it is made into a scope file:
 *   role WORD                     default merchant
 *   channel ID KIND FLOW
 *   place ID PATH [key=value]...  values as in the scope file; lists: covers=a,b
 *   absent all | absent KIND,...  signed by somebody on some day
 *   attest QUESTION yes|no [channel=ID] [evidence=TEXT] [until=DAY]
 *   skip PATH [GAP] | skipall PATTERN [GAP]
 *   policy KEY VALUE
 *
 * Records are a text of lines; run and end records are put around them:
 *   run DAYS [root=PATH] [host=NAME] [looks=CLASS,...] [uuid=N]
 *                                 ended DAYS days before the time of judging
 *   read PATH [kind=WORD] [age=HOURS]   an object that was read whole
 *   partial PATH GAP | unread PATH GAP  an object and its gap
 *   lost PATH                     an object that was not read, without a gap
 *   gap PATH GAP                  a gap alone
 *   CLASS CONFIDENCE PATH [reason=WORD] [ignored=WHY] [test]
 *   end [status=WORD] [extra=N]   ends the run; extra records are claimed
 *   cut                           ends the stream without an end record
 * A first line that is no run begins "run 1 root=/s"; a text that ends without
 * end or cut is ended as complete. Lines are separated by newlines or ';'. */
#ifndef TEST_JUDGE_CASE_H
#define TEST_JUDGE_CASE_H

#include "pan-finder/base/json.h"
#include "requirements/include/verdict.h"

#define JUDGE_NOW "2026-11-25T00:00:00Z"

struct judged {
    enum pf_status status;
    struct pf_error err;
    enum req_code code;
    char *text;                  /* the records that were written */
    struct pf_buf fired;         /* " D4 D17-gap ": verdicts and notes that fired, in order */
    struct pf_buf flags;         /* " expired " */
    struct pf_buf said;          /* " 3.5.1=contradicted location:web=N3 channel:shop=N1 A-review " */
};

void judge_scope_text(struct pf_buf *out, const char *spec);
void judge_records_text(struct pf_buf *out, const char *spec);

/* Judges the two texts; `data` is the folder for --data or NULL. */
void judge_run(struct judged *out, const char *scope_text, const char *records_text, const char *data);
void judge_release(struct judged *judged);

/* True when every word of `words` stands in `have`. */
bool judge_has_words(const struct pf_buf *have, const char *words);

#endif
