/* judge_case.c - see judge_case.h. */
#include "tests/lib/judge/judge_case.h"
#include "requirements/judge/when.h"
#include "pan-finder/finding/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS_MAX 12
#define WORD_MAX  512

struct words {
    char word[WORDS_MAX][WORD_MAX];
    size_t n;
};

/* Cuts the next line of *at into words; false at the end. */
static bool next_line(const char **at, struct words *w)
{
    w->n = 0;
    while (w->n == 0 && **at != '\0') {
        size_t len = strcspn(*at, ";\n");
        const char *end = *at + len;

        while (*at < end && w->n < WORDS_MAX) {
            size_t n;

            *at += strspn(*at, " \t");
            n = strcspn(*at, " \t;\n");
            if (n == 0)
                break;
            if (n >= WORD_MAX)
                abort();
            memcpy(w->word[w->n], *at, n);
            w->word[w->n++][n] = '\0';
            *at += n;
        }
        *at = *end == '\0' ? end : end + 1;
    }
    return w->n > 0;
}

/* The value of key=value among the words, or NULL. */
static const char *option(const struct words *w, const char *key)
{
    size_t n = strlen(key);

    for (size_t i = 1; i < w->n; i++)
        if (strncmp(w->word[i], key, n) == 0 && w->word[i][n] == '=')
            return w->word[i] + n + 1;
    return NULL;
}

static bool is(const struct words *w, const char *word) { return strcmp(w->word[0], word) == 0; }

/* ---- scope ---- */

static const char all_kinds[] =
    "web_tree,app_logs,session_temp_upload,database,db_binary_logs,access_logs,order_mail,staging_copy,"
    "admin_downloads,object_store,error_tracker,order_pcs,shared_folders,mail,chat_tickets,crm_database,"
    "fax_store,call_recordings,spreadsheets,pos_disks,store_server,ejournal,printer_spool,terminal_logs,"
    "dumps,settlement_files,back_office,network_capture,backups,removable_media";

static const char signed_by[] = "reason: said so, by: head of operations, when: 2026-11-01";

struct section { const char *key, *verb, *other_verb; };

static void scope_line(struct pf_buf *out, const struct words *w)
{
    if (is(w, "channel")) {
        pf_buf_addf(out, "  - {id: %s, channel: %s, flow: %s}\n", w->word[1], w->word[2], w->word[3]);
    } else if (is(w, "place")) {
        pf_buf_addf(out, "  - id: %s\n    path: %s\n", w->word[1], w->word[2]);
        for (size_t i = 3; i < w->n; i++) {
            size_t n = strcspn(w->word[i], "=");
            const char *value = w->word[i] + n + 1;
            bool list = strncmp(w->word[i], "covers", 6) == 0 || strncmp(w->word[i], "channels", 8) == 0;

            if (strcmp(w->word[i], "excluded") == 0)
                pf_buf_addf(out, "    excluded: {%s}\n", signed_by);
            else
                pf_buf_addf(out, "    %.*s: %s%s%s\n", (int)n, w->word[i], list ? "[" : "", value, list ? "]" : "");
        }
    } else if (is(w, "absent")) {
        pf_buf_addf(out, "  - {kinds: [%s], %s}\n", strcmp(w->word[1], "all") == 0 ? all_kinds : w->word[1], signed_by);
    } else if (is(w, "attest")) {
        static const char *const keys[] = { "channel", "evidence", "until" };

        pf_buf_addf(out, "  - {id: %s, answer: %s, by: head of operations, when: 2026-11-01", w->word[1], w->word[2]);
        for (size_t i = 0; i < 3; i++)
            if (option(w, keys[i]) != NULL)
                pf_buf_addf(out, ", %s: %s", keys[i], option(w, keys[i]));
        pf_buf_adds(out, "}\n");
    } else if (is(w, "policy")) {
        pf_buf_addf(out, "  %s: %s\n", w->word[1], w->word[2]);
    } else {
        pf_buf_addf(out, "  - {%s: \"%s\", %s%s%s}\n", is(w, "skipall") ? "pattern" : "path", w->word[1], signed_by,
                    w->n > 2 ? ", gap: " : "", w->n > 2 ? w->word[2] : "");
    }
}

