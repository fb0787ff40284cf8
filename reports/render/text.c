/* text.c - the report for a terminal: verdict, basis, what to do. The lists
 * (findings, gaps, requirements) are in text_lists.c. */
#include "reports/model/advice.h"
#include "reports/model/headline.h"
#include "reports/render/text.h"

#include <string.h>

void rpt_text_msg(struct rpt_text *t, enum rpt_msg msg, uint64_t n)
{
    rpt_tr_add(t->b, t->how->lang, msg, n, NULL);
}

void rpt_text_heading(struct rpt_text *t, enum rpt_msg msg)
{
    pf_buf_addc(t->b, '\n');
    rpt_style(t->b, t->how->colour, RPT_BOLD);
    rpt_text_msg(t, msg, 0);
    rpt_style(t->b, t->how->colour, RPT_PLAIN);
    pf_buf_addc(t->b, '\n');
}

void rpt_text_para(struct rpt_text *t, enum rpt_msg msg, uint64_t n, size_t first, size_t indent)
{
    struct pf_buf text = PF_BUF_INIT;

    rpt_tr_add(&text, t->how->lang, msg, n, NULL);
    rpt_wrap(t->b, text.data == NULL ? "" : text.data, first, indent);
    pf_buf_release(&text);
}

static enum rpt_style tone_style(const struct rpt_model *m)
{
    static const enum rpt_style style[] = {
        [RPT_TONE_BAD] = RPT_RED, [RPT_TONE_WARN] = RPT_AMBER, [RPT_TONE_GOOD] = RPT_GREEN,
        [RPT_TONE_NONE] = RPT_BOLD,
    };

    return style[rpt_model_tone(m)];
}

static void rule(struct rpt_text *t, const char *left, const char *right)
{
    rpt_style(t->b, t->how->colour, tone_style(t->m));
    pf_buf_adds(t->b, left);
    for (size_t i = 0; i < RPT_COLUMNS - 2; i++)
        pf_buf_adds(t->b, "─");
    pf_buf_adds(t->b, right);
    rpt_style(t->b, t->how->colour, RPT_PLAIN);
    pf_buf_addc(t->b, '\n');
}

/* Wrapped text inside the box: wrap, then put a border round each line. */
static void boxed(struct rpt_text *t, const char *text, enum rpt_style style)
{
    struct pf_buf lines = PF_BUF_INIT;

    rpt_wrap(&lines, text, 4, 4);
    for (char *line = lines.data, *end; line != NULL && *line != '\0'; line = end + 1) {
        size_t skip = line == lines.data ? 0 : 4;
        size_t width;

        end = strchr(line, '\n');
        width = rpt_columns(line + skip, (size_t)(end - line) - skip);
        rpt_style(t->b, t->how->colour, tone_style(t->m));
        pf_buf_adds(t->b, "│ ");
        rpt_style(t->b, t->how->colour, RPT_PLAIN);
        rpt_style(t->b, t->how->colour, style);
        pf_buf_add(t->b, line + skip, (size_t)(end - line) - skip);
        rpt_style(t->b, t->how->colour, RPT_PLAIN);
        rpt_pad(t->b, width < RPT_COLUMNS - 4 ? RPT_COLUMNS - 4 - width : 0);
        rpt_style(t->b, t->how->colour, tone_style(t->m));
        pf_buf_adds(t->b, " │");
        rpt_style(t->b, t->how->colour, RPT_PLAIN);
        pf_buf_addc(t->b, '\n');
    }
    pf_buf_release(&lines);
}

static void boxed_msg(struct rpt_text *t, enum rpt_msg msg)
{
    boxed(t, rpt_tr(t->how->lang, msg), RPT_PLAIN);
}

static void verdict_box(struct rpt_text *t)
{
    struct rpt_headline h = rpt_headline_of(t->m);
    struct pf_buf title = PF_BUF_INIT;

    if (h.code[0] != '\0') {
        pf_text_add_tty(&title, h.code, strlen(h.code));
        pf_buf_adds(&title, "  ");
    }
    pf_buf_adds(&title, rpt_tr(t->how->lang, h.title));
    rule(t, "┌", "┐");
    boxed(t, title.data == NULL ? "" : title.data, tone_style(t->m));
    boxed_msg(t, h.meaning);
    if (h.contradicted)
        boxed_msg(t, RPT_MSG_warn_contradicted);
    else if (t->m->incomplete)
        boxed_msg(t, RPT_MSG_warn_incomplete);
    rule(t, "└", "┘");
    pf_buf_release(&title);
}

void rpt_text_field(struct rpt_text *t, enum rpt_msg name, const char *value)
{
    struct pf_buf safe = PF_BUF_INIT;
    size_t start = t->b->len, width;

    if (value == NULL || value[0] == '\0')
        return;
    pf_buf_adds(t->b, "  ");
    rpt_text_msg(t, name, 0);
    width = rpt_columns(t->b->data + start, t->b->len - start);
    rpt_pad(t->b, width < 22 ? 22 - width : 1);
    pf_text_add_tty(&safe, value, strlen(value));
    rpt_wrap(t->b, safe.data == NULL ? "" : safe.data, width < 22 ? 22 : width + 1, 22);
    pf_buf_release(&safe);
}

