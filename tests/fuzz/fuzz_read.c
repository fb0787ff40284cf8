/* links: pan-finder/base pan-finder/finding  libs: -ljansson */
/* A record that is read never shows more of a number than it may, and an
 * object, finding or gap that is written again reads back as the same line. */
#include "pan-finder/finding/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool write_again(struct pf_buf *out, const struct pf_record *rec)
{
    switch (rec->kind) {
    case PF_RECORD_FINDING: pf_record_finding(out, &rec->at, &rec->finding); return true;
    case PF_RECORD_OBJECT: pf_record_object(out, &rec->at, &rec->object); return true;
    case PF_RECORD_GAP: pf_record_gap(out, &rec->at, &rec->gap); return true;
    default: return false;
    }
}

static void check_number(const char *pan)
{
    size_t shown = 0;

    for (const char *at = pan; *at != '\0'; at++)
        shown += *at != '*';
    if (shown > 10 || strlen(pan) > PF_PAN_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pf_buf once = PF_BUF_INIT, twice = PF_BUF_INIT;
    struct pf_record rec;
    struct pf_error err = { "" };

    if (pf_record_parse(&rec, (const char *)data, size, &err) != PF_OK) {
        if (err.text[0] == '\0' || rec.json != NULL)
            abort();
        return 0;
    }
    if (rec.kind == PF_RECORD_FINDING)
        check_number(rec.finding.pan.text);
    if (write_again(&once, &rec)) {
        struct pf_record again;

        if (pf_record_parse(&again, once.data, once.len, &err) != PF_OK || !write_again(&twice, &again) ||
            once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
            abort();
        pf_record_release(&again);
    }
    pf_record_release(&rec);
    pf_buf_release(&once);
    pf_buf_release(&twice);
    return 0;
}
