/* pattern.c - see pattern.h. The only file that knows PCRE2. */
#include "pan-finder/pattern/pattern.h"

#include <stdlib.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Steps of one match: a window of half a kilobyte needs some thousands for an
 * honest pattern; a hundred thousand take about a millisecond. */
#define STEPS_MAX 100000u
#define STEPS_MIN 2000u          /* each match that is not at the number halves what the next may take, to no less */
#define DEPTH_MAX 2000u
#define HEAP_KIB_MAX 4096u

struct pf_pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

void pf_pattern_free(struct pf_pattern *p)
{
    if (p == NULL)
        return;
    pcre2_match_context_free(p->context);
    pcre2_match_data_free(p->data);
    pcre2_code_free(p->code);
    free(p);
}

/* A pattern must not switch to UTF-8 by itself: the bytes around a number are
 * often none. */
static pcre2_code *compile(const char *text, size_t len, int *code, size_t *at)
{
    const uint32_t options = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C;

    return pcre2_compile((PCRE2_SPTR)(const void *)text, len, options, code, at, NULL);
}

enum pf_status pf_pattern_new(struct pf_pattern **out, const char *text, size_t len, struct pf_error *err)
{
    struct pf_pattern *p;
    int code = 0;
    size_t at = 0;

    *out = NULL;
    if (len == 0 || len > PF_PATTERN_MAX)
        return pf_fail(err, PF_E_USAGE, "a pattern is 1 to %d bytes long", PF_PATTERN_MAX);
    p = calloc(1, sizeof *p);
    if (p == NULL)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    p->code = compile(text, len, &code, &at);
    if (p->code == NULL) {
        PCRE2_UCHAR why[128] = { 0 };

        /* PCRE2's texts are fixed words. */
        (void)pcre2_get_error_message(code, why, sizeof why);
        pf_pattern_free(p);
        return pf_fail(err, PF_E_USAGE, "not a pattern, at its byte %zu: %s", at + 1, (const char *)why);
    }
    p->data = pcre2_match_data_create(1, NULL);
    p->context = pcre2_match_context_create(NULL);
    if (p->data == NULL || p->context == NULL) {
        pf_pattern_free(p);
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    }
    (void)pcre2_set_depth_limit(p->context, DEPTH_MAX);
    (void)pcre2_set_heap_limit(p->context, HEAP_KIB_MAX);
    *out = p;
    return PF_OK;
}

enum pf_match pf_pattern_match(struct pf_pattern *p, const uint8_t *text, size_t len, size_t from, size_t to)
{
    const size_t *found = pcre2_get_ovector_pointer(p->data);
    uint32_t steps = STEPS_MAX;
    size_t at = 0;

    for (; at <= to; steps = steps / 2 > STEPS_MIN ? steps / 2 : STEPS_MIN) {
        int n;

        (void)pcre2_set_match_limit(p->context, steps);
        n = pcre2_match(p->code, text, len, at, 0, p->data, p->context);

        if (n < 0)
            return n == PCRE2_ERROR_NOMATCH ? PF_MATCH_NO : PF_MATCH_LIMIT;
        if (found[0] <= to && found[1] >= from)
            return PF_MATCH_YES;
        /* An empty match must not be found for ever. */
        at = found[1] > at ? found[1] : at + 1;
    }
    return PF_MATCH_NO;
}
