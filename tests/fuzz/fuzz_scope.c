/* links: requirements/judge pan-finder/base pan-finder/finding pan-finder/pattern  libs: -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8 */
/* A scope file is read, or refused with a line and a column and without a word
 * of what it holds. */
#include "requirements/judge/scope.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct req_scope *scope = NULL;
    struct req_marks marks;
    struct pf_error err = { "" };
    enum pf_status s = req_scope_parse(&scope, &marks, (const char *)data, size, &err);

    if (s == PF_OK) {
        req_scope_free(scope);
        req_marks_release(&marks);
    } else if (strncmp(err.text, "line ", 5) != 0 || strstr(err.text, "SECRET") != NULL) {
        abort();
    }
    return 0;
}
