/* separator.c - the table of separators. UTF-16, UTF-32 and EBCDIC are looked up as
 * UTF-8, ISO-2022-JP as EUC-JP. */
#include "pan-finder/detect/separator.h"

#include "pan-finder/detect/kernel/dress.h"

#include <string.h>

enum { TEXT_MAX = 9 };        /* three units as UTF-8 */

/* Charsets in which a row may stand next to digits of these dresses. */
enum {
    UNI = 1u << PF_DRESS_ASCII | 1u << PF_DRESS_UTF16LE | 1u << PF_DRESS_UTF16BE | 1u << PF_DRESS_FW_UTF8 |
          1u << PF_DRESS_UTF32LE | 1u << PF_DRESS_UTF32BE | 1u << PF_DRESS_FW_UTF16LE | 1u << PF_DRESS_FW_UTF16BE |
          1u << PF_DRESS_EBCDIC,
    BYTE = 1u << PF_DRESS_ASCII,
    SJIS = 1u << PF_DRESS_ASCII | 1u << PF_DRESS_FW_SJIS,
    EUC = 1u << PF_DRESS_ASCII | 1u << PF_DRESS_FW_EUCJP | 1u << PF_DRESS_ISO2022JP,
    ALL = UNI | SJIS | EUC,
    FW = 1u << PF_DRESS_FW_SJIS,
};

/* Sources: The Unicode Standard 15.0, code charts; JIS X 0208 row 1 in its
 * Shift_JIS and EUC-JP forms; ISO/IEC 8859-1 and Windows-1252. 2024-02-29. */
static const struct { char text[4]; char kind; uint16_t dresses; } row[] = {
    { "", 0, 0 },                       /* id 0: none */
    { " ", ' ', ALL }, { "-", '-', ALL }, { ".", '.', ALL }, { "\t", '\t', ALL },
    { "_", '_', ALL }, { "/", '/', ALL }, { "  ", ' ', ALL }, { " - ", '-', ALL },
    { "\xc2\xa0", 'n', UNI },           /* U+00A0 no-break space */
    { "\xa0", 'n', BYTE },              /* the same in ISO/IEC 8859-1 */
    { "\x96", '-', BYTE }, { "\x97", '-', BYTE },               /* dashes of Windows-1252 */
    { "\xe2\x80\x80", ' ', UNI }, { "\xe2\x80\x81", ' ', UNI }, /* U+2000.. spaces */
    { "\xe2\x80\x82", ' ', UNI }, { "\xe2\x80\x83", ' ', UNI },
    { "\xe2\x80\x84", ' ', UNI }, { "\xe2\x80\x85", ' ', UNI },
    { "\xe2\x80\x86", ' ', UNI }, { "\xe2\x80\x87", 'n', UNI }, /* U+2007 figure space */
    { "\xe2\x80\x88", ' ', UNI }, { "\xe2\x80\x89", ' ', UNI },
    { "\xe2\x80\x8a", ' ', UNI }, { "\xe2\x80\x8b", 'o', UNI }, /* U+200B zero width space */
    { "\xe2\x80\x90", '-', UNI }, { "\xe2\x80\x91", '-', UNI }, /* U+2010.. hyphens, dashes */
    { "\xe2\x80\x92", '-', UNI }, { "\xe2\x80\x93", '-', UNI },
    { "\xe2\x80\x94", '-', UNI }, { "\xe2\x80\x95", '-', UNI },
    { "\xc2\xad", 'o', UNI },           /* U+00AD soft hyphen */
    { "\xe2\x80\x8c", 'o', UNI }, { "\xe2\x80\x8d", 'o', UNI }, /* U+200C, U+200D joiners */
    { "\xe2\x81\xa0", 'o', UNI }, { "\xef\xbb\xbf", 'o', UNI }, /* U+2060 word joiner, U+FEFF */
    { "\xe2\x80\xaf", 'n', UNI },       /* U+202F narrow no-break space */
    { "\xe2\x88\x92", '-', UNI },       /* U+2212 minus sign */
    { "\xe3\x80\x80", ' ', UNI },       /* U+3000 ideographic space */
    { "\xe3\x80\x81", 'o', UNI }, { "\xe3\x81\xae", 'o', UNI }, /* U+3001 comma, U+306E "no": as numbers are read out */
    { "\xe3\x83\xbb", 'o', UNI },       /* U+30FB katakana middle dot */
    { "\xe3\x83\xbc", '-', UNI },       /* U+30FC prolonged sound mark, typed for a hyphen */
    { "\xef\xbc\x8d", '-', UNI },       /* U+FF0D full-width hyphen */
    { "\xef\xbc\x8e", '.', UNI },       /* U+FF0E full-width full stop */
    { "\xef\xbc\x8f", '/', UNI },       /* U+FF0F full-width solidus */
    { "\xef\xbc\xbf", '_', UNI },       /* U+FF3F full-width low line */
    { "\xef\xbd\xa5", 'o', UNI },       /* U+FF65 half-width middle dot */
    { "\xef\xbd\xb0", '-', UNI },       /* U+FF70 half-width prolonged sound mark */
    { "\x81\x40", ' ', SJIS }, { "\xa1\xa1", ' ', EUC },        /* ideographic space */
    { "\x81\x41", 'o', SJIS }, { "\xa1\xa2", 'o', EUC },        /* comma */
    { "\x82\xcc", 'o', SJIS }, { "\xa4\xce", 'o', EUC },        /* hiragana "no" */
    { "\x81\x44", '.', SJIS }, { "\xa1\xa5", '.', EUC },        /* full stop */
    { "\x81\x45", 'o', SJIS }, { "\xa1\xa6", 'o', EUC },        /* middle dot */
    { "\x81\x51", '_', SJIS }, { "\xa1\xb2", '_', EUC },        /* low line */
    { "\x81\x5b", '-', SJIS }, { "\xa1\xbc", '-', EUC },        /* prolonged sound mark */
    { "\x81\x5c", '-', SJIS }, { "\xa1\xbd", '-', EUC },        /* horizontal bar */
    { "\x81\x5d", '-', SJIS }, { "\xa1\xbe", '-', EUC },        /* hyphen */
    { "\x81\x5e", '/', SJIS }, { "\xa1\xbf", '/', EUC },        /* solidus */
    { "\x81\x7c", '-', SJIS }, { "\xa1\xdd", '-', EUC },        /* minus sign */
    { "\xa5", 'o', FW }, { "\xb0", '-', FW },                   /* half-width forms, JIS X 0201 */
    { "\x8e\xa5", 'o', EUC }, { "\x8e\xb0", '-', EUC },         /* the same in EUC-JP */
    { "+", '+', ALL },                  /* a blank in a form's body or a query (WHATWG URL 5.1, urlencoded) */
};

