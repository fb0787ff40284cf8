/* hex.c - bytes written in hex: in a row, wrapped in lines, or as pairs and groups
 * with a separator, "0x" before them or not.
 *
 * Decimal text is hex text as well, and so are hashes: a run counts when its pairs
 * are ASCII or EBCDIC digits, or it has a letter and no hash's length. */
#include "pan-finder/detect/wrap/wrap.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/find/emv_tlv.h"
#include "pan-finder/detect/find/iso8583.h"

#include <string.h>
#include <strings.h>

#define LOOK 400u                /* bytes by which a run is judged */
#define ROW_MIN 24               /* hex digits in a row */
#define PAIRS_MIN 10             /* pairs that stand apart */
#define CODED_MIN 12             /* pairs in a row that are digits: a card number at least */
#define GROUP_MAX 8              /* hex digits of a group among separators; a longer one is a row */
#define GAP_MAX 24               /* separators in a row: a line end and an indent, between strings */

/* Of pf_unwrap.state. SIZE: hex digits of a group, or of a line; 0: of any length. */
enum { SIZE, COUNT, HIGH, SPACED };

static int value_of(uint8_t c)
{
    if ((uint8_t)(c - '0') < 10)
        return c - '0';
    c = (uint8_t)((c | 0x20) - 'a');
    return c < 6 ? c + 10 : -1;
}

static bool word_byte(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 0x20) - 'a') < 26 || c == '_';
}

/* Could hex begin at buf[at]? Not in a word, but behind "\\x" (bytea of PostgreSQL) or a
 * line end in a string. */
static bool may_begin(const uint8_t *buf, size_t at)
{
    return at == 0 || !word_byte(buf[at - 1]) || (at > 1 && buf[at - 2] == '\\' && memchr("xnrt", buf[at - 1], 4) != NULL) ||
           (at > 2 && buf[at - 3] == '%' && value_of(buf[at - 2]) >= 0 && value_of(buf[at - 1]) >= 0) ||   /* an escape */
           (at > 3 && buf[at - 1] == 'x' && buf[at - 3] == '5' && (buf[at - 2] | 0x20) == 'c');   /* that backslash as an escape */
}

static bool line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

static bool separator(uint8_t c)
{
    return c == ' ' || c == ':' || c == ',' || c == '-' || c == '+' || c == '\t' || line_end(c);
}

/* A part of what may stand between two rows of digits, a line end among it: the end of a line as an
 * escape, an indent, a quote mark, the end of a string. Bytes; 0: none. */
static size_t seam_part(const uint8_t *buf, size_t len, size_t at, bool *ends)
{
    uint8_t c = buf[at];

    if (c == '\\') {
        if (at + 1 >= len || memchr("nrt", buf[at + 1], 3) == NULL)
            return 0;
        *ends |= buf[at + 1] != 't';
        return 2;
    }
    *ends |= line_end(c);
    return line_end(c) || (c != 0 && strchr(" \t>|#\"',+", c) != NULL);
}

/* What parts the groups of a run, from buf[at] on; 0: nothing that may. */
static size_t gap_at(const uint8_t *buf, size_t len, size_t at, bool rows)
{
    size_t n = 0, part;
    bool ends = false;

    while (at + n < len && n < GAP_MAX) {
        part = rows ? seam_part(buf, len, at + n, &ends) : separator(buf[at + n]);
        if (part == 0)
            break;
        n += part;
    }
    return rows && !ends ? 0 : n;
}

static size_t row_at(const uint8_t *buf, size_t len, size_t at)
{
    size_t n = 0;

    while (at + n < len && n < LOOK && value_of(buf[at + n]) >= 0)
        n++;
    return n;
}

static bool hex_prefix(const uint8_t *buf, size_t len, size_t at)
{
    return at + 2 < len && buf[at] == '0' && (buf[at + 1] | 0x20) == 'x' && value_of(buf[at + 2]) >= 0;
}

struct measure {
    size_t end;                  /* behind the last group */
    size_t next;                 /* where another run may begin, when this is none */
    size_t size, pairs, groups;
    size_t coded, run;           /* pairs in a row that are digits: most, and at present */
    size_t text;                 /* pairs that are characters of ASCII, or 00 */
    bool letter;
};

/* What stands between digits, and is none: zeros of UTF-16, blanks, commas, line ends, '%'. */
static bool between_digits(const uint8_t *pair)
{
    static const char *const text[] = { "00", "20", "2c", "2d", "0a", "0d", "09", "25", "3a", "5c" };

    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        if (pair[0] == (uint8_t)text[i][0] && (pair[1] | 0x20) == ((uint8_t)text[i][1] | 0x20))
            return true;
    return false;
}

