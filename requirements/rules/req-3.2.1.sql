-- id: 3.2.1/contradicted
-- order: 1000
-- kind: requirement
-- requirement: 3.2.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: Account data is stored where the declared facts leave no need for it: sensitive authentication data after authorization, a place that the inventory does not know, or flows that need no card data at all.
-- ja: 申告された事実からは保存の必要がない場所にアカウントデータがあります(オーソリ後の機密認証データ、棚卸にない場所、またはカード情報を必要としないフロー)。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC')
   AND ((f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN') AND f.id NOT IN (SELECT id FROM queued_sad))
    OR (f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC')
        AND ((f.declared = 0 AND (SELECT scope_given FROM assessment) = 1)
          OR EXISTS (SELECT 1 FROM channel)
             AND NOT EXISTS (SELECT 1 FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow WHERE t.status IN ('retaining', 'unknown')))));

-- id: 3.2.1/not_run
-- order: 1001
-- kind: requirement
-- requirement: 3.2.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.2.1/found
-- order: 1002
-- kind: requirement
-- requirement: 3.2.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: Account data is stored; whether the retention rules allow it cannot be told from the evidence.
-- ja: アカウントデータが保存されています。保持の規則で認められるかどうかは、証拠からは分かりません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN');

-- id: 3.2.1/probable
-- order: 1003
-- kind: requirement
-- requirement: 3.2.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN');

-- id: 3.2.1/coverage
-- order: 1004
-- kind: requirement
-- requirement: 3.2.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.2.1/clean
-- order: 1005
-- kind: requirement
-- requirement: 3.2.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.2.1
-- en: No account data was found in the stated coverage. That disposal is checked every three months is not shown by one run.
-- ja: 示された調査範囲にアカウントデータはありません。3か月ごとの確認が行われていることは、1回の実行では示せません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
