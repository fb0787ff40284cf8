-- id: D13
-- order: 130
-- kind: verdict
-- result: N5
-- since: 2018-06-01
-- source: non-retention criteria, rule D13 (classes that could lead to N3 or N3S; "possible" alone drives nothing)
-- en: Probable card data was found and nobody has looked at it yet.
-- ja: カード情報の可能性が高い発見があり、まだ確認されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.confidence = 'probable' AND f.review = 'open'
   AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'PAN_ENC_KEY_HERE', 'PAN_TRUNC_WIDE',
                   'PAN_ENC', 'PAN_VOIDED', 'NET_CLEAR', 'NET_TLS_TERMINATED_HERE', 'FLOW_EVIDENCE');

-- id: D14
-- order: 140
-- kind: note
-- since: 2018-06-01
-- source: non-retention criteria, rule D14
-- en: Names, expiry dates or service codes without the number: listed, no effect.
-- ja: 番号を伴わない氏名・有効期限・サービスコード。一覧に示しますが、判定には影響しません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f WHERE f.class = 'CHD_NO_PAN';

-- id: D15
-- order: 150
-- kind: note
-- since: 2018-06-01
-- source: non-retention criteria, rule D15 and the note under PCI DSS v4.0.1 6.5.6
-- en: Published test numbers were found: no effect on the verdict. In production, test data is to be removed before go-live.
-- ja: 公開されているテスト番号が見つかりました。判定には影響しませんが、本番環境ではテストデータの除去が求められます。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM finding f JOIN location l ON l.id = f.location
 WHERE l.merchant = 1 AND f.test_pan + (f.class = 'TEST_PAN') > 0 AND f.ignored_by = '';

-- id: D16
-- order: 160
-- kind: verdict
-- result: N5
-- flags: compromise_suspected
-- since: 2018-06-01
-- source: non-retention criteria, rule D16
-- en: Code that copies card data to a stranger, or opens the system to one, is suspected: data may be leaving from the buyer's browser although the shop retains nothing.
-- ja: カード情報を外部に送る、または外部からの操作を許すプログラムの疑いがあります。保持していなくても、購入者のブラウザから情報が流出している可能性があります。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('SKIMMER', 'WEBSHELL') AND f.confidence <> 'possible';
