-- id: D4
-- order: 40
-- kind: verdict
-- result: N3
-- since: 2018-06-01
-- source: non-retention criteria, rule D4 (confirmed, or accepted by a reviewer)
-- en: Card numbers are kept readable at a place of the merchant.
-- ja: 加盟店の場所に、読み取れるカード番号が保存されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven
   AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_HASH_UNKEYED', 'CORRELATABLE', 'PAN_VOIDED')
   AND (f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE')
     OR (f.class = 'PAN_HASH_UNKEYED' AND f.reasons LIKE '% hash-reversed %')
     OR (f.class = 'CORRELATABLE' AND f.reasons LIKE '% correlation-proven %')
     OR (f.class = 'PAN_VOIDED' AND NOT EXISTS
          (SELECT 1 FROM answer_at a WHERE a.location = f.location
            AND a.name = 'pan_voided_proof' AND a.answer = 'yes')));

-- id: D4b
-- order: 41
-- kind: verdict
-- result: N5
-- since: 2018-06-01
-- source: non-retention criteria, rule D4b; PCI DSS v4.0.1 3.5.1.1
-- en: Hashes without a key, or parts of numbers that may be joined, were found; whether the numbers can be had from them is not settled.
-- ja: 鍵のないハッシュ、または突合できる可能性のある番号の断片があります。元の番号を得られるかどうかは確定していません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('PAN_HASH_UNKEYED', 'CORRELATABLE') AND f.confidence <> 'possible'
   AND f.reasons NOT LIKE CASE f.class WHEN 'CORRELATABLE' THEN '% correlation-proven %'
                                       ELSE '% hash-reversed %' END;

-- id: D4c
-- order: 42
-- kind: note
-- since: 2018-06-01
-- source: non-retention criteria, rule D4c
-- en: Numbers made invalid, with the operator's proof: listed, no effect.
-- ja: 無効処理された番号(運用者の証拠あり)。一覧に示しますが、判定には影響しません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class = 'PAN_VOIDED' AND EXISTS
       (SELECT 1 FROM answer_at a WHERE a.location = f.location
         AND a.name = 'pan_voided_proof' AND a.answer = 'yes');
