"""Data elements in varied forms: 60 or more of each."""
import hashlib

from cardnumbers import masked
from elements import TRACK, bitmap, padded, tlv
from positives import PAN, Sample, b64, want

FILES = 60


def many(make, suffix="txt", files=FILES):
    def group(ctx):
        out = []
        for i in range(files):
            data, expect = make(ctx, i)
            out.append(Sample(data, expect, suffix))
        return out
    return group


def rest(ctx):
    return "%02d%02d%s%s" % (ctx.rng.randint(27, 32), ctx.rng.randint(1, 12), ctx.rng.choice(["101", "201", "120", "221"]), ctx.numbers.digits(ctx.rng.randint(6, 11)))


def track(ctx, i):
    n = ctx.numbers.fresh()
    one = "%%B%s^%s^%s?" % (n, ctx.rng.choice(["YAMADA/TARO", "SMITH/J MR", "O'NEIL/ANN", " /", "KOVACS/A.B"]), rest(ctx) + "0000")
    two = ";%s=%s?" % (n, rest(ctx))
    forms = [one, two, one + two, one.strip("%?"), two.strip(";?"), two.strip(";?").replace("=", "D")]
    around = ["swipe: %s\n", '{"id":1,"data":"%s"}\n', "<trackData>%s</trackData>\n", "2026-03-01 reader0 in=[%s]\n", "%s\n", "track,%s,ok\n"]
    text = ctx.rng.choice(around) % forms[i % 6]
    return [text.encode(), text.encode("utf-16-le"), text.encode("cp037")][i // 6 % 3], want([n], TRACK)


def emv_data(ctx, n, stripe):
    data = {"5f24": "281231", "5f34": "01", "82": "3900", "95": "0000008000", "9a": "260311", "9c": "00", "9f02": "%012d" % ctx.rng.randint(1, 10 ** 6),
            "9f10": ctx.rng.randbytes(7).hex(), "9f1a": "0392", "9f26": ctx.rng.randbytes(8).hex(), "9f27": "80", "9f36": ctx.rng.randbytes(2).hex(), "9f37": ctx.rng.randbytes(4).hex()}
    for tag in ctx.rng.sample(sorted(data), ctx.rng.randint(2, 8)):
        data.pop(tag)
    data["57" if stripe else "5a"] = padded(n + "D" + rest(ctx)) if stripe else padded(n)
    tags = sorted(data)
    ctx.rng.shuffle(tags)
    return [(t, data[t]) for t in tags]


def emv(form):
    def make(ctx, i):
        n, stripe = ctx.numbers.fresh(), i % 2
        data = emv_data(ctx, n, stripe)
        raw = b"".join(tlv(t, v) for t, v in data)
        if i % 3 == 2:
            raw = tlv(ctx.rng.choice(["70", "77"]), raw.hex())
        up = ctx.rng.choice([str.upper, str.lower])
        text = {"hex": lambda: "%s=%s\n" % (ctx.rng.choice(["DE55", "icc", "iccData", "tlv", "emvData"]), up(raw.hex())),
                "hex json": lambda: '{"iccData":"%s","mid":"%s"}\n' % (up(raw.hex()), ctx.numbers.digits(8)),
                "spaced": lambda: "<< %s 90 00\n" % up(raw.hex(" ")),
                "base64": lambda: '{"chip":"%s"}\n' % b64(raw),
                "tag=value": lambda: ctx.rng.choice([" ", ";", ", ", "\n", "|"]).join("%s%s%s" % (t.upper(), ctx.rng.choice(["=", ": "]), v.upper()) for t, v in data) + "\n",
                "json": lambda: '{"tags":{%s}}\n' % ",".join('"%s":"%s"' % (t.upper(), v.upper()) for t, v in data),
                "json list": lambda: "[%s]\n" % ",".join('{"tag":"%s","value":"%s"}' % (t.upper(), v.upper()) for t, v in data)}
        if form == "raw":
            return ctx.rng.randbytes(ctx.rng.randint(0, 300)) + raw + ctx.rng.randbytes(ctx.rng.randint(0, 300)), want([n], TRACK if stripe else PAN)
        return text[form](), want([n], TRACK if stripe else PAN)
    return make


LLVAR = {2: 2, 32: 2, 35: 2, 48: 3, 60: 3, 62: 3}
NUMERIC = {2, 3, 4, 7, 11, 12, 13, 14, 22, 23, 25, 32, 35, 49}


def iso_use(ctx, n):
    d, r = ctx.numbers.digits, ctx.rng
    use = {2: n, 3: r.choice(["000000", "200000", "010000"]), 4: "%012d" % r.randint(1, 10 ** 7), 7: "03%02d%02d%02d%02d" % (r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59)),
           11: d(6), 12: "1102%02d" % r.randint(0, 59), 13: "0311", 14: "28%02d" % r.randint(1, 12), 22: r.choice(["051", "011", "071", "901"]), 23: "001", 25: "00", 32: d(6),
           35: n + "=" + rest(ctx), 37: d(12), 38: d(6), 39: "00", 41: "TERM" + d(4), 42: "MERCHANT" + d(7), 48: "ADD DATA " + d(5), 49: "392", 60: "0" + d(6), 62: "INV" + d(6)}
    for f in r.sample([7, 12, 13, 14, 23, 25, 32, 35, 37, 38, 39, 42, 48, 60, 62], r.randint(6, 12)):
        use.pop(f)
    return use


