/* marks.h - where each value of a YAML file stands.
 * Layer: judge. marks.c alone includes yaml.h: libcyaml tells the place of a
 * wrong type, but once a value is in a struct its place is gone, and a check
 * of meaning has to name it too. */
#ifndef REQ_JUDGE_MARKS_H
#define REQ_JUDGE_MARKS_H

#include "pan-finder/base/status.h"

#include <stddef.h>

struct req_mark {
    char *path;              /* "locations[3].path" */
    unsigned line, column;   /* of the value, 1-based */
    unsigned key_line, key_column;   /* of its key; of the value in a list */
};

struct req_marks {           /* sorted by path */
    struct req_mark *item;
    size_t n, cap;
};

/* Walks the file. PF_E_USAGE with line and column: not YAML, more than one
 * document, an alias, a key that stands twice, a number that looks like a
 * card number. On failure there is nothing to release. */
PF_MUST_CHECK enum pf_status req_marks_read(struct req_marks *marks, const char *text, size_t len,
                                            struct pf_error *err);
void req_marks_release(struct req_marks *marks);

/* The mark of `path`, or of the closest thing above it that has one. Never NULL. */
const struct req_mark *req_marks_find(const struct req_marks *marks, const char *path);

/* The value that stands at a place, or NULL. */
const struct req_mark *req_marks_at(const struct req_marks *marks, unsigned line, unsigned column);

/* The first key of this name that stands after a place in the file, or NULL. */
const struct req_mark *req_marks_key_after(const struct req_marks *marks, const char *key,
                                           unsigned line, unsigned column);

/* PF_E_USAGE, "line L, column C: " and the text; path as for printf. */
enum pf_status req_marks_fail(const struct req_marks *marks, struct pf_error *err,
                              const char *text, const char *path_fmt, ...) PF_PRINTF(4, 5);

#endif
