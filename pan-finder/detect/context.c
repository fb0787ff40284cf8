/* context.c - finds words of the table in the readings before and after a
 * number and adds them up.
 *
 * A word counts from where a word can begin to where it can end, the longest
 * one wins, and a word inside a longer one does not count again ("masked_card_number"
 * is one name). A name that goes on from another card's is that card's: "gift card
 * number" is no card number. */
#include "pan-finder/detect/context.h"

#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/label.h"
#include "pan-finder/detect/parent.h"
#include "pan-finder/detect/reading.h"
#include "pan-finder/detect/words.h"

#include <string.h>

enum context_rank { RANK_first, RANK_second, RANK_lower };

struct context_rule { uint8_t rank, reach, cap; };

#include "context_table.h"

#define HITS_MAX 32
#define NO_KEY SIZE_MAX
#define FAR 255
#define PHRASE 2           /* characters between words of one phrase */
#define FOREIGN (-3)       /* the most that the number of another card is given */

struct hit {
    int8_t weight;
    uint8_t group, kind, lines;
    uint8_t dist, far;         /* characters from its nearer and farther end to the number */
    bool before, key, direct;  /* direct: nothing but separators between it and the number */
};

struct hits {
    struct hit hit[HITS_MAX];
    size_t n;
    bool foreign;              /* the name of the value is that of another card's number */
};

static bool one_of(uint16_t sym, const char *set)
{
    return sym != 0 && sym < 0x80 && strchr(set, (char)sym) != NULL;
}

/* The last symbol of the name whose value the number is: the name stands
 * directly before '=', ':', '=>' or '>', with quotes, brackets and spaces
 * between. NO_KEY when there is none. */
static size_t key_end(const struct pf_reading *r)
{
    size_t i = r->n;
    bool bound = false;

    while (i > 0 && one_of(r->sym[i - 1], " \t\"'`\\({"))
        i--;
    for (; i > 0 && one_of(r->sym[i - 1], "=:>"); i--)
        bound = true;
    if (!bound)
        return NO_KEY;
    while (i > 0 && one_of(r->sym[i - 1], " \t\"'`\\)}"))
        i--;
    return i > 0 && !pf_reading_break(r->sym[i - 1]) ? i - 1 : NO_KEY;
}

/* Line ends between symbol i and the number. */
static uint8_t lines_between(const struct pf_reading *r, size_t i, bool before)
{
    uint8_t lines = 0;

    for (size_t k = before ? i : 0; k < (before ? r->n : i); k++)
        lines = (uint8_t)(lines + (r->sym[k] == '\n'));
    return lines;
}

/* True when nothing but separators, quotes and an open bracket stands between symbol i and the number. */
static bool right_before(const struct pf_reading *r, size_t i)
{
    size_t n = r->n;

    while (n > 0 && one_of(r->sym[n - 1], "\"'`("))
        n--;
    return i + 1 == n;
}

/* Adds the terms of a word that is in reach; true when one applied. */
static bool add(struct hits *hits, const struct pf_reading *r, const struct pf_word_term *t, size_t begin, size_t end,
                bool before, bool key)
{
    uint8_t dist = r->dist[before ? end : begin], far = r->dist[before ? begin : end];
    bool applied = false, direct = before && right_before(r, end);

    for (;; t++) {
        const struct context_rule *rule = &group_table[t->group];
        unsigned reach = before ? rule->reach : rule->reach / 2u;
        bool named = key || (direct && t->group == GROUP_pan && t->weight == 2);      /* "card 4111..." */
        bool counts = (t->kind != PF_WORD_KEY || named) && dist <= reach;

        if (counts && hits->n < HITS_MAX) {
            hits->hit[hits->n++] = (struct hit){ t->weight, t->group, t->kind, lines_between(r, end, before),
                                                 dist, far, before, key, key || direct };
            applied = true;
        }
        if (!t->more)
            return applied;
    }
}

static bool names_number(unsigned group)
{
    return group == GROUP_pan || group == GROUP_cvc || group == GROUP_track;
}

static bool of_group(const struct pf_word_term *t, unsigned group)
{
    while (t->group != group && t->more)
        t++;
    return t->group == group;
}

/* True when the name that ends at `key` goes on behind `end` with nothing but what makes an id's name:
 * "scorecard_id", "nanaco番号". */
static bool goes_to(const struct pf_reading *r, size_t end, size_t key)
{
    static const char *const tails[] = { "id", "no", "num", "number", "code", "cd" };
    size_t n = key - end;

    if (key == NO_KEY || key < end)
        return false;
    if (n == 2 && r->sym[end + 1] == 0x756a && r->sym[key] == 0x53f7)
        return true;
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        size_t k = 0;

        while (k < n && tails[i][k] != '\0' && r->sym[end + 1 + k] == (uint8_t)tails[i][k])
            k++;
        if (k == n && tails[i][k] == '\0')
            return true;
    }
    return n == 0;
}

