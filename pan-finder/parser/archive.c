/* archive.c - see archive.h. The only file that knows libarchive.
 *
 * Formats and filters are enabled one by one, the ones that the kind asks for:
 * "all formats" would let the mtree reader take plain text for an archive
 * (libarchive issues 507 and 1051), "all filters" would run programs found
 * through PATH. */
#include "pan-finder/parser/archive.h"
#include "pan-finder/decode/kind.h"
#include "pan-finder/parser/inflow.h"
#include "pan-finder/process/parser_wire.h"

#include <archive.h>
#include <archive_entry.h>

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

typedef int support_fn(struct archive *a);

static const struct { const char *kind; support_fn *format; } formats[] = {
    { "zip", archive_read_support_format_zip }, { "7z", archive_read_support_format_7zip },
    { "tar", archive_read_support_format_tar }, { "cpio", archive_read_support_format_cpio },
    { "ar", archive_read_support_format_ar }, { "cab", archive_read_support_format_cab },
    { "lha", archive_read_support_format_lha }, { "iso9660", archive_read_support_format_iso9660 },
    { "xar", archive_read_support_format_xar }, { "warc", archive_read_support_format_warc },
    { "rar", archive_read_support_format_rar }, { "rar5", archive_read_support_format_rar5 },
};

/* Streams that our codecs do not read. */
static const struct { const char *kind; support_fn *filter; } filters[] = {
    { "compress", archive_read_support_filter_compress }, { "lz4", archive_read_support_filter_lz4 },
    { "rpm", archive_read_support_filter_rpm },
};

struct job {
    struct archive *a;
    struct pf_emit *emit;
    struct pf_inflow *flow;       /* when the input goes through a codec */
    uint8_t *peeked;              /* first bytes of flow, returned again */
    size_t peeked_len;
    struct pf_error flow_error;
    enum pf_status flow_status;
    uint8_t block[BLOCK];         /* content on its way to the scanner */
    uint8_t input[BLOCK];         /* lent to libarchive until it asks for more */
};

static bool has_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (; *text != '\0'; text++)
        if (strncasecmp(text, word, n) == 0)
            return true;
    return false;
}

/* libarchive says in words what went wrong; the words are only matched, never
 * passed on, since they may quote a member name. */
static enum pf_status status_of(struct archive *a)
{
    static const struct { const char *word; enum pf_status status; } table[] = {
        { "encrypt", PF_E_ENCRYPTED }, { "passphrase", PF_E_ENCRYPTED }, { "password", PF_E_ENCRYPTED },
        { "truncated", PF_E_TRUNCATED }, { "premature", PF_E_TRUNCATED }, { "end of file", PF_E_TRUNCATED },
        { "memory", PF_E_LIMIT }, { "unsupported", PF_E_UNSUPPORTED }, { "not supported", PF_E_UNSUPPORTED },
        { "codec", PF_E_UNSUPPORTED }, { "compression method", PF_E_UNSUPPORTED },
        { "solid", PF_E_UNSUPPORTED }, { "multi-volume", PF_E_UNSUPPORTED },
    };
    const char *text = archive_error_string(a);

    for (size_t i = 0; text != NULL && i < sizeof table / sizeof table[0]; i++)
        if (has_word(text, table[i].word))
            return table[i].status;
    return PF_E_CORRUPT;
}

static const char *words_of(enum pf_status s)
{
    switch (s) {
    case PF_E_ENCRYPTED: return "needs a password";
    case PF_E_TRUNCATED: return "ends before its own end mark";
    case PF_E_LIMIT: return "the decoder wants more memory than it may have";
    case PF_E_UNSUPPORTED: return "compression method not supported";
    default: return "not well formed";
    }
}

static ssize_t flow_read(struct archive *a, void *ctx, const void **out)
{
    struct job *job = ctx;
    size_t n;

    if (job->peeked_len > 0) {
        n = job->peeked_len;
        *out = job->peeked;
        job->peeked_len = 0;
        return (ssize_t)n;
    }
    (void)a;
    /* Damage ends the input here; what libarchive then misses is its business,
     * the status of the stream is ours and stays. */
    job->flow_status = pf_inflow_read(job->flow, job->input, BLOCK, &n, &job->flow_error);
    *out = job->input;
    return (ssize_t)n;
}

