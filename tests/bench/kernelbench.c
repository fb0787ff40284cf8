/* kernelbench.c - speed of each search kernel on six kinds of text.
 * Copies 64 MiB, a window of 256 KiB at a time, into one buffer that stays in the
 * second-level cache, as the scanner's read does, with and without searching it.
 * Prints the search's own GB/s and the whole as a multiple of the copy, then the
 * same of the marks alone and how many words in a hundred have one; medians of
 * five. Arguments, both optional: one kernel, one kind. */
#include "pan-finder/detect/candidate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIZE = 64 << 20, WINDOW = 256 << 10, ROUNDS = 5 };

static uint64_t seed = 1;

static unsigned rnd(unsigned below)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)((seed >> 33) % below);
}

static size_t put_log(char *out, size_t cap)
{
    static const char *const page[] = { "/", "/cart", "/item/48213?ref=top", "/static/app.9f3c1d.js", "/api/v2/orders/771203" };

    return (size_t)snprintf(out, cap,
        "%u.%u.%u.%u - - [%02u/Mar/2024:%02u:%02u:%02u +0900] \"GET %s HTTP/1.1\" %u %u %s "
        "\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/%u.0.%u.%u Safari/537.36\"\n",
        rnd(223) + 1, rnd(256), rnd(256), rnd(256), rnd(31) + 1, rnd(24), rnd(60), rnd(60), page[rnd(5)],
        rnd(9) ? 200u : 404u, rnd(100000), rnd(3) ? "\"-\"" : "\"https://shop.example/item/3\"",
        100 + rnd(30), rnd(7000), rnd(200));
}

static size_t put_dense(char *out, size_t cap)
{
    return (size_t)snprintf(out, cap, "%08u%08u,%07u%08u,2024-%02u-%02uT%02u:%02u:%02u\n",
                            rnd(100000000), rnd(100000000), rnd(10000000), rnd(100000000),
                            rnd(12) + 1, rnd(28) + 1, rnd(24), rnd(60), rnd(60));
}

static size_t put_columns(char *out, size_t cap)
{
    return (size_t)snprintf(out, cap, "%08u%08u\t%07u%08u\t%u\t%u\n", rnd(100000000), rnd(100000000),
                            rnd(10000000), rnd(100000000), 1700000000 + rnd(90000000), rnd(1000));
}

static size_t put_prose(char *out, size_t cap)
{
    static const char *const word[] = { "the", "order", "was", "sent", "on", "Monday", "and", "arrived", "two", "days", "later,", "which", "is", "usual." };

    return (size_t)snprintf(out, cap, "%s%c", word[rnd(14)], rnd(12) ? ' ' : '\n');
}

static size_t put_japanese(char *out, size_t cap)
{
    static const char *const word[] = { "ご注文", "ありがとう", "ございます。", "カード", "番号は", "保存", "しません（", "３月", "１２日）", "、", "東京都", "株式会社" };

    return (size_t)snprintf(out, cap, "%s%s", word[rnd(12)], rnd(20) ? "" : "\n");
}

static void fill_with(uint8_t *text, size_t (*put)(char *, size_t))
{
    char line[400];

    for (size_t n = 0, k; n < SIZE; n += k) {
        k = put(line, sizeof line);
        memcpy(text + n, line, n + k < SIZE ? k : SIZE - n);
    }
}

static size_t put_utf16(char *out, size_t cap)
{
    char line[200];
    size_t n = put_log(line, sizeof line);

    n = n < sizeof line ? n : sizeof line - 1;
    for (size_t i = 0; i < n && 2 * i + 1 < cap; i++) {
        out[2 * i] = line[i];
        out[2 * i + 1] = '\0';
    }
    return 2 * n;
}

static size_t put_random(char *out, size_t cap)
{
    (void)cap;
    for (size_t i = 0; i < 256; i++)
        out[i] = (char)rnd(256);
    return 256;
}

static void ignore(void *ctx, const struct pf_candidate *candidate)
{
    (void)candidate;
    ++*(size_t *)ctx;
}

