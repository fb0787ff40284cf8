/* out.c - see out.h. */
#include "reports/render/out.h"

#define FLUSH_AT 65536

void rpt_out_init(struct rpt_out *out, FILE *file)
{
    *out = (struct rpt_out){ .file = file };
}

static void write_all(struct rpt_out *out)
{
    if (out->buf.len > 0 && fwrite(out->buf.data, 1, out->buf.len, out->file) != out->buf.len)
        out->failed = true;
    out->buf.len = 0;
}

void rpt_out_flush(struct rpt_out *out)
{
    if (out->buf.len >= FLUSH_AT)
        write_all(out);
}

enum pf_status rpt_out_finish(struct rpt_out *out, struct pf_error *err)
{
    bool no_memory = pf_buf_failed(&out->buf);

    write_all(out);
    pf_buf_release(&out->buf);
    if (no_memory)
        return pf_fail(err, PF_E_NOMEM, "out of memory");
    if (fflush(out->file) != 0 || out->failed)
        return pf_fail(err, PF_E_IO, "the report could not be written");
    return PF_OK;
}
