/* rules.c - rule files into the table `rule`; see rules.h. */
#include "requirements/judge/rules.h"
#include "requirements/include/verdict.h"
#include "pan-finder/base/buf.h"

#include <string.h>

enum key { K_ID, K_ORDER, K_KIND, K_RESULT, K_REQUIREMENT, K_FLAGS, K_SINCE, K_UNTIL, K_SOURCE, K_EN, K_JA, K_COUNT };
static const char *const key_name[K_COUNT] = {
    "id", "order", "kind", "result", "requirement", "flags", "since", "until", "source", "en", "ja",
};

struct row {
    struct pf_buf value[K_COUNT];
    struct pf_buf sql;
    unsigned line;             /* of its first header line */
};

static const char *get(const struct row *r, enum key k)
{
    return r->value[k].data == NULL ? "" : r->value[k].data;
}

static void row_clear(struct row *r)
{
    for (int k = 0; k < K_COUNT; k++)
        pf_buf_clear(&r->value[k]);
    pf_buf_clear(&r->sql);
}

static void row_release(struct row *r)
{
    for (int k = 0; k < K_COUNT; k++)
        pf_buf_release(&r->value[k]);
    pf_buf_release(&r->sql);
}

static bool word_in(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}
#define WORD_IN(word, words) word_in(word, words, sizeof (words) / sizeof (words)[0])

/* What is wrong with a row, or NULL. */
static const char *complaint(const struct row *r)
{
    static const char *const kinds[] = { "verdict", "requirement", "note", "assumption" };
    static const char *const statuses[] = { "contradicted", "not_contradicted", "inconclusive", "not_tested" };
    const char *kind = get(r, K_KIND), *result = get(r, K_RESULT);
    size_t digits = strspn(get(r, K_ORDER), "0123456789");

    if (get(r, K_ID)[0] == '\0')
        return "a rule needs an id";
    if (digits == 0 || digits > 9 || get(r, K_ORDER)[digits] != '\0')
        return "order is a number";
    if (!WORD_IN(kind, kinds))
        return "kind is verdict, requirement, note or assumption";
    if (strcmp(kind, "verdict") == 0 && req_code_from(result) < 0)
        return "result of a verdict is a status code";
    if (strcmp(kind, "requirement") == 0 && (!WORD_IN(result, statuses) || get(r, K_REQUIREMENT)[0] == '\0'))
        return "a requirement row needs requirement, and a status as its result";
    if (get(r, K_SOURCE)[0] == '\0' || get(r, K_EN)[0] == '\0' || get(r, K_JA)[0] == '\0')
        return "a rule needs source, en and ja";
    return NULL;
}

static enum pf_status check_query(struct req_db *db, const struct row *r, const char *file,
                                  struct pf_error *err)
{
    static const char *const columns[] = { "location", "channel", "tbl", "id", "n" };
    struct req_stmt *stmt = NULL;
    struct pf_error why = { "" };
    enum pf_status s = PF_OK;

    if (r->sql.len == 0)
        return pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s has no query", file, r->line, get(r, K_ID));
    if (req_db_prepare(db, r->sql.data, r->sql.len, &stmt, &why) != PF_OK)
        return pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s: %s", file, r->line, get(r, K_ID), why.text);
    if (!req_stmt_readonly(stmt))
        s = pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s: a query must only read", file, r->line, get(r, K_ID));
    else if (req_stmt_columns(stmt) != 5)
        s = pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s: a query has the columns location, channel, tbl, id, n",
                    file, r->line, get(r, K_ID));
    for (int i = 0; i < 5 && s == PF_OK; i++)
        if (strcmp(req_stmt_column_name(stmt, i), columns[i]) != 0)
            s = pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s: column %d is not %s", file, r->line,
                        get(r, K_ID), i + 1, columns[i]);
    req_stmt_free(stmt);
    return s;
}

