/* severity.h - how loud a finding is.
 * Layer: reports. Decides order, colour and what is dropped first when there
 * are more findings than a report lists. It decides no verdict: pan-judge does. */
#ifndef RPT_SEVERITY_H
#define RPT_SEVERITY_H

#include "pan-finder/finding/record.h"

/* Loudest first. */
enum rpt_rank {
    RPT_RANK_SAD,         /* must never be kept: track, verification code, PIN; or code that steals */
    RPT_RANK_CONFIRMED,   /* a usable card number, sure */
    RPT_RANK_PROBABLE,    /* the same, likely: a person has to look */
    RPT_RANK_OTHER,       /* truncated, tokens, ciphertext, ...: listed, needs an answer at most */
    RPT_RANK_POSSIBLE,    /* has the shape of a card number and nothing else in its favour */
    RPT_RANK_TEST,        /* a published test number */
    RPT_RANKS
};

/* `cls` and `confidence` as read from a record: -1 for a word this build does
 * not know, which counts as the loudest it could be short of certain. */
enum rpt_rank rpt_rank_of(int cls, int confidence, bool test_pan);

bool rpt_class_is_sad(int cls);

/* Stable word of a rank: "sad", "confirmed", ... */
const char *rpt_rank_name(enum rpt_rank rank);

#endif
