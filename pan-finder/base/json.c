/* json.c - see json.h. The only file that knows jansson. */
#include "pan-finder/base/json.h"
#include "pan-finder/base/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void pf_jw_init(struct pf_jw *w, struct pf_buf *out)
{
    w->out = out;
    w->comma = false;
}

static void before_value(struct pf_jw *w)
{
    if (w->comma)
        pf_buf_addc(w->out, ',');
    w->comma = true;
}

void pf_jw_open(struct pf_jw *w, char bracket)
{
    before_value(w);
    pf_buf_addc(w->out, bracket);
    w->comma = false;
}

void pf_jw_close(struct pf_jw *w, char bracket)
{
    pf_buf_addc(w->out, bracket);
    w->comma = true;
}

void pf_jw_key(struct pf_jw *w, const char *key)
{
    before_value(w);
    pf_buf_addc(w->out, '"');
    pf_buf_adds(w->out, key);
    pf_buf_add(w->out, "\":", 2);
    w->comma = false;
}

/* Bytes that can be copied as they are: printable ASCII without '"' and '\\'. */
static size_t plain_prefix(const uint8_t *p, size_t len)
{
    size_t i = 0;

    while (i < len && p[i] >= 0x20 && p[i] < 0x7f && p[i] != '"' && p[i] != '\\')
        i++;
    return i;
}

static void add_escaped(struct pf_buf *out, uint8_t c)
{
    static const char letter[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    };

    if (c == 0) {
        pf_buf_adds(out, "\xef\xbf\xbd");    /* readers made for C strings stop or fail at a NUL */
    } else if (c == '"' || c == '\\') {
        pf_buf_addc(out, '\\');
        pf_buf_addc(out, (char)c);
    } else if (c < 0x20 && letter[c] != 0) {
        pf_buf_addc(out, '\\');
        pf_buf_addc(out, letter[c]);
    } else {
        pf_buf_addf(out, "\\u%04x", c);
    }
}

void pf_jw_strn(struct pf_jw *w, const char *text, size_t len)
{
    const uint8_t *p = (const uint8_t *)text;

    before_value(w);
    pf_buf_addc(w->out, '"');
    while (len > 0) {
        size_t n = plain_prefix(p, len);

        if (n > 0) {
            pf_buf_add(w->out, p, n);
        } else if (p[0] < 0x80) {
            add_escaped(w->out, p[0]);
            n = 1;
        } else {
            n = pf_utf8_len(p, len);
            if (n == 0) {
                pf_buf_adds(w->out, "\xef\xbf\xbd");
                n = 1;
            } else {
                pf_buf_add(w->out, p, n);
            }
        }
        p += n;
        len -= n;
    }
    pf_buf_addc(w->out, '"');
}

void pf_jw_str(struct pf_jw *w, const char *text)
{
    pf_jw_strn(w, text, strlen(text));
}

void pf_jw_u64(struct pf_jw *w, uint64_t v)
{
    before_value(w);
    pf_buf_addu(w->out, v);
}

void pf_jw_i64(struct pf_jw *w, int64_t v)
{
    before_value(w);
    pf_buf_addf(w->out, "%lld", (long long)v);
}

void pf_jw_f(struct pf_jw *w, double v)
{
    before_value(w);
    pf_buf_addf(w->out, "%.3f", v);
}

void pf_jw_bool(struct pf_jw *w, bool v)
{
    before_value(w);
    pf_buf_adds(w->out, v ? "true" : "false");
}

void pf_jw_kstr(struct pf_jw *w, const char *key, const char *text)
{
    pf_jw_key(w, key);
    pf_jw_str(w, text);
}

void pf_jw_kstrn(struct pf_jw *w, const char *key, const char *text, size_t len)
{
    pf_jw_key(w, key);
    pf_jw_strn(w, text, len);
}

void pf_jw_ku64(struct pf_jw *w, const char *key, uint64_t v)
{
    pf_jw_key(w, key);
    pf_jw_u64(w, v);
}

