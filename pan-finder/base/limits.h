/* limits.h - every bound of the suite on one page.
 * Layer: base. An auditor asks "what do you not look at?"; this page answers.
 * Each line says what happens when the bound is reached. */
#ifndef PF_BASE_LIMITS_H
#define PF_BASE_LIMITS_H

/* Card numbers */
#define PF_PAN_MIN            12      /* ISO/IEC 7812-1: shorter digit runs are no candidates     */
#define PF_PAN_MAX            19      /* ISO/IEC 7812-1: longer unbroken runs are no candidates    */

/* Windows: a candidate is judged once, in the window that holds it whole */
#define PF_CHUNK_SIZE         (256 * 1024)  /* bytes fetched per read; fits the second-level cache */
#define PF_LOOKBEHIND         2048    /* bytes kept from the window before: context and boundary   */
#define PF_LOOKAHEAD          2048    /* bytes wanted after a candidate's first digit              */

/* Objects */
#define PF_PATH_MAX           (64 * 1024)   /* bytes of a path; longer: gap "limit"                */
#define PF_INNER_MAX          (1024 * 1024) /* bytes of one member name; longer: cut, flagged      */
#define PF_DEPTH_MAX          16      /* containers inside containers; deeper: gap "limit"         */
#define PF_DIR_OPEN_MAX       64      /* directory descriptors held open; deeper ones are reopened */
#define PF_LINK_SET_MAX       (1u << 20) /* hard-linked files remembered; beyond: may be read twice */

/* Budgets of one root object (a file of the file system), shared by all in it */
#define PF_EXPAND_MAX         (64ULL << 30) /* decoded bytes; beyond: gap "limit"                  */
#define PF_RATIO_MAX          2000    /* decoded : stored, once PF_RATIO_FLOOR was decoded: gap    */
#define PF_RATIO_FLOOR        (64ULL << 20) /* decoded bytes before the ratio is looked at         */
#define PF_MEMBERS_MAX        1000000 /* members of one archive; beyond: gap "limit"               */
#define PF_SPOOL_MAX          (256ULL << 20) /* nested container kept in memory; larger: gap "limit" */
#define PF_EMBEDDED_MAX       256     /* encoded containers (base64, ...) of one object opened; beyond: gap "limit" */
#define PF_PARSER_REUSE       1000    /* objects one parser process reads before it is replaced    */

/* Memory a process may map; a parser that wants more gets none: gap "limit" */
#define PF_SCANNER_MEMORY     (512ULL << 20)
#define PF_PARSER_MEMORY      (512ULL << 20)

/* Findings of one object */
#define PF_OBJECT_FINDINGS    65536   /* distinct numbers held for the share test; beyond: judged on those so far */
#define PF_POSSIBLE_LISTED    100     /* "possible" findings listed one by one; beyond: counted    */
#define PF_ELEMENTS_LISTED    100     /* codes, PIN blocks, truncated and hidden numbers of a class; beyond: counted */
#define PF_LAYERS_MAX         4       /* encodings inside encodings (base64, hex, ...); deeper: gap "limit" */

/* Records */
#define PF_RECORD_MAX         (4 * 1024 * 1024) /* bytes of one record line; longer: usage error   */

#endif
