/* scope_check.c - the meaning of a scope file; see scope.h. */
#include "requirements/judge/scope.h"
#include "requirements/judge/when.h"
#include "pan-finder/finding/record.h"

#include <string.h>

struct check {
    const struct req_scope *scope;
    const struct req_marks *marks;
    struct pf_error *err;
};

static const char *const roles[] = { "merchant", "psp", "service_provider", "issuer", "acquirer", "other", NULL };
static const char *const owners[] = { "merchant", "tpsp", NULL };
static const char *const stages[] = { "pre_auth", "post_auth", "backup", "nonprod", "unknown", NULL };
static const char *const truths[] = { "true", "false", NULL };
static const char *const answers[] = { "yes", "no", NULL };

static bool one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* An id is printed as it is: letters, digits, dot, hyphen, underscore. */
static bool id_ok(const char *id)
{
    size_t n = strlen(id);

    return n > 0 && n <= 64 &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == n;
}

static bool blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

#define FAIL(text, ...) req_marks_fail(c->marks, c->err, text, __VA_ARGS__)

static enum pf_status check_signed(const struct check *c, const char *reason, const char *by,
                                   const char *when, const char *list, unsigned i, const char *below)
{
    if (blank(reason))
        return FAIL("a reason must not be empty", "%s[%u]%s.reason", list, i, below);
    if (blank(by))
        return FAIL("it must say who decided it", "%s[%u]%s.by", list, i, below);
    if (!req_when_is_day(when))
        return FAIL("not a day; write it like 2026-11-25", "%s[%u]%s.when", list, i, below);
    return PF_OK;
}

static enum pf_status check_channel(const struct check *c, unsigned i)
{
    const struct req_scope_channel *ch = &c->scope->channels[i];

    if (!id_ok(ch->id))
        return FAIL("an id is 1 to 64 letters, digits, dots, hyphens or underscores", "channels[%u].id", i);
    for (unsigned k = 0; k < i; k++)
        if (strcmp(c->scope->channels[k].id, ch->id) == 0)
            return FAIL("this id is used by an earlier channel", "channels[%u].id", i);
    if (ch->tpsp_aoc_date != NULL && !req_when_is_day(ch->tpsp_aoc_date))
        return FAIL("not a day; write it like 2026-11-25", "channels[%u].tpsp_aoc_date", i);
    return PF_OK;
}

static bool channel_known(const struct check *c, const char *id)
{
    for (unsigned i = 0; i < c->scope->channels_count; i++)
        if (strcmp(c->scope->channels[i].id, id) == 0)
            return true;
    return false;
}

static bool same_place(const struct req_scope_location *a, const struct req_scope_location *b)
{
    return strcmp(a->path, b->path) == 0 &&
           strcmp(a->host == NULL ? "" : a->host, b->host == NULL ? "" : b->host) == 0;
}

static enum pf_status check_place(const struct check *c, unsigned i)
{
    const struct req_scope_location *l = &c->scope->locations[i];

    if (!id_ok(l->id))
        return FAIL("an id is 1 to 64 letters, digits, dots, hyphens or underscores", "locations[%u].id", i);
    if (l->path[0] != '/' && strcmp(l->path, "-") != 0)
        return FAIL("a path must be absolute, or - for standard input", "locations[%u].path", i);
    for (unsigned k = 0; k < i; k++) {
        if (strcmp(c->scope->locations[k].id, l->id) == 0)
            return FAIL("this id is used by an earlier location", "locations[%u].id", i);
        if (same_place(&c->scope->locations[k], l))
            return FAIL("an earlier location has this path and host", "locations[%u].path", i);
    }
    return PF_OK;
}

static enum pf_status check_location(const struct check *c, unsigned i)
{
    const struct req_scope_location *l = &c->scope->locations[i];
    enum pf_status s = check_place(c, i);

    if (s != PF_OK)
        return s;
    if (l->owner != NULL && !one_of(l->owner, owners))
        return FAIL("owner is merchant or tpsp", "locations[%u].owner", i);
    if (l->stage != NULL && !one_of(l->stage, stages))
        return FAIL("stage is pre_auth, post_auth, backup, nonprod or unknown", "locations[%u].stage", i);
    if (l->required != NULL && !one_of(l->required, truths))
        return FAIL("required is true or false", "locations[%u].required", i);
    if (l->on_merchant_network != NULL && !one_of(l->on_merchant_network, truths))
        return FAIL("on_merchant_network is true or false", "locations[%u].on_merchant_network", i);
    if (l->queue_max_age_hours != NULL && (l->stage == NULL || strcmp(l->stage, "pre_auth") != 0))
        return FAIL("queue_max_age_hours needs stage pre_auth", "locations[%u].queue_max_age_hours", i);
    if (l->queue_max_age_hours != NULL && *l->queue_max_age_hours > 24 * 366)
        return FAIL("queue_max_age_hours is at most 8784", "locations[%u].queue_max_age_hours", i);
    for (unsigned k = 0; k < l->channels_count; k++)
        if (!channel_known(c, l->channels[k]))
            return FAIL("no channel has this id", "locations[%u].channels[%u]", i, k);
    if (l->excluded != NULL)
        return check_signed(c, l->excluded->reason, l->excluded->by, l->excluded->when, "locations",
                            i, ".excluded");
    return PF_OK;
}

