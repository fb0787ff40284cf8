-- id: 6.5.6/note
-- order: 1100
-- kind: requirement
-- requirement: 6.5.6
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 6.5.6; non-retention criteria, clarification: a note, no status changed
-- en: Published test numbers were found: {count}. Whether these systems are in production is for a person to say; if they are, test data should have been removed.
-- ja: 公開テスト番号が見つかりました: {count}件。本番環境かどうかは人が判断します。本番であれば、テストデータは除去されているべきものです。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM finding f JOIN location l ON l.id = f.location
 WHERE l.merchant = 1 AND (f.class = 'TEST_PAN' OR f.test_pan = 1) AND f.ignored_by = '';

-- id: 6.5.6/none
-- order: 1101
-- kind: requirement
-- requirement: 6.5.6
-- result: not_tested
-- since: 2022-03-31
-- source: PCI DSS v4.0.1 6.5.6; non-retention criteria, clarification: a note, no status changed
-- en: No published test number was found; test accounts are not looked for.
-- ja: 公開テスト番号は見つかりませんでした。テストアカウントは調べていません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
