/* base64_sign.c - see base64_sign.h. Sources of the escapes: RFC 8259 7 (JSON; PHP writes
 * "\/", .NET "\u002B"), RFC 3986 2.1 (percent), HTML 13.5 (entities), RFC 2045 6.7
 * (quoted-printable). */
#include "pan-finder/detect/wrap/base64_sign.h"

#include "pan-finder/detect/wrap/base64_decode.h"

#include <string.h>

enum {
    ESCAPE_MAX = 8, SEAM_MAX = 48,
    SOFT_COLUMN = 75,       /* where '=' ends a full line of quoted-printable (RFC 2045 6.7) ... */
    SOFT_SHORT = 2,         /* or before that, when an escape did not fit */
    SOFT_ROOM = 80,         /* bytes of such a line, and its end */
};

/* In lower case, as are the bytes that they are compared with. */
static const struct { char text[ESCAPE_MAX + 1]; char value; } escape[] = {
    { "\\/", '/' }, { "\\u002b", '+' }, { "\\u002f", '/' }, { "\\u003d", '=' }, { "\\x2b", '+' }, { "\\x2f", '/' }, { "\\x3d", '=' },
    { "%2b", '+' }, { "%2f", '/' }, { "%3d", '=' }, { "%252b", '+' }, { "%252f", '/' }, { "%253d", '=' },
    { "&#43;", '+' }, { "&#47;", '/' }, { "&#61;", '=' }, { "&#x2b;", '+' }, { "&#x2f;", '/' }, { "&#x3d;", '=' },
    { "&plus;", '+' }, { "&sol;", '/' }, { "&equals;", '=' }, { "=2b", '+' }, { "=2f", '/' }, { "=3d", '=' },
    /* line ends as escapes */
    { "\\n", '\n' }, { "\\r", '\r' }, { "\\\\n", '\n' }, { "\\\\r", '\r' }, { "\\u000a", '\n' }, { "\\u000d", '\r' },
    { "%0a", '\n' }, { "%0d", '\r' }, { "&#10;", '\n' }, { "&#13;", '\r' }, { "&#xa;", '\n' }, { "&#xd;", '\r' },
    { "<br>", '\n' }, { "<br/>", '\n' }, { "<br />", '\n' },
};

static uint8_t small(uint8_t c)
{
    return (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
}

/* The escape at buf[at]: its character, and bytes; 0: none. `cut`: it may be one that
 * the end of the bytes cuts off. */
static uint8_t escape_at(const uint8_t *buf, size_t len, size_t at, size_t *size, bool *cut)
{
    size_t have = len - at;

    *cut = false;
    if (memchr("\\%&=<", buf[at], 5) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof escape / sizeof escape[0]; i++) {
        size_t n = strlen(escape[i].text), k = 0;

        while (k < n && k < have && small(buf[at + k]) == (uint8_t)escape[i].text[k])
            k++;
        *cut |= k == have && k < n;
        if (k == n) {
            *size = n;
            return (uint8_t)escape[i].value;
        }
    }
    return 0;
}

static bool alphabet(uint8_t c)
{
    return pf_base64_value[c] < 64;
}

/* Does base64 go on at buf[at]? A hyphen begins a line of dashes. */
static bool goes_on(const uint8_t *buf, size_t len, size_t at)
{
    size_t size;
    bool cut;
    uint8_t value = at < len ? escape_at(buf, len, at, &size, &cut) : 0;

    return at < len && ((alphabet(buf[at]) && buf[at] != '-') || value == '+' || value == '/');
}

static uint32_t hash_of(const uint8_t *p, size_t n)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ ((uint8_t)(p[i] - '0') < 10 ? '0' : p[i])) * 16777619u;   /* FNV-1a; numbers count up */
    return h;
}

struct pf_base64_margin pf_base64_margin_of(const uint8_t *buf, size_t start)
{
    size_t n = 0;

    while (n < start && n <= PF_BASE64_MARGIN_MAX && buf[start - n - 1] != '\n')
        n++;
    if (n == 0 || n > PF_BASE64_MARGIN_MAX)
        return (struct pf_base64_margin){ 0, 0 };
    return (struct pf_base64_margin){ (uint32_t)n, hash_of(buf + start - n, n) };
}

/* A seam as it is read. */
struct seam {
    const uint8_t *buf;
    size_t len, at, from;
    uint8_t quote;               /* it closes a string: this opens the next one */
    unsigned lines, returns, escaped;
    bool cut;
};

/* Steps over what can stand in a seam; false: it ends. */
static bool seam_step(struct seam *s)
{
    uint8_t c = s->buf[s->at], value;
    size_t n;

    switch (c) {
    case '\n': return ++s->lines <= 2 && ++s->at > 0;
    case '\r': return ++s->returns <= 2 && ++s->at > 0;
    case ' ': case '\t': s->at++; return true;
    case '"': case '\'':        /* closes behind a line end: "...\n" */
        if (s->quote != 0 || s->escaped + s->lines == 0)
            return false;
        s->quote = c;
        s->at++;
        return true;
    case ',': case '+': case '.': case '&': case '\\': case '%': case '<': break;
    default: return false;
    }
    if (c == '\\' && s->len - s->at > 4 && memcmp(s->buf + s->at, "\\par\n", 5) == 0) {      /* RTF */
        s->at += 4;
        return true;
    }
    value = escape_at(s->buf, s->len, s->at, &n, &s->cut);
    if (value == '\n' || value == '\r') {
        s->escaped += value == '\n';
        s->at += n;
        return s->escaped <= 1;
    }
    if (s->quote == 0 || c == '%' || c == '<')
        return false;
    s->at++;
    return true;
}

