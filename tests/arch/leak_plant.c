/* leak_plant.c - writes card numbers where and how they could stand.
 *   leak-plant tree DIR LIST SEED     files in every dress, names that are numbers
 *   leak-plant proof DIR LIST SEED    one file per form that leak-grep must see
 * LIST gets the numbers, one a line, in clear: it stays outside of what is searched. */
#include "tests/lib/synth.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *dir;
static FILE *list;
static struct synth rng;

static void die(const char *what)
{
    fprintf(stderr, "leak-plant: %s: %s\n", what, strerror(errno));
    exit(2);
}

static FILE *create(const char *name)
{
    char path[4096];
    FILE *f;

    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    f = fopen(path, "wb");
    if (f == NULL)
        die(path);
    return f;
}

static void finish(FILE *f)
{
    if (ferror(f) || fclose(f) != 0)
        die("write");
}

/* A new number, written to the list. The buffer is good until the next call. */
static const char *number(enum synth_brand brand)
{
    static char pan[SYNTH_PAN_MAX + 1];

    synth_pan(&rng, brand, pan);
    fprintf(list, "%s\n", pan);
    return pan;
}

/* ---- digits in a dress: writes the number and nothing else ---- */

typedef void dress_fn(FILE *f, const char *pan);

static void plain(FILE *f, const char *pan)
{
    fputs(pan, f);
}

static void separated(FILE *f, const char *pan, const char *separator)
{
    for (size_t i = 0; pan[i] != '\0'; i++)
        fprintf(f, "%s%c", i > 0 && i % 4 == 0 ? separator : "", pan[i]);
}

static void spaced(FILE *f, const char *pan) { separated(f, pan, " "); }
static void hyphened(FILE *f, const char *pan) { separated(f, pan, "-"); }
static void dotted(FILE *f, const char *pan) { separated(f, pan, "."); }
static void no_break(FILE *f, const char *pan) { separated(f, pan, "\xc2\xa0"); }

/* Each digit as `lead` and a byte that counts on from `zero`. */
static void full_width(FILE *f, const char *pan, const char *lead, int zero)
{
    for (; *pan != '\0'; pan++) {
        fputs(lead, f);
        fputc(zero + (*pan - '0'), f);
    }
}

static void utf16le(FILE *f, const char *pan)
{
    for (; *pan != '\0'; pan++)
        fwrite((const char[2]){ *pan, 0 }, 1, 2, f);
}

static void utf16be(FILE *f, const char *pan)
{
    for (; *pan != '\0'; pan++)
        fwrite((const char[2]){ 0, *pan }, 1, 2, f);
}

static void full_utf8(FILE *f, const char *pan) { full_width(f, pan, "\xef\xbc", 0x90); }
static void full_sjis(FILE *f, const char *pan) { full_width(f, pan, "\x82", 0x4f); }
static void full_eucjp(FILE *f, const char *pan) { full_width(f, pan, "\xa3", 0xb0); }

static void hex(FILE *f, const char *pan)
{
    for (; *pan != '\0'; pan++)
        fprintf(f, "%02x", (unsigned)*pan);
}

static void packed(FILE *f, const char *pan)
{
    for (; pan[0] != '\0' && pan[1] != '\0'; pan += 2)
        fputc((pan[0] - '0') << 4 | (pan[1] - '0'), f);
}

static void integer(FILE *f, const char *pan)
{
    unsigned long long v = strtoull(pan, NULL, 10);

    for (int shift = 56; shift >= 0; shift -= 8)
        fputc((int)(v >> shift & 0xff), f);
}

static void base64(FILE *f, const char *pan)
{
    static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[64];
    size_t n = (size_t)snprintf(text, sizeof text, "n=%s&x=..", pan) / 3 * 3;

    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)(text[i] << 16 | text[i + 1] << 8 | text[i + 2]);
        fprintf(f, "%c%c%c%c", letter[v >> 18 & 63], letter[v >> 12 & 63], letter[v >> 6 & 63], letter[v & 63]);
    }
}

static const struct { const char *name; dress_fn *dress; } dresses[] = {
    { "plain", plain },         { "spaced", spaced },         { "hyphened", hyphened },
    { "dotted", dotted },       { "no-break", no_break },     { "utf16le", utf16le },
    { "utf16be", utf16be },     { "full-utf8", full_utf8 },   { "full-sjis", full_sjis },
    { "full-eucjp", full_eucjp },
    /* the last ones are forms of a leak only: no finder is asked to see them yet */
    { "hex", hex },             { "base64", base64 },         { "packed", packed },
    { "integer", integer },
};

