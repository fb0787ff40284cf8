/* iso8583_field.c - the fields and their lengths. Source: ISO 8583:1987, table of
 * data elements, as open implementations of it agree (2025-11); ISO 8583:1993 for
 * the second table. */
#include "pan-finder/detect/find/iso8583.h"

/* From field `first` to `last`. */
struct row { uint8_t first, last; struct pf_iso_field field; };

static const struct row of_1987[] = {
    { 2, 2, { PF_ISO_N, 2, 19 } }, { 3, 3, { PF_ISO_N, 0, 6 } }, { 4, 6, { PF_ISO_N, 0, 12 } },
    { 7, 7, { PF_ISO_N, 0, 10 } }, { 8, 10, { PF_ISO_N, 0, 8 } }, { 11, 12, { PF_ISO_N, 0, 6 } },
    { 13, 18, { PF_ISO_N, 0, 4 } }, { 19, 24, { PF_ISO_N, 0, 3 } }, { 25, 26, { PF_ISO_N, 0, 2 } },
    { 27, 27, { PF_ISO_N, 0, 1 } }, { 28, 31, { PF_ISO_XN, 0, 8 } }, { 32, 33, { PF_ISO_N, 2, 11 } },
    { 34, 34, { PF_ISO_ANS, 2, 28 } }, { 35, 35, { PF_ISO_Z, 2, 37 } }, { 36, 36, { PF_ISO_Z, 3, 104 } },
    { 37, 37, { PF_ISO_ANS, 0, 12 } }, { 38, 38, { PF_ISO_ANS, 0, 6 } }, { 39, 39, { PF_ISO_ANS, 0, 2 } },
    { 40, 40, { PF_ISO_ANS, 0, 3 } }, { 41, 41, { PF_ISO_ANS, 0, 8 } }, { 42, 42, { PF_ISO_ANS, 0, 15 } },
    { 43, 43, { PF_ISO_ANS, 0, 40 } }, { 44, 44, { PF_ISO_OWN, 2, 25 } }, { 45, 45, { PF_ISO_ANS, 2, 76 } },
    { 46, 48, { PF_ISO_OWN, 3, 999 } }, { 49, 51, { PF_ISO_N, 0, 3 } }, { 52, 52, { PF_ISO_B, 0, 8 } },
    { 53, 53, { PF_ISO_N, 0, 16 } }, { 54, 54, { PF_ISO_ANS, 3, 120 } }, { 55, 63, { PF_ISO_OWN, 3, 999 } },
    { 64, 65, { PF_ISO_B, 0, 8 } }, { 66, 66, { PF_ISO_N, 0, 1 } }, { 67, 67, { PF_ISO_N, 0, 2 } },
    { 68, 70, { PF_ISO_N, 0, 3 } }, { 71, 72, { PF_ISO_N, 0, 4 } }, { 73, 73, { PF_ISO_N, 0, 6 } },
    { 74, 81, { PF_ISO_N, 0, 10 } }, { 82, 85, { PF_ISO_N, 0, 12 } }, { 86, 89, { PF_ISO_N, 0, 16 } },
    { 90, 90, { PF_ISO_N, 0, 42 } }, { 91, 91, { PF_ISO_ANS, 0, 1 } }, { 92, 92, { PF_ISO_ANS, 0, 2 } },
    { 93, 93, { PF_ISO_ANS, 0, 5 } }, { 94, 94, { PF_ISO_ANS, 0, 7 } }, { 95, 95, { PF_ISO_ANS, 0, 42 } },
    { 96, 96, { PF_ISO_B, 0, 8 } }, { 97, 97, { PF_ISO_XN, 0, 16 } }, { 98, 98, { PF_ISO_ANS, 0, 25 } },
    { 99, 100, { PF_ISO_N, 2, 11 } }, { 101, 101, { PF_ISO_ANS, 2, 17 } }, { 102, 103, { PF_ISO_ANS, 2, 28 } },
    { 104, 104, { PF_ISO_OWN, 3, 100 } }, { 105, 127, { PF_ISO_OWN, 3, 999 } }, { 128, 128, { PF_ISO_B, 0, 8 } },
};

/* What later versions have changed. */
static const struct row of_1993[] = {
    { 12, 12, { PF_ISO_N, 0, 12 } }, { 15, 15, { PF_ISO_N, 0, 6 } }, { 22, 22, { PF_ISO_ANS, 0, 12 } },
    { 25, 26, { PF_ISO_N, 0, 4 } }, { 28, 28, { PF_ISO_N, 0, 6 } }, { 29, 29, { PF_ISO_N, 0, 3 } },
    { 30, 30, { PF_ISO_N, 0, 24 } }, { 31, 31, { PF_ISO_ANS, 2, 99 } }, { 39, 40, { PF_ISO_N, 0, 3 } },
    { 43, 43, { PF_ISO_ANS, 2, 99 } }, { 44, 44, { PF_ISO_OWN, 2, 99 } }, { 53, 53, { PF_ISO_B, 2, 48 } },
    { 56, 56, { PF_ISO_N, 2, 35 } }, { 57, 57, { PF_ISO_N, 0, 3 } }, { 58, 58, { PF_ISO_N, 2, 11 } },
    { 66, 66, { PF_ISO_OWN, 3, 204 } }, { 67, 67, { PF_ISO_N, 0, 2 } }, { 71, 71, { PF_ISO_N, 0, 8 } },
    { 72, 72, { PF_ISO_OWN, 3, 999 } }, { 90, 90, { PF_ISO_N, 0, 10 } }, { 93, 94, { PF_ISO_N, 2, 11 } },
    { 95, 95, { PF_ISO_ANS, 2, 99 } }, { 96, 96, { PF_ISO_OWN, 3, 999 } },
};

static const struct pf_iso_field *look_up(const struct row *row, size_t n, unsigned number)
{
    for (size_t i = 0; i < n; i++)
        if (number >= row[i].first && number <= row[i].last)
            return &row[i].field;
    return NULL;
}

struct pf_iso_field pf_iso_field(unsigned version, unsigned number)
{
    const struct pf_iso_field *field = NULL;

    if (version > 0)
        field = look_up(of_1993, sizeof of_1993 / sizeof of_1993[0], number);
    if (field == NULL)
        field = look_up(of_1987, sizeof of_1987 / sizeof of_1987[0], number);
    return field != NULL ? *field : (struct pf_iso_field){ PF_ISO_OWN, 3, 999 };
}
