-- id: D1
-- order: 10
-- kind: verdict
-- result: NX
-- since: 2018-06-01
-- source: who may choose non-retention: merchants only (Japanese credit card security guideline)
-- en: The declared role is not merchant: non-retention is not open to it. What the evidence says about PCI DSS follows all the same.
-- ja: 申告された立場は加盟店ではないため、非保持化は選べません。証拠が PCI DSS について示す内容は以下のとおりです。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment WHERE entity_role <> 'merchant';

-- id: D0
-- order: 20
-- kind: verdict
-- result: N0
-- since: 2018-06-01
-- source: non-retention criteria, rule D0 and the clarification on closed shops
-- en: No card channel is declared, and nothing confirmed was found at a place of the merchant.
-- ja: カード決済のチャネルは申告されておらず、加盟店の場所で確定した発見はありません。
SELECT NULL AS location, NULL AS channel, 'assessment' AS tbl, 1 AS id, 0 AS n
  FROM assessment
 WHERE scope_given = 1 AND NOT EXISTS (SELECT 1 FROM channel)
   AND NOT EXISTS (SELECT 1 FROM merchant_finding WHERE proven);
