-- id: D8b
-- order: 80
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D8b: encryption alone is not non-retention
-- en: Encrypted card numbers are kept in a flow that is neither P2PE nor under the eleven items.
-- ja: P2PE でも技術要件11項目でもないフローに、暗号化されたカード番号が保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class = 'PAN_ENC'
   AND EXISTS (SELECT 1 FROM location_concerns x JOIN channel c ON c.id = x.channel
                 JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
                WHERE x.location = f.location AND t.status NOT IN ('equivalent', 'reader'));

-- id: D8u
-- order: 81
-- kind: verdict
-- result: N5
-- since: 2018-06-01
-- source: non-retention criteria, rule D8: the flow decides, and none is declared
-- en: Encrypted card numbers are kept, and no flow is declared that would explain them.
-- ja: 暗号化されたカード番号が保存されていますが、それを説明するフローが申告されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class = 'PAN_ENC'
   AND NOT EXISTS (SELECT 1 FROM location_concerns x WHERE x.location = f.location);
