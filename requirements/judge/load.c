/* load.c - see load.h. */
#include "requirements/judge/load.h"
#include "requirements/judge/lines.h"
#include "requirements/judge/store.h"
#include "requirements/judge/when.h"
#include "pan-finder/finding/read.h"

#include <stdlib.h>
#include <string.h>

struct root { char *given, *abs; };

struct req_load {
    struct req_db *db;
    struct req_places *places;
    bool scope_given;
    struct req_stmt *object, *finding, *gap, *run, *end, *root, *looks_for;
    int64_t run_id;              /* of the run whose records are read now; 0: none */
    char *host;
    struct root *roots;
    size_t n_roots;
    struct pf_buf abs, inner, reasons;   /* of the record at hand */
};

static void forget_run(struct req_load *l)
{
    for (size_t i = 0; i < l->n_roots; i++) {
        free(l->roots[i].given);
        free(l->roots[i].abs);
    }
    free(l->roots);
    free(l->host);
    l->roots = NULL;
    l->host = NULL;
    l->n_roots = 0;
    l->run_id = 0;
}

enum pf_status req_load_new(struct req_load **out, struct req_db *db, struct req_places *places,
                            bool scope_given, struct pf_error *err)
{
    struct req_load *l = calloc(1, sizeof *l);
    enum pf_status s = PF_OK;

    *out = NULL;
    if (l == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    l->db = db;
    l->places = places;
    l->scope_given = scope_given;
    const struct { struct req_stmt **stmt; const char *sql; } made[] = {
        { &l->run, "INSERT INTO run (uuid, tool, version, ruleset, host, key_id, started, looks_for_said)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" },
        { &l->root, "INSERT INTO run_root VALUES (?1, ?2, ?3)" },
        { &l->looks_for, "INSERT INTO run_looks_for VALUES (?1, ?2)" },
        { &l->object, "INSERT INTO object (run, location, path, inner, kind, outcome, reason, size, bytes,"
                      " findings, shapes, luhn, mtime)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)" },
        { &l->finding, "INSERT INTO finding (run, location, path, inner, \"where\", \"offset\", line, class,"
                       " confidence, brand, pan, digits, fingerprint, encoding, reasons, test_pan, count,"
                       " ignored_by, ignored_reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                       " ?13, ?14, ?15, ?16, ?17, ?18, ?19)" },
        { &l->gap, "INSERT INTO gap (run, location, path, inner, reason, note, detail, unread, abs)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)" },
        { &l->end, "UPDATE run SET ended = ?2, ended_s = ?3, status = ?4, message = ?5, end_objects = ?6,"
                   " end_findings = ?7, end_gaps = ?8 WHERE id = ?1" },
    };
    for (size_t i = 0; i < sizeof made / sizeof made[0] && s == PF_OK; i++)
        s = req_db_prepare(db, made[i].sql, strlen(made[i].sql), made[i].stmt, err);
    if (s != PF_OK) {
        req_load_free(l);
        return s;
    }
    *out = l;
    return PF_OK;
}

void req_load_free(struct req_load *l)
{
    if (l == NULL)
        return;
    struct req_stmt *const stmts[] = { l->object, l->finding, l->gap, l->run, l->end, l->root, l->looks_for };
    for (size_t i = 0; i < sizeof stmts / sizeof stmts[0]; i++)
        req_stmt_free(stmts[i]);
    forget_run(l);
    pf_buf_release(&l->abs);
    pf_buf_release(&l->inner);
    pf_buf_release(&l->reasons);
    free(l);
}

/* `path` as an absolute one: the root it was given under is replaced by what
 * the run says that root is. A path under no root stays as it is. */
static void make_abs(struct req_load *l, const char *path)
{
    size_t len = strlen(path), best = 0;
    const struct root *under = NULL;

    pf_buf_clear(&l->abs);
    for (size_t i = 0; i < l->n_roots; i++) {
        size_t n = strlen(l->roots[i].given);
        bool bounded = n > 0 && (path[n < len ? n : len] == '\0' || path[n] == '/' || l->roots[i].given[n - 1] == '/');

        if (n <= len && n >= best && memcmp(path, l->roots[i].given, n) == 0 && bounded) {
            under = &l->roots[i];
            best = n;
        }
    }
    if (under == NULL) {
        req_path_normal(&l->abs, path, len);
        return;
    }
    pf_buf_clear(&l->inner);
    pf_buf_addf(&l->inner, "%s/%s", under->abs, path + best);
    req_path_normal(&l->abs, l->inner.data == NULL ? "" : l->inner.data, l->inner.len);
}

static bool below(const char *path, const char *root)
{
    size_t n = strlen(root);

    return strncmp(path, root, n) == 0 && (path[n] == '\0' || path[n] == '/' || root[n - 1] == '/');
}

/* The place of the record at hand. When no scope names it, the root it lies
 * under becomes one; a record under no root is put under the first. */
static enum pf_status find_place(struct req_load *l, int64_t *id, struct pf_error *err)
{
    const char *root = l->roots[0].abs;

    *id = req_places_find(l->places, l->abs.data, l->abs.len, l->host);
    if (*id != 0)
        return PF_OK;
    for (size_t i = 0; i < l->n_roots; i++)
        if (below(l->abs.data, l->roots[i].abs))
            root = l->roots[i].abs;
    *id = req_places_find(l->places, root, strlen(root), l->host);
    return *id != 0 ? PF_OK : req_store_place(l->db, root, l->host, l->places, id, err);
}

/* Member names joined by '>'; '>' and '%' in a name are percent-encoded, so
 * that the names can be told apart again. */
static void join_inner(struct pf_buf *out, const struct pf_locus *at)
{
    pf_buf_clear(out);
    for (size_t i = 0; i < at->depth; i++) {
        if (i > 0)
            pf_buf_addc(out, '>');
        for (size_t k = 0; k < at->inner[i].len; k++) {
            char c = at->inner[i].text[k];

            if (c == '>' || c == '%')
                pf_buf_addf(out, "%%%02X", c);
            else
                pf_buf_addc(out, c);
        }
    }
}

static enum pf_status start_locus(struct req_load *l, const struct pf_record *rec,
                                  struct req_stmt *stmt, struct pf_error *err)
{
    int64_t place = 0;
    enum pf_status s;

    make_abs(l, rec->at.path.text);
    join_inner(&l->inner, &rec->at);
    if (pf_buf_failed(&l->abs) || pf_buf_failed(&l->inner))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    s = find_place(l, &place, err);
    req_bind_int(stmt, 1, l->run_id);
    req_bind_int(stmt, 2, place);
    req_bind_text(stmt, 3, rec->at.path.text);
    req_bind_text(stmt, 4, l->inner.len == 0 ? "" : l->inner.data);
    return s;
}

static enum pf_status load_object(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    const struct pf_object_rec *o = &rec->object;
    enum pf_status s = start_locus(l, rec, l->object, err);

    if (s != PF_OK)
        return s;
    req_bind_text(l->object, 5, o->kind);
    req_bind_text(l->object, 6, pf_outcome_name(o->outcome));
    req_bind_text(l->object, 7, pf_gap_name(o->reason));
    req_bind_int(l->object, 8, (int64_t)o->size);
    req_bind_int(l->object, 9, (int64_t)o->bytes);
    req_bind_int(l->object, 10, (int64_t)o->findings);
    req_bind_int(l->object, 11, (int64_t)o->shapes);
    req_bind_int(l->object, 12, (int64_t)o->luhn);
    req_bind_int(l->object, 13, o->mtime);
    return req_stmt_run(l->object, err);
}

static enum pf_status load_finding(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    const struct pf_finding *f = &rec->finding;
    enum pf_status s = start_locus(l, rec, l->finding, err);

    if (s != PF_OK)
        return s;
    pf_buf_clear(&l->reasons);
    for (size_t i = 0; i < f->n_reasons; i++)
        pf_buf_addf(&l->reasons, "%s%s ", i == 0 ? " " : "", f->reasons[i]);
    if (pf_buf_failed(&l->reasons))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    req_bind_text(l->finding, 5, f->where);
    req_bind_int(l->finding, 6, (int64_t)f->offset);
    req_bind_int(l->finding, 7, (int64_t)f->line);
    req_bind_text(l->finding, 8, pf_class_name(f->cls));
    req_bind_text(l->finding, 9, pf_confidence_name(f->confidence));
    req_bind_text(l->finding, 10, f->brand);
    req_bind_text(l->finding, 11, f->pan.text);
    req_bind_int(l->finding, 12, f->digits);
    req_bind_text(l->finding, 13, f->fingerprint);
    req_bind_text(l->finding, 14, f->encoding);
    req_bind_text(l->finding, 15, l->reasons.len == 0 ? "" : l->reasons.data);
    req_bind_int(l->finding, 16, f->test_pan);
    req_bind_int(l->finding, 17, (int64_t)f->count);
    req_bind_text(l->finding, 18, f->ignored_by == NULL ? "" : f->ignored_by);
    req_bind_text(l->finding, 19, f->ignored_by == NULL ? "" : f->ignored_reason);
    return req_stmt_run(l->finding, err);
}

static enum pf_status load_gap(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    enum pf_status s = start_locus(l, rec, l->gap, err);

    if (s != PF_OK)
        return s;
    req_bind_text(l->gap, 5, pf_gap_name(rec->gap.reason));
    req_bind_int(l->gap, 6, rec->note);
    req_bind_text(l->gap, 7, rec->gap.detail);
    req_bind_int(l->gap, 8, (int64_t)rec->gap.unread);
    req_bind_textn(l->gap, 9, l->abs.data, l->abs.len);
    return req_stmt_run(l->gap, err);
}

static enum pf_status add_root(struct req_load *l, const char *given, const char *abs, struct pf_error *err)
{
    struct pf_buf normal = PF_BUF_INIT;
    enum pf_status s;

    req_path_normal(&normal, abs, strlen(abs));
    l->roots[l->n_roots].given = strdup(given);
    l->roots[l->n_roots].abs = normal.data;      /* taken */
    if (l->roots[l->n_roots].given == NULL || pf_buf_failed(&normal)) {
        free(l->roots[l->n_roots].given);
        pf_buf_release(&normal);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    l->n_roots++;
    req_bind_int(l->root, 1, l->run_id);
    req_bind_text(l->root, 2, given);
    req_bind_text(l->root, 3, normal.data);
    s = req_stmt_run(l->root, err);
    if (s == PF_OK && !l->scope_given && req_places_find(l->places, normal.data, normal.len, l->host) == 0) {
        int64_t id;

        s = req_store_place(l->db, normal.data, l->host, l->places, &id, err);
    }
    return s;
}

static enum pf_status load_roots(struct req_load *l, const struct pf_run_rec *run, struct pf_error *err)
{
    size_t n = pf_json_len(run->roots);
    enum pf_status s = PF_OK;

    if (n == 0 || n != pf_json_len(run->roots_abs))
        return pf_fail(err, PF_E_CORRUPT, "roots and roots_abs of a run must name the same places");
    l->roots = calloc(n, sizeof *l->roots);
    if (l->roots == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    for (size_t i = 0; i < n && s == PF_OK; i++) {
        const char *given = pf_json_text(pf_json_at(run->roots, i));
        const char *abs = pf_json_text(pf_json_at(run->roots_abs, i));

        s = given == NULL || abs == NULL ? pf_fail(err, PF_E_CORRUPT, "a root is not a string")
                                         : add_root(l, given, abs, err);
    }
    return s;
}

static enum pf_status load_run(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    const struct pf_run_rec *r = &rec->run;
    enum pf_status s;

    int64_t twice = 0;

    forget_run(l);
    s = req_db_int(l->db, "SELECT count(*) FROM run WHERE uuid = ?1", r->run, 0, &twice, err);
    if (s != PF_OK)
        return s;
    if (twice > 0)
        return pf_fail(err, PF_E_CORRUPT, "this run was read already");
    const char *const text[] = { r->run, r->tool, r->version, r->ruleset, r->host, r->key_id, r->started };
    for (int i = 0; i < 7; i++)
        req_bind_text(l->run, i + 1, text[i]);
    req_bind_int(l->run, 8, r->looks_for != NULL);
    s = req_stmt_run(l->run, err);
    l->run_id = req_db_last_id(l->db);
    l->host = strdup(r->host);
    if (s == PF_OK && l->host == NULL)
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    for (size_t i = 0; i < pf_json_len(r->looks_for) && s == PF_OK; i++) {
        req_bind_int(l->looks_for, 1, l->run_id);
        req_bind_text(l->looks_for, 2, pf_json_text(pf_json_at(r->looks_for, i)));
        s = req_stmt_run(l->looks_for, err);
    }
    return s == PF_OK ? load_roots(l, r, err) : s;
}

static enum pf_status load_end(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    const struct pf_end_rec *e = &rec->end;
    bool known = strcmp(e->status, "complete") == 0 || strcmp(e->status, "interrupted") == 0;
    int64_t ended;
    enum pf_status s;

    req_bind_int(l->end, 1, l->run_id);
    req_bind_text(l->end, 2, e->ended);
    if (req_when_parse(e->ended, &ended))
        req_bind_int(l->end, 3, ended);
    else
        req_bind_null(l->end, 3);
    req_bind_text(l->end, 4, known ? e->status : "failed");
    req_bind_text(l->end, 5, e->message);
    req_bind_int(l->end, 6, e->objects);
    req_bind_int(l->end, 7, e->findings);
    req_bind_int(l->end, 8, e->gaps);
    s = req_stmt_run(l->end, err);
    forget_run(l);
    return s;
}

static enum pf_status load_record(struct req_load *l, const struct pf_record *rec, struct pf_error *err)
{
    if (rec->kind == PF_RECORD_OTHER)
        return PF_OK;
    if (rec->kind != PF_RECORD_RUN && l->run_id == 0)
        return pf_fail(err, PF_E_CORRUPT, "a record stands outside of a run");
    switch (rec->kind) {
    case PF_RECORD_RUN: return load_run(l, rec, err);
    case PF_RECORD_OBJECT: return load_object(l, rec, err);
    case PF_RECORD_FINDING: return load_finding(l, rec, err);
    case PF_RECORD_GAP: return load_gap(l, rec, err);
    default: return load_end(l, rec, err);
    }
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    return true;
}

static enum pf_status load_line(struct req_load *l, const char *line, size_t len, struct pf_error *err)
{
    struct pf_record rec;
    enum pf_status s;

    if (is_blank(line, len))
        return PF_OK;
    s = pf_record_parse(&rec, line, len, err);
    if (s == PF_OK)
        s = load_record(l, &rec, err);
    pf_record_release(&rec);
    return s;
}

enum pf_status req_load_file(struct req_load *load, const char *path, struct pf_error *err)
{
    struct req_lines *lines = NULL;
    struct pf_error why = { "" };
    const char *line;
    size_t len;
    enum pf_status s = req_lines_open(&lines, path, err);

    if (s != PF_OK)
        return s;
    while ((s = req_lines_next(lines, &line, &len, &why)) == PF_OK)
        if ((s = load_line(load, line, len, &why)) != PF_OK)
            break;
    if (s != PF_STOP)
        s = pf_fail(err, s, "line %llu: %s", (unsigned long long)req_lines_number(lines), why.text);
    req_lines_close(lines);
    forget_run(load);
    return s == PF_STOP ? PF_OK : s;
}
