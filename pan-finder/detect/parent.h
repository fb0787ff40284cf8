/* parent.h - the name of what a value is part of: "card" in {"card":{"number":"..."}}.
 * Layer: detect. Read in the bytes themselves, since what stands between a name and its
 * parent's can be longer than the context reads, and only where the value's own name says
 * that it is a number and not of what. */
#ifndef PF_DETECT_PARENT_H
#define PF_DETECT_PARENT_H

#include <stddef.h>
#include <stdint.h>

#define PF_PARENT_MAX 64      /* bytes of both names */
#define PF_PARENT_REACH 600   /* bytes read before the value */

/* The name of the value that begins at buf[at], made of its parent's and its own
 * ("card_number"), into name[0..return): JSON, escaped JSON, YAML, XML elements and
 * attributes, structures as Go, Java, Python and PHP print them, GraphQL, names in encoded
 * brackets, the collection in a path ("/cards/4111..."), and the number beside a "value":
 * {"tag":"5A","value":...}, <field id="2" value="..."/> in <isomsg>. 0: the value has another kind
 * of name, or no parent is found within reach. */
size_t pf_parent_name(const uint8_t *buf, size_t at, char name[PF_PARENT_MAX]);

#endif
