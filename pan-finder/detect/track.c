/* track.c - the rest of a track behind its number, read as ASCII: in
 * ASCII, UTF-16, UTF-32 and EBCDIC. */
#include "pan-finder/detect/track.h"

#include "pan-finder/detect/kernel/dress.h"

#include <ctype.h>
#include <string.h>

#define TAIL_MAX 128       /* track 1 has 79 characters, the shortest number takes 12; kana take 3 bytes */
#define NAME_MIN 2
#define NAME_MAX 26

/* Stand for characters that are not ASCII: the name may be kana. */
#define KANA '\x01'
#define KANA_MORE '\x02'    /* the second byte of one and those behind it */

/* The character at `at`; 0 when it is none or a control character. */
static char char_at(const uint8_t *buf, size_t len, size_t at, uint8_t dress)
{
    int c = pf_dress_char((enum pf_dress)dress, buf, len, (int64_t)at);

    if (c >= 0x80)
        return dress == PF_DRESS_ASCII && c < 0xc0 ? KANA_MORE : KANA;
    return c >= ' ' ? (char)c : '\0';
}

static bool digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* YYMM, or the separator in its place. Moves *text behind it. */
static bool expiry(const char **text, char separator)
{
    const char *t = *text;
    int month;

    if (*t == separator) {
        *text = t + 1;
        return true;
    }
    if (!digits(t, 4))
        return false;
    month = (t[2] - '0') * 10 + t[3] - '0';
    *text = t + 4;
    return month >= 1 && month <= 12;
}

/* Service code: interchange, authorization, allowed services (ISO/IEC 7813, 4.1). */
static bool service_code(const char **text, char separator, bool strict)
{
    const char *t = *text;

    if (*t == separator) {
        *text = t + 1;
        return true;
    }
    if (!digits(t, 3))
        return false;
    *text = t + 3;
    return !strict || (strchr("125679", t[0]) && strchr("024", t[1]) && t[2] <= '7');
}

/* Zeroes, spaces and the padding of hex forms are no data. */
static bool has_data(const char *text, bool only_digits)
{
    for (; *text && *text != '?'; text++) {
        bool digit = *text >= '0' && *text <= '9';

        if ((only_digits && !digit && *text != '=') || *text < ' ')
            return false;
        if (*text != '0' && *text != ' ' && *text != '=' && *text != '^')
            return true;
    }
    return false;
}

static struct pf_track track1(const char *tail, char before)
{
    struct pf_track none = { 0, false };
    const char *t = tail + 1, *name = t;
    long more = 0;

    while (*t != '\0' && *t != '^' && *t != '?' && *t != '%')
        more += *t++ == KANA_MORE;
    if (*t != '^' || t - name < NAME_MIN || t - name - more > NAME_MAX)
        return none;
    t++;
    if (!expiry(&t, '^') || !service_code(&t, '^', before != 'B'))
        return none;
    return (struct pf_track){ 1, has_data(t, false) };
}

static struct pf_track track2(const char *tail, char before)
{
    struct pf_track none = { 0, false };
    bool sentinels = before == ';' && tail[0] == '=' && strchr(tail, '?');
    const char *t = tail + 1;

    if (isalnum((unsigned char)before))           /* a stretch of hex or base64 */
        return none;
    if (!expiry(&t, sentinels ? '=' : '\n') || !service_code(&t, sentinels ? '=' : '\n', !sentinels))
        return none;
    return (struct pf_track){ 2, has_data(t, true) };
}

struct pf_track pf_track_at(const uint8_t *buf, size_t len, size_t start, size_t end, uint8_t dress)
{
    struct pf_track none = { 0, false };
    size_t step = pf_dress_unit((enum pf_dress)dress);
    char tail[TAIL_MAX + 1], before, separator;
    size_t n = 0;

    if (dress == PF_DRESS_FW_UTF8 || dress == PF_DRESS_FW_SJIS || dress == PF_DRESS_FW_EUCJP ||
        dress == PF_DRESS_FW_UTF16LE || dress == PF_DRESS_FW_UTF16BE || dress == PF_DRESS_ISO2022JP)
        return none;
    separator = char_at(buf, len, end, dress);
    if (separator != '^' && separator != '=' && (separator | 0x20) != 'd')
        return none;
    memset(tail, 0, sizeof tail);
    while (n < TAIL_MAX && (tail[n] = char_at(buf, len, end + n * step, dress)) != '\0')
        n++;
    before = start >= step ? char_at(buf, len, start - step, dress) : '\0';
    return separator == '^' ? track1(tail, before) : track2(tail, before);
}
