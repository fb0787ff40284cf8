-- id: 3.3.1/contradicted
-- order: 1010
-- kind: requirement
-- requirement: 3.3.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: Sensitive authentication data is stored after authorization.
-- ja: 機密認証データがオーソリ後に保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN') AND f.id NOT IN (SELECT id FROM queued_sad);

-- id: 3.3.1/probable
-- order: 1011
-- kind: requirement
-- requirement: 3.3.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN');

-- id: 3.3.1/not_run
-- order: 1013
-- kind: requirement
-- requirement: 3.3.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.3.1/not_looked_for
-- order: 1014
-- kind: requirement
-- requirement: 3.3.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('SAD_TRACK', 'SAD_CVC', 'SAD_PIN'));

-- id: 3.3.1/partly_looked_for
-- order: 1015
-- kind: requirement
-- requirement: 3.3.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: What was looked for was not found, but not all kinds of sensitive authentication data were looked for.
-- ja: 探した種類は見つかりませんでしたが、機密認証データのすべての種類を探したわけではありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM (VALUES ('SAD_TRACK'), ('SAD_CVC'), ('SAD_PIN')) c
                WHERE c.column1 NOT IN (SELECT class FROM looked_for));

-- id: 3.3.1/coverage
-- order: 1016
-- kind: requirement
-- requirement: 3.3.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.3.1/clean
-- order: 1017
-- kind: requirement
-- requirement: 3.3.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;

-- id: 3.3.1.1/contradicted
-- order: 1020
-- kind: requirement
-- requirement: 3.3.1.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: Track data or its chip equivalent is stored after authorization.
-- ja: トラックデータ(またはICの同等データ)がオーソリ後に保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('SAD_TRACK') AND f.id NOT IN (SELECT id FROM queued_sad);

-- id: 3.3.1.1/probable
-- order: 1021
-- kind: requirement
-- requirement: 3.3.1.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('SAD_TRACK');

-- id: 3.3.1.1/not_run
-- order: 1023
-- kind: requirement
-- requirement: 3.3.1.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.3.1.1/not_looked_for
-- order: 1024
-- kind: requirement
-- requirement: 3.3.1.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('SAD_TRACK'));

-- id: 3.3.1.1/coverage
-- order: 1026
-- kind: requirement
-- requirement: 3.3.1.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.3.1.1/clean
-- order: 1027
-- kind: requirement
-- requirement: 3.3.1.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.1
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;

-- id: 3.3.1.2/contradicted
-- order: 1030
-- kind: requirement
-- requirement: 3.3.1.2
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: Card verification codes are stored after authorization.
-- ja: カード検証コードがオーソリ後に保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('SAD_CVC') AND f.id NOT IN (SELECT id FROM queued_sad);

-- id: 3.3.1.2/probable
-- order: 1031
-- kind: requirement
-- requirement: 3.3.1.2
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('SAD_CVC');

-- id: 3.3.1.2/not_run
-- order: 1033
-- kind: requirement
-- requirement: 3.3.1.2
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.3.1.2/not_looked_for
-- order: 1034
-- kind: requirement
-- requirement: 3.3.1.2
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('SAD_CVC'));

-- id: 3.3.1.2/coverage
-- order: 1036
-- kind: requirement
-- requirement: 3.3.1.2
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.3.1.2/clean
-- order: 1037
-- kind: requirement
-- requirement: 3.3.1.2
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.2
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;

-- id: 3.3.1.3/contradicted
-- order: 1040
-- kind: requirement
-- requirement: 3.3.1.3
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: PINs or PIN blocks are stored after authorization.
-- ja: PIN または PIN ブロックがオーソリ後に保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('SAD_PIN') AND f.id NOT IN (SELECT id FROM queued_sad);

-- id: 3.3.1.3/probable
-- order: 1041
-- kind: requirement
-- requirement: 3.3.1.3
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('SAD_PIN');

-- id: 3.3.1.3/not_run
-- order: 1043
-- kind: requirement
-- requirement: 3.3.1.3
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.3.1.3/not_looked_for
-- order: 1044
-- kind: requirement
-- requirement: 3.3.1.3
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('SAD_PIN'));

-- id: 3.3.1.3/coverage
-- order: 1046
-- kind: requirement
-- requirement: 3.3.1.3
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.3.1.3/clean
-- order: 1047
-- kind: requirement
-- requirement: 3.3.1.3
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.3.1.3
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
