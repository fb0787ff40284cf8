/* hidden.c - card numbers that were hashed, encrypted or replaced, by the name of
 * their field and the shape of the value. The number cannot be told. */
#include "pan-finder/detect/find/find.h"
#include "pan-finder/detect/find/named.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { VALUE_MAX = 600, ENCRYPTED_MIN = 24 };

static const char *const card[] = { "card", "pan", "ccnum", "ccno", "ccn", "acctnumber", "accountnumber" };
static const char *const not_card[] = { "company", "japan", "panel", "discard", "postcard", "expand", "span", "wildcard", "cardinal",
    "idcard", "scorecard", "vcard", "flashcard", "dashboardcard", "cardio", "pancake", "pandas" };
/* What such a name holds is no number. */
static const char *const is_key[] = { "key", "secret", "password" };
static const char *const made[] = { "md5", "sha1", "sha2", "sha5", "sha3", "sha" };
static const char *const hash[] = { "hash", "digest", "hashed", "fingerprint" };
static const char *const keyed[] = { "hmac", "salt", "pepper", "keyed", "mac" };
static const char *const cipher[] = { "encrypted", "enc", "cipher", "crypt" };
static const char *const token[] = { "token", "tok" };

static bool has(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(name, list[i]) != NULL)
            return true;
    return false;
}

#define HAS(name, list) has(name, list, sizeof list / sizeof list[0])

/* What a value stands behind. */
static const bool opens[256] = { ['"'] = true, ['\''] = true, [':'] = true, ['='] = true, ['>'] = true, [' '] = true };

static bool is_hex(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 32) - 'a') < 6;
}

static bool is_base64(uint8_t c)
{
    return (uint8_t)(c - '0') < 10 || (uint8_t)((c | 32) - 'a') < 26 || c == '+' || c == '/' || c == '-' || c == '_';
}

/* Hex digits of a hash: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
static bool hash_size(size_t n)
{
    return n == 32 || n == 40 || n == 56 || n == 64 || n == 96 || n == 128;
}

/* Characters of one in base64 without padding: SHA-1, SHA-256, SHA-384, SHA-512. */
static bool base64_size(size_t n)
{
    return n == 27 || n == 43 || n == 64 || n == 86;
}

/* What the name of a value says of it; false: nothing of cards. */
static bool judge_name(const char *name, size_t hex, size_t all, struct pf_element *e)
{
    if (!HAS(name, card) || HAS(name, not_card) || (HAS(name, is_key) && !HAS(name, keyed)))
        return false;
    e->confidence = PF_PROBABLE;
    if (HAS(name, made) || HAS(name, hash)) {
        if (hex == all ? !hash_size(all) : !base64_size(all))
            return false;
        e->cls = HAS(name, made) && !HAS(name, keyed) ? PF_CLASS_PAN_HASH_UNKEYED : PF_CLASS_PAN_HASH_OPAQUE;
        return true;
    }
    if (HAS(name, cipher)) {
        e->cls = PF_CLASS_PAN_ENC;
        return all >= ENCRYPTED_MIN;
    }
    e->cls = PF_CLASS_TOKEN;
    e->confidence = PF_POSSIBLE;
    return HAS(name, token) && all >= ENCRYPTED_MIN;
}

void pf_find_hidden(const struct pf_look *look)
{
    const unsigned marks = PF_MARK_HEX | PF_MARK_BASE64;
    const struct pf_view *view = look->view;
    const uint8_t *buf = view->buf;

    if (!(look->any & marks) || look->text == PF_TEXT_NONE)
        return;
    for (size_t at = view->lo; (at = pf_look_next(look, marks, at, view->hi)) != SIZE_MAX;) {
        size_t until = (at / PF_MARK_WORD + 1) * PF_MARK_WORD;

        for (; at < until && at < view->hi; at++) {
            size_t hex = 0, all = 0;

            if ((at > 0 && !opens[buf[at - 1]]) || !is_base64(buf[at]))
                continue;
            while (at + all < view->len && all < VALUE_MAX && is_base64(buf[at + all]))
                all++;
            while (hex < all && is_hex(buf[at + hex]))
                hex++;
            if (all >= ENCRYPTED_MIN) {
                struct pf_element e = { .reasons = BIT(NAMED), .form = "ascii", .start = (uint32_t)at,
                                        .end = (uint32_t)(at + all) };
                char name[PF_NAME_MAX + 1];

                pf_name_before(buf, at, name);
                if (judge_name(name, hex, all, &e))
                    look->fn(look->ctx, &e);
            }
            at += all;
        }
    }
}
