/* user_rule.c - see user_rule.h. */
#include "pan-finder/detect/user_rule.h"

#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* A pattern that took too long for many numbers of an object is no longer asked
 * there: the object is told as read in part, and the run must come to its end. */
static int ask(struct pf_user_rules *rules, size_t i, const uint8_t *text, size_t len, size_t from, size_t to)
{
    int found;

    if ((rules->slow >> i & 1u) == 0)
        rules->given_up[i] = 0;              /* another object */
    if (rules->given_up[i] == PF_USER_GIVE_UP)
        return 0;
    found = rules->match(rules->pattern[i].pattern, text, len, from, to);
    if (found < 0) {
        rules->slow |= (uint64_t)1 << i;
        rules->given_up[i]++;
    }
    return found;
}

/* The first of the patterns to ignore, or else of the rules, that matches at
 * the number; n_patterns: none. */
static size_t first_match(struct pf_user_rules *rules, bool ignoring, const uint8_t *buf, size_t len,
                          size_t start, size_t end)
{
    size_t from = start > PF_USER_REACH ? start - PF_USER_REACH : 0;
    size_t to = len - end > PF_USER_REACH ? end + PF_USER_REACH : len;

    for (size_t i = 0; i < rules->n_patterns; i++)
        if ((rules->pattern[i].effect == PF_USER_IGNORE) == ignoring &&
            ask(rules, i, buf + from, to - from, start - from, end - from) > 0)
            return i;
    return rules->n_patterns;
}

void pf_user_rules_apply(struct pf_user_rules *rules, const uint8_t *buf, size_t len, size_t start,
                         size_t end, struct pf_grade *grade)
{
    size_t i;

    if (rules == NULL || rules->n_patterns == 0 || !grade->keep)
        return;
    i = first_match(rules, true, buf, len, start, end);
    grade->ignored = (uint8_t)(i < rules->n_patterns ? i + 1 : 0);
    i = first_match(rules, false, buf, len, start, end);
    if (i == rules->n_patterns)
        return;
    grade->user = (uint8_t)rules->pattern[i].effect;
    grade->reasons |= BIT(USER_RULE);
    grade->share = false;
    grade->waits = grade->waits && grade->user != PF_USER_CARD;
    grade->confidence = grade->user == PF_USER_CARD ? PF_CONFIRMED : PF_POSSIBLE;
}

bool pf_user_rules_ignores(struct pf_user_rules *rules, const uint8_t *buf, size_t len, size_t start, size_t end)
{
    return rules != NULL && first_match(rules, true, buf, len, start, end) < rules->n_patterns;
}

void pf_user_rules_mark(const struct pf_user_rules *rules, uint8_t ignored, struct pf_finding *finding)
{
    const char *reason = pf_user_rules_ignored_number(rules, finding->fingerprint);

    if (reason != NULL) {
        finding->ignored_by = "number";
        finding->ignored_reason = reason;
    } else if (rules != NULL && ignored > 0) {
        finding->ignored_by = "pattern";
        finding->ignored_reason = rules->pattern[ignored - 1].reason;
    }
}
