/* write.c - see write.h. */
#include "requirements/judge/write.h"
#include "requirements/judge/evidence.h"
#include "requirements/include/verdict.h"
#include "pan-finder/base/json.h"

#include <string.h>

struct writer {
    struct req_db *db;
    FILE *out;
    struct pf_buf line;
    struct pf_jw w;
    struct pf_error *err;
};

static void begin(struct writer *x, const char *subject)
{
    pf_buf_clear(&x->line);
    pf_jw_init(&x->w, &x->line);
    pf_jw_open(&x->w, '{');
    pf_jw_kstr(&x->w, "record", "verdict");
    pf_jw_kstr(&x->w, "subject", subject);
}

static enum pf_status finish(struct writer *x)
{
    pf_jw_close(&x->w, '}');
    pf_buf_addc(&x->line, '\n');
    if (pf_buf_failed(&x->line))
        return pf_fail(x->err, PF_E_NOMEM, "out of memory");
    if (fwrite(x->line.data, 1, x->line.len, x->out) != x->line.len)
        return pf_fail(x->err, PF_E_IO, "cannot write the verdict");
    return PF_OK;
}

/* Calls `row` for each row of `sql`; ?1 is `param` when it is not NULL. */
static enum pf_status each_row(struct writer *x, const char *sql, const char *param,
                               enum pf_status (*row)(struct writer *x, struct req_stmt *stmt))
{
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(x->db, sql, strlen(sql), &stmt, x->err);

    if (s != PF_OK)
        return s;
    if (param != NULL)
        req_bind_text(stmt, 1, param);
    while ((s = req_stmt_step(stmt, x->err)) == PF_OK)
        if ((s = row(x, stmt)) != PF_OK)
            break;
    req_stmt_free(stmt);
    return s == PF_STOP ? PF_OK : s;
}

static enum pf_status one_text(struct writer *x, struct req_stmt *stmt)
{
    pf_jw_str(&x->w, req_col_text(stmt, 0));
    return PF_OK;
}

/* key: [ the texts of the first column ] */
static enum pf_status text_array(struct writer *x, const char *key, const char *sql, const char *param)
{
    enum pf_status s;

    pf_jw_key(&x->w, key);
    pf_jw_open(&x->w, '[');
    s = each_row(x, sql, param, one_text);
    pf_jw_close(&x->w, ']');
    return s;
}

/* Appends `text` with {count} and {list} filled in. */
static enum pf_status fill_in(struct writer *x, struct pf_buf *out, const char *text, const char *rule,
                              int64_t count, bool ja)
{
    while (*text != '\0') {
        struct pf_buf list = PF_BUF_INIT;
        enum pf_status s = PF_OK;

        if (strncmp(text, "{count}", 7) == 0) {
            pf_buf_addf(out, "%lld", (long long)count);
            text += 7;
        } else if (strncmp(text, "{list}", 6) == 0) {
            s = req_evidence_list(x->db, &list, rule, ja, x->err);
            pf_buf_add(out, list.data, list.len);
            pf_buf_release(&list);
            text += 6;
        } else {
            pf_buf_addc(out, *text++);
        }
        if (s != PF_OK)
            return s;
    }
    return PF_OK;
}

/* text: { en, ja } */
static enum pf_status both_texts(struct writer *x, const char *key, const char *en, const char *ja,
                                 const char *rule, int64_t count)
{
    const struct { const char *key, *text; bool ja; } lang[] = { { "en", en, false }, { "ja", ja, true } };
    struct pf_buf out = PF_BUF_INIT;
    enum pf_status s = PF_OK;

    pf_jw_key(&x->w, key);
    pf_jw_open(&x->w, '{');
    for (int i = 0; i < 2 && s == PF_OK; i++) {
        pf_buf_clear(&out);
        s = fill_in(x, &out, lang[i].text, rule, count, lang[i].ja);
        pf_jw_kstrn(&x->w, lang[i].key, out.data == NULL ? "" : out.data, out.len);
    }
    pf_jw_close(&x->w, '}');
    pf_buf_release(&out);
    return s;
}

/* code, name, and the ids of the rules with that result; `rules_sql` has ?1. */
static enum pf_status write_code(struct writer *x, const char *code, const char *rules_sql, const char *param)
{
    int known = req_code_from(code);

