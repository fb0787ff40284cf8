-- id: A-no-scope
-- order: 500
-- kind: assumption
-- source: rule of this project
-- en: No scope file was given. Assumed: one merchant; channel and flow unknown, so rules about flows were not applied.
-- ja: 範囲ファイルが指定されていません。加盟店1社とみなし、チャネルとフローは不明として、フローに関する規則は適用していません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n FROM assessment WHERE scope_given = 0;

-- id: A-roots
-- order: 501
-- kind: assumption
-- source: rule of this project
-- en: The scanned roots were taken to be all the places that must be read, owned by the merchant. Places that were not scanned are not covered by this verdict. Roots: {list}
-- ja: 調査した起点を、読むべき場所のすべてであり加盟店の所有であるとみなしました。調査していない場所は、この判定に含まれません。起点: {list}
SELECT l.id AS location, NULL AS channel, 'location' AS tbl, l.id, 1 AS n
  FROM location l CROSS JOIN assessment a WHERE a.scope_given = 0;

-- id: A-stage
-- order: 502
-- kind: assumption
-- source: non-retention criteria, edge case "authorization unknown"
-- en: Everything found was taken to be kept after authorization.
-- ja: 見つかったものはすべてオーソリ後の保存とみなしました。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n FROM assessment
 WHERE scope_given = 0 OR EXISTS (SELECT 1 FROM location WHERE stage = 'unknown' AND merchant = 1);

-- id: A-kinds
-- order: 503
-- kind: assumption
-- source: non-retention criteria, coverage gate
-- en: The kinds of places that each channel wants (logs, backups, mail, captures and so on) were not checked, since no channel is declared.
-- ja: チャネルが申告されていないため、チャネルごとに必要な場所の種類(ログ・バックアップ・メール・通信取得など)は確認していません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n FROM assessment WHERE scope_given = 0;

-- id: A-selftest
-- order: 504
-- kind: assumption
-- source: PCI DSS v4.0.1 A3.2.5.1
-- en: The finder was taken to find what it claims to find: no self-test record was asked for (policy require_self_test).
-- ja: 検出ツールは仕様どおり検出できるものとみなしました。自己試験の記録は求めていません(policy の require_self_test)。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n FROM assessment WHERE require_self_test = 0;

-- id: A-review
-- order: 505
-- kind: assumption
-- source: rule of this project
-- en: Nobody has reviewed the findings: all of them are open.
-- ja: 発見を確認した人はおらず、すべて未確認として扱いました。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n FROM assessment
 WHERE EXISTS (SELECT 1 FROM finding) AND NOT EXISTS (SELECT 1 FROM finding WHERE review <> 'open');

-- id: A-ignored
-- order: 509
-- kind: assumption
-- source: rule of this project: what the operator leaves out is listed, not judged
-- en: Findings that the operator left out, by a number, a path or a pattern of the scope file, were not judged. Findings: {count}
-- ja: 運用者が範囲ファイルの番号・パス・パターンで除外した発見は、判定の対象にしていません。件数: {count}
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, 1 AS n FROM finding f WHERE f.ignored_by <> '';

-- id: A-media
-- order: 506
-- kind: assumption
-- source: rule of this project
-- en: Pictures, sound and video were searched as bytes only; what they show or say was not looked at. Objects: {count}
-- ja: 画像・音声・動画はバイト列としてのみ検索し、写っている内容や話されている内容は確認していません。件数: {count}
SELECT x.location, NULL AS channel, 'location' AS tbl, x.location AS id, x.media AS n FROM location_state x WHERE x.media > 0;

-- id: A-classes
-- order: 507
-- kind: assumption
-- source: rule of this project: a class that nobody looked for was not found absent
-- en: Not every run looked for verification codes, PIN blocks, hashes or truncated numbers; their absence is not claimed.
-- ja: セキュリティコード・PINブロック・ハッシュ・トランケーション済み番号をすべての実行で探したわけではないため、それらがないとは述べません。
SELECT NULL AS location, NULL AS channel, 'run' AS tbl, r.id, 1 AS n FROM run r
 WHERE EXISTS (SELECT 1 FROM (VALUES ('SAD_CVC'), ('SAD_PIN'), ('PAN_HASH_UNKEYED'), ('PAN_TRUNC_WIDE')) c
                WHERE c.column1 NOT IN (SELECT class FROM looked_for WHERE run = r.id));

-- id: A-outside
-- order: 508
-- kind: assumption
-- source: non-retention criteria, clarification on places that the inventory does not know
-- en: Places that the scope file does not know were scanned too; they were judged as required places of the merchant. Places: {list}
-- ja: 範囲ファイルにない場所も調査されています。加盟店の必要な場所として判定しました。場所: {list}
SELECT l.id AS location, NULL AS channel, 'location' AS tbl, l.id, 1 AS n
  FROM location l CROSS JOIN assessment a WHERE a.scope_given = 1 AND l.declared = 0;
