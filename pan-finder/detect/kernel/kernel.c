/* kernel.c - the list of kernels and the choice among them. */
#include "pan-finder/detect/kernel/kernels.h"

#include <string.h>

const struct pf_kernel pf_kernels[] = {
#if defined(__x86_64__)
    { "avx512", pf_avx512_supported, pf_avx512_digitrun, pf_avx512_plain, pf_avx512_newlines,
      pf_avx512_marks },
    { "avx2", pf_avx2_supported, pf_avx2_digitrun, pf_portable_plain, pf_avx2_newlines,
      pf_stride_marks },
#endif
#if defined(PF_NEON)
    { "neon", pf_portable_supported, pf_neon_digitrun, pf_portable_plain, pf_neon_newlines,
      pf_stride_marks },
#endif
    { "stride", pf_portable_supported, pf_stride_digitrun, pf_portable_plain, pf_stride_newlines,
      pf_stride_marks },
    { "scalar", pf_portable_supported, pf_scalar_digitrun, pf_portable_plain, pf_scalar_newlines,
      pf_scalar_marks },
    { NULL, NULL, NULL, NULL, NULL, NULL },
};

bool pf_portable_supported(void)
{
    return true;
}

const struct pf_kernel *pf_kernel_pick(const char *name)
{
    bool best = name == NULL || strcmp(name, "auto") == 0;

    for (const struct pf_kernel *k = pf_kernels; k->name != NULL; k++)
        if ((best || strcmp(k->name, name) == 0) && k->supported())
            return k;
    return NULL;
}