def iso(form):
    def make(ctx, i):
        n = ctx.numbers.fresh()
        use, mti = iso_use(ctx, n), ctx.rng.choice(["0100", "0110", "0200", "0210", "0220", "0400", "0420"])
        if form == "bcd":
            data = bytes.fromhex(mti) + bitmap(use) + b"".join(bcd_field(f, use[f]) for f in sorted(use))
        else:
            body = "".join("%0*d%s" % (LLVAR[f], len(v), v) if f in LLVAR else v for f, v in sorted(use.items()))
            code = "cp037" if form == "ebcdic" else "ascii"
            data = mti.encode(code) + (bitmap(use) if form == "ebcdic" or i % 2 else bitmap(use).hex().upper().encode()) + body.encode(code)
        frame = [b"", len(data).to_bytes(2, "big"), b"\x60\x00\x01\x00\x00", (len(data) + 5).to_bytes(2, "big") + b"\x60\x00\x03\x00\x00", b"%04d" % len(data)][i % 5]
        if i % 4 == 3:
            return "2026-03-01 11:02:07 -> %s\n" % (frame + data).hex().upper(), want([n], TRACK if 35 in use else PAN)
        return frame + data, want([n], TRACK if 35 in use else PAN)
    return make


def bcd_field(f, v):
    if f in (2, 32, 35):
        return bytes.fromhex("%02d" % len(v)) + bytes.fromhex(padded(v.replace("=", "D")))
    if f in LLVAR:
        return bytes.fromhex("%04d" % len(v)) + v.encode()
    return bytes.fromhex("0" * (len(v) % 2) + v) if f in NUMERIC else v.encode()


CODE_NAMES = ["cvv", "cvc", "cvv2", "cvc2", "CVV2", "cardCvv", "card_cvc", "cvvCode", "securityCode", "security_code", "card_security_code"]
CODE_JAPANESE = ["セキュリティコード", "セキュリティーコード", "カード確認番号"]


def code(ctx, i, beside):
    n, r = ctx.numbers.fresh(), ctx.rng
    c = ctx.numbers.digits(4 if len(n) == 15 else 3)
    name = r.choice(CODE_NAMES)
    if beside:
        text = ['{"pan":"%s","exp":"1228","%s":"%s"}' % (n, name, c), "cardNumber=%s&exp=12%%2F28&%s=%s" % (n, name, c), "<card><number>%s</number><%s>%s</%s></card>" % (n, name, c, name),
                "カード番号 %s\n有効期限 12/28\n%s %s" % (n, r.choice(CODE_JAPANESE), c), "Card number: %s\nExpiry: 12/28\n%s: %s" % (n, name, c),
                "card_number,expiry,%s\n%s,12/28,%s" % (name, n, c)][i % 6]
        return text + "\n", want([n]) + [(("SAD_CVC",), None)]
    text = ['{"user":%d,"%s":"%s"}' % (i, name, c), "amount=100&%s=%s&lang=ja" % (name, c), "<%s>%s</%s>" % (name, c, name), "%s：%s" % (r.choice(CODE_JAPANESE), c), "%s=%s" % (name, c),
            '"%s" => "%s"' % (name, c)][i % 6]
    return text + "\n", [(("SAD_CVC",), None)]


