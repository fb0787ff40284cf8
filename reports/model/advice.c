/* advice.c - see advice.h. */
#include "reports/model/advice.h"

#include <string.h>

enum sort { LOG, BACKUP, EXPORT, MAIL, DATABASE, CODE, DOCUMENT, OTHER, SORTS };

static const char *const sort_name[SORTS] = {
    "log", "backup", "export", "mail", "database", "code", "document", "other",
};

/* Looked for in the names, without case; the first row that fits decides. Our
 * own list (2026-11), of names that web shops and their hosts use. */
static const struct { const char *part; enum sort sort; } sort_table[] = {
    { "backup", BACKUP }, { ".bak", BACKUP }, { ".tar", BACKUP }, { ".tgz", BACKUP },
    { ".7z", BACKUP }, { "snapshot", BACKUP }, { ".sql", BACKUP }, { ".dump", BACKUP },
    { ".log", LOG }, { "_log", LOG }, { "/log/", LOG }, { "/logs/", LOG }, { "syslog", LOG },
    { ".journal", LOG },
    { ".csv", EXPORT }, { ".tsv", EXPORT }, { ".xls", EXPORT }, { ".ods", EXPORT },
    { ".eml", MAIL }, { ".mbox", MAIL }, { ".pst", MAIL }, { "maildir", MAIL }, { "/mail/", MAIL },
    { ".sqlite", DATABASE }, { ".db", DATABASE }, { ".ibd", DATABASE }, { ".mdb", DATABASE },
    { "/mysql/", DATABASE }, { "/postgresql/", DATABASE },
    { ".php", CODE }, { ".js", CODE }, { ".py", CODE }, { ".rb", CODE }, { ".java", CODE },
    { ".htm", CODE }, { ".conf", CODE }, { ".env", CODE }, { ".yml", CODE }, { ".yaml", CODE },
    { ".ini", CODE }, { ".sh", CODE },
    { ".pdf", DOCUMENT }, { ".doc", DOCUMENT }, { ".odt", DOCUMENT }, { ".ppt", DOCUMENT },
};

static bool holds(const struct pf_name *name, const char *part)
{
    size_t n = strlen(part);

    for (size_t i = 0; i + n <= name->len; i++)
        if (strncasecmp(name->text + i, part, n) == 0)
            return true;
    return false;
}

static enum sort sort_of_name(const struct pf_name *name)
{
    for (size_t i = 0; i < sizeof sort_table / sizeof sort_table[0]; i++)
        if (holds(name, sort_table[i].part))
            return sort_table[i].sort;
    return OTHER;
}

/* A log inside a backup is cured by replacing the backup, so the outside counts first. */
static enum sort sort_of(const struct rpt_label *label)
{
    enum sort outer = sort_of_name(&label->name[0]);

    if (outer == BACKUP || label->depth == 1)
        return outer;
    return sort_of_name(&label->name[label->depth - 1]);
}

const char *rpt_place_sort(const struct rpt_label *label)
{
    return sort_name[sort_of(label)];
}

struct list { struct rpt_advice *out; size_t n; };

static void add(struct list *l, enum rpt_msg title, enum rpt_msg body, uint64_t n,
                enum rpt_link link, uint32_t place)
{
    if (l->n < RPT_ADVICE_MAX)
        l->out[l->n++] = (struct rpt_advice){ title, body, n, link, place };
}

static bool flagged(const struct rpt_model *m, const char *flag)
{
    const struct pf_json *flags = pf_json_get(rpt_model_entity(m), "flags");

    for (size_t i = 0; i < pf_json_len(flags); i++) {
        const char *have = pf_json_text(pf_json_at(flags, i));
        if (have != NULL && strcmp(have, flag) == 0)
            return true;
    }
    return false;
}

/* Places that hold a number for certain or likely, by sort of place. */
static void advise_places(const struct rpt_model *m, struct list *l)
{
    uint64_t n[SORTS] = { 0 };
    uint32_t first[SORTS] = { 0 };
    size_t loud = rpt_model_places_to(m, RPT_RANK_PROBABLE);

    for (size_t i = 0; i < loud; i++) {
        enum sort sort = sort_of(&m->places.place[m->place_order[i]].label);
        if (n[sort]++ == 0)
            first[sort] = m->place_order[i];
    }
    for (int sort = 0; sort < SORTS; sort++) {
        enum rpt_msg title, body;
        if (n[sort] > 0 && rpt_msg_find("act_place", sort_name[sort], &title) &&
            rpt_msg_find("do_place", sort_name[sort], &body))
            add(l, title, body, n[sort], RPT_LINK_PLACE, first[sort]);
    }
}

