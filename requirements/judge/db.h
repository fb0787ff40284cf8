/* db.h - the evidence database: a thin, checked layer over SQLite.
 * Layer: judge. db.c alone includes sqlite3.h. Handles are yours from *_open
 * and *_prepare until *_close and *_free, which accept NULL. A text that is
 * bound is borrowed until the statement has been stepped; a text that is
 * returned lives until the next step. */
#ifndef REQ_JUDGE_DB_H
#define REQ_JUDGE_DB_H

#include "pan-finder/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct req_db;
struct req_stmt;

/* A new database. `path` NULL: a private temporary file that SQLite removes,
 * so that memory stays small whatever the evidence. A path that exists is
 * refused (PF_E_USAGE): evidence is never written over. */
PF_MUST_CHECK enum pf_status req_db_open(struct req_db **out, const char *path, struct pf_error *err);
void req_db_close(struct req_db *db);

/* Runs statements that return no rows. */
PF_MUST_CHECK enum pf_status req_db_exec(struct req_db *db, const char *sql, struct pf_error *err);

/* Writes everything to the disk and makes the file an ordinary database. */
PF_MUST_CHECK enum pf_status req_db_finish(struct req_db *db, struct pf_error *err);

/* One statement of `len` bytes; PF_E_CORRUPT when it does not compile or when
 * there is anything after it. */
PF_MUST_CHECK enum pf_status req_db_prepare(struct req_db *db, const char *sql, size_t len,
                                            struct req_stmt **out, struct pf_error *err);
void req_stmt_free(struct req_stmt *stmt);
bool req_stmt_readonly(const struct req_stmt *stmt);
int req_stmt_columns(const struct req_stmt *stmt);
const char *req_stmt_column_name(const struct req_stmt *stmt, int column);

/* Parameters count from 1. A NULL text binds NULL. */
void req_bind_text(struct req_stmt *stmt, int param, const char *text);
void req_bind_textn(struct req_stmt *stmt, int param, const char *text, size_t len);
void req_bind_int(struct req_stmt *stmt, int param, int64_t value);
void req_bind_null(struct req_stmt *stmt, int param);

/* PF_OK: there is a row. PF_STOP: there is none left, and the statement is reset. */
PF_MUST_CHECK enum pf_status req_stmt_step(struct req_stmt *stmt, struct pf_error *err);
/* Steps once, wants no row, resets: for inserts. */
PF_MUST_CHECK enum pf_status req_stmt_run(struct req_stmt *stmt, struct pf_error *err);
void req_stmt_reset(struct req_stmt *stmt);

/* Columns count from 0. NULL reads as 0 and "". */
int64_t req_col_int(struct req_stmt *stmt, int column);
const char *req_col_text(struct req_stmt *stmt, int column);
bool req_col_null(struct req_stmt *stmt, int column);

int64_t req_db_last_id(const struct req_db *db);

/* The first column of the first row of `sql`, with up to one text parameter
 * (NULL: none). No row gives `dflt`. */
PF_MUST_CHECK enum pf_status req_db_int(struct req_db *db, const char *sql, const char *param,
                                        int64_t dflt, int64_t *out, struct pf_error *err);

#endif
