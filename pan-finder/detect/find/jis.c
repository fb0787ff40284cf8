/* jis.c - magnetic stripe data: tracks 1 and 2 whose number fails Luhn, track 3, and JIS II, the front stripe of
 * cards issued in Japan, by the name of its field. A JIS II record
 * has 69 characters (JIS X 6302-2, annex JA); where the number stands in it is not
 * published, so that no offset is fixed here. */
#include "pan-finder/detect/find/find.h"

#include "pan-finder/detect/find/bcd.h"
#include "pan-finder/detect/find/named.h"
#include "pan-finder/detect/kernel/kernel.h"
#include "pan-finder/detect/luhn.h"
#include "pan-finder/detect/track.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { RECORD_MAX = 110, RECORD_MIN = 30, JIS_MIN = 60, JIS_MAX = 72 };

/* Names without '_', '-' and blanks, in lower case. Source: UPOS (Track4Data), field
 * references of payment services (jis2TrackData), own list. */
static const struct { const char *name; bool jis; } named[] = {
    { "track4data", true }, { "track4", true }, { "jis2trackdata", true }, { "jis2track", true }, { "jistrackdata", true },
    { "jis2trackinfo", true }, { "jistrack2", true }, { "trackjis2", true }, { "track3data", false }, { "track3", false },
};

static bool is_digit(uint8_t c)
{
    return (uint8_t)(c - '0') < 10;
}

/* The first number in buf[at..end) that could be a card's, within longer digits too. */
static const struct pf_brand *number_in(const uint8_t *buf, size_t at, size_t end, struct pf_pan *pan)
{
    for (; at + 14 <= end; at++) {
        uint8_t digit[PF_PAN_MAX];
        size_t n = 0;

        while (n < PF_PAN_MAX && at + n < end && is_digit(buf[at + n])) {
            digit[n] = (uint8_t)(buf[at + n] - '0');
            n++;
        }
        for (size_t size = n < 16 ? n : 16; size >= 14; size--) {
            const struct pf_brand *brand = pf_digits_pan(digit, size, pan);

            explicit_bzero(digit, n < size ? n : 0);
            if (brand != NULL && (brand->usual >> size & 1u) && brand->world)
                return brand;
        }
        explicit_bzero(digit, sizeof digit);
    }
    return NULL;
}

static void judge(const struct pf_look *look, bool jis, size_t value)
{
    const struct pf_view *view = look->view;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_CONFIRMED, .form = "ascii",
                            .reasons = BIT(NAMED) | (jis ? BIT(JIS2) : BIT(TRACK3)), .start = (uint32_t)value };
    size_t n = 0;

    while (value + n < view->len && n < RECORD_MAX && view->buf[value + n] >= 0x20 && view->buf[value + n] < 0xe0 &&
           view->buf[value + n] != '"' && view->buf[value + n] != '<')
        n++;
    if (n < RECORD_MIN || (jis && (n < JIS_MIN || n > JIS_MAX)))
        return;
    e.brand = number_in(view->buf, value, value + n, &e.pan);
    if (e.brand == NULL)
        return;
    e.end = (uint32_t)(value + n);
    e.digits = e.pan.n;
    look->fn(look->ctx, &e);
    pf_pan_wipe(&e.pan);
}

/* Track 3 (ISO/IEC 4909): ';', a format code of two digits, the number, '='. The '='
 * stands at buf[at]. */
static void judge_track3(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_CONFIRMED, .form = "ascii", .reasons = BIT(TRACK3) };
    uint8_t digit[PF_PAN_MAX];
    size_t n = 0, after = 0;

    while (n < 2 + PF_PAN_MAX && n < at && is_digit(buf[at - 1 - n]))
        n++;
    while (at + 1 + after < view->len && after < RECORD_MIN && (is_digit(buf[at + 1 + after]) || buf[at + 1 + after] == '='))
        after++;
    if (n < 2 + 12 || n == at || buf[at - 1 - n] != ';' || after < 20 || buf[at - n] != '0')
        return;
    for (size_t i = 0; i < n - 2; i++)
        digit[i] = (uint8_t)(buf[at - n + 2 + i] - '0');
    e.brand = pf_digits_pan(digit, n - 2, &e.pan);
    explicit_bzero(digit, sizeof digit);
    if (e.brand == NULL)
        return;
    e.start = (uint32_t)(at - n);
    e.end = (uint32_t)(at + 1 + after);
    e.digits = e.pan.n;
    look->fn(look->ctx, &e);
    pf_pan_wipe(&e.pan);
}

/* Track 2 in its sentinels (ISO/IEC 7813) whose number fails Luhn, as in an issuer's test
 * range: the rest of the layout tells. The '=' stands at buf[at]. */