    pf_jw_kstr(&x->w, "code", code);
    pf_jw_kstr(&x->w, "name", known < 0 ? "" : req_code_name((enum req_code)known));
    return text_array(x, "rules", rules_sql, param);
}

static enum pf_status one_flag(struct writer *x, struct req_stmt *stmt)
{
    const char *at = req_col_text(stmt, 0);

    while (*at != '\0') {
        size_t n = strcspn(at, " ");

        if (n > 0)
            pf_jw_strn(&x->w, at, n);
        at += n + (at[n] == ' ');
    }
    return PF_OK;
}

static enum pf_status write_flags(struct writer *x)
{
    enum pf_status s;

    pf_jw_key(&x->w, "flags");
    pf_jw_open(&x->w, '[');
    s = each_row(x, "WITH RECURSIVE w(word, rest) AS ("
                    " SELECT '', r.flags || ' ' FROM rule r JOIN rule_result f ON f.rule = r.id WHERE f.fired = 1"
                    " UNION ALL SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)"
                    "  FROM w WHERE rest <> '')"
                    " SELECT DISTINCT word FROM w WHERE word <> '' ORDER BY word", NULL, one_flag);
    pf_jw_close(&x->w, ']');
    return s;
}

static enum pf_status write_entity(struct writer *x, struct req_stmt *stmt)
{
    const char *code = req_col_text(stmt, 0);
    enum pf_status s;

