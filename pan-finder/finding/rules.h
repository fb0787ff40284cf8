/* rules.h - rules and exceptions of the operator (docs/scope-file.md, "detection").
 * Layer: finding. Holds no card number: those to ignore are keyed fingerprints.
 * How a pattern is matched is its maker's business; when, and what follows from it,
 * is the detector's (detect/user_rule.h).
 *
 * A rule raises or lowers a number that the detector keeps; an exception marks a
 * finding as ignored, with its reason, and takes nothing away. */
#ifndef PF_FINDING_RULES_H
#define PF_FINDING_RULES_H

#include "pan-finder/base/status.h"
#include "pan-finder/finding/record.h"

#define PF_USER_PATTERNS_MAX 64        /* rules and patterns to ignore, together */
#define PF_USER_NUMBERS_MAX  1000
#define PF_USER_PATHS_MAX    1000
#define PF_USER_GIVE_UP      64        /* numbers of an object for which a pattern may take too long */
#define PF_USER_REACH        256       /* bytes before and after a number that patterns see */

enum pf_user_effect {
    PF_USER_NONE,
    PF_USER_CARD,                      /* confirmed */
    PF_USER_NOT_CARD,                  /* possible, and no statistics raise this place */
    PF_USER_IGNORE,                    /* left out by what stands around it */
};

/* 1: a match in text[0..len) overlaps or touches text[from..to); 0: none; -1: given up. */
typedef int pf_user_match_fn(void *pattern, const uint8_t *text, size_t len, size_t from, size_t to);

/* Texts are borrowed: they live as long as the rules. */
struct pf_user_pattern {
    const char *reason;
    const char *slow;                  /* the gap's words when it is given up */
    void *pattern;                     /* for the match function */
    enum pf_user_effect effect;
};

struct pf_user_number { char fingerprint[PF_FINGERPRINT_HEX + 1]; const char *reason; };
struct pf_user_path { const char *glob, *reason; };

/* All zero but `match`: no rules. Used by one detector at a time. */
struct pf_user_rules {
    pf_user_match_fn *match;
    struct pf_user_pattern pattern[PF_USER_PATTERNS_MAX];
    struct pf_user_number *number;     /* sorted by fingerprint (pf_user_rules_ready) */
    struct pf_user_path *path;
    size_t n_patterns, n_numbers, n_paths;
    const char *cwd;                   /* what relative paths are relative to; NULL: not known */
    uint64_t slow;                     /* bit n: pattern n was given up in this object */
    uint8_t given_up[PF_USER_PATTERNS_MAX];   /* how often; PF_USER_GIVE_UP times: it is not asked again */
};

/* PF_E_USAGE: too many; PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status pf_user_rules_number(struct pf_user_rules *rules,
                                                  const char fingerprint[PF_FINGERPRINT_HEX + 1],
                                                  const char *reason, struct pf_error *err);
PF_MUST_CHECK enum pf_status pf_user_rules_path(struct pf_user_rules *rules, const char *glob,
                                                const char *reason, struct pf_error *err);

/* Sorts; call once, when all are added. */
void pf_user_rules_ready(struct pf_user_rules *rules);
void pf_user_rules_release(struct pf_user_rules *rules);       /* the lists; not the patterns */

/* Why the number of this fingerprint, or what stands under this path, is ignored;
 * NULL: it is not. A relative path is tried as it is and behind cwd. `rules` may be
 * NULL. */
const char *pf_user_rules_ignored_number(const struct pf_user_rules *rules, const char *fingerprint);
const char *pf_user_rules_ignored_path(const struct pf_user_rules *rules, const char *path, size_t len);

/* "*" takes any bytes, "?" one; all else itself. Steps: at most their product. */
bool pf_glob_match(const char *glob, const char *text, size_t len);

#endif
