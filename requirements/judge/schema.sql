-- The evidence store. Documented in docs/evidence-schema.md.
-- Facts are loaded as they come; judge/derive.sql adds what follows from them.
PRAGMA application_id = 0x48696a6f;
PRAGMA user_version = 1;

-- One row: what is judged, when, by what.
CREATE TABLE assessment (
  judged TEXT NOT NULL, judged_s INTEGER NOT NULL,
  edition TEXT NOT NULL, edition_date TEXT NOT NULL,
  scope_given INTEGER NOT NULL,
  entity_name TEXT NOT NULL, entity_role TEXT NOT NULL,
  max_run_age_days INTEGER NOT NULL, require_self_test INTEGER NOT NULL,
  significant_change TEXT NOT NULL, significant_change_s INTEGER);

-- Records ------------------------------------------------------------------
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL, tool TEXT NOT NULL, version TEXT NOT NULL, ruleset TEXT NOT NULL,
  host TEXT NOT NULL, key_id TEXT NOT NULL,
  started TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '', ended_s INTEGER,
  status TEXT NOT NULL DEFAULT 'failed',      -- complete, interrupted, failed
  message TEXT NOT NULL DEFAULT 'the stream has no end record',
  end_objects INTEGER NOT NULL DEFAULT -1,    -- what the end record counts; -1: not said
  end_findings INTEGER NOT NULL DEFAULT -1,
  end_gaps INTEGER NOT NULL DEFAULT -1,
  looks_for_said INTEGER NOT NULL DEFAULT 0);
CREATE TABLE run_root (run INTEGER NOT NULL, given TEXT NOT NULL, abs TEXT NOT NULL);
CREATE TABLE run_looks_for (run INTEGER NOT NULL, class TEXT NOT NULL);

CREATE TABLE object (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, location INTEGER NOT NULL,
  path TEXT NOT NULL, inner TEXT NOT NULL,    -- member names joined by '>', '' for the file itself
  kind TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  size INTEGER NOT NULL, bytes INTEGER NOT NULL, findings INTEGER NOT NULL,
  shapes INTEGER NOT NULL, luhn INTEGER NOT NULL, mtime INTEGER NOT NULL);

CREATE TABLE finding (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, location INTEGER NOT NULL,
  path TEXT NOT NULL, inner TEXT NOT NULL,
  "where" TEXT NOT NULL, "offset" INTEGER NOT NULL, line INTEGER NOT NULL,
  class TEXT NOT NULL, confidence TEXT NOT NULL,
  brand TEXT NOT NULL, pan TEXT NOT NULL, digits INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  encoding TEXT NOT NULL, reasons TEXT NOT NULL,          -- words, each between two spaces
  test_pan INTEGER NOT NULL, count INTEGER NOT NULL,
  ignored_by TEXT NOT NULL DEFAULT '', ignored_reason TEXT NOT NULL DEFAULT '',   -- number, path, pattern: left out
  review TEXT NOT NULL DEFAULT 'open');       -- open, accepted, dismissed

CREATE TABLE gap (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, location INTEGER NOT NULL,
  path TEXT NOT NULL, inner TEXT NOT NULL, abs TEXT NOT NULL,
  reason TEXT NOT NULL, note INTEGER NOT NULL, detail TEXT NOT NULL, unread INTEGER NOT NULL,
  accepted INTEGER);                          -- accepted_skip.id, or NULL

-- Declared facts -----------------------------------------------------------
CREATE TABLE channel (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, flow TEXT NOT NULL,
  tpsp TEXT NOT NULL, tpsp_aoc_date TEXT NOT NULL);

-- Places. declared = 0: made from the root of a run that no place covers.
CREATE TABLE location (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, declared INTEGER NOT NULL,
  kind TEXT NOT NULL, path TEXT NOT NULL, host TEXT NOT NULL,
  owner TEXT NOT NULL, stage TEXT NOT NULL, required INTEGER NOT NULL,
  on_merchant_network INTEGER NOT NULL,
  merchant INTEGER NOT NULL,                  -- owner is the merchant, or on its network
  queue_max_age_hours INTEGER,                -- of a declared pre-authorization queue
  excluded_reason TEXT NOT NULL, excluded_by TEXT NOT NULL, excluded_when TEXT NOT NULL);
