/* witness.c - see witness.h. A customer has a number called "cid" as well; where the same
 * record tells when a card expires, that is the code of the card. */
#include "pan-finder/detect/find/witness.h"

#include "pan-finder/detect/find/element_value.h"

#include <string.h>

enum { REACH = 100, DATE_MAX = 8 };

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }

/* Names of both kinds have one of these; the list of names is long. */
static bool may_be(const char *name)
{
    return strstr(name, "exp") != NULL || strstr(name, "am") != NULL || strncmp(name, "val", 3) == 0 || strncmp(name, "good", 4) == 0;
}

/* What the name that begins at buf[at], and its value, witness; *next: where to go on. */
static enum pf_near told_at(const uint8_t *buf, size_t len, size_t at, size_t *next)
{
    char name[PF_NAME_MAX + 1];
    size_t from, value, n = 0;
    enum pf_named kind;

    pf_name_around(buf, len, at, name, &from, next);
    kind = may_be(name) ? pf_element_name(name) : PF_NAMED_NOTHING;
    if ((kind != PF_NAMED_EXPIRY && kind != PF_NAMED_AMOUNT) || (value = pf_named_value(buf, len, *next, false)) == SIZE_MAX)
        return PF_NEAR_NOTHING;
    if (kind == PF_NAMED_AMOUNT)
        return is_digit(buf[value]) ? PF_NEAR_AMOUNT : PF_NEAR_NOTHING;
    while (value + n < len && n < DATE_MAX && (is_digit(buf[value + n]) || buf[value + n] == '/' || buf[value + n] == '-'))
        n++;
    return pf_expiry_value(buf + value, n) ? PF_NEAR_EXPIRY : PF_NEAR_NOTHING;
}

enum pf_near pf_record_near(const uint8_t *buf, size_t len, size_t start, size_t end)
{
    size_t at = start > REACH ? start - REACH : 0, until = len - end > REACH ? end + REACH : len;
    enum pf_near near = PF_NEAR_NOTHING;

    for (size_t next; at < until && near != PF_NEAR_EXPIRY; at = next) {
        enum pf_near told = PF_NEAR_NOTHING;

        next = at + 1;
        if (is_letter(buf[at]) && (at == 0 || !is_letter(buf[at - 1])))
            told = told_at(buf, len, at, &next);
        near = told > near ? told : near;
        next = next > at ? next : at + 1;
    }
    return near;
}
