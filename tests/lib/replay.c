/* replay.c - runs a fuzz target without a fuzzing engine: every file of the
 * folders given, and a fixed set of mutations of each, so that a bug found once
 * is looked for in every check. The same files give the same inputs.
 *   fuzz_NOUN FOLDER... */
#include "tests/lib/synth.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUTATIONS 40             /* of each file; `make fuzz` is for more */
#define SIZE_MAX_REPLAYED (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly `size` bytes: reading past it is seen by a sanitizer. */
static void run_copy(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);

    if (copy == NULL)
        exit(2);
    memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

/* Flips bits, cuts, or repeats a part, in place; returns the new size. */
static size_t mutate(struct synth *rng, uint8_t *data, size_t size, size_t cap)
{
    unsigned how = synth_below(rng, 4);
    size_t at = size > 0 ? synth_below(rng, (unsigned)size) : 0;

    if (how == 0)
        return at;
    if (how == 1 && 2 * size <= cap) {
        memmove(data + size, data + at, size - at);
        return size + (size - at);
    }
    for (unsigned n = 1 + synth_below(rng, 8); n > 0 && size > 0; n--)
        data[synth_below(rng, (unsigned)size)] = (uint8_t)synth_next(rng);
    return size;
}

static void replay_file(const char *path)
{
    static uint8_t data[SIZE_MAX_REPLAYED], work[2 * SIZE_MAX_REPLAYED];
    struct synth rng;
    FILE *f = fopen(path, "rb");
    size_t size;

    if (f == NULL) {
        perror(path);
        exit(2);
    }
    size = fread(data, 1, sizeof data, f);
    fclose(f);
    run_copy(data, size);
    synth_seed(&rng, size);
    for (unsigned i = 0; i < MUTATIONS; i++) {
        memcpy(work, data, size);
        run_copy(work, mutate(&rng, work, size, sizeof work));
    }
}

int main(int argc, char **argv)
{
    unsigned files = 0;

    for (int i = 1; i < argc; i++) {
        struct dirent **entry;
        int n = scandir(argv[i], &entry, NULL, alphasort);
        char path[4096];

        for (int k = 0; k < n; k++) {
            (void)snprintf(path, sizeof path, "%s/%s", argv[i], entry[k]->d_name);
            if (entry[k]->d_name[0] != '.') {
                replay_file(path);
                files++;
            }
            free(entry[k]);
        }
        if (n >= 0)
            free(entry);
    }
    if (files == 0) {
        fprintf(stderr, "%s: no corpus\n", argv[0]);
        return 2;
    }
    return 0;
}
