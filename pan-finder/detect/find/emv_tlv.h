/* emv_tlv.h - the data objects of a chip card as they stand in bytes.
 * Layer: detect. BER-TLV as EMV 4.4 Book 3, Annex B restricts it; the tags and
 * their lengths from Annex A, and the brands' own that are widely met. Nothing
 * is read outside of buf[0..len). */
#ifndef PF_DETECT_FIND_EMV_TLV_H
#define PF_DETECT_FIND_EMV_TLV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pf_tlv {
    uint32_t tag;              /* 0x57, 0x9F6B, 0xBF0C */
    size_t start, value, next; /* first byte of the tag, of the value; one past the value */
    bool constructed;          /* a template: its objects begin at `value` */
    int bits;                  /* how much it speaks for chip data: log2 of how much seldomer random bytes
                                * read so than the objects of a card do. Less than 0: the value is odd for the tag */
};

#define PF_TLV_REACH 320       /* bytes before and after an object that its neighbours are looked for in */

/* The known data object that begins at buf[at], with a length that is allowed
 * for it. False: none, or it does not end within buf; of a template only the
 * head must stand there. */
bool pf_tlv_read(const uint8_t *buf, size_t len, size_t at, struct pf_tlv *tlv);

/* A row of known objects around one; templates are entered, not skipped. Tags of
 * issuers and terminals that are not known may stand in it and count nothing. */
struct pf_tlv_row {
    size_t start, end;         /* bytes of the row: PF_TLV_REACH before to PF_TLV_REACH after the object */
    unsigned others;           /* known objects in it but the one itself; a template counts when it ends where one of them does */
    int bits;                  /* sum of theirs: by chance a row has n or more once in 2^n */
};

struct pf_tlv_row pf_tlv_row(const uint8_t *buf, size_t len, const struct pf_tlv *tlv);

/* The next object of a row, known or not. False: it ends before. */
bool pf_tlv_any(const uint8_t *buf, size_t len, size_t at, struct pf_tlv *tlv);

/* The n hex digits, PF_TLV_HEX at most, are data objects of a card from the first to the
 * last, a number or a track among them, and a status word behind them or not: no hash, whatever its length. */
#define PF_TLV_HEX 128
bool pf_tlv_hex(const uint8_t *hex, size_t n);

/* The object behind `at` in a row: a template is entered. */
size_t pf_tlv_step(const struct pf_tlv *tlv);

#endif
