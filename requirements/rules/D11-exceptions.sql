-- id: D11
-- order: 110
-- kind: note
-- flags: exception_used pci_divergence
-- since: 2018-03-01
-- source: non-retention criteria, rule D11 (images of paper and call recordings; account data under PCI DSS all the same)
-- en: Scanned images or call recordings with card numbers, attested to have no text layer: outside the Japanese definition, but account data under PCI DSS.
-- ja: カード番号を含むスキャン画像・通話録音(テキスト層なしとの申告あり)。日本の定義では対象外ですが、PCI DSS ではアカウントデータです。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('PAN_IMAGE', 'PAN_AUDIO') AND EXISTS
       (SELECT 1 FROM answer_at a WHERE a.location = f.location
         AND a.name = 'images_no_text_layer' AND a.answer = 'yes');

-- id: D11u
-- order: 111
-- kind: verdict
-- result: N5
-- flags: pci_divergence
-- since: 2018-03-01
-- source: non-retention criteria, clarification: text layer not answered
-- en: Images or recordings with card numbers, and whether they have a text layer, index or transcript is not answered.
-- ja: カード番号を含む画像・録音がありますが、テキスト層・索引・書き起こしの有無が回答されていません。
SELECT f.location, NULL AS channel, 'finding' AS tbl, f.id, f.count AS n
  FROM merchant_finding f
 WHERE f.class IN ('PAN_IMAGE', 'PAN_AUDIO') AND f.confidence <> 'possible' AND NOT EXISTS
       (SELECT 1 FROM answer_at a WHERE a.location = f.location
         AND a.name = 'images_no_text_layer' AND a.answer = 'yes');

-- id: D12
-- order: 120
-- kind: note
-- flags: exception_used
-- since: 2018-03-01
-- source: non-retention criteria, rule D12
-- en: Staff type numbers into the payment provider's screen in agreed exceptional cases.
-- ja: 合意済みの例外として、従業員が決済事業者の画面に番号を入力しています。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
 WHERE t.status = 'exception' AND EXISTS
       (SELECT 1 FROM answer_of a WHERE a.channel = c.id
         AND a.name = 'psp_screen_exception_agreed' AND a.answer = 'yes');

-- id: D12u
-- order: 121
-- kind: verdict
-- result: N5
-- since: 2018-03-01
-- source: non-retention criteria, rule D12
-- en: Staff type numbers into the payment provider's screen, and no agreement is attested.
-- ja: 従業員が決済事業者の画面に番号を入力していますが、合意の申告がありません。
SELECT NULL AS location, c.id AS channel, 'channel' AS tbl, c.id AS id, 1 AS n
  FROM channel c JOIN flow_type t ON t.channel = c.channel AND t.flow = c.flow
 WHERE t.status = 'exception' AND NOT EXISTS
       (SELECT 1 FROM answer_of a WHERE a.channel = c.id
         AND a.name = 'psp_screen_exception_agreed' AND a.answer = 'yes');
