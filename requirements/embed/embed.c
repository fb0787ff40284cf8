/* embed.c - build tool: makes C of the data files, so that the installed judge
 * needs no path. Usage: embed FILE... > data.c; names are kept as given, less
 * everything up to "requirements/". */
#include <stdio.h>
#include <string.h>

static long write_bytes(FILE *in, unsigned n)
{
    long len = 0;
    int c;

    printf("static const unsigned char f%u[] = {", n);
    while ((c = getc(in)) != EOF)
        printf("%s%d,", len++ % 24 == 0 ? "\n" : "", c);
    printf("\n0};\n");
    return ferror(in) ? -1 : len;
}

static const char *inner_name(const char *path)
{
    const char *at = strstr(path, "requirements/");

    return at == NULL ? path : at + strlen("requirements/");
}

int main(int argc, char **argv)
{
    printf("/* Made by requirements/embed/embed.c. */\n#include \"requirements/judge/data.h\"\n");
    for (int i = 1; i < argc; i++) {
        FILE *in = fopen(argv[i], "rb");

        if (in == NULL || write_bytes(in, (unsigned)i) < 0) {
            perror(argv[i]);
            return 1;
        }
        fclose(in);
    }
    printf("const struct req_file req_embedded[] = {\n");
    for (int i = 1; i < argc; i++)
        printf("{ \"%s\", (const char *)f%d, sizeof f%d - 1 },\n", inner_name(argv[i]), i, i);
    printf("};\nconst size_t req_embedded_count = sizeof req_embedded / sizeof req_embedded[0];\n");
    return fflush(stdout) != 0;
}
