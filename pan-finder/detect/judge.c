/* judge.c - collects numbers, applies the share test, makes findings of them. */
#include "pan-finder/detect/judge.h"

#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/testpan.h"
#include "pan-finder/detect/track.h"

#include <string.h>

bool pf_judge_init(struct pf_judge *j, size_t cap, const struct pf_fingerprinter *fingerprinter,
                   bool regional)
{
    *j = (struct pf_judge){ .fingerprinter = fingerprinter, .regional = regional };
    return pf_ledger_init(&j->ledger, cap);
}

void pf_judge_release(struct pf_judge *j)
{
    pf_ledger_release(&j->ledger);
}

void pf_judge_begin(struct pf_judge *j, const struct pf_finding_sink *sink, const char *where)
{
    pf_ledger_clear(&j->ledger);
    memset(&j->count, 0, sizeof j->count);
    memset(j->passed, 0, sizeof j->passed);
    memset(j->published, 0, sizeof j->published);
    memset(&j->unlisted, 0, sizeof j->unlisted);
    j->possible = j->findings = 0;
    j->sink = sink;
    j->where = where;
}

static void push(struct pf_judge *j, const struct pf_finding *finding)
{
    j->findings++;
    if (j->sink && j->sink->finding)
        j->sink->finding(j->sink->ctx, finding);
}

static void add_reasons(struct pf_finding *f, uint64_t reasons)
{
    for (unsigned r = 0; r < PF_REASON_COUNT && f->n_reasons < PF_REASONS_MAX; r++)
        if (reasons >> r & 1u)
            f->reasons[f->n_reasons++] = pf_reason_name((enum pf_reason)r);
}

static struct pf_pan pan_of(const struct pf_entry *e)
{
    struct pf_pan pan = { .n = e->digits };
    uint64_t v = e->number;

    for (size_t i = e->digits; i-- > 0; v /= 10)
        pan.digit[i] = (uint8_t)(v % 10);
    return pan;
}

static void emit(struct pf_judge *j, const struct pf_entry *e, const struct pf_grade *grade, bool published)
{
    struct pf_pan pan = pan_of(e);
    struct pf_finding f = {
        .cls = published ? PF_CLASS_TEST_PAN : grade->sad ? PF_CLASS_SAD_TRACK : PF_CLASS_PAN_CLEAR,
        .confidence = (enum pf_confidence)grade->confidence, .brand = e->brand->key, .pan = pf_pan_mask(&pan),
        .digits = e->digits, .encoding = pf_dress_name((enum pf_dress)e->dress), .where = j->where,
        .offset = e->offset, .line = e->line, .count = e->count, .test_pan = published,
    };

    pf_fingerprint(j->fingerprinter, &pan, f.fingerprint);
    add_reasons(&f, grade->reasons | (published ? (uint64_t)1 << PF_REASON_PUBLISHED : 0));
    push(j, &f);
    pf_pan_wipe(&pan);
}

/* Numbers of this length in the object: those that fail Luhn as often as they
 * stand there, those that pass once each, without those that are something else
 * by their look or their words. The failing ones are not told apart, which can
 * only lower the share. */
static enum pf_share share_of(const struct pf_judge *j, unsigned digits, bool published)
{
    uint64_t k = j->passed[digits] - (published ? 0 : j->published[digits]);
    uint64_t shapes = j->count.shapes[digits], luhn = j->count.luhn[digits];

    return pf_share_test((shapes > luhn ? shapes - luhn : 0) + k, k);
}

/* Adds the held numbers to the counts. Which of them are published matters only
 * where the share test has a chance. */
static void count_passed(struct pf_judge *j)
{
    bool hope[PF_PAN_MAX + 1];

    for (size_t i = 0; i < j->ledger.n; i++)
        j->passed[j->ledger.entry[i].digits] += j->ledger.entry[i].grade.share;
    for (unsigned d = 0; d <= PF_PAN_MAX; d++)
        hope[d] = share_of(j, d, true) != PF_SHARE_NONE;
    for (size_t i = 0; i < j->ledger.n; i++) {
        const struct pf_entry *e = &j->ledger.entry[i];

        if (hope[e->digits] && e->grade.share)
            j->published[e->digits] += pf_testpan_is(e->number);
    }
}