static void collect(struct hits *hits, const struct pf_reading *r, bool before)
{
    size_t key = before ? key_end(r) : NO_KEY, covered = 0, other = 0;     /* other: behind another card's name */

    for (size_t i = 0; i < r->n; i++) {
        size_t end = 0;
        const struct pf_word_term *first;

        if (!r->start[i])
            continue;
        first = pf_words_longest(r, i, &end);
        if (!first || end < covered)
            continue;
        if (i <= other && other > 0 && of_group(first, GROUP_pan)) {
            covered = other = end + 1;
            hits->foreign |= end == key;
            continue;
        }
        if (of_group(first, GROUP_other_card)) {
            other = end + 1;
            hits->foreign |= goes_to(r, end, key);
        }
        if (add(hits, r, first, i, end, before, end == key))
            covered = end + 1;
    }
}

/* Distance of the farther end of the nearest word for a card number before the
 * number; FAR when there is none. */
static unsigned nearest_name(const struct hits *hits)
{
    unsigned near = FAR, from = FAR;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->hit[i];

        if (h->before && h->weight >= 2 && names_number(h->group) && h->dist < near) {
            near = h->dist;
            from = h->far;
        }
    }
    return from;
}

/* What speaks against must be on the same line and not farther than a word for a
 * card number: in "phone 03-..., card number 4..." the phone is another's, in
 * "gift card number 4..." and "masked card number 4..." it is one phrase. */
static bool lowers(const struct hit *h, unsigned near)
{
    return h->lines == 0 && (h->before ? h->dist <= near + PHRASE : near == FAR);
}

static unsigned flag_of(unsigned group)
{
    static const uint16_t flag[GROUP_COUNT] = {
        [GROUP_pan] = PF_CONTEXT_CARD, [GROUP_brand] = PF_CONTEXT_BRAND,
        [GROUP_expiry] = PF_CONTEXT_EXPIRY, [GROUP_cvc] = PF_CONTEXT_CODE,
        [GROUP_name] = PF_CONTEXT_HOLDER, [GROUP_track] = PF_CONTEXT_TRACK,
        [GROUP_threeds] = PF_CONTEXT_THREEDS, [GROUP_service_code] = PF_CONTEXT_EXPIRY,
        [GROUP_pin] = PF_CONTEXT_CODE, [GROUP_acquiring] = PF_CONTEXT_PAYMENT,
        [GROUP_moto_intake] = PF_CONTEXT_PAYMENT, [GROUP_word] = PF_CONTEXT_BRAND,
        [GROUP_sanitised] = PF_CONTEXT_REDUCED, [GROUP_test] = PF_CONTEXT_TEST,
        [GROUP_other_id] = PF_CONTEXT_OTHER_ID, [GROUP_other_card] = PF_CONTEXT_OTHER_CARD,
    };

    return flag[group];
}

struct weights { int first[GROUP_COUNT], second[GROUP_COUNT], lower[GROUP_COUNT]; bool number, direct; };

/* Keeps the largest term of each group. */
static void weigh(struct weights *w, const struct hits *hits, bool foreign_key)
{
    unsigned near = nearest_name(hits);

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->hit[i];
        const struct context_rule *rule = &group_table[h->group];
        int weight = h->weight > rule->cap ? rule->cap : h->weight;
        int *slot = rule->rank == RANK_second || h->kind == PF_WORD_SECOND ? w->second : w->first;

        if (weight < 0) {
            if (lowers(h, foreign_key ? FAR : near) || h->key)
                w->lower[h->group] = weight < w->lower[h->group] ? weight : w->lower[h->group];
            continue;
        }
        if (foreign_key && h->group == GROUP_pan)
            continue;
        if (weight > slot[h->group])
            slot[h->group] = weight;
        w->number |= h->group == GROUP_pan && (weight >= 4 || (weight >= 2 && h->direct));
        w->direct |= h->group == GROUP_pan && weight >= 2 && h->direct;
    }
}

static struct pf_context resolve(const struct hits *hits)
{
    struct weights w = { 0 };
    struct pf_context out = { 0, 0 };
    bool foreign_key = hits->foreign, field = false;
    int first = 0, second = 0;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->hit[i];