static void judge_track2(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_PROBABLE, .form = "ascii",
                            .reasons = BIT(TRACK2) | BIT(DISCRETIONARY) | BIT(NO_LUHN) };
    uint8_t digit[PF_PAN_MAX];
    size_t n = 0, after = 0, zeros = 0;
    int month;

    while (n <= PF_PAN_MAX && n < at && is_digit(buf[at - 1 - n]))
        n++;
    if (n < 13 || n > PF_PAN_MAX || n == at || buf[at - 1 - n] != ';')
        return;
    while (at + 1 + after < view->len && after < RECORD_MIN && is_digit(buf[at + 1 + after])) {
        zeros += after >= 7 && buf[at + 1 + after] == '0';
        after++;
    }
    if (after < 8 || zeros == after - 7 || at + 1 + after >= view->len || buf[at + 1 + after] != '?')
        return;
    month = (buf[at + 3] - '0') * 10 + buf[at + 4] - '0';
    for (size_t i = 0; i < n; i++)
        digit[i] = (uint8_t)(buf[at - n + i] - '0');
    e.brand = pf_luhn_ok(digit, n) ? NULL : pf_iin_find_world(digit, n);
    explicit_bzero(digit, sizeof digit);
    if (e.brand == NULL || !(e.brand->usual >> n & 1u) || month < 1 || month > 12)
        return;
    e.start = (uint32_t)(at - n - 1);
    e.end = (uint32_t)(at + 2 + after);
    e.digits = (uint8_t)n;
    look->fn(look->ctx, &e);
}

/* Track 1 in its start sentinel and format code whose number fails Luhn. The first '^'
 * stands at buf[at]. */
static void judge_track1(const struct pf_look *look, size_t at)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;
    struct pf_element e = { .cls = PF_CLASS_SAD_TRACK, .confidence = PF_PROBABLE, .form = "ascii",
                            .reasons = BIT(TRACK1) | BIT(DISCRETIONARY) | BIT(NO_LUHN) };
    uint8_t digit[PF_PAN_MAX];
    struct pf_track track;
    size_t n = 0;

    while (n <= PF_PAN_MAX && n < at && is_digit(buf[at - 1 - n]))
        n++;
    if (n < 13 || n > PF_PAN_MAX || at < n + 2 || buf[at - n - 1] != 'B' || buf[at - n - 2] != '%')
        return;
    track = pf_track_at(buf, view->len, at - n, at, PF_DRESS_ASCII);
    for (size_t i = 0; i < n; i++)
        digit[i] = (uint8_t)(buf[at - n + i] - '0');
    e.brand = pf_luhn_ok(digit, n) ? NULL : pf_iin_find_world(digit, n);
    explicit_bzero(digit, sizeof digit);
    if (e.brand == NULL || !(e.brand->usual >> n & 1u) || track.number != 1 || !track.discretionary)
        return;
    e.start = (uint32_t)(at - n - 2);
    e.end = (uint32_t)(at + 1);
    e.digits = (uint8_t)n;
    look->fn(look->ctx, &e);
}

/* A digit before '=' or '^' is marked as an escape that could be. A track belongs to
 * the window of that digit. */
static void find_tracks(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;

    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_ESCAPE, at, view->hi)) != SIZE_MAX;) {
        size_t until = (at / PF_MARK_WORD + 1) * PF_MARK_WORD;

        for (until = until < view->hi ? until : view->hi; at < until; at++) {
            if (!is_digit(buf[at]) || at + 1 >= view->len)
                continue;
            if (buf[at + 1] == '^') {
                judge_track1(look, at + 1);
            } else if (buf[at + 1] == '=') {
                judge_track3(look, at + 1);
                judge_track2(look, at + 1);
            }
        }
    }
}

void pf_find_jis(const struct pf_look *look)
{
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;

    if (look->any & PF_MARK_ESCAPE)
        find_tracks(look);
    if (!(look->any & PF_MARK_NAMES))
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, PF_MARK_NAMES, at, view->hi)) != SIZE_MAX; at++) {
        char name[PF_NAME_MAX + 1];
        size_t from, end, value;

        if ((buf[at] | 32) != 'r' || view->len - at < 4 || (buf[at + 1] | 32) != 'a' || (buf[at + 2] | 32) != 'c')
            continue;
        pf_name_around(buf, view->len, at, name, &from, &end);
        for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
            if (strcmp(name, named[i].name) == 0 && (value = pf_named_value(buf, view->len, end, false)) != SIZE_MAX)
                judge(look, named[i].jis, value);
    }
}
