/* container.c - members of archives and streams; see scan_internal.h. */
#include "pan-finder/scan/scan_internal.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The member that is being received. */
struct member {
    struct pf_ending end;
    bool open;               /* between MEMBER and MEMBER_END       */
    bool begun;              /* its head was seen: detector or spool */
    int spool;               /* memory file of a nested container, or -1 */
    uint64_t bytes;
};

struct box {                 /* the container */
    struct pf_scan *scan;
    size_t depth;
    struct pf_ending *end;
    struct member m;
    bool any;                /* at least one member arrived */
    bool office;             /* its members are parts of one document */
    bool stopped;            /* given up: budget, or the run ends */
};

static void fail(struct pf_ending *end, enum pf_gap_reason reason, const char *detail)
{
    if (end->outcome != PF_READ)
        return;                         /* the first reason stands */
    end->outcome = PF_PARTIAL;
    end->reason = reason;
    end->detail = detail;
}

/* Last name of the container without its compression suffix: what gunzip
 * would call the result. Taken from the masked locus. */
static void name_of_stream(const struct pf_scan *scan, size_t depth, struct pf_name *out)
{
    static const char *const suffix[] = {
        ".gz", ".bz2", ".xz", ".lzma", ".lz", ".Z", ".zst", ".lz4", ".rpm",
    };
    struct pf_name n = depth == 0 ? scan->locus.path : scan->locus.inner[depth - 1];
    const char *slash = memrchr(n.text, '/', n.len);

    if (slash != NULL) {
        n.len -= (size_t)(slash + 1 - n.text);
        n.text = slash + 1;
    }
    for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
        size_t k = strlen(suffix[i]);
        if (n.len > k && memcmp(n.text + n.len - k, suffix[i], k) == 0) {
            *out = (struct pf_name){ n.text, n.len - k };
            return;
        }
    }
    *out = (struct pf_name){ "data", 4 };
}

static bool is_office_part(const char *name, size_t len)
{
    static const char *const part[] = { "[Content_Types].xml", "META-INF/manifest.xml" };

    for (size_t i = 0; i < 2; i++)
        if (strlen(part[i]) == len && memcmp(part[i], name, len) == 0)
            return true;
    return false;
}

/* Told by its first bytes: searched as it comes, or kept whole to be opened. */
static void begin_content(struct box *b, const char *data, size_t len)
{
    struct pf_scan *scan = b->scan;
    const struct pf_kind *kind = pf_kind_pick((const uint8_t *)data, len);

    b->m.begun = true;
    b->m.end.kind = kind;
    if (kind != NULL && (kind->way == PF_WAY_STREAM || kind->way == PF_WAY_ARCHIVE)) {
        if (b->depth + 1 < scan->env.depth_max)
            b->m.spool = memfd_create("nested", MFD_CLOEXEC);
        if (b->m.spool >= 0)
            return;
        fail(&b->m.end, PF_GAP_limit, "nested too deep: only its raw bytes were searched");
    }
    pf_detector_begin(scan->env.detector, &scan->sink);
}

static void feed(struct pf_scan *scan, const char *data, size_t len)
{
    while (len > 0) {
        size_t cap, n;
        uint8_t *room = pf_detector_room(scan->env.detector, &cap);

        n = len < cap ? len : cap;
        memcpy(room, data, n);
        pf_detector_filled(scan->env.detector, n);
        data += n;
        len -= n;
    }
}

/* The whole nested container is in hand; what was kept so far is searched raw
 * when it cannot be kept to its end. */
static void unspool(struct box *b)
{
    char room[16 * 1024];
    ssize_t n;

    (void)lseek(b->m.spool, 0, SEEK_SET);
    pf_detector_begin(b->scan->env.detector, &b->scan->sink);
    while ((n = read(b->m.spool, room, sizeof room)) > 0)
        feed(b->scan, room, (size_t)n);
    (void)close(b->m.spool);
    b->m.spool = -1;
}

static bool over_budget(const struct pf_budget *budget)
{
    return budget->expanded > PF_EXPAND_MAX || budget->members > PF_MEMBERS_MAX ||
           (budget->expanded > PF_RATIO_FLOOR && budget->root_size > 0 &&
            budget->expanded / budget->root_size > PF_RATIO_MAX);
}

static void take_data(struct box *b, const char *data, size_t len)
{
    struct pf_scan *scan = b->scan;

    if (!b->m.begun)
        begin_content(b, data, len);
    b->m.bytes += len;
    scan->budget.expanded += len;
    scan->env.progress(scan->env.ctx, len, false);
    if (b->m.spool >= 0) {
        if (b->m.bytes <= PF_SPOOL_MAX && write(b->m.spool, data, len) == (ssize_t)len)
            return;
        fail(&b->m.end, PF_GAP_limit,
             "nested container too large to be kept: only its raw bytes were searched");
        unspool(b);
    }
    feed(scan, data, len);
}

/* Our words for how a parser says it ended. Its own text is not passed on: a
 * parser that was taken over could put scanned bytes there. */
static const char *words_of(enum pf_status status)
{
    switch (status) {
    case PF_E_TRUNCATED: return "ends before its own end mark; searched up to there";
    case PF_E_CORRUPT: return "not well formed; searched up to the damage";
    case PF_E_ENCRYPTED: return "needs a password";
    case PF_E_UNSUPPORTED: return "compression method not supported";
    case PF_E_LIMIT: case PF_E_NOMEM: return "its decoder wants more memory than it may have";
    default: return "";
    }
}

