-- id: 12.10.7/contradicted
-- order: 1120
-- kind: requirement
-- requirement: 12.10.7
-- result: contradicted
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 12.10.7
-- en: Card data was found, and the scope file says that there is no procedure for this case.
-- ja: カード情報が見つかりましたが、範囲ファイルではこの場合の手順がないと申告されています。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'NET_CLEAR', 'NET_TLS_TERMINATED_HERE')
   AND EXISTS (SELECT 1 FROM attestation WHERE name = 'found_pan_procedure' AND answer = 'no');

-- id: 12.10.7/opened
-- order: 1121
-- kind: requirement
-- requirement: 12.10.7
-- result: inconclusive
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 12.10.7
-- en: Card data was found: for each place it is to be shown who decided on removal, looked for sensitive authentication data, found the source and stopped the leak.
-- ja: カード情報が見つかりました。場所ごとに、処置の決定・機密認証データの確認・原因の特定・再発防止を示す必要があります。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.proven AND f.class IN ('PAN_CLEAR', 'PAN_ROUNDED', 'PAN_ENC_KEY_HERE', 'PAN_ENC', 'SAD_TRACK', 'SAD_CVC', 'SAD_PIN', 'NET_CLEAR', 'NET_TLS_TERMINATED_HERE');

-- id: 12.10.7/not_needed
-- order: 1122
-- kind: requirement
-- requirement: 12.10.7
-- result: not_tested
-- since: 2025-03-31
-- source: PCI DSS v4.0.1 12.10.7
-- en: Nothing was found that would set the procedure going.
-- ja: 手順を開始させる発見はありませんでした。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment;
