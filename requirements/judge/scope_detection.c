/* scope_detection.c - the meaning of the section `detection`; see scope.h. The finder
 * checks it again, and knows besides which numbers can be card numbers. */
#include "requirements/judge/scope.h"
#include "pan-finder/base/limits.h"
#include "pan-finder/pattern/pattern.h"

#include <string.h>

#define REASON_MAX 256

struct check { const struct req_marks *marks; struct pf_error *err; };

#define FAIL(text, ...) req_marks_fail(c->marks, c->err, text, __VA_ARGS__)

static bool blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

static bool number_ok(const char *text)
{
    size_t digits = 0;

    for (const char *p = text; *p != '\0'; p++) {
        bool digit = *p >= '0' && *p <= '9';

        if (!digit && strchr(" -./_\t", *p) == NULL)
            return false;
        digits += digit;
    }
    return digits >= PF_PAN_MIN && digits <= PF_PAN_MAX;
}

static enum pf_status check_pattern(const struct check *c, const char *text, const char *list, unsigned i)
{
    struct pf_pattern *made = NULL;
    struct pf_error why = { "" };
    enum pf_status s = pf_pattern_new(&made, text, strlen(text), &why);

    pf_pattern_free(made);
    return s == PF_E_USAGE ? FAIL(why.text, "%s[%u].pattern", list, i) : s;
}

static enum pf_status check_reason(const struct check *c, const char *reason, const char *list, unsigned i)
{
    if (blank(reason))
        return FAIL("a reason must not be empty", "%s[%u].reason", list, i);
    if (strlen(reason) > REASON_MAX)
        return FAIL("this text is too long", "%s[%u].reason", list, i);
    return PF_OK;
}

static enum pf_status check_number(const struct check *c, const struct req_scope_ignored *x, unsigned i)
{
    if (!number_ok(x->number))
        return FAIL("a number is 12 to 19 digits, with blanks, hyphens, dots, slashes or underscores among them",
                    "detection.ignore.numbers[%u].number", i);
    return check_reason(c, x->reason, "detection.ignore.numbers", i);
}

static enum pf_status check_path(const struct check *c, const struct req_scope_ignored *x, unsigned i)
{
    if (blank(x->path) || strspn(x->path, "/*?") == strlen(x->path))
        return FAIL("a path must name something", "detection.ignore.paths[%u].path", i);
    return check_reason(c, x->reason, "detection.ignore.paths", i);
}

static enum pf_status check_ignored_pattern(const struct check *c, const struct req_scope_ignored *x, unsigned i)
{
    enum pf_status s = check_pattern(c, x->pattern, "detection.ignore.patterns", i);

    return s == PF_OK ? check_reason(c, x->reason, "detection.ignore.patterns", i) : s;
}

static enum pf_status check_rule(const struct check *c, const struct req_scope_rule *r, unsigned i)
{
    size_t n = strlen(r->name);
    enum pf_status s;

    if (n > 64 || strspn(r->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != n)
        return FAIL("a name is 1 to 64 letters, digits, dots, hyphens or underscores", "detection.rules[%u].name", i);
    if (strcmp(r->effect, "card") != 0 && strcmp(r->effect, "not_card") != 0)
        return FAIL("effect is card or not_card", "detection.rules[%u].effect", i);
    s = check_pattern(c, r->pattern, "detection.rules", i);
    return s == PF_OK ? check_reason(c, r->reason, "detection.rules", i) : s;
}

static enum pf_status check_ignore(const struct check *c, const struct req_scope_ignore *ignore)
{
    const struct {
        const struct req_scope_ignored *item;
        unsigned n;
        enum pf_status (*one)(const struct check *c, const struct req_scope_ignored *x, unsigned i);
    } list[] = {
        { ignore->numbers, ignore->numbers_count, check_number },
        { ignore->paths, ignore->paths_count, check_path },
        { ignore->patterns, ignore->patterns_count, check_ignored_pattern },
    };
    enum pf_status s = PF_OK;

    for (size_t k = 0; k < sizeof list / sizeof list[0]; k++)
        for (unsigned i = 0; i < list[k].n && s == PF_OK; i++)
            s = list[k].one(c, &list[k].item[i], i);
    return s;
}

enum pf_status req_scope_check_detection(const struct req_scope_detection *detection, const struct req_marks *marks,
                                         struct pf_error *err)
{
    const struct check check = { marks, err }, *c = &check;
    unsigned patterns = detection->ignore == NULL ? 0 : detection->ignore->patterns_count;
    enum pf_status s = detection->ignore == NULL ? PF_OK : check_ignore(c, detection->ignore);

    for (unsigned i = 0; i < detection->rules_count && s == PF_OK; i++)
        s = check_rule(c, &detection->rules[i], i);
    if (s == PF_OK && patterns + detection->rules_count > 64)
        s = FAIL("too many rules and patterns", "detection");
    return s;
}
