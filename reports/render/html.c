/* html.c - the report as one self-contained HTML page: the frame of it. The
 * style and the script stand in the page; its Content-Security-Policy names
 * them by hash and allows nothing else, so a scanned name that slipped through
 * the escaping could still not run, load or send anything. */
#include "reports/model/headline.h"
#include "reports/render/html.h"
#include "reports/templates.inc"

#include <stdlib.h>
#include <string.h>

static void head(struct rpt_html *h)
{
    struct rpt_headline line = rpt_headline_of(h->m);
    enum rpt_lang lang = h->how->lang;

    pf_buf_addf(h->b,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n"
                "<meta name=\"robots\" content=\"noindex\">\n<title>",
                rpt_lang_name(lang), rpt_style_css_hash, rpt_script_js_hash);
    rpt_html_str(h, rpt_tr(lang, line.title));
    rpt_html_raw(h, " – hihoji</title>\n<style>");
    pf_buf_add(h->b, rpt_style_css, sizeof rpt_style_css);
    rpt_html_raw(h, "</style>\n</head>\n<body");
    for (int i = 0; i < RPT_LANGS; i++) {      /* for the script: the title in each language */
        pf_buf_addf(h->b, " data-%s=\"", rpt_lang_name((enum rpt_lang)i));
        rpt_html_str(h, rpt_tr((enum rpt_lang)i, line.title));
        rpt_html_raw(h, " – hihoji\"");
    }
    rpt_html_raw(h, ">\n");
}

static void language_switch(struct rpt_html *h)
{
    static const char *const own_name[RPT_LANGS] = { "English", "日本語" };

    rpt_html_raw(h, "<fieldset class=\"langs\"><legend class=\"sr\">");
    rpt_html_msg(h, RPT_MSG_doc_language);
    rpt_html_raw(h, "</legend>");
    for (int i = 0; i < RPT_LANGS; i++) {
        const char *name = rpt_lang_name((enum rpt_lang)i);
        pf_buf_addf(h->b,
                    "<input type=\"radio\" name=\"lang\" id=\"l-%s\" value=\"%s\"%s>"
                    "<label for=\"l-%s\"><bdi lang=\"%s\">%s</bdi></label>",
                    name, name, (int)h->how->lang == i ? " checked" : "", name, name, own_name[i]);
    }
    rpt_html_raw(h, "</fieldset>");
}

static void top(struct rpt_html *h)
{
    /* The hatching of what could not be opened, for every bar and key. */
    rpt_html_raw(h,
                 "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
                 "<pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
                 "patternTransform=\"rotate(45)\"><rect class=\"h-back\" width=\"8\" height=\"8\"/>"
                 "<rect class=\"h-line\" width=\"3\" height=\"8\"/></pattern></defs></svg>\n");
    rpt_html_raw(h, "<a class=\"skip\" href=\"#main\">");
    rpt_html_msg(h, RPT_MSG_doc_skip);
    rpt_html_raw(h,
                 "</a>\n<header class=\"top\"><div class=\"brand\">"
                 "<svg viewBox=\"0 0 28 20\" width=\"28\" height=\"20\" aria-hidden=\"true\">"
                 "<rect class=\"card\" x=\"1\" y=\"1\" width=\"26\" height=\"18\" rx=\"3.5\"/>"
                 "<path class=\"stripe\" d=\"M1 6.5h26\"/><path class=\"strike\" d=\"M6 14h4m3 0h2m3 0h4\"/></svg>"
                 "<strong>hihoji</strong><span class=\"doc\">");
    rpt_html_msg(h, RPT_MSG_doc_title);
    rpt_html_raw(h, "</span></div>");
    language_switch(h);
    rpt_html_raw(h, "</header>\n");
}

static bool has(const struct rpt_html *h, enum rpt_subject subject)
{
    return h->m->verdict[subject].n > 0;
}

static void contents(struct rpt_html *h)
{
    const struct { const char *id; enum rpt_msg head; bool shown; } row[] = {
        { "actions", RPT_MSG_head_actions, true },
        { "basis", RPT_MSG_head_basis, true },
        { "why", RPT_MSG_head_why, has(h, RPT_RULE) || has(h, RPT_ENTITY) },
        { "findings", RPT_MSG_head_findings, true },
        { "numbers", RPT_MSG_head_numbers, h->m->n_numbers > 0 },
        { "left-out", RPT_MSG_head_left_out, h->m->left_out.n > 0 },
        { "requirements", RPT_MSG_head_requirements, has(h, RPT_REQUIREMENT) },
        { "channels", RPT_MSG_head_channels, has(h, RPT_CHANNEL) },
        { "locations", RPT_MSG_head_locations, has(h, RPT_LOCATION) },
        { "gaps", RPT_MSG_head_gaps, true },
        { "assumptions", RPT_MSG_head_assumptions, has(h, RPT_ASSUMPTION) },
        { "method", RPT_MSG_head_method, true },
        { "glossary", RPT_MSG_head_glossary, true },
    };

    rpt_html_raw(h, "<nav class=\"toc\" aria-labelledby=\"toc-h\"><h2 id=\"toc-h\">");
    rpt_html_msg(h, RPT_MSG_doc_contents);
    rpt_html_raw(h, "</h2><ol>");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (!row[i].shown)
            continue;
        pf_buf_addf(h->b, "<li><a href=\"#%s\">", row[i].id);
        rpt_html_msg(h, row[i].head);
        rpt_html_raw(h, "</a></li>");
    }
    rpt_html_raw(h, "</ol></nav>\n");
}

static void foot(struct rpt_html *h)
{
    rpt_html_raw(h, "</main></div>\n<footer><p>");
    rpt_html_msg(h, RPT_MSG_foot_masking);
    rpt_html_raw(h, "</p><p>");
    rpt_html_msg(h, RPT_MSG_foot_offline);
    rpt_html_raw(h, "</p></footer>\n<script>");
    pf_buf_add(h->b, rpt_script_js, sizeof rpt_script_js);
    rpt_html_raw(h, "</script>\n</body>\n</html>\n");
}

/* Numbers that have a row of their own in the table of numbers. */
#define NUMBERS_SHOWN 500

static void number_rows(struct rpt_html *h)
{
    const struct rpt_model *m = h->m;

    h->number_row = m->n_numbers == 0 ? NULL : malloc(m->n_numbers * sizeof *h->number_row);
    for (size_t i = 0; h->number_row != NULL && i < m->n_numbers; i++)
        h->number_row[m->number_order[i]] = i < NUMBERS_SHOWN ? (uint32_t)i : RPT_NONE;
}

void rpt_render_html(struct rpt_out *out, const struct rpt_model *m, const struct rpt_render *how)
{
    static void (*const section[])(struct rpt_html *) = {
        rpt_html_verdict, rpt_html_actions, rpt_html_basis, rpt_html_why, rpt_html_findings,
        rpt_html_numbers, rpt_html_left_out, rpt_html_requirements, rpt_html_channels, rpt_html_locations,
        rpt_html_gaps, rpt_html_assumptions, rpt_html_method, rpt_html_glossary,
    };
    struct rpt_html h = { &out->buf, out, m, how, NULL };

    number_rows(&h);
    head(&h);
    top(&h);
    rpt_html_raw(&h, "<div class=\"frame\">");
    contents(&h);
    rpt_html_raw(&h, "<main id=\"main\">\n");
    for (size_t i = 0; i < sizeof section / sizeof section[0]; i++)
        section[i](&h);
    foot(&h);
    free(h.number_row);
}
