-- id: D7
-- order: 70
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D7
-- en: Truncated numbers show more digits than brand and length allow.
-- ja: トランケーションされた番号に、ブランドと桁数の許容を超える桁が残っています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class = 'PAN_TRUNC_WIDE' AND f.reasons NOT LIKE '% display-only %';

-- id: D9
-- order: 90
-- kind: verdict
-- result: N5
-- since: 2018-06-01
-- source: non-retention criteria, rule D9: where was it made, who holds the key or the table
-- en: Truncated numbers, hashes or look-alike tokens were found, and nobody has attested that they were made outside the merchant's systems. The answer could be N3.
-- ja: トランケーション済み番号・ハッシュ・カード番号に似たトークンがありますが、加盟店のシステムの外で作られたとの申告がありません。回答によっては N3 になり得ます。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('PAN_TRUNC_OK', 'PAN_HASH_OPAQUE', 'TOKEN_SUSPECT') AND f.confidence <> 'possible'
   AND NOT EXISTS
       (SELECT 1 FROM answer_at a WHERE a.location = f.location AND a.answer = 'yes'
         AND a.name = CASE f.class WHEN 'PAN_TRUNC_OK' THEN 'truncation_outside'
                                   WHEN 'PAN_HASH_OPAQUE' THEN 'hash_keyed'
                                   ELSE 'tokenisation_outside' END);

-- id: D9n
-- order: 91
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, clarification on the answer "no"
-- en: It is attested that numbers were truncated, hashed or turned into tokens inside the merchant's systems: the numbers passed through.
-- ja: トランケーション・ハッシュ・トークン化が加盟店のシステム内で行われたと申告されています。番号が通過しています。
SELECT NULL AS location, a.channel, 'attestation' AS tbl, a.id, 1 AS n
  FROM attestation a
 WHERE a.answer = 'no' AND a.name IN ('truncation_outside', 'tokenisation_outside');
