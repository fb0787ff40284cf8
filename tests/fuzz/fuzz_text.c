/* links: pan-finder/base  libs: -ljansson */
/* Any bytes become valid UTF-8 in each dress, without a control character for a
 * terminal; percent-encoding loses nothing; a written string reads back. */
#include "pan-finder/base/json.h"
#include "pan-finder/base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pf_buf tty = PF_BUF_INIT, pct = PF_BUF_INIT, back = PF_BUF_INIT, line = PF_BUF_INIT;
    const char *text = (const char *)data;
    struct pf_json *root = NULL;
    struct pf_jw w;

    pf_text_add_tty(&tty, text, size);
    must(pf_utf8_ok(tty.data, tty.len));
    for (size_t i = 0; i < tty.len; i++)
        must((uint8_t)tty.data[i] >= 0x20 && tty.data[i] != 0x7f);
    pf_text_add_pct(&pct, text, size);
    must(pf_utf8_ok(pct.data, pct.len));
    pf_text_unpct(&back, pct.data, pct.len);
    must(back.len == size && (size == 0 || memcmp(back.data, data, size) == 0));
    pf_jw_init(&w, &line);
    pf_jw_open(&w, '[');
    pf_jw_strn(&w, text, size);
    pf_jw_close(&w, ']');
    must(pf_json_parse(&root, line.data, line.len, NULL) == PF_OK);
    pf_json_free(root);
    pf_buf_release(&tty);
    pf_buf_release(&pct);
    pf_buf_release(&back);
    pf_buf_release(&line);
    return 0;
}