static void advise_findings(const struct rpt_model *m, struct list *l)
{
    size_t sad = rpt_model_places_to(m, RPT_RANK_SAD);
    bool theft = m->by_class[PF_CLASS_SKIMMER] || m->by_class[PF_CLASS_WEBSHELL] ||
                 flagged(m, "compromise_suspected");
    bool kept_sad = m->by_class[PF_CLASS_SAD_TRACK] || m->by_class[PF_CLASS_SAD_CVC] ||
                    m->by_class[PF_CLASS_SAD_PIN];
    uint64_t probable = m->places.records[RPT_RANK_PROBABLE];

    if (theft)
        add(l, RPT_MSG_act_theft, RPT_MSG_do_theft, 0, RPT_LINK_FINDINGS, RPT_NONE);
    if (kept_sad)
        add(l, RPT_MSG_act_sad, RPT_MSG_do_sad, sad, RPT_LINK_PLACE,
            sad > 0 ? m->place_order[0] : RPT_NONE);
    advise_places(m, l);
    if (rpt_model_loud(m) > probable)
        add(l, RPT_MSG_act_record, RPT_MSG_do_record, 0, RPT_LINK_NONE, RPT_NONE);
    if (probable > 0)
        add(l, RPT_MSG_act_review, RPT_MSG_do_review, probable, RPT_LINK_FINDINGS, RPT_NONE);
}

static void advise_gaps(const struct rpt_model *m, struct list *l)
{
    static const enum pf_gap_reason order[] = {
        PF_GAP_encrypted, PF_GAP_denied, PF_GAP_damaged, PF_GAP_truncated, PF_GAP_unsupported,
        PF_GAP_limit, PF_GAP_timeout, PF_GAP_crashed, PF_GAP_io, PF_GAP_changed, PF_GAP_vanished,
        PF_GAP_mount, PF_GAP_excluded, PF_GAP_interrupted,
    };

    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        enum rpt_msg title, body;
        if (m->cover.by_reason[order[i]] > 0 &&
            rpt_msg_find("act_gap", pf_gap_name(order[i]), &title) &&
            rpt_msg_find("do_gap", pf_gap_name(order[i]), &body))
            add(l, title, body, m->cover.by_reason[order[i]], RPT_LINK_GAPS, RPT_NONE);
    }
}

size_t rpt_advise(const struct rpt_model *m, struct rpt_advice *out)
{
    struct list l = { out, 0 };
    const struct pf_json *entity = rpt_model_entity(m);
    uint64_t possible = m->places.records[RPT_RANK_POSSIBLE];
    uint64_t test = m->places.records[RPT_RANK_TEST];

    if (m->incomplete)
        add(&l, RPT_MSG_act_rerun, RPT_MSG_do_rerun, 0, RPT_LINK_BASIS, RPT_NONE);
    advise_findings(m, &l);
    advise_gaps(m, &l);
    if (entity == NULL)
        add(&l, RPT_MSG_act_judge, RPT_MSG_do_judge, 0, RPT_LINK_NONE, RPT_NONE);
    else if (!pf_json_bool(entity, "scope_given", true))
        add(&l, RPT_MSG_act_scope, RPT_MSG_do_scope, 0, RPT_LINK_NONE, RPT_NONE);
    if (possible > 0)
        add(&l, RPT_MSG_act_possible, RPT_MSG_do_possible, possible, RPT_LINK_FINDINGS, RPT_NONE);
    if (test > 0)
        add(&l, RPT_MSG_act_test, RPT_MSG_do_test, test, RPT_LINK_FINDINGS, RPT_NONE);
    if (rpt_model_loud(m) > 0)
        add(&l, RPT_MSG_act_again, RPT_MSG_do_again, 0, RPT_LINK_NONE, RPT_NONE);
    else
        add(&l, RPT_MSG_act_keep, RPT_MSG_do_keep, 0, RPT_LINK_NONE, RPT_NONE);
    return l.n;
}
