/* links: pan-finder/base  libs: -ljansson */
/* A document that is read can be written, and reads back as the same text. */
#include "pan-finder/base/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pf_json *first = NULL, *second = NULL;
    struct pf_buf once = PF_BUF_INIT, twice = PF_BUF_INIT;
    struct pf_error err = { "" };

    if (pf_json_parse(&first, (const char *)data, size, &err) != PF_OK) {
        if (err.text[0] == '\0')
            abort();
        return 0;
    }
    pf_json_dump(first, &once);
    if (pf_json_parse(&second, once.data, once.len, &err) != PF_OK)
        abort();
    pf_json_dump(second, &twice);
    if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
        abort();
    pf_json_free(first);
    pf_json_free(second);
    pf_buf_release(&once);
    pf_buf_release(&twice);
    return 0;
}
