/* element_name.c - see element_name.h. */
#include "pan-finder/detect/find/element_name.h"

#include "pan-finder/detect/find/named.h"

#include <string.h>

struct element_name { const char *name; enum pf_named kind; };
struct element_japanese { uint8_t n; enum pf_named kind; const char *bytes; };

#include "element_table.h"

#define JAPANESE_GAP 8u        /* signs between a Japanese name and the value */
#define COUNT(list) (sizeof list / sizeof list[0])
#define HAS(name, list) has_part(name, list, COUNT(list))

static enum pf_named exact(const char *name, size_t n)
{
    for (size_t i = 0; i < COUNT(element_names); i++)
        if (strncmp(element_names[i].name, name, n) == 0 && element_names[i].name[n] == '\0')
            return element_names[i].kind;
    return PF_NAMED_NOTHING;
}

static bool is_code(enum pf_named kind)
{
    return kind == PF_NAMED_CODE || kind == PF_NAMED_CODE_SHARED || kind == PF_NAMED_CODE_CARD;
}

static bool is_hidden(enum pf_named kind)
{
    return kind == PF_NAMED_HASH || kind == PF_NAMED_CIPHER || kind == PF_NAMED_TOKEN;
}

/* "cvv2field": a code's name and one of the suffixes. */
static enum pf_named code_name(const char *name)
{
    size_t n = strlen(name);
    enum pf_named kind = exact(name, n);

    for (size_t i = 0; i < COUNT(element_suffix) && kind == PF_NAMED_NOTHING; i++) {
        size_t s = strlen(element_suffix[i]);

        if (n > s && strcmp(name + n - s, element_suffix[i]) == 0 && is_code(exact(name, n - s)))
            kind = exact(name, n - s);
    }
    return kind;
}

/* Length of a prefix that something follows; 0: none. */
static size_t prefix_of(const char *name, const char *const *list, size_t count)
{
    size_t best = 0;

    for (size_t i = 0; i < count; i++) {
        size_t n;

        if (list[i][0] != name[0])
            continue;
        n = strlen(list[i]);
        if (n > best && strncmp(name, list[i], n) == 0 && name[n] != '\0')
            best = n;
    }
    return best;
}

enum pf_named pf_element_name(const char *name)
{
    enum pf_named kind = code_name(name);
    bool card = false;

    while (kind == PF_NAMED_NOTHING) {
        size_t of_card = prefix_of(name, element_prefix_card, COUNT(element_prefix_card));
        size_t n = prefix_of(name, element_prefix, COUNT(element_prefix));

        if (of_card == 0 && n == 0)
            return PF_NAMED_NOTHING;
        card |= of_card >= n;
        name += of_card > n ? of_card : n;
        kind = code_name(name);
        if (!is_code(kind) && kind != PF_NAMED_EXPIRY && kind != PF_NAMED_AMOUNT)
            kind = PF_NAMED_NOTHING;          /* prefixes are for codes, and for their witnesses */
    }
    return card && is_code(kind) ? PF_NAMED_CODE : kind;
}

static bool has_part(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(name, list[i]) != NULL)
            return true;
    return false;
}

enum pf_named pf_element_hidden(const char *name)
{
    bool keyed;

    if (!HAS(name, element_part_card) || HAS(name, element_part_other))
        return PF_NAMED_NOTHING;
    keyed = HAS(name, element_part_keyed);
    if (HAS(name, element_part_key) && !keyed)
        return PF_NAMED_NOTHING;
    if (HAS(name, element_part_made))
        return keyed ? PF_NAMED_KEYED : PF_NAMED_MADE;
    if (keyed || HAS(name, element_part_hash))
        return keyed ? PF_NAMED_KEYED : PF_NAMED_HASH;
    if (HAS(name, element_part_cipher))
        return PF_NAMED_CIPHER;
    return HAS(name, element_part_token) ? PF_NAMED_TOKEN : PF_NAMED_NOTHING;
}

enum pf_named pf_element_japanese(const uint8_t *buf, size_t len, size_t at, size_t *end)
{
    for (size_t i = 0; i < COUNT(element_japanese); i++) {
        const struct element_japanese *name = &element_japanese[i];

        if (buf[at] == (uint8_t)name->bytes[0] && len - at >= name->n && memcmp(buf + at, name->bytes, name->n) == 0) {
            *end = at + name->n;
            return name->kind;
        }
    }
    return PF_NAMED_NOTHING;
}

enum pf_named pf_element_japanese_before(const uint8_t *buf, size_t at)
{
    size_t to = at;

    while (to > 0 && at - to < JAPANESE_GAP && memchr(" \t\"'\\:=>", buf[to - 1], 8) != NULL)
        to--;
    if (to > 3 && (memcmp(buf + to - 3, "\xef\xbc\x9a", 3) == 0 || memcmp(buf + to - 3, "\xef\xbc\x9d", 3) == 0))
        to -= 3;
    else if (to > 2 && (memcmp(buf + to - 2, "\x81\x46", 2) == 0 || memcmp(buf + to - 2, "\x81\x81", 2) == 0))
        to -= 2;
    if (to == 0 || to == at || buf[to - 1] < 0x40)
        return PF_NAMED_NOTHING;
    for (size_t i = 0; i < COUNT(element_japanese); i++) {
        const struct element_japanese *name = &element_japanese[i];

        if (is_hidden(name->kind) && to >= name->n && memcmp(buf + to - name->n, name->bytes, name->n) == 0)
            return name->kind;
    }
    return PF_NAMED_NOTHING;
}

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }

/* What stands around the name itself. */
static bool trimmed(uint8_t c)
{
    return c == ' ' || c == '"' || c == '\'' || c == '`' || c == '[' || c == ']' || c == '#' || c == '*' || c == '\r' || c == '\t';
}

/* "(3 digits)" at the end, with full-width brackets in UTF-8 or Shift_JIS too: explains. */
static size_t without_note(const uint8_t *name, size_t n)
{
    for (size_t i = 1; i + 1 < n; i++)
        if (name[i] == '(' || (name[i] == 0xef && name[i + 1] == 0xbc && i + 2 < n && name[i + 2] == 0x88) ||
            (name[i] == 0x81 && name[i + 1] == 0x69))
            return i;
    return n;
}

enum pf_named pf_element_column(const uint8_t *name, size_t n)
{
    char folded[PF_NAME_MAX + 1] = "";
    size_t used = 0, end = 0;
    enum pf_named kind;

    n = without_note(name, n);
    for (; n > 0 && trimmed(*name); name++)
        n--;
    while (n > 0 && trimmed(name[n - 1]))
        n--;
    if (n == 0)
        return PF_NAMED_NOTHING;
    kind = pf_element_japanese(name, n, 0, &end);
    if (kind != PF_NAMED_NOTHING && end == n)
        return kind;
    for (size_t i = 0; i < n; i++) {
        if (name[i] == '.')
            used = 0;
        else if ((is_letter(name[i]) || is_digit(name[i])) && used < PF_NAME_MAX)
            folded[used++] = (char)(is_letter(name[i]) ? name[i] | 32 : name[i]);
        else if (memchr("_- /", name[i], 4) == NULL)
            return PF_NAMED_NOTHING;
    }
    folded[used] = '\0';
    kind = pf_element_name(folded);
    return kind != PF_NAMED_NOTHING ? kind : pf_element_hidden(folded);
}
