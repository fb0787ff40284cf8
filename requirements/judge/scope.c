/* scope.c - see scope.h. The only file that knows libcyaml: the tables below
 * are the format, and a key that is not in them is an error. */
#include "requirements/judge/scope.h"
#include "pan-finder/base/buf.h"

#include <cyaml/cyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPT (CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER)
#define REQUIRED_TEXT(type, key) CYAML_FIELD_STRING_PTR(#key, CYAML_FLAG_POINTER, struct type, key, 1, 4096)
#define OPTIONAL_TEXT(type, key) CYAML_FIELD_STRING_PTR(#key, OPT, struct type, key, 1, 4096)

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, 256),
};

static const cyaml_schema_field_t channel_fields[] = {
    REQUIRED_TEXT(req_scope_channel, id),
    REQUIRED_TEXT(req_scope_channel, channel),
    REQUIRED_TEXT(req_scope_channel, flow),
    OPTIONAL_TEXT(req_scope_channel, tpsp),
    OPTIONAL_TEXT(req_scope_channel, tpsp_aoc_date),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t channel_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_channel, channel_fields),
};

static const cyaml_schema_field_t signed_fields[] = {
    REQUIRED_TEXT(req_signed, reason),
    REQUIRED_TEXT(req_signed, by),
    REQUIRED_TEXT(req_signed, when),
    CYAML_FIELD_END
};

static const cyaml_schema_field_t location_fields[] = {
    REQUIRED_TEXT(req_scope_location, id),
    OPTIONAL_TEXT(req_scope_location, kind),
    REQUIRED_TEXT(req_scope_location, path),
    OPTIONAL_TEXT(req_scope_location, host),
    OPTIONAL_TEXT(req_scope_location, owner),
    OPTIONAL_TEXT(req_scope_location, stage),
    OPTIONAL_TEXT(req_scope_location, required),
    OPTIONAL_TEXT(req_scope_location, on_merchant_network),
    CYAML_FIELD_UINT_PTR("queue_max_age_hours", OPT, struct req_scope_location, queue_max_age_hours),
    CYAML_FIELD_SEQUENCE("covers", OPT, struct req_scope_location, covers, &text_entry, 0, 64),
    CYAML_FIELD_SEQUENCE("channels", OPT, struct req_scope_location, channels, &text_entry, 0, 64),
    CYAML_FIELD_MAPPING_PTR("excluded", OPT, struct req_scope_location, excluded, signed_fields),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t location_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_location, location_fields),
};

static const cyaml_schema_field_t absent_fields[] = {
    CYAML_FIELD_SEQUENCE("kinds", CYAML_FLAG_POINTER, struct req_scope_absent, kinds, &text_entry, 1, 64),
    REQUIRED_TEXT(req_scope_absent, reason),
    REQUIRED_TEXT(req_scope_absent, by),
    REQUIRED_TEXT(req_scope_absent, when),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t absent_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_absent, absent_fields),
};

static const cyaml_schema_field_t skip_fields[] = {
    OPTIONAL_TEXT(req_scope_skip, path),
    OPTIONAL_TEXT(req_scope_skip, pattern),
    OPTIONAL_TEXT(req_scope_skip, gap),
    REQUIRED_TEXT(req_scope_skip, reason),
    REQUIRED_TEXT(req_scope_skip, by),
    REQUIRED_TEXT(req_scope_skip, when),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t skip_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_skip, skip_fields),
};

static const cyaml_schema_field_t attestation_fields[] = {
    REQUIRED_TEXT(req_scope_attestation, id),
    OPTIONAL_TEXT(req_scope_attestation, channel),
    REQUIRED_TEXT(req_scope_attestation, answer),
    REQUIRED_TEXT(req_scope_attestation, by),
    REQUIRED_TEXT(req_scope_attestation, when),
    OPTIONAL_TEXT(req_scope_attestation, evidence),
    OPTIONAL_TEXT(req_scope_attestation, until),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t attestation_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_attestation, attestation_fields),
};

static const cyaml_schema_field_t policy_fields[] = {
    CYAML_FIELD_UINT_PTR("max_run_age_days", OPT, struct req_scope_policy, max_run_age_days),
    OPTIONAL_TEXT(req_scope_policy, require_self_test),
    OPTIONAL_TEXT(req_scope_policy, significant_change),
    CYAML_FIELD_END
};

