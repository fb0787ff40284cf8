/* html_util.c - see html.h: escaping, and texts in both languages. */
#include "reports/model/headline.h"
#include "reports/render/html.h"
#include "pan-finder/base/text.h"

#include <string.h>

void rpt_html_raw(struct rpt_html *h, const char *markup)
{
    pf_buf_adds(h->b, markup);
}

static uint32_t code_point(const uint8_t *p, size_t n)
{
    uint32_t v = n == 1 ? p[0] : n == 2 ? p[0] & 0x1fu : n == 3 ? p[0] & 0x0fu : p[0] & 0x07u;

    for (size_t i = 1; i < n; i++)
        v = v << 6 | (p[i] & 0x3fu);
    return v;
}

/* Characters that change what a reader sees without being seen: C0 and C1
 * controls, bidi controls, zero-width and other format characters, separators,
 * tags, non-characters. */
static bool is_hidden(uint32_t c)
{
    static const struct { uint32_t first, last; } range[] = {
        { 0x00, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f }, { 0x61c, 0x61c },
        { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f },
        { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 }, { 0xfdd0, 0xfdef },
        { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
        { 0xe0000, 0xe0fff },
    };

    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++)
        if (c >= range[i].first && c <= range[i].last)
            return true;
    return false;
}

static const char *entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void rpt_html_text(struct pf_buf *out, const char *text, size_t len)
{
    while (len > 0) {
        const uint8_t *p = (const uint8_t *)text;
        size_t n = pf_utf8_len(p, len);
        const char *e = entity(*text);

        if (n == 0) {
            pf_buf_addf(out, "<b class=\"ctl\">\\x%02x</b>", p[0]);
            n = 1;
        } else if (is_hidden(code_point(p, n))) {
            uint32_t c = code_point(p, n);
            pf_buf_addf(out, c < 0x80 ? "<b class=\"ctl\">\\x%02x</b>" : "<b class=\"ctl\">\\u{%x}</b>", c);
        } else if (e != NULL) {
            pf_buf_adds(out, e);
        } else {
            pf_buf_add(out, text, n);
        }
        text += n;
        len -= n;
    }
}

void rpt_html_str(struct rpt_html *h, const char *text)
{
    if (text != NULL)
        rpt_html_text(h->b, text, strlen(text));
}

void rpt_html_both(struct rpt_html *h, const char *en, const char *ja)
{
    if (strcmp(en, ja) == 0) {
        rpt_html_str(h, en);
        return;
    }
    rpt_html_raw(h, "<span lang=\"en\">");
    rpt_html_str(h, en);
    rpt_html_raw(h, "</span><span lang=\"ja\">");
    rpt_html_str(h, ja);
    rpt_html_raw(h, "</span>");
}

void rpt_html_msg_args(struct rpt_html *h, enum rpt_msg msg, uint64_t n, const char *const *args)
{
    struct pf_buf en = PF_BUF_INIT, ja = PF_BUF_INIT;

    rpt_tr_add(&en, RPT_EN, msg, n, args);
    rpt_tr_add(&ja, RPT_JA, msg, n, args);
    rpt_html_both(h, en.data == NULL ? "" : en.data, ja.data == NULL ? "" : ja.data);
    pf_buf_release(&en);
    pf_buf_release(&ja);
}

void rpt_html_msg(struct rpt_html *h, enum rpt_msg msg)
{
    rpt_html_both(h, rpt_tr(RPT_EN, msg), rpt_tr(RPT_JA, msg));
}

void rpt_html_msg_n(struct rpt_html *h, enum rpt_msg msg, uint64_t n)
{
    rpt_html_msg_args(h, msg, n, NULL);
}

void rpt_html_record_text(struct rpt_html *h, const struct pf_json *record, const char *key)
{
    rpt_html_both(h, rpt_text_in(record, key, RPT_EN), rpt_text_in(record, key, RPT_JA));
}

void rpt_html_word(struct rpt_html *h, const char *family, const char *word)
{
    enum rpt_msg msg;

    if (word != NULL && rpt_msg_find(family, word, &msg))
        rpt_html_msg(h, msg);
    else
        rpt_html_str(h, word);
}

