/* version.h - one version for the whole suite. Layer: base. */
#ifndef PF_BASE_VERSION_H
#define PF_BASE_VERSION_H

#define PF_SUITE "hihoji"
#define PF_VERSION "0.1.0"
#define PF_VERSION_DATE "2026-11-25"   /* of the manual pages */

#endif
