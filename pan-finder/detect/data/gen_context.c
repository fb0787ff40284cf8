/* gen_context.c - group.tsv, context.tsv and jis.tsv into a trie of words.
 *
 * A word is stored folded (fold.h). Edges live in one open-addressed hash table;
 * node 0 is the root. Words of one spelling in several groups share a node. */
#include "pan-finder/detect/data/gentables.h"
#include "pan-finder/detect/fold.h"

#include <stdlib.h>
#include <string.h>

#define EDGE_BITS 14
#define EDGES (1u << EDGE_BITS)
#define NODES_MAX 12000
#define WORD_MAX 64

struct term { uint16_t node; unsigned group; int weight; const char *kind; };

static struct { uint32_t key; uint16_t child; } edge[EDGES];
static uint8_t start_filter[PF_START_BYTES];
static uint32_t nodes = 1;

static uint32_t utf8_next(const char **text)
{
    const uint8_t *p = (const uint8_t *)*text;
    unsigned n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    uint32_t cp = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));

    for (unsigned i = 1; i < n; i++)
        cp = cp << 6 | (p[i] & 0x3fu);
    *text += n;
    return cp;
}

static size_t fold_word(const char *text, uint16_t out[WORD_MAX])
{
    size_t n = 0;

    while (*text && n + 2 < WORD_MAX) {
        uint32_t cp = utf8_next(&text);
        uint16_t voiced = n ? pf_fold_voiced(out[n - 1], cp) : 0, s[2];
        size_t k;

        if (voiced) {
            out[n - 1] = voiced;
            continue;
        }
        k = pf_fold(cp, s);
        if (s[0] == PF_FOLD_BREAK)
            return 0;
        for (size_t i = 0; i < k && s[i] != PF_FOLD_SEP; i++)
            out[n++] = s[i];
    }
    return n;
}

static uint16_t walk(uint16_t node, uint16_t symbol)
{
    uint32_t key = (uint32_t)node << 16 | symbol;
    uint32_t at = pf_edge_hash(node, symbol, EDGE_BITS);

    while (edge[at].key && edge[at].key != key)
        at = (at + 1) % EDGES;
    if (!edge[at].key) {
        if (nodes >= NODES_MAX) {
            fprintf(stderr, "gentables: too many words\n");
            exit(2);
        }
        edge[at].key = key;
        edge[at].child = (uint16_t)nodes++;
    }
    return edge[at].child;
}

static int number(const struct tsv *tsv, const struct tsv_row *row, const char *text)
{
    char *end;
    long v = strtol(text, &end, 10);

    if (end == text || *end != '\0' || v < -1000 || v > 1000)
        gen_die(tsv, row, "not a number");
    return (int)v;
}

static int by_node(const void *a, const void *b)
{
    const struct term *x = a, *y = b;

    return x->node != y->node ? (x->node < y->node ? -1 : 1)
                              : (x->group > y->group) - (x->group < y->group);
}

static void add_terms(const struct tsv *tsv, const struct tsv *group, struct term *term)
{
    uint16_t word[WORD_MAX];

    for (size_t i = 0; i < tsv->n; i++) {
        const struct tsv_row *row = &tsv->row[i];
        size_t n = fold_word(row->field[0], word);
        uint32_t bit;

        if (n < 2)
            gen_die(tsv, row, "the word has a sign that cannot be matched, or is too short");
        bit = pf_start_bit(word[0], word[1], n > 2 ? word[2] : 0);
        start_filter[bit / 8] |= (uint8_t)(1u << bit % 8);
        for (size_t k = 0; k < n; k++)
            term[i].node = walk(term[i].node, word[k]);
        term[i].group = (unsigned)gen_index(group, row->field[3], tsv, row);
        term[i].weight = number(tsv, row, row->field[4]);
        term[i].kind = row->field[2];
    }
    qsort(term, tsv->n, sizeof *term, by_node);
}