void judge_scope_text(struct pf_buf *out, const char *spec)
{
    static const struct section sections[] = {
        { "channels", "channel", "" }, { "locations", "place", "" }, { "absent", "absent", "" },
        { "accepted_skips", "skip", "skipall" }, { "attestations", "attest", "" }, { "policy", "policy", "" },
    };
    struct words w;
    const char *role = "merchant";
    char role_word[32];

    for (const char *at = spec; next_line(&at, &w);)
        if (is(&w, "role"))
            role = memcpy(role_word, w.word[1], strlen(w.word[1]) + 1);
    pf_buf_addf(out, "version: 1\nentity: {name: Example Shop, role: %s}\n", role);
    for (size_t k = 0; k < sizeof sections / sizeof sections[0]; k++) {
        size_t before;

        pf_buf_addf(out, "%s:", sections[k].key);
        before = out->len;
        pf_buf_adds(out, "\n");
        for (const char *at = spec; next_line(&at, &w);)
            if (is(&w, sections[k].verb) || is(&w, sections[k].other_verb))
                scope_line(out, &w);
        if (out->len == before + 1) {
            out->len = before;
            pf_buf_adds(out, k == 5 ? " {}\n" : " []\n");
        }
    }
}

/* ---- records ---- */

struct stream {
    struct pf_buf *out;
    bool open;
    int64_t now;
    double days;
    unsigned runs, objects, findings, gaps;
    char uuid[40];
};

static void begin(struct pf_jw *w, struct stream *s, const char *record)
{
    pf_jw_init(w, s->out);
    pf_jw_open(w, '{');
    pf_jw_kstr(w, "record", record);
}

static void finish(struct pf_jw *w)
{
    pf_jw_close(w, '}');
    pf_buf_addc(w->out, '\n');
}

static void string_list(struct pf_jw *w, const char *key, const char *list)
{
    pf_jw_key(w, key);
    pf_jw_open(w, '[');
    while (*list != '\0') {
        size_t n = strcspn(list, ",");

        pf_jw_strn(w, list, n);
        list += n + (list[n] == ',');
    }
    pf_jw_close(w, ']');
}

static void write_run(struct stream *s, const struct words *line)
{
    const char *root = line == NULL ? NULL : option(line, "root"), *host = line == NULL ? NULL : option(line, "host");
    const char *looks = line == NULL ? NULL : option(line, "looks"), *uuid = line == NULL ? NULL : option(line, "uuid");
    struct pf_jw w;

    s->days = line == NULL ? 1 : strtod(line->word[1], NULL);
    s->runs++;
    (void)snprintf(s->uuid, sizeof s->uuid, "00000000-0000-4000-8000-%012u",
                   uuid == NULL ? s->runs : (unsigned)strtoul(uuid, NULL, 10));
    begin(&w, s, "run");
    pf_jw_ku64(&w, "schema", 1);
    pf_jw_kstr(&w, "run", s->uuid);
    pf_jw_kstr(&w, "tool", "pan-finder");
    pf_jw_kstr(&w, "host", host == NULL ? "shop1" : host);
    string_list(&w, "roots", root == NULL ? "/s" : root);
    string_list(&w, "roots_abs", root == NULL ? "/s" : root);
    if (looks != NULL)
        string_list(&w, "looks_for", looks);
    finish(&w);
    s->open = true;
    s->objects = s->findings = s->gaps = 0;
}

static void write_end(struct stream *s, const struct words *line)
{
    const char *status = line == NULL ? NULL : option(line, "status");
    const char *extra = line == NULL ? NULL : option(line, "extra");
    char ended[32];
    struct pf_jw w;

    req_when_format(s->now - (int64_t)(s->days * 86400), ended);
    begin(&w, s, "end");
    pf_jw_kstr(&w, "run", s->uuid);
    pf_jw_kstr(&w, "ended", ended);
    pf_jw_kstr(&w, "status", status == NULL ? "complete" : status);
    pf_jw_ku64(&w, "objects", s->objects);
    pf_jw_ku64(&w, "findings", s->findings + (extra == NULL ? 0 : (unsigned)strtoul(extra, NULL, 10)));
    pf_jw_ku64(&w, "gaps", s->gaps);
    finish(&w);
    s->open = false;
}