/* of this process: the machine may be shared */
static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* One pass; with kernel NULL the copy alone. */
static double pass(const struct pf_kernel *kernel, const uint8_t *text, size_t *found)
{
    static uint8_t window[WINDOW];
    struct pf_shape_count count = { 0 };
    double start = seconds();

    for (size_t at = 0; at < SIZE; at += WINDOW) {
        memcpy(window, text + at, WINDOW);
        __asm__ volatile("" : : "r"(window) : "memory");
        if (kernel != NULL)
            pf_candidates(kernel, window, WINDOW, 0, WINDOW, false, false, &count, ignore, found);
    }
    return seconds() - start;
}

/* The same with the marks. */
static double marks_pass(const struct pf_kernel *kernel, const uint8_t *text, size_t *found)
{
    static uint8_t window[WINDOW];
    static uint16_t marks[WINDOW / PF_MARK_WORD];
    double start = seconds(), spent;
    size_t n = 0;

    for (size_t at = 0; at < SIZE; at += WINDOW) {
        memcpy(window, text + at, WINDOW);
        __asm__ volatile("" : : "r"(window) : "memory");
        kernel->marks(window, WINDOW, marks);
        __asm__ volatile("" : : "r"(marks) : "memory");
    }
    spent = seconds() - start;
    for (size_t i = 0; i < WINDOW / PF_MARK_WORD; i++)
        n += marks[i] != 0;
    *found = n;
    return spent;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void bench(const char *kind, const struct pf_kernel *kernel, const uint8_t *text)
{
    double copy[ROUNDS], whole[ROUNDS], marks[ROUNDS], search;
    size_t found = 0, marked = 0;

    for (int r = 0; r < ROUNDS; r++) {
        copy[r] = pass(NULL, text, NULL);
        found = 0;
        whole[r] = pass(kernel, text, &found);
        marks[r] = strcmp(kernel->name, "scalar") != 0 ? marks_pass(kernel, text, &marked) : 0;
    }
    qsort(copy, ROUNDS, sizeof copy[0], by_value);
    qsort(whole, ROUNDS, sizeof whole[0], by_value);
    qsort(marks, ROUNDS, sizeof marks[0], by_value);
    search = whole[ROUNDS / 2] - copy[ROUNDS / 2];
    printf("%-10s %-8s %7.2f GB/s %6.2f x memcpy (%5.2f GB/s) %9zu numbers\n", kind, kernel->name,
           SIZE / search * 1e-9, whole[ROUNDS / 2] / copy[ROUNDS / 2], SIZE / copy[ROUNDS / 2] * 1e-9, found);
    if (marks[ROUNDS / 2] > 0)
        printf("%-10s %-8s %7.2f GB/s %6.2f x memcpy, marks; %.1f %% of words\n", kind, kernel->name,
               SIZE / (marks[ROUNDS / 2] - copy[ROUNDS / 2]) * 1e-9, marks[ROUNDS / 2] / copy[ROUNDS / 2],
               (double)marked * 100 / (WINDOW / PF_MARK_WORD));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const struct { const char *name; size_t (*put)(char *, size_t); } kind[] = {
        { "log", put_log }, { "random", put_random }, { "dense-csv", put_dense }, { "dense-tsv", put_columns },
        { "prose", put_prose }, { "japanese", put_japanese }, { "utf16-log", put_utf16 },
    };
    uint8_t *text = malloc(SIZE);

    if (text == NULL)
        return 2;
    for (size_t i = 0; i < sizeof kind / sizeof kind[0]; i++) {
        if (argc > 2 && strcmp(argv[2], kind[i].name) != 0)
            continue;
        fill_with(text, kind[i].put);
        for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++)
            if (k->supported() && (argc < 2 || strcmp(argv[1], k->name) == 0 || strcmp(argv[1], "all") == 0))
                bench(kind[i].name, k, text);
    }
    free(text);
    return 0;
}
