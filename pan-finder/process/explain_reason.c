/* explain_reason.c - the reasons of docs/detection.md in words, for --explain. */
#include "pan-finder/process/explain_text.h"

#include <string.h>

static const struct { const char *name, *text; } reason[] = {
    { "track-1", "stands in track 1" },
    { "track-2", "stands in track 2" },
    { "discretionary-data", "the track goes on with what may not be kept" },
    { "expiry-service-code", "expiry and service code follow" },
    { "track-3", "stands in track 3" },
    { "jis2-track", "stands in a JIS II track" },
    { "emv-tag", "a data object of a chip" },
    { "iso8583-field", "a field of a payment message" },
    { "3ds-message", "a field of a 3-D Secure message" },
    { "pin-block", "a PIN block" },
    { "named-field", "its field's name says so" },
    { "card-field", "value of a card-number field" },
    { "card-column", "column for card numbers" },
    { "column-share", "most numbers of its column pass the check digit" },
    { "record-column", "same place in each record" },
    { "user-rule", "a rule of the operator" },
    { "share-test", "most numbers of this length pass the check digit" },
    { "share-some", "more numbers of this length pass the check digit than by chance" },
    { "card-words", "words for a card near by" },
    { "brand-words", "a brand's name near by" },
    { "expiry-words", "words for an expiry near by" },
    { "code-words", "words for a verification code near by" },
    { "holder-words", "words for a cardholder near by" },
    { "track-words", "words for track data near by" },
    { "3ds-words", "words of 3-D Secure near by" },
    { "payment-words", "words of payment near by" },
    { "beside-card-number", "beside a card number" },
    { "packed-sign", "packed decimal with a sign" },
    { "check-digit-recomputed", "last digit computed again" },
    { "no-context", "no words near by that say anything" },
    { "other-id-words", "words for another number near by" },
    { "other-card-words", "words for a card that is no payment card" },
    { "other-column", "column of another number" },
    { "line-wrapped", "broken by a line end" },
    { "split-cells", "split over cells" },
    { "packed-decimal", "packed decimal" },
    { "masked-as-it-stands", "masked where it stands" },
    { "rare-length", "a length that the brand seldom issues" },
    { "reduced-words", "called masked, a token or a hash" },
    { "test-words", "called a test or a sample" },
    { "fails-luhn", "its check digit does not fit" },
    { "historic-range", "a range that is no longer used" },
    { "unconfirmed-range", "a range that is not confirmed" },
    { "regional-brand", "a regional brand" },
    { "touches-letters", "touches letters" },
    { "odd-grouping", "grouped as cards are not" },
    { "row-of-groups", "part of a longer row of groups" },
    { "repeated-block", "one block of digits, repeated" },
    { "product-code", "a product code (EAN-13) as well" },
    { "date-and-time", "a date and time as well" },
    { "placeholder-value", "a value that stands for a code in examples" },
    { "published-test-number", "published as a test number" },
    { "not-listed-singly", "more possible numbers, not listed one by one" },
};

const char *pf_explain_reason(const char *name)
{
    for (size_t i = 0; i < sizeof reason / sizeof reason[0]; i++)
        if (strcmp(reason[i].name, name) == 0)
            return reason[i].text;
    return name;
}
