/* html_basis.c - what the verdict rests on: a bar of what was read, and the
 * facts of each run. Its tables are in html_tally.c. */
#include "reports/model/headline.h"
#include "reports/render/html.h"

#define BAR_WIDTH 1000u
#define BAR_LEAST 6u           /* what exists is seen, however small its share */

struct part { const char *cls; enum rpt_msg msg; uint64_t n; };

#define PARTS 5

static uint64_t fill_parts(const struct rpt_cover *c, struct part part[PARTS])
{
    uint64_t media = c->media.objects[PF_READ], sum = 0;

    part[0] = (struct part){ "b-read", RPT_MSG_bar_read, c->all.objects[PF_READ] - media };
    part[1] = (struct part){ "b-media", RPT_MSG_bar_media, media };
    part[2] = (struct part){ "b-partial", RPT_MSG_bar_partial, c->all.objects[PF_PARTIAL] };
    part[3] = (struct part){ "b-unread", RPT_MSG_bar_unread, c->all.objects[PF_UNREAD] };
    part[4] = (struct part){ "b-unopened", RPT_MSG_bar_unopened, rpt_cover_unopened(c) };
    for (size_t i = 0; i < PARTS; i++)
        sum += part[i].n;
    return sum;
}

/* Widths that add up to BAR_WIDTH, none of a part that exists below BAR_LEAST. */
static void bar_widths(const struct part part[PARTS], uint64_t sum, unsigned width[PARTS])
{
    unsigned used = 0;
    size_t widest = 0;

    for (size_t i = 0; i < PARTS; i++) {
        width[i] = (unsigned)((double)part[i].n / (double)sum * BAR_WIDTH);
        if (part[i].n > 0 && width[i] < BAR_LEAST)
            width[i] = BAR_LEAST;
        used += width[i];
        if (width[i] > width[widest])
            widest = i;
    }
    width[widest] = width[widest] + BAR_WIDTH - used;
}

void rpt_html_bar(struct rpt_html *h, const char *cls)
{
    struct part part[PARTS];
    uint64_t sum = fill_parts(&h->m->cover, part);
    unsigned width[PARTS], at = 0;

    bar_widths(part, sum, width);
    pf_buf_addf(h->b, "<svg class=\"%s\" viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
                cls);
    for (size_t i = 0; i < PARTS; i++) {
        if (part[i].n == 0)
            continue;
        pf_buf_addf(h->b, "<rect class=\"%s\" x=\"%u\" width=\"%u\" height=\"40\"/>", part[i].cls, at,
                    width[i] > 2 ? width[i] - 2 : width[i]);
        at += width[i];
    }
    rpt_html_raw(h, "</svg>");
}

static void percent(struct rpt_html *h, uint64_t n, uint64_t sum)
{
    double share = sum == 0 ? 0 : (double)n * 100 / (double)sum;

    if (n > 0 && share < 0.1)
        rpt_html_raw(h, "&lt; 0.1 %");
    else if (n < sum && share > 99.9)
        rpt_html_raw(h, "&gt; 99.9 %");
    else
        pf_buf_addf(h->b, "%.1f %%", share);
}

static void coverage(struct rpt_html *h)
{
    struct part part[PARTS];
    uint64_t sum = fill_parts(&h->m->cover, part);

    if (sum == 0) {
        rpt_html_raw(h, "<p class=\"notice\">");
        rpt_html_msg(h, RPT_MSG_basis_no_objects);
        rpt_html_raw(h, "</p>");
        return;
    }
    rpt_html_raw(h, "<figure class=\"cover\">");
    rpt_html_bar(h, "bar");
    rpt_html_raw(h, "<table class=\"legend\"><caption class=\"sr\">");
    rpt_html_msg(h, RPT_MSG_bar_caption);
    rpt_html_raw(h, "</caption><tbody>");
    for (size_t i = 0; i < PARTS; i++) {
        if (part[i].n == 0 && i > 0 && i < 3)
            continue;
        pf_buf_addf(h->b, "<tr%s><th scope=\"row\"><svg class=\"key\" viewBox=\"0 0 14 14\" width=\"14\" height=\"14\" "
                          "aria-hidden=\"true\"><rect class=\"%s\" width=\"14\" height=\"14\" rx=\"3\"/></svg>",
                    part[i].n == 0 ? " class=\"zero\"" : "", part[i].cls);
        rpt_html_msg(h, part[i].msg);
        rpt_html_raw(h, "</th><td class=\"n\">");
        rpt_html_number(h, part[i].n);
        rpt_html_raw(h, "</td><td class=\"n\">");
        percent(h, part[i].n, sum);
        rpt_html_raw(h, "</td></tr>");
    }
    rpt_html_raw(h, "</tbody></table></figure>\n");
}

