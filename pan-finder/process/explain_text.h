/* explain_text.h - the records of one file as text for a person (--explain).
 * Layer: process, for the recorder. Lines of an object are held until its own
 * record comes, and then written in the order of their places. */
#ifndef PF_PROCESS_EXPLAIN_TEXT_H
#define PF_PROCESS_EXPLAIN_TEXT_H

#include "pan-finder/base/buf.h"

#define PF_EXPLAIN_LINES 10000     /* of a run; beyond: counted */

struct pf_explain_line {
    uint64_t offset;
    uint32_t at, len;              /* its text */
    bool kept;
};

/* All zero at the start. */
struct pf_explain_text {
    struct pf_explain_line *line;  /* of the object at hand */
    size_t n, n_kept, cap;
    uint32_t order[2 * PF_EXPLAIN_LINES];
    struct pf_buf text;            /* of these lines */
    uint64_t written, more, dropped, kept;
    bool lost;                     /* a line could not be read or held */
};

/* Takes one record line; appends text when an object is complete. */
void pf_explain_take(struct pf_explain_text *explain, const char *line, size_t len, struct pf_buf *out);

/* Appends what is left and the sums; `complete`: the run came to its end. Releases. */
void pf_explain_end(struct pf_explain_text *explain, bool complete, struct pf_buf *out);

/* What a reason means, in words; the name itself when it is not known. */
const char *pf_explain_reason(const char *name);

#endif
