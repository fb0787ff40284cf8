/* read.c - see read.h. */
#include "pan-finder/finding/read.h"

#include <string.h>

static const char *text_of(const struct pf_json *obj, const char *key)
{
    const char *text = pf_json_str(obj, key);

    return text == NULL ? "" : text;
}

static enum pf_status no_word(struct pf_error *err, const char *field)
{
    return pf_fail(err, PF_E_CORRUPT, "field \"%s\" is missing or holds an unknown word", field);
}

/* A count: absent is `dflt`, negative is an error. */
static enum pf_status read_count(const struct pf_json *obj, const char *key, uint64_t dflt,
                                 uint64_t *out, struct pf_error *err)
{
    int64_t v = pf_json_int(obj, key, (int64_t)dflt);

    if (v < 0)
        return pf_fail(err, PF_E_CORRUPT, "field \"%s\" is negative", key);
    *out = (uint64_t)v;
    return PF_OK;
}

static enum pf_status read_name(const struct pf_json *value, struct pf_name *out,
                                struct pf_error *err)
{
    const char *text = pf_json_text(value);

    if (text == NULL)
        return pf_fail(err, PF_E_CORRUPT, "a name of the path is not a string");
    out->text = text;
    out->len = strlen(text);
    return PF_OK;
}

static enum pf_status read_locus(struct pf_record *rec, struct pf_error *err)
{
    const struct pf_json *inner = pf_json_get(rec->json, "inner");
    size_t depth = pf_json_len(inner);

    if (read_name(pf_json_get(rec->json, "path"), &rec->at.path, err) != PF_OK)
        return no_word(err, "path");
    if (depth > PF_DEPTH_MAX + 1)
        return pf_fail(err, PF_E_CORRUPT, "field \"inner\" is deeper than %d", PF_DEPTH_MAX + 1);
    for (size_t i = 0; i < depth; i++) {
        enum pf_status s = read_name(pf_json_at(inner, i), &rec->at.inner[i], err);

        if (s != PF_OK)
            return s;
    }
    rec->at.depth = depth;
    rec->path_pct = pf_json_str(rec->json, "path_pct");
    return PF_OK;
}

static enum pf_status read_run(struct pf_record *rec, struct pf_error *err)
{
    const struct pf_json *j = rec->json;

    rec->run = (struct pf_run_rec){
        .schema = pf_json_int(j, "schema", 0),
        .run = text_of(j, "run"), .tool = text_of(j, "tool"), .version = text_of(j, "version"),
        .ruleset = text_of(j, "ruleset"), .started = text_of(j, "started"),
        .host = text_of(j, "host"), .key_id = text_of(j, "key_id"),
        .roots = pf_json_get(j, "roots"), .roots_abs = pf_json_get(j, "roots_abs"),
        .looks_for = pf_json_get(j, "looks_for"),
    };
    if (rec->run.run[0] == '\0')
        return no_word(err, "run");
    if (rec->run.schema != PF_SCHEMA_VERSION)
        return pf_fail(err, PF_E_CORRUPT, "record format %lld is not the one read here (%d)",
                       (long long)rec->run.schema, PF_SCHEMA_VERSION);
    return PF_OK;
}

static enum pf_status read_object(struct pf_record *rec, struct pf_error *err)
{
    const struct pf_json *j = rec->json;
    int outcome = pf_outcome_from(text_of(j, "outcome"));
    int reason = pf_gap_from(text_of(j, "reason"));
    struct pf_object_rec *o = &rec->object;
    enum pf_status s = read_locus(rec, err);

    if (s != PF_OK)
        return s;
    if (outcome < 0)
        return no_word(err, "outcome");
    if (reason < 0)
        return no_word(err, "reason");
    *o = (struct pf_object_rec){ .kind = text_of(j, "kind"), .outcome = (enum pf_outcome)outcome,
                                 .reason = (enum pf_gap_reason)reason,
                                 .mtime = pf_json_int(j, "mtime", 0) };
    if ((s = read_count(j, "size", 0, &o->size, err)) != PF_OK ||
        (s = read_count(j, "bytes", 0, &o->bytes, err)) != PF_OK ||
        (s = read_count(j, "findings", 0, &o->findings, err)) != PF_OK ||
        (s = read_count(j, "shapes", 0, &o->shapes, err)) != PF_OK)
        return s;
    return read_count(j, "luhn", 0, &o->luhn, err);
}

/* True when `pan` shows at most its first six and last four digits. */
static bool masked_ok(const char *pan, size_t len)
{
    if (len > PF_PAN_MAX || (len > 0 && len < PF_PAN_MIN))
        return false;
    for (size_t i = 0; i < len; i++) {
        bool digit = pan[i] >= '0' && pan[i] <= '9';

        if (pan[i] != '*' && !(digit && (i < 6 || i >= len - 4)))
            return false;
    }
    return true;
}

static enum pf_status read_number(const struct pf_json *j, struct pf_finding *f,
                                  struct pf_error *err)
{
    const char *pan = text_of(j, "pan"), *fingerprint = text_of(j, "fingerprint");
    size_t pan_len = strlen(pan), fp_len = strlen(fingerprint);
    uint64_t digits = 0;
    enum pf_status s = read_count(j, "digits", pan_len, &digits, err);

