/* json.h - JSON lines out, JSON lines in.
 * Layer: base. Writing is our own append-only writer: one record is one line
 * and a scan of small files writes one for each of them. Reading goes through
 * jansson (json.c alone includes it), with duplicate keys and trailing bytes
 * refused: a record that two readers could read differently is no record. */
#ifndef PF_BASE_JSON_H
#define PF_BASE_JSON_H

#include "pan-finder/base/buf.h"

/* ---- writing: pf_jw_* append to a pf_buf; commas are placed for you ---- */

struct pf_jw {
    struct pf_buf *out;
    bool comma;               /* the next value needs a comma before it */
};

void pf_jw_init(struct pf_jw *w, struct pf_buf *out);
void pf_jw_open(struct pf_jw *w, char bracket);           /* '{' or '[' */
void pf_jw_close(struct pf_jw *w, char bracket);          /* '}' or ']' */
void pf_jw_key(struct pf_jw *w, const char *key);         /* key: plain ASCII */

/* Strings: invalid UTF-8 and NUL become U+FFFD, controls become escapes. */
void pf_jw_str(struct pf_jw *w, const char *text);
void pf_jw_strn(struct pf_jw *w, const char *text, size_t len);
void pf_jw_u64(struct pf_jw *w, uint64_t v);
void pf_jw_i64(struct pf_jw *w, int64_t v);
void pf_jw_f(struct pf_jw *w, double v);                  /* three decimals */
void pf_jw_bool(struct pf_jw *w, bool v);

/* key + value in one call */
void pf_jw_kstr(struct pf_jw *w, const char *key, const char *text);
void pf_jw_kstrn(struct pf_jw *w, const char *key, const char *text, size_t len);
void pf_jw_ku64(struct pf_jw *w, const char *key, uint64_t v);
void pf_jw_kbool(struct pf_jw *w, const char *key, bool v);

/* ---- reading ---- */

struct pf_json;                                           /* a value; borrowed from its root */

/* Parses one document of len bytes. The root is yours: pf_json_free.
 * PF_E_CORRUPT with line and column in `err`, PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status pf_json_parse(struct pf_json **out, const char *text,
                                           size_t len, struct pf_error *err);
void pf_json_free(struct pf_json *root);                  /* NULL is fine */

/* Look-ups. A missing key or another type gives NULL / the default. */
const struct pf_json *pf_json_get(const struct pf_json *obj, const char *key);
const char *pf_json_str(const struct pf_json *obj, const char *key);       /* or NULL; may hold no NUL */
const char *pf_json_strn(const struct pf_json *obj, const char *key, size_t *len);
int64_t pf_json_int(const struct pf_json *obj, const char *key, int64_t dflt);
double pf_json_num(const struct pf_json *obj, const char *key, double dflt);
bool pf_json_bool(const struct pf_json *obj, const char *key, bool dflt);
size_t pf_json_len(const struct pf_json *array);          /* 0 when not an array */
const struct pf_json *pf_json_at(const struct pf_json *array, size_t i);
const char *pf_json_text(const struct pf_json *value);    /* of a string value, or NULL */
bool pf_json_is_object(const struct pf_json *value);

/* Walks the keys of an object in file order; start with iter = NULL. */
void *pf_json_next(const struct pf_json *obj, void *iter, const char **key,
                   const struct pf_json **value);

/* Appends the value as compact JSON (to store a part of a record verbatim). */
void pf_json_dump(const struct pf_json *value, struct pf_buf *out);

#endif