CREATE TABLE location_channel (location INTEGER NOT NULL, channel INTEGER NOT NULL);
CREATE TABLE location_covers (location INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE TABLE location_ancestor (location INTEGER NOT NULL, path TEXT NOT NULL);

CREATE TABLE absent (kind TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE accepted_skip (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, pattern TEXT NOT NULL, gap_reason TEXT NOT NULL,
  reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE attestation (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, channel INTEGER, answer TEXT NOT NULL,
  who TEXT NOT NULL, at TEXT NOT NULL, evidence TEXT NOT NULL, until TEXT NOT NULL);

-- Reference data, loaded from criteria/ and pci-dss-4.0.1/ -------------------
CREATE TABLE edition (id TEXT NOT NULL, date TEXT NOT NULL, requirements TEXT NOT NULL,
  en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE flow_type (channel TEXT NOT NULL, flow TEXT NOT NULL, status TEXT NOT NULL,
  en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE location_kind (id TEXT NOT NULL, en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE required_kind (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, kind TEXT NOT NULL,
  en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE attestation_kind (id TEXT NOT NULL, en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE verdict_text (code TEXT NOT NULL, en TEXT NOT NULL, ja TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE verdict_code (code TEXT NOT NULL UNIQUE, rank INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE requirement (id TEXT NOT NULL UNIQUE, title_en TEXT NOT NULL, title_ja TEXT NOT NULL,
  effective TEXT NOT NULL);

-- What follows from the facts; filled by derive.sql ---------------------------
CREATE TABLE location_run (                   -- which runs went to which place
  location INTEGER NOT NULL, run INTEGER NOT NULL,
  whole INTEGER NOT NULL,                     -- a root of the run is the place, or above it
  at_root INTEGER NOT NULL,                   -- a root of the run is the place, or in it
  objects INTEGER NOT NULL DEFAULT 0, objects_read INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0, media INTEGER NOT NULL DEFAULT 0,
  blocking INTEGER NOT NULL DEFAULT 0, unexplained INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (location, run)) WITHOUT ROWID;
CREATE TABLE blocking_gap (location INTEGER NOT NULL, run INTEGER NOT NULL, gap INTEGER NOT NULL);
CREATE TABLE unexplained (location INTEGER NOT NULL, run INTEGER NOT NULL, object INTEGER NOT NULL);
CREATE TABLE run_miscount (run INTEGER NOT NULL);
CREATE TABLE location_state (
  location INTEGER PRIMARY KEY, run INTEGER, ended_s INTEGER,      -- the run that governs
  coverage TEXT NOT NULL,                     -- complete, partial, failed, not_run, excluded
  whole INTEGER NOT NULL, miscounted INTEGER NOT NULL,
  objects INTEGER NOT NULL, objects_read INTEGER NOT NULL, bytes INTEGER NOT NULL,
  media INTEGER NOT NULL, blocking INTEGER NOT NULL, unexplained INTEGER NOT NULL,
  findings INTEGER NOT NULL);
-- Places that must have been read, and are not.
CREATE VIEW unread_place AS
  SELECT s.* FROM location_state s JOIN location l ON l.id = s.location
   WHERE l.required = 1 AND s.coverage NOT IN ('complete', 'excluded');

-- Rules and what they said ---------------------------------------------------
CREATE TABLE rule (
  id TEXT NOT NULL UNIQUE, ord INTEGER NOT NULL, kind TEXT NOT NULL, result TEXT NOT NULL,
  requirement TEXT NOT NULL, flags TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
  source TEXT NOT NULL, en TEXT NOT NULL, ja TEXT NOT NULL, sql TEXT NOT NULL);
CREATE TABLE rule_result (rule TEXT NOT NULL UNIQUE, fired INTEGER NOT NULL, count INTEGER NOT NULL);
CREATE TABLE rule_hit (rule TEXT NOT NULL, location INTEGER, channel INTEGER, count INTEGER NOT NULL);
CREATE TABLE rule_evidence (rule TEXT NOT NULL, tbl TEXT NOT NULL, row INTEGER NOT NULL,
  location INTEGER, channel INTEGER,
  CONSTRAINT "evidence of an unknown table" CHECK (tbl IN ('finding', 'gap', 'object', 'run',
    'location', 'channel', 'required_kind', 'attestation', 'assessment')));

-- Views that rules read ------------------------------------------------------
-- Evidence at places of the merchant. Published test numbers stand apart, and so
-- does what the operator leaves out.
-- proven: confirmed by the finder, or accepted by a reviewer.
CREATE VIEW merchant_finding AS
  SELECT f.*, l.stage, l.queue_max_age_hours, l.declared,
         f.review = 'accepted' OR f.confidence = 'confirmed' AS proven
    FROM finding f JOIN location l ON l.id = f.location
   WHERE l.merchant = 1 AND f.review <> 'dismissed'
     AND f.class <> 'TEST_PAN' AND f.test_pan = 0 AND f.ignored_by = '';

-- The channels a place speaks of: its own, or all of them when it is shared.
CREATE VIEW location_concerns AS
  SELECT location, channel FROM location_channel
  UNION ALL
  SELECT l.id, c.id FROM location l JOIN channel c
   WHERE NOT EXISTS (SELECT 1 FROM location_channel x WHERE x.location = l.id);

-- SAD that waits for authorization: in a declared queue, and younger than the
-- longest wait that was declared for it. Age unknown is not young.
CREATE VIEW queued_sad AS
  SELECT f.id FROM merchant_finding f
   WHERE f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN')
     AND f.stage = 'pre_auth' AND f.queue_max_age_hours IS NOT NULL
     AND (SELECT max(o.mtime) FROM object o
           WHERE o.run = f.run AND o.path = f.path AND o.inner = f.inner AND o.mtime > 0)
         > (SELECT judged_s FROM assessment) - f.queue_max_age_hours * 3600;

-- One answer per place and question: no beats yes; a yes counts when it is
-- given for the whole entity or for every channel that the place speaks of.
CREATE VIEW answer_at AS
  SELECT l.id AS location, a.name,
         CASE WHEN sum(a.answer = 'no') > 0 THEN 'no'
              WHEN sum(a.answer = 'yes' AND a.channel IS NULL) > 0 THEN 'yes'
              WHEN count(DISTINCT CASE WHEN a.answer = 'yes' THEN a.channel END) =
                   (SELECT count(*) FROM location_concerns c WHERE c.location = l.id) THEN 'yes'
              ELSE 'blank' END AS answer
    FROM location l JOIN attestation a
      ON a.channel IS NULL OR a.channel IN
         (SELECT c.channel FROM location_concerns c WHERE c.location = l.id)
   GROUP BY l.id, a.name;

-- As answer_at, for a channel. `backed`: with evidence, and not run out.
CREATE VIEW answer_of AS
  SELECT c.id AS channel, a.name,
         CASE WHEN sum(a.answer = 'no') > 0 THEN 'no'
              WHEN sum(a.answer = 'yes') > 0 THEN 'yes' ELSE 'blank' END AS answer,
         max(a.answer = 'yes' AND a.evidence <> ''
             AND (a.until = '' OR a.until >= substr((SELECT judged FROM assessment), 1, 10))) AS backed
    FROM channel c JOIN attestation a ON a.channel IS NULL OR a.channel = c.id
   GROUP BY c.id, a.name;

-- What a run says it looks for; a run that does not say looks for these three.
CREATE VIEW looked_for AS
  SELECT run, class FROM run_looks_for
  UNION ALL
  SELECT r.id, c.column1 FROM run r JOIN (VALUES ('PAN_CLEAR'), ('SAD_TRACK'), ('TEST_PAN')) c
   WHERE r.looks_for_said = 0;
