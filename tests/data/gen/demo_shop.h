/* demo_shop.h - what the parts of the demo shop's generator share. */
#ifndef TESTS_DATA_GEN_DEMO_SHOP_H
#define TESTS_DATA_GEN_DEMO_SHOP_H

#include "tests/lib/synth.h"

#include <stdio.h>

struct demo {
    const char *out;
    FILE *manifest;
    struct synth rng;
    size_t planted;
    char pan[SYNTH_PAN_MAX + 1];    /* the number planted last */
};

void demo_fail(const char *what) __attribute__((noreturn));

/* Opens OUT/path, making its folders; never NULL. Close with demo_close. */
FILE *demo_create(const struct demo *demo, const char *path);
void demo_close(FILE *f);

/* Writes UTF-8 text to OUT/path in another charset; UTF-16 gets a byte order mark. */
void demo_encoded(const struct demo *demo, const char *path, const char *charset, char *text, size_t len);

/* A new number, noted in the manifest as standing at path > inner. */
const char *demo_plant(struct demo *demo, const char *path, const char *inner, const char *class);

void demo_write_planted(struct demo *demo);      /* demo_planted.c */
void demo_write_clean(struct demo *demo);        /* demo_clean.c */

/* One line of a web server's log; `query` may be "". (demo_clean.c) */
void demo_log_line(struct demo *demo, FILE *f, unsigned second, const char *query);

#endif