static void fact_start(struct rpt_html *h, enum rpt_msg name)
{
    rpt_html_raw(h, "<div><dt>");
    rpt_html_msg(h, name);
    rpt_html_raw(h, "</dt><dd>");
}

static void fact(struct rpt_html *h, enum rpt_msg name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fact_start(h, name);
    rpt_html_raw(h, "<bdi>");
    rpt_html_str(h, value);
    rpt_html_raw(h, "</bdi></dd></div>");
}

static void fact_time(struct rpt_html *h, enum rpt_msg name, const char *time)
{
    if (time == NULL)
        return;
    fact_start(h, name);
    rpt_html_time(h, time);
    rpt_html_raw(h, "</dd></div>");
}

static void fact_roots(struct rpt_html *h, const struct pf_json *run)
{
    const struct pf_json *list = pf_json_get(run, "roots_abs");

    if (pf_json_len(list) == 0)
        list = pf_json_get(run, "roots");
    if (pf_json_len(list) == 0)
        return;
    fact_start(h, RPT_MSG_label_asked);
    for (size_t i = 0; i < pf_json_len(list); i++) {
        rpt_html_raw(h, i > 0 ? "<br><bdi class=\"path\">" : "<bdi class=\"path\">");
        rpt_html_str(h, pf_json_text(pf_json_at(list, i)));
        rpt_html_raw(h, "</bdi>");
    }
    rpt_html_raw(h, "</dd></div>");
}

static void fact_cage(struct rpt_html *h, const struct pf_json *run)
{
    const struct pf_json *cage = pf_json_get(run, "cage"), *missing = pf_json_get(cage, "missing");
    int64_t landlock = pf_json_int(cage, "landlock", 0);
    struct pf_buf text = PF_BUF_INIT;
    const char *args[2] = { NULL, NULL };

    if (cage == NULL)
        return;
    fact_start(h, RPT_MSG_label_cage);
    rpt_html_msg(h, pf_json_bool(cage, "seccomp", false) ? RPT_MSG_cage_seccomp : RPT_MSG_cage_no_seccomp);
    rpt_html_raw(h, "; ");
    pf_buf_addu(&text, landlock < 0 ? 0 : (uint64_t)landlock);
    args[0] = text.data;
    rpt_html_msg_args(h, landlock > 0 ? RPT_MSG_cage_landlock : RPT_MSG_cage_no_landlock, 0, args);
    pf_buf_clear(&text);
    for (size_t i = 0; i < pf_json_len(missing); i++) {
        const char *word = pf_json_text(pf_json_at(missing, i));
        pf_buf_addf(&text, "%s%s", i > 0 ? ", " : "", word == NULL ? "" : word);
    }
    if (text.len > 0) {
        args[0] = text.data;
        rpt_html_raw(h, "; ");
        rpt_html_msg_args(h, RPT_MSG_cage_missing, 0, args);
    }
    rpt_html_raw(h, "</dd></div>");
    pf_buf_release(&text);
}

/* The end record says how many records there were; this report counted them. */
static void check_counts(struct rpt_html *h, const struct rpt_run *run)
{
    uint64_t findings = rpt_u64(run->end, "findings"), objects = rpt_u64(run->end, "objects");
    uint64_t count[4] = { findings, objects, run->findings, run->objects };
    struct pf_buf text[4] = { PF_BUF_INIT, PF_BUF_INIT, PF_BUF_INIT, PF_BUF_INIT };
    const char *args[5] = { NULL };

    if (run->end == NULL || (findings == run->findings && objects == run->objects))
        return;
    for (size_t i = 0; i < 4; i++) {
        rpt_add_number(&text[i], count[i]);
        args[i] = text[i].data == NULL ? "" : text[i].data;
    }
    rpt_html_raw(h, "<p class=\"notice\">");
    rpt_html_msg_args(h, RPT_MSG_warn_counts, 0, args);
    rpt_html_raw(h, "</p>");
    for (size_t i = 0; i < 4; i++)
        pf_buf_release(&text[i]);
}

