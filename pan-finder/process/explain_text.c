/* explain_text.c - see explain_text.h. */
#include "pan-finder/process/explain_text.h"

#include "pan-finder/base/sort.h"
#include "pan-finder/base/text.h"
#include "pan-finder/finding/read.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER = 16, ENCODING = 38, TAKEN = 56, DECISION = 84, WHY = 96 };

/* ---- one line ---- */

/* Blanks up to a column of the line that begins at `start`; one at least. */
static void pad(struct pf_buf *out, size_t start, size_t column)
{
    do
        pf_buf_addc(out, ' ');
    while (!pf_buf_failed(out) && out->len - start < column);
}

static void put(struct pf_buf *out, const char *text)
{
    if (text != NULL)
        pf_text_add_tty(out, text, strlen(text));
}

static void put_place(struct pf_buf *out, const struct pf_json *json)
{
    const char *where = pf_json_str(json, "where");
    int64_t line = pf_json_int(json, "line", 0), offset = pf_json_int(json, "offset", 0);

    pf_buf_adds(out, "  ");
    if (where != NULL && strcmp(where, "name") == 0)
        pf_buf_adds(out, "name");
    else if (line > 0)
        pf_buf_addf(out, "%lld", (long long)line);
    else
        pf_buf_addc(out, '-');
    pf_buf_addf(out, ":%lld", (long long)offset);
}

static void put_reasons(struct pf_buf *out, const struct pf_json *json)
{
    const struct pf_json *list = pf_json_get(json, "reasons");

    for (size_t i = 0; i < pf_json_len(list); i++) {
        const char *name = pf_json_text(pf_json_at(list, i));

        pf_buf_adds(out, i > 0 ? "; " : "");
        put(out, name == NULL ? "" : pf_explain_reason(name));
    }
}

static void put_head(struct pf_buf *out, size_t start, const struct pf_json *json)
{
    const char *pan = pf_json_str(json, "pan");

    put_place(out, json);
    pad(out, start, NUMBER);
    put(out, pan == NULL || pan[0] == '\0' ? "-" : pan);
    pad(out, start, ENCODING);
    put(out, pf_json_str(json, "encoding"));
    pad(out, start, TAKEN);
}

static void put_kept(struct pf_buf *out, const struct pf_record *rec)
{
    const struct pf_finding *f = &rec->finding;
    size_t start = out->len;

    put_head(out, start, rec->json);
    if (f->brand[0] != '\0') {
        put(out, f->brand);
        pf_buf_adds(out, ", ");
    }
    put(out, pf_class_name(f->cls));
    pad(out, start, DECISION);
    pf_buf_adds(out, pf_confidence_name(f->confidence));
    pad(out, start, WHY);
    put_reasons(out, rec->json);
    if (f->count > 1)
        pf_buf_addf(out, "; %llu times", (unsigned long long)f->count);
    if (f->ignored_by != NULL) {
        pf_buf_addf(out, "; left out by the operator (%s): ", f->ignored_by);
        put(out, f->ignored_reason);
    }
}

/* A drop is explained by what the number was taken for, and then by the words. */
static void put_dropped(struct pf_buf *out, const struct pf_json *json)
{
    size_t start = out->len;

    put_head(out, start, json);
    put(out, pf_json_str(json, "taken_for"));
    pad(out, start, DECISION);
    pf_buf_adds(out, "dropped");
    pad(out, start, WHY);
    put_reasons(out, json);
    if (pf_json_len(pf_json_get(json, "reasons")) == 0)
        pf_buf_adds(out, "never a card number");
}

/* ---- the lines of an object ---- */

static bool have_room(struct pf_explain_text *e)
{
    struct pf_explain_line *more;

    if (e->n < e->cap)
        return true;
    more = realloc(e->line, (e->cap == 0 ? 64 : 2 * e->cap) * sizeof *more);
    if (more == NULL)
        return false;
    e->line = more;
    e->cap = e->cap == 0 ? 64 : 2 * e->cap;
    return true;
}

static void take_line(struct pf_explain_text *e, const struct pf_record *rec, bool kept)
{
    size_t at = e->text.len;

    e->kept += kept;
    e->dropped += !kept;
    /* As many as may be written of each kind: which of them are, shows at the end. */
    if ((kept ? e->n_kept : e->n - e->n_kept) >= PF_EXPLAIN_LINES) {
        e->more++;
        return;
    }
    if (!have_room(e)) {
        e->lost = true;
        return;
    }
    if (kept)
        put_kept(&e->text, rec);
    else
        put_dropped(&e->text, rec->json);
    e->line[e->n] = (struct pf_explain_line){
        .offset = (uint64_t)pf_json_int(rec->json, "offset", 0), .at = (uint32_t)at,
        .len = (uint32_t)(e->text.len - at), .kept = kept,
    };
    e->n++;
    e->n_kept += kept;
}

