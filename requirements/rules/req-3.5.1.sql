-- id: 3.5.1/contradicted
-- order: 1070
-- kind: requirement
-- requirement: 3.5.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Card numbers are stored in a form that can be read.
-- ja: カード番号が読み取れる形で保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven
   AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_TRUNC_WIDE', 'CORRELATABLE', 'PAN_HASH_UNKEYED')
   AND (f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE')
    OR (f.class = 'PAN_TRUNC_WIDE' AND f.reasons NOT LIKE '% display-only %')
    OR (f.class = 'CORRELATABLE' AND f.reasons LIKE '% correlation-proven %')
    OR (f.class = 'PAN_HASH_UNKEYED' AND f.reasons LIKE '% hash-reversed %'));

-- id: 3.5.1/probable
-- order: 1071
-- kind: requirement
-- requirement: 3.5.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_TRUNC_WIDE');

-- id: 3.5.1/correlatable
-- order: 1072
-- kind: requirement
-- requirement: 3.5.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Parts of numbers may be joined; whether they can is not settled.
-- ja: 番号の断片を突合できる可能性があり、確定していません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class = 'CORRELATABLE' AND f.reasons NOT LIKE '% correlation-proven %' AND f.confidence <> 'possible';

-- id: 3.5.1/not_run
-- order: 1073
-- kind: requirement
-- requirement: 3.5.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.5.1/not_looked_for
-- order: 1074
-- kind: requirement
-- requirement: 3.5.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('PAN_CLEAR', 'PAN_ROUNDED'));

-- id: 3.5.1/coverage
-- order: 1076
-- kind: requirement
-- requirement: 3.5.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.5.1/clean
-- order: 1077
-- kind: requirement
-- requirement: 3.5.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.5.1
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;

-- id: 3.5.1.1/contradicted
-- order: 1080
-- kind: requirement
-- requirement: 3.5.1.1
-- result: contradicted
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: Hashes of card numbers were made without a key.
-- ja: カード番号のハッシュが鍵なしで作られています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class = 'PAN_HASH_UNKEYED';

-- id: 3.5.1.1/probable
-- order: 1081
-- kind: requirement
-- requirement: 3.5.1.1
-- result: inconclusive
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('PAN_HASH_UNKEYED', 'PAN_HASH_OPAQUE')
   AND CASE f.class WHEN 'PAN_HASH_OPAQUE' THEN f.confidence <> 'possible'
                    ELSE f.confidence = 'probable' AND f.review = 'open' END;

-- id: 3.5.1.1/not_run
-- order: 1083
-- kind: requirement
-- requirement: 3.5.1.1
-- result: not_tested
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 3.5.1.1/not_looked_for
-- order: 1084
-- kind: requirement
-- requirement: 3.5.1.1
-- result: not_tested
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: No run looked for this kind of data.
-- ja: この種類のデータを探した実行がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM looked_for WHERE class IN ('PAN_HASH_UNKEYED'));

-- id: 3.5.1.1/coverage
-- order: 1086
-- kind: requirement
-- requirement: 3.5.1.1
-- result: inconclusive
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.5.1.1/clean
-- order: 1087
-- kind: requirement
-- requirement: 3.5.1.1
-- result: not_contradicted
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 3.5.1.1
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
