/* element_value.c - see element_value.h. */
#include "pan-finder/detect/find/element_value.h"

#include <string.h>

#define BIT(reason) ((uint64_t)1 << PF_REASON_##reason)

enum { CIPHER_HEX = 32, CIPHER_BASE64 = 22, TOKEN_MIN = 20 };

static bool is_upper(uint8_t c)  { return c >= 'A' && c <= 'Z'; }
static bool is_lower(uint8_t c)  { return c >= 'a' && c <= 'z'; }
static bool is_digit(uint8_t c)  { return c >= '0' && c <= '9'; }
static bool is_hex(uint8_t c)    { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

static bool is_base64(uint8_t c)
{
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

/* ---- codes and PINs ---- */

static size_t digits(const uint8_t *value, size_t n)
{
    size_t k = 0;

    while (k < n && is_digit(value[k]))
        k++;
    return k;
}

bool pf_placeholder_code(const uint8_t *value, size_t n)
{
    static const char *const usual[] = { "123", "1234", "321", "4321", "012", "0123", "234", "456", "789", "987" };

    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (n == strlen(usual[i]) && memcmp(value, usual[i], n) == 0)
            return true;
    return n > 0 && memcmp(value, value + 1, n - 1) == 0;
}

/* Beside a published test number a code is as much of a test as that number is. */
static uint64_t near_reasons(enum pf_near near)
{
    return BIT(NAMED) | (near >= PF_NEAR_TEST ? BIT(BESIDE) : 0) | (near == PF_NEAR_TEST ? BIT(PUBLISHED) : 0) |
           (near == PF_NEAR_EXPIRY ? BIT(EXPIRY) : 0);
}

static bool code_value(enum pf_named kind, const uint8_t *value, size_t n, enum pf_near near, struct pf_element *e)
{
    bool placeholder;

    if (n < 3 || n > 4 || digits(value, n) != n || (kind == PF_NAMED_CODE_CARD && near == PF_NEAR_NOTHING))
        return false;
    if (near == PF_NEAR_AMOUNT && kind == PF_NAMED_CODE_CARD && n == 4)
        return false;
    placeholder = near < PF_NEAR_TEST && pf_placeholder_code(value, n);
    e->cls = PF_CLASS_SAD_CVC;
    e->confidence = near == PF_NEAR_CARD && kind != PF_NAMED_CODE_CARD ? PF_CONFIRMED : PF_PROBABLE;
    if (near == PF_NEAR_TEST || placeholder || (near == PF_NEAR_AMOUNT && kind == PF_NAMED_CODE_CARD) ||
        (near < PF_NEAR_EXPIRY && kind == PF_NAMED_CODE_SHARED && n == 4))
        e->confidence = PF_POSSIBLE;
    e->reasons = near_reasons(near) | (placeholder ? BIT(PLACEHOLDER) : 0);
    return true;
}

/* Where the name may be of something else four digits are asked for: a postal code has six. */
static bool pin_value(enum pf_named kind, const uint8_t *value, size_t n, enum pf_near near, struct pf_element *e)
{
    bool placeholder = near < PF_NEAR_TEST && pf_placeholder_code(value, n);

    if (n < 4 || n > 6 || digits(value, n) != n)
        return false;
    if ((near < PF_NEAR_EXPIRY && kind == PF_NAMED_PIN) || (kind == PF_NAMED_PIN_MENTION && n != 4))
        return false;
    e->cls = PF_CLASS_SAD_PIN;
    e->confidence = near == PF_NEAR_CARD ? PF_CONFIRMED : kind == PF_NAMED_PIN_CARD && near != PF_NEAR_TEST && !placeholder ? PF_PROBABLE : PF_POSSIBLE;
    e->reasons = near_reasons(near) | (placeholder ? BIT(PLACEHOLDER) : 0);
    return true;
}

/* The two digits at value[0]. */
static unsigned pair(const uint8_t *value)
{
    return (unsigned)(value[0] - '0') * 10 + (unsigned)(value[1] - '0');
}

static bool is_month(unsigned month) { return month >= 1 && month <= 12; }
static bool is_year(unsigned year)   { return year >= 15 && year <= 49; }

bool pf_expiry_value(const uint8_t *value, size_t n)
{
    uint8_t d[6];
    size_t k = 0, signs = 0;

    for (size_t i = 0; i < n; i++) {
        if (is_digit(value[i]) && k < sizeof d)
            d[k++] = value[i];
        else if (i < 2 || ++signs > 1 || (value[i] != '/' && value[i] != '-'))
            return false;
    }
    if (k == 4)
        return (is_month(pair(d)) && is_year(pair(d + 2))) || (is_year(pair(d)) && is_month(pair(d + 2)));
    return k == 6 && ((pair(d) == 20 && is_year(pair(d + 2)) && is_month(pair(d + 4))) ||
                      (is_month(pair(d)) && pair(d + 2) == 20 && is_year(pair(d + 4))));
}

/* ISO 9564-1: eight bytes; sixteen in format 4. One sign repeated is no block. */
static bool block_value(const uint8_t *value, size_t n, struct pf_element *e)
{
    if ((n != 16 && n != 32) || memcmp(value, value + 1, n - 1) == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_hex(value[i]))
            return false;
    e->cls = PF_CLASS_SAD_PIN;
    e->confidence = PF_CONFIRMED;
    e->reasons = BIT(NAMED) | BIT(PIN_BLOCK);
    return true;
}

/* ---- hidden numbers ---- */

/* What stands before the bytes themselves. `hash`: a hash made without a key; `salted`: one
 * made with a salt (crypt(5)); `cipher`: ciphertext (Spring Cloud Config, Jasypt, Vault). */
enum envelope { PLAIN, HASHED, SALTED, CIPHERED };
static const struct { const char *head; enum envelope kind; } envelopes[] = {
    { "{cipher}", CIPHERED }, { "enc(", CIPHERED }, { "enc[", CIPHERED }, { "enc:", CIPHERED }, { "aes:", CIPHERED }, { "aes256:", CIPHERED },
    { "aes-256-gcm:", CIPHERED }, { "aes-256-cbc:", CIPHERED }, { "aes256$", CIPHERED }, { "vault:v1:", CIPHERED }, { "vault:v2:", CIPHERED }, { "rsa:", CIPHERED },
    { "kms:", CIPHERED }, { "3des:", CIPHERED }, { "des3:", CIPHERED }, { "$2a$", SALTED }, { "$2b$", SALTED }, { "$2y$", SALTED }, { "$argon2", SALTED },
    { "$1$", SALTED }, { "$5$", SALTED }, { "$6$", SALTED }, { "$pbkdf2", SALTED }, { "pbkdf2_sha256$", SALTED }, { "{ssha}", SALTED },
    { "md5:", HASHED }, { "md5$", HASHED }, { "$md5$", HASHED }, { "{md5}", HASHED }, { "sha1:", HASHED }, { "sha1$", HASHED }, { "{sha}", HASHED },
    { "{sha1}", HASHED }, { "{sha256}", HASHED }, { "{sha512}", HASHED }, { "sha256:", HASHED }, { "sha256$", HASHED }, { "$sha256$", HASHED }, { "sha-256:", HASHED },
    { "sha256-", HASHED }, { "sha384-", HASHED }, { "sha512-", HASHED }, { "sha224:", HASHED }, { "sha384:", HASHED }, { "sha512:", HASHED }, { "sha512$", HASHED },
    { "sha-512:", HASHED }, { "0x", PLAIN }, { "\\x", PLAIN }, { "\\\\x", PLAIN }, { "x'", PLAIN }, { "base64:", PLAIN }, { "hex:", PLAIN },
};

static size_t envelope_of(const uint8_t *value, size_t n, enum envelope *kind)
{
    *kind = PLAIN;
    for (size_t i = 0; i < sizeof envelopes / sizeof envelopes[0]; i++) {
        size_t k = strlen(envelopes[i].head);

        if (n > k && strncasecmp((const char *)value, envelopes[i].head, k) == 0) {
            *kind = envelopes[i].kind;
            return k;
        }
    }
    return 0;
}

size_t pf_hidden_length(const uint8_t *value, size_t max)
{
    enum envelope kind;
    size_t at = envelope_of(value, max, &kind);
    bool bracket = at > 0 && (value[at - 1] == '(' || value[at - 1] == '[' || value[at - 1] == '\'');

    /* parts of ciphertext and of salted hashes are divided by these */
    while (at < max && (is_base64(value[at]) || value[at] == '=' || ((value[at] == '.' || value[at] == ':' || value[at] == '$') && at > 0)))
        at++;
    return at + (bracket && at < max && memchr(")]'", value[at], 3) != NULL);
}

/* Bytes as text: how many hex digits and characters, padding left out. */
struct body { const uint8_t *at; size_t n, hex; bool padded; };

static struct body body_of(const uint8_t *value, size_t n)
{
    struct body b = { .at = value };

    while (b.n < n && is_base64(value[b.n]))
        b.n++;
    while (b.hex < b.n && is_hex(value[b.hex]))
        b.hex++;
    b.padded = b.n < n && value[b.n] == '=';
    return b;
}

/* Not a word or a name: digits, or signs whose case changes as by chance. */
static bool random_like(struct body b)
{
    size_t digit = 0, changes = 0;

    for (size_t i = 0; i < b.n; i++) {
        digit += is_digit(b.at[i]);
        changes += i > 0 && ((is_upper(b.at[i]) && is_lower(b.at[i - 1])) || (is_lower(b.at[i]) && is_upper(b.at[i - 1])));
    }
    if (b.hex == b.n)
        return digit >= 3 && memcmp(b.at, b.at + 1, b.n - 1) != 0;
    return b.padded || (digit >= 1 && digit + changes >= 4) || changes * 3 > b.n;
}

/* MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512: hex digits, characters of base64. */
static bool hash_size(struct body b)
{
    if (b.hex == b.n)
        return b.n == 32 || b.n == 40 || b.n == 56 || b.n == 64 || b.n == 96 || b.n == 128;
    return b.n == 22 || b.n == 27 || b.n == 38 || b.n == 43 || b.n == 64 || b.n == 86;
}

static bool cipher_size(struct body b, size_t n)
{
    return b.hex == b.n ? b.n >= CIPHER_HEX : n >= CIPHER_BASE64;
}

/* Ciphertext of several parts ("iv:tag:data", JWE): the longest part tells. */
static struct body longest_part(const uint8_t *value, size_t n)
{
    struct body best = { .at = value };

    for (size_t at = 0; at < n;) {
        struct body b = body_of(value + at, n - at);

        if (b.n > best.n)
            best = b;
        at += b.n + 1;
    }
    return best;
}

static bool hidden_value(enum pf_named kind, const uint8_t *value, size_t n, struct pf_element *e)
{
    enum envelope envelope;
    size_t head = envelope_of(value, n, &envelope);
    struct body b = kind == PF_NAMED_CIPHER ? longest_part(value + head, n - head) : body_of(value + head, n - head);

    e->reasons = BIT(NAMED);
    e->confidence = PF_PROBABLE;
    if (kind == PF_NAMED_TOKEN) {
        e->cls = PF_CLASS_TOKEN;
        e->confidence = PF_POSSIBLE;
        return envelope == PLAIN && b.n >= TOKEN_MIN && random_like(b);
    }
    if (kind == PF_NAMED_CIPHER || envelope == CIPHERED) {
        e->cls = PF_CLASS_PAN_ENC;
        return (envelope == CIPHERED && b.n >= 16) || (cipher_size(b, n) && random_like(b));
    }
    e->cls = (kind == PF_NAMED_MADE || envelope == HASHED) && kind != PF_NAMED_KEYED ? PF_CLASS_PAN_HASH_UNKEYED : PF_CLASS_PAN_HASH_OPAQUE;
    if (envelope == SALTED) {
        e->cls = PF_CLASS_PAN_HASH_OPAQUE;
        return n - head >= 16;
    }
    return hash_size(b) && random_like(b) && (b.padded || b.n == n - head || !is_base64(value[head + b.n]));
}

bool pf_element_value(enum pf_named kind, const uint8_t *value, size_t n, enum pf_near near, struct pf_element *e)
{
    switch (kind) {
    case PF_NAMED_CODE: case PF_NAMED_CODE_SHARED: case PF_NAMED_CODE_CARD:
        return code_value(kind, value, n, near, e);
    case PF_NAMED_PIN: case PF_NAMED_PIN_CARD: case PF_NAMED_PIN_MENTION:
        return pin_value(kind, value, n, near, e);
    case PF_NAMED_PIN_BLOCK:
        return block_value(value, n, e);
    case PF_NAMED_MADE: case PF_NAMED_HASH: case PF_NAMED_KEYED: case PF_NAMED_CIPHER: case PF_NAMED_TOKEN:
        return hidden_value(kind, value, n, e);
    case PF_NAMED_NOTHING: case PF_NAMED_EXPIRY: case PF_NAMED_AMOUNT: default:
        return false;
    }
}
