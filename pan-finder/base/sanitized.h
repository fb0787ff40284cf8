/* sanitized.h - is this a build under the address sanitizer? Layer: base.
 * Such a build maps terabytes and makes system calls of its own when it reports;
 * the cage must leave room for both. Never a product build. */
#ifndef PF_BASE_SANITIZED_H
#define PF_BASE_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define PF_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PF_SANITIZED 1
#endif
#endif
#ifndef PF_SANITIZED
#define PF_SANITIZED 0
#endif

#endif
