/* parser.h - a scanner's parser processes, one slot per nesting depth.
 * Layer: process. A scanner cannot start a program; it asks the supervisor,
 * which starts one and hands over the socket. Processes are reused for
 * PF_PARSER_REUSE objects, and replaced when they crash or hang. */
#ifndef PF_PROCESS_PARSER_H
#define PF_PROCESS_PARSER_H

#include "pan-finder/process/progress.h"
#include "pan-finder/scan/parser_link.h"

struct pf_parsers;

/* control: this scanner's socket to the supervisor. seconds: without progress
 * a parser is taken for hanging. */
struct pf_parsers *pf_parsers_new(int control, struct pf_progress *progress, unsigned seconds);
void pf_parsers_free(struct pf_parsers *parsers);
struct pf_parser_link pf_parsers_link(struct pf_parsers *parsers);

/* Receive time-out of a parser socket: how often a waiting scanner looks at
 * the stop flag. Set by the supervisor, which may; a scanner may not. */
#define PF_PARSER_SLICE_MS 500

/* ---- what scanner and supervisor say to each other on `control` ---- */
enum pf_control_op { PF_CONTROL_SPAWN = 1, PF_CONTROL_KILL };
struct pf_control { uint32_t op; int32_t pid; };   /* answer to SPAWN: pid (0: failed) + one descriptor */

#endif