static void end_member(struct box *b, enum pf_status status)
{
    struct pf_scan *scan = b->scan;
    struct member *m = &b->m;
    uint64_t name_findings = scan->name_findings;

    m->open = false;
    if (status != PF_OK)
        fail(&m->end, pf_gap_of_status(status), words_of(status));
    if (m->spool >= 0) {
        pf_scan_container(scan, m->spool, b->depth + 1, m->end.kind, &m->end);
        (void)close(m->spool);
        scan->locus.depth = b->depth + 1;
        scan->name_findings = name_findings;
    } else if (m->begun) {
        pf_scan_end_search(scan, &m->end);
        pf_scan_judge_kind(m->end.kind, &m->end);
    } else {
        m->end.stats.empty = true;
        if (m->end.outcome != PF_READ)
            m->end.outcome = PF_UNREAD;
    }
    pf_scan_end_object(scan, &m->end);
    pf_scan_embedded(scan, b->depth + 1);
    scan->locus.depth = b->depth;
}

static void begin_member(struct box *b, const struct pf_parser_msg *msg)
{
    struct pf_name name = { msg->text, msg->len };

    if (b->m.open)                      /* a parser that breaks its own protocol */
        end_member(b, PF_E_CORRUPT);
    b->m = (struct member){ .open = true, .spool = -1 };
    b->m.end = (struct pf_ending){ .outcome = PF_READ, .size = msg->size, .mtime = msg->mtime };
    b->any = true;
    b->scan->budget.members++;
    b->office = b->office || is_office_part(msg->text, msg->len);
    if (msg->len == 0)
        name_of_stream(b->scan, b->depth, &name);
    pf_scan_set_name(b->scan, b->depth, name.text, name.len);
    if (msg->name_cut)
        fail(&b->m.end, PF_GAP_limit, "its name was too long and is shown cut");
}

/* Gives up on the rest of the container, for `reason`. */
static void give_up(struct box *b, enum pf_gap_reason reason, const char *detail)
{
    b->stopped = true;
    fail(b->end, reason, detail);
    if (b->m.open) {
        fail(&b->m.end, reason, detail);
        if (b->m.spool >= 0)
            unspool(b);
        end_member(b, PF_OK);
    }
}

static void on_done(struct box *b, const struct pf_parser_msg *msg)
{
    if (b->m.open)                      /* a parser that breaks its own protocol */
        end_member(b, PF_E_CORRUPT);
    if (msg->status != PF_OK)
        fail(b->end, pf_gap_of_status(msg->status), words_of(msg->status));
    else if (b->office)
        fail(b->end, PF_GAP_unsupported,
             "office document: read as an archive of XML, text split by markup is not joined");
}

static bool step(struct box *b, const struct pf_parser_msg *msg)
{
    switch (msg->event) {
    case PF_PARSER_MEMBER:
        begin_member(b, msg);
        break;
    case PF_PARSER_DATA:
        if (b->m.open)
            take_data(b, msg->text, msg->len);
        break;
    case PF_PARSER_MEMBER_END:
        if (b->m.open)
            end_member(b, msg->status);
        break;
    case PF_PARSER_DONE:
        on_done(b, msg);
        return false;
    case PF_PARSER_CRASHED:
        give_up(b, PF_GAP_crashed, "");
        return false;
    case PF_PARSER_TIMEOUT:
        give_up(b, PF_GAP_timeout, "");
        return false;
    case PF_PARSER_STOPPED:
        give_up(b, PF_GAP_interrupted, "");
        return false;
    }
    if (over_budget(&b->scan->budget)) {
        give_up(b, PF_GAP_limit, "it unfolds to more than the limits of one object allow");
        b->scan->env.parser.drop(b->scan->env.parser.ctx, b->depth);
        return false;
    }
    return true;
}

/* Nothing came out of it: what it holds is searched raw, and it stays a gap. */
static void search_raw(struct box *b, int fd)
{
    struct pf_ending raw = { .outcome = PF_READ };
    size_t cap;
    uint8_t *room;
    ssize_t n;

    (void)lseek(fd, 0, SEEK_SET);
    pf_detector_begin(b->scan->env.detector, &b->scan->sink);
    room = pf_detector_room(b->scan->env.detector, &cap);
    n = read(fd, room, cap);
    pf_scan_plain_fd(b->scan, fd, n > 0 ? (size_t)n : 0, NULL, &raw);
    b->end->stats = raw.stats;
    b->end->outcome = PF_UNREAD;
}

void pf_scan_container(struct pf_scan *scan, int fd, size_t depth, const struct pf_kind *kind,
                       struct pf_ending *end)
{
    struct box b = { .scan = scan, .depth = depth, .end = end, .m = { .spool = -1 } };
    struct pf_parser_link *parser = &scan->env.parser;
    uint64_t name_findings = scan->name_findings;

    for (int attempt = 0; attempt < 2; attempt++) {
        struct pf_parser_msg msg = { .event = PF_PARSER_CRASHED };
        /* There is a spool only for a kind that was told.
         * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        bool opened = parser->open(parser->ctx, depth, fd, kind->name);

        end->outcome = end->reason == PF_GAP_none ? PF_READ : end->outcome;
        do {
            if (opened)
                parser->next(parser->ctx, depth, &msg);
            /* A parser that died before it said anything gets one more try. */
            if (msg.event == PF_PARSER_CRASHED && !b.any && attempt == 0)
                break;
        } while (step(&b, &msg));
        if (msg.event != PF_PARSER_CRASHED || b.any)
            break;
    }
    scan->locus.depth = depth;
    if (end->outcome != PF_READ && !b.any)
        search_raw(&b, fd);
    scan->locus.depth = depth;
    scan->name_findings = name_findings;
}