def pin_block(ctx, i):
    name = ctx.rng.choice(["pinBlock", "pin_block", "PINBLOCK", "encryptedPinBlock"])
    v = ctx.rng.randbytes(16 if i % 5 == 4 else 8).hex()
    v = v.upper() if i % 2 else v
    return ['{"%s":"%s","ksn":"FFFF9876543210E00001"}\n', "%s=%s rc=00\n", "<%s>%s</%s>\n", "%s: %s\n"][i % 4] % ((name, v, name) if i % 4 == 2 else (name, v)), [(("SAD_PIN",), None)]


def threeds(ctx, i):
    n = ctx.numbers.fresh()
    body = '{"threeDSServerTransID":"%s","messageType":"AReq","messageVersion":"2.%d.0",%s"acctNumber":"%s","cardExpiryDate":"28%02d","purchaseAmount":"%d","purchaseCurrency":"392"}' % (
        "8a880dc0-d2d2-4067-bcb1-b08d1690b26e", i % 3, "\n " if i % 2 else "", n, ctx.rng.randint(1, 12), ctx.rng.randint(100, 99999))
    return [body, "POST /areq body=" + body, "x-payload: " + b64(body), '{"msg":"%s"}' % body.replace('"', '\\"').replace("\n", "\\n")][i % 4] + "\n", want([n])


def truncated(ctx, i):
    n = ctx.numbers.sixteen()
    mark = ctx.rng.choice("*xX#•")
    text = [n[:6] + mark * 6 + n[-4:], "%s %s %s %s" % (n[:4], n[4:6] + mark * 2, mark * 4, n[-4:]), "%s-%s-%s-%s" % (n[:4], n[4:6] + mark * 2, mark * 4, n[-4:])][i % 3]
    return ["card number: %s approved\n", '{"maskedPan":"%s"}\n', "カード番号：%s\n", "id,card_no\n1,%s\n"][i % 4] % text, [(("PAN_TRUNC_OK",), masked(n))]


def wide(ctx, i):
    n = ctx.numbers.fresh("amex") if i % 2 else ctx.numbers.sixteen()
    keep = 8 if i % 2 else 9
    mark = ctx.rng.choice("*xX#")
    text = n[:keep] + mark * (len(n) - keep - 4) + n[-4:]
    return ["card number: %s approved\n", '{"cardNumber":"%s"}\n', "カード番号：%s\n"][i % 3] % text, [(("PAN_TRUNC_WIDE",), masked(n))]


def hashed(ctx, i):
    n = ctx.numbers.fresh().encode()
    kind = ["md5", "sha1", "sha256", "sha512"][i % 4]
    h = hashlib.new(kind, n).hexdigest()
    name = ctx.rng.choice(["card_number_%s", "pan_%s", "hashed_pan_%s", "cardno_%s"]) % kind if i % 3 else ctx.rng.choice(["card_hash", "pan_hash", "cardNumberHash"])
    return ['{"id":%d,"%s":"%s"}\n' % (i, name, h), "id,%s\n%s" % (name, "".join("%d,%s\n" % (k, hashlib.new(kind, ctx.numbers.fresh().encode()).hexdigest()) for k in range(5)))][i % 2], [(("PAN_HASH_UNKEYED", "PAN_HASH_OPAQUE"), None)]


