-- id: D2
-- order: 30
-- kind: verdict
-- result: N3S
-- since: 2018-06-01
-- source: non-retention criteria, rule D2; PCI DSS v4.0.1 3.3.1 (unproven is post-authorization)
-- en: Sensitive authentication data is kept at a place of the merchant. Encrypting or masking it does not change this.
-- ja: 加盟店の場所に機密認証データが保存されています。暗号化やマスキングをしても変わりません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN') AND f.proven
   AND f.id NOT IN (SELECT id FROM queued_sad);

-- id: D3
-- order: 31
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D3
-- en: Sensitive authentication data waits for authorization in the declared queue: card data is processed on the merchant's own systems.
-- ja: 申告された待ち行列に、オーソリ前の機密認証データがあります。加盟店の自社システムでカード情報が処理されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.id IN (SELECT id FROM queued_sad);
