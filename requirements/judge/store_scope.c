/* store_scope.c - a scope file into the evidence store; see store.h. */
#include "requirements/judge/store.h"
#include "requirements/judge/when.h"

#include <string.h>

struct into {
    struct req_db *db;
    const struct req_scope *scope;
    const struct req_marks *marks;
    struct req_places *places;
    struct pf_error *err;
};

static const char *or_empty(const char *text) { return text == NULL ? "" : text; }
static bool truth(const char *word, bool dflt) { return word == NULL ? dflt : strcmp(word, "true") == 0; }

/* One insert, or one query, with up to six texts; the rest are bound by the caller. */
static enum pf_status prepare(const struct into *t, const char *sql, struct req_stmt **stmt)
{
    return req_db_prepare(t->db, sql, strlen(sql), stmt, t->err);
}

static enum pf_status insert_texts(const struct into *t, const char *sql, size_t n,
                                   const char *const *text)
{
    struct req_stmt *stmt = NULL;
    enum pf_status s = prepare(t, sql, &stmt);

    if (s != PF_OK)
        return s;
    for (size_t i = 0; i < n; i++)
        req_bind_text(stmt, (int)i + 1, text[i]);
    s = req_stmt_run(stmt, t->err);
    req_stmt_free(stmt);
    return s;
}
#define INSERT(t, sql, ...) \
    insert_texts(t, sql, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), \
                 (const char *const[]){ __VA_ARGS__ })

static enum pf_status known(const struct into *t, const char *sql, const char *word, bool *yes)
{
    int64_t n = 0;
    enum pf_status s = req_db_int(t->db, sql, word, 0, &n, t->err);

    *yes = n > 0;
    return s;
}

static enum pf_status flow_known(const struct into *t, const struct req_scope_channel *c, unsigned i)
{
    struct req_stmt *stmt = NULL;
    bool channel = false;
    enum pf_status s = known(t, "SELECT count(*) FROM flow_type WHERE channel = ?1", c->channel, &channel);

    if (s != PF_OK)
        return s;
    if (!channel)
        return req_marks_fail(t->marks, t->err, "channel is ec, moto or f2f", "channels[%u].channel", i);
    s = prepare(t, "SELECT 1 FROM flow_type WHERE channel = ?1 AND flow = ?2", &stmt);
    if (s != PF_OK)
        return s;
    req_bind_text(stmt, 1, c->channel);
    req_bind_text(stmt, 2, c->flow);
    s = req_stmt_step(stmt, t->err);
    req_stmt_free(stmt);
    if (s == PF_STOP)
        return req_marks_fail(t->marks, t->err, "unknown flow for this channel (docs/scope-file.md lists them)",
                              "channels[%u].flow", i);
    return s;
}

static enum pf_status store_channel(const struct into *t, unsigned i)
{
    const struct req_scope_channel *c = &t->scope->channels[i];
    enum pf_status s = flow_known(t, c, i);

    if (s != PF_OK)
        return s;
    return INSERT(t, "INSERT INTO channel (name, channel, flow, tpsp, tpsp_aoc_date) VALUES (?1, ?2, ?3, ?4, ?5)",
                  c->id, c->channel, c->flow, or_empty(c->tpsp), or_empty(c->tpsp_aoc_date));
}

static enum pf_status check_kind(const struct into *t, const char *word, const char *list,
                                 unsigned i, const char *key, unsigned k)
{
    bool yes = false;
    enum pf_status s = known(t, "SELECT count(*) FROM required_kind WHERE kind = ?1", word, &yes);

    if (s == PF_OK && !yes)
        return req_marks_fail(t->marks, t->err, "unknown kind of place (docs/scope-file.md lists them)",
                              "%s[%u].%s[%u]", list, i, key, k);
    return s;
}

static enum pf_status store_covers(const struct into *t, unsigned i)
{
    const struct req_scope_location *l = &t->scope->locations[i];
    enum pf_status s = PF_OK;

