/* layout.c - see layout.h. */
#include "reports/render/layout.h"
#include "pan-finder/base/text.h"

#include <string.h>

/* Two columns: the blocks that East Asian Width (UAX #11) has as W or F and
 * that our texts and Japanese file names use. */
static const struct { uint32_t first, last; } wide[] = {
    { 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf },
    { 0x4e00, 0x9fff }, { 0xa000, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
    { 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff },
    { 0x20000, 0x3fffd },
};

static uint32_t value(const uint8_t *p, size_t n)
{
    uint32_t v = n == 1 ? p[0] : n == 2 ? p[0] & 0x1fu : n == 3 ? p[0] & 0x0fu : p[0] & 0x07u;

    for (size_t i = 1; i < n; i++)
        v = v << 6 | (p[i] & 0x3fu);
    return v;
}

static size_t char_columns(const uint8_t *p, size_t n)
{
    uint32_t c = value(p, n);

    if (c >= 0x300 && c <= 0x36f)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (c >= wide[i].first && c <= wide[i].last)
            return 2;
    return 1;
}

static size_t next_char(const char *text, size_t len, size_t *columns)
{
    size_t n = pf_utf8_len((const uint8_t *)text, len);

    *columns = n == 0 ? 1 : char_columns((const uint8_t *)text, n);
    return n == 0 ? 1 : n;
}

size_t rpt_columns(const char *text, size_t len)
{
    size_t sum = 0, w;

    for (size_t i = 0; i < len; i += next_char(text + i, len - i, &w), sum += w)
        ;
    return sum;
}

/* Characters that must not start a line (JIS X 4051, the common ones). */
static bool no_start(const char *p)
{
    static const char *const list[] = {
        "、", "。", "）", "」", "』", "】", "・", "：", "；", "！", "？", "ー", "っ", "ゃ", "ゅ", "ょ",
        "ッ", "ャ", "ュ", "ョ", "，", "．", "％",
    };

    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (strncmp(p, list[i], strlen(list[i])) == 0)
            return true;
    return false;
}

static bool is_wide(const char *p, size_t len)
{
    size_t w = 0;

    (void)next_char(p, len, &w);
    return w == 2;
}

/* Bytes of the next piece that must stay together, without trailing spaces. */
static size_t piece(const char *p, size_t len, size_t *columns)
{
    size_t i = 0, w;

    *columns = 0;
    while (i < len && p[i] != ' ') {
        size_t n = next_char(p + i, len - i, &w);
        i += n;
        *columns += w;
        if (i < len && p[i] != ' ' && (w == 2 || is_wide(p + i, len - i)) && !no_start(p + i))
            break;
    }
    return i;
}

void rpt_wrap(struct pf_buf *out, const char *text, size_t first, size_t indent)
{
    size_t len = strlen(text), at = first, w;
    bool start = true;

    while (len > 0) {
        size_t spaces = strspn(text, " ");
        size_t n = piece(text + spaces, len - spaces, &w);

        if (!start && at + spaces + w > RPT_COLUMNS) {
            pf_buf_addc(out, '\n');
            rpt_pad(out, indent);
            at = indent;
        } else if (!start || spaces == 0) {
            rpt_pad(out, spaces);
            at += spaces;
        }
        pf_buf_add(out, text + spaces, n);
        at += w;
        start = false;
        text += spaces + n;
        len -= spaces + n;
    }
    pf_buf_addc(out, '\n');
}

void rpt_layout_name(struct pf_buf *out, const struct rpt_label *label)
{
    for (size_t i = 0; i < label->depth; i++) {
        if (i > 0)
            pf_buf_adds(out, " > ");
        pf_text_add_tty(out, label->name[i].text, label->name[i].len);
    }
    if (label->cut)
        pf_buf_adds(out, "…");
}

void rpt_pad(struct pf_buf *out, size_t columns)
{
    for (size_t i = 0; i < columns; i++)
        pf_buf_addc(out, ' ');
}

void rpt_style(struct pf_buf *out, bool colour, enum rpt_style style)
{
    static const char *const code[] = {
        [RPT_PLAIN] = "\033[0m", [RPT_BOLD] = "\033[1m", [RPT_DIM] = "\033[2m",
        [RPT_RED] = "\033[1;31m", [RPT_AMBER] = "\033[1;33m", [RPT_GREEN] = "\033[1;32m",
    };

    if (colour)
        pf_buf_adds(out, code[style]);
}
