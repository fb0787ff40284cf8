/* record.c - names and records of the object at hand; see scan_internal.h. */
#include "pan-finder/scan/scan_internal.h"
#include "pan-finder/finding/rules.h"

#include <string.h>

enum pf_gap_reason pf_gap_of_status(enum pf_status status)
{
    switch (status) {
    case PF_OK: case PF_STOP: return PF_GAP_none;
    case PF_E_TRUNCATED: return PF_GAP_truncated;
    case PF_E_CORRUPT: return PF_GAP_damaged;
    case PF_E_ENCRYPTED: return PF_GAP_encrypted;
    case PF_E_UNSUPPORTED: return PF_GAP_unsupported;
    case PF_E_LIMIT: case PF_E_NOMEM: return PF_GAP_limit;
    case PF_E_DENIED: return PF_GAP_denied;
    default: return PF_GAP_io;
    }
}

static void send_line(struct pf_scan *scan)
{
    if (!pf_buf_failed(&scan->line))
        scan->env.records(scan->env.ctx, scan->line.data, scan->line.len);
    pf_buf_clear(&scan->line);
}

void pf_scan_on_finding(void *ctx, const struct pf_finding *finding)
{
    struct pf_scan *scan = ctx;
    struct pf_finding marked = *finding;

    if (scan->ignored != NULL && marked.ignored_by == NULL) {
        marked.ignored_by = "path";
        marked.ignored_reason = scan->ignored;
    }
    pf_record_finding(&scan->line, &scan->locus, &marked);
    send_line(scan);
}

void pf_scan_on_candidate(void *ctx, const struct pf_considered *considered)
{
    struct pf_scan *scan = ctx;

    pf_record_candidate(&scan->line, &scan->locus, considered);
    send_line(scan);
}

/* Most names hold no dozen digits and need no second look. */
static bool may_hold_number(const char *name, size_t len)
{
    size_t digits = 0;

    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)name[i] >= 0x80)
            return true;
        digits += name[i] >= '0' && name[i] <= '9';
    }
    return digits >= PF_PAN_MIN;
}

static bool add_masked(struct pf_scan *scan, const char *name, size_t len, struct pf_buf *out)
{
    pf_buf_clear(out);
    if (may_hold_number(name, len))
        return pf_detector_mask_name(scan->env.detector, name, len, out);
    pf_buf_add(out, name, len);
    return false;
}

void pf_scan_set_name(struct pf_scan *scan, size_t depth, const char *name, size_t len)
{
    struct pf_buf *room = &scan->name[depth];
    bool found = add_masked(scan, name, len, room);

    scan->locus.inner[depth] = (struct pf_name){ room->data == NULL ? "" : room->data, room->len };
    scan->locus.depth = depth + 1;
    scan->name_findings = found ? pf_detector_name(scan->env.detector, name, len, &scan->sink) : 0;
}

void pf_scan_set_path(struct pf_scan *scan, const struct pf_name *path)
{
    const char *slash = memrchr(path->text, '/', path->len);
    bool found = add_masked(scan, path->text, path->len, &scan->path);

    scan->ignored = pf_user_rules_ignored_path(scan->env.rules, path->text, path->len);
    scan->locus.path = (struct pf_name){ scan->path.data, scan->path.len };
    scan->locus.depth = 0;
    scan->name_findings = 0;
    if (found) {
        size_t skip = slash == NULL ? 0 : (size_t)(slash - path->text) + 1;
        scan->name_findings = pf_detector_name(scan->env.detector, path->text + skip,
                                               path->len - skip, &scan->sink);
    }
}

void pf_scan_gap(struct pf_scan *scan, enum pf_gap_reason reason, const char *detail, uint64_t unread)
{
    struct pf_gap gap = { .reason = reason, .detail = detail, .unread = unread };

    pf_record_gap(&scan->line, &scan->locus, &gap);
    send_line(scan);
}

static void set_limit(struct pf_ending *end, const char *detail)
{
    end->outcome = PF_PARTIAL;
    end->reason = PF_GAP_limit;
    end->detail = detail;
}

/* The bytes were read; what a rule would have said of them is not known. The first
 * such rule is the object's own gap, unless it has one. */
static void tell_slow_rules(struct pf_scan *scan, struct pf_ending *end)
{
    struct pf_user_rules *rules = scan->env.rules;

    for (size_t i = 0; rules != NULL && rules->slow != 0; i++, rules->slow >>= 1) {
        if ((rules->slow & 1u) == 0)
            continue;
        if (end->outcome == PF_READ)
            set_limit(end, rules->pattern[i].slow);
        else
            pf_scan_gap(scan, PF_GAP_limit, rules->pattern[i].slow, 0);
    }
}

void pf_scan_end_search(struct pf_scan *scan, struct pf_ending *end)
{
    pf_detector_end(scan->env.detector, &end->stats);
    tell_slow_rules(scan, end);
    if (!end->stats.too_deep || end->outcome != PF_READ)
        return;
    set_limit(end, "encodings inside encodings: the innermost were left as they stand");
}

void pf_scan_end_object(struct pf_scan *scan, const struct pf_ending *end)
{
    const struct pf_object_stats *st = &end->stats;
    struct pf_object_rec rec = {
        .kind = end->kind_name != NULL ? end->kind_name :
                end->kind != NULL && end->kind->way == PF_WAY_MEDIA ? "media" :
                end->kind != NULL ? end->kind->name :
                st->empty ? "empty" : st->text ? "text" : "binary",
        .outcome = end->outcome, .reason = end->reason, .size = end->size, .bytes = st->bytes,
        .findings = st->findings + scan->name_findings, .shapes = st->shapes, .luhn = st->luhn,
        .mtime = end->mtime,
    };

    pf_record_object(&scan->line, &scan->locus, &rec);
    send_line(scan);
    if (end->outcome != PF_READ)
        pf_scan_gap(scan, end->reason, end->detail == NULL ? "" : end->detail, end->unread);
}