/* Where base64 goes on in the line that begins at buf[at]: behind the margin of the first
 * line, or behind blanks and the marks of quoted mail and of block comments. */
static size_t line_start(const struct seam *s, const struct pf_base64_margin *margin)
{
    size_t at = s->at, line = at;

    while (line > s->from && s->buf[line - 1] != '\n')
        line--;
    if (margin->size > 0 && s->len - line >= margin->size && hash_of(s->buf + line, margin->size) == margin->hash)
        return line + margin->size;
    while (at < s->len && at - line < PF_BASE64_MARGIN_MAX && memchr(" \t>|#*:", s->buf[at], 7) != NULL)
        at++;
    return at;
}

/* A line end or a seam at buf[at], in plain bytes or as escapes. */
static enum pf_base64_sign seam_at(const uint8_t *buf, size_t len, size_t at, bool last,
                                   const struct pf_base64_margin *margin, size_t *next)
{
    struct seam s = { .buf = buf, .len = len, .at = at, .from = at };
    bool escaped = buf[at] == '\\' && at + 1 < len && (buf[at + 1] == '"' || buf[at + 1] == '\'');

    if (buf[at] == '"' || buf[at] == '\'' || buf[at] == '`' || escaped) {
        s.quote = buf[at + escaped];
        s.at += 1u + escaped;
    }
    while (s.at < len && s.at - at < SEAM_MAX && seam_step(&s))
        ;
    if (!last && (s.cut || len - at < SEAM_MAX + PF_BASE64_MARGIN_MAX + ESCAPE_MAX + 2 * PF_BASE64_TEXT))
        return PF_BASE64_MORE;
    if (s.at >= len || s.lines > 1u + (s.quote != 0) || s.escaped > 1)
        return PF_BASE64_END;
    if (s.quote != 0) {
        s.at += escaped && buf[s.at] == '\\';
        if (s.at + 1 >= len || buf[s.at] != s.quote || s.at == at + 1u + escaped)
            return PF_BASE64_END;
        s.at++;
    } else if (s.lines + s.escaped == 0) {
        return PF_BASE64_END;
    } else {
        s.at = line_start(&s, margin);
    }
    if (!goes_on(buf, len, s.at))
        return PF_BASE64_END;
    *next = s.at;
    return PF_BASE64_LINE;
}

enum pf_base64_sign pf_base64_sign(const uint8_t *buf, size_t len, size_t at, bool last, bool line,
                                   const struct pf_base64_margin *margin, size_t *next, uint8_t *value)
{
    size_t size = 0;
    bool cut;

    if (buf[at] == '=' && len - at > 1 && (buf[at + 1] == '\n' || (buf[at + 1] == '\r' && len - at > 2 && buf[at + 2] == '\n'))) {
        *next = at + (buf[at + 1] == '\n' ? 2 : 3);
        if (len - *next < ESCAPE_MAX && !last)
            return PF_BASE64_MORE;
        return line && goes_on(buf, len, *next) ? PF_BASE64_SOFT : PF_BASE64_END;
    }
    *value = escape_at(buf, len, at, &size, &cut);
    if (cut && !last)
        return PF_BASE64_MORE;
    if (*value == '+' || *value == '/' || *value == '=') {
        *next = at + size;
        return PF_BASE64_CHAR;
    }
    return line ? seam_at(buf, len, at, last, margin, next) : PF_BASE64_END;
}

/* The column of buf[at], counted up to one more than SOFT_COLUMN. */
static size_t column_of(const uint8_t *buf, size_t at)
{
    size_t column = 0;

    while (column < at && column <= SOFT_COLUMN && buf[at - column - 1] != '\n')
        column++;
    return column;
}

static bool full(size_t column)
{
    return column <= SOFT_COLUMN && column >= SOFT_COLUMN - SOFT_SHORT;
}

/* Where it could be padding as well, a line before or behind that ends so tells. */
bool pf_base64_soft_end(const uint8_t *buf, size_t len, size_t at)
{
    size_t column = column_of(buf, at), before = at - column, line = at + 1;
    const uint8_t *end;

    if (!full(column))
        return false;
    if (column % 4 != 3)
        return true;
    before -= before > 1 && buf[before - 1] == '\n' ? buf[before - 2] == '\r' ? 2u : 1u : 0u;
    if (before > 0 && buf[before - 1] == '=')
        return true;
    line += line < len && buf[line] == '\r';
    line += line < len && buf[line] == '\n';
    end = memchr(buf + line, '\n', len - line < SOFT_ROOM ? len - line : SOFT_ROOM);
    if (end == NULL || end - (buf + line) < 2)
        return false;
    end -= end[-1] == '\r' ? 2 : 1;
    return *end == '=' && full((size_t)(end - (buf + line)));
}
