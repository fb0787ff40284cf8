-- id: 3.6.1/contradicted
-- order: 1090
-- kind: requirement
-- requirement: 3.6.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: A key lies beside the card numbers it encrypts.
-- ja: 暗号化されたカード番号のそばに鍵があります。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class = 'PAN_ENC_KEY_HERE';

-- id: 3.6.1/probable
-- order: 1091
-- kind: requirement
-- requirement: 3.6.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('PAN_ENC_KEY_HERE');

-- id: 3.6.1/not_run
-- order: 1093
-- kind: requirement
-- requirement: 3.6.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.6.1/not_looked_for
-- order: 1094
-- kind: requirement
-- requirement: 3.6.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('PAN_ENC_KEY_HERE'));

-- id: 3.6.1/coverage
-- order: 1096
-- kind: requirement
-- requirement: 3.6.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.6.1/clean
-- order: 1097
-- kind: requirement
-- requirement: 3.6.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.6.1
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