static void one_run(struct rpt_html *h, const struct rpt_run *run)
{
    const struct pf_json *start = run->start;
    struct pf_buf tool = PF_BUF_INIT;
    const char *name = pf_json_str(start, "tool"), *version = pf_json_str(start, "version");
    uint64_t seconds = (uint64_t)(pf_json_num(run->end, "seconds", 0) + 0.5);

    rpt_html_raw(h, "<dl class=\"facts\">");
    fact_roots(h, start);
    fact(h, RPT_MSG_label_host, pf_json_str(start, "host"));
    fact_time(h, RPT_MSG_label_started, pf_json_str(start, "started"));
    fact_time(h, RPT_MSG_label_ended, pf_json_str(run->end, "ended"));
    if (run->end != NULL) {
        fact_start(h, RPT_MSG_label_seconds);
        rpt_html_msg_n(h, RPT_MSG_n_seconds, seconds);
        rpt_html_raw(h, "</dd></div>");
    }
    fact_start(h, RPT_MSG_label_state);
    rpt_html_raw(h, run->state == RPT_RUN_COMPLETE ? "<span class=\"pill ok\">" : "<span class=\"pill no\">");
    rpt_html_msg(h, rpt_run_state_msg(run->state));
    rpt_html_raw(h, "</span></dd></div>");
    fact(h, RPT_MSG_label_message, pf_json_str(run->end, "message"));
    pf_buf_addf(&tool, "%s %s", name == NULL ? "" : name, version == NULL ? "" : version);
    fact(h, RPT_MSG_label_tool, tool.data);
    fact(h, RPT_MSG_label_ruleset, pf_json_str(start, "ruleset"));
    fact(h, RPT_MSG_label_kernel, pf_json_str(start, "kernel"));
    fact_cage(h, start);
    fact(h, RPT_MSG_label_key, pf_json_str(start, "key_id"));
    fact(h, RPT_MSG_label_run, pf_json_str(start, "run"));
    rpt_html_raw(h, "</dl>\n");
    check_counts(h, run);
    pf_buf_release(&tool);
}

static void judged(struct rpt_html *h)
{
    const struct pf_json *entity = rpt_model_entity(h->m);
    const struct rpt_cover *c = &h->m->cover;

    rpt_html_raw(h, "<dl class=\"facts\">");
    fact_start(h, RPT_MSG_label_bytes);
    rpt_html_bytes(h, c->all.bytes);
    rpt_html_raw(h, "</dd></div>");
    if (c->unread > 0) {
        fact_start(h, RPT_MSG_label_unread_bytes);
        rpt_html_bytes(h, c->unread);
        rpt_html_raw(h, "</dd></div>");
    }
    if (entity != NULL) {
        fact_start(h, RPT_MSG_label_edition);
        if (pf_json_get(entity, "edition_text") != NULL)
            rpt_html_record_text(h, entity, "edition_text");
        else
            rpt_html_str(h, pf_json_str(entity, "edition"));
        rpt_html_raw(h, "</dd></div>");
        fact_time(h, RPT_MSG_label_judged, pf_json_str(entity, "judged"));
        fact_start(h, RPT_MSG_label_scope);
        rpt_html_msg(h, pf_json_bool(entity, "scope_given", false) ? RPT_MSG_scope_given : RPT_MSG_scope_none);
        rpt_html_raw(h, "</dd></div>");
    }
    rpt_html_raw(h, "</dl>\n");
}

void rpt_html_basis(struct rpt_html *h)
{
    rpt_html_open(h, "basis", RPT_MSG_head_basis);
    rpt_html_lead(h, RPT_MSG_lead_basis);
    coverage(h);
    judged(h);
    if (h->m->n_runs > 0) {
        rpt_html_raw(h, "<h3>");
        rpt_html_msg(h, RPT_MSG_basis_runs);
        rpt_html_raw(h, "</h3>");
    }
    for (size_t i = 0; i < h->m->n_runs; i++)
        one_run(h, &h->m->run[i]);
    rpt_html_kinds(h);
    rpt_html_dirs(h);
    rpt_html_close(h);
}