static void flush(struct pf_judge *j)
{
    enum pf_share share[PF_PAN_MAX + 1][2];

    count_passed(j);
    for (unsigned d = 0; d <= PF_PAN_MAX; d++) {
        share[d][0] = share_of(j, d, false);
        share[d][1] = share_of(j, d, true);
    }
    for (size_t i = 0; i < j->ledger.n; i++) {
        const struct pf_entry *e = &j->ledger.entry[i];
        struct pf_grade grade = e->grade;
        bool listed, published;

        pf_score_share(&grade, share[e->digits][0]);
        listed = grade.confidence > PF_POSSIBLE || j->possible < PF_POSSIBLE_LISTED;
        published = listed || share[e->digits][1] != PF_SHARE_NONE ? pf_testpan_is(e->number) : false;
        if (published) {
            grade = e->grade;
            pf_score_share(&grade, share[e->digits][1]);
            listed |= grade.confidence > PF_POSSIBLE;
        }
        if (!listed) {
            if (j->unlisted.count++ == 0) {
                j->unlisted.offset = e->offset;
                j->unlisted.line = e->line;
            }
            continue;
        }
        j->possible += grade.confidence == PF_POSSIBLE;
        emit(j, e, &grade, published);
    }
    pf_ledger_clear(&j->ledger);
}

void pf_judge_end(struct pf_judge *j)
{
    flush(j);
    if (j->unlisted.count) {
        struct pf_finding f = {
            .cls = PF_CLASS_PAN_CLEAR, .confidence = PF_POSSIBLE, .brand = "",
            .reasons = { pf_reason_name(PF_REASON_NOT_LISTED) }, .n_reasons = 1,
            .encoding = pf_dress_name(PF_DRESS_ASCII), .where = j->where,
            .offset = j->unlisted.offset, .line = j->unlisted.line, .count = j->unlisted.count,
        };

        push(j, &f);
    }
    j->sink = NULL;
}

/* Another place of a number that is held: the best place decides. */
static void merge(struct pf_entry *e, const struct pf_candidate *c, const uint8_t *buf, size_t len)
{
    struct pf_grade grade;
    bool better;

    if (e->grade.confidence == PF_CONFIRMED) {
        struct pf_track track = pf_track_at(buf, len, c->start, c->end, c->dress);

        e->count++;
        if (!track.discretionary || e->grade.sad)
            return;
    }
    grade = pf_score(c, e->number, buf, len);
    if (!grade.keep)
        return;
    if (e->grade.confidence != PF_CONFIRMED)
        e->count++;
    better = grade.confidence > e->grade.confidence || (grade.sad && !e->grade.sad) ||
             (grade.confidence == e->grade.confidence && grade.share && !e->grade.share);
    grade.sad |= e->grade.sad;
    if (better)
        e->grade = grade;
}

struct pf_entry *pf_judge_take(struct pf_judge *j, const struct pf_candidate *c,
                               const uint8_t *buf, size_t len, uint64_t offset)
{
    uint64_t number = pf_candidate_number(c);
    struct pf_entry *e;
    struct pf_grade grade;

    if (!j->regional && !c->brand->world && !pf_iin_find_world(c->pan.digit, c->pan.n))
        return NULL;
    e = pf_ledger_find(&j->ledger, number);
    if (e) {
        merge(e, c, buf, len);
        return NULL;
    }
    grade = pf_score(c, number, buf, len);
    if (!grade.keep)
        return NULL;
    if (j->ledger.n == j->ledger.cap)
        flush(j);
    e = pf_ledger_add(&j->ledger, number);
    e->offset = offset;
    e->line = 0;
    e->count = 1;
    e->brand = j->regional || c->brand->world ? c->brand : pf_iin_find_world(c->pan.digit, c->pan.n);
    e->grade = grade;
    e->digits = c->pan.n;
    e->dress = c->dress;
    return e;
}
