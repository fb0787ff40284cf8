/* rules.h - rules are rows: a header, and a query for what offends.
 * Layer: judge. A file of rules/ holds one or more rows:
 *
 *   -- id: D4
 *   -- order: 40
 *   -- kind: verdict             verdict, requirement, note or assumption
 *   -- result: N3                a status code; for a requirement a status; else left out
 *   -- requirement: 3.5.1        kind requirement only
 *   -- flags: expired            words, when it fires
 *   -- since: 2018-06-01         in force from this day of the edition on
 *   -- until: 2025-03-31         and before this one; both may be left out
 *   -- source: where it comes from
 *   -- en: what it says          {count} and {list} stand for the evidence
 *   -- ja: the same in Japanese
 *   SELECT location, channel, tbl, id, n FROM ...;
 *
 * The query is one statement that only reads. A row of it is one piece of
 * evidence: location.id or NULL, channel.id or NULL, the table and the row id
 * that show it, and how many it stands for. A rule fires when there is one. */
#ifndef REQ_JUDGE_RULES_H
#define REQ_JUDGE_RULES_H

#include "requirements/judge/data.h"
#include "requirements/judge/db.h"

#define REQ_EVIDENCE_MAX 20      /* pieces of evidence kept with a rule; the rest is counted */

/* A req_file_fn: reads one file into the table `rule`; ctx is the database.
 * PF_E_CORRUPT names file and line. */
PF_MUST_CHECK enum pf_status req_rules_load(void *ctx, const struct req_file *file,
                                            struct pf_error *err);

/* Runs every rule that is in force on the edition's day, in order, and fills
 * rule_result, rule_hit and rule_evidence. A requirement takes the first of
 * its rows that fires; the others are not asked. */
PF_MUST_CHECK enum pf_status req_rules_run(struct req_db *db, struct pf_error *err);

#endif
