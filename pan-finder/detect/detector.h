/* detector.h - bytes of one object in, masked findings out.
 * Layer: detect. The only header of detect/ that scan/ needs. One detector per
 * scanner process; not for two threads at once. A clear number lives on the
 * detector's own stack and tables, is wiped, and cannot be asked for.
 *
 *   pf_detector_begin(d, sink)
 *   repeat: room = pf_detector_room(d, &cap); read up to cap bytes into room;
 *           pf_detector_filled(d, n)           any n, the answer does not depend on it
 *   pf_detector_end(d, &stats)                 findings of the object are pushed at the latest here
 */
#ifndef PF_DETECT_DETECTOR_H
#define PF_DETECT_DETECTOR_H

#include "pan-finder/base/status.h"
#include "pan-finder/finding/record.h"

#define PF_KEY_BYTES 32

struct pf_detector;
struct pf_user_rules;

struct pf_detector_options {
    const char *kernel;              /* NULL: the best */
    uint8_t key[PF_KEY_BYTES];       /* fingerprint key of this assessment; copied, locked, wiped */
    bool regional;                   /* also brands that are not PCI participants (default true) */
    struct pf_user_rules *rules;     /* of the operator (finding/rules.h), borrowed; NULL: none */
    size_t chunk;                    /* bytes a window takes in; 0: PF_CHUNK_SIZE. For tests */
};

struct pf_finding_sink {
    /* The finding is borrowed for the call. */
    void (*finding)(void *ctx, const struct pf_finding *finding);
    /* A number that was dropped, borrowed for the call; NULL: not wanted. When it is
     * wanted the search is slower, since it passes on what fails Luhn, and its
     * findings are the same. */
    void (*candidate)(void *ctx, const struct pf_considered *considered);
    /* What an encoding (base64, hex, ...) in the object decodes to, which stands at
     * `offset` of it: true when its first bytes are those of a container that the
     * sink wants to open once the object is done; it then gets the bytes. Only one
     * is open at a time for each depth of encoding; NULL: not wanted. */
    bool (*embedded_begin)(void *ctx, const char *encoding, uint64_t offset, const uint8_t *head, size_t len);
    void (*embedded_bytes)(void *ctx, const uint8_t *bytes, size_t len);
    void (*embedded_end)(void *ctx);
    void *ctx;
};

struct pf_object_stats {
    uint64_t bytes;                  /* bytes seen */
    uint64_t findings;               /* findings pushed */
    uint64_t shapes, luhn;           /* see struct pf_object_rec */
    bool text;                       /* looks like text: lines are meaningful */
    bool empty;
    bool too_deep;                   /* encodings inside encodings beyond PF_LAYERS_MAX were left encoded */
};

/* The detector is yours: pf_detector_free. PF_E_USAGE for a kernel that is
 * unknown or not on this CPU, PF_E_NOMEM. */
PF_MUST_CHECK enum pf_status pf_detector_new(struct pf_detector **out,
                                             const struct pf_detector_options *options,
                                             struct pf_error *err);
void pf_detector_free(struct pf_detector *detector);         /* wipes; NULL is fine */
const char *pf_detector_kernel(const struct pf_detector *detector);

/* The ruleset revision: changes when a table or a rule changes. */
const char *pf_detector_ruleset(void);

/* The sink is borrowed until pf_detector_end. */
void pf_detector_begin(struct pf_detector *detector, const struct pf_finding_sink *sink);
uint8_t *pf_detector_room(struct pf_detector *detector, size_t *cap);  /* cap >= 1; valid until filled */
void pf_detector_filled(struct pf_detector *detector, size_t n);
void pf_detector_end(struct pf_detector *detector, struct pf_object_stats *stats);

/* Appends a name with every Luhn-valid number of a card's length and range in
 * it masked (first six, last four). True when something was masked. Used for
 * each path and member name before it may leave; independent of begin/end. */
bool pf_detector_mask_name(struct pf_detector *detector, const char *name, size_t len,
                           struct pf_buf *out);

/* Searches a name (a path's last part, a member name) as an object of its own:
 * findings get where = "name". Returns the number of findings pushed. */
uint64_t pf_detector_name(struct pf_detector *detector, const char *name, size_t len,
                          const struct pf_finding_sink *sink);

/* The fingerprint of a number that a person wrote down: 12 to 19 digits with blanks,
 * hyphens, dots, slashes or underscores among them. PF_E_USAGE: no card number. */
PF_MUST_CHECK enum pf_status pf_written_fingerprint(const uint8_t key[PF_KEY_BYTES], const char *text, size_t len,
                                                    char out[PF_FINGERPRINT_HEX + 1], struct pf_error *err);

/* Names the key without revealing it: 16 hex digits of a keyed hash of a constant. */
void pf_key_id(const uint8_t key[PF_KEY_BYTES], char out[17]);

#endif
