/* threeds.c - see threeds.h. */
#include "pan-finder/detect/find/threeds.h"

#include "pan-finder/detect/find/named.h"

#include <string.h>

enum { REACH = 1000 };          /* less than a window's PF_LOOKBEHIND and PF_LOOKAHEAD */

static bool is_one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

#define ONE_OF(name, list) is_one_of(name, list, sizeof list / sizeof list[0])

bool pf_threeds_number(const uint8_t *buf, size_t len, size_t start)
{
    static const char *const named[] = { "acctnumber", "pan", "acctid", "chacctid" };
    static const char *const signs[] = { "messageType", "threeDSServerTransID", "dsTransID", "acsTransID", "threeDSRequestor", "ThreeDSecure" };
    size_t from = start > REACH ? start - REACH : 0, until = len - start > REACH ? start + REACH : len;
    char name[PF_NAME_MAX + 1];

    pf_name_before(buf, start, name);
    if (!ONE_OF(name, named))
        return false;
    /* other messages have a type too */
    for (size_t i = strcmp(name, named[0]) == 0 ? 0 : 1; i < sizeof signs / sizeof signs[0]; i++)
        if (memmem(buf + from, until - from, signs[i], strlen(signs[i])) != NULL)
            return true;
    return false;
}

bool pf_token_number(const uint8_t *buf, size_t start)
{
    char name[PF_NAME_MAX + 1];

    pf_name_before(buf, start, name);
    return strstr(name, "token") != NULL;
}
