/* score.c - the rules of docs/detection.md, "Confidence", for one candidate. */
#include "pan-finder/detect/score.h"

#include "pan-finder/detect/context.h"
#include "pan-finder/detect/find/threeds.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/track.h"

#define STRONG 4           /* context score that confirms */
#define AGAINST (-3)       /* context score that shuts out the share test */

#define BIT(id) ((uint64_t)1 << PF_REASON_##id)

/* Nothing makes a card number of these. */
#define NEVER (PF_LOOK_REPEAT | PF_LOOK_POWER | PF_LOOK_UUID | PF_LOOK_KANJI | PF_LOOK_DUMP)
/* Dropped unless the words around it are strong. */
#define UNLIKELY (PF_LOOK_HEX | PF_LOOK_FRACTION | PF_LOOK_SIGNED)
/* One step less sure. */
#define DOUBTFUL (PF_LOOK_LETTER | PF_LOOK_EAN13 | PF_LOOK_DATE | PF_LOOK_BLOCK)

const char *pf_reason_name(enum pf_reason reason)
{
    static const char *const names[PF_REASON_COUNT] = {
#define PF_REASON(id, name) name,
#include "pan-finder/detect/reason.def"
#undef PF_REASON
    };

    return (unsigned)reason < PF_REASON_COUNT ? names[reason] : "";
}

static uint64_t context_reasons(const struct pf_context *context)
{
    static const struct { unsigned flag; uint64_t reason; } row[] = {
        { PF_CONTEXT_FIELD, BIT(FIELD) },       { PF_CONTEXT_CARD, BIT(CARD) },
        { PF_CONTEXT_BRAND, BIT(BRAND) },       { PF_CONTEXT_EXPIRY, BIT(EXPIRY) },
        { PF_CONTEXT_CODE, BIT(CODE) },         { PF_CONTEXT_HOLDER, BIT(HOLDER) },
        { PF_CONTEXT_TRACK, BIT(TRACK_WORDS) }, { PF_CONTEXT_THREEDS, BIT(THREEDS) },
        { PF_CONTEXT_PAYMENT, BIT(PAYMENT) },   { PF_CONTEXT_REDUCED, BIT(REDUCED) },
        { PF_CONTEXT_TEST, BIT(TEST_WORDS) },   { PF_CONTEXT_OTHER_ID, BIT(OTHER_ID) },
        { PF_CONTEXT_OTHER_CARD, BIT(OTHER_CARD) },
    };
    uint64_t reasons = context->flags ? 0 : BIT(NO_CONTEXT);

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        if (context->flags & row[i].flag)
            reasons |= row[i].reason;
    return reasons;
}

static bool rare_length(const struct pf_candidate *c)
{
    return !(c->brand->usual >> c->pan.n & 1u);
}

static uint64_t shape_reasons(const struct pf_candidate *c, unsigned look, bool world)
{
    static const struct { unsigned flag; uint64_t reason; } row[] = {
        { PF_LOOK_LETTER | PF_LOOK_HEX, BIT(GLUED) }, { PF_LOOK_TABLE, BIT(TABLE) },
        { PF_LOOK_BLOCK, BIT(BLOCK) }, { PF_LOOK_EAN13, BIT(EAN13) }, { PF_LOOK_DATE, BIT(DATE) },
    };
    uint64_t reasons = 0;

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        if (look & row[i].flag)
            reasons |= row[i].reason;
    if (!c->luhn)
        reasons |= BIT(NO_LUHN);
    if (c->grouping == PF_GROUP_ODD)
        reasons |= BIT(ODD);
    if (rare_length(c))
        reasons |= BIT(RARE_LENGTH);
    if (world)
        return reasons;
    return reasons | (!c->brand->active ? BIT(OLD_RANGE) : !c->brand->network ? BIT(UNCONFIRMED) : BIT(REGIONAL));
}

/* A number that stands in a track needs no other witness. */
static bool score_track(struct pf_grade *grade, const struct pf_candidate *c,
                        const uint8_t *buf, size_t len)
{
    struct pf_track track = pf_track_at(buf, len, c->start, c->end, c->dress);

    if (!track.number || !c->luhn)
        return false;
    grade->keep = true;
    grade->cls = track.discretionary ? PF_CLASS_SAD_TRACK : PF_CLASS_PAN_CLEAR;
    grade->confidence = PF_CONFIRMED;
    grade->reasons = (track.number == 1 ? BIT(TRACK1) : BIT(TRACK2)) |
                     (track.discretionary ? BIT(DISCRETIONARY) : BIT(EXPIRY_CODE));
    return true;
}

/* What must speak for the candidate before it is kept at all: a context score. */
static int least_context(const struct pf_candidate *c, unsigned look, bool world)
{
    if (!c->luhn || c->brand->named || (look & UNLIKELY) || (!world && !c->brand->active))
        return STRONG;
    if (c->grouping == PF_GROUP_ODD || (look & (PF_LOOK_TABLE | PF_LOOK_EAN13)) || (!world && !c->brand->network))
        return 1;
    return -100;
}

