/* left_out.c - see left_out.h. */
#include "reports/model/left_out.h"

#include <stdlib.h>
#include <string.h>

static const char *known(const char *by)
{
    static const char *const words[] = { "number", "path", "pattern" };

    for (size_t i = 0; by != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strcmp(by, words[i]) == 0)
            return words[i];
    return NULL;
}

/* NULL: no room. */
static struct rpt_left_out *find(struct rpt_left_outs *left, const char *by, const char *reason)
{
    for (size_t i = 0; i < left->n; i++)
        if (left->item[i].by == by && strcmp(left->item[i].reason, reason) == 0)
            return &left->item[i];
    if (left->item == NULL)
        left->item = calloc(RPT_LEFT_OUT_MAX, sizeof *left->item);
    if (left->item == NULL || left->n == RPT_LEFT_OUT_MAX)
        return NULL;
    left->item[left->n] = (struct rpt_left_out){ .by = by, .reason = reason };
    return &left->item[left->n++];
}

bool rpt_left_out_add(struct rpt_left_outs *left, struct rpt_words *words, const struct pf_json *finding)
{
    const struct pf_json *mark = pf_json_get(finding, "ignored");
    const char *by = known(pf_json_str(mark, "by")), *reason = pf_json_str(mark, "reason");
    int64_t count = pf_json_int(finding, "count", 1);
    struct rpt_left_out *item;

    if (by == NULL || reason == NULL || reason[0] == '\0')
        return false;
    item = find(left, by, rpt_word(words, reason));
    if (item == NULL) {
        left->more++;
        return true;
    }
    item->findings++;
    item->count += count > 0 ? (uint64_t)count : 1;
    return true;
}

void rpt_left_out_release(struct rpt_left_outs *left)
{
    free(left->item);
    *left = (struct rpt_left_outs){ .n = 0 };
}