/* In equal places, as they came. */
static int by_place(uint32_t a, uint32_t b, const void *lines)
{
    const struct pf_explain_line *line = lines;

    if (line[a].offset != line[b].offset)
        return line[a].offset < line[b].offset ? -1 : 1;
    return (a > b) - (a < b);
}

static void forget(struct pf_explain_text *e)
{
    e->n = e->n_kept = 0;
    pf_buf_clear(&e->text);
}

/* What was kept goes first when there is not room for all. */
static void write_lines(struct pf_explain_text *e, struct pf_buf *out)
{
    size_t room = PF_EXPLAIN_LINES - e->written;
    size_t kept = e->n_kept < room ? e->n_kept : room;
    size_t drops = e->n - e->n_kept < room - kept ? e->n - e->n_kept : room - kept;

    for (size_t i = 0; i < e->n; i++)
        e->order[i] = (uint32_t)i;
    if (e->n > 1)
        pf_sort(e->order, e->n, by_place, e->line);
    for (size_t i = 0; i < e->n; i++) {
        const struct pf_explain_line *line = &e->line[e->order[i]];
        size_t *left = line->kept ? &kept : &drops;

        if (*left == 0) {
            e->more++;
            continue;
        }
        --*left;
        e->written++;
        pf_buf_add(out, e->text.data + line->at, line->len);
        pf_buf_addc(out, '\n');
    }
}

static void write_heading(struct pf_buf *out)
{
    static const struct { const char *text; size_t column; } head[] = {
        { "  LINE:BYTE", NUMBER }, { "NUMBER", ENCODING }, { "ENCODING", TAKEN }, { "TAKEN FOR", DECISION },
        { "DECISION", WHY },
    };
    size_t start = out->len;

    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        pf_buf_adds(out, head[i].text);
        pad(out, start, head[i].column);
    }
    pf_buf_adds(out, "WHY\n");
}

static void put_locus(struct pf_buf *out, const struct pf_locus *at)
{
    pf_text_add_tty(out, at->path.text, at->path.len);
    for (size_t i = 0; i < at->depth; i++) {
        pf_buf_adds(out, " > ");
        pf_text_add_tty(out, at->inner[i].text, at->inner[i].len);
    }
}

static void write_object(struct pf_explain_text *e, const struct pf_record *rec, struct pf_buf *out)
{
    const struct pf_object_rec *o = &rec->object;

    put_locus(out, &rec->at);
    pf_buf_adds(out, ": ");
    put(out, o->kind);
    pf_buf_addf(out, ", %llu bytes, %s\n", (unsigned long long)o->bytes, pf_outcome_name(o->outcome));
    if (e->n == 0 && o->bytes > 0)
        pf_buf_adds(out, "  no number of a card's length and range\n");
    if (e->n > 0)
        write_heading(out);
    write_lines(e, out);
    forget(e);
}

/* A gap follows the record of its object, or stands alone. */
static void write_gap(const struct pf_record *rec, struct pf_buf *out)
{
    put_locus(out, &rec->at);
    pf_buf_adds(out, rec->note ? ": noted: " : ": not all of it was read: ");
    pf_buf_adds(out, pf_gap_text(rec->gap.reason));
    if (rec->gap.detail[0] != '\0') {
        pf_buf_adds(out, "; ");
        put(out, rec->gap.detail);
    }
    pf_buf_addc(out, '\n');
}

void pf_explain_take(struct pf_explain_text *e, const char *line, size_t len, struct pf_buf *out)
{
    struct pf_record rec;

    if (pf_record_is(line, len, "run"))
        return;
    if (pf_record_parse(&rec, line, len, NULL) != PF_OK) {
        e->lost = true;
        return;
    }
    if (rec.kind == PF_RECORD_FINDING)
        take_line(e, &rec, true);
    else if (rec.kind == PF_RECORD_OBJECT)
        write_object(e, &rec, out);
    else if (rec.kind == PF_RECORD_GAP)
        write_gap(&rec, out);
    else if (strcmp(rec.name, "candidate") == 0)
        take_line(e, &rec, false);
    pf_record_release(&rec);
}

void pf_explain_end(struct pf_explain_text *e, bool complete, struct pf_buf *out)
{
    write_lines(e, out);
    if (e->more > 0)
        pf_buf_addf(out, "  and %llu more that are not listed\n", (unsigned long long)e->more);
    pf_buf_addf(out, "\n%llu kept, %llu dropped\n", (unsigned long long)e->kept, (unsigned long long)e->dropped);
    if (!complete || e->lost)
        pf_buf_adds(out, "The run did not come to its end: this is not all.\n");
    free(e->line);
    pf_buf_release(&e->text);
    e->line = NULL;
    e->n = e->cap = 0;
}
