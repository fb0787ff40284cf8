/* parser_wire.h - what a scanner and a parser executable say to each other.
 * Layer: process. One SOCK_SEQPACKET socket, descriptor PF_PARSER_FD in the
 * parser. The scanner sends OPEN with one descriptor; the parser answers
 *
 *     (MEMBER DATA* MEMBER_END)* DONE
 *
 * several of them in one socket message where they are small, and waits for the next OPEN. End of the socket is the end of the parser.
 * Lengths are checked by both sides; names and texts are labels only. */
#ifndef PF_PROCESS_PARSER_WIRE_H
#define PF_PROCESS_PARSER_WIRE_H

#include "pan-finder/base/status.h"

#include <stddef.h>
#include <stdint.h>

#define PF_PARSER_FD 3
#define PF_PM_DATA_MAX (64 * 1024)     /* bytes in one DATA */
#define PF_PM_SOCKET_MAX (80 * 1024)   /* bytes in one socket message */
#define PF_PM_NAME_MAX 4096            /* longer member names arrive cut, PF_PM_NAME_CUT set */

enum pf_pm_type { PF_PM_OPEN = 1, PF_PM_MEMBER, PF_PM_DATA, PF_PM_MEMBER_END, PF_PM_DONE };

enum pf_pm_flag { PF_PM_NAME_CUT = 1 };

struct pf_pm {
    uint32_t type;        /* enum pf_pm_type */
    uint32_t status;      /* MEMBER_END, DONE: enum pf_status */
    uint32_t len;         /* bytes that follow: kind name (OPEN), member name (MEMBER),
                           * content (DATA), our words on the status (the others) */
    uint32_t flags;
    uint64_t size;        /* MEMBER: as the container says, 0 unknown. DONE: input bytes read */
    int64_t mtime;        /* MEMBER: seconds since 1970, 0 unknown */
};

#endif