static void write_groups(FILE *out, const struct tsv *group)
{
    fprintf(out, "enum context_group {\n");
    for (size_t i = 0; i < group->n; i++)
        fprintf(out, "    GROUP_%s,\n", group->row[i].field[0]);
    fprintf(out, "    GROUP_COUNT\n};\n\nstatic const struct context_rule group_table[GROUP_COUNT] = {\n");
    for (size_t i = 0; i < group->n; i++)
        fprintf(out, "    { RANK_%s, %d, %d },\n", group->row[i].field[1], number(group, &group->row[i], group->row[i].field[2]),
                number(group, &group->row[i], group->row[i].field[3]));
    fprintf(out, "};\n\n");
}

static void write_terms(FILE *out, const struct term *term, size_t n)
{
    uint16_t *first = gen_alloc(nodes, sizeof *first);

    fprintf(out, "static const struct pf_word_term term_table[] = {\n    { 0, 0, 0, 0 },\n");
    for (size_t i = 0; i < n; i++) {
        if (!first[term[i].node])
            first[term[i].node] = (uint16_t)(i + 1);
        fprintf(out, "    { %u, %d, KIND_%s, %d },\n", term[i].group, term[i].weight, term[i].kind,
                i + 1 < n && term[i + 1].node == term[i].node);
    }
    fprintf(out, "};\n\nstatic const uint16_t node_term[%u] = {", nodes);
    for (uint32_t i = 0; i < nodes; i++)
        fprintf(out, "%s%u,", i % 20 ? " " : "\n    ", first[i]);
    fprintf(out, "\n};\n\n");
    free(first);
}

static void write_edges(FILE *out)
{
    fprintf(out, "#define EDGE_BITS %d\nstatic const struct word_edge edge_table[%u] = {", EDGE_BITS, EDGES);
    for (uint32_t i = 0; i < EDGES; i++)
        fprintf(out, "%s{ %uu, %u },", i % 8 ? " " : "\n    ", edge[i].key, edge[i].child);
    fprintf(out, "\n};\n\nstatic const uint8_t start_filter[PF_START_BYTES] = {");
    for (uint32_t i = 0; i < PF_START_BYTES; i++)
        fprintf(out, "%s%u,", i % 24 ? " " : "\n    ", start_filter[i]);
    fprintf(out, "\n};\n");
}

static int by_cell(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* JIS X 0208 cells of the kanji that words use: row and cell in the high half,
 * the Unicode character in the low half, sorted for a binary search. */
static void gen_jis(const char *data, const char *dir)
{
    struct tsv tsv = tsv_read(data, "jis.tsv", 3);
    uint32_t *cell = gen_alloc(tsv.n, sizeof *cell);
    FILE *out = gen_open(dir, "jis_table.h");

    for (size_t i = 0; i < tsv.n; i++) {
        const char *text = tsv.row[i].field[0];
        int row = number(&tsv, &tsv.row[i], tsv.row[i].field[1]);
        int col = number(&tsv, &tsv.row[i], tsv.row[i].field[2]);

        if (row < 1 || row > 94 || col < 1 || col > 94)
            gen_die(&tsv, &tsv.row[i], "row and cell are 1 to 94");
        cell[i] = (uint32_t)row << 24 | (uint32_t)col << 16 | utf8_next(&text);
    }
    qsort(cell, tsv.n, sizeof *cell, by_cell);
    fprintf(out, "static const uint32_t jis_table[] = {\n");
    for (size_t i = 0; i < tsv.n; i++)
        fprintf(out, "    0x%08xu,\n", cell[i]);
    fprintf(out, "};\n");
    gen_close(out, "jis_table.h");
    free(cell);
}

void gen_context(const char *data, const char *dir)
{
    struct tsv group = tsv_read(data, "group.tsv", 4), tsv = tsv_read(data, "context.tsv", 6);
    struct term *term = gen_alloc(tsv.n, sizeof *term);
    FILE *out = gen_open(dir, "context_table.h");

    write_groups(out, &group);
    gen_close(out, "context_table.h");
    add_terms(&tsv, &group, term);
    out = gen_open(dir, "word_table.h");
    write_terms(out, term, tsv.n);
    write_edges(out);
    gen_close(out, "word_table.h");
    gen_jis(data, dir);
    free(term);
}
