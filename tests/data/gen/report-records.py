#!/usr/bin/env python3
"""Records as pan-finder and pan-judge write them, for tests of pan-report.

    report-records.py shop            a small web shop that keeps card numbers
    report-records.py clean           the same shop, cleaned
    report-records.py hostile         names and texts made to break a page or a terminal
    report-records.py many N          N findings in N / 40 objects

The numbers are masked forms made from a seed; there is no number behind them.
"""
import json
import random
import sys

rng = random.Random(20261125)
ROOT = "/srv/shop"


def out(**record):
    print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def masked(brand):
    head = {"visa": "4", "mastercard": "5", "jcb": "35", "amex": "37", "diners": "36"}[brand]
    digits = {"amex": 15, "diners": 14}.get(brand, 16)
    while len(head) < 6:
        head += str(rng.randrange(10))
    return head + "*" * (digits - 10) + "%04d" % rng.randrange(10000), digits


def number(brand):
    pan, digits = masked(brand)
    return {"brand": brand, "pan": pan, "digits": digits, "fingerprint": "%032x" % rng.getrandbits(128)}


def run(roots=(ROOT,), host="shop-01", jobs=2):
    out(record="run", schema=1, run="5b0f6c5e-3a51-4c5e-9d0a-5d2f7f6c1e42", tool="pan-finder", version="0.1.0",
        ruleset="3c9a41d7e2b80f15", started="2026-11-25T07:20:44Z", host=host, roots=list(roots),
        roots_abs=list(roots), key_id="9f31c2a7d4e8b605", kernel="avx2", jobs=jobs,
        cage={"seccomp": True, "landlock": 4, "missing": []}, limits={"max-depth": 16})


def end(objects, findings, gaps, size, status="complete"):
    out(record="end", run="5b0f6c5e-3a51-4c5e-9d0a-5d2f7f6c1e42", ended="2026-11-25T07:21:03Z", status=status,
        objects=objects, bytes=size, findings=findings, gaps=gaps, seconds=18.6)


class Shop:
    def __init__(self):
        self.objects = self.findings = self.gaps = self.size = 0

    def obj(self, path, kind="text", outcome="read", size=None, inner=None, reason=None, **more):
        size = rng.randrange(400, 90000) if size is None else size
        record = dict(record="object", path=path)
        if inner:
            record["inner"] = inner
        record.update(kind=kind, outcome=outcome, size=size, bytes=0 if outcome == "unread" else size, findings=0)
        if reason:
            record["reason"] = reason
        out(**record, **more)
        self.objects += 1
        self.size += record["bytes"]

    def find(self, path, num, line, confidence, reasons, inner=None, cls="PAN_CLEAR", count=1, where="content",
             encoding="ascii", test=False, offset=None):
        record = dict(record="finding", path=path)
        if inner:
            record["inner"] = inner
        record.update(where=where, offset=line * 83 + 17 if offset is None else offset)
        if line:
            record["line"] = line
        record["class"] = cls
        record["confidence"] = confidence
        record.update(num)
        record.update(encoding=encoding, reasons=reasons, test_pan=test, count=count)
        out(**record)
        self.findings += 1

    def gap(self, path, reason, detail="", inner=None, unread=0, note=False):
        record = dict(record="gap", path=path)
        if inner:
            record["inner"] = inner
        record["reason"] = reason
        if note:
            record["note"] = True
        if detail:
            record["detail"] = detail
        if unread:
            record["unread"] = unread
        out(**record)
        self.gaps += 1

    def filler(self, n):
        places = ["html/src/Controller", "html/template/default", "html/vendor/lib", "html/assets/img", "var/cache",
                  "var/session", "etc", "home/staff/Downloads"]
        for i in range(n):
            place = places[i % len(places)]
            if place == "html/assets/img":
                self.obj(f"{ROOT}/{place}/item-{i:04d}.jpg", kind="media", size=rng.randrange(20000, 400000))
            else:
                self.obj(f"{ROOT}/{place}/file{i:04d}.{['php', 'twig', 'txt', 'yml'][i % 4]}")


