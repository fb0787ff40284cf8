/* escape_lex.h - one escape in text, by grammar.
 * Layer: detect. Sources: RFC 3986 2.1 (percent), HTML 13.5 (entities), RFC 8259 7
 * and ECMA-262 12.9.4 (backslash), RFC 2045 6.7 (quoted-printable), Rich Text
 * Format 1.9.1 (control words). */
#ifndef PF_DETECT_ESCAPE_LEX_H
#define PF_DETECT_ESCAPE_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pf_escape_grammar { PF_ESCAPE_PERCENT, PF_ESCAPE_ENTITY, PF_ESCAPE_BACKSLASH, PF_ESCAPE_QUOTED, PF_ESCAPE_RTF, PF_ESCAPES };

/* What a character can be in a number. Join: nothing at all, the number goes on. */
enum pf_escape_class { PF_ESCAPE_OTHER, PF_ESCAPE_DIGIT, PF_ESCAPE_SEPARATOR, PF_ESCAPE_JOIN };

struct pf_escape {
    size_t used;                 /* bytes of the escape, its sign included */
    uint8_t out[4];              /* what it is decoded to: UTF-8, or the byte itself */
    size_t n;
    size_t deep;                 /* bytes with the escape inside it: "%2534", "&amp;#52;", "\\u0034" */
    enum pf_escape_class cls;    /* of the innermost */
};

uint8_t pf_escape_sign(enum pf_escape_grammar grammar);

/* The escape at buf[at], which is the grammar's sign. False: it is none, or cut off. */
bool pf_escape_lex(enum pf_escape_grammar grammar, const uint8_t *buf, size_t len, size_t at, struct pf_escape *e);

/* Class of a byte that stands for itself. */
enum pf_escape_class pf_escape_plain(enum pf_escape_grammar grammar, uint8_t c);

#endif
