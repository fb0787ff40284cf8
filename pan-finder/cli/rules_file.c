/* rules_file.c - see rules_file.h. The only file of the finder that knows libyaml. */
#include "pan-finder/cli/rules_file.h"

#include "pan-finder/base/limits.h"
#include "pan-finder/detect/detector.h"
#include "pan-finder/pattern/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#define REASON_MAX 256
#define FIELDS_MAX 4

struct reading {
    struct pf_rules_file *file;
    yaml_document_t *doc;
    const uint8_t *key;
    struct pf_detector *detector;        /* tells a card number in a text */
    struct pf_error *err;
};

/* One entry of a list: the values of its keys, in the order of the table. */
struct entry { const yaml_node_t *value[FIELDS_MAX]; };

struct list {
    const char *field[FIELDS_MAX + 1];   /* all must be there */
    enum pf_status (*add)(const struct reading *r, const struct entry *e);
};

static enum pf_status fail_at(const struct reading *r, const yaml_node_t *node, const char *text)
{
    return pf_fail(r->err, PF_E_USAGE, "line %zu, column %zu: %s", node->start_mark.line + 1,
                   node->start_mark.column + 1, text);
}

/* The same for what another module said. */
static enum pf_status fail_with(const struct reading *r, const yaml_node_t *node, enum pf_status s,
                                const struct pf_error *why)
{
    return pf_fail(r->err, s, "line %zu, column %zu: %s", node->start_mark.line + 1,
                   node->start_mark.column + 1, why->text);
}

static const char *text_of(const yaml_node_t *node) { return (const char *)node->data.scalar.value; }
static size_t len_of(const yaml_node_t *node) { return node->data.scalar.length; }

static bool is_blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

static bool holds_number(const struct reading *r, const yaml_node_t *node)
{
    struct pf_buf masked = PF_BUF_INIT;
    bool holds = pf_detector_mask_name(r->detector, text_of(node), len_of(node), &masked);

    pf_buf_release(&masked);
    return holds;
}

/* A reason is printed as it stands: a number in any spelling is one, and so is a
 * long row of digits that may hold one. */
static bool hides_number(const struct reading *r, const yaml_node_t *node)
{
    struct pf_buf close = PF_BUF_INIT, masked = PF_BUF_INIT;
    size_t row = 0, longest = 0;
    bool holds;

    for (size_t i = 0; i < len_of(node); i++) {
        char c = text_of(node)[i];

        row = (unsigned)(c - '0') < 10 ? row + 1 : 0;
        longest = row > longest ? row : longest;
        if ((unsigned)(c - '0') < 10 || (unsigned)((c | 0x20) - 'a') < 26 || (c & 0x80) != 0)
            pf_buf_addc(&close, c);
    }
    holds = pf_detector_mask_name(r->detector, close.data == NULL ? "" : close.data, close.len, &masked) ||
            longest > PF_PAN_MIN || pf_buf_failed(&close);
    if (close.data != NULL)
        explicit_bzero(close.data, close.len);
    pf_buf_release(&close);
    pf_buf_release(&masked);
    return holds;
}

/* A text that goes into records, or names something of them. */
static enum pf_status check_text(const struct reading *r, const yaml_node_t *node, size_t max)
{
    if (len_of(node) > max || strlen(text_of(node)) != len_of(node))
        return fail_at(r, node, "this text is too long");
    if (is_blank(text_of(node)))
        return fail_at(r, node, "this must not be empty");
    if (holds_number(r, node))
        return fail_at(r, node, "this looks like a card number, and only ignore.numbers may hold one");
    return PF_OK;
}

static enum pf_status check_reason(const struct reading *r, const yaml_node_t *node)
{
    enum pf_status s = check_text(r, node, REASON_MAX);

    if (s == PF_OK && hides_number(r, node))
        return fail_at(r, node, "this looks like a card number, and only ignore.numbers may hold one");
    return s;
}

static const char *keep(const struct reading *r, char *text)
{
    char **more = text == NULL ? NULL : realloc(r->file->text, (r->file->n_text + 1) * sizeof *more);

    if (more == NULL) {
        free(text);
        return NULL;
    }
    r->file->text = more;
    r->file->text[r->file->n_text++] = text;
    return text;
}

static enum pf_status no_memory(const struct reading *r)
{
    return pf_fail(r->err, PF_E_NOMEM, "out of memory");
}

/* ---- entries ---- */

