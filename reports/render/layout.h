/* layout.h - lines of text for a terminal: columns, wrapping, colour.
 * Layer: reports. Columns are those of a terminal: kanji, kana and full-width
 * forms take two. Scanned bytes go through rpt_layout_name alone. */
#ifndef RPT_LAYOUT_H
#define RPT_LAYOUT_H

#include "reports/i18n.h"
#include "reports/model/label.h"

#define RPT_COLUMNS 100

enum rpt_style { RPT_PLAIN, RPT_BOLD, RPT_DIM, RPT_RED, RPT_AMBER, RPT_GREEN };

/* Columns that well-formed UTF-8 takes. */
size_t rpt_columns(const char *text, size_t len);

/* Appends `text` wrapped to RPT_COLUMNS: the first line starts after `first`
 * columns that are already there, the others are indented by `indent`. Ends
 * with a newline. Japanese breaks between characters, never before a closing
 * bracket or full stop. */
void rpt_wrap(struct pf_buf *out, const char *text, size_t first, size_t indent);

/* A name of the file system with nothing in it that a terminal acts on. */
void rpt_layout_name(struct pf_buf *out, const struct rpt_label *label);

void rpt_pad(struct pf_buf *out, size_t columns);     /* spaces */
void rpt_style(struct pf_buf *out, bool colour, enum rpt_style style);   /* RPT_PLAIN ends a style */

#endif
