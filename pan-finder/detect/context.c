/* context.c - finds words of the table in the readings before and after a
 * number and adds them up.
 *
 * A word counts from where a word can begin to where it can end, the longest
 * one wins, and a word inside a longer one does not count again ("gift card
 * number" is a gift card and a card number; "masked_card_number" is one name). */
#include "pan-finder/detect/context.h"

#include "pan-finder/detect/fold.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/reading.h"

#include <string.h>

enum context_rank { RANK_first, RANK_second, RANK_lower };
enum context_kind { KIND_word, KIND_second, KIND_key };

struct context_rule { uint8_t rank, reach, cap; };
struct context_term { uint8_t group; int8_t weight; uint8_t kind, more; };
struct context_edge { uint32_t key; uint16_t child; };

#include "context_table.h"

#define HITS_MAX 32
#define NO_KEY SIZE_MAX
#define FAR 255

struct hit {
    int8_t weight;
    uint8_t group, kind, dist, lines;
    bool before, key;
};

struct hits {
    struct hit hit[HITS_MAX];
    size_t n;
};

static uint16_t edge(uint16_t node, uint16_t symbol)
{
    uint32_t key = (uint32_t)node << 16 | symbol;
    uint32_t at = pf_edge_hash(node, symbol, EDGE_BITS);

    while (edge_table[at].key && edge_table[at].key != key)
        at = (at + 1) & ((1u << EDGE_BITS) - 1);
    return edge_table[at].key ? edge_table[at].child : 0;
}

static bool ascii_letter(uint16_t s)
{
    return s >= 'a' && s <= 'z';
}

/* True when a word may end with symbol e: before a break, a new word, a kana or
 * kanji, digits after a letter; an English plural is let through. */
static bool ends(const struct pf_reading *r, size_t e)
{
    uint16_t last = r->sym[e], next;

    if (last >= 0x80 || e + 1 >= r->n || r->start[e + 1])
        return true;
    next = r->sym[e + 1];
    if (next == PF_FOLD_BREAK || next >= 0x80)
        return true;
    if (!ascii_letter(last))
        return last == '#' || last == '/';
    if (next >= '0' && next <= '9')
        return true;
    return next == 's' && (e + 2 >= r->n || r->start[e + 2] || r->sym[e + 2] == PF_FOLD_BREAK);
}

/* The longest word that begins at symbol i: its first term, or 0; *end is its last symbol. */
static uint16_t longest(const struct pf_reading *r, size_t i, size_t *end)
{
    uint16_t node = 0, best = 0;
    uint32_t bit;

    if (i + 1 >= r->n)
        return 0;
    bit = pf_pair_bit(r->sym[i], r->sym[i + 1]);
    if (!(pair_filter[bit / 8] >> (bit % 8) & 1u))
        return 0;
    for (size_t k = i; k < r->n && r->sym[k] != PF_FOLD_BREAK; k++) {
        node = edge(node, r->sym[k]);
        if (!node)
            break;
        if (node_term[node] && ends(r, k)) {
            best = node_term[node];
            *end = k;
        }
    }
    return best;
}

/* The last symbol of the name whose value the number is: the name stands
 * directly before '=', ':', '=>' or '>', with quotes, brackets and spaces
 * between. NO_KEY when there is none. */
static size_t key_end(const struct pf_reading *r)
{
    static const char opening[] = " \t\"'`\\([{";
    static const char closing[] = " \t\"'`\\)]}";
    size_t i = r->n;
    bool bound = false;

    while (i > 0 && r->sym[i - 1] == PF_FOLD_BREAK && strchr(opening, r->raw[i - 1]))
        i--;
    for (; i > 0 && r->sym[i - 1] == PF_FOLD_BREAK && strchr("=:>", r->raw[i - 1]); i--)
        bound = true;
    if (!bound)
        return NO_KEY;
    while (i > 0 && r->sym[i - 1] == PF_FOLD_BREAK && strchr(closing, r->raw[i - 1]))
        i--;
    return i > 0 && r->sym[i - 1] != PF_FOLD_BREAK ? i - 1 : NO_KEY;
}

