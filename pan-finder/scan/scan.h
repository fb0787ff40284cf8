/* scan.h - one object after the other: told, opened, searched, recorded.
 * Layer: scan, the one place where source, decode, detect and finding meet.
 * Runs in a scanner process: no file-system access, descriptors only. Every
 * object ends as an object record, and a gap record where something was not read. */
#ifndef PF_SCAN_SCAN_H
#define PF_SCAN_SCAN_H

#include "pan-finder/detect/detector.h"
#include "pan-finder/scan/parser_link.h"
#include "pan-finder/source/source.h"

struct pf_scan;
struct pf_user_rules;

struct pf_scan_env {
    struct pf_detector *detector;                 /* borrowed */
    struct pf_user_rules *rules;                  /* those of the detector, borrowed; NULL: none */
    bool explain;                                 /* candidate records too, for numbers that were dropped */
    struct pf_parser_link parser;
    size_t depth_max;                             /* containers inside containers */
    /* Takes finished record lines; may keep them until `flush`. */
    void (*records)(void *ctx, const char *lines, size_t len);
    bool (*stopped)(void *ctx);                   /* the run is to end early */
    void (*progress)(void *ctx, uint64_t bytes, bool of_root);
    void *ctx;
};

/* The scan is yours: pf_scan_free. NULL: no memory. */
struct pf_scan *pf_scan_new(const struct pf_scan_env *env);
void pf_scan_free(struct pf_scan *scan);

/* Searches one entry of a source and writes its records. Takes entry->fd. */
void pf_scan_entry(struct pf_scan *scan, const struct pf_entry *entry);

#endif