/* path>member>member */
static void write_path(struct pf_jw *w, const char *path)
{
    size_t n = strcspn(path, ">");

    pf_jw_kstrn(w, "path", path, n);
    if (path[n] == '>') {
        pf_jw_key(w, "inner");
        pf_jw_open(w, '[');
        while (path[n] == '>') {
            path += n + 1;
            n = strcspn(path, ">");
            pf_jw_strn(w, path, n);
        }
        pf_jw_close(w, ']');
    }
}

static void write_gap(struct stream *s, const char *path, const char *reason)
{
    struct pf_jw w;

    begin(&w, s, "gap");
    write_path(&w, path);
    pf_jw_kstr(&w, "reason", reason);
    finish(&w);
    s->gaps += !pf_gap_is_note((enum pf_gap_reason)pf_gap_from(reason));
}

static void write_object(struct stream *s, const struct words *line, const char *outcome)
{
    const char *kind = option(line, "kind"), *age = option(line, "age");
    struct pf_jw w;

    begin(&w, s, "object");
    write_path(&w, line->word[1]);
    pf_jw_kstr(&w, "kind", kind == NULL ? "text" : kind);
    pf_jw_kstr(&w, "outcome", outcome);
    pf_jw_ku64(&w, "size", 100);
    pf_jw_ku64(&w, "bytes", 100);
    if (age != NULL) {
        pf_jw_key(&w, "mtime");
        pf_jw_i64(&w, s->now - (int64_t)(strtod(age, NULL) * 3600));
    }
    finish(&w);
    s->objects++;
    if (strcmp(outcome, "read") != 0 && line->n > 2)
        write_gap(s, line->word[1], line->word[2]);
}

static void write_finding(struct stream *s, const struct words *line)
{
    const char *reason = option(line, "reason"), *ignored = option(line, "ignored");
    struct pf_jw w;

    begin(&w, s, "finding");
    write_path(&w, line->word[2]);
    pf_jw_kstr(&w, "where", "content");
    pf_jw_ku64(&w, "offset", 7);
    pf_jw_kstr(&w, "class", line->word[0]);
    pf_jw_kstr(&w, "confidence", line->word[1]);
    pf_jw_kstr(&w, "brand", "visa");
    pf_jw_kstr(&w, "pan", "411111******1111");
    pf_jw_kstr(&w, "fingerprint", "00112233445566778899aabbccddeeff");
    string_list(&w, "reasons", reason == NULL ? "luhn" : reason);
    pf_jw_kbool(&w, "test_pan", strcmp(line->word[line->n - 1], "test") == 0 || is(line, "TEST_PAN"));
    pf_jw_ku64(&w, "count", 1);
    if (ignored != NULL) {
        pf_jw_key(&w, "ignored");
        pf_jw_open(&w, '{');
        pf_jw_kstr(&w, "by", "number");
        pf_jw_kstr(&w, "reason", ignored);
        pf_jw_close(&w, '}');
    }
    finish(&w);
    s->findings++;
}

static void record_line(struct stream *s, const struct words *w)
{
    if (is(w, "run"))
        write_run(s, w);
    else if (is(w, "end"))
        write_end(s, w);
    else if (is(w, "cut"))
        s->open = false;
    else if (is(w, "read") || is(w, "partial") || is(w, "unread"))
        write_object(s, w, w->word[0]);
    else if (is(w, "lost"))
        write_object(s, w, "unread");
    else if (is(w, "gap"))
        write_gap(s, w->word[1], w->word[2]);
    else
        write_finding(s, w);
}