static void roots(struct rpt_text *t, const struct pf_json *run)
{
    const struct pf_json *list = pf_json_get(run, "roots_abs");
    struct pf_buf text = PF_BUF_INIT;

    if (pf_json_len(list) == 0)
        list = pf_json_get(run, "roots");
    for (size_t i = 0; i < pf_json_len(list); i++) {
        const char *root = pf_json_text(pf_json_at(list, i));
        if (i > 0)
            pf_buf_adds(&text, "  ");
        pf_buf_adds(&text, root == NULL ? "" : root);
    }
    rpt_text_field(t, RPT_MSG_label_asked, text.data);
    pf_buf_release(&text);
}

static void basis_runs(struct rpt_text *t)
{
    for (size_t i = 0; i < t->m->n_runs; i++) {
        const struct rpt_run *run = &t->m->run[i];
        struct pf_buf tool = PF_BUF_INIT;
        const char *name = pf_json_str(run->start, "tool");
        const char *version = pf_json_str(run->start, "version");
        const char *message = pf_json_str(run->end, "message");

        pf_buf_addf(&tool, "%s %s", name == NULL ? "" : name, version == NULL ? "" : version);
        roots(t, run->start);
        rpt_text_field(t, RPT_MSG_label_host, pf_json_str(run->start, "host"));
        rpt_text_field(t, RPT_MSG_label_started, pf_json_str(run->start, "started"));
        rpt_text_field(t, RPT_MSG_label_ended, pf_json_str(run->end, "ended"));
        rpt_text_field(t, RPT_MSG_label_state, rpt_tr(t->how->lang, rpt_run_state_msg(run->state)));
        rpt_text_field(t, RPT_MSG_label_message, message);
        rpt_text_field(t, RPT_MSG_label_tool, tool.data);
        pf_buf_release(&tool);
    }
}

static void count_line(struct rpt_text *t, enum rpt_msg msg, uint64_t n)
{
    if (n == 0)
        return;
    pf_buf_adds(t->b, "  ");
    rpt_text_msg(t, msg, n);
    pf_buf_addc(t->b, '\n');
}

static void basis(struct rpt_text *t)
{
    const struct rpt_cover *c = &t->m->cover;
    struct pf_buf bytes = PF_BUF_INIT;

    rpt_text_heading(t, RPT_MSG_head_basis);
    basis_runs(t);
    rpt_add_bytes(&bytes, c->all.bytes);
    rpt_text_field(t, RPT_MSG_label_bytes, bytes.data);
    count_line(t, RPT_MSG_n_read, c->all.objects[PF_READ] - c->media.objects[PF_READ]);
    count_line(t, RPT_MSG_n_media, c->media.objects[PF_READ]);
    count_line(t, RPT_MSG_n_partial, c->all.objects[PF_PARTIAL]);
    count_line(t, RPT_MSG_n_unread, c->all.objects[PF_UNREAD]);
    count_line(t, RPT_MSG_n_unopened, rpt_cover_unopened(c));
    if (c->all.objects[PF_READ] + c->all.objects[PF_PARTIAL] + c->all.objects[PF_UNREAD] == 0)
        rpt_text_para(t, RPT_MSG_basis_no_objects, 0, 0, 2);
    pf_buf_release(&bytes);
}

static void actions(struct rpt_text *t)
{
    struct rpt_advice advice[RPT_ADVICE_MAX];
    size_t n = rpt_advise(t->m, advice);

    rpt_text_heading(t, RPT_MSG_head_actions);
    for (size_t i = 0; i < n; i++) {
        pf_buf_addf(t->b, "%3zu. ", i + 1);
        rpt_style(t->b, t->how->colour, RPT_BOLD);
        rpt_text_msg(t, advice[i].title, advice[i].n);
        rpt_style(t->b, t->how->colour, RPT_PLAIN);
        pf_buf_adds(t->b, "\n     ");
        rpt_text_para(t, advice[i].body, advice[i].n, 5, 5);
        if (advice[i].link == RPT_LINK_PLACE && advice[i].place != RPT_NONE) {
            pf_buf_adds(t->b, "     → ");
            rpt_layout_name(t->b, &t->m->places.place[advice[i].place].label);
            pf_buf_addc(t->b, '\n');
        }
    }
}

void rpt_render_text(struct rpt_out *out, const struct rpt_model *m, const struct rpt_render *how)
{
    struct rpt_text t = { &out->buf, out, m, how };

    verdict_box(&t);
    rpt_text_why(&t);
    basis(&t);
    actions(&t);
    rpt_text_findings(&t);
    rpt_text_left_out(&t);
    rpt_text_gaps(&t);
    rpt_text_requirements(&t);
    rpt_text_assumptions(&t);
    pf_buf_addc(t.b, '\n');
    rpt_text_para(&t, RPT_MSG_foot_masking, 0, 0, 0);
}
