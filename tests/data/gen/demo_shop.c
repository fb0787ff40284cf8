/* demo_shop.c - the plain files of the demo shop: an EC shop's tree with card
 * numbers where shops leave them, and much that only looks like them.
 *   demo-shop OUT SEED
 * writes OUT/shop (the tree), OUT/pack (what demo-shop.sh puts into containers)
 * and OUT/MANIFEST.tsv: path, inner path, class and masked number of each number
 * planted. The same seed gives the same bytes; only the salts of the locked
 * archives differ. */
#include "tests/data/gen/demo_shop.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void demo_fail(const char *what)
{
    fprintf(stderr, "demo-shop: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* Makes the folders above `path`. */
static void make_parents(const char *path)
{
    char *copy = strdup(path);

    if (copy == NULL)
        demo_fail("memory");
    for (char *at = strchr(copy + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            demo_fail(copy);
        *at = '/';
    }
    free(copy);
}

FILE *demo_create(const struct demo *demo, const char *path)
{
    char full[4096];
    FILE *f;

    (void)snprintf(full, sizeof full, "%s/%s", demo->out, path);
    make_parents(full);
    f = fopen(full, "wb");
    if (f == NULL)
        demo_fail(full);
    return f;
}

void demo_close(FILE *f)
{
    if (ferror(f) || fclose(f) != 0)
        demo_fail("write");
}

void demo_encoded(const struct demo *demo, const char *path, const char *charset, char *text, size_t len)
{
    iconv_t cd = iconv_open(charset, "UTF-8");
    size_t room = 2 * len + 16;
    char *bytes = malloc(room), *out = bytes;
    FILE *f = demo_create(demo, path);

    if (cd == (iconv_t)-1 || bytes == NULL || iconv(cd, &text, &len, &out, &room) == (size_t)-1)
        demo_fail(charset);
    if (strcmp(charset, "UTF-16LE") == 0)
        fwrite("\xff\xfe", 1, 2, f);
    fwrite(bytes, 1, (size_t)(out - bytes), f);
    demo_close(f);
    free(bytes);
    iconv_close(cd);
}

const char *demo_plant(struct demo *demo, const char *path, const char *inner, const char *class)
{
    static const enum synth_brand mix[] = { SYNTH_VISA, SYNTH_MASTERCARD, SYNTH_JCB, SYNTH_VISA, SYNTH_AMEX };
    char masked[SYNTH_PAN_MAX + 1];

    synth_pan(&demo->rng, mix[demo->planted++ % (sizeof mix / sizeof mix[0])], demo->pan);
    synth_mask(demo->pan, masked);
    fprintf(demo->manifest, "%s\t%s\t%s\t%s\n", path, inner, class, masked);
    return demo->pan;
}

int main(int argc, char **argv)
{
    struct demo demo = { .planted = 0 };

    if (argc != 3) {
        fprintf(stderr, "usage: demo-shop OUT SEED\n");
        return 2;
    }
    demo.out = argv[1];
    synth_seed(&demo.rng, strtoull(argv[2], NULL, 10));
    demo.manifest = demo_create(&demo, "MANIFEST.tsv");
    fprintf(demo.manifest, "# path\tinner\tclass or gap\tmasked number or reason\n");
    demo_write_planted(&demo);
    demo_write_clean(&demo);
    demo_close(demo.manifest);
    return 0;
}