/* A hole of a sparse file reads as zeros; so offsets stay those of the file. */
static enum pf_status emit_hole(struct job *job, uint64_t len)
{
    static const uint8_t zeros[PF_PM_DATA_MAX];
    enum pf_status s = PF_OK;

    while (len > 0 && s == PF_OK) {
        size_t n = len < sizeof zeros ? (size_t)len : sizeof zeros;

        s = pf_emit_data(job->emit, zeros, n);
        len -= n;
    }
    return s;
}

/* Block by block: archive_read_data() would drop what it has when the data
 * ends early. */
static enum pf_status read_member(struct job *job, struct archive_entry *entry)
{
    enum pf_status end = PF_OK, s = PF_OK;
    uint64_t at = 0;
    int r = ARCHIVE_OK;

    if (archive_entry_is_data_encrypted(entry) || archive_entry_is_metadata_encrypted(entry))
        return pf_emit_member_end(job->emit, PF_E_ENCRYPTED);
    while (s == PF_OK) {
        const void *block;
        size_t len;
        la_int64_t offset;

        r = archive_read_data_block(job->a, &block, &len, &offset);
        if (r == ARCHIVE_RETRY)
            continue;
        if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
            break;
        if (offset > 0 && (uint64_t)offset > at)
            s = emit_hole(job, (uint64_t)offset - at);
        if (s == PF_OK)
            s = pf_emit_data(job->emit, block, len);
        at = (uint64_t)offset + len;
    }
    if (s != PF_OK)
        return s;
    if (r != ARCHIVE_EOF) {
        end = status_of(job->a);
        if (job->flow != NULL && job->flow_status != PF_OK)
            end = job->flow_status;
    }
    return pf_emit_member_end(job->emit, end);
}

static enum pf_status emit_entry(struct job *job, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    mode_t type = archive_entry_filetype(entry);
    uint64_t size = archive_entry_size_is_set(entry) ? (uint64_t)archive_entry_size(entry) : 0;
    enum pf_status s;

    /* Links and directories have no content of their own. Some formats (ar, 7z,
     * raw) leave the type open: then it is a file. */
    if (archive_entry_hardlink(entry) != NULL || (type != AE_IFREG && type != 0))
        return PF_OK;
    if (name == NULL)
        name = "";
    s = pf_emit_member(job->emit, name, strlen(name), size,
                       archive_entry_mtime_is_set(entry) ? archive_entry_mtime(entry) : 0);
    return s == PF_OK ? read_member(job, entry) : s;
}

static enum pf_status read_entries(struct job *job, struct pf_error *err)
{
    struct archive_entry *entry;
    bool any = false;

    for (;;) {
        enum pf_status s = pf_emit_flush(job->emit);   /* the next header may be the one that kills us */
        int r;

        if (s != PF_OK)
            return s;
        r = archive_read_next_header(job->a, &entry);
        if (r == ARCHIVE_EOF)
            break;
        if (r == ARCHIVE_RETRY)
            continue;
        if (r == ARCHIVE_FAILED || r == ARCHIVE_FATAL) {
            s = status_of(job->a);
            /* Asked only after a header was seen: earlier it may crash (3.6.2). */
            if (any && archive_read_has_encrypted_entries(job->a) == 1 && s == PF_E_CORRUPT)
                s = PF_E_ENCRYPTED;
            return pf_fail(err, s, "%s", words_of(s));
        }
        any = true;
        s = emit_entry(job, entry);
        if (s != PF_OK)
            return s;
    }
    if (job->flow != NULL && job->flow_status != PF_OK)
        return pf_fail(err, job->flow_status, "%s", job->flow_error.text);
    return PF_OK;
}

static enum pf_status with_libarchive(struct job *job, enum pf_status opened, struct pf_error *err)
{
    enum pf_status s;

    if (opened != PF_OK) {
        s = status_of(job->a);
        s = pf_fail(err, s, "%s", words_of(s));
    } else {
        s = read_entries(job, err);
    }
    (void)archive_read_free(job->a);
    return s;
}

static enum pf_status read_format(struct job *job, int fd, const char *kind, struct pf_error *err)
{
    job->a = archive_read_new();
    if (job->a == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].kind, kind) == 0)
            (void)formats[i].format(job->a);
    (void)lseek(fd, 0, SEEK_SET);
    return with_libarchive(job, archive_read_open_fd(job->a, fd, BLOCK) == ARCHIVE_OK
                                    ? PF_OK : PF_E_CORRUPT, err);
}

