/* explain.c - see explain.h. */
#include "pan-finder/detect/explain.h"

#include "pan-finder/detect/lookalike.h"

#include <string.h>

/* The strongest sign first. */
static const struct { unsigned flag; const char *text; } looks[] = {
    { PF_LOOK_UUID, "UUID" },
    { PF_LOOK_DUMP, "bytes of a hex dump" },
    { PF_LOOK_KANJI, "kanji in seven bits" },
    { PF_LOOK_REPEAT, "repeated or counting digits" },
    { PF_LOOK_POWER, "power of two" },
    { PF_LOOK_FRACTION, "fraction" },
    { PF_LOOK_HEX, "hex number or hash" },
    { PF_LOOK_SIGNED, "telephone number" },
    { PF_LOOK_DATE, "date and time" },
    { PF_LOOK_EAN13, "EAN-13" },
    { PF_LOOK_TABLE, "row of groups" },
    { PF_LOOK_BLOCK, "repeated block" },
};

/* Without a look of its own a number is dropped for the words around it. */
static const struct { enum pf_reason reason; const char *text; } by_reason[] = {
    { PF_REASON_OTHER_ID, "another number" },
    { PF_REASON_OTHER_CARD, "another card" },
    { PF_REASON_NO_LUHN, "fails Luhn" },
    { PF_REASON_OLD_RANGE, "range no longer used" },
    { PF_REASON_ODD, "odd grouping" },
    { PF_REASON_UNCONFIRMED, "range not confirmed" },
};

bool pf_explain_fails(const struct pf_candidate *c)
{
    return !c->luhn && c->brand->luhn == PF_LUHN_REQUIRED;
}

static const char *taken_by_reason(uint64_t reasons)
{
    for (size_t i = 0; i < sizeof by_reason / sizeof by_reason[0]; i++)
        if (reasons >> by_reason[i].reason & 1u)
            return by_reason[i].text;
    return "another number";
}

static const char *taken_for(const struct pf_candidate *c, const struct pf_grade *grade, const uint8_t *buf,
                             size_t len)
{
    unsigned look = pf_lookalike(c, pf_candidate_number(c), buf, len);

    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (look & looks[i].flag)
            return looks[i].text;
    if (pf_explain_fails(c))
        return "fails Luhn";
    if (grade == NULL)
        return "regional brand";
    return taken_by_reason(grade->reasons);
}

static void tell(const struct pf_finding_sink *sink, struct pf_considered *told, uint64_t reasons)
{
    for (unsigned r = 0; r < PF_REASON_COUNT && told->n_reasons < PF_REASONS_MAX; r++)
        if (reasons >> r & 1u)
            told->reasons[told->n_reasons++] = pf_reason_name((enum pf_reason)r);
    sink->candidate(sink->ctx, told);
}

void pf_explain_dropped(const struct pf_finding_sink *sink, const char *where, const struct pf_candidate *c,
                        const struct pf_grade *grade, const uint8_t *buf, size_t len, const struct pf_seat *seat)
{
    char encoding[PF_ENCODING_MAX];
    struct pf_considered told;
    uint64_t reasons = pf_explain_fails(c) ? (uint64_t)1 << PF_REASON_NO_LUHN : 0;

    if (sink == NULL || sink->candidate == NULL)
        return;
    told = (struct pf_considered){
        .pan = pf_pan_mask(&c->pan), .digits = c->pan.n, .brand = c->brand->key, .where = where,
        .encoding = pf_encoding_name(seat->wraps, pf_dress_name((enum pf_dress)c->dress), encoding),
        .offset = seat->offset, .line = seat->line, .taken_for = taken_for(c, grade, buf, len),
    };
    reasons |= grade != NULL ? grade->reasons : 0;
    tell(sink, &told, reasons);
}

void pf_explain_waited(const struct pf_finding_sink *sink, const char *where, const struct pf_entry *e)
{
    char encoding[PF_ENCODING_MAX];
    struct pf_considered told;
    struct pf_pan pan;

    if (sink == NULL || sink->candidate == NULL)
        return;
    pan = pf_entry_pan(e);
    told = (struct pf_considered){
        .pan = pf_pan_mask(&pan), .digits = e->digits, .brand = e->brand->key, .where = where,
        .encoding = pf_encoding_name(e->wraps, e->form, encoding), .offset = e->offset, .line = e->line,
        .taken_for = taken_by_reason(e->grade.reasons),
    };
    tell(sink, &told, e->grade.reasons);
    pf_pan_wipe(&pan);
}
