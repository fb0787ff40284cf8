"""Data elements other than plain numbers."""
import hashlib

from cardnumbers import masked
from positives import PAN, Sample, want

TRACK = ("SAD_TRACK",)


def tlv(tag, value):
    body = bytes.fromhex(value)
    return bytes.fromhex(tag) + (bytes([len(body)]) if len(body) < 128 else b"\x81" + bytes([len(body)])) + body


def padded(text):
    return text + "F" * (len(text) % 2)


def track2(ctx, n):
    return padded(n + "D2812201" + ctx.numbers.digits(ctx.rng.randint(6, 10)))


def emv_message(ctx, n, with_track):
    parts = [tlv("9f2608"[:4], ctx.rng.randbytes(8).hex()), tlv("82", "3900"), tlv("9f36", ctx.rng.randbytes(2).hex()),
             tlv("5a", padded(n)), tlv("5f24", "281231"), tlv("5f34", "01"), tlv("95", "0000008000"), tlv("9a", "260311"),
             tlv("9f02", "%012d" % ctx.rng.randint(1, 10 ** 6)), tlv("4f", "a0000000031010")]
    if with_track:
        parts[3] = tlv("57", track2(ctx, n))
    return b"".join(parts)


def emv(ctx, form):
    out = []
    for i in range(20):
        n = ctx.numbers.fresh()
        data = emv_message(ctx, n, i % 2)
        expect = want([n], TRACK if i % 2 else PAN)
        if form == "raw":
            out.append(Sample(ctx.rng.randbytes(200) + data + ctx.rng.randbytes(150), expect, "bin"))
        elif form == "hex":
            out.append(Sample("2026-03-01 11:02:07 DE55=%s\n" % (data.hex().upper() if i % 4 < 2 else data.hex()), expect))
        elif form == "spaced":
            out.append(Sample("APDU < %s\n" % data.hex(" ").upper(), expect))
        elif form == "tag=value":
            value = "57=%s" % track2(ctx, n) if i % 2 else "5A=%s" % padded(n)
            out.append(Sample("tags: 9F36=0012 82=3900 %s 5F34=01\n" % value, expect))
        else:
            key, value = ("57", track2(ctx, n)) if i % 2 else ("5A", padded(n))
            out.append(Sample('{"emv":{"82":"3900","%s":"%s","9F36":"0012"}}\n' % (key, value), expect, "json"))
    return out


FIELDS = [2, 3, 4, 7, 11, 12, 13, 14, 22, 25, 35, 37, 41, 42, 49]


def iso_fields(ctx, n):
    d = ctx.numbers.digits
    return {2: n, 3: "000000", 4: "%012d" % ctx.rng.randint(1, 10 ** 7), 7: "0311%02d%02d%02d" % (ctx.rng.randint(0, 23), ctx.rng.randint(0, 59), ctx.rng.randint(0, 59)), 11: d(6),
            12: "110207", 13: "0311", 14: "2812", 22: "051", 25: "00", 35: n + "=2812201" + d(8), 37: d(12),
            41: "TERM%s" % d(4), 42: "MERCHANT%s" % d(7), 49: "392"}


def bitmap(fields):
    bits = 0
    for f in fields:
        bits |= 1 << (64 - f)
    return bits.to_bytes(8, "big")


def iso_text(ctx, n, binary_map):
    use = iso_fields(ctx, n)
    for f in ctx.rng.sample([7, 12, 13, 14, 25, 35, 37, 42], 3):
        use.pop(f)
    body = "".join(("%02d%s" % (len(use[f]), use[f]) if f in (2, 35) else use[f]) for f in FIELDS if f in use)
    head = bitmap(use)
    return use, "0200", head if binary_map else head.hex().upper().encode(), body


def iso8583(ctx, form):
    out = []
    for i in range(20):
        n = ctx.numbers.fresh()
        use, mti, head, body = iso_text(ctx, n, i % 2 or form == "ebcdic")
        if form == "ascii":
            data = mti.encode() + head + body.encode()
        elif form == "ebcdic":
            data = mti.encode("cp037") + head + body.encode("cp037")
        else:
            data = iso_bcd(use)
        frame = [b"", len(data).to_bytes(2, "big"), b"\x60\x00\x01\x00\x00"][i % 3]
        out.append(Sample(frame + data + (b"" if i % 2 else b"\n"), want([n], TRACK if 35 in use else PAN), "bin"))
    return out


def iso_bcd(use):
    def field(f):
        v = use[f]
        if f in (2, 35):
            return bytes.fromhex("%02d" % len(v)) + bytes.fromhex(padded(v.replace("=", "D")))
        if f in (37, 41, 42):
            return v.encode()
        return bytes.fromhex("0" * (len(v) % 2) + v)
    return bytes.fromhex("0200") + bitmap(use) + b"".join(field(f) for f in FIELDS if f in use)


