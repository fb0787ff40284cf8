/* parent.c - from a value back to its name, and from there back to what holds it. */
#include "pan-finder/detect/parent.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define CHILD_MAX 16
#define COUNTER 2          /* digits */

/* A stretch of the bytes. */
struct name { const uint8_t *at; size_t n; };

/* buf[floor..] is read, backwards from where one stands. */
struct back { const uint8_t *buf; size_t floor; };

static bool one_of(uint8_t c, const char *set)
{
    return c != 0 && c < 0x80 && strchr(set, c) != NULL;
}

static bool in_name(uint8_t c)
{
    return (uint8_t)((c | 32) - 'a') < 26 || (uint8_t)(c - '0') < 10 || c == '_' || c == '-' || c >= 0x80;
}

static size_t skip(const struct back *b, size_t at, const char *set)
{
    while (at > b->floor && one_of(b->buf[at - 1], set))
        at--;
    return at;
}

static struct name name_before(const struct back *b, size_t at)
{
    size_t from = at;

    while (from > b->floor && in_name(b->buf[from - 1]))
        from--;
    if (from > b->floor && b->buf[from - 1] == '%' && at - from >= 2)
        from += 2;                                                 /* digits of an encoded sign */
    return (struct name){ b->buf + from, at - from };
}

static bool is(struct name name, const char *text)
{
    return name.n == strlen(text) && strncasecmp((const char *)name.at, text, name.n) == 0;
}

/* Without the counter of "no1", "no2": a number in parts. */
static struct name uncounted(struct name name)
{
    for (size_t i = 0; i < COUNTER && name.n > 0 && (uint8_t)(name.at[name.n - 1] - '0') < 10; i++)
        name.n--;
    return name;
}

/* What a part is called that is the number of the whole, or its value. */
enum child { CHILD_NONE, CHILD_NUMBER, CHILD_VALUE };

static enum child child_of(struct name name)
{
    static const char *const numbers[] = { "number", "no", "num", "nr", "nbr", "account_number", "accountnumber",
                                           "\xe7\x95\xaa\xe5\x8f\xb7" };          /* U+756A U+53F7, "number" */
    static const char *const values[] = { "value", "raw", "text" };

    if (name.n < 2 || name.n > CHILD_MAX)
        return CHILD_NONE;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (is(name, numbers[i]))
            return CHILD_NUMBER;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (is(name, values[i]))
            return CHILD_VALUE;
    return CHILD_NONE;
}

/* The bracket that is open at `at`: one past it; 0: none. A tag that is open counts. */
static size_t opener(const struct back *b, size_t at)
{
    unsigned depth = 0;

    for (; at > b->floor; at--) {
        uint8_t c = b->buf[at - 1];

        if (one_of(c, "})]"))
            depth++;
        else if (one_of(c, "{([") && depth-- == 0)
            return at;
        else if (depth == 0 && (c == '<' || c == ';' || (c == '>' && !(at - 1 > b->floor && b->buf[at - 2] == '='))))
            return c == '<' ? at : 0;
    }
    return 0;
}

/* Behind "CreditCard@1f2e": the place of the '@'. */
static size_t skip_address(const struct back *b, size_t at)
{
    size_t from = skip(b, at, "0123456789abcdef");

    return from < at && from > b->floor && b->buf[from - 1] == '@' ? from - 1 : at;
}

/* The name before the bracket that holds what stands at `at`. */
static struct name bracket_parent(const struct back *b, size_t at)
{
    struct name name;
    size_t open = opener(b, at), end;

    if (open == 0)
        return (struct name){ NULL, 0 };
    if (b->buf[open - 1] == '<') {
        for (end = open; end < at && in_name(b->buf[end]); end++)
            ;
        return (struct name){ b->buf + open, end - open };
    }
    end = skip(b, open - 1, " \t\r\n");
    while (end > b->floor && one_of(b->buf[end - 1], "[,")) {      /* one of a list */
        open = b->buf[end - 1] == '[' ? end : opener(b, end);
        if (open == 0)
            return (struct name){ NULL, 0 };
        end = skip(b, open - 1, " \t\r\n");
    }
    end = skip(b, end, " \t\r\n\"'`\\:=>&*");
    name = name_before(b, skip_address(b, end));
    if (is(name, "Array"))                                         /* print_r of PHP */
        name = name_before(b, skip(b, (size_t)(name.at - b->buf), " \t=>]\"'"));
    return name;
}

static size_t line_of(const struct back *b, size_t at)
{
    while (at > b->floor && b->buf[at - 1] != '\n')
        at--;
    return at;
}

static size_t indent_of(const struct back *b, size_t line, size_t to)
{
    size_t at = line;

    while (at < to && one_of(b->buf[at], " -"))
        at++;
    return at - line;
}

/* The name, alone in its line, of the block that the line of `at` is indented in. */
static struct name indent_parent(const struct back *b, size_t at)
{
    size_t line = line_of(b, at), mine = indent_of(b, line, at);

    while (mine > 0 && line > b->floor) {
        size_t end = line - 1, indent;

        line = line_of(b, end);
        indent = indent_of(b, line, end);
        if (indent >= mine || indent == end - line)
            continue;
        end = skip(b, end, " \t\r");
        if (end <= line || b->buf[end - 1] != ':')
            break;
        return name_before(b, skip(b, end - 1, "\"' "));
    }
    return (struct name){ NULL, 0 };
}