    for (unsigned k = 0; k < l->covers_count && s == PF_OK; k++) {
        s = check_kind(t, l->covers[k], "locations", i, "covers", k);
        if (s == PF_OK)
            s = INSERT(t, "INSERT INTO location_covers SELECT id, ?2 FROM location WHERE name = ?1",
                       l->id, l->covers[k]);
    }
    for (unsigned k = 0; k < l->channels_count && s == PF_OK; k++)
        s = INSERT(t, "INSERT INTO location_channel SELECT l.id, c.id FROM location l, channel c "
                      "WHERE l.name = ?1 AND c.name = ?2", l->id, l->channels[k]);
    return s;
}

/* Every folder above a place: a gap there hides the place. */
static enum pf_status store_ancestors(struct req_db *db, int64_t id, const char *path,
                                      struct pf_error *err)
{
    static const char sql[] = "INSERT INTO location_ancestor VALUES (?1, ?2)";
    struct req_stmt *stmt = NULL;
    size_t len = path[0] == '/' ? strlen(path) : 0;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    while (s == PF_OK && len > 1) {
        while (len > 1 && path[len - 1] != '/')
            len--;
        if (len > 1)
            len--;
        req_bind_int(stmt, 1, id);
        req_bind_textn(stmt, 2, path, len);
        s = req_stmt_run(stmt, err);
    }
    req_stmt_free(stmt);
    return s;
}

struct place_row {
    const char *id, *kind, *path, *host, *owner, *stage;
    bool declared, required, on_network;
    const uint64_t *queue;
    const struct req_signed *excluded;
};

static enum pf_status insert_place(struct req_db *db, const struct place_row *p,
                                   struct req_places *places, int64_t *id, struct pf_error *err)
{
    static const char sql[] =
        "INSERT INTO location (name, declared, kind, path, host, owner, stage, required,"
        " on_merchant_network, merchant, queue_max_age_hours, excluded_reason, excluded_by, excluded_when)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    struct req_stmt *stmt = NULL;
    enum pf_status s = req_db_prepare(db, sql, sizeof sql - 1, &stmt, err);

    if (s != PF_OK)
        return s;
    req_bind_text(stmt, 1, p->id);
    req_bind_int(stmt, 2, p->declared);
    req_bind_text(stmt, 3, p->kind);
    req_bind_text(stmt, 4, p->path);
    req_bind_text(stmt, 5, p->host);
    req_bind_text(stmt, 6, p->owner);
    req_bind_text(stmt, 7, p->stage);
    req_bind_int(stmt, 8, p->required);
    req_bind_int(stmt, 9, p->on_network);
    req_bind_int(stmt, 10, p->on_network || strcmp(p->owner, "merchant") == 0);
    if (p->queue != NULL)
        req_bind_int(stmt, 11, (int64_t)*p->queue);
    req_bind_text(stmt, 12, p->excluded == NULL ? "" : p->excluded->reason);
    req_bind_text(stmt, 13, p->excluded == NULL ? "" : p->excluded->by);
    req_bind_text(stmt, 14, p->excluded == NULL ? "" : p->excluded->when);
    s = req_stmt_run(stmt, err);
    req_stmt_free(stmt);
    *id = req_db_last_id(db);
    if (s == PF_OK)
        s = store_ancestors(db, *id, p->path, err);
    return s == PF_OK ? req_places_add(places, p->path, p->host, *id, err) : s;
}

/* Defaults: the merchant's own, on its network, to be read, stage unknown. */
static enum pf_status store_location(const struct into *t, unsigned i)
{
    const struct req_scope_location *l = &t->scope->locations[i];
    const char *owner = l->owner == NULL ? "merchant" : l->owner;
    bool own = strcmp(owner, "merchant") == 0, yes = true;
    struct pf_buf path = PF_BUF_INIT;
    int64_t id;
    enum pf_status s = PF_OK;

    if (l->kind != NULL)
        s = known(t, "SELECT count(*) FROM location_kind WHERE id = ?1", l->kind, &yes);
    if (s == PF_OK && !yes)
        return req_marks_fail(t->marks, t->err, "unknown kind (docs/scope-file.md lists them)",
                              "locations[%u].kind", i);
    req_path_normal(&path, l->path, strlen(l->path));
    if (s == PF_OK && pf_buf_failed(&path))
        s = pf_fail(t->err, PF_E_NOMEM, "out of memory");
    if (s == PF_OK) {
        const struct place_row row = {
            .id = l->id, .kind = or_empty(l->kind), .path = path.data, .host = or_empty(l->host),
            .owner = owner, .stage = l->stage == NULL ? "unknown" : l->stage, .declared = true,
            .required = truth(l->required, own),
            .on_network = truth(l->on_merchant_network, own),
            .queue = l->queue_max_age_hours, .excluded = l->excluded,
        };
        s = insert_place(t->db, &row, t->places, &id, t->err);
    }
    pf_buf_release(&path);
    return s == PF_OK ? store_covers(t, i) : s;
}