#define IGNORED(key) \
    static const cyaml_schema_field_t ignored_##key##_fields[] = { \
        REQUIRED_TEXT(req_scope_ignored, key), \
        REQUIRED_TEXT(req_scope_ignored, reason), \
        CYAML_FIELD_END \
    }; \
    static const cyaml_schema_value_t ignored_##key##_entry = { \
        CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_ignored, ignored_##key##_fields), \
    }

IGNORED(number);
IGNORED(path);
IGNORED(pattern);

static const cyaml_schema_field_t ignore_fields[] = {
    CYAML_FIELD_SEQUENCE("numbers", OPT, struct req_scope_ignore, numbers, &ignored_number_entry, 0, 1000),
    CYAML_FIELD_SEQUENCE("paths", OPT, struct req_scope_ignore, paths, &ignored_path_entry, 0, 1000),
    CYAML_FIELD_SEQUENCE("patterns", OPT, struct req_scope_ignore, patterns, &ignored_pattern_entry, 0, 64),
    CYAML_FIELD_END
};

static const cyaml_schema_field_t rule_fields[] = {
    REQUIRED_TEXT(req_scope_rule, name),
    REQUIRED_TEXT(req_scope_rule, pattern),
    REQUIRED_TEXT(req_scope_rule, effect),
    REQUIRED_TEXT(req_scope_rule, reason),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t rule_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct req_scope_rule, rule_fields),
};

static const cyaml_schema_field_t detection_fields[] = {
    CYAML_FIELD_MAPPING_PTR("ignore", OPT, struct req_scope_detection, ignore, ignore_fields),
    CYAML_FIELD_SEQUENCE("rules", OPT, struct req_scope_detection, rules, &rule_entry, 0, 64),
    CYAML_FIELD_END
};

static const cyaml_schema_field_t entity_fields[] = {
    REQUIRED_TEXT(req_scope_entity, name),
    REQUIRED_TEXT(req_scope_entity, role),
    CYAML_FIELD_END
};

static const cyaml_schema_field_t scope_fields[] = {
    CYAML_FIELD_UINT("version", CYAML_FLAG_DEFAULT, struct req_scope, version),
    CYAML_FIELD_MAPPING("entity", CYAML_FLAG_DEFAULT, struct req_scope, entity, entity_fields),
    CYAML_FIELD_SEQUENCE("channels", CYAML_FLAG_POINTER, struct req_scope, channels, &channel_entry, 0, 1000),
    CYAML_FIELD_SEQUENCE("locations", CYAML_FLAG_POINTER, struct req_scope, locations, &location_entry, 0, 10000),
    CYAML_FIELD_SEQUENCE("absent", OPT, struct req_scope, absent, &absent_entry, 0, 1000),
    CYAML_FIELD_SEQUENCE("accepted_skips", OPT, struct req_scope, accepted_skips, &skip_entry, 0, 10000),
    CYAML_FIELD_SEQUENCE("attestations", OPT, struct req_scope, attestations, &attestation_entry, 0, 10000),
    CYAML_FIELD_MAPPING_PTR("policy", OPT, struct req_scope, policy, policy_fields),
    CYAML_FIELD_MAPPING_PTR("detection", OPT, struct req_scope, detection, detection_fields),
    CYAML_FIELD_END
};
static const cyaml_schema_value_t scope_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct req_scope, scope_fields),
};

/* What libcyaml logged: the place is that of the value it read last. */
struct told {
    unsigned line, column;
    char unknown[64], missing[64];      /* the key it complains about; "" when it does not */
};

/* The word after `before` in a log line, when the line has it. */
static void note_word(char word[64], const char *text, const char *before)
{
    const char *at = strstr(text, before);
    size_t n;

    if (at == NULL)
        return;
    at += strlen(before);
    n = strcspn(at, " \n");
    if (n < 64) {
        memcpy(word, at, n);
        word[n] = '\0';
    }
}

/* Collects; prints nothing, since the text may quote the file. */
static void on_log(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
    struct told *t = ctx;
    char text[512];
    const char *at;

    (void)level;
    (void)vsnprintf(text, sizeof text, fmt, args);
    note_word(t->unknown, text, "Unexpected key: ");
    note_word(t->missing, text, "Missing required mapping field: ");
    at = t->line == 0 ? strstr(text, "(line: ") : NULL;
    if (at != NULL) {
        t->line = (unsigned)strtoul(at + strlen("(line: "), NULL, 10);
        at = strstr(at, "column: ");
        t->column = at == NULL ? 0 : (unsigned)strtoul(at + strlen("column: "), NULL, 10);
    }
}

