/* name.c - masks and searches names. A name is masked in place of its digits, so
 * that its length and everything else in it stay. */
#include "pan-finder/detect/name.h"

#include "pan-finder/detect/kernel/dress.h"

struct masking {
    const uint8_t *name;
    char *text;               /* the copy in the buffer */
    size_t len;
    bool masked;
};

struct search {
    struct pf_judge *judge;
    const uint8_t *name;
    size_t len;
};

/* Overwrites the digits between the first six and the last four. */
static void mask(void *ctx, const struct pf_candidate *c)
{
    struct masking *m = ctx;
    enum pf_dress dress = (enum pf_dress)c->dress;
    size_t size = pf_dress_forms[dress].size, seen = 0;

    if (!c->luhn)
        return;
    m->masked = true;
    for (size_t at = c->start; at < c->end;) {
        if (!pf_dress_digit(dress, m->name, m->len, at)) {
            at++;
            continue;
        }
        if (seen >= 6 && seen + 4 < c->pan.n)
            for (size_t i = 0; i < size; i++)
                m->text[at + i] = '*';
        seen++;
        at += size;
    }
}

bool pf_name_mask(const struct pf_kernel *kernel, const char *name, size_t len, struct pf_buf *out)
{
    struct pf_shape_count count = { .long_runs = 0 };
    struct masking m = { (const uint8_t *)name, NULL, len, false };
    size_t at = out->len;

    pf_buf_add(out, name, len);
    if (pf_buf_failed(out) || len < PF_PAN_MIN)
        return false;
    m.text = out->data + at;
    pf_candidates(kernel, m.name, len, 0, len, true, true, &count, mask, &m);
    return m.masked;
}

static void take(void *ctx, const struct pf_candidate *c)
{
    const struct search *s = ctx;
    const struct pf_seat seat = { .offset = c->start, .column = PF_COLUMN_NONE };

    pf_judge_take(s->judge, c, s->name, s->len, &seat);
}

uint64_t pf_name_search(struct pf_judge *judge, const struct pf_kernel *kernel, const char *name,
                        size_t len, const struct pf_finding_sink *sink)
{
    struct search s = { judge, (const uint8_t *)name, len };

    if (len < PF_PAN_MIN)
        return 0;
    pf_judge_begin(judge, sink, "name");
    pf_candidates(kernel, s.name, len, 0, len, true, true, &judge->count, take, &s);
    pf_judge_end(judge);
    return judge->findings;
}
