/* label.c - see label.h. */
#include "reports/model/label.h"
#include "reports/model/hash.h"
#include "pan-finder/base/text.h"

#include <stdlib.h>
#include <string.h>

/* Cuts in front of a character, not inside one. */
static size_t cut_length(const char *text, size_t len, size_t used)
{
    size_t room = RPT_LABEL_WHOLE - used;
    size_t n = room < RPT_LABEL_MAX ? room : RPT_LABEL_MAX;

    if (len <= n)
        return len;
    for (int i = 0; i < 3 && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80; i++)
        n--;
    return n;
}

/* Appends one name; `pct`, when present, has the exact bytes. */
static void add_name(struct rpt_label *label, struct pf_buf *bytes, const char *text,
                     size_t len, const char *pct)
{
    struct pf_buf exact = PF_BUF_INIT;
    size_t keep;

    if (label->depth == sizeof label->name / sizeof label->name[0]) {
        label->cut = true;
        return;
    }
    if (pct != NULL) {
        pf_text_unpct(&exact, pct, strlen(pct));
        text = exact.data == NULL ? "" : exact.data;
        len = exact.len;
    }
    label->hash = rpt_hash(label->hash, text, len);
    label->hash = rpt_hash(label->hash, "\0", 1);
    keep = cut_length(text, len, bytes->len);
    label->cut = label->cut || keep < len;
    label->name[label->depth++].len = keep;
    pf_buf_add(bytes, text, keep);
    pf_buf_release(&exact);
}

bool rpt_label_read(struct rpt_label *label, const struct pf_json *record)
{
    const struct pf_json *inner = pf_json_get(record, "inner");
    const struct pf_json *inner_pct = pf_json_get(record, "inner_pct");
    struct pf_buf bytes = PF_BUF_INIT;
    size_t len, at = 0;
    const char *path = pf_json_strn(record, "path", &len);

    *label = (struct rpt_label){ .hash = RPT_HASH_START };
    add_name(label, &bytes, path == NULL ? "" : path, path == NULL ? 0 : len,
             pf_json_str(record, "path_pct"));
    for (size_t i = 0; i < pf_json_len(inner); i++) {
        const char *name = pf_json_text(pf_json_at(inner, i));
        add_name(label, &bytes, name == NULL ? "" : name, name == NULL ? 0 : strlen(name),
                 pf_json_text(pf_json_at(inner_pct, i)));
    }
    if (pf_buf_failed(&bytes)) {
        pf_buf_release(&bytes);
        return false;
    }
    label->bytes = bytes.data;
    for (size_t i = 0; i < label->depth; i++) {
        label->name[i].text = label->bytes == NULL ? "" : label->bytes + at;
        at += label->name[i].len;
    }
    return true;
}

void rpt_label_release(struct rpt_label *label)
{
    free(label->bytes);
    *label = (struct rpt_label){ 0 };
}

static int name_compare(const struct pf_name *a, const struct pf_name *b)
{
    size_t n = a->len < b->len ? a->len : b->len;
    int d = n == 0 ? 0 : memcmp(a->text, b->text, n);

    return d != 0 ? d : (a->len > b->len) - (a->len < b->len);
}

int rpt_label_compare(const struct rpt_label *a, const struct rpt_label *b)
{
    for (size_t i = 0; i < a->depth && i < b->depth; i++) {
        int d = name_compare(&a->name[i], &b->name[i]);
        if (d != 0)
            return d;
    }
    return (a->depth > b->depth) - (a->depth < b->depth);
}

bool rpt_label_same(const struct rpt_label *a, const struct rpt_label *b)
{
    return a->hash == b->hash && rpt_label_compare(a, b) == 0;
}