static enum pf_status read_filter(struct job *job, int fd, support_fn *filter, struct pf_error *err)
{
    job->a = archive_read_new();
    if (job->a == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    (void)filter(job->a);
    (void)archive_read_support_filter_gzip(job->a);       /* inside an rpm */
    (void)archive_read_support_filter_xz(job->a);
    (void)archive_read_support_filter_zstd(job->a);
    (void)archive_read_support_filter_bzip2(job->a);
    (void)archive_read_support_filter_lzma(job->a);
    (void)archive_read_support_format_tar(job->a);
    (void)archive_read_support_format_cpio(job->a);
    (void)archive_read_support_format_raw(job->a);
    (void)archive_read_support_format_empty(job->a);
    (void)lseek(fd, 0, SEEK_SET);
    return with_libarchive(job, archive_read_open_fd(job->a, fd, BLOCK) == ARCHIVE_OK
                                    ? PF_OK : PF_E_CORRUPT, err);
}

/* A compressed tar or cpio: its members. */
static enum pf_status read_flow_archive(struct job *job, struct pf_error *err)
{
    job->a = archive_read_new();
    if (job->a == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    (void)archive_read_support_format_tar(job->a);
    (void)archive_read_support_format_cpio(job->a);
    return with_libarchive(job, archive_read_open(job->a, job, NULL, flow_read, NULL) == ARCHIVE_OK
                                    ? PF_OK : PF_E_CORRUPT, err);
}

/* A compressed anything else: one member without a name of its own. */
static enum pf_status read_flow_plain(struct job *job, struct pf_error *err)
{
    enum pf_status s = pf_emit_member(job->emit, "", 0, 0, 0), end = PF_OK;
    size_t n = job->peeked_len;

    if (s == PF_OK)
        s = pf_emit_data(job->emit, job->peeked, n);
    while (s == PF_OK && n > 0) {
        end = pf_inflow_read(job->flow, job->block, BLOCK, &n, err);
        if (end != PF_OK)
            break;
        s = pf_emit_data(job->emit, job->block, n);
    }
    if (s != PF_OK)
        return s;
    s = pf_emit_member_end(job->emit, end);
    return s != PF_OK ? s : end;
}

/* Fills the peek buffer as far as the stream goes, for the bid. */
static enum pf_status peek(struct job *job, uint8_t *room, size_t cap, struct pf_error *err)
{
    size_t n = 1;
    enum pf_status s = PF_OK;

    job->peeked = room;
    while (job->peeked_len < cap && n > 0 && s == PF_OK) {
        s = pf_inflow_read(job->flow, room + job->peeked_len, cap - job->peeked_len, &n, err);
        job->peeked_len += n;
    }
    return job->peeked_len > 0 ? PF_OK : s;
}

static enum pf_status read_flow(struct job *job, int fd, const struct pf_codec_ops *codec,
                                uint64_t *consumed, struct pf_error *err)
{
    static uint8_t room[PF_HEAD_BYTES];
    const struct pf_kind *inside;
    enum pf_status s;

    job->flow = pf_inflow_new(fd, codec);
    if (job->flow == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    s = peek(job, room, sizeof room, err);
    if (s == PF_OK) {
        inside = pf_kind_pick(room, job->peeked_len);
        s = inside != NULL && (strcmp(inside->name, "tar") == 0 || strcmp(inside->name, "cpio") == 0)
                ? read_flow_archive(job, err) : read_flow_plain(job, err);
    }
    *consumed = pf_inflow_consumed(job->flow);
    pf_inflow_free(job->flow);
    return s;
}

enum pf_status pf_archive_read(int fd, const char *kind, struct pf_emit *emit,
                               uint64_t *consumed, struct pf_error *err)
{
    static struct job job;              /* large; one object at a time */
    const struct pf_codec_ops *codec = pf_codec_find(kind);
    const struct pf_kind *k = pf_kind_find(kind);
    struct stat st;

    job = (struct job){ .emit = emit, .flow_status = PF_OK };
    *consumed = fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
    if (codec != NULL)
        return read_flow(&job, fd, codec, consumed, err);
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++)
        if (strcmp(filters[i].kind, kind) == 0)
            return read_filter(&job, fd, filters[i].filter, err);
    if (k == NULL || k->way != PF_WAY_ARCHIVE)
        return pf_fail(err, PF_E_UNSUPPORTED, "not a kind of this parser");
    return read_format(&job, fd, kind, err);
}