def verdicts(shop, code, found):
    pair = lambda en, ja: {"en": en, "ja": ja}
    names = {"N3": "retaining", "N1": "non_retaining"}
    texts = {
        "N3": pair("Card data is stored, processed or passed through on the merchant's own systems: PCI DSS is needed for this channel or entity.",
                   "加盟店の自社システムでカード情報が保存・処理・通過しています。このチャネルまたは事業体には PCI DSS が必要です。"),
        "N1": pair("No evidence of retention within the stated coverage.",
                   "示された調査範囲において、保持を示す証拠は見つかりませんでした(非保持)。"),
    }
    out(record="verdict", subject="entity", code=code, name=names[code], flags=[], rules=["D4"] if found else ["D18"],
        text=texts[code], entity="Example Shop Ltd.", role="merchant", edition="guideline-6.0", edition_text=pair("Credit card security guideline 6.0 and PCI DSS v4.0.1", "クレジットカード・セキュリティガイドライン6.0版と PCI DSS v4.0.1"), judged="2026-11-25T07:21:05Z",
        runs=["5b0f6c5e-3a51-4c5e-9d0a-5d2f7f6c1e42"], scope_given=True)
    out(record="verdict", subject="channel", id="webshop", channel="ec", flow="token_script", code=code, name=names[code],
        rules=["D4"] if found else ["D18"])
    for name, path, n in [("web tree", ROOT + "/html", 612), ("logs", ROOT + "/var/log", 34), ("backups", ROOT + "/backup", 29)]:
        part = found and name == "backups"
        out(record="verdict", subject="location", id=name, path=path, required=True, owner="merchant", stage="post_auth",
            coverage="partial" if part else "complete", objects=n, objects_read=n - 1 if part else n, gaps=1 if part else 0,
            findings=(4 if name == "logs" else 3 if part else 1) if found else 0, code=code if found else "N1",
            rules=["D4"] if found else [])
    rules = [
        ("D2", "Sensitive authentication data is kept after authorization.", "オーソリ後に機密認証データが保存されています。", False),
        ("D4", "A usable card number is stored at a place of the merchant.", "加盟店の場所に、利用できるカード番号が保存されています。", found),
        ("D13", "A probable finding has not been reviewed.", "「可能性が高い」検出が確認されていません。", found),
        ("D17", "Not every required place was read.", "必要な場所の一部が読み取れていません。", found),
    ]
    for rid, en, ja, fired in rules:
        evidence = []
        if fired and rid == "D4":
            evidence = [{"path": ROOT + "/var/log/access.log", "class": "PAN_CLEAR", "pan": "455673******0119", "confidence": "confirmed"},
                        {"path": ROOT + "/backup/site-2019.tar.gz", "inner": ["site-2019.tar", "db/orders.sql"], "class": "PAN_CLEAR",
                         "pan": "354102******7730", "confidence": "confirmed"}]
        if fired and rid == "D17":
            evidence = [{"of": "gap", "path": ROOT + "/backup/old/vault.zip", "inner": ["cards.xlsx"], "reason": "encrypted"},
                        {"of": "location", "location": "backups", "coverage": "partial"},
                        {"of": "required_kind", "sort": "ec", "kind": "error_tracker", "en": "error tracker exports", "ja": "エラー追跡サービスの出力"}]
        out(record="verdict", subject="rule", id=rid, kind="verdict", fired=fired, result={"D4": "N3", "D13": "N5", "D17": "N4"}.get(rid, "") if fired else "",
            count=len(evidence) * 4, text=pair(en, ja), source="non-retention criteria, guideline 6.0", evidence=evidence)
    for rid, en, ja, status, count in [
            ("3.2.1", "Account data storage is minimised by retention and disposal rules", "保持・廃棄の規則によりアカウントデータの保存を最小化する", "contradicted" if found else "not_contradicted", 8),
            ("3.3.1", "Sensitive authentication data is not stored after authorization, even encrypted", "機密認証データ(SAD)をオーソリ後に(暗号化しても)保存しない", "not_contradicted", 0),
            ("3.4.1", "Displayed PAN is masked to at most BIN plus last four", "表示するPANを最大でもBINと下4桁に伏せる", "not_tested", 0),
            ("3.5.1", "Stored PAN is unreadable everywhere", "保存されるPANをすべての場所で読み取り不能にする", "contradicted" if found else "not_contradicted", 8),
            ("12.5.2", "Scope is documented and confirmed yearly and on significant change", "対象範囲を年1回および重要変更時に文書化・確認する", "inconclusive", 0),
            ("12.10.7", "Procedures exist for PAN found where it is not expected", "想定外の場所でPANを発見した場合の手順がある", "inconclusive", 0)]:
        out(record="verdict", subject="requirement", id=rid, title=pair(en, ja), status=status,
            text=pair("Judged from findings of class PAN_CLEAR at places of the merchant." if found else "Nothing found within the coverage.",
                      "加盟店の場所で見つかった PAN_CLEAR の検出から判定しました。" if found else "調査範囲内に該当する検出はありません。"),
            rules=["D4"] if status == "contradicted" else [], count=count if found else 0)
    out(record="verdict", subject="assumption", id="A1",
        text=pair("No review of findings was given: every finding counts as open.", "検出の確認結果がないため、すべて未確認として扱いました。"))
    out(record="verdict", subject="coverage", objects=shop.objects, read=shop.objects, partial=0, unread=0, bytes=shop.size,
        gaps=shop.gaps, media=0, by_reason={})