void rpt_html_number(struct rpt_html *h, uint64_t n)
{
    rpt_add_number(h->b, n);
}

void rpt_html_bytes(struct rpt_html *h, uint64_t n)
{
    rpt_add_bytes(h->b, n);
}

void rpt_html_time(struct rpt_html *h, const char *time)
{
    size_t len = time == NULL ? 0 : strlen(time);

    if (len < 20 || time[10] != 'T' || time[len - 1] != 'Z') {
        rpt_html_str(h, time);
        return;
    }
    rpt_html_text(h->b, time, 10);
    rpt_html_raw(h, " ");
    rpt_html_text(h->b, time + 11, 8);
    rpt_html_raw(h, " UTC");
}

/* A long path may break after each of its names. */
static void path_text(struct rpt_html *h, const struct pf_name *name)
{
    const char *p = name->text;
    size_t left = name->len;

    while (left > 0) {
        const char *slash = memchr(p, '/', left);
        size_t n = slash == NULL ? left : (size_t)(slash - p) + 1;
        rpt_html_text(h->b, p, n);
        if (n < left)
            rpt_html_raw(h, "<wbr>");
        p += n;
        left -= n;
    }
}

void rpt_html_name(struct rpt_html *h, const struct rpt_label *label)
{
    for (size_t i = 0; i < label->depth; i++) {
        rpt_html_raw(h, i == 0 ? "<bdi class=\"path\">" : "<span class=\"in\"> › </span><bdi class=\"path\">");
        path_text(h, &label->name[i]);
        rpt_html_raw(h, "</bdi>");
    }
    if (label->cut) {
        rpt_html_raw(h, " <small class=\"cut\">… ");
        rpt_html_msg(h, RPT_MSG_name_cut);
        rpt_html_raw(h, "</small>");
    }
}

void rpt_html_position(struct rpt_html *h, uint64_t line, uint64_t offset)
{
    struct pf_buf number = PF_BUF_INIT;
    const char *args[2] = { NULL, NULL };

    pf_buf_addu(&number, line > 0 ? line : offset);
    args[0] = number.data;
    rpt_html_msg_args(h, line > 0 ? RPT_MSG_at_line : RPT_MSG_at_offset, 0, args);
    pf_buf_release(&number);
}

void rpt_html_pan(struct rpt_html *h, const char *pan)
{
    size_t head = strcspn(pan, "*"), stars = strspn(pan + head, "*");

    if (pan[0] == '\0')
        return;
    rpt_html_raw(h, "<span class=\"pan\">");
    rpt_html_text(h->b, pan, head);
    if (stars > 0) {
        rpt_html_raw(h, "<i>");
        rpt_html_text(h->b, pan + head, stars);
        rpt_html_raw(h, "</i>");
    }
    rpt_html_str(h, pan + head + stars);
    rpt_html_raw(h, "</span>");
}

void rpt_html_open(struct rpt_html *h, const char *id, enum rpt_msg head)
{
    pf_buf_addf(h->b, "<section id=\"%s\" aria-labelledby=\"h-%s\"><h2 id=\"h-%s\">", id, id, id);
    rpt_html_msg(h, head);
    rpt_html_raw(h, "</h2>");
}

void rpt_html_lead(struct rpt_html *h, enum rpt_msg lead)
{
    rpt_html_raw(h, "<p class=\"lead\">");
    rpt_html_msg(h, lead);
    rpt_html_raw(h, "</p>\n");
}

void rpt_html_close(struct rpt_html *h)
{
    rpt_html_raw(h, "</section>\n");
    rpt_out_flush(h->out);
}

void rpt_html_th(struct rpt_html *h, enum rpt_msg msg, bool number)
{
    rpt_html_raw(h, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    rpt_html_msg(h, msg);
    rpt_html_raw(h, "</th>");
}

void rpt_html_table(struct rpt_html *h, const char *cls, enum rpt_msg caption)
{
    pf_buf_addf(h->b, "<div class=\"scroll\" tabindex=\"0\" role=\"group\"><table class=\"%s\"><caption class=\"sr\">", cls);
    rpt_html_msg(h, caption);
    rpt_html_raw(h, "</caption><thead><tr>");
}
