/* packed_track.h - track 2 as in a chip, packed, without a tag before it. Layer: detect. */
#ifndef PF_DETECT_FIND_PACKED_TRACK_H
#define PF_DETECT_FIND_PACKED_TRACK_H

#include "pan-finder/detect/find/find.h"

/* Seven bytes of decimals begin at buf[at], and fifteen bytes at least stand there. Tells the track
 * whose number they begin, if there is one. */
void pf_packed_track(const struct pf_look *look, size_t at);

#endif