/* 'A' to 'F': hex that was written in hex again. */
static bool hex_letter(const uint8_t *pair)
{
    return (pair[0] == '4' || pair[0] == '6') && pair[1] >= '1' && pair[1] <= '6';
}

/* A character of ASCII, or half of one in UTF-16. */
static bool is_text(uint8_t high, uint8_t low)
{
    unsigned c = (unsigned)value_of(high) << 4 | (unsigned)value_of(low);

    return (c >= 0x20 && c < 0x7f) || c == 0 || c == '\t' || c == '\n' || c == '\r';
}

/* "34" and "f4" are digits. */
static void add_group(struct measure *m, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint8_t high = p[i] | 0x20;
        bool decimal = (uint8_t)(p[i + 1] - '0') < 10;

        m->text += is_text(p[i], p[i + 1]);
        m->letter |= p[i] > '9' || p[i + 1] > '9';
        if ((decimal && (p[i] == '3' || high == 'f')) || (m->run > 0 && hex_letter(p + i)))
            m->run++;
        else if (!between_digits(p + i))
            m->run = 0;
        m->coded = m->run > m->coded ? m->run : m->coded;
    }
    m->pairs += n / 2;
    m->groups++;
}

/* The groups from buf[at] on: all of one size, the last may be shorter. */
static void measure(struct measure *m, const uint8_t *buf, size_t len, size_t at)
{
    size_t stop = len - at < LOOK ? len : at + LOOK;

    *m = (struct measure){ .end = at, .next = at };
    while (at < stop) {
        size_t head = hex_prefix(buf, len, at) ? 2 : 0, n = row_at(buf, len, at + head), gap = 0;

        if (m->groups == 0)
            m->size = n;
        if (n == 0 || n > m->size || (n % 2 != 0 && n < LOOK) || (m->size > GROUP_MAX && n >= LOOK && m->groups > 0))
            return;
        add_group(m, buf + at + head, n);
        m->next = n < m->size ? at : at + head + n;
        at += head + n;
        m->end = at;
        if (n < m->size)
            return;
        gap = gap_at(buf, stop, at, m->size > GROUP_MAX);
        if (gap == 0)
            return;
        at += gap;
    }
}

/* MD5, SHA-1, SHA-2, UUID without dashes, CRC and the like. */
static bool hash_length(size_t n)
{
    return n == 32 || n == 40 || n == 56 || n == 64 || n == 96 || n == 128;
}

/* Begins like a card's TLV data (EMV Book 3, tags 5A and 57), or an ISO 8583 message: its type, and
 * a bitmap that has field 2. */
static bool card_head(const uint8_t *p, size_t n)
{
    static const char *const head[] = { "5a07", "5a08", "5a0a", "5710", "5711", "5712", "5713" };
    char low[6];

    if (n < 32)
        return false;
    for (size_t i = 0; i < sizeof low; i++)
        low[i] = (char)(p[i] > '9' ? p[i] | 0x20 : p[i]);
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
        if (memcmp(low, head[i], strlen(head[i])) == 0)
            return true;
    }
    return low[0] == '0' && low[1] >= '1' && low[1] <= '8' && low[2] <= '3' && low[3] == '0' && (value_of((uint8_t)low[4]) & 4) != 0;
}

/* Track 2 as in a chip: a number, D, the rest in digits, F where it is filled up. */
static bool is_track(const uint8_t *p, size_t n)
{
    uint8_t nibble[40];
    struct pf_track2 track;
    bool found;

    if (n > sizeof nibble)
        return false;
    for (size_t i = 0; i < n; i++)
        nibble[i] = (uint8_t)value_of(p[i]);
    found = pf_track2_nibbles(nibble, n, &track);
    pf_pan_wipe(&track.pan);
    explicit_bzero(nibble, sizeof nibble);
    return found;
}

/* Begins like gzip, zlib or zip. */
static bool packed_head(const uint8_t *p)
{
    static const char *const head[] = { "1f8b08", "789c", "7801", "78da", "504b0304" };

    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        if (strncasecmp((const char *)p, head[i], strlen(head[i])) == 0)
            return true;
    return false;
}

