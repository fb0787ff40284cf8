/* db.c - see db.h. The only file that knows SQLite. */
#include "requirements/judge/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct req_db {
    sqlite3 *handle;
};

/* struct req_stmt is a sqlite3_stmt under another name; the casts stand here. */
static sqlite3_stmt *raw(const struct req_stmt *stmt)
{
    return (sqlite3_stmt *)(void *)(uintptr_t)stmt;
}

/* SQLite's own text names tables and words of the SQL, never bound values. */
static enum pf_status db_fail(sqlite3 *handle, const char *doing, struct pf_error *err)
{
    int code = sqlite3_errcode(handle);

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return pf_fail(err, PF_E_NOMEM, "out of memory while %s", doing);
    case SQLITE_FULL:
        return pf_fail(err, PF_E_IO, "disk full while %s", doing);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return pf_fail(err, PF_E_IO, "cannot read or write the database while %s", doing);
    default:
        return pf_fail(err, PF_E_CORRUPT, "database refused %s: %s", doing, sqlite3_errmsg(handle));
    }
}

/* The file is new and worth nothing until req_db_finish: no journal, no
 * fsync. The page cache bounds the memory. */
static const char open_sql[] =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"
    "PRAGMA temp_store=FILE; PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=OFF;";

enum pf_status req_db_open(struct req_db **out, const char *path, struct pf_error *err)
{
    struct req_db *db = calloc(1, sizeof *db);
    enum pf_status s = PF_OK;

    *out = NULL;
    if (db == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    if (path != NULL && access(path, F_OK) == 0)
        s = pf_fail(err, PF_E_USAGE, "the file for --db exists already; evidence is not written over");
    else if (sqlite3_open_v2(path == NULL ? "" : path, &db->handle,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        s = pf_fail(err, PF_E_IO, "cannot create the evidence database");
    if (s == PF_OK)
        s = req_db_exec(db, open_sql, err);
    if (s != PF_OK) {
        req_db_close(db);
        return s;
    }
    *out = db;
    return PF_OK;
}

void req_db_close(struct req_db *db)
{
    if (db == NULL)
        return;
    (void)sqlite3_close_v2(db->handle);
    free(db);
}

enum pf_status req_db_exec(struct req_db *db, const char *sql, struct pf_error *err)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fail(db->handle, "a statement of the schema", err);
    return PF_OK;
}

enum pf_status req_db_finish(struct req_db *db, struct pf_error *err)
{
    enum pf_status s = req_db_exec(db, "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE;", err);

    if (s == PF_OK && sqlite3_db_cacheflush(db->handle) != SQLITE_OK)
        s = db_fail(db->handle, "writing it out", err);
    return s;
}

enum pf_status req_db_prepare(struct req_db *db, const char *sql, size_t len,
                              struct req_stmt **out, struct pf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;

    *out = NULL;
    if (len > INT32_MAX || sqlite3_prepare_v2(db->handle, sql, (int)len, &stmt, &tail) != SQLITE_OK)
        return db_fail(db->handle, "a query", err);
    while (tail < sql + len && strchr(" \t\r\n;", *tail) != NULL)
        tail++;
    if (stmt == NULL || tail < sql + len) {
        sqlite3_finalize(stmt);
        return pf_fail(err, PF_E_CORRUPT, "exactly one SQL statement is wanted");
    }
    *out = (struct req_stmt *)(void *)stmt;
    return PF_OK;
}

void req_stmt_free(struct req_stmt *stmt) { sqlite3_finalize(raw(stmt)); }
bool req_stmt_readonly(const struct req_stmt *stmt) { return sqlite3_stmt_readonly(raw(stmt)) != 0; }
int req_stmt_columns(const struct req_stmt *stmt) { return sqlite3_column_count(raw(stmt)); }
const char *req_stmt_column_name(const struct req_stmt *stmt, int column)
{
    const char *name = sqlite3_column_name(raw(stmt), column);

    return name == NULL ? "" : name;
}

/* A bind can fail for want of memory only; the step after it then fails too
 * or stores NULL where the schema says NOT NULL. */
void req_bind_textn(struct req_stmt *stmt, int param, const char *text, size_t len)
{
    (void)sqlite3_bind_text(raw(stmt), param, text, (int)len, SQLITE_STATIC);
}

void req_bind_text(struct req_stmt *stmt, int param, const char *text)
{
    if (text == NULL)
        req_bind_null(stmt, param);
    else
        req_bind_textn(stmt, param, text, strlen(text));
}

void req_bind_int(struct req_stmt *stmt, int param, int64_t value)
{
    (void)sqlite3_bind_int64(raw(stmt), param, value);
}

void req_bind_null(struct req_stmt *stmt, int param)
{
    (void)sqlite3_bind_null(raw(stmt), param);
}

enum pf_status req_stmt_step(struct req_stmt *stmt, struct pf_error *err)
{
    int code = sqlite3_step(raw(stmt));

    if (code == SQLITE_ROW)
        return PF_OK;
    if (code == SQLITE_DONE) {
        (void)sqlite3_reset(raw(stmt));
        return PF_STOP;
    }
    (void)sqlite3_reset(raw(stmt));
    return db_fail(sqlite3_db_handle(raw(stmt)), "a step", err);
}

enum pf_status req_stmt_run(struct req_stmt *stmt, struct pf_error *err)
{
    enum pf_status s = req_stmt_step(stmt, err);

    if (s == PF_OK) {
        req_stmt_reset(stmt);
        return pf_fail(err, PF_E_INTERNAL, "a statement returned a row where none was wanted");
    }
    return s == PF_STOP ? PF_OK : s;
}

void req_stmt_reset(struct req_stmt *stmt) { (void)sqlite3_reset(raw(stmt)); }

int64_t req_col_int(struct req_stmt *stmt, int column)
{
    return sqlite3_column_int64(raw(stmt), column);
}

const char *req_col_text(struct req_stmt *stmt, int column)
{
    const unsigned char *text = sqlite3_column_text(raw(stmt), column);

    return text == NULL ? "" : (const char *)text;
}

bool req_col_null(struct req_stmt *stmt, int column)
{
    return sqlite3_column_type(raw(stmt), column) == SQLITE_NULL;
}

int64_t req_db_last_id(const struct req_db *db) { return sqlite3_last_insert_rowid(db->handle); }

enum pf_status req_db_int(struct req_db *db, const char *sql, const char *param, int64_t dflt,
                          int64_t *out, struct pf_error *err)
{
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, sql, strlen(sql), &stmt, err);

    *out = dflt;
    if (s != PF_OK)
        return s;
    if (param != NULL)
        req_bind_text(stmt, 1, param);
    s = req_stmt_step(stmt, err);
    if (s == PF_OK)
        *out = req_col_int(stmt, 0);
    req_stmt_free(stmt);
    return s == PF_STOP ? PF_OK : s;
}
