/* iso8583.h - messages between terminals, acquirers and issuers, as they stand in
 * dumps and journals. Layer: detect. Source: ISO 8583:1987 (lengths as in the
 * ASCII form), ISO 8583:1993 where it differs. A message counts only when every
 * field that its bitmap names can be read to its end and holds what it may. */
#ifndef PF_DETECT_FIND_ISO8583_H
#define PF_DETECT_FIND_ISO8583_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PF_ISO_FIELDS 129          /* by number; 0 and 1 are not fields */
#define PF_ISO_REACH 1024          /* bytes of a message that are read; a longer one counts by its fields in them */

enum pf_iso_digits { PF_ISO_ASCII, PF_ISO_BCD, PF_ISO_EBCDIC };

struct pf_iso_dialect {
    uint8_t digits;                /* enum pf_iso_digits: of MTI, lengths and numbers */
    bool hex_map;                  /* bitmap as hex digits; otherwise 8 bytes */
    bool hex_binary;               /* binary fields as hex digits; otherwise bytes */
    bool currency_text;            /* fields 49..51 as three characters where numbers are packed */
};

enum pf_iso_content {
    PF_ISO_N,                      /* digits */
    PF_ISO_XN,                     /* C or D, digits */
    PF_ISO_ANS,                    /* characters that print */
    PF_ISO_Z,                      /* track: digits, '=' or D */
    PF_ISO_B,                      /* bytes */
    PF_ISO_OWN,                    /* private use: anything */
};

struct pf_iso_field {
    uint8_t content;               /* enum pf_iso_content */
    uint8_t ll;                    /* digits of its length: 0 fixed, 2, 3 */
    uint16_t max;                  /* digits, characters or bytes */
};

/* Field 2..128 in the version that the first digit of the MTI names. */
struct pf_iso_field pf_iso_field(unsigned version, unsigned number);

struct pf_iso_message {
    size_t start, end;             /* from the MTI on */
    struct pf_iso_dialect dialect;
    unsigned fields;               /* how many it has */
    bool whole;                    /* read to its end */
    struct { size_t at; uint16_t n; } field[PF_ISO_FIELDS];   /* n digits, characters or bytes from `at`; n 0: none */
};

/* Reads the message whose MTI begins at buf[at]. Nothing outside of buf[0..len)
 * is read. False: none. */
bool pf_iso_read(const uint8_t *buf, size_t len, size_t at, const struct pf_iso_dialect *dialect,
                 struct pf_iso_message *message);

/* The n hex digits, PF_ISO_HEX at most, are a message of packed digits to the last, behind a
 * length or a TPDU or neither: no hash, whatever its length. */
#define PF_ISO_HEX 128
bool pf_iso_hex(const uint8_t *hex, size_t n);

/* Values 0..9 and 13 ('=' or D) of the n digits of a field of content N or Z; other
 * values 15. Returns how many were written, cap at most. */
size_t pf_iso_digits(const struct pf_iso_message *message, const uint8_t *buf, unsigned number,
                     uint8_t *out, size_t cap);

#endif