static enum pf_status check_skip(const struct check *c, unsigned i)
{
    const struct req_scope_skip *k = &c->scope->accepted_skips[i];

    if ((k->path == NULL) == (k->pattern == NULL))
        return FAIL("give either path or pattern", "accepted_skips[%u]", i);
    if (k->path != NULL && k->path[0] != '/' && strcmp(k->path, "-") != 0)
        return FAIL("a path must be absolute", "accepted_skips[%u].path", i);
    if (k->pattern != NULL && (k->pattern[0] != '/' || strspn(k->pattern, "/*?") == strlen(k->pattern)))
        return FAIL("a pattern must begin with / and name something", "accepted_skips[%u].pattern", i);
    if (k->gap != NULL && pf_gap_from(k->gap) <= 0)
        return FAIL("no gap has this reason", "accepted_skips[%u].gap", i);
    return check_signed(c, k->reason, k->by, k->when, "accepted_skips", i, "");
}

static bool same_question(const struct req_scope_attestation *a, const struct req_scope_attestation *b)
{
    return strcmp(a->id, b->id) == 0 &&
           strcmp(a->channel == NULL ? "" : a->channel, b->channel == NULL ? "" : b->channel) == 0;
}

static enum pf_status check_attestation(const struct check *c, unsigned i)
{
    const struct req_scope_attestation *a = &c->scope->attestations[i];

    if (!one_of(a->answer, answers))
        return FAIL("an answer is yes or no", "attestations[%u].answer", i);
    if (a->channel != NULL && !channel_known(c, a->channel))
        return FAIL("no channel has this id", "attestations[%u].channel", i);
    if (a->until != NULL && !req_when_is_day(a->until))
        return FAIL("not a day; write it like 2026-11-25", "attestations[%u].until", i);
    for (unsigned k = 0; k < i; k++)
        if (same_question(&c->scope->attestations[k], a))
            return FAIL("this question is answered already", "attestations[%u].id", i);
    return check_signed(c, "-", a->by, a->when, "attestations", i, "");
}

static enum pf_status check_absent(const struct check *c, unsigned i)
{
    const struct req_scope_absent *a = &c->scope->absent[i];

    return check_signed(c, a->reason, a->by, a->when, "absent", i, "");
}

static enum pf_status check_head(const struct check *c)
{
    const struct req_scope_policy *p = c->scope->policy;

    if (c->scope->version != 1)
        return FAIL("version is 1", "version");
    if (blank(c->scope->entity.name))
        return FAIL("a name must not be empty", "entity.name");
    if (!one_of(c->scope->entity.role, roles))
        return FAIL("role is merchant, psp, service_provider, issuer, acquirer or other", "entity.role");
    if (p != NULL && p->max_run_age_days != NULL && (*p->max_run_age_days < 1 || *p->max_run_age_days > 366))
        return FAIL("max_run_age_days is 1 to 366", "policy.max_run_age_days");
    if (p != NULL && p->require_self_test != NULL && !one_of(p->require_self_test, truths))
        return FAIL("require_self_test is true or false", "policy.require_self_test");
    if (p != NULL && p->significant_change != NULL && !req_when_is_day(p->significant_change))
        return FAIL("not a day; write it like 2026-11-25", "policy.significant_change");
    return PF_OK;
}

enum pf_status req_scope_check(const struct req_scope *scope, const struct req_marks *marks,
                               struct pf_error *err)
{
    const struct check c = { scope, marks, err };
    const struct {
        unsigned n;
        enum pf_status (*one)(const struct check *c, unsigned i);
    } list[] = {
        { scope->channels_count, check_channel },
        { scope->locations_count, check_location },
        { scope->absent_count, check_absent },
        { scope->accepted_skips_count, check_skip },
        { scope->attestations_count, check_attestation },
    };
    enum pf_status s = check_head(&c);

    for (size_t k = 0; k < sizeof list / sizeof list[0]; k++)
        for (unsigned i = 0; i < list[k].n && s == PF_OK; i++)
            s = list[k].one(&c, i);
    if (s == PF_OK && scope->detection != NULL)
        s = req_scope_check_detection(scope->detection, marks, err);
    return s;
}
