/* progress_line.c - see progress_line.h. */
#include "pan-finder/process/progress_line.h"
#include "pan-finder/base/buf.h"

#include <stdio.h>
#include <unistd.h>

static void add_bytes(struct pf_buf *out, double n)
{
    static const char *const unit[] = { "B", "kB", "MB", "GB", "TB" };
    size_t u = 0;

    while (n >= 1000 && u < 4) {
        n /= 1000;
        u++;
    }
    pf_buf_addf(out, u == 0 ? "%.0f %s" : "%.1f %s", n, unit[u]);
}

/* Only once the walk ahead has counted everything: a guess before that would
 * jump about. */
static void add_left(struct pf_buf *out, const struct pf_progress *p, double seconds, uint64_t root_bytes)
{
    uint64_t all = atomic_load(&p->walk_bytes);
    double left;

    if (!atomic_load(&p->walk_done) || root_bytes == 0 || seconds < 1)
        return;
    left = all > root_bytes ? (double)(all - root_bytes) * seconds / (double)root_bytes : 0;
    if (left >= 3600)
        pf_buf_addf(out, ", about %.0f h %.0f min left", left / 3600 - 0.5 < 0 ? 0 : left / 3600 - 0.5,
                    (left - 3600.0 * (double)(long)(left / 3600)) / 60);
    else if (left >= 60)
        pf_buf_addf(out, ", about %.0f min left", left / 60 + 0.5);
    else
        pf_buf_addf(out, ", about %.0f s left", left);
}

void pf_progress_line(const struct pf_progress *p, double seconds, unsigned jobs)
{
    struct pf_buf out = PF_BUF_INIT;
    uint64_t bytes = 0, root = 0;

    for (unsigned i = 0; i < jobs; i++) {
        bytes += atomic_load(&p->scanner[i].bytes);
        root += atomic_load(&p->scanner[i].root_bytes);
    }
    pf_buf_addf(&out, "\r\033[K%llu objects, ", (unsigned long long)atomic_load(&p->objects));
    add_bytes(&out, (double)bytes);
    pf_buf_addf(&out, ", %.2f GB/s, %llu findings, %llu gaps",
                seconds > 0 ? (double)bytes / seconds / 1e9 : 0.0,
                (unsigned long long)atomic_load(&p->findings), (unsigned long long)atomic_load(&p->gaps));
    add_left(&out, p, seconds, root);
    (void)!write(STDERR_FILENO, out.data, out.len);
    pf_buf_release(&out);
}

void pf_progress_line_clear(void)
{
    (void)!write(STDERR_FILENO, "\r\033[K", 4);
}