/* Leaves the query without its final semicolon, so that it can stand in another. */
static void trim_query(struct pf_buf *sql)
{
    while (sql->len > 0 && strchr(" \t\r\n;", sql->data[sql->len - 1]) != NULL)
        sql->data[--sql->len] = '\0';
}

static enum pf_status row_store(struct req_db *db, struct row *r, const char *file,
                                struct pf_error *err)
{
    static const char sql[] =
        "INSERT INTO rule (id, ord, kind, result, requirement, flags, since, until, source, en, ja, sql)"
        " VALUES (?1, CAST(?2 AS INTEGER), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    const char *wrong = complaint(r);
    struct req_stmt *stmt = NULL;
    int64_t twice = 0;
    enum pf_status s;

    if (wrong != NULL)
        return pf_fail(err, PF_E_CORRUPT, "%s line %u: %s", file, r->line, wrong);
    trim_query(&r->sql);
    s = check_query(db, r, file, err);
    if (s == PF_OK)
        s = req_db_int(db, "SELECT count(*) FROM rule WHERE id = ?1", get(r, K_ID), 0, &twice, err);
    if (s == PF_OK && twice > 0)
        s = pf_fail(err, PF_E_CORRUPT, "%s line %u: rule %s stands twice", file, r->line, get(r, K_ID));
    if (s == PF_OK)
        s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);
    if (s != PF_OK)
        return s;
    for (int k = 0; k < K_COUNT; k++)
        req_bind_text(stmt, k + 1, get(r, (enum key)k));
    req_bind_text(stmt, K_COUNT + 1, r->sql.data);
    s = req_stmt_run(stmt, err);
    req_stmt_free(stmt);
    return s;
}

/* "-- key: value" -> key, and where the value starts; K_COUNT when it is none. */
static enum key header_key(const char *line, size_t len, size_t *value)
{
    if (len < 4 || memcmp(line, "-- ", 3) != 0)
        return K_COUNT;
    for (int k = 0; k < K_COUNT; k++) {
        size_t n = strlen(key_name[k]);

        if (len > 3 + n && memcmp(line + 3, key_name[k], n) == 0 && line[3 + n] == ':') {
            *value = 3 + n + 1;
            while (*value < len && line[*value] == ' ')
                (*value)++;
            return (enum key)k;
        }
    }
    return K_COUNT;
}

static enum pf_status take_line(struct req_db *db, struct row *r, const char *file, unsigned number,
                                const char *line, size_t len, struct pf_error *err)
{
    size_t value = 0;
    enum key k = header_key(line, len, &value);

    if (k == K_ID && r->line > 0) {
        enum pf_status s = row_store(db, r, file, err);

        if (s != PF_OK)
            return s;
        row_clear(r);
    }
    if (k == K_ID)
        r->line = number;
    if (k != K_COUNT) {
        if (r->sql.len > 0 || r->value[k].len > 0)
            return pf_fail(err, PF_E_CORRUPT, "%s line %u: a header line out of place", file, number);
        pf_buf_add(&r->value[k], line + value, len - value);
    } else if (r->sql.len > 0 || strspn(line, " \t\r") < len) {
        pf_buf_add(&r->sql, line, len);
        pf_buf_addc(&r->sql, '\n');
    }
    return PF_OK;
}

enum pf_status req_rules_load(void *ctx, const struct req_file *file, struct pf_error *err)
{
    struct row r = { .line = 0 };
    unsigned number = 0;
    enum pf_status s = PF_OK;

    for (size_t at = 0; at < file->len && s == PF_OK;) {
        const char *end = memchr(file->text + at, '\n', file->len - at);
        size_t len = end == NULL ? file->len - at : (size_t)(end - file->text) - at;

        s = take_line(ctx, &r, file->name, ++number, file->text + at, len, err);
        at += len + 1;
    }
    if (s == PF_OK)
        s = r.line > 0 ? row_store(ctx, &r, file->name, err)
                       : pf_fail(err, PF_E_CORRUPT, "%s: no rule in it", file->name);
    row_release(&r);
    return s;
}