static enum pf_status add_number(const struct reading *r, const struct entry *e)
{
    const yaml_node_t *number = e->value[0];
    char fingerprint[PF_FINGERPRINT_HEX + 1];
    struct pf_error why = { "" };
    enum pf_status s = check_reason(r, e->value[1]);
    const char *reason = s == PF_OK ? keep(r, strdup(text_of(e->value[1]))) : NULL;

    if (s != PF_OK)
        return s;
    if (reason == NULL)
        return no_memory(r);
    s = pf_written_fingerprint(r->key, text_of(number), len_of(number), fingerprint, &why);
    if (s == PF_OK)
        s = pf_user_rules_number(&r->file->rules, fingerprint, reason, &why);
    return s == PF_OK ? s : fail_with(r, number, s, &why);
}

static enum pf_status add_path(const struct reading *r, const struct entry *e)
{
    struct pf_error why = { "" };
    const char *glob, *reason;
    enum pf_status s = check_text(r, e->value[0], 4096);

    if (s == PF_OK && strspn(text_of(e->value[0]), "/*?") == len_of(e->value[0]))
        s = fail_at(r, e->value[0], "a path must name something");
    if (s == PF_OK)
        s = check_reason(r, e->value[1]);
    if (s != PF_OK)
        return s;
    glob = keep(r, strdup(text_of(e->value[0])));
    reason = keep(r, strdup(text_of(e->value[1])));
    if (glob == NULL || reason == NULL)
        return no_memory(r);
    s = pf_user_rules_path(&r->file->rules, glob, reason, &why);
    return s == PF_OK ? s : fail_with(r, e->value[0], s, &why);
}

static enum pf_status add_any(const struct reading *r, const yaml_node_t *pattern, const yaml_node_t *reason,
                              const char *name, enum pf_user_effect effect)
{
    struct pf_user_rules *rules = &r->file->rules;
    struct pf_user_pattern *p = &rules->pattern[rules->n_patterns];
    struct pf_buf slow = PF_BUF_INIT;
    struct pf_error why = { "" };
    struct pf_pattern *made = NULL;
    enum pf_status s = check_reason(r, reason);

    if (s == PF_OK)
        s = check_text(r, pattern, PF_PATTERN_MAX);
    if (s != PF_OK)
        return s;
    if (rules->n_patterns == PF_USER_PATTERNS_MAX)
        return fail_at(r, pattern, "too many rules and patterns");
    s = pf_pattern_new(&made, text_of(pattern), len_of(pattern), &why);
    if (s != PF_OK)
        return fail_with(r, pattern, s, &why);
    pf_buf_addf(&slow, "a user rule took too long: %s", name);
    *p = (struct pf_user_pattern){ .pattern = made, .effect = effect, .slow = keep(r, slow.data) };
    rules->n_patterns++;                 /* release knows the pattern from here on */
    p->reason = keep(r, strdup(text_of(reason)));
    return p->slow == NULL || p->reason == NULL ? no_memory(r) : PF_OK;
}

static enum pf_status add_pattern(const struct reading *r, const struct entry *e)
{
    char name[64];

    (void)snprintf(name, sizeof name, "the pattern to ignore in line %zu", e->value[0]->start_mark.line + 1);
    return add_any(r, e->value[0], e->value[1], name, PF_USER_IGNORE);
}

