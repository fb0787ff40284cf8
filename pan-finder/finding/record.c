/* record.c - see record.h. */
#include "pan-finder/finding/record.h"
#include "pan-finder/base/json.h"
#include "pan-finder/base/text.h"

#include <string.h>

struct word { const char *name, *text; };

static const struct word class_word[] = {
#define PF_CLASS(id, words) { #id, words },
#include "pan-finder/finding/class.def"
#undef PF_CLASS
};

static const struct word gap_word[] = {
    { "", "" },
#define PF_GAP(id, words) { #id, words },
#include "pan-finder/finding/gap.def"
#undef PF_GAP
};

static const struct word confidence_word[] = {
    { "possible", "" }, { "probable", "" }, { "confirmed", "" },
};

static const struct word outcome_word[] = {
    { "read", "" }, { "partial", "" }, { "unread", "" },
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static int word_find(const struct word *w, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(w[i].name, name) == 0)
            return (int)i;
    return -1;
}

const char *pf_class_name(enum pf_class c) { return class_word[c].name; }
const char *pf_class_text(enum pf_class c) { return class_word[c].text; }
const char *pf_gap_name(enum pf_gap_reason r) { return gap_word[r].name; }
const char *pf_gap_text(enum pf_gap_reason r) { return gap_word[r].text; }
bool pf_gap_is_note(enum pf_gap_reason r)
{
    return r == PF_GAP_special || r == PF_GAP_link_out;
}
const char *pf_confidence_name(enum pf_confidence c) { return confidence_word[c].name; }
const char *pf_outcome_name(enum pf_outcome o) { return outcome_word[o].name; }

int pf_class_from(const char *name) { return word_find(class_word, COUNT(class_word), name); }
int pf_gap_from(const char *name) { return word_find(gap_word, COUNT(gap_word), name); }
int pf_confidence_from(const char *name)
{
    return word_find(confidence_word, COUNT(confidence_word), name);
}
int pf_outcome_from(const char *name)
{
    return word_find(outcome_word, COUNT(outcome_word), name);
}

/* A name that is not UTF-8 is written twice: readable, and without loss. */
static void write_name(struct pf_jw *w, const struct pf_name *name)
{
    pf_jw_strn(w, name->text, name->len);
}

static void write_pct(struct pf_jw *w, const struct pf_name *name)
{
    struct pf_buf pct = PF_BUF_INIT;

    pf_text_add_pct(&pct, name->text, name->len);
    pf_jw_strn(w, pct.data == NULL ? "" : pct.data, pct.len);
    pf_buf_release(&pct);
}

static bool all_utf8(const struct pf_name *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!pf_utf8_ok(names[i].text, names[i].len) ||
            memchr(names[i].text, 0, names[i].len) != NULL)
            return false;
    return true;
}

static void write_locus(struct pf_jw *w, const struct pf_locus *at)
{
    pf_jw_key(w, "path");
    write_name(w, &at->path);
    if (!all_utf8(&at->path, 1)) {
        pf_jw_key(w, "path_pct");
        write_pct(w, &at->path);
    }
    if (at->depth == 0)
        return;
    pf_jw_key(w, "inner");
    pf_jw_open(w, '[');
    for (size_t i = 0; i < at->depth; i++)
        write_name(w, &at->inner[i]);
    pf_jw_close(w, ']');
    if (!all_utf8(at->inner, at->depth)) {
        pf_jw_key(w, "inner_pct");
        pf_jw_open(w, '[');
        for (size_t i = 0; i < at->depth; i++)
            write_pct(w, &at->inner[i]);
        pf_jw_close(w, ']');
    }
}

static void start(struct pf_jw *w, struct pf_buf *out, const char *record)
{
    pf_jw_init(w, out);
    pf_jw_open(w, '{');
    pf_jw_kstr(w, "record", record);
}

static void finish(struct pf_jw *w)
{
    pf_jw_close(w, '}');
    pf_buf_addc(w->out, '\n');
}

static void write_reasons(struct pf_jw *w, const char *const *reasons, size_t n)
{
    pf_jw_key(w, "reasons");
    pf_jw_open(w, '[');
    for (size_t i = 0; i < n; i++)
        pf_jw_str(w, reasons[i]);
    pf_jw_close(w, ']');
}