def encrypted(ctx, i):
    v = ctx.rng.randbytes(ctx.rng.choice([16, 32, 48]))
    name = ctx.rng.choice(["encrypted_pan", "encryptedCardNumber", "card_number_enc", "pan_encrypted", "enc_card_no"])
    return ['{"%s":"%s","id":3}\n', "id=3 %s=%s\n", "<%s>%s</%s>\n"][i % 3] % ((name, v.hex() if i % 2 else b64(v)) + ((name,) if i % 3 == 2 else ())), [(("PAN_ENC", "PAN_ENC_KEY_HERE"), None)]


def token(ctx, i):
    v = ctx.rng.choice(["tok_" + ctx.rng.randbytes(12).hex(), ctx.rng.randbytes(16).hex()])
    name = ctx.rng.choice(["card_token", "cardToken", "pan_token"])
    return ['{"%s":"%s"}\n', "%s=%s&x=1\n"][i % 2] % (name, v), [(("TOKEN", "TOKEN_SUSPECT"), None)]


def track3(ctx, i):
    n = ctx.numbers.sixteen()
    t = ";01%s=%s%s=%s?" % (n, ctx.rng.choice(["392", "840", "280", "724"]), ctx.numbers.digits(ctx.rng.randint(28, 36)), ctx.numbers.digits(ctx.rng.randint(8, 14)))
    return ["%s\n", "track3: %s\n", '{"track3Data":"%s"}\n'][i % 3] % (t.strip(";?") if i % 6 == 5 else t), want([n], TRACK)


def jis2(ctx, i):
    n = ctx.numbers.sixteen()
    head = ctx.rng.choice(["a", "b", "AB", "0392 ", "K "])
    tail = ctx.rng.choice(["2812", "0000 2812", " 1228"])
    body = (head + n + tail + "0" * ctx.rng.randint(4, 12)).ljust(69, ctx.rng.choice(" 0"))[:69]
    return ['{"jis2TrackData":"%s"}\n', "Track4Data=%s\n", '{"jis2TrackData": "%s", "track1": ""}\n'][i % 3] % body, want([n], TRACK)


def jis2_rows(ctx, i):
    numbers = [ctx.numbers.sixteen() for _ in range(5)]
    return "".join(("b" + n + "2812" + "0" * 8).ljust(69) + "\n" for n in numbers), want(numbers, TRACK)


def packed(comp3):
    def make(ctx, i):
        width, at = ctx.rng.randint(24, 160), ctx.rng.randint(0, 12)
        numbers = [ctx.numbers.sixteen() for _ in range(24)]
        data = ctx.rng.randbytes(16)
        for k, n in enumerate(numbers):
            field = bytes.fromhex("0" + n + ctx.rng.choice("cf")) if comp3 else bytes.fromhex(n)
            data += (k.to_bytes(4, "big") + ("SATO %05d" % k).encode(ctx.rng.choice(["cp037", "ascii"])))[:at].ljust(at, b"\x40") + field + ctx.rng.randbytes(3) + b"\x40" * (width - at - len(field) - 3)
        return data, want(numbers)
    return make


def exponent(ctx, i):
    numbers = [ctx.numbers.sixteen() for _ in range(6)]
    form = lambda n: ["%s.%sE+15", "%s.%sE15", "%s.%se+15", "%s.%sE+015"][i % 4] % (n[0], n[1:])
    d = ",;\t"[i % 3]
    return "no%scard_number%sname\n" % (d, d) + "".join("%d%s%s%sTARO\n" % (k, d, form(n), d) for k, n in enumerate(numbers)), want(numbers)


def rounded(ctx, i):
    numbers = [ctx.numbers.sixteen() for _ in range(8)]
    form = lambda n: n[0] + "." + n[1:15] + "E+15" if i % 2 else n[:15] + "0"
    d = ",;\t"[i % 3]
    return "no%scard_number%sname\n" % (d, d) + "".join("%d%s%s%sTARO\n" % (k, d, form(n), d) for k, n in enumerate(numbers)), want(numbers, PAN + ("PAN_ROUNDED",))


