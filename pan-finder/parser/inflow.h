/* inflow.h - the bytes of a descriptor, decoded if a codec is given.
 * Layer: parser. Concatenated members are one stream; zero padding at the end
 * is fine (tape blocks); anything else there is damage. */
#ifndef PF_PARSER_INFLOW_H
#define PF_PARSER_INFLOW_H

#include "pan-finder/parser/codec.h"

struct pf_inflow;

/* fd is borrowed; it is read from its start when it can be rewound. */
struct pf_inflow *pf_inflow_new(int fd, const struct pf_codec_ops *codec);
void pf_inflow_free(struct pf_inflow *flow);

/* Up to `cap` bytes into `out`; *n is 0 at the end. When the stream is cut or
 * damaged everything before is returned first, then the status, every time. */
enum pf_status pf_inflow_read(struct pf_inflow *flow, uint8_t *out, size_t cap, size_t *n,
                              struct pf_error *err);

uint64_t pf_inflow_consumed(const struct pf_inflow *flow);   /* input bytes so far */

#endif
