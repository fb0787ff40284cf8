/* evidence.c - see evidence.h. */
#include "requirements/judge/evidence.h"
#include "pan-finder/base/text.h"

#include <string.h>

/* For each table that evidence can point into: the query for one row, whose
 * column names become field names, and the one for its name. A query gives
 * texts and numbers; empty texts and NULLs are left out. */
static const struct source {
    const char *tbl, *detail, *name_en, *name_ja;
} sources[] = {
    { "finding",
      "SELECT path, inner, \"where\", \"offset\", nullif(line, 0) AS line, class, confidence, brand, pan,"
      " nullif(digits, 0) AS digits, fingerprint, count FROM finding WHERE id = ?1",
      "SELECT path FROM finding WHERE id = ?1", NULL },
    { "gap", "SELECT path, inner, reason, detail FROM gap WHERE id = ?1",
      "SELECT path FROM gap WHERE id = ?1", NULL },
    { "object", "SELECT path, inner, kind, outcome, reason FROM object WHERE id = ?1",
      "SELECT path FROM object WHERE id = ?1", NULL },
    { "run", "SELECT uuid AS run, tool, version, host, started, ended, status, message FROM run WHERE id = ?1",
      "SELECT uuid FROM run WHERE id = ?1", NULL },
    { "location",
      "SELECT l.name AS location, l.path, s.coverage FROM location l"
      " JOIN location_state s ON s.location = l.id WHERE l.id = ?1",
      "SELECT name FROM location WHERE id = ?1", NULL },
    { "channel", "SELECT name AS channel, channel AS sort, flow FROM channel WHERE id = ?1",
      "SELECT name FROM channel WHERE id = ?1", NULL },
    { "required_kind", "SELECT channel AS sort, kind, en, ja FROM required_kind WHERE id = ?1",
      "SELECT en FROM required_kind WHERE id = ?1", "SELECT ja FROM required_kind WHERE id = ?1" },
    { "attestation",
      "SELECT name AS question, answer, who AS \"by\", at AS \"when\", evidence FROM attestation WHERE id = ?1",
      "SELECT name FROM attestation WHERE id = ?1", NULL },
    { "assessment", NULL, NULL, NULL },      /* the declared facts as a whole: nothing to show */
};

static const struct source *source_of(const char *tbl)
{
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (strcmp(sources[i].tbl, tbl) == 0)
            return &sources[i];
    return NULL;
}

/* Member names stand joined by '>' in the store; in a record they are an array. */
static void write_inner(struct pf_jw *w, const char *joined)
{
    struct pf_buf name = PF_BUF_INIT;

    pf_jw_open(w, '[');
    while (*joined != '\0') {
        size_t n = strcspn(joined, ">");

        pf_buf_clear(&name);
        pf_text_unpct(&name, joined, n);
        pf_jw_strn(w, name.data == NULL ? "" : name.data, name.len);
        joined += n + (joined[n] == '>');
    }
    pf_jw_close(w, ']');
    pf_buf_release(&name);
}

static bool is_count(const char *field)
{
    static const char *const counts[] = { "offset", "line", "digits", "count" };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (strcmp(counts[i], field) == 0)
            return true;
    return false;
}

static void write_field(struct pf_jw *w, struct req_stmt *row, int column)
{
    const char *field = req_stmt_column_name(row, column);

    if (req_col_null(row, column) || req_col_text(row, column)[0] == '\0')
        return;
    pf_jw_key(w, field);
    if (strcmp(field, "inner") == 0)
        write_inner(w, req_col_text(row, column));
    else if (is_count(field))
        pf_jw_i64(w, req_col_int(row, column));
    else
        pf_jw_str(w, req_col_text(row, column));
}

static enum pf_status write_one(struct req_db *db, struct pf_jw *w, const char *tbl, int64_t id,
                                struct pf_error *err)
{
    const struct source *src = source_of(tbl);
    struct req_stmt *row = NULL;
    enum pf_status s;

    if (src == NULL)
        return pf_fail(err, PF_E_INTERNAL, "evidence of an unknown table");   /* the schema refuses it */
    if (src->detail == NULL)
        return PF_OK;
    s = req_db_prepare(db, src->detail, strlen(src->detail), &row, err);
    if (s != PF_OK)
        return s;
    req_bind_int(row, 1, id);
    s = req_stmt_step(row, err);
    if (s == PF_OK) {
        pf_jw_open(w, '{');
        pf_jw_kstr(w, "of", tbl);
        for (int i = 0; i < req_stmt_columns(row); i++)
            write_field(w, row, i);
        pf_jw_close(w, '}');
    }
    req_stmt_free(row);
    return s == PF_STOP ? PF_OK : s;
}

static const char rows_sql[] = "SELECT tbl, row FROM rule_evidence WHERE rule = ?1 ORDER BY rowid";

enum pf_status req_evidence_write(struct req_db *db, struct pf_jw *w, const char *rule,
                                  struct pf_error *err)
{
    struct req_stmt *rows = NULL;
    enum pf_status s = req_db_prepare(db, rows_sql, sizeof rows_sql - 1, &rows, err);

    if (s != PF_OK)
        return s;
    req_bind_text(rows, 1, rule);
    pf_jw_open(w, '[');
    while ((s = req_stmt_step(rows, err)) == PF_OK)
        if ((s = write_one(db, w, req_col_text(rows, 0), req_col_int(rows, 1), err)) != PF_OK)
            break;
    pf_jw_close(w, ']');
    req_stmt_free(rows);
    return s == PF_STOP ? PF_OK : s;
}

static enum pf_status add_name(struct req_db *db, struct pf_buf *out, const char *tbl, int64_t id,
                               bool ja, struct pf_error *err)
{
    const struct source *src = source_of(tbl);
    const char *sql = src == NULL ? NULL : ja && src->name_ja != NULL ? src->name_ja : src->name_en;
    struct req_stmt *row = NULL;
    enum pf_status s;

    if (sql == NULL)
        return PF_OK;
    s = req_db_prepare(db, sql, strlen(sql), &row, err);
    if (s != PF_OK)
        return s;
    req_bind_int(row, 1, id);
    s = req_stmt_step(row, err);
    if (s == PF_OK) {
        if (out->len > 0)
            pf_buf_adds(out, ja ? "、" : ", ");
        pf_buf_adds(out, req_col_text(row, 0));
    }
    req_stmt_free(row);
    return s == PF_STOP ? PF_OK : s;
}

enum pf_status req_evidence_list(struct req_db *db, struct pf_buf *out, const char *rule, bool ja,
                                 struct pf_error *err)
{
    struct req_stmt *rows = NULL;
    enum pf_status s = req_db_prepare(db, rows_sql, sizeof rows_sql - 1, &rows, err);

    if (s != PF_OK)
        return s;
    req_bind_text(rows, 1, rule);
    while ((s = req_stmt_step(rows, err)) == PF_OK)
        if ((s = add_name(db, out, req_col_text(rows, 0), req_col_int(rows, 1), ja, err)) != PF_OK)
            break;
    req_stmt_free(rows);
    return s == PF_STOP ? PF_OK : s;
}
