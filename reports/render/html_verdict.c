/* html_verdict.c - the first screen: verdict, figures, coverage, what to do. */
#include "reports/model/advice.h"
#include "reports/model/headline.h"
#include "reports/render/html.h"

static const struct { const char *cls, *icon; } tone[] = {
    [RPT_TONE_BAD] = { "bad", "<path d=\"M17.6 4h12.8L40 13.6v12.8L30.4 36H17.6L8 26.4V13.6z\"/>"
                              "<path d=\"M24 12v11m0 5v.5\"/>" },
    [RPT_TONE_WARN] = { "warn", "<path d=\"M24 5 41 35H7z\"/><path d=\"M24 15v10m0 5v.5\"/>" },
    [RPT_TONE_GOOD] = { "good", "<circle cx=\"24\" cy=\"20\" r=\"16\"/><path d=\"m16.5 20.5 5.2 5.2 10-11\"/>" },
    [RPT_TONE_NONE] = { "none", "<circle cx=\"24\" cy=\"20\" r=\"16\" stroke-dasharray=\"4 4\"/>"
                                "<path d=\"M24 12v10m0 6v.5\"/>" },
};

static void flags(struct rpt_html *h)
{
    const struct pf_json *list = pf_json_get(rpt_model_entity(h->m), "flags");

    for (size_t i = 0; i < pf_json_len(list); i++) {
        rpt_html_raw(h, "<span class=\"pill mark\">");
        rpt_html_word(h, "flag", pf_json_text(pf_json_at(list, i)));
        rpt_html_raw(h, "</span>");
    }
}

/* "Example Ltd · shop-01 · /srv/shop · 2026-11-25T07:20:44Z" */
static void subject(struct rpt_html *h)
{
    const struct pf_json *run = h->m->n_runs == 0 ? NULL : h->m->run[0].start;
    const struct pf_json *roots = pf_json_get(run, "roots_abs");
    const char *entity = pf_json_str(rpt_model_entity(h->m), "entity");
    const char *host = pf_json_str(run, "host");
    const char *root;

    if (run == NULL)
        return;
    if (pf_json_len(roots) == 0)
        roots = pf_json_get(run, "roots");
    root = pf_json_text(pf_json_at(roots, 0));
    rpt_html_raw(h, "<p class=\"subject\">");
    if (entity != NULL && entity[0] != '\0') {
        rpt_html_raw(h, "<b><bdi>");
        rpt_html_str(h, entity);
        rpt_html_raw(h, "</bdi></b>");
    }
    if (host != NULL) {
        rpt_html_raw(h, "<bdi>");
        rpt_html_str(h, host);
        rpt_html_raw(h, "</bdi>");
    }
    if (root != NULL) {
        rpt_html_raw(h, "<bdi class=\"path\">");
        rpt_html_str(h, root);
        rpt_html_raw(h, pf_json_len(roots) > 1 || h->m->n_runs > 1 ? " …</bdi>" : "</bdi>");
    }
    rpt_html_raw(h, "<span>");
    rpt_html_time(h, pf_json_str(run, "started"));
    rpt_html_raw(h, "</span></p>");
}

static void figure(struct rpt_html *h, enum rpt_msg label, uint64_t n, bool plus)
{
    rpt_html_raw(h, "<div><dt>");
    rpt_html_msg_n(h, label, n);
    rpt_html_raw(h, "</dt><dd>");
    rpt_html_number(h, n);
    rpt_html_raw(h, plus ? "+</dd></div>" : "</dd></div>");
}

static void figures(struct rpt_html *h)
{
    const struct rpt_model *m = h->m;

    rpt_html_raw(h, "<dl class=\"figures\">");
    figure(h, RPT_MSG_fig_places, rpt_model_places_to(m, RPT_RANK_PROBABLE), m->places.elsewhere > 0);
    figure(h, RPT_MSG_fig_numbers, rpt_model_numbers_to(m, RPT_RANK_PROBABLE), m->numbers.more);
    figure(h, RPT_MSG_fig_gaps, m->cover.gaps, false);
    figure(h, RPT_MSG_fig_objects, m->cover.all.objects[PF_READ], false);
    rpt_html_raw(h, "</dl>");
}

/* The coverage as a picture, on the first screen too. */
static void coverage_line(struct rpt_html *h)
{
    const struct rpt_cover *c = &h->m->cover;
    uint64_t sum = c->all.objects[PF_READ] + c->all.objects[PF_PARTIAL] + c->all.objects[PF_UNREAD] +
                   rpt_cover_unopened(c);
    struct pf_buf read = PF_BUF_INIT, all = PF_BUF_INIT;
    const char *args[3] = { NULL };

    if (sum == 0)
        return;
    rpt_add_number(&read, c->all.objects[PF_READ]);
    rpt_add_number(&all, sum);
    args[0] = read.data;
    args[1] = all.data;
    rpt_html_raw(h, "<a class=\"rest\" href=\"#basis\">");
    rpt_html_bar(h, "bar thin");
    rpt_html_msg_args(h, RPT_MSG_hero_read, 0, args);
    rpt_html_raw(h, "</a>");
    pf_buf_release(&read);
    pf_buf_release(&all);
}

