/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "tests/lib/look_halves.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    look_halves(pf_find_emv, data, size);
    return 0;
}