void pf_record_finding(struct pf_buf *out, const struct pf_locus *at,
                       const struct pf_finding *f)
{
    struct pf_jw w;

    start(&w, out, "finding");
    write_locus(&w, at);
    pf_jw_kstr(&w, "where", f->where);
    pf_jw_ku64(&w, "offset", f->offset);
    if (f->line > 0)
        pf_jw_ku64(&w, "line", f->line);
    pf_jw_kstr(&w, "class", pf_class_name(f->cls));
    pf_jw_kstr(&w, "confidence", pf_confidence_name(f->confidence));
    if (f->digits > 0) {
        pf_jw_kstr(&w, "brand", f->brand);
        pf_jw_kstr(&w, "pan", f->pan.text);
        pf_jw_ku64(&w, "digits", f->digits);
        pf_jw_kstr(&w, "fingerprint", f->fingerprint);
    }
    pf_jw_kstr(&w, "encoding", f->encoding);
    write_reasons(&w, f->reasons, f->n_reasons);
    pf_jw_kbool(&w, "test_pan", f->test_pan);
    pf_jw_ku64(&w, "count", f->count);
    if (f->ignored_by != NULL) {
        pf_jw_key(&w, "ignored");
        pf_jw_open(&w, '{');
        pf_jw_kstr(&w, "by", f->ignored_by);
        pf_jw_kstr(&w, "reason", f->ignored_reason);
        pf_jw_close(&w, '}');
    }
    finish(&w);
}

void pf_record_candidate(struct pf_buf *out, const struct pf_locus *at,
                         const struct pf_considered *c)
{
    struct pf_jw w;

    start(&w, out, "candidate");
    write_locus(&w, at);
    pf_jw_kstr(&w, "where", c->where);
    pf_jw_ku64(&w, "offset", c->offset);
    if (c->line > 0)
        pf_jw_ku64(&w, "line", c->line);
    pf_jw_kstr(&w, "brand", c->brand);
    pf_jw_kstr(&w, "pan", c->pan.text);
    pf_jw_ku64(&w, "digits", c->digits);
    pf_jw_kstr(&w, "encoding", c->encoding);
    pf_jw_kstr(&w, "taken_for", c->taken_for);
    write_reasons(&w, c->reasons, c->n_reasons);
    finish(&w);
}

void pf_record_object(struct pf_buf *out, const struct pf_locus *at,
                      const struct pf_object_rec *o)
{
    struct pf_jw w;

    start(&w, out, "object");
    write_locus(&w, at);
    pf_jw_kstr(&w, "kind", o->kind);
    pf_jw_kstr(&w, "outcome", pf_outcome_name(o->outcome));
    if (o->reason != PF_GAP_none)
        pf_jw_kstr(&w, "reason", pf_gap_name(o->reason));
    pf_jw_ku64(&w, "size", o->size);
    pf_jw_ku64(&w, "bytes", o->bytes);
    pf_jw_ku64(&w, "findings", o->findings);
    if (o->shapes > 0) {
        pf_jw_ku64(&w, "shapes", o->shapes);
        pf_jw_ku64(&w, "luhn", o->luhn);
    }
    if (o->mtime != 0) {
        pf_jw_key(&w, "mtime");
        pf_jw_i64(&w, o->mtime);
    }
    finish(&w);
}

void pf_record_gap(struct pf_buf *out, const struct pf_locus *at,
                   const struct pf_gap *g)
{
    struct pf_jw w;

    start(&w, out, "gap");
    write_locus(&w, at);
    pf_jw_kstr(&w, "reason", pf_gap_name(g->reason));
    if (pf_gap_is_note(g->reason))
        pf_jw_kbool(&w, "note", true);
    if (g->detail[0] != '\0')
        pf_jw_kstr(&w, "detail", g->detail);
    if (g->unread > 0)
        pf_jw_ku64(&w, "unread", g->unread);
    finish(&w);
}

bool pf_record_is(const char *line, size_t len, const char *name)
{
    static const char head[] = "{\"record\":\"";
    size_t h = sizeof head - 1, n = strlen(name);

    return len > h + n && memcmp(line, head, h) == 0 && memcmp(line + h, name, n) == 0 &&
           line[h + n] == '"';
}

/* A quote inside a name is written as \", so these can stand nowhere else. */
bool pf_record_is_note(const char *line, size_t len)
{
    static const char note[] = ",\"note\":true";

    return memmem(line, len, note, sizeof note - 1) != NULL;
}

bool pf_record_is_ignored(const char *line, size_t len)
{
    static const char ignored[] = ",\"ignored\":{";

    return memmem(line, len, ignored, sizeof ignored - 1) != NULL;
}
