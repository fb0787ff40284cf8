/* embedded.c - see embedded.h. */
#include "pan-finder/scan/embedded.h"

#include "pan-finder/scan/scan_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD_MIN 16            /* fewer decoded bytes are no container */

/* Told by a byte or two, which any decoded value can begin with: when nothing
 * comes out of it, it was none, and its bytes were searched as they stand. */
static bool weak(const struct pf_kind *kind)
{
    return kind->magic_len < 3;
}

static bool opens(const struct pf_kind *kind)
{
    return kind->way == PF_WAY_STREAM || kind->way == PF_WAY_ARCHIVE;
}

bool pf_embedded_begin(void *ctx, const char *encoding, uint64_t offset, const uint8_t *head, size_t len)
{
    struct pf_scan *scan = ctx;
    struct pf_embeddeds *all = &scan->embedded;
    const struct pf_kind *kind = pf_kind_pick(head, len);
    struct pf_embedded *part;

    if (kind == NULL || kind->way == PF_WAY_PLAIN || kind->way == PF_WAY_MEDIA || len < HEAD_MIN)
        return false;
    if (all->n == PF_EMBEDDED_MAX || all->n_open > PF_LAYERS_MAX) {
        all->lost = true;
        return false;
    }
    part = &all->part[all->n];
    *part = (struct pf_embedded){ .kind = kind, .offset = offset, .fd = -1 };
    if (opens(kind))
        part->fd = memfd_create("embedded", MFD_CLOEXEC);
    (void)snprintf(part->encoding, sizeof part->encoding, "%s", encoding);
    all->lost |= part->fd < 0 && opens(kind);
    all->open[all->n_open++] = all->n++;
    return true;
}

void pf_embedded_bytes(void *ctx, const uint8_t *bytes, size_t len)
{
    struct pf_scan *scan = ctx;
    struct pf_embeddeds *all = &scan->embedded;
    struct pf_embedded *part = &all->part[all->open[all->n_open - 1]];

    if (part->fd < 0)
        return;
    if (all->bytes + len > PF_SPOOL_MAX || write(part->fd, bytes, len) != (ssize_t)len) {
        (void)close(part->fd);
        part->fd = -1;
        all->bytes -= part->bytes;
        all->lost = true;
        return;
    }
    part->bytes += len;
    all->bytes += len;
}

void pf_embedded_end(void *ctx)
{
    struct pf_scan *scan = ctx;

    scan->embedded.n_open--;
}

static void open_part(struct pf_scan *scan, size_t depth, const struct pf_embedded *part)
{
    struct pf_ending end = { .kind = part->kind, .outcome = PF_READ, .size = part->bytes };
    char name[64];

    (void)snprintf(name, sizeof name, "%s at %" PRIu64, part->encoding, part->offset);
    (void)lseek(part->fd, 0, SEEK_SET);
    scan->budget.members++;
    scan->budget.expanded += part->bytes;
    pf_scan_set_name(scan, depth, name, strlen(name));
    if (opens(part->kind))
        pf_scan_container(scan, part->fd, depth + 1, part->kind, &end);
    else
        pf_scan_judge_kind(part->kind, &end);
    scan->locus.depth = depth + 1;
    if (end.outcome != PF_UNREAD || !weak(part->kind))
        pf_scan_end_object(scan, &end);
    scan->locus.depth = depth;
}

void pf_scan_embedded(struct pf_scan *scan, size_t depth)
{
    struct pf_embeddeds all = scan->embedded;     /* opening them may find others */
    uint64_t name_findings = scan->name_findings;

    if (all.n == 0 && !all.lost)
        return;
    scan->embedded = (struct pf_embeddeds){ .n = 0 };
    for (size_t i = 0; i < all.n; i++) {
        if (all.part[i].fd < 0 && opens(all.part[i].kind))
            continue;
        if (depth + 1 < scan->env.depth_max)
            open_part(scan, depth, &all.part[i]);
        else
            all.lost = true;
        if (all.part[i].fd >= 0)
            (void)close(all.part[i].fd);
    }
    scan->locus.depth = depth;
    scan->name_findings = name_findings;
    if (all.lost)
        pf_scan_gap(scan, PF_GAP_limit, "an encoded container in it was too large, or nested too deep, to be opened", 0);
}