def shop(found=True):
    s = Shop()
    run()
    s.filler(760)
    log = ROOT + "/var/log/access.log"
    s.obj(log, size=48211904)
    s.obj(log + ".1.gz", kind="gzip", size=5122331)
    s.obj(log + ".1.gz", inner=["access.log.1"], size=51003321)
    s.obj(ROOT + "/backup/site-2019.tar.gz", kind="gzip", size=81222001)
    s.obj(ROOT + "/backup/site-2019.tar.gz", kind="tar", inner=["site-2019.tar"], size=212220112)
    s.obj(ROOT + "/backup/site-2019.tar.gz", inner=["site-2019.tar", "db/orders.sql"], size=90221443)
    s.obj(ROOT + "/home/staff/Desktop/受注一覧_2024年3月.csv", size=812331)
    if found:
        a, b, c, d = (dict(brand="visa", pan="455673******0119", digits=16, fingerprint="1d7c90aa43f1b2e85d7c90aa43f1b2e8"),
                      dict(brand="jcb", pan="354102******7730", digits=16, fingerprint="77aa01c94be2d3f077aa01c94be2d3f0"),
                      number("mastercard"), number("amex"))
        s.find(log, a, 20113, "confirmed", ["card-field", "payment-words"], count=3)
        s.find(log, b, 20981, "confirmed", ["card-field", "payment-words"])
        s.find(log, c, 41877, "probable", ["payment-words"])
        s.find(log + ".1.gz", a, 911, "confirmed", ["card-field", "payment-words"], inner=["access.log.1"], count=12)
        site = ROOT + "/backup/site-2019.tar.gz"
        inner = ["site-2019.tar", "db/orders.sql"]
        for i, n in enumerate([b, c, d, number("visa"), number("visa"), number("mastercard"), number("jcb"), number("diners")]):
            s.find(site, n, 3120 + 7 * i, "confirmed", ["share-test", "card-field"], inner=inner, count=1 + i % 3)
        csv = ROOT + "/home/staff/Desktop/受注一覧_2024年3月.csv"
        for i, n in enumerate([b, number("jcb"), number("visa")]):
            s.find(csv, n, 14 + i * 31, "confirmed", ["card-words", "expiry-words"], encoding="fullwidth-sjis")
        s.find(ROOT + "/html/src/Controller/file0000.php", number("visa"), 212, "probable", ["payment-words"])
        for i in range(23):
            s.find(ROOT + "/var/cache/file%04d.txt" % (i // 4), number(rng.choice(["visa", "mastercard"])), 8 + i, "possible", ["no-context"])
        s.find(ROOT + "/html/vendor/lib/file0002.txt", dict(brand="visa", pan="411111******1111", digits=16, fingerprint="0a" * 16),
               33, "possible", ["published-test-number"], cls="TEST_PAN", test=True, count=4)
        s.obj(ROOT + "/backup/old/vault.zip", kind="zip", outcome="partial", size=120334, reason="encrypted")
        s.obj(ROOT + "/backup/old/vault.zip", kind="zip", outcome="unread", size=98231, inner=["cards.xlsx"], reason="encrypted")
        s.gap(ROOT + "/backup/old/vault.zip", "encrypted", "a member is locked")
        s.gap(ROOT + "/backup/old/vault.zip", "encrypted", "ZIP encryption", inner=["cards.xlsx"], unread=98231)
        s.gap(ROOT + "/var/lib/private.key", "denied")
        s.obj(ROOT + "/backup/2021-07.tar.xz", kind="xz", outcome="partial", size=5120000, reason="truncated")
        s.gap(ROOT + "/backup/2021-07.tar.xz", "truncated", "the stream ends before its index", unread=0)
        s.gap(ROOT + "/var/run/app.sock", "special", note=True)
    end(s.objects, s.findings, s.gaps, s.size)
    verdicts(s, "N3" if found else "N1", found)


HOSTILE = ["</style><script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "'; alert(3); '", "a\nb\tc\r", "\x1b[2J\x1b]0;owned\x07",
           "abc\u202egpj.exe", "\u2066inner\u2069", "zero\u200bwidth\ufeff", "<!--", "]]>", "&amp;&lt;", "{n} {1} %s %n", "tag\U000e0041",
           "\u0085\u2028\u2029", "日本語の名前／全角.csv"]


def hostile():
    s = Shop()
    run(roots=HOSTILE[:2], host="<b>host</b>\x1b[31m")
    for i, name in enumerate(HOSTILE):
        path = "/srv/" + name
        s.obj(path, kind=name)
        s.find(path, number("visa"), i + 1, "confirmed", ["luhn", name], inner=[name, "x" + name])
        s.find(path, dict(brand=name, pan="4" * 16, digits=16, fingerprint=name), 0, name, [name], cls=name, encoding=name)
        s.gap(path, name, name, inner=[name])
        s.gap(path, "denied", name)
    out(record="finding", path="/srv/\ufffd\ufffd.csv", path_pct="/srv/%FF%FE.csv", where="name", offset=0, **{"class": "PAN_CLEAR"},
        confidence="confirmed", **number("jcb"), encoding="ascii", reasons=[], test_pan=False, count=1)
    both = {"en": HOSTILE[0], "ja": HOSTILE[1]}
    end(s.objects, s.findings + 1, s.gaps, s.size, status=HOSTILE[0])
    out(record="verdict", subject="entity", code=HOSTILE[0], name=HOSTILE[1], flags=HOSTILE[:3], rules=HOSTILE[:2], text=both,
        edition=HOSTILE[4], judged=HOSTILE[5], runs=[], scope_given=False)
    out(record="verdict", subject="rule", id=HOSTILE[0], fired=True, result=HOSTILE[1], count=3, text=both, source=HOSTILE[4],
        evidence=[{"path": HOSTILE[0], "inner": HOSTILE[1:3], "class": HOSTILE[4], "pan": "4" * 16, "confidence": HOSTILE[5]}])
    out(record="verdict", subject="requirement", id=HOSTILE[0], title=both, status=HOSTILE[1], text=both, rules=HOSTILE[:1], count=1)
    out(record="verdict", subject="assumption", id=HOSTILE[0], text=both)
    out(record="verdict", subject="channel", id=HOSTILE[0], channel=HOSTILE[1], flow=HOSTILE[4], code=HOSTILE[0], name="", rules=HOSTILE[:1])
    out(record="verdict", subject="location", id=HOSTILE[0], path=HOSTILE[1], required=True, coverage=HOSTILE[4], code=HOSTILE[5], rules=[])


def many(n):
    s = Shop()
    run()
    for i in range(n):
        path = f"{ROOT}/data/{i // 4000:03d}/batch-{i // 40:06d}.csv"
        if i % 40 == 0:
            s.obj(path)
        s.find(path, number("visa"), i % 40 + 2, ("possible", "probable", "confirmed")[i % 3], ["luhn"])
        if i % 20 == 0:
            s.gap(f"{ROOT}/gone/{i}", "vanished")
    end(s.objects, s.findings, s.gaps, s.size)


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    if what == "shop":
        shop()
    elif what == "clean":
        shop(found=False)
    elif what == "hostile":
        hostile()
    elif what == "many" and len(sys.argv) == 3:
        many(int(sys.argv[2]))
    else:
        sys.exit(__doc__)
