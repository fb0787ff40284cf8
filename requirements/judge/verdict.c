/* verdict.c - the judge from end to end; see requirements/include/verdict.h. */
#include "requirements/include/verdict.h"
#include "requirements/judge/data.h"
#include "requirements/judge/load.h"
#include "requirements/judge/rules.h"
#include "requirements/judge/store.h"
#include "requirements/judge/when.h"
#include "requirements/judge/write.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

struct judge {
    const struct req_options *options;
    struct req_db *db;
    struct req_places places;
    struct req_scope *scope;
    struct req_marks marks;
    struct pf_error *err;
};

/* Puts the name of what was read before the text of `why`. The path is the
 * operator's own argument; what the file holds is never repeated. */
static enum pf_status fail_in(struct judge *j, enum pf_status s, const char *what, const struct pf_error *why)
{
    return pf_fail(j->err, s, "%s %s", what, why->text);
}

static enum pf_status run_builtin(struct judge *j, const char *name)
{
    const struct req_file *file = req_data_builtin(name);

    if (file == NULL)
        return pf_fail(j->err, PF_E_INTERNAL, "%s is not built in", name);
    return req_db_exec(j->db, file->text, j->err);
}

static enum pf_status read_clock(struct judge *j, int64_t *now)
{
    *now = (int64_t)time(NULL);
    if (j->options->now != NULL && !req_when_parse(j->options->now, now))
        return pf_fail(j->err, PF_E_USAGE, "--now: not a time; write it like 2026-11-25T09:00:00Z");
    return PF_OK;
}

static enum pf_status load_scope(struct judge *j)
{
    struct pf_error why = { "" };
    enum pf_status s;

    if (j->options->scope == NULL)
        return PF_OK;
    s = req_scope_read(&j->scope, &j->marks, j->options->scope, &why);
    if (s == PF_OK)
        s = req_store_scope(j->db, j->scope, &j->marks, &j->places, &why);
    return s == PF_OK ? s : fail_in(j, s, "scope file:", &why);
}

static enum pf_status load_records(struct judge *j)
{
    struct req_load *load = NULL;
    enum pf_status s = req_load_new(&load, j->db, &j->places, j->options->scope != NULL, j->err);

    for (size_t i = 0; i < j->options->n_records && s == PF_OK; i++) {
        struct pf_error why = { "" };
        char what[64];

        s = req_load_file(load, j->options->records[i], &why);
        if (s != PF_OK) {
            (void)snprintf(what, sizeof what, "record file %zu:", i + 1);
            s = fail_in(j, s, what, &why);
        }
    }
    req_load_free(load);
    return s;
}

/* Everything but the records: tables, rules and what the entity declares. */
static enum pf_status load_declared(struct judge *j)
{
    int64_t now = 0;
    enum pf_status s = read_clock(j, &now);

    if (s == PF_OK)
        s = run_builtin(j, "judge/schema.sql");
    if (s == PF_OK)
        s = req_db_exec(j->db, "BEGIN", j->err);
    if (s == PF_OK)
        s = req_store_reference(j->db, j->options->data, j->err);
    if (s == PF_OK)
        s = load_scope(j);
    if (s == PF_OK)
        s = req_store_assessment(j->db, j->scope, j->options->edition, now, j->err);
    return s;
}

static enum pf_status judge_all(struct judge *j)
{
    enum pf_status s = load_declared(j);

    if (s == PF_OK)
        s = load_records(j);
    if (s == PF_OK)
        s = run_builtin(j, "judge/derive.sql");
    if (s == PF_OK)
        s = req_rules_run(j->db, j->err);
    if (s == PF_OK)
        s = run_builtin(j, "judge/verdict.sql");
    if (s == PF_OK)
        s = req_db_exec(j->db, "COMMIT", j->err);
    if (s == PF_OK && j->options->db != NULL)
        s = req_db_finish(j->db, j->err);
    return s;
}

static enum pf_status read_code(struct judge *j, enum req_code *code)
{
    static const char sql[] = "SELECT code FROM verdict_entity";
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(j->db, sql, sizeof sql - 1, &stmt, j->err);
    int known = -1;

    if (s == PF_OK)
        s = req_stmt_step(stmt, j->err);
    if (s == PF_OK)
        known = req_code_from(req_col_text(stmt, 0));
    req_stmt_free(stmt);
    if (s == PF_OK && known >= 0) {
        *code = (enum req_code)known;
        return PF_OK;
    }
    return s > PF_STOP ? s : pf_fail(j->err, PF_E_INTERNAL, "no verdict was reached");
}

/* The database is made under another name and gets its own at the end: a
 * judge that was killed leaves no evidence file that looks like a whole one. */
static enum pf_status open_db(struct judge *j, struct pf_buf *partial)
{
    const char *path = j->options->db;

    if (path == NULL)
        return req_db_open(&j->db, NULL, j->err);
    if (access(path, F_OK) == 0)
        return pf_fail(j->err, PF_E_USAGE, "the file for --db exists already; evidence is not written over");
    pf_buf_addf(partial, "%s.partial", path);
    if (pf_buf_failed(partial))
        return pf_fail(j->err, PF_E_NOMEM, "out of memory");
    (void)unlink(partial->data);
    return req_db_open(&j->db, partial->data, j->err);
}

static enum pf_status close_db(struct judge *j, const struct pf_buf *partial, enum pf_status s)
{
    req_db_close(j->db);
    if (partial->len == 0)
        return s;
    if (s == PF_OK && rename(partial->data, j->options->db) != 0)
        s = pf_fail(j->err, PF_E_IO, "cannot put the evidence database in its place");
    if (s != PF_OK)
        (void)unlink(partial->data);
    return s;
}

enum pf_status req_judge(const struct req_options *options, FILE *out, enum req_code *code,
                         struct pf_error *err)
{
    struct judge j = { .options = options, .err = err };
    struct pf_buf partial = PF_BUF_INIT;
    enum pf_status s = open_db(&j, &partial);

    if (s == PF_OK)
        s = judge_all(&j);
    if (s == PF_OK)
        s = read_code(&j, code);
    if (s == PF_OK)
        s = req_write(j.db, out, err);
    s = close_db(&j, &partial, s);
    req_scope_free(j.scope);
    req_marks_release(&j.marks);
    req_places_release(&j.places);
    pf_buf_release(&partial);
    return s;
}

enum pf_status req_check_scope(const struct req_options *options, struct pf_error *err)
{
    struct judge j = { .options = options, .err = err };
    enum pf_status s = req_db_open(&j.db, NULL, err);

    if (s != PF_OK)
        return s;
    s = load_declared(&j);
    req_db_close(j.db);
    req_scope_free(j.scope);
    req_marks_release(&j.marks);
    req_places_release(&j.places);
    return s;
}