/* Lengths that are seldom issued and ranges that nobody confirms hold the numbers of slips and
 * transactions too: a brand or a means of payment in the same row says nothing of them. */
static bool unproven(const struct pf_candidate *c, const struct pf_grade *grade, const struct pf_context *context)
{
    bool weak = grade->rare || (!grade->world && !c->brand->network);
    bool dated = (context->flags & (PF_CONTEXT_EXPIRY | PF_CONTEXT_CODE | PF_CONTEXT_TRACK)) && context->score >= STRONG;

    return weak && !dated && !(context->flags & (PF_CONTEXT_FIELD | PF_CONTEXT_NUMBER));
}

/* A number of a range that needs words to be believed, or of a brand of which some fail Luhn, and
 * nothing else against it: in a column of card numbers it is one. */
static bool waits(const struct pf_candidate *c, unsigned look, int score)
{
    return score > AGAINST && c->grouping != PF_GROUP_ODD &&
           !(look & (DOUBTFUL | UNLIKELY | PF_LOOK_TABLE));
}

#define CODE_MAX 3         /* letters that may stand before or behind a number for its card: "CC4111..." */

/* What touches the number at buf[at], or before it, is more than a word's letters: more digits, or many. */
static bool goes_on(const uint8_t *buf, size_t len, size_t at, int step)
{
    unsigned letters = 0;

    for (; at < len; at += (size_t)step) {                  /* below 0 is above len */
        if ((uint8_t)(buf[at] - '0') < 10)
            return true;
        if ((uint8_t)((buf[at] | 32) - 'a') >= 26)
            break;
        letters++;
    }
    return letters > CODE_MAX;
}

/* Part of a digest or an id, and words near by are not its own. A number without a check digit needs borders. */
static bool inside(const struct pf_candidate *c, unsigned look, unsigned flags, const uint8_t *buf, size_t len)
{
    if (!c->luhn && (look & (PF_LOOK_LETTER | PF_LOOK_HEX)))
        return true;
    if (!(look & PF_LOOK_HEX) || c->dress != PF_DRESS_ASCII || (flags & (PF_CONTEXT_FIELD | PF_CONTEXT_DIRECT)))
        return false;
    return goes_on(buf, len, c->start - 1, -1) || goes_on(buf, len, c->end, 1);
}

/* What the name of its field says, when words around it have spoken of one. */
static void score_name(struct pf_grade *grade, const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    if (c->dress != PF_DRESS_ASCII || !c->luhn)
        return;
    if ((grade->reasons & (BIT(FIELD) | BIT(THREEDS))) && pf_threeds_number(buf, len, c->start)) {
        grade->reasons |= BIT(THREEDS_MSG);
        grade->confidence = PF_CONFIRMED;
    }
    if ((grade->reasons & BIT(REDUCED)) && grade->confidence < PF_CONFIRMED && pf_token_number(buf, c->start))
        grade->cls = PF_CLASS_TOKEN_SUSPECT;
}

/* "4.39102662351351E+15": what stands behind the point is no number of its own, whatever its column. */
static bool mantissa(const struct pf_candidate *c, unsigned look, const uint8_t *buf, size_t len)
{
    size_t at = c->end;

    if (!(look & PF_LOOK_FRACTION) || c->dress != PF_DRESS_ASCII || at + 1 >= len || (buf[at] | 32) != 'e')
        return false;
    at += buf[at + 1] == '+' || buf[at + 1] == '-' ? 2 : 1;
    return at < len && (uint8_t)(buf[at] - '0') < 10;
}

struct pf_grade pf_score(const struct pf_candidate *c, uint64_t number, const uint8_t *buf, size_t len)
{
    struct pf_grade grade = { .keep = false };
    unsigned look = pf_lookalike(c, number, buf, len);
    struct pf_context context;
    bool strong, field;

