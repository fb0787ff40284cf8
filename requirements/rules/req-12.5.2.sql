-- id: 12.5.2/contradicted
-- order: 1110
-- kind: requirement
-- requirement: 12.5.2
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: Account data stands in a place that the inventory does not know.
-- ja: 棚卸にない場所にアカウントデータがあります。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.declared = 0 AND (SELECT scope_given FROM assessment) = 1
   AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'NET_CLEAR', 'NET_TLS_TERMINATED_HERE');

-- id: 12.5.2/no_scope
-- order: 1111
-- kind: requirement
-- requirement: 12.5.2
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: No inventory of places was given.
-- ja: 場所の棚卸が示されていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment WHERE scope_given = 0;

-- id: 12.5.2/not_run
-- order: 1112
-- kind: requirement
-- requirement: 12.5.2
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: Nothing was read.
-- ja: 何も読まれていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM object) AND NOT EXISTS (SELECT 1 FROM finding);

-- id: 12.5.2/probable
-- order: 1113
-- kind: requirement
-- requirement: 12.5.2
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.declared = 0 AND f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'NET_CLEAR', 'NET_TLS_TERMINATED_HERE');

-- id: 12.5.2/coverage
-- order: 1114
-- kind: requirement
-- requirement: 12.5.2
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 12.5.2/clean
-- order: 1115
-- kind: requirement
-- requirement: 12.5.2
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 12.5.2; non-retention criteria, clarification on unknown places
-- en: All places of the inventory that must be read were read, and no account data stands outside of it. The entity's own yearly confirmation is not replaced by this.
-- ja: 棚卸のうち読むべき場所はすべて読まれ、その外にアカウントデータはありません。事業体自身による年1回の確認に代わるものではありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