/* The mapping that the value at `path` is a key of. */
static const struct req_mark *mapping_of(const struct req_marks *marks, const char *path)
{
    const char *dot = strrchr(path, '.');
    char above[256];

    (void)snprintf(above, sizeof above, "%.*s", dot == NULL ? 0 : (int)(dot - path), path);
    return req_marks_find(marks, above);
}

static enum pf_status explain(const struct told *t, const struct req_marks *marks,
                              cyaml_err_t code, struct pf_error *err)
{
    const struct req_mark *at = req_marks_at(marks, t->line, t->column);
    const struct req_mark *key;

    if (code == CYAML_ERR_OOM)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    if (at == NULL)
        at = req_marks_find(marks, "");
    if (code == CYAML_ERR_INVALID_KEY) {
        key = req_marks_key_after(marks, t->unknown, t->line, t->column);
        return pf_fail(err, PF_E_USAGE, "line %u, column %u: unknown key",
                       key == NULL ? at->line : key->key_line, key == NULL ? at->column : key->key_column);
    }
    if (code == CYAML_ERR_MAPPING_FIELD_MISSING) {
        at = mapping_of(marks, at->path);
        return pf_fail(err, PF_E_USAGE, "line %u, column %u: key \"%s\" is missing", at->line,
                       at->column, t->missing);
    }
    return pf_fail(err, PF_E_USAGE, "line %u, column %u: wrong value for \"%s\" (%s)", at->line,
                   at->column, at->path, cyaml_strerror(code));
}

static const cyaml_config_t *config(struct told *told, cyaml_config_t *c)
{
    *c = (cyaml_config_t){
        .log_fn = on_log, .log_ctx = told, .mem_fn = cyaml_mem, .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    return c;
}

enum pf_status req_scope_parse(struct req_scope **out, struct req_marks *marks, const char *text,
                               size_t len, struct pf_error *err)
{
    struct told told = { .line = 0 };
    cyaml_config_t c;
    cyaml_err_t code;
    enum pf_status s = req_marks_read(marks, text, len, err);

    *out = NULL;
    if (s != PF_OK)
        return s;
    code = cyaml_load_data((const uint8_t *)text, len, config(&told, &c), &scope_schema,
                           (cyaml_data_t **)(void *)out, NULL);
    s = code == CYAML_OK ? req_scope_check(*out, marks, err) : explain(&told, marks, code, err);
    if (s != PF_OK) {
        req_scope_free(*out);
        req_marks_release(marks);
        *out = NULL;
    }
    return s;
}

/* Numbers to ignore stand in clear in the file, and nobody needs them here. */
static void wipe_numbers(const struct req_scope *scope)
{
    const struct req_scope_ignore *ignore = scope->detection == NULL ? NULL : scope->detection->ignore;

    for (unsigned i = 0; ignore != NULL && i < ignore->numbers_count; i++)
        explicit_bzero(ignore->numbers[i].number, strlen(ignore->numbers[i].number));
}

void req_scope_free(struct req_scope *scope)
{
    struct told told = { .line = 0 };
    cyaml_config_t c;

    if (scope != NULL)
        wipe_numbers(scope);
    if (scope != NULL)
        (void)cyaml_free(config(&told, &c), &scope_schema, scope, 0);
}

enum pf_status req_scope_read(struct req_scope **out, struct req_marks *marks, const char *path,
                              struct pf_error *err)
{
    FILE *in = fopen(path, "rbe");
    struct pf_buf text = PF_BUF_INIT;
    char chunk[8192];
    size_t n;
    enum pf_status s;

    *out = NULL;
    *marks = (struct req_marks){ NULL, 0, 0 };
    if (in == NULL)
        return pf_fail(err, PF_E_USAGE, "cannot be opened");
    while ((n = fread(chunk, 1, sizeof chunk, in)) > 0 && text.len <= REQ_SCOPE_MAX)
        pf_buf_add(&text, chunk, n);
    if (ferror(in))
        s = pf_fail(err, PF_E_USAGE, "cannot be read");
    else if (text.len > REQ_SCOPE_MAX)
        s = pf_fail(err, PF_E_USAGE, "is larger than %u bytes", REQ_SCOPE_MAX);
    else if (pf_buf_failed(&text))
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    else
        s = req_scope_parse(out, marks, text.data == NULL ? "" : text.data, text.len, err);
    (void)fclose(in);
    pf_buf_release(&text);
    return s;
}