static void write_proofs(void)
{
    for (size_t i = 0; i < sizeof dresses / sizeof dresses[0]; i++) {
        FILE *f = create(dresses[i].name);
        fputs("before ", f);
        dresses[i].dress(f, number(SYNTH_VISA));
        fputs(" after\n", f);
        finish(f);
    }
}

static void write_dressed(void)
{
    char name[64];

    for (size_t i = 0; i < sizeof dresses / sizeof dresses[0]; i++) {
        FILE *f;

        (void)snprintf(name, sizeof name, "%s.txt", dresses[i].name);
        f = create(name);
        for (unsigned brand = 0; brand < SYNTH_BRANDS; brand++) {
            fputs("card_no=", f);
            dresses[i].dress(f, number(brand));
            fputs("\n", f);
        }
        finish(f);
    }
}

static void write_tracks(void)
{
    FILE *f = create("tracks.log");

    fprintf(f, ";%s=28112010000000000?\n", number(SYNTH_VISA));
    fprintf(f, "%%B%s^SATO/TARO^28112010000000000000?\n", number(SYNTH_MASTERCARD));
    finish(f);
}

static void write_broken(void)
{
    FILE *f = create("broken.json");

    fprintf(f, "{\"card\": %s, \"card\": %s\n", number(SYNTH_VISA), number(SYNTH_JCB));
    finish(f);
    f = create("broken-text.txt");
    fprintf(f, "\xff\xfe\xff%s\xc3%s\xe5\x80", number(SYNTH_VISA), number(SYNTH_AMEX));
    finish(f);
    f = create("scope-value.yaml");
    fprintf(f, "entity:\n  name: \"%s\"\nlocations:\n  - id: %s\n    path: /%s\n", number(SYNTH_VISA),
            number(SYNTH_VISA), number(SYNTH_JCB));
    finish(f);
    f = create("scope-key.yaml");
    fprintf(f, "%s: true\n", number(SYNTH_VISA));
    finish(f);
    f = create("scope-broken.yaml");
    fprintf(f, "entity: [%s\n  - : %s\n", number(SYNTH_VISA), number(SYNTH_MASTERCARD));
    finish(f);
    f = create("not-records.jsonl");
    fprintf(f, "{\"record\":\"finding\",\"pan\":%s}\n%s\n{\"record\":\"%s\"}\n", number(SYNTH_VISA), number(SYNTH_VISA),
            number(SYNTH_VISA));
    finish(f);
}

/* Names: plain, separated, full-width, with a line break, of a folder, a link and a FIFO. */
static void write_names(void)
{
    char name[256], path[4096];
    const char *pan;
    size_t n;

    (void)snprintf(name, sizeof name, "%s.csv", number(SYNTH_VISA));
    finish(create(name));
    pan = number(SYNTH_MASTERCARD);
    (void)snprintf(name, sizeof name, "slip %.4s-%.4s-%.4s-%s.txt", pan, pan + 4, pan + 8, pan + 12);
    finish(create(name));
    (void)snprintf(name, sizeof name, "line\nbreak %s \x1b[31m\xff", number(SYNTH_VISA));
    finish(create(name));
    for (pan = number(SYNTH_JCB), n = 0; *pan != '\0'; pan++)
        n += (size_t)snprintf(name + n, sizeof name - n, "\xef\xbc%c", 0x90 + (*pan - '0'));
    finish(create(name));
    (void)snprintf(path, sizeof path, "%s/%s", dir, number(SYNTH_AMEX));
    if (mkdir(path, 0777) != 0)
        die(path);
    (void)snprintf(name, sizeof name, "%s/%s", strrchr(path, '/') + 1, number(SYNTH_JCB));
    finish(create(name));
    (void)snprintf(path, sizeof path, "%s/fifo-%s", dir, number(SYNTH_VISA));
    if (mkfifo(path, 0666) != 0)
        die(path);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: leak-plant tree|proof DIR LIST SEED\n");
        return 2;
    }
    dir = argv[2];
    list = fopen(argv[3], "a");
    if (list == NULL || (mkdir(dir, 0777) != 0 && errno != EEXIST))
        die(argv[3]);
    synth_seed(&rng, strtoull(argv[4], NULL, 10));
    if (strcmp(argv[1], "proof") == 0) {
        write_proofs();
    } else {
        write_dressed();
        write_tracks();
        write_broken();
        write_names();
    }
    finish(list);
    return 0;
}