/* Is what was measured, which begins at buf[0], hex text that can hold something? */
static bool worth(const struct measure *m, const uint8_t *buf)
{
    if (m->coded >= CODED_MIN)
        return true;
    if (m->size <= GROUP_MAX)
        return m->groups > 1 && m->pairs >= PAIRS_MIN && m->letter;
    if (m->size < ROW_MIN)
        return false;
    if (m->groups > 1 && hash_length(m->size))
        return m->letter && (m->text == m->pairs || packed_head(buf));
    if (!m->letter)
        return card_head(buf, m->size);
    return !hash_length(m->size) || card_head(buf, m->size) || is_track(buf, m->size) || pf_tlv_hex(buf, m->size) || pf_iso_hex(buf, m->size);
}

/* The begin of the run that holds buf[at], not before `from`. */
static size_t run_begin(const uint8_t *buf, size_t from, size_t at)
{
    while (at > from && (value_of(buf[at - 1]) >= 0 || separator(buf[at - 1]) || (buf[at - 1] | 0x20) == 'x'))
        at--;
    return at;
}

static bool find(const struct pf_view *view, const uint16_t *marks, size_t from, struct pf_unwrap *u)
{
    const uint8_t *buf = view->buf;
    const size_t words = (view->hi + PF_MARK_WORD - 1) / PF_MARK_WORD;
    size_t at = from;

    while (at < view->hi) {
        struct measure m;
        size_t word = at / PF_MARK_WORD, end = (word + 1) * PF_MARK_WORD;

        if ((marks[word] & PF_MARK_HEX) == 0) {
            size_t marked = pf_marks_next(marks, PF_MARK_HEX, word, words);

            if (marked == words)
                break;
            if (marked > word + 1) {
                at = (marked - 1) * PF_MARK_WORD;
                continue;
            }
            at = end;
            /* a run that ends in a marked word may begin in the one before */
            if (at < view->hi && (marks[word + 1] & PF_MARK_HEX) != 0)
                at = run_begin(buf, at - from < PF_MARK_WORD ? from : at - PF_MARK_WORD, at);
            if (at >= end)
                continue;
        }
        for (; at < end && at < view->hi; at++) {
            if (value_of(buf[at]) < 0 || !may_begin(buf, at))
                continue;
            if (at > 0 && buf[at - 1] == '%' && row_at(buf, view->len, at) < ROW_MIN) {      /* an escape: hex may stand behind */
                at++;
                continue;
            }
            measure(&m, buf, view->len, at);
            if (m.end > at && worth(&m, buf + at + (hex_prefix(buf, view->len, at) ? 2u : 0u))) {
                u->start = at;
                u->done = false;
                memset(u->state, 0, sizeof u->state);
                u->state[SIZE] = m.size >= LOOK ? 0 : (uint32_t)m.size;
                u->state[SPACED] = m.size <= GROUP_MAX;
                return true;
            }
            at = m.next > at ? m.next - 1 : at + row_at(buf, view->len, at);
        }
    }
    return false;
}

/* One hex digit; true when it makes a byte. */
static bool take(struct pf_unwrap *u, int value, uint8_t *out)
{
    if (u->state[COUNT]++ % 2 == 0) {
        u->state[HIGH] = (uint32_t)value;
        return false;
    }
    *out = (uint8_t)(u->state[HIGH] << 4 | (uint32_t)value);
    return true;
}

/* What stands between two groups: bytes, 0: the run ends here. */
static size_t part(const struct pf_unwrap *u, const uint8_t *buf, size_t len, size_t at)
{
    return u->state[SIZE] == 0 || u->state[COUNT] != u->state[SIZE] ? 0 : gap_at(buf, len, at, u->state[SPACED] == 0);
}

static size_t decode(struct pf_unwrap *u, const uint8_t *buf, size_t len, bool last, size_t *at, uint8_t *out, size_t cap)
{
    size_t n = 0;

    while (*at < len && n < cap && !u->done) {
        uint8_t c = buf[*at];
        int value = value_of(c);
        size_t used = 1;

        if (value >= 0 && (u->state[SIZE] == 0 || u->state[COUNT] < u->state[SIZE])) {
            n += take(u, value, out + n);
        } else if ((c | 0x20) == 'x' && u->state[COUNT] == 1 && u->state[HIGH] == 0) {
            u->state[COUNT] = 0;
        } else if (len - *at <= GAP_MAX && !last) {
            return n;
        } else {
            used = value < 0 ? part(u, buf, len, *at) : 0;
            u->state[COUNT] = 0;
            u->done = used == 0;
        }
        *at += used;
    }
    u->done |= last && *at >= len;
    return n;
}

const struct pf_wrap pf_wrap_hex = { .name = "hex", .stream = true, .marks = PF_MARK_HEX, .find = find, .decode = decode };