void pf_jw_kbool(struct pf_jw *w, const char *key, bool v)
{
    pf_jw_key(w, key);
    pf_jw_bool(w, v);
}

/* struct pf_json is a json_t under another name; these two turn one into the
 * other so that the casts stand in one place. */
static const json_t *peek(const struct pf_json *v)
{
    return (const json_t *)(const void *)v;
}

static const struct pf_json *wrap(const json_t *v)
{
    return (const struct pf_json *)(const void *)v;
}

enum pf_status pf_json_parse(struct pf_json **out, const char *text, size_t len,
                             struct pf_error *err)
{
    json_error_t why;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);

    *out = NULL;
    if (root == NULL) {
        if (json_error_code(&why) == json_error_out_of_memory)
            return pf_fail(err, PF_E_NOMEM, "out of memory while reading JSON");
        /* jansson's own text quotes the input; only the place is passed on. */
        return pf_fail(err, PF_E_CORRUPT, "not valid JSON at line %d, column %d",
                       why.line, why.column);
    }
    *out = (struct pf_json *)(void *)root;
    return PF_OK;
}

void pf_json_free(struct pf_json *root)
{
    if (root != NULL)
        json_decref((json_t *)(void *)root);
}

const struct pf_json *pf_json_get(const struct pf_json *obj, const char *key)
{
    return obj == NULL ? NULL : wrap(json_object_get(peek(obj), key));
}

const char *pf_json_text(const struct pf_json *value)
{
    return value == NULL ? NULL : json_string_value(peek(value));
}

const char *pf_json_str(const struct pf_json *obj, const char *key)
{
    return pf_json_text(pf_json_get(obj, key));
}

const char *pf_json_strn(const struct pf_json *obj, const char *key, size_t *len)
{
    const struct pf_json *v = pf_json_get(obj, key);

    *len = v == NULL ? 0 : json_string_length(peek(v));
    return pf_json_text(v);
}

int64_t pf_json_int(const struct pf_json *obj, const char *key, int64_t dflt)
{
    const struct pf_json *v = pf_json_get(obj, key);

    return v != NULL && json_is_integer(peek(v)) ? (int64_t)json_integer_value(peek(v)) : dflt;
}

double pf_json_num(const struct pf_json *obj, const char *key, double dflt)
{
    const struct pf_json *v = pf_json_get(obj, key);

    return v != NULL && json_is_number(peek(v)) ? json_number_value(peek(v)) : dflt;
}

bool pf_json_bool(const struct pf_json *obj, const char *key, bool dflt)
{
    const struct pf_json *v = pf_json_get(obj, key);

    return v != NULL && json_is_boolean(peek(v)) ? json_is_true(peek(v)) : dflt;
}

size_t pf_json_len(const struct pf_json *array)
{
    return array == NULL ? 0 : json_array_size(peek(array));
}

const struct pf_json *pf_json_at(const struct pf_json *array, size_t i)
{
    return array == NULL ? NULL : wrap(json_array_get(peek(array), i));
}

bool pf_json_is_object(const struct pf_json *value)
{
    return value != NULL && json_is_object(peek(value));
}

void *pf_json_next(const struct pf_json *obj, void *iter, const char **key,
                   const struct pf_json **value)
{
    json_t *o = (json_t *)(void *)(uintptr_t)obj;

    if (!pf_json_is_object(obj))
        return NULL;
    iter = iter == NULL ? json_object_iter(o) : json_object_iter_next(o, iter);
    if (iter != NULL) {
        *key = json_object_iter_key(iter);
        *value = wrap(json_object_iter_value(iter));
    }
    return iter;
}

static int dump_to_buf(const char *data, size_t len, void *out)
{
    pf_buf_add(out, data, len);
    return 0;
}

void pf_json_dump(const struct pf_json *value, struct pf_buf *out)
{
    (void)json_dump_callback(peek(value), dump_to_buf, out,
                             JSON_COMPACT | JSON_ENCODE_ANY);
}
