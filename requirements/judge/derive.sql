-- What follows from the facts, worked out once after loading.
CREATE INDEX gap_object ON gap (run, path, inner);
CREATE INDEX gap_abs ON gap (abs);
CREATE INDEX object_outcome ON object (outcome) WHERE outcome <> 'read';
-- Holds what most rules ask of a finding, so that they need not read the rows.
CREATE INDEX finding_class ON finding (class, confidence, review, test_pan, ignored_by, location, run, count);

-- A skip that a named person accepted: a path and all below it, or a pattern
-- over the place written as path>member>member.
UPDATE gap SET accepted = (
  SELECT min(s.id) FROM accepted_skip s
   WHERE s.gap_reason IN ('', gap.reason)
     AND ((s.path <> '' AND (gap.abs = s.path OR substr(gap.abs, 1, length(s.path) + 1) = s.path || '/'))
       OR (s.pattern <> '' AND gap.abs || CASE gap.inner WHEN '' THEN '' ELSE '>' || gap.inner END GLOB s.pattern)))
 WHERE note = 0;

-- Which runs went to which place. whole: a root of the run is the place or
-- above it; at_root: the place itself was a root, or a root lies in it.
INSERT INTO location_run (location, run, whole, at_root)
  SELECT l.id AS location, r.id AS run,
         max(l.path = t.abs OR t.abs IN (SELECT a.path FROM location_ancestor a WHERE a.location = l.id)) AS whole,
         max(l.path = t.abs OR substr(t.abs, 1, length(l.path) + 1) = l.path || '/') AS at_root
    FROM location l
    JOIN run r ON l.host = '' OR l.host = r.host
    JOIN run_root t ON t.run = r.id
   WHERE l.path = t.abs
      OR t.abs IN (SELECT a.path FROM location_ancestor a WHERE a.location = l.id)
      OR substr(t.abs, 1, length(l.path) + 1) = l.path || '/'
   GROUP BY l.id, r.id;
-- A place that only records outside of every root went to.
INSERT INTO location_run (location, run, whole, at_root)
  SELECT DISTINCT o.location, o.run, 0, 1 FROM object o
   WHERE NOT EXISTS (SELECT 1 FROM location_run x WHERE x.location = o.location AND x.run = o.run);

UPDATE location_run SET (objects, objects_read, bytes, media) = (g.objects, g.objects_read, g.bytes, g.media)
  FROM (SELECT location, run, count(*) AS objects, sum(outcome = 'read') AS objects_read,
               sum(bytes) AS bytes, sum(kind = 'media') AS media
          FROM object GROUP BY location, run) g
 WHERE g.location = location_run.location AND g.run = location_run.run;

-- Gaps that keep a place from being read whole: its own, and those of the
-- folders above it (an unreadable parent hides the place).
INSERT INTO blocking_gap
  SELECT g.location, g.run, g.id AS gap FROM gap g WHERE g.note = 0 AND g.accepted IS NULL
  UNION
  SELECT a.location, g.run, g.id FROM location_ancestor a
    JOIN gap g ON g.abs = a.path AND g.inner = ''
    JOIN location_run x ON x.location = a.location AND x.run = g.run
   WHERE g.note = 0 AND g.accepted IS NULL;
CREATE INDEX blocking_gap_key ON blocking_gap (location, run);
UPDATE location_run SET blocking = (SELECT count(*) FROM blocking_gap b
   WHERE b.location = location_run.location AND b.run = location_run.run);

-- An object that was not read and has no gap record of its own: somebody's
-- stream lost a line. It blocks like a gap.
INSERT INTO unexplained
  SELECT o.location, o.run, o.id AS object FROM object o
   WHERE o.outcome <> 'read'
     AND NOT EXISTS (SELECT 1 FROM gap g
                      WHERE g.run = o.run AND g.path = o.path AND g.inner = o.inner);
UPDATE location_run SET unexplained = (SELECT count(*) FROM unexplained u
   WHERE u.location = location_run.location AND u.run = location_run.run);

-- Counts of the end record that the stream does not bear out. Notes are not
-- among the gaps it counts.
INSERT INTO run_miscount
  SELECT r.id AS run FROM run r
   WHERE (r.end_objects >= 0 AND r.end_objects <> (SELECT count(*) FROM object o WHERE o.run = r.id))
      OR (r.end_findings >= 0 AND r.end_findings <> (SELECT count(*) FROM finding f WHERE f.run = r.id))
      OR (r.end_gaps >= 0 AND r.end_gaps <> (SELECT count(*) FROM gap g WHERE g.run = r.id AND g.note = 0));

-- The state of each place. The run that governs it is the latest one that
-- read it whole; a later failed or partial try does not replace that one.
INSERT INTO location_state
  WITH ranked AS (
    SELECT x.*, r.status, r.ended_s, m.run IS NOT NULL AS miscounted,
           row_number() OVER (PARTITION BY x.location ORDER BY
             (r.status = 'complete' AND x.whole AND x.blocking = 0 AND x.unexplained = 0 AND m.run IS NULL
               AND x.objects > 0) DESC,
             (r.status = 'complete') DESC, x.whole DESC, r.ended_s DESC, r.id DESC) AS nth
      FROM location_run x JOIN run r ON r.id = x.run LEFT JOIN run_miscount m ON m.run = x.run)
  SELECT l.id AS location, g.run, g.ended_s,
         CASE WHEN l.excluded_by <> '' THEN 'excluded'
              WHEN g.run IS NULL THEN 'not_run'
              WHEN g.objects = 0 AND g.blocking = 0 AND NOT g.at_root THEN 'not_run'
              WHEN g.status = 'failed' THEN 'failed'
              WHEN g.status <> 'complete' OR NOT g.whole OR g.blocking > 0 OR g.unexplained > 0
                OR g.miscounted OR g.objects = 0 THEN 'partial'
              ELSE 'complete' END AS coverage,
         coalesce(g.whole, 0) AS whole, coalesce(g.miscounted, 0) AS miscounted,
         coalesce(g.objects, 0) AS objects, coalesce(g.objects_read, 0) AS objects_read,
         coalesce(g.bytes, 0) AS bytes, coalesce(g.media, 0) AS media,
         coalesce(g.blocking, 0) AS blocking, coalesce(g.unexplained, 0) AS unexplained,
         coalesce(n.findings, 0) AS findings
    FROM location l LEFT JOIN ranked g ON g.location = l.id AND g.nth = 1
    LEFT JOIN (SELECT location, count(*) AS findings FROM finding WHERE ignored_by = '' GROUP BY location) n
      ON n.location = l.id;
