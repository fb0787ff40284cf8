-- id: D6
-- order: 60
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D6 and the clarification on flow evidence
-- en: The declared flow takes card data through the merchant's own systems, or code and settings show that it does. The scan cannot change that.
-- ja: 申告されたフローでは加盟店の自社システムをカード情報が通過します(またはプログラム・設定がそれを示しています)。調査の結果では変わりません。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
 WHERE t.status = 'retaining'
UNION ALL
SELECT f.location, NULL, 'finding', f.id, f.count
  FROM merchant_finding f WHERE f.class = 'FLOW_EVIDENCE' AND f.proven;

-- id: D6u
-- order: 61
-- kind: verdict
-- result: N5
-- since: 2018-06-01
-- source: non-retention criteria, section on inputs: a missing answer is not an answer
-- en: The flow of a channel is declared as not known.
-- ja: チャネルのフローが「不明」と申告されています。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
 WHERE t.status = 'unknown';