    if (s != PF_OK)
        return s;
    if (!masked_ok(pan, pan_len))
        return pf_fail(err, PF_E_CORRUPT, "field \"pan\" is not a masked number");
    if (fp_len > PF_FINGERPRINT_HEX || strspn(fingerprint, "0123456789abcdef") != fp_len)
        return pf_fail(err, PF_E_CORRUPT, "field \"fingerprint\" is not one");
    if (digits > PF_PAN_MAX)
        return pf_fail(err, PF_E_CORRUPT, "field \"digits\" is above %d", PF_PAN_MAX);
    memcpy(f->pan.text, pan, pan_len + 1);
    memcpy(f->fingerprint, fingerprint, fp_len + 1);
    f->digits = (unsigned)digits;
    return PF_OK;
}

/* A reader that dropped the mark would judge what the operator left out, and one
 * that took any mark would leave out what nobody did. */
static bool read_ignored(const struct pf_json *ignored, struct pf_finding *f)
{
    static const char *const by[] = { "number", "path", "pattern" };

    if (ignored == NULL)
        return true;
    f->ignored_reason = text_of(ignored, "reason");
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++)
        if (strcmp(text_of(ignored, "by"), by[i]) == 0)
            f->ignored_by = by[i];
    return f->ignored_by != NULL && f->ignored_reason[0] != '\0';
}

static enum pf_status read_finding(struct pf_record *rec, struct pf_error *err)
{
    const struct pf_json *j = rec->json;
    int cls = pf_class_from(text_of(j, "class"));
    int confidence = pf_confidence_from(text_of(j, "confidence"));
    struct pf_finding *f = &rec->finding;
    enum pf_status s = read_locus(rec, err);

    if (s != PF_OK)
        return s;
    if (cls < 0)
        return no_word(err, "class");
    if (confidence < 0)
        return no_word(err, "confidence");
    memset(f, 0, sizeof *f);
    f->cls = (enum pf_class)cls;
    f->confidence = (enum pf_confidence)confidence;
    f->brand = text_of(j, "brand");
    f->encoding = text_of(j, "encoding");
    f->where = text_of(j, "where");
    f->test_pan = pf_json_bool(j, "test_pan", false);
    if (!read_ignored(pf_json_get(j, "ignored"), f))
        return no_word(err, "ignored");
    rec->reasons = pf_json_get(j, "reasons");
    for (size_t i = 0; i < pf_json_len(rec->reasons) && f->n_reasons < PF_REASONS_MAX; i++) {
        const char *word = pf_json_text(pf_json_at(rec->reasons, i));

        if (word != NULL)
            f->reasons[f->n_reasons++] = word;
    }
    if ((s = read_count(j, "offset", 0, &f->offset, err)) != PF_OK ||
        (s = read_count(j, "line", 0, &f->line, err)) != PF_OK ||
        (s = read_count(j, "count", 1, &f->count, err)) != PF_OK)
        return s;
    return read_number(j, f, err);
}

static enum pf_status read_gap(struct pf_record *rec, struct pf_error *err)
{
    int reason = pf_gap_from(text_of(rec->json, "reason"));
    enum pf_status s = read_locus(rec, err);

    if (s != PF_OK)
        return s;
    if (reason <= 0)
        return no_word(err, "reason");
    rec->gap.reason = (enum pf_gap_reason)reason;
    rec->gap.detail = text_of(rec->json, "detail");
    rec->note = pf_gap_is_note(rec->gap.reason);   /* the word decides, not the line's own `note` */
    return read_count(rec->json, "unread", 0, &rec->gap.unread, err);
}

static enum pf_status read_end(struct pf_record *rec, struct pf_error *err)
{
    const struct pf_json *j = rec->json;

    rec->end = (struct pf_end_rec){
        .run = text_of(j, "run"), .ended = text_of(j, "ended"),
        .status = text_of(j, "status"), .message = text_of(j, "message"),
        .objects = pf_json_int(j, "objects", -1), .bytes = pf_json_int(j, "bytes", -1),
        .findings = pf_json_int(j, "findings", -1), .gaps = pf_json_int(j, "gaps", -1),
    };
    return rec->end.status[0] == '\0' ? no_word(err, "status") : PF_OK;
}

static const struct {
    const char *name;
    enum pf_record_kind kind;
    enum pf_status (*read)(struct pf_record *rec, struct pf_error *err);
} reader[] = {
    { "finding", PF_RECORD_FINDING, read_finding },
    { "object", PF_RECORD_OBJECT, read_object },
    { "gap", PF_RECORD_GAP, read_gap },
    { "run", PF_RECORD_RUN, read_run },
    { "end", PF_RECORD_END, read_end },
};

static enum pf_status read_any(struct pf_record *rec, struct pf_error *err)
{
    if (!pf_json_is_object(rec->json))
        return pf_fail(err, PF_E_CORRUPT, "a record is a JSON object");
    rec->name = pf_json_str(rec->json, "record");
    if (rec->name == NULL)
        return no_word(err, "record");
    for (size_t i = 0; i < sizeof reader / sizeof reader[0]; i++) {
        if (strcmp(rec->name, reader[i].name) == 0) {
            rec->kind = reader[i].kind;
            return reader[i].read(rec, err);
        }
    }
    return PF_OK;
}

enum pf_status pf_record_parse(struct pf_record *rec, const char *line, size_t len,
                               struct pf_error *err)
{
    enum pf_status s;

    *rec = (struct pf_record){ .kind = PF_RECORD_OTHER, .name = "", .at = { .path = { "", 0 } } };
    s = pf_json_parse(&rec->json, line, len, err);
    if (s == PF_OK)
        s = read_any(rec, err);
    if (s != PF_OK)
        pf_record_release(rec);
    return s;
}

void pf_record_release(struct pf_record *rec)
{
    pf_json_free(rec->json);
    rec->json = NULL;
}