/* The place in `row` of the rows of one byte; test_candidate.c compares them. */
const uint8_t pf_separator_ascii[256] = {
    [' '] = 1, ['-'] = 2, ['.'] = 3, ['\t'] = 4, ['_'] = 5, ['/'] = 6, ['+'] = 75, [0xa0] = 10, [0x96] = 11, [0x97] = 12,
};

static unsigned find(enum pf_dress dress, const uint8_t *text, size_t n)
{
    if (n == 0 || n > 3)
        return 0;
    for (unsigned id = 1; id < sizeof row / sizeof row[0]; id++)
        if (memcmp(row[id].text, text, n) == 0 && row[id].text[n] == '\0')
            return row[id].dresses >> dress & 1 ? id : 0;
    return 0;
}

/* Units of more than a byte, or of EBCDIC, to UTF-8; of ISO-2022-JP to EUC-JP. */
static size_t to_bytes(enum pf_dress dress, const uint8_t *buf, size_t from, size_t to, uint8_t *out)
{
    size_t n = 0;

    if (dress == PF_DRESS_ISO2022JP && from < to && buf[from] == 0x1b) {      /* ASCII between shifts (dress.h) */
        n = to - from - (size_t)2 * PF_SHIFT;
        memcpy(out, buf + from + PF_SHIFT, n);
        return n;
    }
    for (size_t unit = pf_dress_unit(dress); to - from >= unit && n + 3 <= TEXT_MAX; from += unit) {
        unsigned c = (unsigned)pf_dress_char(dress, buf, to, (int64_t)from);

        if (dress == PF_DRESS_ISO2022JP) {
            out[n++] = (uint8_t)(c >> 8 | 0x80);
            out[n++] = (uint8_t)((c & 0xff) | 0x80);
        } else if (c < 0x80) {
            out[n++] = (uint8_t)c;
        } else if (c < 0x800) {
            out[n++] = (uint8_t)(0xc0 | c >> 6);
            out[n++] = (uint8_t)(0x80 | (c & 0x3f));
        } else {
            out[n++] = (uint8_t)(0xe0 | (c >> 12 & 0x0f));
            out[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
            out[n++] = (uint8_t)(0x80 | (c & 0x3f));
        }
    }
    return n;
}

unsigned pf_separator_id(enum pf_dress dress, const uint8_t *buf, size_t from, size_t to)
{
    uint8_t text[TEXT_MAX];

    if (dress != PF_DRESS_EBCDIC && pf_dress_unit(dress) == 1)
        return find(dress, buf + from, to - from);
    return find(dress, text, to_bytes(dress, buf, from, to, text));
}

char pf_separator_kind(unsigned id)
{
    return id < sizeof row / sizeof row[0] ? row[id].kind : '\0';
}