        foreign_key |= h->key && h->group == GROUP_other_id;
        field |= h->key && h->group == GROUP_pan && h->weight >= 4;
    }
    weigh(&w, hits, foreign_key);
    for (unsigned g = 0; g < GROUP_COUNT; g++)
        first += w.first[g];
    for (unsigned g = 0; g < GROUP_COUNT; g++) {
        if (first > 0 && w.second[g] > w.first[g])
            second += w.second[g] - w.first[g];
        out.score += w.lower[g];
        if (w.first[g] || w.lower[g] || (first > 0 && w.second[g]))
            out.flags |= flag_of(g);
    }
    out.score += first + second;
    if (w.number)
        out.flags |= PF_CONTEXT_NUMBER;
    if (w.direct)
        out.flags |= PF_CONTEXT_DIRECT;
    if (field && !foreign_key)
        out.flags |= PF_CONTEXT_FIELD;
    if (hits->foreign) {
        out.flags |= PF_CONTEXT_FOREIGN | PF_CONTEXT_OTHER_CARD;
        out.score = out.score < FOREIGN ? out.score : FOREIGN;
    }
    return out;
}

static struct pf_context near(const uint8_t *buf, size_t len, size_t start, size_t end, uint8_t dress)
{
    size_t from = start > PF_REACH ? start - PF_REACH : 0;
    size_t to = len - end > PF_REACH / 2 ? end + PF_REACH / 2 : len;
    bool narrow = dress == PF_DRESS_ASCII && memchr(buf + from, 0x1b, start - from) == NULL;
    struct pf_context none = { 0, 0 };
    enum pf_charset charset[2];
    size_t charsets;

    if (narrow && !pf_words_likely(buf, from, start) && !pf_words_likely(buf, end, to))
        return none;
    charsets = pf_reading_charsets(buf, from, to, dress, charset);
    for (size_t i = 0; i < charsets; i++) {
        struct pf_reading reading;
        struct hits hits = { .n = 0, .foreign = false };

        pf_reading_before(&reading, buf, start, charset[i]);
        collect(&hits, &reading, true);
        pf_reading_after(&reading, buf, len, end, charset[i]);
        collect(&hits, &reading, false);
        if (hits.n || hits.foreign)
            return resolve(&hits);
    }
    return none;
}

/* The same in UTF-16, whose letters but those of ASCII end names. */
static size_t parent_in_utf16(const uint8_t *buf, size_t start, bool big, char name[PF_PARENT_MAX])
{
    uint8_t narrow[PF_PARENT_REACH];
    size_t units = start / 2 < sizeof narrow ? start / 2 : sizeof narrow, n;
    const uint8_t *p = buf + start - 2 * units;

    for (size_t i = 0; i < units; i++, p += 2)
        narrow[i] = p[!big] == 0 && p[big] < 0x80 ? p[big] : 0;
    n = pf_parent_name(narrow, units, name);
    explicit_bzero(narrow, sizeof narrow);
    return n;
}

/* What the name says that the value has with its parent's: read as the name of a value, "card_number=0". */
static struct pf_context named_with_parent(const uint8_t *buf, size_t start, uint8_t dress)
{
    char text[PF_PARENT_MAX + 3] = { '\n' };
    size_t n;

    if (dress == PF_DRESS_ASCII)
        n = pf_parent_name(buf, start, text + 1);
    else
        n = parent_in_utf16(buf, start, dress == PF_DRESS_UTF16BE, text + 1);
    if (n == 0)
        return (struct pf_context){ 0, 0 };
    memcpy(text + 1 + n, "=0", 2);
    return near((const uint8_t *)text, n + 3, n + 2, n + 3, PF_DRESS_ASCII);
}

/* The same with what is escaped in it read as what it stands for. */
static struct pf_context near_escapes(const uint8_t *buf, size_t len, size_t start, size_t end, uint8_t dress)
{
    struct pf_context c = near(buf, len, start, end, dress);
    struct pf_label label;

    if (dress != PF_DRESS_ASCII || (c.flags & (PF_CONTEXT_FIELD | PF_CONTEXT_FOREIGN)) ||
        !pf_label_read(&label, buf, len, start, end))
        return c;
    c = near(label.text, label.len, label.start, label.start + 1, dress);
    explicit_bzero(label.text, label.len);
    return c;
}

struct pf_context pf_context_score(const uint8_t *buf, size_t len, size_t start, size_t end, uint8_t dress)
{
    struct pf_context c = near_escapes(buf, len, start, end, dress), name;
    bool wide = dress == PF_DRESS_UTF16LE || dress == PF_DRESS_UTF16BE;

    if ((dress != PF_DRESS_ASCII && !wide) || (c.flags & (PF_CONTEXT_FIELD | PF_CONTEXT_FOREIGN | PF_CONTEXT_REDUCED)))
        return c;
    name = named_with_parent(buf, start, dress);
    if (name.flags & PF_CONTEXT_FIELD) {
        c.score = c.score > name.score ? c.score : name.score;
        c.flags |= name.flags;
    } else if (name.flags & PF_CONTEXT_FOREIGN) {
        c.score = c.score < FOREIGN ? c.score : FOREIGN;
        c.flags |= name.flags;
    }
    return c;
}
