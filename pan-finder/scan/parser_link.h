/* parser_link.h - what a scan asks of the parser processes.
 * Layer: scan. Implemented in process/parser.c; a struct of functions so that
 * scan/ does not know how processes are made. One slot per nesting depth: a
 * container inside a container is read while the outer one waits. */
#ifndef PF_SCAN_PARSER_LINK_H
#define PF_SCAN_PARSER_LINK_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pf_parser_event {
    PF_PARSER_MEMBER,      /* name: text,len; size, mtime                       */
    PF_PARSER_DATA,        /* content: text,len                                 */
    PF_PARSER_MEMBER_END,  /* status                                            */
    PF_PARSER_DONE,        /* status; size: input bytes consumed                */
    PF_PARSER_CRASHED,     /* it is gone; the slot is free again                */
    PF_PARSER_TIMEOUT,     /* no progress; it was killed                        */
    PF_PARSER_STOPPED,     /* the run is being stopped; it was killed           */
};

struct pf_parser_msg {
    enum pf_parser_event event;
    enum pf_status status;
    const char *text;      /* borrowed until the next call for the same slot */
    size_t len;
    uint64_t size;
    int64_t mtime;
    bool name_cut;
};

struct pf_parser_link {
    /* Hands fd (borrowed) to the parser of slot `depth` as an object of `kind`.
     * False when no parser can be had. */
    bool (*open)(void *ctx, size_t depth, int fd, const char *kind);
    void (*next)(void *ctx, size_t depth, struct pf_parser_msg *msg);
    /* Gives up on what the slot is reading; its process is killed. */
    void (*drop)(void *ctx, size_t depth);
    void *ctx;
};

#endif
