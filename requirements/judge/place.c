/* place.c - see place.h. */
#include "requirements/judge/place.h"

#include <stdlib.h>
#include <string.h>

/* Drops the last member of the path written since `start`. */
static void drop_member(struct pf_buf *out, size_t start)
{
    while (out->len > start && out->data[out->len - 1] != '/')
        out->len--;
    if (out->len > start)
        out->len--;
}

void req_path_normal(struct pf_buf *out, const char *path, size_t len)
{
    size_t start = out->len, i = 0;
    bool absolute = len > 0 && path[0] == '/';

    while (i < len) {
        size_t from, n;

        while (i < len && path[i] == '/')
            i++;
        from = i;
        while (i < len && path[i] != '/')
            i++;
        n = i - from;
        if (n == 0 || (n == 1 && path[from] == '.'))
            continue;
        if (n == 2 && memcmp(path + from, "..", 2) == 0 && absolute) {
            drop_member(out, start);
            continue;
        }
        if (absolute || out->len > start)
            pf_buf_addc(out, '/');
        pf_buf_add(out, path + from, n);
    }
    if (out->len == start)
        pf_buf_addc(out, absolute ? '/' : '.');
}

void req_places_release(struct req_places *places)
{
    for (size_t i = 0; i < places->n; i++) {
        free(places->item[i].path);
        free(places->item[i].host);
    }
    free(places->item);
    *places = (struct req_places){ NULL, 0, 0 };
}

static int path_cmp(const struct req_place *p, const char *path, size_t len)
{
    size_t n = strlen(p->path);
    int d = memcmp(p->path, path, n < len ? n : len);

    return d != 0 ? d : (n > len) - (n < len);
}

/* The first place whose path is not below path[0..len) in order. */
static size_t lower_bound(const struct req_places *places, const char *path, size_t len)
{
    size_t lo = 0, hi = places->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (path_cmp(&places->item[mid], path, len) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

enum pf_status req_places_add(struct req_places *places, const char *path, const char *host,
                              int64_t id, struct pf_error *err)
{
    size_t at = lower_bound(places, path, strlen(path));
    struct req_place new = { strdup(path), strdup(host), id };

    if (places->n == places->cap) {
        size_t cap = places->cap == 0 ? 16 : places->cap * 2;
        struct req_place *more = realloc(places->item, cap * sizeof *more);

        if (more != NULL) {
            places->item = more;
            places->cap = cap;
        }
    }
    if (places->n == places->cap || new.path == NULL || new.host == NULL) {
        free(new.path);
        free(new.host);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    memmove(&places->item[at + 1], &places->item[at], (places->n - at) * sizeof new);
    places->item[at] = new;
    places->n++;
    return PF_OK;
}

/* The place at exactly path[0..len): one that names the host beats one that does not. */
static int64_t find_exact(const struct req_places *places, const char *path, size_t len,
                          const char *host)
{
    int64_t any = 0;

    for (size_t i = lower_bound(places, path, len);
         i < places->n && path_cmp(&places->item[i], path, len) == 0; i++) {
        if (strcmp(places->item[i].host, host) == 0)
            return places->item[i].id;
        if (places->item[i].host[0] == '\0')
            any = places->item[i].id;
    }
    return any;
}

int64_t req_places_find(const struct req_places *places, const char *path, size_t len,
                        const char *host)
{
    int64_t id = find_exact(places, path, len, host);

    while (id == 0 && len > 1) {
        while (len > 0 && path[len - 1] != '/')
            len--;
        if (len == 0)
            break;
        len = len > 1 ? len - 1 : 1;
        id = find_exact(places, path, len, host);
        if (len == 1)
            break;
    }
    return id;
}