    begin(x, "entity");
    s = write_code(x, code, "SELECT r.id FROM rule r JOIN rule_result f ON f.rule = r.id"
                            " WHERE r.kind = 'verdict' AND f.fired = 1 AND r.result = ?1 ORDER BY r.ord", code);
    if (s == PF_OK)
        s = write_flags(x);
    if (s == PF_OK)
        s = both_texts(x, "text", req_col_text(stmt, 1), req_col_text(stmt, 2), "", 0);
    pf_jw_kstr(&x->w, "entity", req_col_text(stmt, 3));
    pf_jw_kstr(&x->w, "role", req_col_text(stmt, 4));
    pf_jw_kstr(&x->w, "edition", req_col_text(stmt, 5));
    if (s == PF_OK)
        s = both_texts(x, "edition_text", req_col_text(stmt, 6), req_col_text(stmt, 7), "", 0);
    pf_jw_kstr(&x->w, "judged", req_col_text(stmt, 8));
    if (s == PF_OK)
        s = text_array(x, "runs", "SELECT uuid FROM run ORDER BY id", NULL);
    pf_jw_kbool(&x->w, "scope_given", req_col_int(stmt, 9) != 0);
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status write_channel(struct writer *x, struct req_stmt *stmt)
{
    enum pf_status s;

    begin(x, "channel");
    pf_jw_kstr(&x->w, "id", req_col_text(stmt, 0));
    pf_jw_kstr(&x->w, "channel", req_col_text(stmt, 1));
    pf_jw_kstr(&x->w, "flow", req_col_text(stmt, 2));
    s = both_texts(x, "flow_text", req_col_text(stmt, 4), req_col_text(stmt, 5), "", 0);
    if (s == PF_OK)
        s = write_code(x, req_col_text(stmt, 3),
                       "SELECT h.rule FROM channel c JOIN verdict_channel v ON v.channel = c.id"
                       " JOIN channel_hit h ON h.channel = c.id JOIN rule r ON r.id = h.rule"
                       " WHERE c.name = ?1 AND r.result = v.code ORDER BY r.ord", req_col_text(stmt, 0));
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status write_location(struct writer *x, struct req_stmt *stmt)
{
    static const char *const counts[] = { "objects", "objects_read", "gaps", "findings" };
    enum pf_status s;

    begin(x, "location");
    pf_jw_kstr(&x->w, "id", req_col_text(stmt, 0));
    pf_jw_kstr(&x->w, "path", req_col_text(stmt, 1));
    pf_jw_kstr(&x->w, "host", req_col_text(stmt, 2));
    pf_jw_kstr(&x->w, "kind", req_col_text(stmt, 3));
    pf_jw_kbool(&x->w, "declared", req_col_int(stmt, 4) != 0);
    pf_jw_kbool(&x->w, "required", req_col_int(stmt, 5) != 0);
    pf_jw_kstr(&x->w, "owner", req_col_text(stmt, 6));
    pf_jw_kstr(&x->w, "stage", req_col_text(stmt, 7));
    pf_jw_kstr(&x->w, "coverage", req_col_text(stmt, 8));
    for (int i = 0; i < 4; i++) {
        pf_jw_key(&x->w, counts[i]);
        pf_jw_i64(&x->w, req_col_int(stmt, 9 + i));
    }
    if (req_col_text(stmt, 14)[0] != '\0')
        pf_jw_kstr(&x->w, "run", req_col_text(stmt, 14));
    s = write_code(x, req_col_text(stmt, 13),
                   "SELECT DISTINCT h.rule FROM location l JOIN verdict_location v ON v.location = l.id"
                   " JOIN rule_hit h ON h.location = l.id JOIN rule r ON r.id = h.rule"
                   " WHERE l.name = ?1 AND r.kind = 'verdict' AND r.result = v.code ORDER BY r.ord",
                   req_col_text(stmt, 0));
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status write_rule(struct writer *x, struct req_stmt *stmt)
{
    const char *id = req_col_text(stmt, 0);
    bool fired = req_col_int(stmt, 1) != 0;
    int64_t count = req_col_int(stmt, 3);
    enum pf_status s;

    begin(x, "rule");
    pf_jw_kstr(&x->w, "id", id);
    pf_jw_kstr(&x->w, "kind", req_col_text(stmt, 7));
    pf_jw_kbool(&x->w, "fired", fired);
    pf_jw_kstr(&x->w, "result", req_col_text(stmt, 2));
    pf_jw_key(&x->w, "count");
    pf_jw_i64(&x->w, count);
    s = both_texts(x, "text", req_col_text(stmt, 4), req_col_text(stmt, 5), id, count);
    pf_jw_kstr(&x->w, "source", req_col_text(stmt, 6));
    pf_jw_key(&x->w, "evidence");
    if (s == PF_OK)
        s = req_evidence_write(x->db, &x->w, id, x->err);
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status write_requirement(struct writer *x, struct req_stmt *stmt)
{
    const char *rule = req_col_text(stmt, 4);
    enum pf_status s;

    begin(x, "requirement");
    pf_jw_kstr(&x->w, "id", req_col_text(stmt, 0));
    s = both_texts(x, "title", req_col_text(stmt, 1), req_col_text(stmt, 2), "", 0);
    pf_jw_kstr(&x->w, "status", req_col_text(stmt, 3));
    if (s == PF_OK)
        s = both_texts(x, "text", req_col_text(stmt, 6), req_col_text(stmt, 7), rule, req_col_int(stmt, 5));
    pf_jw_key(&x->w, "rules");
    pf_jw_open(&x->w, '[');
    pf_jw_str(&x->w, rule);
    pf_jw_close(&x->w, ']');
    pf_jw_key(&x->w, "count");
    pf_jw_i64(&x->w, req_col_int(stmt, 5));
    pf_jw_key(&x->w, "evidence");
    if (s == PF_OK)
        s = req_evidence_write(x->db, &x->w, rule, x->err);
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status write_assumption(struct writer *x, struct req_stmt *stmt)
{
    const char *id = req_col_text(stmt, 0);
    enum pf_status s;

    begin(x, "assumption");
    pf_jw_kstr(&x->w, "id", id);
    s = both_texts(x, "text", req_col_text(stmt, 1), req_col_text(stmt, 2), id, req_col_int(stmt, 3));
    return s == PF_OK ? finish(x) : s;
}

static enum pf_status one_reason(struct writer *x, struct req_stmt *stmt)
{
    pf_jw_key(&x->w, req_col_text(stmt, 0));
    pf_jw_i64(&x->w, req_col_int(stmt, 1));
    return PF_OK;
}

static enum pf_status write_coverage(struct writer *x, struct req_stmt *stmt)
{
    static const char *const field[] = { "objects", "read", "partial", "unread", "bytes", "media",
                                         "gaps", "notes", "accepted" };
    enum pf_status s;

    begin(x, "coverage");
    for (int i = 0; i < 9; i++) {
        pf_jw_key(&x->w, field[i]);
        pf_jw_i64(&x->w, req_col_int(stmt, i));
    }
    pf_jw_key(&x->w, "by_reason");
    pf_jw_open(&x->w, '{');
    s = each_row(x, "SELECT reason, count(*) FROM gap GROUP BY reason ORDER BY reason", NULL, one_reason);
    pf_jw_close(&x->w, '}');
    return s == PF_OK ? finish(x) : s;
}

/* What the operator left out is listed, whatever the verdict. */
static enum pf_status write_ignored(struct writer *x, struct req_stmt *stmt)
{
    begin(x, "ignored");
    pf_jw_kstr(&x->w, "by", req_col_text(stmt, 0));
    pf_jw_kstr(&x->w, "reason", req_col_text(stmt, 1));
    pf_jw_key(&x->w, "findings");
    pf_jw_i64(&x->w, req_col_int(stmt, 2));
    pf_jw_key(&x->w, "count");
    pf_jw_i64(&x->w, req_col_int(stmt, 3));
    return finish(x);
}

/* The subjects, in the order in which they are written. */
static const struct {
    const char *sql;
    enum pf_status (*row)(struct writer *x, struct req_stmt *stmt);
} subjects[] = {
    { "SELECT v.code, t.en, t.ja, a.entity_name, a.entity_role, a.edition, e.en, e.ja, a.judged, a.scope_given"
      " FROM assessment a CROSS JOIN verdict_entity v LEFT JOIN verdict_text t ON t.code = v.code"
      " LEFT JOIN edition e ON e.id = a.edition", write_entity },
    { "SELECT c.name, c.channel, c.flow, v.code, t.en, t.ja FROM channel c"
      " JOIN verdict_channel v ON v.channel = c.id"
      " LEFT JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow ORDER BY c.id", write_channel },
    { "SELECT l.name, l.path, l.host, l.kind, l.declared, l.required, l.owner, l.stage, s.coverage, s.objects,"
      " s.objects_read, s.blocking + s.unexplained, s.findings, v.code, r.uuid FROM location l"
      " JOIN location_state s ON s.location = l.id JOIN verdict_location v ON v.location = l.id"
      " LEFT JOIN run r ON r.id = s.run ORDER BY l.id", write_location },
    { "SELECT r.id, f.fired, CASE f.fired WHEN 1 THEN r.result ELSE '' END, f.count, r.en, r.ja, r.source, r.kind"
      " FROM rule r JOIN rule_result f ON f.rule = r.id WHERE r.kind IN ('verdict', 'note')"
      " ORDER BY r.ord, r.id", write_rule },
    { "SELECT r.requirement, q.title_en, q.title_ja, r.result, r.id, f.count, r.en, r.ja FROM rule r"
      " JOIN rule_result f ON f.rule = r.id JOIN requirement q ON q.id = r.requirement"
      " WHERE r.kind = 'requirement' AND f.fired = 1 ORDER BY r.ord, r.id", write_requirement },
    { "SELECT r.id, r.en, r.ja, f.count FROM rule r JOIN rule_result f ON f.rule = r.id"
      " WHERE r.kind = 'assumption' AND f.fired = 1 ORDER BY r.ord, r.id", write_assumption },
    { "SELECT ignored_by, ignored_reason, count(*), sum(count) FROM finding WHERE ignored_by <> ''"
      " GROUP BY ignored_by, ignored_reason ORDER BY ignored_by, ignored_reason", write_ignored },
    { "SELECT o.*, g.* FROM (SELECT count(*), coalesce(sum(outcome = 'read'), 0),"
      " coalesce(sum(outcome = 'partial'), 0), coalesce(sum(outcome = 'unread'), 0), coalesce(sum(bytes), 0),"
      " coalesce(sum(kind = 'media'), 0) FROM object) o,"
      " (SELECT coalesce(sum(note = 0), 0), coalesce(sum(note = 1), 0), count(accepted) FROM gap) g", write_coverage },
};

enum pf_status req_write(struct req_db *db, FILE *out, struct pf_error *err)
{
    struct writer x = { .db = db, .out = out, .line = PF_BUF_INIT, .err = err };
    enum pf_status s = PF_OK;

    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0] && s == PF_OK; i++)
        s = each_row(&x, subjects[i].sql, NULL, subjects[i].row);
    pf_buf_release(&x.line);
    if (s == PF_OK && fflush(out) != 0)
        s = pf_fail(err, PF_E_IO, "cannot write the verdict");
    return s;
}
