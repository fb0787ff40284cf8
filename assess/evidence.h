/* evidence.h - the evidence folder of one assessment (docs/evidence-folder.md).
 * Layer: assess. Everything in it is masked: it may be handed on. The key that
 * made the fingerprints never enters it. */
#ifndef ASSESS_EVIDENCE_H
#define ASSESS_EVIDENCE_H

#include "assess/digest.h"
#include "assess/zst.h"
#include "pan-finder/base/buf.h"

struct asm_evidence {
    const char *dir;                /* path, for messages; borrowed */
    int dir_fd;
    int findings_fd, coverage_fd;
    struct asm_zst *coverage;
    struct asm_chain findings_chain, coverage_chain;
    struct pf_buf run, end;         /* the run and end records, without newline */
    struct pf_buf held;             /* findings not yet written */
    uint64_t findings, gaps;        /* without those that the operator leaves out; without notes */
    char scope_sha256[ASM_HEX];     /* of the scope file; "" when none was given */
};

/* Makes the folder (mode 0700). PF_E_USAGE when it exists and is not empty. */
PF_MUST_CHECK enum pf_status asm_evidence_make(struct asm_evidence *e, const char *dir,
                                               struct pf_error *err);

/* Files one record line (with its newline) away. */
PF_MUST_CHECK enum pf_status asm_evidence_take(struct asm_evidence *e, const char *line, size_t len,
                                               struct pf_error *err);

/* Completes findings.jsonl, coverage.jsonl.zst and run.json. */
PF_MUST_CHECK enum pf_status asm_evidence_close(struct asm_evidence *e, struct pf_error *err);

/* Writes all records to fd in the order run, findings, coverage, end: what the
 * judge and the report read. PF_STOP when the reader has gone. */
PF_MUST_CHECK enum pf_status asm_evidence_replay(struct asm_evidence *e, int fd, struct pf_error *err);

/* Writes a whole file into the folder. */
PF_MUST_CHECK enum pf_status asm_evidence_file(struct asm_evidence *e, const char *name,
                                               const struct pf_buf *content, struct pf_error *err);

/* Writes manifest.json over all other files; the last thing to be written. */
PF_MUST_CHECK enum pf_status asm_evidence_manifest(struct asm_evidence *e, struct pf_error *err);

/* "complete", "interrupted" or "failed": what the end record says; "failed"
 * when there is none. */
const char *asm_evidence_status(const struct asm_evidence *e);

/* Takes back a folder that holds nothing yet: the run could not start. */
void asm_evidence_unmake(struct asm_evidence *e);

void asm_evidence_release(struct asm_evidence *e);

#endif
