/* scope.h - the scope file: what the entity declares (docs/scope-file.md).
 * Layer: judge. scope.c alone includes cyaml.h. Every text may be NULL when it
 * was not given. Errors name the file's line and column and never repeat a
 * value of the file: it may hold what must not be printed. */
#ifndef REQ_JUDGE_SCOPE_H
#define REQ_JUDGE_SCOPE_H

#include "pan-finder/base/status.h"
#include "requirements/judge/marks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REQ_SCOPE_MAX (1u << 20)   /* bytes of a scope file; larger: usage error */

struct req_signed { char *reason, *by, *when; };      /* who answers for it, and since when */

struct req_scope_channel { char *id, *channel, *flow, *tpsp, *tpsp_aoc_date; };

struct req_scope_location {
    char *id, *kind, *path, *host, *owner, *stage;
    char *required, *on_merchant_network;       /* true or false; libcyaml takes any word for true */
    uint64_t *queue_max_age_hours;
    char **covers, **channels;
    unsigned covers_count, channels_count;
    struct req_signed *excluded;
};

struct req_scope_absent {
    char **kinds;
    unsigned kinds_count;
    char *reason, *by, *when;
};

struct req_scope_skip { char *path, *pattern, *gap, *reason, *by, *when; };

struct req_scope_attestation { char *id, *channel, *answer, *by, *when, *evidence, *until; };

struct req_scope_policy {
    uint64_t *max_run_age_days;
    char *require_self_test;
    char *significant_change;
};

/* What the finder reads of the file (pan-finder --rules); here it is checked only. */
struct req_scope_ignored { char *number, *path, *pattern, *reason; };   /* one of the first three */

struct req_scope_ignore {
    struct req_scope_ignored *numbers, *paths, *patterns;
    unsigned numbers_count, paths_count, patterns_count;
};

struct req_scope_rule { char *name, *pattern, *effect, *reason; };

struct req_scope_detection {
    struct req_scope_ignore *ignore;
    struct req_scope_rule *rules;
    unsigned rules_count;
};

struct req_scope_entity { char *name, *role; };

struct req_scope {
    uint64_t version;
    struct req_scope_entity entity;
    struct req_scope_channel *channels;
    unsigned channels_count;
    struct req_scope_location *locations;
    unsigned locations_count;
    struct req_scope_absent *absent;
    unsigned absent_count;
    struct req_scope_skip *accepted_skips;
    unsigned accepted_skips_count;
    struct req_scope_attestation *attestations;
    unsigned attestations_count;
    struct req_scope_policy *policy;
    struct req_scope_detection *detection;
};

/* Reads and checks a scope file: YAML, keys, types (libcyaml), then meaning
 * (scope_check.c). Words that are data (flows, kinds, questions) are checked
 * when the scope is stored. PF_E_USAGE for anything that the writer of the
 * file can mend. `marks` says where each value stands; release both. */
PF_MUST_CHECK enum pf_status req_scope_read(struct req_scope **out, struct req_marks *marks,
                                            const char *path, struct pf_error *err);
PF_MUST_CHECK enum pf_status req_scope_parse(struct req_scope **out, struct req_marks *marks,
                                             const char *text, size_t len, struct pf_error *err);
void req_scope_free(struct req_scope *scope);

/* Meaning of the section `detection`. Called by req_scope_check. */
PF_MUST_CHECK enum pf_status req_scope_check_detection(const struct req_scope_detection *detection,
                                                       const struct req_marks *marks, struct pf_error *err);

/* Meaning: ids, dates, words, who and when. Called by req_scope_parse. */
PF_MUST_CHECK enum pf_status req_scope_check(const struct req_scope *scope,
                                             const struct req_marks *marks, struct pf_error *err);

#endif
