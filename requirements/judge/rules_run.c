/* rules_run.c - asks the rules; see rules.h. */
#include "requirements/judge/rules.h"
#include "pan-finder/base/buf.h"

#include <string.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)
#define EVIDENCE_LIMIT "LIMIT " TEXT(REQ_EVIDENCE_MAX)

struct rule {
    struct pf_buf id, kind, requirement, sql;
};

/* A text from a column, with an end even when it is empty. */
static void copy(struct pf_buf *out, struct req_stmt *stmt, int column)
{
    pf_buf_clear(out);
    pf_buf_adds(out, req_col_text(stmt, column));
    pf_buf_addc(out, '\0');
    if (out->len > 0)
        out->len--;
}

/* Runs `before` + the query + `after`; ?1 is the rule's id. */
static enum pf_status run_around(struct req_db *db, const struct rule *r, const char *before,
                                 const char *after, struct pf_error *err)
{
    struct pf_buf sql = PF_BUF_INIT;
    struct req_stmt *stmt = NULL;
    struct pf_error why = { "" };
    enum pf_status s;

    pf_buf_addf(&sql, "%s (%s) %s", before, r->sql.data, after);
    if (pf_buf_failed(&sql))
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    else
        s = req_db_prepare(db, sql.data, sql.len, &stmt, &why);
    if (s == PF_OK) {
        req_bind_text(stmt, 1, r->id.data);
        s = req_stmt_run(stmt, &why);
    }
    if (s != PF_OK)
        s = pf_fail(err, s, "rule %s: %s", r->id.data, why.text);
    req_stmt_free(stmt);
    pf_buf_release(&sql);
    return s;
}

static enum pf_status run_for(struct req_db *db, const char *sql, const char *rule,
                              struct pf_error *err)
{
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, sql, strlen(sql), &stmt, err);

    if (s != PF_OK)
        return s;
    req_bind_text(stmt, 1, rule);
    s = req_stmt_run(stmt, err);
    req_stmt_free(stmt);
    return s;
}

/* An earlier row of the same requirement has answered already. */
static enum pf_status answered(struct req_db *db, const struct rule *r, bool *yes,
                               struct pf_error *err)
{
    int64_t n = 0;
    enum pf_status s = PF_OK;

    if (strcmp(r->kind.data, "requirement") == 0)
        s = req_db_int(db, "SELECT count(*) FROM rule_result x JOIN rule u ON u.id = x.rule"
                           " WHERE u.requirement = ?1 AND x.fired = 1",
                       r->requirement.data, 0, &n, err);
    *yes = n > 0;
    return s;
}

static enum pf_status run_one(struct req_db *db, const struct rule *r, struct pf_error *err)
{
    bool skip = false;
    int64_t fired = 0;
    enum pf_status s = answered(db, r, &skip, err);

    if (s != PF_OK || skip)
        return s;
    s = run_around(db, r, "INSERT INTO rule_hit SELECT ?1, location, channel, sum(n) FROM",
                   "GROUP BY location, channel", err);
    if (s == PF_OK)
        s = run_for(db, "INSERT INTO rule_result SELECT ?1, count(*) > 0, coalesce(sum(count), 0)"
                        " FROM rule_hit WHERE rule = ?1", r->id.data, err);
    if (s == PF_OK)
        s = req_db_int(db, "SELECT fired FROM rule_result WHERE rule = ?1", r->id.data, 0, &fired, err);
    if (s == PF_OK && fired != 0)
        s = run_around(db, r, "INSERT INTO rule_evidence SELECT ?1, tbl, id, location, channel FROM",
                       EVIDENCE_LIMIT, err);
    return s;
}

/* The next rule after (ord, id) that is in force. PF_STOP: none. */
static enum pf_status next_rule(struct req_stmt *stmt, struct rule *r, int64_t *ord,
                                struct pf_error *err)
{
    enum pf_status s;

    req_bind_int(stmt, 1, *ord);
    req_bind_text(stmt, 2, r->id.data == NULL ? "" : r->id.data);
    s = req_stmt_step(stmt, err);
    if (s != PF_OK)
        return s;
    *ord = req_col_int(stmt, 0);
    copy(&r->kind, stmt, 2);
    copy(&r->requirement, stmt, 3);
    copy(&r->sql, stmt, 4);
    copy(&r->id, stmt, 1);
    req_stmt_reset(stmt);
    if (pf_buf_failed(&r->id) || pf_buf_failed(&r->kind) || pf_buf_failed(&r->requirement) ||
        pf_buf_failed(&r->sql))
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    return PF_OK;
}

enum pf_status req_rules_run(struct req_db *db, struct pf_error *err)
{
    static const char sql[] =
        "SELECT r.ord, r.id, r.kind, r.requirement, r.sql FROM rule r CROSS JOIN assessment a"
        " WHERE (r.ord, r.id) > (?1, ?2)"
        "   AND (r.since = '' OR r.since <= a.edition_date) AND (r.until = '' OR r.until > a.edition_date)"
        " ORDER BY r.ord, r.id LIMIT 1";
    struct rule r = { PF_BUF_INIT, PF_BUF_INIT, PF_BUF_INIT, PF_BUF_INIT };
    struct req_stmt *stmt = NULL;
    int64_t ord = -1;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    while (s == PF_OK) {
        s = next_rule(stmt, &r, &ord, err);
        if (s == PF_OK)
            s = run_one(db, &r, err);
    }
    req_stmt_free(stmt);
    pf_buf_release(&r.id);
    pf_buf_release(&r.kind);
    pf_buf_release(&r.requirement);
    pf_buf_release(&r.sql);
    return s == PF_STOP ? PF_OK : s;
}
