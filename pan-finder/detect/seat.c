/* seat.c - see seat.h. */
#include "pan-finder/detect/seat.h"

#include "pan-finder/detect/wrap/wrap.h"

#include <stdio.h>
#include <string.h>

static const struct pf_wrap *const wraps[] = {
#define PF_WRAP(name) &pf_wrap_##name,
#include "pan-finder/detect/wrap/wraps.def"
#undef PF_WRAP
    NULL,
};

_Static_assert(sizeof wraps / sizeof wraps[0] <= 16, "a wrapping fits four bits");

void pf_seat_wrap(struct pf_seat *seat, const struct pf_wrap *wrap)
{
    unsigned id = 0;

    while (wraps[id] != NULL && strcmp(wraps[id]->name, wrap->name) != 0)
        id++;
    seat->wraps = (uint16_t)((unsigned)seat->wraps << 4 | ((id + 1) & 15u));
}

const char *pf_seat_wrapping(const struct pf_seat *seat)
{
    unsigned id = seat->wraps & 15u;

    return id == 0 ? "" : wraps[id - 1]->name;
}

const char *pf_encoding_name(uint16_t wrapped, const char *form, char room[PF_ENCODING_MAX])
{
    size_t n = 0;

    if (wrapped == 0)
        return form;
    for (unsigned shift = 16; shift > 0; shift -= 4) {
        unsigned id = wrapped >> (shift - 4) & 15u;

        if (id != 0 && n < PF_ENCODING_MAX)
            n += (size_t)snprintf(room + n, PF_ENCODING_MAX - n, "%s%s", n > 0 ? "+" : "", wraps[id - 1]->name);
    }
    if (strcmp(form, "ascii") != 0 && n < PF_ENCODING_MAX)
        (void)snprintf(room + n, PF_ENCODING_MAX - n, "+%s", form);
    return room;
}