static bool name_ok(const yaml_node_t *node)
{
    size_t n = len_of(node);

    return n > 0 && n <= 64 && strspn(text_of(node),
           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == n;
}

static enum pf_status add_rule(const struct reading *r, const struct entry *e)
{
    const yaml_node_t *name = e->value[0], *effect = e->value[2];
    enum pf_user_effect what = strcmp(text_of(effect), "card") == 0 ? PF_USER_CARD :
                               strcmp(text_of(effect), "not_card") == 0 ? PF_USER_NOT_CARD : PF_USER_NONE;
    enum pf_status s = check_text(r, name, 64);

    if (s == PF_OK && !name_ok(name))
        s = fail_at(r, name, "a name is 1 to 64 letters, digits, dots, hyphens or underscores");
    if (s == PF_OK && what == PF_USER_NONE)
        s = fail_at(r, effect, "effect is card or not_card");
    return s == PF_OK ? add_any(r, e->value[1], e->value[3], text_of(name), what) : s;
}

/* ---- the tree ---- */

static const struct list numbers = { { "number", "reason", NULL }, add_number };
static const struct list paths = { { "path", "reason", NULL }, add_path };
static const struct list patterns = { { "pattern", "reason", NULL }, add_pattern };
static const struct list rules = { { "name", "pattern", "effect", "reason", NULL }, add_rule };

static yaml_node_t *node_at(const struct reading *r, int index)
{
    return yaml_document_get_node(r->doc, index);
}

static bool is_key(const yaml_node_t *node, const char *name)
{
    return node->type == YAML_SCALAR_NODE && len_of(node) == strlen(name) && strcmp(text_of(node), name) == 0;
}

static enum pf_status take_field(const struct reading *r, const struct list *list, struct entry *e,
                                 const yaml_node_pair_t *pair)
{
    const yaml_node_t *key = node_at(r, pair->key), *value = node_at(r, pair->value);

    for (size_t i = 0; list->field[i] != NULL; i++) {
        if (!is_key(key, list->field[i]))
            continue;
        if (e->value[i] != NULL)
            return fail_at(r, key, "this key stands twice");
        if (value->type != YAML_SCALAR_NODE)
            return fail_at(r, value, "a text is wanted here");
        e->value[i] = value;
        return PF_OK;
    }
    return fail_at(r, key, "unknown key");
}

static enum pf_status take_entry(const struct reading *r, const struct list *list, const yaml_node_t *node)
{
    struct entry e = { { NULL } };
    enum pf_status s = PF_OK;

    if (node->type != YAML_MAPPING_NODE)
        return fail_at(r, node, "keys and values are wanted here");
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top && s == PF_OK; p++)
        s = take_field(r, list, &e, p);
    for (size_t i = 0; s == PF_OK && list->field[i] != NULL; i++)
        if (e.value[i] == NULL) {
            char text[64];

            (void)snprintf(text, sizeof text, "key \"%s\" is missing", list->field[i]);
            s = fail_at(r, node, text);
        }
    return s == PF_OK ? list->add(r, &e) : s;
}

static enum pf_status take_list(const struct reading *r, const struct list *list, const yaml_node_t *node)
{
    enum pf_status s = PF_OK;

    if (node->type != YAML_SEQUENCE_NODE)
        return fail_at(r, node, "a list is wanted here");
    for (const yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top && s == PF_OK; i++)
        s = take_entry(r, list, node_at(r, *i));
    return s;
}

static enum pf_status take_ignore(const struct reading *r, const yaml_node_t *node)
{
    static const struct { const char *name; const struct list *list; } part[] = {
        { "numbers", &numbers }, { "paths", &paths }, { "patterns", &patterns },
    };
    enum pf_status s = PF_OK;

    if (node->type != YAML_MAPPING_NODE)
        return fail_at(r, node, "keys and values are wanted here");
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top && s == PF_OK; p++) {
        const struct list *list = NULL;

        for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
            if (is_key(node_at(r, p->key), part[i].name))
                list = part[i].list;
        s = list == NULL ? fail_at(r, node_at(r, p->key), "unknown key") : take_list(r, list, node_at(r, p->value));
    }
    return s;
}

static enum pf_status take_detection(const struct reading *r, const yaml_node_t *node)
{
    enum pf_status s = PF_OK;

    if (node->type != YAML_MAPPING_NODE)
        return fail_at(r, node, "keys and values are wanted here");
    for (const yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top && s == PF_OK; p++) {
        const yaml_node_t *key = node_at(r, p->key), *value = node_at(r, p->value);

        s = is_key(key, "ignore") ? take_ignore(r, value) : is_key(key, "rules") ? take_list(r, &rules, value)
                                                          : fail_at(r, key, "unknown key");
    }
    return s;
}

static enum pf_status take_document(const struct reading *r)
{
    const yaml_node_t *root = yaml_document_get_root_node(r->doc);
    enum pf_status s = PF_OK;
    bool seen = false;

    if (root == NULL)
        return pf_fail(r->err, PF_E_USAGE, "line 1, column 1: the file is empty");
    if (root->type != YAML_MAPPING_NODE)
        return fail_at(r, root, "keys and values are wanted here");
    for (const yaml_node_pair_t *p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top && s == PF_OK; p++) {
        if (!is_key(node_at(r, p->key), "detection"))
            continue;
        s = seen ? fail_at(r, node_at(r, p->key), "this key stands twice") : take_detection(r, node_at(r, p->value));
        seen = true;
    }
    return s;
}

/* ---- the file ---- */

