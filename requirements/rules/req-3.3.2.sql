-- id: 3.3.2/contradicted
-- order: 1050
-- kind: requirement
-- requirement: 3.3.2
-- result: contradicted
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: Sensitive authentication data that waits for authorization is stored without encryption.
-- ja: オーソリ前の機密認証データが暗号化されずに保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.id IN (SELECT id FROM queued_sad) AND f.reasons NOT LIKE '% encrypted %';

-- id: 3.3.2/no_queue
-- order: 1051
-- kind: requirement
-- requirement: 3.3.2
-- result: not_tested
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: No place that holds data before authorization is declared.
-- ja: オーソリ前のデータを持つ場所は申告されていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM location l JOIN location_state s ON s.location = l.id
                    WHERE l.stage = 'pre_auth' AND l.merchant = 1 AND s.objects > 0);

-- id: 3.3.2/not_looked_for
-- order: 1052
-- kind: requirement
-- requirement: 3.3.2
-- result: not_tested
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN'));

-- id: 3.3.2/probable
-- order: 1053
-- kind: requirement
-- requirement: 3.3.2
-- result: inconclusive
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.stage = 'pre_auth'
   AND f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN');

-- id: 3.3.2/coverage
-- order: 1054
-- kind: requirement
-- requirement: 3.3.2
-- result: inconclusive
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.3.2/clean
-- order: 1055
-- kind: requirement
-- requirement: 3.3.2
-- result: not_contradicted
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.3.2
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