/* Adds the terms of a word that is in reach; true when one applied. */
static bool add(struct hits *hits, const struct pf_reading *r, uint16_t first, size_t end,
                size_t dist_at, bool before, bool key)
{
    bool applied = false;

    for (const struct context_term *t = &term_table[first];; t++) {
        const struct context_rule *rule = &group_table[t->group];
        unsigned reach = before ? rule->reach : rule->reach / 2u;
        bool counts = (t->kind != KIND_key || key) && r->dist[dist_at] <= reach;

        if (counts && hits->n < HITS_MAX) {
            hits->hit[hits->n++] = (struct hit){ t->weight, t->group, t->kind, r->dist[dist_at],
                                                 r->lines[end], before, key };
            applied = true;
        }
        if (!t->more)
            return applied;
    }
}

static void collect(struct hits *hits, const struct pf_reading *r, bool before)
{
    size_t key = before ? key_end(r) : NO_KEY, covered = 0;

    for (size_t i = 0; i < r->n; i++) {
        size_t end = 0;
        uint16_t first;

        if (!r->start[i] || r->sym[i] <= PF_FOLD_SEP)
            continue;
        first = longest(r, i, &end);
        if (!first || end < covered)
            continue;
        if (add(hits, r, first, end, before ? end : i, before, end == key))
            covered = end + 1;
    }
}

static bool names_number(unsigned group)
{
    return group == GROUP_pan || group == GROUP_cvc || group == GROUP_track;
}

/* Distance of the nearest word for a card number before the number; FAR when none. */
static unsigned nearest_name(const struct hits *hits)
{
    unsigned near = FAR;

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->hit[i];

        if (h->before && h->weight >= 2 && names_number(h->group) && h->dist < near)
            near = h->dist;
    }
    return near;
}

/* What speaks against must be on the same line and nearer than a word for a
 * card number: in "phone 03-..., card number 4..." the phone is another's. */
static bool lowers(const struct hit *h, unsigned near)
{
    return h->lines == 0 && (h->before ? h->dist < near : near == FAR);
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

struct weights { int first[GROUP_COUNT], second[GROUP_COUNT], lower[GROUP_COUNT]; };

/* Keeps the largest term of each group. */
static void weigh(struct weights *w, const struct hits *hits, bool foreign_key)
{
    unsigned near = nearest_name(hits);

    for (size_t i = 0; i < hits->n; i++) {
        const struct hit *h = &hits->hit[i];
        const struct context_rule *rule = &group_table[h->group];
        int weight = h->weight > rule->cap ? rule->cap : h->weight;
        int *slot = rule->rank == RANK_second || h->kind == KIND_second ? w->second : w->first;

        if (weight < 0) {
            if (lowers(h, foreign_key ? FAR : near) || h->key)
                w->lower[h->group] = weight < w->lower[h->group] ? weight : w->lower[h->group];
            continue;
        }
        if (foreign_key && h->group == GROUP_pan)
            continue;
        if (weight > slot[h->group])
            slot[h->group] = weight;
    }
}

static struct pf_context resolve(const struct hits *hits)
{
    struct weights w = { 0 };
    struct pf_context out = { 0, 0 };
    bool foreign_key = false, field = false;
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
    if (field && !foreign_key)
        out.flags |= PF_CONTEXT_FIELD;
    return out;
}

struct pf_context pf_context_score(const uint8_t *buf, size_t len, size_t start, size_t end,
                                   uint8_t dress)
{
    size_t from = start > PF_REACH ? start - PF_REACH : 0;
    size_t to = len - end > PF_REACH / 2 ? end + PF_REACH / 2 : len;
    bool narrow = dress == PF_DRESS_ASCII;
    struct pf_context none = { 0, 0 };
    struct pf_reading reading;
    struct hits hits = { .n = 0 };
    enum pf_charset charset;

    if (narrow && !pf_reading_worth(buf, from, start) && !pf_reading_worth(buf, end, to))
        return none;
    charset = pf_reading_charset(buf, from, start, dress);
    pf_reading_before(&reading, buf, start, charset);
    collect(&hits, &reading, true);
    if (narrow && charset == PF_CHARSET_UTF8)     /* else the bytes before have decided */
        charset = pf_reading_charset(buf, end, to, dress);
    pf_reading_after(&reading, buf, len, end, charset);
    collect(&hits, &reading, false);
    return hits.n ? resolve(&hits) : none;
}