    grade.rare = rare_length(c);
    grade.world = (c->brand->world && c->brand->active) || pf_iin_find_world(c->pan.digit, c->pan.n) != NULL;
    if ((look & NEVER) || mantissa(c, look, buf, len) || (!c->brand->named && score_track(&grade, c, buf, len)))
        return grade;
    context = pf_context_score(buf, len, c->start, c->end, c->dress);
    field = context.flags & PF_CONTEXT_FIELD;
    strong = field || (context.score >= STRONG && !c->brand->named);
    grade.reasons = context_reasons(&context) | shape_reasons(c, look, grade.world);
    grade.waits = !strong && (c->brand->named || context.score < least_context(c, look, grade.world));
    grade.share = c->luhn && !c->brand->named && context.score > AGAINST && c->grouping != PF_GROUP_ODD &&
                  !(look & (DOUBTFUL | UNLIKELY | PF_LOOK_TABLE));
    if (inside(c, look, context.flags, buf, len) || (grade.waits && !waits(c, look, context.score)))
        return grade;
    grade.keep = true;
    grade.confidence = strong ? PF_CONFIRMED : context.score >= 1 ? PF_PROBABLE : PF_POSSIBLE;
    if (unproven(c, &grade, &context))
        grade.confidence = PF_POSSIBLE;
    if ((look & (DOUBTFUL | UNLIKELY)) && !field && grade.confidence > PF_POSSIBLE)
        grade.confidence--;
    if (!grade.world && !(c->brand->network && c->brand->active) && grade.confidence > PF_PROBABLE)
        grade.confidence = PF_PROBABLE;
    score_name(&grade, c, buf, len);
    if (c->brand->named && grade.confidence > PF_PROBABLE)
        grade.confidence = PF_PROBABLE;
    return grade;
}

/* Ranges outside PCI and lengths that are seldom issued hold many other ids: a
 * few numbers prove nothing there, and many make them probable at most. */
void pf_score_share(struct pf_grade *grade, enum pf_share share)
{
    bool plain = grade->world && !grade->rare;
    uint8_t to = share == PF_SHARE_MOST && plain ? PF_CONFIRMED : PF_PROBABLE;

    if (!grade->share || grade->waits || share == PF_SHARE_NONE || (!plain && share == PF_SHARE_SOME))
        return;
    if (to <= grade->confidence)
        return;
    grade->confidence = to;
    grade->reasons |= share == PF_SHARE_MOST ? BIT(SHARE) : BIT(SHARE_SOME);
}

/* Numbers of their own check digit pass Luhn in every row: what they are called
 * outweighs the share. Other names can be wrong (a customer number that is the
 * card number), which shows when all pass and the cards are of several issuers. */
static uint8_t column_ceiling(const struct pf_opinion *o, enum pf_share share)
{
    if (o->header == PF_HEADER_OTHER && share == PF_SHARE_MOST && !o->one_prefix)
        return PF_PROBABLE;
    return o->header >= PF_HEADER_OTHER || o->ids ? PF_POSSIBLE : PF_CONFIRMED;
}

static uint8_t column_floor(const struct pf_opinion *o, enum pf_share share, uint64_t *reason)
{
    *reason = o->header == PF_HEADER_CARD || o->header == PF_HEADER_WEAK ? BIT(COLUMN) : 0;
    if (share == PF_SHARE_MOST)
        *reason |= BIT(COLUMN_SHARE);
    if (o->header == PF_HEADER_CARD || share == PF_SHARE_MOST)
        return PF_CONFIRMED;
    return o->header == PF_HEADER_WEAK || share == PF_SHARE_SOME ? PF_PROBABLE : PF_POSSIBLE;
}

#define TRACKS (BIT(TRACK1) | BIT(TRACK2) | BIT(TRACK3) | BIT(JIS2) | BIT(EMV_TAG) | BIT(ISO8583) | BIT(THREEDS_MSG))
#define LOOKS (BIT(GLUED) | BIT(ODD) | BIT(TABLE) | BIT(BLOCK) | BIT(EAN13) | BIT(DATE))

void pf_score_column(struct pf_grade *grade, const struct pf_opinion *o, bool published)
{
    enum pf_share share = (enum pf_share)(published ? o->share_all : o->share);
    uint8_t ceiling = column_ceiling(o, share), to;
    uint64_t reason;
    bool named = o->header == PF_HEADER_CARD;

    if (grade->reasons & TRACKS)
        return;
    to = column_floor(o, share, &reason);
    if (ceiling < PF_CONFIRMED && !(grade->reasons & BIT(FIELD))) {
        reason = BIT(OTHER_COLUMN) | (ceiling > PF_POSSIBLE ? BIT(COLUMN_SHARE) : 0);
        to = ceiling;
        if (grade->confidence >= ceiling && grade->confidence > PF_POSSIBLE)
            grade->confidence = ceiling;
    }
    if (!named && (!grade->share || (grade->reasons & LOOKS) || (grade->rare && share != PF_SHARE_MOST)))
        to = PF_POSSIBLE;
    if (!grade->world && to > PF_PROBABLE)
        to = PF_PROBABLE;
    if (to > grade->confidence)
        grade->confidence = to;
    if (named || (to > PF_POSSIBLE && !(reason & BIT(OTHER_COLUMN))))
        grade->waits = false;
    if ((reason & BIT(OTHER_COLUMN)) || to > PF_POSSIBLE)
        grade->reasons |= reason;
    if (o->token && grade->cls == PF_CLASS_PAN_CLEAR && grade->confidence < PF_CONFIRMED)
        grade->cls = PF_CLASS_TOKEN_SUSPECT;
}