def split(ctx, i):
    numbers = [ctx.numbers.sixteen() for _ in range(5)]
    cut = lambda n: (n[:4], n[4:8], n[8:12], n[12:])
    name = ctx.rng.choice(["card_no", "cardno", "cc_num", "cardNumber"])
    return ["id," + ",".join("%s%d" % (name, k) for k in range(1, 5)) + "\n" + "".join("%d,%s,%s,%s,%s\n" % ((k,) + cut(n)) for k, n in enumerate(numbers)),
            "".join("x=1&" + "&".join("%s%d=%s" % (name, k + 1, p) for k, p in enumerate(cut(n))) + "\n" for n in numbers),
            "".join("{%s}\n" % ",".join('"%s_%d":"%s"' % (name, k + 1, p) for k, p in enumerate(cut(n))) for n in numbers),
            "".join("<card>%s</card>\n" % "".join("<%s%d>%s</%s%d>" % (name, k + 1, p, name, k + 1) for k, p in enumerate(cut(n))) for n in numbers)][i % 4], want(numbers)


def lines(ctx, i):
    n, sep = ctx.numbers.sixteen(), " " if i % 3 else "-"
    g = sep.join([n[:4], n[4:8], n[8:12], n[12:]])
    at = [4, 9, 14][i % 3]
    end = ctx.rng.choice(["\n", "\r\n", "\n> ", "\n    "])
    return "Dear shop,%splease use my credit card number %s%s%s for the order.\n" % (end[:1], g[:at + (sep == "-")], end, g[at + 1:]), want([n])


def single(ctx, i):
    n = ctx.numbers.sixteen()
    return ctx.rng.choice(["x %s y\n", "%s\n", "ref (%s)\n", "memo: %s.\n", "a;b;%s;c\n", '"%s"\n', "%s tomorrow\n", "<td>%s</td>\n"]) % n, want([n])


def glued(ctx, i):
    n = ctx.numbers.sixteen()
    return "card number: %s\n" % (["CC%s", "%sJPY", "card%s", "%sx", "No%s", "%sEND", "pan%sexp", "PAN%s"][i % 8] % n), want([n])


def mixed(ctx, i):
    numbers = [ctx.numbers.fresh(b) for b in ["visa"] * 8 + ["mastercard"] * 6 + ["amex"] * 2 + ["jcb", "diners"]]
    ctx.rng.shuffle(numbers)
    d = ";,\t"[i % 3]
    return "".join(d.join([str(ctx.rng.randint(1, 10 ** 5)), n, str(ctx.rng.randint(1, 10 ** 6))]) + "\n" for n in numbers), want(numbers)


GROUPS = [("basic", "varied tracks", many(track)), ("standard", "varied emv raw", many(emv("raw"), "bin"))] + \
    [("standard", "varied emv " + f, many(emv(f))) for f in ("hex", "hex json", "spaced", "base64", "tag=value", "json", "json list")] + \
    [("standard", "varied iso 8583 " + f, many(iso(f), "bin")) for f in ("ascii", "bcd", "ebcdic")] + [
    ("standard", "varied codes beside", many(lambda c, i: code(c, i, True))), ("standard", "varied codes alone", many(lambda c, i: code(c, i, False))),
    ("standard", "varied pin blocks", many(pin_block)), ("standard", "varied 3-d secure", many(threeds)), ("standard", "varied truncated", many(truncated)),
    ("standard", "varied truncated wide", many(wide)), ("standard", "varied hashed", many(hashed)), ("standard", "varied encrypted", many(encrypted)), ("standard", "varied tokens", many(token)),
    ("standard", "varied track 3", many(track3)), ("standard", "varied jis ii", many(jis2)), ("standard", "varied jis ii rows", many(jis2_rows, files=12)),
    ("standard", "varied bcd records", many(packed(False), "dat", 12)), ("standard", "varied comp-3 records", many(packed(True), "dat", 12)),
    ("standard", "varied exponent", many(exponent, "csv", 12)), ("standard", "varied rounded", many(rounded, "csv", 12)),
    ("hard", "varied split", many(split, files=16)), ("hard", "varied over lines", many(lines)), ("hard", "varied single", many(single)), ("hard", "varied glued", many(glued)), ("hard", "varied mixed", many(mixed, files=12)),
]
