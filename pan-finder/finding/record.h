/* record.h - the records that programs exchange, as C structs.
 * Layer: finding. One record is one JSON object on one line; the field names
 * and their meaning stand in docs/finding-format.md and finding.schema.json.
 * Nothing here can hold a clear card number: `pan` is struct pf_masked_pan.
 *
 * Writers append one whole line (with its newline) to a pf_buf. Everything
 * passed in is borrowed for the call. */
#ifndef PF_FINDING_RECORD_H
#define PF_FINDING_RECORD_H

#include "pan-finder/base/buf.h"
#include "pan-finder/finding/masked.h"
#include "pan-finder/object/locus.h"

#define PF_SCHEMA_VERSION 1

enum pf_class {
#define PF_CLASS(id, text) PF_CLASS_##id,
#include "pan-finder/finding/class.def"
#undef PF_CLASS
    PF_CLASS_COUNT
};

enum pf_gap_reason {
    PF_GAP_none = 0,
#define PF_GAP(id, text) PF_GAP_##id,
#include "pan-finder/finding/gap.def"
#undef PF_GAP
    PF_GAP_COUNT
};

enum pf_confidence { PF_POSSIBLE, PF_PROBABLE, PF_CONFIRMED, PF_CONFIDENCE_COUNT };

/* What became of an object: every object ends as one of these. */
enum pf_outcome { PF_READ, PF_PARTIAL, PF_UNREAD, PF_OUTCOME_COUNT };

const char *pf_class_name(enum pf_class c);            /* "PAN_CLEAR"           */
const char *pf_class_text(enum pf_class c);            /* its line in class.def */
const char *pf_gap_name(enum pf_gap_reason r);         /* "encrypted"; "" for none */
const char *pf_gap_text(enum pf_gap_reason r);
bool pf_gap_is_note(enum pf_gap_reason r);             /* left out on purpose, holds no stored bytes of the root */
const char *pf_confidence_name(enum pf_confidence c);  /* "confirmed"           */
const char *pf_outcome_name(enum pf_outcome o);        /* read partial unread   */

/* The inverse of the names above; -1 when the name is not known. */
int pf_class_from(const char *name);
int pf_gap_from(const char *name);
int pf_confidence_from(const char *name);
int pf_outcome_from(const char *name);

#define PF_REASONS_MAX 16
#define PF_FINGERPRINT_HEX 32    /* 16 bytes of keyed BLAKE2b, as hex */

struct pf_finding {
    enum pf_class cls;
    enum pf_confidence confidence;
    const char *brand;                          /* key of the brand table, e.g. "visa" */
    struct pf_masked_pan pan;                   /* "" when the class has no number */
    unsigned digits;                            /* length of the number, 0 when none */
    char fingerprint[PF_FINGERPRINT_HEX + 1];   /* "" when none */
    const char *reasons[PF_REASONS_MAX];        /* names, strongest first (detection.md) */
    size_t n_reasons;
    const char *encoding;                       /* how the digits stood: "ascii", "utf16le", ... */
    const char *where;                          /* "content" or "name" (the object's own name) */
    uint64_t offset;                            /* of the first digit, bytes of the decoded object */
    uint64_t line;                              /* 1-based; 0 when the object is not text */
    uint64_t count;                             /* times this number stands in this object */
    bool test_pan;
    const char *ignored_by;                     /* "number", "path", "pattern": left out by the operator; NULL: not */
    const char *ignored_reason;                 /* in the operator's words; may be NULL when it is not */
};

/* A number that was looked at and dropped: for pan-finder --explain only. */
struct pf_considered {
    struct pf_masked_pan pan;
    unsigned digits;
    const char *brand;                          /* whose length and range it has */
    const char *encoding, *where;               /* as in a finding */
    uint64_t offset, line;
    const char *taken_for;                      /* "UUID", "fails Luhn", ...: a literal */
    const char *reasons[PF_REASONS_MAX];
    size_t n_reasons;
};

struct pf_object_rec {
    const char *kind;           /* "text", "binary", "gzip", "zip", "pdf", ... */
    enum pf_outcome outcome;
    enum pf_gap_reason reason;  /* none when read */
    uint64_t size;              /* as its container or file system says; 0 when unknown */
    uint64_t bytes;             /* bytes the detector saw */
    uint64_t findings;          /* records written for this object */
    uint64_t shapes;            /* numbers of a card's length and range */
    uint64_t luhn;              /* of these, how many pass Luhn */
    int64_t mtime;              /* seconds since 1970, 0 when unknown */
};

struct pf_gap {
    enum pf_gap_reason reason;
    const char *detail;         /* our words, never scanned bytes; may be "" */
    uint64_t unread;            /* bytes known to be unread; 0 when unknown */
};

void pf_record_finding(struct pf_buf *out, const struct pf_locus *at,
                       const struct pf_finding *finding);
void pf_record_candidate(struct pf_buf *out, const struct pf_locus *at,
                         const struct pf_considered *considered);
void pf_record_object(struct pf_buf *out, const struct pf_locus *at,
                      const struct pf_object_rec *object);
void pf_record_gap(struct pf_buf *out, const struct pf_locus *at,
                   const struct pf_gap *gap);

/* ---- lines that were written here, told without parsing them ---- */
/* True when the line is a record of that name ("finding"). */
bool pf_record_is(const char *line, size_t len, const char *name);
/* True for a gap record that is a note only (pf_gap_is_note). */
bool pf_record_is_note(const char *line, size_t len);
/* True for a finding record that the operator leaves out. */
bool pf_record_is_ignored(const char *line, size_t len);

#endif