/* What makes this report less than it looks: said at the top, not in a footnote. */
static void warnings(struct rpt_html *h, bool contradicted)
{
    if (contradicted || h->m->incomplete) {
        rpt_html_raw(h, "<p class=\"notice\">");
        rpt_html_msg(h, contradicted ? RPT_MSG_warn_contradicted : RPT_MSG_warn_incomplete);
        rpt_html_raw(h, "</p>");
    }
    if (h->m->torn) {
        rpt_html_raw(h, "<p class=\"notice\">");
        rpt_html_msg(h, RPT_MSG_warn_torn);
        rpt_html_raw(h, "</p>");
    }
}

void rpt_html_verdict(struct rpt_html *h)
{
    struct rpt_headline line = rpt_headline_of(h->m);
    enum rpt_tone t = rpt_model_tone(h->m);

    pf_buf_addf(h->b, "<section id=\"verdict\" class=\"verdict %s\" aria-labelledby=\"h-verdict\">", tone[t].cls);
    subject(h);
    pf_buf_addf(h->b, "<div class=\"says\"><svg viewBox=\"4 0 40 40\" width=\"64\" height=\"64\" aria-hidden=\"true\">%s</svg><div>",
                tone[t].icon);
    rpt_html_raw(h, "<h1 id=\"h-verdict\">");
    rpt_html_msg(h, line.title);
    rpt_html_raw(h, "</h1><p class=\"codes\">");
    if (line.code[0] != '\0') {
        rpt_html_raw(h, "<span class=\"pill code\">");
        rpt_html_str(h, line.code);
        rpt_html_raw(h, "</span><span class=\"codename\">");
        rpt_html_str(h, line.name);
        rpt_html_raw(h, "</span>");
    }
    flags(h);
    rpt_html_raw(h, "</p><p class=\"meaning\">");
    rpt_html_msg(h, line.meaning);
    rpt_html_raw(h, "</p></div></div>");
    warnings(h, line.contradicted);
    figures(h);
    coverage_line(h);
    rpt_html_close(h);
}

#define STEPS_OPEN 6           /* steps that stand open; the style counts on from there */

static void action_link(struct rpt_html *h, const struct rpt_advice *a)
{
    static const struct { const char *href; enum rpt_msg msg; } target[] = {
        [RPT_LINK_FINDINGS] = { "findings", RPT_MSG_head_findings },
        [RPT_LINK_GAPS] = { "gaps", RPT_MSG_head_gaps },
        [RPT_LINK_BASIS] = { "basis", RPT_MSG_head_basis },
    };

    if (a->link == RPT_LINK_PLACE && a->place != RPT_NONE) {
        pf_buf_addf(h->b, "<a class=\"go\" href=\"#p%u\">", a->place);
        rpt_html_name(h, &h->m->places.place[a->place].label);
        rpt_html_raw(h, "</a>");
    } else if (a->link != RPT_LINK_NONE && a->link != RPT_LINK_PLACE) {
        pf_buf_addf(h->b, "<a class=\"go\" href=\"#%s\">", target[a->link].href);
        rpt_html_msg(h, target[a->link].msg);
        rpt_html_raw(h, "</a>");
    }
}

void rpt_html_actions(struct rpt_html *h)
{
    struct rpt_advice advice[RPT_ADVICE_MAX];
    size_t n = rpt_advise(h->m, advice);

    rpt_html_open(h, "actions", RPT_MSG_head_actions);
    if (n > 1)
        rpt_html_lead(h, RPT_MSG_lead_actions);
    rpt_html_raw(h, "<ol class=\"steps\">");
    for (size_t i = 0; i < n; i++) {
        if (i == STEPS_OPEN && n > STEPS_OPEN + 1) {
            rpt_html_raw(h, "</ol><details class=\"more\"><summary>");
            rpt_html_msg_n(h, RPT_MSG_act_more, n - i);
            rpt_html_raw(h, "</summary><ol class=\"steps\">");
        }
        rpt_html_raw(h, "<li><h3>");
        rpt_html_msg_n(h, advice[i].title, advice[i].n);
        rpt_html_raw(h, "</h3><p>");
        rpt_html_msg_n(h, advice[i].body, advice[i].n);
        rpt_html_raw(h, "</p>");
        action_link(h, &advice[i]);
        rpt_html_raw(h, "</li>\n");
    }
    rpt_html_raw(h, n > STEPS_OPEN + 1 ? "</ol></details>" : "</ol>");
    rpt_html_close(h);
}