/* Every text of the document: one may be a number to ignore. */
static void wipe_document(yaml_document_t *doc)
{
    for (yaml_node_t *n = doc->nodes.start; n < doc->nodes.top; n++)
        if (n->type == YAML_SCALAR_NODE)
            explicit_bzero(n->data.scalar.value, n->data.scalar.length);
    yaml_document_delete(doc);
}

static void wipe_parser(yaml_parser_t *parser)
{
    explicit_bzero(parser->buffer.start, (size_t)(parser->buffer.end - parser->buffer.start));
    explicit_bzero(parser->raw_buffer.start, (size_t)(parser->raw_buffer.end - parser->raw_buffer.start));
    yaml_parser_delete(parser);
}

static enum pf_status parse(const struct reading *of, const char *text, size_t len)
{
    yaml_parser_t parser;
    yaml_document_t doc;
    const struct reading here = { of->file, &doc, of->key, of->detector, of->err }, *r = &here;
    enum pf_status s;

    if (!yaml_parser_initialize(&parser))
        return no_memory(r);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    /* libyaml's own text is fixed words without bytes of the file. */
    if (!yaml_parser_load(&parser, &doc)) {
        s = pf_fail(r->err, PF_E_USAGE, "line %zu, column %zu: not valid YAML: %s", parser.problem_mark.line + 1,
                    parser.problem_mark.column + 1, parser.problem == NULL ? "cannot be read" : parser.problem);
        wipe_parser(&parser);
        return s;
    }
    s = take_document(r);
    wipe_document(&doc);
    wipe_parser(&parser);
    return s;
}

static int run_pattern(void *pattern, const uint8_t *text, size_t len, size_t from, size_t to)
{
    return pf_pattern_match(pattern, text, len, from, to);
}

/* The whole file in one piece of memory, which the caller wipes; NULL: told why. */
static char *read_file(const char *path, size_t *len, struct pf_error *err)
{
    FILE *in = fopen(path, "rbe");
    char *text = in == NULL ? NULL : malloc(PF_RULES_FILE_MAX + 1);
    enum pf_status s = PF_OK;

    if (in == NULL || text == NULL) {
        s = pf_fail(err, PF_E_USAGE, in == NULL ? "rules file: cannot be opened" : "out of memory");
    } else {
        (void)setvbuf(in, NULL, _IONBF, 0);      /* no second copy of it */
        *len = fread(text, 1, PF_RULES_FILE_MAX + 1, in);
        if (ferror(in))
            s = pf_fail(err, PF_E_USAGE, "rules file: cannot be read");
        else if (*len > PF_RULES_FILE_MAX)
            s = pf_fail(err, PF_E_USAGE, "rules file: larger than %u bytes", PF_RULES_FILE_MAX);
    }
    if (in != NULL)
        (void)fclose(in);
    if (s != PF_OK && text != NULL) {
        explicit_bzero(text, PF_RULES_FILE_MAX + 1);
        free(text);
        text = NULL;
    }
    return text;
}

enum pf_status pf_rules_file_read(struct pf_rules_file *out, const char *path, const uint8_t *key,
                                  struct pf_error *err)
{
    const struct pf_detector_options plain = { .regional = true };
    struct pf_error why = { "" };
    struct reading r = { .file = out, .key = key, .err = &why };
    size_t len = 0;
    enum pf_status s;
    char *text;

    *out = (struct pf_rules_file){ .rules = { .match = run_pattern } };
    text = read_file(path, &len, err);
    if (text == NULL)
        return PF_E_USAGE;
    s = pf_detector_new(&r.detector, &plain, &why);
    if (s == PF_OK)
        s = parse(&r, text, len);
    pf_detector_free(r.detector);
    explicit_bzero(text, len);
    free(text);
    if (s != PF_OK)
        return pf_fail(err, s, "rules file: %s", why.text);
    out->cwd = getcwd(NULL, 0);
    out->rules.cwd = out->cwd;
    pf_user_rules_ready(&out->rules);
    return PF_OK;
}

void pf_rules_file_release(struct pf_rules_file *file)
{
    for (size_t i = 0; i < file->rules.n_patterns; i++)
        pf_pattern_free(file->rules.pattern[i].pattern);
    file->rules.n_patterns = 0;
    pf_user_rules_release(&file->rules);
    for (size_t i = 0; i < file->n_text; i++)
        free(file->text[i]);
    free(file->text);
    free(file->cwd);
    file->cwd = NULL;
    file->text = NULL;
    file->n_text = 0;
}