/* The element that is open where the tag that begins at `at` stands. */
static struct name element_parent(const struct back *b, size_t at)
{
    unsigned depth = 0;
    size_t close = 0;

    for (; at > b->floor; at--) {
        const uint8_t *p = b->buf + at - 1;
        size_t n = 1;

        if (*p == '>')
            close = at;
        if (*p != '<' || close == 0)
            continue;
        if (p[1] == '/') {
            depth++;
        } else if (b->buf[close - 2] != '/' && p[1] != '!' && p[1] != '?' && depth-- == 0) {
            while (p + n < b->buf + close && (in_name(p[n]) || p[n] == ':'))
                n++;
            for (size_t i = 1; i < n; i++)
                if (p[i] == ':')                                   /* its name space */
                    return (struct name){ p + i + 1, n - i - 1 };
            return (struct name){ p + 1, n - 1 };
        }
        close = 0;
    }
    return (struct name){ NULL, 0 };
}

/* "/cards/" before the value. */
static size_t path_name(const struct back *b, size_t at, char name[PF_PARENT_MAX])
{
    struct name segment = name_before(b, at - 1);
    size_t n = segment.n;

    if (n < 4 || n > PF_PARENT_MAX - 8 || segment.at == b->buf + b->floor || !one_of(segment.at[-1], "/"))
        return 0;
    memcpy(name, segment.at, n);
    n -= (name[n - 1] | 32) == 's';
    memcpy(name + n, "_number", 7);
    return n + 7;
}

static size_t joined(struct name parent, struct name child, enum child kind, char name[PF_PARENT_MAX])
{
    size_t n = parent.n;

    if (n < 2 || n + 1 + child.n > PF_PARENT_MAX)
        return 0;
    memcpy(name, parent.at, n);
    if (kind == CHILD_VALUE)
        return n;
    n -= n > 3 && (name[n - 1] | 32) == 's';
    name[n] = '_';
    memcpy(name + n + 1, child.at, child.n);
    return n + 1 + child.n;
}

static size_t skip_encoded(const struct back *b, size_t at, const char *sign)
{
    return at >= b->floor + 3 && strncasecmp((const char *)b->buf + at - 3, sign, 3) == 0 ? at - 3 : at;
}

/* Names that are numbers: "tag5A" for {"tag":"5A","value":...} of a chip, "isofield2" for
 * <field id="2" value=...> inside <isomsg>, as jPOS writes it; what stands before the name at `from`. */
static size_t numbered(const struct back *b, size_t from, char name[PF_PARENT_MAX])
{
    size_t at = skip(b, from, " \t\r\n\"'\\,"), value_at;
    struct name value = name_before(b, at), label;
    const char *known = "";

    value_at = (size_t)(value.at - b->buf);
    label = name_before(b, skip(b, value_at, " \t\"'\\:="));
    if (label.at + label.n == value.at)
        return 0;
    if (is(label, "tag") && is(value, "5A"))
        known = "tag5A";
    else if (is(label, "id") && is(value, "2") && memmem(b->buf + b->floor, value_at - b->floor, "<isomsg", 7) != NULL)
        known = "isofield2";
    memcpy(name, known, strlen(known));
    return strlen(known);
}

/* What holds the name that begins at `from`; `sign` binds it to its value. */
static struct name parent_of(const struct back *b, size_t from, uint8_t sign)
{
    struct name parent = { NULL, 0 };
    size_t at = skip(b, from, "\"'`\\ \t"), encoded = skip_encoded(b, from, "%5B");

    if (encoded < from)
        return name_before(b, skip_encoded(b, encoded, "%5D"));
    if (sign == '>' && from > b->floor && b->buf[from - 1] == '<')
        return element_parent(b, from - 1);
    if (sign == ':' && (at == b->floor || b->buf[at - 1] == '\n' || b->buf[at - 1] == '-'))
        parent = indent_parent(b, from);
    return parent.n > 0 ? parent : bracket_parent(b, from);
}

size_t pf_parent_name(const uint8_t *buf, size_t at, char name[PF_PARENT_MAX])
{
    struct back b = { buf, at > PF_PARENT_REACH ? at - PF_PARENT_REACH : 0 };
    struct name child;
    enum child kind;
    size_t end, named;
    uint8_t sign;
    bool boxed;

    if (at == b.floor)
        return 0;
    if (buf[at - 1] == '/')
        return path_name(&b, at, name);
    end = skip(&b, at, " \t\"'\\");
    sign = end > b.floor ? buf[end - 1] : 0;
    if (!one_of(sign, "=:>"))
        return 0;
    end = skip(&b, skip(&b, end, "=:>"), " \t\"'\\");
    boxed = end > b.floor && buf[end - 1] == ']';
    child = uncounted(name_before(&b, skip_encoded(&b, skip(&b, end, "]\"'"), "%5D")));
    kind = child_of(child);
    if (kind == CHILD_NONE)
        return 0;
    end = (size_t)(child.at - buf);
    if (boxed)
        end = skip(&b, skip(&b, end, "\"'"), "[");
    if (kind == CHILD_VALUE && (named = numbered(&b, end, name)) > 0)
        return named;
    return joined(parent_of(&b, end, sign), child, kind, name);
}