void judge_records_text(struct pf_buf *out, const char *spec)
{
    struct stream s = { .out = out };
    struct words w;

    if (!req_when_parse(JUDGE_NOW, &s.now))
        abort();
    for (const char *at = spec; next_line(&at, &w);) {
        if (!s.open && !is(&w, "run"))
            write_run(&s, NULL);
        record_line(&s, &w);
    }
    if (s.open)
        write_end(&s, NULL);
}

/* ---- judging ---- */

static void put_file(char *path, const char *text)
{
    int fd = mkstemp(path);
    size_t len = strlen(text);

    if (fd < 0 || write(fd, text, len) != (ssize_t)len || close(fd) != 0)
        abort();
}

static void note_rule(struct judged *out, const struct pf_json *j)
{
    const char *result = pf_json_str(j, "result");

    if (pf_json_bool(j, "fired", false))
        pf_buf_addf(&out->fired, "%s ", pf_json_str(j, "id"));
    else if (result == NULL || result[0] != '\0' || pf_json_int(j, "count", -1) != 0)
        abort();
}

static void note_record(struct judged *out, const struct pf_json *j)
{
    const char *subject = pf_json_str(j, "subject"), *id = pf_json_str(j, "id");

    if (strcmp(subject, "rule") == 0)
        note_rule(out, j);
    else if (strcmp(subject, "requirement") == 0)
        pf_buf_addf(&out->said, "%s=%s ", id, pf_json_str(j, "status"));
    else if (strcmp(subject, "assumption") == 0)
        pf_buf_addf(&out->said, "%s ", id);
    else if (strcmp(subject, "location") == 0)
        pf_buf_addf(&out->said, "location:%s=%s coverage:%s=%s ", id, pf_json_str(j, "code"), id,
                    pf_json_str(j, "coverage"));
    else if (strcmp(subject, "channel") == 0)
        pf_buf_addf(&out->said, "channel:%s=%s ", id, pf_json_str(j, "code"));
    for (size_t i = 0; i < pf_json_len(pf_json_get(j, "flags")); i++)
        pf_buf_addf(&out->flags, "%s ", pf_json_text(pf_json_at(pf_json_get(j, "flags"), i)));
}

static void read_back(struct judged *out)
{
    struct pf_error err;

    pf_buf_adds(&out->fired, " ");
    pf_buf_adds(&out->flags, " ");
    pf_buf_adds(&out->said, " ");
    for (char *at = out->text; *at != '\0';) {
        size_t n = strcspn(at, "\n");
        struct pf_json *j = NULL;

        if (pf_json_parse(&j, at, n, &err) != PF_OK)
            abort();
        note_record(out, j);
        pf_json_free(j);
        at += n + (at[n] == '\n');
    }
}

void judge_run(struct judged *out, const char *scope_text, const char *records_text, const char *data)
{
    char scope[] = "/tmp/judge-scope-XXXXXX", records[] = "/tmp/judge-records-XXXXXX";
    char *const list[] = { records };
    struct req_options o = { .now = JUDGE_NOW, .data = data, .records = list, .n_records = 1 };
    size_t len = 0;
    FILE *to;

    *out = (struct judged){ .text = NULL };
    put_file(records, records_text);
    if (scope_text != NULL) {
        put_file(scope, scope_text);
        o.scope = scope;
    }
    to = open_memstream(&out->text, &len);
    if (to == NULL)
        abort();
    out->status = req_judge(&o, to, &out->code, &out->err);
    (void)fclose(to);
    (void)unlink(records);
    if (scope_text != NULL)
        (void)unlink(scope);
    if (out->status == PF_OK)
        read_back(out);
}

void judge_release(struct judged *judged)
{
    free(judged->text);
    pf_buf_release(&judged->fired);
    pf_buf_release(&judged->flags);
    pf_buf_release(&judged->said);
}

bool judge_has_words(const struct pf_buf *have, const char *words)
{
    struct words w;

    for (const char *at = words; next_line(&at, &w);)
        for (size_t i = 0; i < w.n; i++) {
            char wanted[WORD_MAX + 2];

            (void)snprintf(wanted, sizeof wanted, " %s ", w.word[i]);
            if (have->data == NULL || strstr(have->data, wanted) == NULL)
                return false;
        }
    return true;
}
