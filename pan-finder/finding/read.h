/* read.h - the reader of records: one JSON line becomes a C struct.
 * Layer: finding. For the judge and the reports; the inverse of record.h.
 *
 * A record is borrowed text all the way: every pointer in it lives in the
 * parsed line and goes away with pf_record_release. Fields that are not known
 * are ignored; a class, confidence, reason or outcome that is not known is an
 * error, since a reader that skipped it would judge without it. So is a card
 * number that is not masked: no such line is passed on. */
#ifndef PF_FINDING_READ_H
#define PF_FINDING_READ_H

#include "pan-finder/base/json.h"
#include "pan-finder/finding/record.h"

enum pf_record_kind {
    PF_RECORD_OTHER,          /* flow, verdict, or a kind made after this reader */
    PF_RECORD_RUN, PF_RECORD_OBJECT, PF_RECORD_FINDING, PF_RECORD_GAP, PF_RECORD_END,
};

struct pf_run_rec {
    int64_t schema;
    const char *run, *tool, *version, *ruleset, *started, *host, *key_id;   /* "" when absent */
    const struct pf_json *roots, *roots_abs;   /* arrays of strings, or NULL */
    const struct pf_json *looks_for;           /* array of class names, or NULL: not said */
};

struct pf_end_rec {
    const char *run, *ended, *status, *message;          /* "" when absent */
    int64_t objects, bytes, findings, gaps;              /* -1: not said */
};

struct pf_record {
    enum pf_record_kind kind;
    const char *name;              /* the word of the field `record` */
    struct pf_locus at;            /* names as shown, UTF-8; empty path when there is none */
    const char *path_pct;          /* exact bytes of the path, percent-encoded; NULL when `path` is exact */
    union {
        struct pf_run_rec run;
        struct pf_object_rec object;
        struct pf_finding finding;
        struct pf_gap gap;
        struct pf_end_rec end;
    };
    bool note;                     /* gap only: does not make a run incomplete */
    const struct pf_json *reasons; /* finding only: the array as it stands, or NULL */
    struct pf_json *json;          /* the line itself, for fields not listed here */
};

/* Parses one line of len bytes, with or without its newline. On PF_OK the
 * record is yours: pf_record_release. PF_E_CORRUPT: the text says what is
 * wrong in our words (never the bytes); PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status pf_record_parse(struct pf_record *rec, const char *line, size_t len,
                                             struct pf_error *err);
void pf_record_release(struct pf_record *rec);

#endif
