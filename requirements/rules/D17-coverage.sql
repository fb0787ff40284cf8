-- id: D17-run
-- order: 170
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: a complete run for every required place
-- en: A required place was not read, or the run that went there failed.
-- ja: 必要な場所が調査されていないか、調査の実行が失敗しています。
SELECT u.location, NULL AS channel, 'location' AS tbl, u.location AS id, 1 AS n
  FROM unread_place u WHERE u.coverage IN ('not_run', 'failed');

-- id: D17-gap
-- order: 171
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: nothing skipped, or every skip accepted by a named person
-- en: Parts of a required place could not be read, and nobody has accepted leaving them out.
-- ja: 必要な場所に読めない部分があり、除外を承認した人がいません。
SELECT u.location, NULL AS channel, 'gap' AS tbl, b.gap AS id, 1 AS n
  FROM unread_place u JOIN blocking_gap b ON b.location = u.location AND b.run = u.run;

-- id: D17-part
-- order: 172
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: partial is not complete
-- en: Only a part of a required place was in the run, the run was stopped before its end, or nothing at all was read there.
-- ja: 必要な場所の一部しか調査対象になっていないか、実行が途中で止まったか、何も読まれていません。
SELECT u.location, NULL AS channel, 'location' AS tbl, u.location AS id, 1 AS n
  FROM unread_place u JOIN run r ON r.id = u.run
 WHERE u.coverage = 'partial' AND (u.whole = 0 OR r.status <> 'complete' OR (u.objects = 0 AND u.blocking = 0));

-- id: D17-count
-- order: 173
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: non-retention criteria, clarification: an unexplained gap blocks
-- en: Records do not add up: objects were not read without a reason given, or the stream holds fewer or more records than the run counted.
-- ja: 記録の数が合いません。理由なく読まれていないものがあるか、記録の数が実行時の集計と一致しません。
SELECT u.location, NULL AS channel, 'object' AS tbl, x.object AS id, 1 AS n
  FROM unread_place u JOIN unexplained x ON x.location = u.location AND x.run = u.run
UNION ALL
SELECT u.location, NULL, 'run', u.run, 1 FROM unread_place u WHERE u.miscounted = 1;

-- id: D17-age
-- order: 174
-- kind: verdict
-- result: N4
-- flags: expired
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: in force while the age is below max_run_age_days
-- en: The run that read a required place has grown too old, gives no time of its end, or ends in the future.
-- ja: 必要な場所を調査した実行が古くなっているか、終了時刻がないか、終了時刻が未来です。
SELECT s.location, NULL AS channel, 'run' AS tbl, s.run AS id, 1 AS n
  FROM location_state s JOIN location l ON l.id = s.location CROSS JOIN assessment a
 WHERE l.required = 1 AND s.coverage IN ('complete', 'partial')
   AND (s.ended_s IS NULL OR s.ended_s > a.judged_s + 86400
     OR a.judged_s - s.ended_s >= a.max_run_age_days * 86400);

-- id: D17-change
-- order: 175
-- kind: verdict
-- result: N4
-- flags: expired
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: no significant change since the run
-- en: A significant change is declared that is later than the run.
-- ja: 調査の後に重要な変更があったと申告されています。
SELECT s.location, NULL AS channel, 'run' AS tbl, s.run AS id, 1 AS n
  FROM location_state s JOIN location l ON l.id = s.location CROSS JOIN assessment a
 WHERE l.required = 1 AND s.run IS NOT NULL AND a.significant_change_s IS NOT NULL
   AND s.coverage <> 'excluded' AND coalesce(s.ended_s, 0) < a.significant_change_s;

-- id: D17-kind
-- order: 176
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: non-retention criteria, coverage gate: kinds of places per channel
-- en: Kinds of places that these channels want are neither declared nor stated as absent: {list}
-- ja: チャネルに必要な種類の場所が、申告も不存在の申告もされていません: {list}
SELECT DISTINCT NULL AS location, CASE k.channel WHEN 'all' THEN NULL ELSE c.id END AS channel,
       'required_kind' AS tbl, k.id, 1 AS n
  FROM channel c JOIN required_kind k ON k.channel IN (c.channel, 'all')
 WHERE k.kind NOT IN (SELECT kind FROM absent)
   AND NOT EXISTS
       (SELECT 1 FROM location_covers v JOIN location l ON l.id = v.location
         WHERE v.kind = k.kind AND l.required = 1
           AND (k.channel = 'all'
             OR EXISTS (SELECT 1 FROM location_concerns x WHERE x.location = l.id AND x.channel = c.id)));

-- id: D17-selftest
-- order: 177
-- kind: verdict
-- result: N4
-- since: 2025-03-31
-- source: non-retention criteria, coverage gate; PCI DSS v4.0.1 A3.2.5.1
-- en: The policy asks for a self-test of the finder, and no record shows one.
-- ja: 方針は検出ツールの自己試験を求めていますが、その記録がありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment WHERE require_self_test = 1;

-- id: D17-host
-- order: 178
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: rule of this project: one place is on one host
-- en: Runs of several hosts went to a place that does not name its host; which one is meant cannot be told.
-- ja: 複数のホストの実行が、ホストを指定していない場所を調査しています。どれを指すか判断できません。
SELECT x.location, NULL AS channel, 'location' AS tbl, x.location AS id, 1 AS n
  FROM location_run x JOIN location l ON l.id = x.location JOIN run r ON r.id = x.run
 WHERE l.required = 1 AND l.host = '' AND x.objects > 0
 GROUP BY x.location HAVING count(DISTINCT r.host) > 1;

-- id: D17-class
-- order: 178
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: rule of this project: what nobody looked for was not found absent
-- en: The run that read a required place did not look for card numbers and track data.
-- ja: 必要な場所を調査した実行は、カード番号とトラックデータを探していません。
SELECT s.location, NULL AS channel, 'run' AS tbl, s.run AS id, 1 AS n
  FROM location_state s JOIN location l ON l.id = s.location
 WHERE l.required = 1 AND s.coverage = 'complete' AND l.kind <> 'capture_point'
   AND 2 > (SELECT count(DISTINCT x.class) FROM looked_for x
             WHERE x.run = s.run AND x.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'SAD_TRACK'));

-- id: D17-none
-- order: 179
-- kind: verdict
-- result: N4
-- since: 2018-06-01
-- source: rule of this project: no evidence supports nothing
-- en: No required place has been read whole.
-- ja: 全体を読めた必要な場所がひとつもありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment a
 WHERE (a.scope_given = 0 OR EXISTS (SELECT 1 FROM channel))
   AND NOT EXISTS (SELECT 1 FROM location_state s JOIN location l ON l.id = s.location
                    WHERE l.required = 1 AND s.coverage = 'complete');

-- id: D18
-- order: 180
-- kind: verdict
-- result: N1
-- since: 2018-06-01
-- source: non-retention criteria, rule D18
-- en: No other rule fired: no evidence of retention within the stated coverage.
-- ja: 他の規則は該当しませんでした。示された調査範囲において、保持を示す証拠は見つかりませんでした。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE NOT EXISTS
       (SELECT 1 FROM rule_hit h JOIN rule r ON r.id = h.rule
         WHERE r.kind = 'verdict' AND r.result NOT IN ('N1', 'N2'));
