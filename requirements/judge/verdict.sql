-- What the rules that fired add up to. The worst wins: a status code's rank
-- stands in verdict_code.
CREATE TABLE verdict_location AS
  SELECT l.id AS location,
         coalesce((SELECT r.result FROM rule_hit h JOIN rule r ON r.id = h.rule
                     JOIN verdict_code v ON v.code = r.result
                    WHERE r.kind = 'verdict' AND h.location = l.id ORDER BY v.rank DESC LIMIT 1),
                  CASE WHEN l.merchant = 0 OR s.coverage = 'excluded' THEN 'N0'
                       WHEN s.coverage = 'complete' THEN 'N1' ELSE 'N4' END) AS code
    FROM location l JOIN location_state s ON s.location = l.id;

-- A channel hears what was said of itself, of its places, of the shared places
-- and of the whole; that the role is not eligible is said of the entity alone.
CREATE TABLE channel_hit AS
  SELECT DISTINCT c.id AS channel, h.rule
    FROM channel c
    JOIN rule_hit h ON h.channel = c.id OR (h.channel IS NULL AND h.location IS NULL)
      OR h.location IN (SELECT x.location FROM location_concerns x WHERE x.channel = c.id)
    JOIN rule r ON r.id = h.rule
   WHERE r.kind = 'verdict' AND r.result <> 'NX';

CREATE TABLE verdict_channel AS
  SELECT c.id AS channel,
         CASE WHEN w.code IN ('N1', 'N2') AND EXISTS
                   (SELECT 1 FROM unread_place u JOIN location_concerns x ON x.location = u.location
                     WHERE x.channel = c.id) THEN 'N4' ELSE w.code END AS code
    FROM channel c
    JOIN (SELECT c2.id, coalesce((SELECT r.result FROM channel_hit h JOIN rule r ON r.id = h.rule
                                    JOIN verdict_code v ON v.code = r.result
                                   WHERE h.channel = c2.id ORDER BY v.rank DESC LIMIT 1), 'N1') AS code
            FROM channel c2) w ON w.id = c.id;

-- No rule fired at all: the rules were edited, and nothing may be said for the
-- merchant. A place that is not read never gives N1 or N2, whatever the rules say.
CREATE TABLE verdict_entity AS
  SELECT CASE WHEN w.code IN ('N1', 'N2') AND EXISTS (SELECT 1 FROM unread_place) THEN 'N4'
              ELSE w.code END AS code
    FROM (SELECT coalesce((SELECT r.result FROM rule_hit h JOIN rule r ON r.id = h.rule
                             JOIN verdict_code v ON v.code = r.result
                            WHERE r.kind = 'verdict' ORDER BY v.rank DESC LIMIT 1), 'N5') AS code) w;
