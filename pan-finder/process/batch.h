/* batch.h - entries on their way from the opener to the scanners.
 * Layer: process. One message holds up to PF_WIRE_FDS entries; those that are
 * open bring their descriptors, in order. */
#ifndef PF_PROCESS_BATCH_H
#define PF_PROCESS_BATCH_H

#include "pan-finder/process/wire.h"
#include "pan-finder/source/source.h"

struct pf_batch;

/* Sends to `sock`, which all scanners read: whoever is free takes the next. */
struct pf_batch *pf_batch_new(int sock);
void pf_batch_free(struct pf_batch *batch);

/* Adds an entry (its descriptor is taken) and sends when enough is together.
 * False: the scanners are gone. */
bool pf_batch_add(struct pf_batch *batch, const struct pf_entry *entry);
bool pf_batch_flush(struct pf_batch *batch);

/* The receiving side: calls fn for each entry of the next message, which owns
 * the descriptor. 1: a message was handled, 0: the end, -1: error. */
typedef void pf_batch_fn(void *ctx, const struct pf_entry *entry);
int pf_batch_next(int sock, char *room, pf_batch_fn *fn, void *ctx);   /* room: PF_WIRE_BYTES */

#endif
