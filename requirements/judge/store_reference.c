/* store_reference.c - reference data into the evidence store; see store.h. */
#include "requirements/judge/data.h"
#include "requirements/judge/rules.h"
#include "requirements/judge/store.h"
#include "requirements/judge/when.h"
#include "requirements/include/verdict.h"
#include "pan-finder/base/json.h"

#include <string.h>

#define FIELDS_MAX 6

/* One file of rows: the table it fills and its text fields in column order. */
struct table {
    const char *file, *rows, *insert;
    const char *field[FIELDS_MAX + 1];
};

static const struct table criteria[] = {
    { "criteria/editions.json", "rows", "INSERT INTO edition VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      { "id", "date", "requirements", "en", "ja", "source" } },
    { "criteria/flows.json", "rows", "INSERT INTO flow_type VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      { "channel", "flow", "status", "en", "ja", "source" } },
    { "criteria/location-kinds.json", "rows", "INSERT INTO location_kind VALUES (?1, ?2, ?3, ?4)",
      { "id", "en", "ja", "source" } },
    { "criteria/required-kinds.json", "rows",
      "INSERT INTO required_kind (channel, kind, en, ja, source) VALUES (?1, ?2, ?3, ?4, ?5)",
      { "channel", "kind", "en", "ja", "source" } },
    { "criteria/attestations.json", "rows", "INSERT INTO attestation_kind VALUES (?1, ?2, ?3, ?4)",
      { "id", "en", "ja", "source" } },
    { "criteria/verdicts.json", "rows", "INSERT INTO verdict_text VALUES (?1, ?2, ?3, ?4)",
      { "code", "en", "ja", "source" } },
};

static const struct table requirements = {
    NULL, "requirements", "INSERT INTO requirement VALUES (?1, ?2, ?3, ?4)",
    { "id", "title_en", "title_ja", "effective" },
};

static const struct table *table_of(const char *name)
{
    if (strncmp(name, "pci-dss-", 8) == 0)
        return &requirements;
    for (size_t i = 0; i < sizeof criteria / sizeof criteria[0]; i++)
        if (strcmp(criteria[i].file, name) == 0)
            return &criteria[i];
    return NULL;
}

static enum pf_status insert_rows(struct req_db *db, const struct table *t, const char *name,
                                  const struct pf_json *rows, struct pf_error *err)
{
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, t->insert, strlen(t->insert), &stmt, err);

    for (size_t i = 0; s == PF_OK && i < pf_json_len(rows); i++) {
        for (int f = 0; s == PF_OK && t->field[f] != NULL; f++) {
            const char *text = pf_json_str(pf_json_at(rows, i), t->field[f]);

            if (text == NULL || text[0] == '\0')
                s = pf_fail(err, PF_E_CORRUPT, "data file %s: row %zu has no \"%s\"", name, i + 1, t->field[f]);
            req_bind_text(stmt, f + 1, text);
        }
        if (s == PF_OK)
            s = req_stmt_run(stmt, err);
    }
    req_stmt_free(stmt);
    return s;
}

static enum pf_status load_file(void *ctx, const struct req_file *file, struct pf_error *err)
{
    const struct table *t = table_of(file->name);
    struct pf_json *root = NULL;
    struct pf_error why = { "" };
    const struct pf_json *rows;
    enum pf_status s;

    if (t == NULL)
        return PF_OK;
    if (pf_json_parse(&root, file->text, file->len, &why) != PF_OK)
        return pf_fail(err, PF_E_CORRUPT, "data file %s: %s", file->name, why.text);
    rows = pf_json_get(root, t->rows);
    if (pf_json_len(rows) == 0)
        s = pf_fail(err, PF_E_CORRUPT, "data file %s: no rows", file->name);
    else
        s = insert_rows(ctx, t, file->name, rows, err);
    pf_json_free(root);
    return s;
}

static enum pf_status load_codes(struct req_db *db, struct pf_error *err)
{
    static const char sql[] = "INSERT INTO verdict_code VALUES (?1, ?2, ?3)";
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    for (int i = 0; s == PF_OK && i < REQ_CODE_COUNT; i++) {
        req_bind_text(stmt, 1, req_code_id((enum req_code)i));
        req_bind_int(stmt, 2, req_code_rank((enum req_code)i));
        req_bind_text(stmt, 3, req_code_name((enum req_code)i));
        s = req_stmt_run(stmt, err);
    }
    req_stmt_free(stmt);
    return s;
}

enum pf_status req_store_reference(struct req_db *db, const char *data_dir, struct pf_error *err)
{
    enum pf_status s = load_codes(db, err);

    if (s == PF_OK)
        s = req_data_each(data_dir, "criteria", ".json", load_file, db, err);
    if (s == PF_OK)
        s = req_data_each(data_dir, "pci-dss-4.0.1", ".json", load_file, db, err);
    if (s == PF_OK)
        s = req_data_each(data_dir, "rules", ".sql", req_rules_load, db, err);
    return s;
}

struct edition { const char *id, *date; };

static enum pf_status insert_assessment(struct req_db *db, const struct req_scope *scope,
                                        const struct edition *edition, int64_t now,
                                        struct pf_error *err)
{
    static const char sql[] =
        "INSERT INTO assessment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    const struct req_scope_policy *p = scope == NULL ? NULL : scope->policy;
    struct req_stmt *stmt = NULL;
    char judged[32];
    int64_t change = 0;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    if (s != PF_OK)
        return s;
    req_when_format(now, judged);
    req_bind_text(stmt, 1, judged);
    req_bind_int(stmt, 2, now);
    req_bind_text(stmt, 3, edition->id);
    req_bind_text(stmt, 4, edition->date);
    req_bind_int(stmt, 5, scope != NULL);
    req_bind_text(stmt, 6, scope == NULL ? "" : scope->entity.name);
    req_bind_text(stmt, 7, scope == NULL ? "merchant" : scope->entity.role);
    req_bind_int(stmt, 8, p == NULL || p->max_run_age_days == NULL ? 92 : (int64_t)*p->max_run_age_days);
    req_bind_int(stmt, 9, p != NULL && p->require_self_test != NULL && strcmp(p->require_self_test, "true") == 0);
    req_bind_text(stmt, 10, p == NULL || p->significant_change == NULL ? "" : p->significant_change);
    if (p != NULL && p->significant_change != NULL && req_when_parse(p->significant_change, &change))
        req_bind_int(stmt, 11, change);
    s = req_stmt_run(stmt, err);
    req_stmt_free(stmt);
    return s;
}

enum pf_status req_store_assessment(struct req_db *db, const struct req_scope *scope,
                                    const char *edition, int64_t now, struct pf_error *err)
{
    static const char sql[] =
        "SELECT id, date FROM edition WHERE ?1 IS NULL OR id = ?1 ORDER BY date DESC LIMIT 1";
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    if (s != PF_OK)
        return s;
    req_bind_text(stmt, 1, edition);
    s = req_stmt_step(stmt, err);
    if (s == PF_STOP)
        s = pf_fail(err, PF_E_USAGE, "--edition: no such edition in criteria/editions.json");
    if (s == PF_OK) {
        const struct edition found = { req_col_text(stmt, 0), req_col_text(stmt, 1) };

        s = insert_assessment(db, scope, &found, now, err);
    }
    req_stmt_free(stmt);
    return s;
}
