/* run_head.c - see run_head.h. */
#include "pan-finder/process/run_head.h"
#include "pan-finder/base/json.h"
#include "pan-finder/base/version.h"
#include "pan-finder/process/cage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

void pf_run_id(char out[PF_RUN_ID_LEN + 1])
{
    unsigned char r[16] = { 0 };
    size_t at = 0;

    (void)!getrandom(r, sizeof r, 0);
    r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
    r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
    for (size_t i = 0; i < sizeof r; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        at += (size_t)snprintf(out + at, PF_RUN_ID_LEN + 1 - at, "%02x", r[i]);
    }
}

static void add_masked(struct pf_jw *w, struct pf_detector *detector, const char *name)
{
    struct pf_buf masked = PF_BUF_INIT;

    (void)pf_detector_mask_name(detector, name, strlen(name), &masked);
    pf_jw_strn(w, masked.data == NULL ? "" : masked.data, masked.len);
    pf_buf_release(&masked);
}

static void add_roots(struct pf_jw *w, const struct pf_run_options *opt, struct pf_detector *detector)
{
    pf_jw_key(w, "roots");
    pf_jw_open(w, '[');
    for (size_t i = 0; i < opt->n_roots; i++)
        add_masked(w, detector, opt->roots[i]);
    pf_jw_close(w, ']');
    pf_jw_key(w, "roots_abs");
    pf_jw_open(w, '[');
    for (size_t i = 0; i < opt->n_roots; i++) {
        char *real = strcmp(opt->roots[i], "-") == 0 ? NULL : realpath(opt->roots[i], NULL);
        add_masked(w, detector, real != NULL ? real : opt->roots[i]);
        free(real);
    }
    pf_jw_close(w, ']');
}

static void add_cage(struct pf_jw *w)
{
    struct pf_cage_report cage = pf_cage_probe();

    pf_jw_key(w, "cage");
    pf_jw_open(w, '{');
    pf_jw_kbool(w, "seccomp", cage.seccomp);
    pf_jw_ku64(w, "landlock", (uint64_t)cage.landlock);
    pf_jw_key(w, "missing");
    pf_jw_open(w, '[');
    if (!cage.seccomp)
        pf_jw_str(w, "seccomp");
    if (cage.landlock == 0)
        pf_jw_str(w, "landlock");
    pf_jw_close(w, ']');
    pf_jw_close(w, '}');
}

static void add_limits(struct pf_jw *w, const struct pf_run_options *opt)
{
    pf_jw_key(w, "limits");
    pf_jw_open(w, '{');
    pf_jw_ku64(w, "max-depth", opt->depth_max);
    pf_jw_ku64(w, "expand-bytes", PF_EXPAND_MAX);
    pf_jw_ku64(w, "expand-ratio", PF_RATIO_MAX);
    pf_jw_ku64(w, "members", PF_MEMBERS_MAX);
    pf_jw_ku64(w, "nested-bytes", PF_SPOOL_MAX);
    pf_jw_ku64(w, "parser-timeout", opt->parser_seconds);
    pf_jw_kbool(w, "cross-mounts", opt->walk.cross_mounts);
    pf_jw_close(w, '}');
}

/* The classes that this build can find: the judge claims nothing about others. */
static void add_looks_for(struct pf_jw *w)
{
    static const enum pf_class looks_for[] = {
        PF_CLASS_PAN_CLEAR, PF_CLASS_PAN_ROUNDED, PF_CLASS_SAD_TRACK, PF_CLASS_SAD_CVC, PF_CLASS_SAD_PIN,
        PF_CLASS_PAN_TRUNC_OK, PF_CLASS_PAN_TRUNC_WIDE, PF_CLASS_PAN_HASH_UNKEYED, PF_CLASS_PAN_HASH_OPAQUE,
        PF_CLASS_PAN_ENC, PF_CLASS_TOKEN, PF_CLASS_TEST_PAN,
    };

    pf_jw_key(w, "looks_for");
    pf_jw_open(w, '[');
    for (size_t i = 0; i < sizeof looks_for / sizeof looks_for[0]; i++)
        pf_jw_str(w, pf_class_name(looks_for[i]));
    pf_jw_close(w, ']');
}

void pf_run_head(struct pf_buf *out, const struct pf_run_options *opt, const char *run_id,
                 struct pf_detector *detector)
{
    char host[256] = "", when[32], key_id[17];
    time_t now = time(NULL);
    struct tm tm;
    struct pf_jw w;

    (void)gethostname(host, sizeof host - 1);
    (void)gmtime_r(&now, &tm);
    (void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
    pf_key_id(opt->detector.key, key_id);
    pf_jw_init(&w, out);
    pf_jw_open(&w, '{');
    pf_jw_kstr(&w, "record", "run");
    pf_jw_ku64(&w, "schema", PF_SCHEMA_VERSION);
    pf_jw_kstr(&w, "run", run_id);
    pf_jw_kstr(&w, "tool", "pan-finder");
    pf_jw_kstr(&w, "version", PF_VERSION);
    pf_jw_kstr(&w, "ruleset", pf_detector_ruleset());
    pf_jw_kstr(&w, "started", when);
    pf_jw_kstr(&w, "host", host);
    add_roots(&w, opt, detector);
    pf_jw_kstr(&w, "key_id", key_id);
    pf_jw_kstr(&w, "kernel", pf_detector_kernel(detector));
    pf_jw_ku64(&w, "jobs", opt->jobs);
    add_cage(&w);
    add_limits(&w, opt);
    add_looks_for(&w);
    pf_jw_close(&w, '}');
    pf_buf_addc(out, '\n');
}
