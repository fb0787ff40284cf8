/* when.c - see when.h. */
#include "requirements/judge/when.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* n digits at *at, as a number; -1 when they are not all digits. */
static int digits(const char **at, int n)
{
    int v = 0;

    for (int i = 0; i < n; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return -1;
        v = v * 10 + (**at - '0');
    }
    return v;
}

static bool take(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

static bool parse_day(const char **at, struct tm *tm)
{
    struct tm back;
    time_t t;
    int year = digits(at, 4), month, day;

    if (year < 1970 || !take(at, '-') || (month = digits(at, 2)) < 1 || !take(at, '-') ||
        (day = digits(at, 2)) < 1)
        return false;
    *tm = (struct tm){ .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };
    back = *tm;
    t = timegm(&back);
    (void)t;                    /* timegm turns 31 February into March: compare */
    return back.tm_mon == month - 1 && back.tm_mday == day;
}

/* "Z", or an offset in seconds east of UTC. */
static bool parse_zone(const char **at, int *offset)
{
    int sign, hour, minute;

    *offset = 0;
    if (take(at, 'Z') || take(at, 'z'))
        return true;
    sign = **at == '+' ? 1 : -1;
    if (!take(at, '+') && !take(at, '-'))
        return false;
    if ((hour = digits(at, 2)) < 0 || hour > 23 || !take(at, ':') || (minute = digits(at, 2)) < 0 ||
        minute > 59)
        return false;
    *offset = sign * (hour * 3600 + minute * 60);
    return true;
}

bool req_when_parse(const char *text, int64_t *seconds)
{
    const char *at = text;
    struct tm tm;
    int offset = 0;

    if (!parse_day(&at, &tm))
        return false;
    if (*at != '\0') {
        if (!take(&at, 'T') && !take(&at, 't') && !take(&at, ' '))
            return false;
        tm.tm_hour = digits(&at, 2);
        if (tm.tm_hour < 0 || tm.tm_hour > 23 || !take(&at, ':'))
            return false;
        tm.tm_min = digits(&at, 2);
        if (tm.tm_min < 0 || tm.tm_min > 59 || !take(&at, ':'))
            return false;
        tm.tm_sec = digits(&at, 2);
        if (tm.tm_sec < 0 || tm.tm_sec > 60)
            return false;
        if (take(&at, '.'))
            at += strspn(at, "0123456789");
        if (!parse_zone(&at, &offset) || *at != '\0')
            return false;
    }
    *seconds = (int64_t)timegm(&tm) - offset;
    return true;
}

bool req_when_is_day(const char *text)
{
    int64_t ignored;

    return strlen(text) == 10 && req_when_parse(text, &ignored);
}

void req_when_format(int64_t seconds, char out[32])
{
    time_t t = (time_t)seconds;
    struct tm tm;

    if (gmtime_r(&t, &tm) == NULL || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        out[0] = '\0';
}
