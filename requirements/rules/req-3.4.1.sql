-- id: 3.4.1/contradicted
-- order: 1060
-- kind: requirement
-- requirement: 3.4.1
-- result: contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.4.1; non-retention criteria, edge cases on journals and page sources
-- en: Whole card numbers stand in output meant for people: journals, print spools or pages.
-- ja: 電子ジャーナル・印刷スプール・ページなど、人に示す出力にカード番号の全桁があります。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED')
   AND (f.location IN (SELECT location FROM location_covers WHERE kind IN ('ejournal', 'printer_spool'))
     OR lower(f.path) GLOB '*.htm' OR lower(f.path) GLOB '*.html');

-- id: 3.4.1/display
-- order: 1061
-- kind: requirement
-- requirement: 3.4.1
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.4.1; non-retention criteria, edge cases on journals and page sources
-- en: No stored output meant for people (electronic journal, print spool) was declared and read. Live screens and who needs to see whole numbers cannot be seen in stored data.
-- ja: 人に示す出力(電子ジャーナル・印刷スプール)が申告・調査されていません。実際の画面や、全桁表示が必要な担当者は、保存データからは分かりません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS (SELECT 1 FROM location_covers v JOIN location_state s ON s.location = v.location
                    WHERE v.kind IN ('ejournal', 'printer_spool') AND s.objects > 0);

-- id: 3.4.1/probable
-- order: 1062
-- kind: requirement
-- requirement: 3.4.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.4.1; non-retention criteria, edge cases on journals and page sources
-- en: Probable findings are not reviewed yet.
-- ja: 可能性の高い発見がまだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open' AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED')
   AND f.location IN (SELECT location FROM location_covers WHERE kind IN ('ejournal', 'printer_spool'));

-- id: 3.4.1/coverage
-- order: 1063
-- kind: requirement
-- requirement: 3.4.1
-- result: inconclusive
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.4.1; non-retention criteria, edge cases on journals and page sources
-- en: Nothing contradicts it in what was read, but the coverage is not complete or too old.
-- ja: 読めた範囲に矛盾する証拠はありませんが、調査範囲が不完全か、古くなっています。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE EXISTS (SELECT 1 FROM rule_hit WHERE rule LIKE 'D17%');

-- id: 3.4.1/clean
-- order: 1064
-- kind: requirement
-- requirement: 3.4.1
-- result: not_contradicted
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 3.4.1; non-retention criteria, edge cases on journals and page sources
-- en: Nothing in the stated coverage contradicts it. Only this part of the requirement can be seen in stored data.
-- ja: 示された調査範囲に、矛盾する証拠はありません。保存データから分かるのは、この要件の一部だけです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
