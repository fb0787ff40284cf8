-- id: D10n
-- order: 100
-- kind: verdict
-- result: N3
-- since: 2018-03-01
-- source: non-retention criteria, rule D10: any "no"
-- en: A condition of an encrypted flow is answered "no".
-- ja: 暗号化フローの条件に「いいえ」の回答があります。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c
 WHERE EXISTS (SELECT 1 FROM answer_of a WHERE a.channel = c.id AND a.answer = 'no'
         AND ((c.flow = 'p2pe' AND a.name IN ('p2pe_listing', 'pim_followed'))
           OR (c.flow = 'eq11' AND a.name LIKE 'eq11\_%' ESCAPE '\')
           OR (c.flow = 'mpos' AND a.name = 'reader_listing')));

-- id: D10u
-- order: 101
-- kind: verdict
-- result: N5
-- since: 2018-03-01
-- source: non-retention criteria, rule D10: items missing, listing expired, no evidence reference
-- en: An encrypted flow lacks answers: P2PE wants a listing number that has not run out and the manual followed; the eleven items want eleven yes with evidence; a phone reader wants its listing.
-- ja: 暗号化フローの申告が不足しています。P2PE は期限内の掲載番号とマニュアルの順守、技術要件は証拠付きの「はい」11件、モバイルPOSはリーダーの掲載番号または証明が必要です。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c
 WHERE (c.flow = 'p2pe' AND
        2 > (SELECT count(*) FROM answer_of a WHERE a.channel = c.id AND a.answer = 'yes'
              AND (a.name = 'pim_followed' OR (a.name = 'p2pe_listing' AND a.backed))))
    OR (c.flow = 'eq11' AND
        11 > (SELECT count(*) FROM answer_of a WHERE a.channel = c.id AND a.answer = 'yes' AND a.backed
               AND a.name LIKE 'eq11\_%' ESCAPE '\'))
    OR (c.flow = 'mpos' AND NOT EXISTS
        (SELECT 1 FROM answer_of a WHERE a.channel = c.id AND a.answer = 'yes' AND a.backed
          AND a.name = 'reader_listing'));

-- id: D10
-- order: 102
-- kind: verdict
-- result: N2
-- since: 2018-03-01
-- source: non-retention criteria, rule D10
-- en: An encrypted flow with all its attestations: a candidate for "equivalent".
-- ja: 必要な申告がそろった暗号化フローです(「同等/相当」の候補)。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
 WHERE t.status = 'equivalent'
   AND c.id NOT IN (SELECT channel FROM rule_hit WHERE rule IN ('D10n', 'D10u') AND channel IS NOT NULL);
