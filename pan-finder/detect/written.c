/* written.c - numbers that a person wrote down (detector.h): those to ignore. */
#include "pan-finder/detect/detector.h"

#include "pan-finder/detect/fingerprint.h"
#include "pan-finder/detect/iin.h"
#include "pan-finder/detect/luhn.h"

#include <string.h>

static bool read_digits(struct pf_pan *pan, const char *text, size_t len)
{
    pan->n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            if (pan->n == PF_PAN_MAX)
                return false;
            pan->digit[pan->n++] = (uint8_t)(text[i] - '0');
        } else if (text[i] == '\0' || strchr(" -./_\t", text[i]) == NULL) {
            return false;
        }
    }
    return pan->n >= PF_PAN_MIN;
}

static bool is_card(const struct pf_pan *pan)
{
    const struct pf_brand *brand = pf_iin_find_named(pan->digit, pan->n);

    return brand != NULL && (brand->luhn != PF_LUHN_REQUIRED || pf_luhn_ok(pan->digit, pan->n));
}

static enum pf_status fingerprint(const uint8_t key[PF_KEY_BYTES], const struct pf_pan *pan,
                                  char out[PF_FINGERPRINT_HEX + 1], struct pf_error *err)
{
    struct pf_fingerprinter *printer;
    enum pf_status s = pf_fingerprinter_new(&printer, key, err);

    if (s != PF_OK)
        return s;
    pf_fingerprint(printer, pan, out);
    pf_fingerprinter_free(printer);
    return PF_OK;
}

enum pf_status pf_written_fingerprint(const uint8_t key[PF_KEY_BYTES], const char *text, size_t len,
                                      char out[PF_FINGERPRINT_HEX + 1], struct pf_error *err)
{
    struct pf_pan pan = { .n = 0 };
    enum pf_status s;

    if (!read_digits(&pan, text, len))
        s = pf_fail(err, PF_E_USAGE, "a number is %d to %d digits, with blanks, hyphens, dots, slashes or "
                    "underscores among them", PF_PAN_MIN, PF_PAN_MAX);
    else if (!is_card(&pan))
        s = pf_fail(err, PF_E_USAGE, "no card number begins and ends like this");
    else
        s = fingerprint(key, &pan, out, err);
    pf_pan_wipe(&pan);
    return s;
}
