/* kernels.h - the functions of each kernel, for kernel.c alone.
 * Layer: detect. Contracts in kernel.h. */
#ifndef PF_DETECT_KERNELS_H
#define PF_DETECT_KERNELS_H

#include "pan-finder/detect/kernel/kernel.h"

#if defined(__x86_64__)
bool pf_avx512_supported(void);
pf_digitrun_fn pf_avx512_digitrun;
pf_plain_fn pf_avx512_plain;
pf_newlines_fn pf_avx512_newlines;
pf_marks_fn pf_avx512_marks;

bool pf_avx2_supported(void);
pf_digitrun_fn pf_avx2_digitrun;
pf_newlines_fn pf_avx2_newlines;
#endif

#if defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define PF_NEON 1                      /* every such CPU has it */
pf_digitrun_fn pf_neon_digitrun;
pf_newlines_fn pf_neon_newlines;
#endif

bool pf_portable_supported(void);      /* true */
pf_digitrun_fn pf_stride_digitrun;
pf_newlines_fn pf_stride_newlines;
pf_marks_fn pf_stride_marks;        /* of avx2 and neon as well */
pf_digitrun_fn pf_scalar_digitrun;
pf_newlines_fn pf_scalar_newlines;

#endif
