/* place.h - which declared place a path belongs to.
 * Layer: judge. Paths are normalised by their text alone: nothing on disk is
 * looked at, since evidence is judged anywhere and at any time. */
#ifndef REQ_JUDGE_PLACE_H
#define REQ_JUDGE_PLACE_H

#include "pan-finder/base/buf.h"

/* Appends `path` without "." members, doubled or trailing slashes; ".." takes
 * the member before it away. "/" stays "/". */
void req_path_normal(struct pf_buf *out, const char *path, size_t len);

struct req_place {
    char *path, *host;       /* host "": any */
    int64_t id;              /* location.id */
};

struct req_places {          /* sorted by path, then host */
    struct req_place *item;
    size_t n, cap;
};

void req_places_release(struct req_places *places);

/* Adds a copy. PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status req_places_add(struct req_places *places, const char *path,
                                            const char *host, int64_t id, struct pf_error *err);

/* The id of the innermost place that is `path` or above it, on `host`; 0: none. */
int64_t req_places_find(const struct req_places *places, const char *path, size_t len,
                        const char *host);

#endif