def codes(ctx):
    forms = ['{"cardNumber":"%s","expiry":"12/28","cvv":"%s"}\n', "card=%s exp=1228 cvc2=%s\n", "カード番号：%s\nセキュリティコード：%s\n",
             "<pan>%s</pan><cvv2>%s</cvv2>\n", "cardno=%s&expire=2812&securitycode=%s\n", "%s|12|28|%s|TARO YAMADA\n"]
    out = []
    for i in range(24):
        n = ctx.numbers.sixteen()
        out.append(Sample(forms[i % 6] % (n, ctx.numbers.digits(3)), want([n]) + [(("SAD_CVC",), None)]))
    return out


def codes_alone(ctx):
    forms = ['{"order":17,"cvv":"%s"}\n', "2026-03-11 token=ab12 cvc=%s result=ok\n", "セキュリティコード: %s\n", "security_code=%s&amount=100\n"]
    return [Sample(forms[i % 4] % ctx.numbers.digits(3), [(("SAD_CVC",), None)]) for i in range(24)]


def pin_blocks(ctx):
    forms = ['{"pinBlock":"%s"}\n', "pin_block=%s ksn=FFFF9876543210E00001\n", "<PINBlock>%s</PINBlock>\n"]
    return [Sample(forms[i % 3] % ctx.rng.randbytes(8).hex().upper(), [(("SAD_PIN",), None)]) for i in range(12)]


def threeds(ctx):
    out = []
    for _ in range(12):
        n = ctx.numbers.sixteen()
        out.append(Sample('{"messageType":"AReq","messageVersion":"2.2.0","acctNumber":"%s","cardExpiryDate":"2812",'
                          '"purchaseAmount":"12000"}\n' % n, want([n]), "json"))
    return out


def truncated(ctx, wide):
    out = []
    for i in range(12):
        if wide:
            n = ctx.numbers.fresh("amex")
            text, shown = n[:8] + "***" + n[-4:], masked(n)
        else:
            n = ctx.numbers.sixteen()
            text = [n[:6] + "******" + n[-4:], "%s %s** **** %s" % (n[:4], n[4:6], n[-4:]), n[:6] + "XXXXXX" + n[-4:]][i % 3]
            shown = masked(n)
        out.append(Sample("card number: %s approved\n" % text, [((("PAN_TRUNC_WIDE",) if wide else ("PAN_TRUNC_OK",)), shown)]))
    return out


def hashed(ctx):
    out = []
    for i in range(12):
        n = ctx.numbers.sixteen().encode()
        name, h = [("card_sha256", hashlib.sha256), ("pan_sha1", hashlib.sha1), ("cardnumber_md5", hashlib.md5)][i % 3]
        out.append(Sample('{"id":%d,"%s":"%s"}\n' % (i, name, h(n).hexdigest()), [(("PAN_HASH_UNKEYED", "PAN_HASH_OPAQUE"), None)], "json"))
    return out


def encrypted(ctx):
    return [Sample('{"encryptedCardNumber":"%s","id":%d}\n' % (ctx.rng.randbytes(32).hex(), i), [(("PAN_ENC",), None)], "json")
            for i in range(12)]


def track3(ctx):
    out = []
    for _ in range(12):
        n = ctx.numbers.sixteen()
        out.append(Sample(";01%s=3927%s=%s?\n" % (n, ctx.numbers.digits(30), ctx.numbers.digits(12)), want([n], TRACK)))
    return out


def jis2(ctx):
    out = []
    for i in range(12):
        n = ctx.numbers.sixteen()
        body = ("a%s%s" % (n, "2812" + "0" * 10)).ljust(69, " ")[:69]
        out.append(Sample('{"jis2TrackData":"%s"}\n' % body if i % 2 else "Track4Data=%s\n" % body, want([n], TRACK)))
    return out


GROUPS = [("standard", "emv " + f, lambda c, f=f: emv(c, f)) for f in ("raw", "hex", "spaced", "tag=value", "json")] + \
         [("standard", "iso 8583 " + f, lambda c, f=f: iso8583(c, f)) for f in ("ascii", "bcd", "ebcdic")] + [
    ("standard", "codes beside numbers", codes), ("standard", "codes by name", codes_alone), ("standard", "pin blocks", pin_blocks),
    ("standard", "3-d secure", threeds), ("standard", "truncated", lambda c: truncated(c, False)),
    ("standard", "truncated too wide", lambda c: truncated(c, True)), ("standard", "hashed", hashed),
    ("standard", "encrypted", encrypted), ("standard", "track 3", track3), ("standard", "jis ii", jis2),
]