static enum pf_status store_absent(const struct into *t, unsigned i)
{
    const struct req_scope_absent *a = &t->scope->absent[i];
    enum pf_status s = PF_OK;

    for (unsigned k = 0; k < a->kinds_count && s == PF_OK; k++) {
        s = check_kind(t, a->kinds[k], "absent", i, "kinds", k);
        if (s == PF_OK)
            s = INSERT(t, "INSERT INTO absent VALUES (?1, ?2, ?3, ?4)", a->kinds[k], a->reason, a->by, a->when);
    }
    return s;
}

static enum pf_status store_skip(const struct into *t, unsigned i)
{
    const struct req_scope_skip *k = &t->scope->accepted_skips[i];
    struct pf_buf path = PF_BUF_INIT;
    enum pf_status s;

    if (k->path != NULL)
        req_path_normal(&path, k->path, strlen(k->path));
    s = INSERT(t, "INSERT INTO accepted_skip (path, pattern, gap_reason, reason, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               or_empty(path.data), or_empty(k->pattern), or_empty(k->gap), k->reason, k->by, k->when);
    pf_buf_release(&path);
    return s;
}

static enum pf_status store_attestation(const struct into *t, unsigned i)
{
    const struct req_scope_attestation *a = &t->scope->attestations[i];
    bool yes = false;
    enum pf_status s = known(t, "SELECT count(*) FROM attestation_kind WHERE id = ?1", a->id, &yes);

    if (s != PF_OK)
        return s;
    if (!yes)
        return req_marks_fail(t->marks, t->err, "unknown question (docs/scope-file.md lists them)",
                              "attestations[%u].id", i);
    return INSERT(t, "INSERT INTO attestation (name, channel, answer, who, at, evidence, until)"
                     " VALUES (?1, (SELECT id FROM channel WHERE name = ?2), ?3, ?4, ?5, ?6, ?7)",
                  a->id, a->channel, a->answer, a->by, a->when, or_empty(a->evidence), or_empty(a->until));
}

enum pf_status req_store_scope(struct req_db *db, const struct req_scope *scope,
                               const struct req_marks *marks, struct req_places *places,
                               struct pf_error *err)
{
    const struct into t = { db, scope, marks, places, err };
    const struct {
        unsigned n;
        enum pf_status (*one)(const struct into *t, unsigned i);
    } list[] = {
        { scope->channels_count, store_channel },
        { scope->locations_count, store_location },
        { scope->absent_count, store_absent },
        { scope->accepted_skips_count, store_skip },
        { scope->attestations_count, store_attestation },
    };
    enum pf_status s = PF_OK;

    for (size_t k = 0; k < sizeof list / sizeof list[0]; k++)
        for (unsigned i = 0; i < list[k].n && s == PF_OK; i++)
            s = list[k].one(&t, i);
    return s;
}

enum pf_status req_store_place(struct req_db *db, const char *path, const char *host,
                               struct req_places *places, int64_t *id, struct pf_error *err)
{
    struct pf_buf name = PF_BUF_INIT;
    int64_t taken = 0;
    enum pf_status s = req_db_int(db, "SELECT count(*) FROM location WHERE name = ?1", path, 0, &taken, err);

    if (taken > 0)
        pf_buf_addf(&name, "%s:", host);
    pf_buf_adds(&name, path);
    if (s == PF_OK && pf_buf_failed(&name))
        s = pf_fail(err, PF_E_NOMEM, "out of memory");
    if (s == PF_OK) {
        const struct place_row row = {
            .id = name.data, .kind = "", .path = path, .host = host, .owner = "merchant",
            .stage = "unknown", .required = true, .on_network = true,
        };
        s = insert_place(db, &row, places, id, err);
    }
    pf_buf_release(&name);
    return s;
}
