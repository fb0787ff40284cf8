/* html_tally.c - the tables of what was read, by kind and by directory. */
#include "reports/render/html.h"

#include <stdlib.h>
#include <string.h>

static void number_cell(struct rpt_html *h, uint64_t n)
{
    rpt_html_raw(h, n == 0 ? "<td class=\"n zero\">" : "<td class=\"n\">");
    rpt_html_number(h, n);
    rpt_html_raw(h, "</td>");
}

static void tally_heads(struct rpt_html *h)
{
    rpt_html_th(h, RPT_MSG_col_read, true);
    rpt_html_th(h, RPT_MSG_col_partial, true);
    rpt_html_th(h, RPT_MSG_col_unread, true);
    rpt_html_th(h, RPT_MSG_col_bytes, true);
}

static void tally_cells(struct rpt_html *h, const struct rpt_tally *t)
{
    number_cell(h, t->objects[PF_READ]);
    number_cell(h, t->objects[PF_PARTIAL]);
    number_cell(h, t->objects[PF_UNREAD]);
    rpt_html_raw(h, "<td class=\"n\">");
    rpt_html_bytes(h, t->bytes);
    rpt_html_raw(h, "</td>");
}

static uint64_t tally_sum(const struct rpt_tally *t)
{
    return t->objects[PF_READ] + t->objects[PF_PARTIAL] + t->objects[PF_UNREAD];
}

static int kind_order(const void *a, const void *b)
{
    const struct rpt_kind *x = a, *y = b;
    uint64_t nx = tally_sum(&x->tally), ny = tally_sum(&y->tally);

    return nx != ny ? (nx > ny ? -1 : 1) : strcmp(x->name, y->name);
}

void rpt_html_kinds(struct rpt_html *h)
{
    const struct rpt_cover *c = &h->m->cover;
    struct rpt_kind sorted[RPT_KINDS_MAX];

    if (c->n_kinds == 0)
        return;
    memcpy(sorted, c->kind, c->n_kinds * sizeof sorted[0]);
    qsort(sorted, c->n_kinds, sizeof sorted[0], kind_order);
    rpt_html_raw(h, "<details class=\"fold\"><summary>");
    rpt_html_msg(h, RPT_MSG_basis_kinds);
    rpt_html_raw(h, "</summary>");
    rpt_html_table(h, "grid", RPT_MSG_basis_kinds);
    rpt_html_th(h, RPT_MSG_col_kind, false);
    tally_heads(h);
    rpt_html_raw(h, "</tr></thead><tbody>");
    for (size_t i = 0; i < c->n_kinds; i++) {
        rpt_html_raw(h, "<tr><th scope=\"row\">");
        rpt_html_word(h, "kind", sorted[i].name);
        rpt_html_raw(h, "</th>");
        tally_cells(h, &sorted[i].tally);
        rpt_html_raw(h, "</tr>\n");
    }
    rpt_html_raw(h, "</tbody></table></div></details>");
}

static int dir_order(const void *a, const void *b)
{
    const struct rpt_dir *x = a, *y = b;

    if ((x->name[0] == '\0') != (y->name[0] == '\0'))
        return x->name[0] == '\0' ? 1 : -1;
    return strcmp(x->name, y->name);
}

static void dir_rows(struct rpt_html *h, const struct rpt_dir *dir, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        rpt_html_raw(h, "<tr><th scope=\"row\">");
        if (dir[i].name[0] == '\0') {
            rpt_html_msg(h, RPT_MSG_dirs_other);
        } else {
            rpt_html_raw(h, "<bdi class=\"path\">");
            rpt_html_str(h, dir[i].name);
            rpt_html_raw(h, "</bdi>");
        }
        rpt_html_raw(h, "</th>");
        tally_cells(h, &dir[i].tally);
        number_cell(h, dir[i].findings);
        number_cell(h, dir[i].gaps);
        rpt_html_raw(h, "</tr>\n");
    }
}

void rpt_html_dirs(struct rpt_html *h)
{
    const struct rpt_cover *c = &h->m->cover;
    struct rpt_dir *sorted = c->n_dirs == 0 ? NULL : malloc(c->n_dirs * sizeof *sorted);

    if (sorted == NULL)
        return;
    memcpy(sorted, c->dir, c->n_dirs * sizeof *sorted);
    qsort(sorted, c->n_dirs, sizeof *sorted, dir_order);
    rpt_html_raw(h, "<details class=\"fold\"><summary>");
    rpt_html_msg(h, RPT_MSG_basis_dirs);
    rpt_html_raw(h, "</summary><p class=\"note\">");
    rpt_html_msg(h, RPT_MSG_dirs_note);
    rpt_html_raw(h, "</p>");
    rpt_html_table(h, "grid", RPT_MSG_basis_dirs);
    rpt_html_th(h, RPT_MSG_col_dir, false);
    tally_heads(h);
    rpt_html_th(h, RPT_MSG_col_findings, true);
    rpt_html_th(h, RPT_MSG_col_gaps, true);
    rpt_html_raw(h, "</tr></thead><tbody>");
    dir_rows(h, sorted, c->n_dirs);
    rpt_html_raw(h, "</tbody></table></div></details>");
    free(sorted);
}
