/* code.c - the status codes as a table; see requirements/include/verdict.h. */
#include "requirements/include/verdict.h"

#include <string.h>

static const struct {
    const char *id, *name;
    int rank, status;
} codes[] = {
#define REQ_CODE(id, name, rank, status) { #id, name, rank, status },
#include "requirements/include/code.def"
#undef REQ_CODE
};

const char *req_code_id(enum req_code code) { return codes[code].id; }
const char *req_code_name(enum req_code code) { return codes[code].name; }
int req_code_rank(enum req_code code) { return codes[code].rank; }
int req_code_exit(enum req_code code) { return codes[code].status; }
bool req_code_positive(enum req_code code) { return code == REQ_N1 || code == REQ_N2; }

int req_code_from(const char *id)
{
    for (int i = 0; i < REQ_CODE_COUNT; i++)
        if (strcmp(codes[i].id, id) == 0)
            return i;
    return -1;
}
