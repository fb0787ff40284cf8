/* judge.c - collects numbers, applies the share test, makes findings of them. */
#include "pan-finder/detect/judge.h"

#include "pan-finder/base/sort.h"
#include "pan-finder/detect/explain.h"
#include "pan-finder/detect/lookalike.h"
#include "pan-finder/detect/testpan.h"
#include "pan-finder/detect/track.h"
#include "pan-finder/detect/user_rule.h"

#include <stdlib.h>
#include <string.h>

bool pf_judge_init(struct pf_judge *j, size_t cap, const struct pf_fingerprinter *fingerprinter,
                   bool regional)
{
    *j = (struct pf_judge){ .fingerprinter = fingerprinter, .regional = regional };
    j->order = malloc(cap * sizeof *j->order);
    return pf_ledger_init(&j->ledger, cap) && j->order != NULL;
}

void pf_judge_release(struct pf_judge *j)
{
    pf_ledger_release(&j->ledger);
    pf_elements_release(&j->elements);
    free(j->order);
    j->order = NULL;
}

void pf_judge_begin(struct pf_judge *j, const struct pf_finding_sink *sink, const char *where)
{
    pf_ledger_clear(&j->ledger);
    pf_elements_clear(&j->elements);
    j->mixed = false;
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

static void emit(struct pf_judge *j, const struct pf_entry *e, const struct pf_grade *grade, bool published)
{
    struct pf_pan pan = pf_entry_pan(e);
    char encoding[PF_ENCODING_MAX];
    struct pf_finding f = {
        .cls = published ? PF_CLASS_TEST_PAN : (enum pf_class)grade->cls,
        .confidence = (enum pf_confidence)grade->confidence, .brand = e->brand->key, .pan = pf_pan_mask(&pan),
        .digits = e->digits, .encoding = pf_encoding_name(e->wraps, e->form, encoding),
        .where = j->where, .offset = e->offset, .line = e->line, .count = e->count > 0 ? e->count : e->told, .test_pan = published,
    };

    pf_fingerprint(j->fingerprinter, &pan, f.fingerprint);
    pf_user_rules_mark(j->rules, grade->ignored, &f);
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

static bool takes_part(const struct pf_entry *e)
{
    return e->grade.share && !e->grade.waits;
}

/* Adds the held numbers to the counts. Which of them are published matters only
 * where the share test has a chance. */
static void count_passed(struct pf_judge *j)
{
    bool hope[PF_PAN_MAX + 1];

    for (size_t i = 0; i < j->ledger.n; i++)
        j->passed[j->ledger.entry[i].digits] += takes_part(&j->ledger.entry[i]);
    for (unsigned d = 0; d <= PF_PAN_MAX; d++)
        hope[d] = share_of(j, d, true) != PF_SHARE_NONE;
    for (size_t i = 0; i < j->ledger.n; i++) {
        const struct pf_entry *e = &j->ledger.entry[i];

        if (hope[e->digits] && takes_part(e))
            j->published[e->digits] += pf_testpan_is(e->number);
    }
}

/* Makes j->order the held entries by their places. Plain candidates come in that
 * order; elements and what was decoded do not. */
static int by_place(uint32_t a, uint32_t b, const void *entries)
{
    const struct pf_entry *x = (const struct pf_entry *)entries + a, *y = (const struct pf_entry *)entries + b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void sort(struct pf_judge *j)
{
    for (size_t i = 0; i < j->ledger.n; i++)
        j->order[i] = (uint32_t)i;
    if (j->mixed)
        pf_sort(j->order, j->ledger.n, by_place, j->ledger.entry);
}

/* The grade of a number when its object, or as much of it as is held, is known. */
static struct pf_grade final_grade(const struct pf_judge *j, const struct pf_entry *e, enum pf_share share,
                                   bool published)
{
    struct pf_grade grade = e->grade;
    uint16_t column = e->column;

    if (grade.user != PF_USER_NONE)
        return grade;                /* the operator's word outweighs the statistics */
    pf_score_share(&grade, share);
    if (j->table == NULL || e->wraps != 0)
        return grade;
    if (column == PF_COLUMN_NONE && e->offset < PF_TABLE_HEAD)
        column = pf_table_place(j->table, e->offset);
    if (column != PF_COLUMN_NONE) {
        struct pf_opinion opinion = pf_table_opinion(j->table, column);

        pf_score_column(&grade, &opinion, published);
    }
    return grade;
}

/* The verification code in the record of a number: no surer than the number is. The column
 * of a table tells its codes itself. */
static void take_code(struct pf_judge *j, const struct pf_entry *e, uint8_t confidence, bool published)
{
    const struct pf_seat seat = { .offset = e->code, .line = e->plain.line, .column = PF_COLUMN_NONE, .wraps = e->plain.wraps };
    struct pf_element code = { .cls = PF_CLASS_SAD_CVC, .confidence = PF_POSSIBLE, .form = "ascii",
                               .reasons = (uint64_t)1 << PF_REASON_BESIDE };
    uint16_t column = e->code_column;

    if (e->code == PF_NO_CODE)
        return;
    if (j->table != NULL && e->plain.wraps == 0) {
        if (column == PF_COLUMN_NONE && e->code < PF_TABLE_HEAD)
            column = pf_table_place(j->table, e->code);
        if (column != PF_COLUMN_NONE && pf_table_tells_codes(j->table, column))
            return;
    }
    if (published)
        code.reasons |= (uint64_t)1 << PF_REASON_PUBLISHED;
    else if (confidence > PF_POSSIBLE)
        code.confidence = PF_PROBABLE;
    pf_elements_add(&j->elements, &code, &seat);
}

static void flush(struct pf_judge *j)
{
    enum pf_share share[PF_PAN_MAX + 1][2];

    count_passed(j);
    for (unsigned d = 0; d <= PF_PAN_MAX; d++) {
        share[d][0] = share_of(j, d, false);
        share[d][1] = share_of(j, d, true);
    }
    sort(j);
    for (size_t i = 0; i < j->ledger.n; i++) {
        const struct pf_entry *e = &j->ledger.entry[j->order[i]];
        struct pf_grade grade = final_grade(j, e, share[e->digits][0], false);
        bool listed, published;

        listed = grade.confidence > PF_POSSIBLE || j->possible < PF_POSSIBLE_LISTED;
        published = listed || share[e->digits][1] != PF_SHARE_NONE ? pf_testpan_is(e->number) : false;
        if (published) {
            grade = final_grade(j, e, share[e->digits][1], true);
            listed |= grade.confidence > PF_POSSIBLE;
        }
        if (grade.waits) {
            pf_explain_waited(j->sink, j->where, e);
            continue;
        }
        take_code(j, e, grade.confidence, published);
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

/* What is no whole number. */
static void emit_element(void *ctx, const struct pf_listed *listed, bool counted)
{
    struct pf_judge *j = ctx;
    const struct pf_element *element = &listed->element;
    char encoding[PF_ENCODING_MAX];
    struct pf_finding f = {
        .cls = element->cls, .confidence = element->confidence,
        .brand = element->brand != NULL ? element->brand->key : "",
        .encoding = pf_encoding_name(listed->seat.wraps, element->form, encoding), .where = j->where,
        .offset = listed->seat.offset, .line = listed->seat.line, .count = listed->count,
    };

    if (!counted) {
        f.pan = element->masked;
        f.digits = element->digits;
    }
    add_reasons(&f, element->reasons | (counted ? (uint64_t)1 << PF_REASON_NOT_LISTED : 0));
    push(j, &f);
}

void pf_judge_end(struct pf_judge *j)
{
    flush(j);
    pf_elements_each(&j->elements, emit_element, j);
    pf_elements_clear(&j->elements);
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

/* The better of two places of a number, the first of those that are alike: which it is may not depend
 * on the order in which they come. */
static bool more(const struct pf_grade *a, const struct pf_seat *at, const struct pf_entry *e)
{
    const bool track = a->cls == PF_CLASS_SAD_TRACK, other = e->grade.cls == PF_CLASS_SAD_TRACK;

    if (a->waits != e->grade.waits)
        return e->grade.waits;
    if (a->confidence != e->grade.confidence)
        return a->confidence > e->grade.confidence;
    if (track != other)
        return track;
    if (a->share != e->grade.share)
        return a->share;
    if (pf_seat_before(at, &e->graded) || pf_seat_before(&e->graded, at))
        return pf_seat_before(at, &e->graded);
    return a->reasons > e->grade.reasons;
}

/* The grade of two places of a number: the better one; a track stays a track. */
static void better(struct pf_entry *e, struct pf_grade grade, const struct pf_seat *seat)
{
    bool sad = grade.cls == PF_CLASS_SAD_TRACK || e->grade.cls == PF_CLASS_SAD_TRACK;
    bool token = grade.cls == PF_CLASS_TOKEN_SUSPECT || e->grade.cls == PF_CLASS_TOKEN_SUSPECT;
    bool clear = (grade.cls == PF_CLASS_PAN_CLEAR && grade.confidence > PF_POSSIBLE) ||
                 (e->grade.cls == PF_CLASS_PAN_CLEAR && e->grade.confidence > PF_POSSIBLE);
    uint8_t ignored = grade.ignored < e->grade.ignored ? grade.ignored : e->grade.ignored;     /* left out when all places are */

    if (more(&grade, seat, e)) {
        e->grade = grade;
        e->graded = *seat;
    }
    if (token)                       /* called a token at one place, and nothing more than a number at the others */
        e->grade.cls = clear ? PF_CLASS_PAN_CLEAR : PF_CLASS_TOKEN_SUSPECT;
    if (sad)
        e->grade.cls = PF_CLASS_SAD_TRACK;
    e->grade.ignored = ignored;
}

/* The first place of a number is the one that is shown. */
static void place(struct pf_entry *e, const struct pf_seat *seat, const char *form)
{
    const struct pf_seat shown = { .offset = e->offset, .wraps = e->wraps };

    if (!pf_seat_before(seat, &shown))
        return;
    e->offset = seat->offset;
    e->line = seat->line;
    e->wraps = seat->wraps;
    e->column = PF_COLUMN_NONE;
    e->form = form;
}

/* What score.c and the operator's rules say of a candidate. */
static struct pf_grade grade_of(const struct pf_judge *j, const struct pf_candidate *c, uint64_t number,
                                const uint8_t *buf, size_t len)
{
    struct pf_grade grade = pf_score(c, number, buf, len);

    pf_user_rules_apply(j->rules, buf, len, c->start, c->end, &grade);
    return grade;
}

static struct pf_entry *add(struct pf_judge *j, uint64_t number, const struct pf_pan *pan, const struct pf_brand *brand,
                            const struct pf_seat *seat, const struct pf_grade *grade, const char *form)
{
    struct pf_entry *e;

    if (j->ledger.n == j->ledger.cap)
        flush(j);
    e = pf_ledger_add(&j->ledger, number);
    e->offset = seat->offset;
    e->line = seat->line;
    e->wraps = seat->wraps;
    e->column = e->code_column = PF_COLUMN_NONE;
    e->code = PF_NO_CODE;
    e->grade = *grade;
    e->graded = *seat;
    e->plain = (struct pf_seat){ .offset = UINT64_MAX };
    e->form = form;
    e->brand = j->regional || brand->world ? brand : pf_iin_find_world(pan->digit, pan->n);
    e->digits = pan->n;
    return e;
}

/* One more place of the number; true when it is the first. */
static bool count(struct pf_entry *e, const struct pf_seat *seat)
{
    e->count++;
    if (!pf_seat_before(seat, &e->plain))
        return false;
    e->plain = *seat;
    e->code = PF_NO_CODE;
    e->code_column = PF_COLUMN_NONE;
    return true;
}

struct pf_entry *pf_judge_take(struct pf_judge *j, const struct pf_candidate *c,
                               const uint8_t *buf, size_t len, const struct pf_seat *seat)
{
    uint64_t number = pf_candidate_number(c);
    const char *form = pf_dress_name((enum pf_dress)c->dress);
    struct pf_entry *e;
    struct pf_grade grade;

    if (pf_explain_fails(c) || (!j->regional && !c->brand->world && !pf_iin_find_world(c->pan.digit, c->pan.n))) {
        pf_explain_dropped(j->sink, j->where, c, NULL, buf, len, seat);
        return NULL;
    }
    e = pf_ledger_find(&j->ledger, number);
    grade = grade_of(j, c, number, buf, len);
    if (!grade.keep || (grade.waits && (j->table == NULL || seat->wraps != 0))) {
        if (e == NULL)
            pf_explain_dropped(j->sink, j->where, c, &grade, buf, len, seat);
        return NULL;
    }
    if (e != NULL) {
        better(e, grade, seat);
        place(e, seat, form);
    } else {
        e = add(j, number, &c->pan, c->brand, seat, &grade, form);
    }
    j->mixed |= seat->wraps != 0;
    return count(e, seat) ? e : NULL;
}

/* A number that an element holds. It was often taken as a candidate before, and
 * is not counted again then. */
static void take_number(struct pf_judge *j, const struct pf_element *element, const struct pf_seat *seat)
{
    const struct pf_brand *brand = element->brand != NULL ? element->brand
                                                          : pf_iin_find(element->pan.digit, element->pan.n);
    const struct pf_brand *world = pf_iin_find_world(element->pan.digit, element->pan.n);
    uint64_t number = pf_pan_number(&element->pan);
    struct pf_grade grade = {
        .reasons = element->reasons, .confidence = (uint8_t)element->confidence, .keep = true,
        .share = element->shared, .world = world != NULL, .cls = (uint8_t)element->cls,
    };
    struct pf_entry *e;

    if (brand == NULL || (!j->regional && world == NULL))
        return;
    e = pf_ledger_find(&j->ledger, number);
    if (e != NULL) {
        better(e, grade, seat);
        place(e, seat, element->form);
    } else {
        e = add(j, number, &element->pan, brand, seat, &grade, element->form);
    }
    e->told++;
    j->mixed = true;
}

bool pf_judge_wants_line(const struct pf_judge *j, const struct pf_element *element, uint64_t offset)
{
    return element->pan.n > 0 || pf_elements_lists(&j->elements, element->cls, offset);
}

void pf_judge_element(struct pf_judge *j, const struct pf_element *element, const struct pf_seat *seat)
{
    if (element->pan.n > 0)
        take_number(j, element, seat);
    else
        pf_elements_add(&j->elements, element, seat);
}
