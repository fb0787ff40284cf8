-- id: D5
-- order: 50
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D5 (passing through counts)
-- en: Card numbers pass over the merchant's network, or in encrypted streams that end on its systems.
-- ja: 加盟店のネットワーク上、または自社で終端する暗号化通信の中を、カード番号が通過しています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('NET_CLEAR', 'NET_TLS_TERMINATED_HERE');
