/* progress.h - counters that all processes of a run share (one anonymous
 * shared page), and the flag that asks them to stop.
 * Layer: process. Written by one process each, read by the supervisor. */
#ifndef PF_PROCESS_PROGRESS_H
#define PF_PROCESS_PROGRESS_H

#include <stdatomic.h>
#include <stdint.h>

#define PF_JOBS_MAX 64

struct pf_progress {
    _Atomic uint32_t stop;             /* set once: finish early, say what was left */
    _Atomic uint64_t walk_objects;     /* counted ahead for "time left"; 0 while unknown */
    _Atomic uint64_t walk_bytes;
    _Atomic uint32_t walk_done;
    _Atomic uint64_t objects;          /* recorder: records that passed */
    _Atomic uint64_t findings;
    _Atomic uint64_t ignored;          /* findings among them that the operator leaves out */
    _Atomic uint64_t gaps;             /* without notes */
    _Atomic uint32_t failed;           /* a process of ours could not do its job */
    struct { _Atomic uint64_t bytes, root_bytes; char pad[48]; } scanner[PF_JOBS_MAX];
};

#endif
