"""Messages and records as machines write them: ISO 8583 in all its dresses, stripes and chip data as
they stand in traces, files of settlement, PIN blocks, 3-D Secure. Surroundings are drawn by seed."""
import base64
import json
import zlib

from cardnumbers import masked
from elements import TRACK, padded, tlv
from positives import PAN, b64, hexdump_c, want, wireshark, xxd
from varied_elements import many

PIN = ("SAD_PIN",)
EITHER = PAN + TRACK
SERVICE = ["101", "120", "121", "201", "221", "601"]


def stamp(ctx):
    r = ctx.rng
    return r.choice(["2026-%02d-%02dT%02d:%02d:%02dZ", "2026/%02d/%02d %02d:%02d:%02d", "26%02d%02d %02d:%02d:%02d", "[2026-%02d-%02d %02d:%02d:%02d]"]) % (
        r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))


def expiry(ctx):
    return "%02d%02d" % (ctx.rng.randint(26, 33), ctx.rng.randint(1, 12))


def stripe2(ctx, n, sep="="):
    return n + sep + expiry(ctx) + ctx.rng.choice(SERVICE) + ctx.numbers.digits(ctx.rng.randint(6, min(13, 29 - len(n))))


def spaced(data, upper=True):
    text = data.hex(" ")
    return text.upper() if upper else text


# ---- ISO 8583 ----

LENGTHS = {2: 2, 32: 2, 33: 2, 35: 2, 44: 2, 45: 2, 46: 3, 47: 3, 48: 3, 54: 3, 55: 3, 60: 3, 61: 3, 62: 3, 63: 3, 102: 2, 103: 2, 120: 3, 127: 3}
PACKED = {2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 22, 23, 24, 25, 26, 28, 32, 33, 35, 49, 50, 51, 53, 70}


def iso_values(ctx, n, version):
    r, d = ctx.rng, ctx.numbers.digits
    day, clock = "%02d%02d" % (r.randint(1, 12), r.randint(1, 28)), "%02d%02d%02d" % (r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))
    use = {2: n, 3: r.choice(["000000", "003000", "010000", "200000", "310000"]), 4: "%012d" % r.randint(1, 10 ** 8), 7: day + clock, 11: d(6),
           12: clock, 13: day, 14: expiry(ctx), 15: day, 18: r.choice(["5411", "5812", "5999"]), 19: "392", 22: r.choice(["051", "012", "071", "901"]), 23: "001",
           25: r.choice(["00", "59"]), 26: "12", 32: d(r.choice([6, 8, 11])), 33: d(8), 35: stripe2(ctx, n), 37: d(12), 38: d(6), 39: "00", 41: "T" + d(7), 42: "SHOP" + d(11),
           43: ("SHOP %s OSAKA" % d(3)).ljust(38) + "JP", 48: "REF" + d(9), 49: "392", 52: r.randbytes(8), 60: d(7), 61: "POS%s" % d(5), 62: "INV" + d(6), 63: d(10)}
    if version:
        use.update({12: "26" + day + clock, 22: "51010151%s130" % d(1), 25: "1510", 26: "5999", 39: "000", 43: ("SHOP %s\\OSAKA\\JP" % d(3))})
        for f in (15, 13):
            use.pop(f)
    keep = {2, 3, 4, 11} | set(r.sample(sorted(set(use) - {2, 3, 4, 11}), r.randint(6, 16)))
    if not keep & {35}:
        keep -= {52}
    if r.random() < 0.3:
        use[102], use[127] = d(10), "X" + d(5)
        keep |= {102, 127}
    return {f: v for f, v in use.items() if f in keep}


def iso_map(use, characters):
    wide = any(f > 64 for f in use)
    bits = sum(1 << ((128 if wide else 64) - f) for f in use) | (1 << 127 if wide else 0)
    raw = bits.to_bytes(16 if wide else 8, "big")
    return characters(raw.hex().upper()) if characters else raw


def iso_field(f, v, code, hex_binary, lengths, packed):
    size = lengths.get(f, 0)
    if code == "bcd":
        head = bytes.fromhex("%0*d" % (size + size % 2, len(v))) if size else b""
        if isinstance(v, bytes):
            return head + v
        if f in (2, 35):
            return head + bytes.fromhex(padded(v.replace("=", "D")))
        return head + (bytes.fromhex("0" * (len(v) % 2) + v) if f in packed else v.encode())
    head = ("%0*d" % (size, len(v)) if size else "").encode(code)
    if isinstance(v, bytes):
        return v.hex().upper().encode(code) if hex_binary else v
    return head + v.encode(code)


def iso_message(ctx, n, code, hex_map, hex_binary):
    version = ctx.rng.choice([0, 0, 0, 1, 2])
    use = iso_values(ctx, n, version)
    if code == "bcd" and version:
        use.pop(22, None)
    mti = "%d%s" % (version, ctx.rng.choice(["100", "110", "120", "200", "210", "220", "400", "420", "430"]))
    lengths = {**LENGTHS, 43: 2} if version else LENGTHS
    body = b"".join(iso_field(f, use[f], code, hex_binary, lengths, PACKED | {39} if version else PACKED) for f in sorted(use))
    first = bytes.fromhex(mti) if code == "bcd" else mti.encode(code)
    expect = want([n], TRACK if 35 in use else PAN) + ([(PIN, None)] if 52 in use else [])
    return first + iso_map(use, (lambda t: t.encode(code)) if hex_map else None) + body, expect


def lrc(data):
    out = 0
    for c in data:
        out ^= c
    return bytes([out])


def framed(ctx, m, code):
    size = len(m)
    forms = [m, size.to_bytes(2, "big") + m, size.to_bytes(4, "big") + m, (size + 5).to_bytes(2, "big") + b"\x60" + ctx.rng.randbytes(4) + m,
             b"\x60\x00\x05\x80\x00" + m, b"\x02" + m + b"\x03" + lrc(m + b"\x03"), size.to_bytes(2, "big") + b"\x00\x00" + m,
             ("%04d" % size).encode("cp037" if code == "cp037" else "ascii") + m, b"ISO0%s00000" % (b"26" if code != "bcd" else b"16") + m if code == "ascii" else m + b"\n"]
    return ctx.rng.choice(forms)


def iso(code, hex_map, hex_binary=False):
    def make(ctx, i):
        r, parts, expect = ctx.rng, [], []
        for _ in range(r.choice([1, 1, 2, 4])):
            m, e = iso_message(ctx, ctx.numbers.fresh(), code, hex_map, hex_binary)
            parts.append(framed(ctx, m, code))
            expect += e
        if i % 5 == 0:
            return "".join("%s %s %s\n" % (stamp(ctx), r.choice(["-> ", "OUT:", "recv", "msg="]), p.hex().upper()) for p in parts), expect
        if i % 5 == 1:
            dump = r.choice([xxd, hexdump_c, wireshark])
            return "\n".join("%s dump\n%s" % (stamp(ctx), dump(p)) for p in parts), expect
        if i % 5 == 2:
            return b"".join(r.randbytes(r.randint(8, 40)) + p for p in parts) + r.randbytes(12), expect
        if i % 5 == 3:
            return "".join("%s <%s>\n" % (stamp(ctx), spaced(p, r.random() < 0.5)) for p in parts), expect
        return b"".join(parts), expect
    return make


# ---- stripes ----

KANA = ["ﾔﾏﾀﾞ ﾀﾛｳ", "ｻﾄｳ ﾊﾅｺ", "ﾀﾅｶ ｼﾞﾛｳ", "ｽｽﾞｷ ｲﾁﾛｳ"]
STRIPES = ["JIS2", "JIS2データ", "JISⅡ", "JIS2磁気データ", "JIS-II", "表面ストライプ", "裏面ストライプ", "磁気情報", "磁気データ", "磁気ストライプ情報", "カード磁気情報", "ストライプデータ"]


def jis_record(ctx, n):
    r = ctx.rng
    head = r.choice(["a", "b", "1", "A1", "0392", "20 ", "B " + ctx.numbers.digits(3)])
    body = head + n + r.choice(["", " ", "00"]) + expiry(ctx) + ctx.numbers.digits(r.randint(3, 9))
    if r.random() < 0.5:
        body = body.ljust(52) + r.choice(KANA)
    return body.ljust(69, r.choice(" 0"))[:69]


def jis_named(ctx, i):
    r, n = ctx.rng, ctx.numbers.sixteen()
    record = jis_record(ctx, n).encode("cp932")
    name = r.choice(["Track4Data", "jis2TrackData", "JIS2", "jis2", "jis2_data", "jisTrack", "JIS2_TRACK"])
    value = [record.hex().upper(), record.hex(), b64(record), spaced(record)][i % 4]
    if r.random() < 0.5:
        record = b"\x7f" + record + b"\x7f" + bytes([r.randint(0x20, 0x7e)])
        value = [record.hex().upper(), record.hex(), b64(record), spaced(record)][i % 4]
    return ['{"%s":"%s"}\n', "%s=%s\n", "<%s>%s\n", "x 1 %s: %s\n"][i // 4 % 4] % (name, value), want([n], EITHER)


def jis_japanese(ctx, i):
    r, n = ctx.rng, ctx.numbers.sixteen()
    record, name = jis_record(ctx, n), r.choice(STRIPES)
    form = r.choice(["%s：%s\r\n", "%s: %s\n", "【%s】%s\n", "%s=%s\n", '"%s","%s"\n', "%s\t%s\n", "%s「%s」\n"])
    text = "%s %s" % (stamp(ctx), form % (name, record))
    return text.encode(["cp932", "utf-8", "euc_jp"][i % 3], "replace"), want([n], TRACK)


def jis_framed(ctx, i):
    r = ctx.rng
    numbers = [ctx.numbers.sixteen() for _ in range(r.choice([3, 5, 9]))]
    before, after = [(b"\x02", b"\x03"), (b"\x7f", b"\x7f"), (b"\x02", b"\x03\r\n"), (b"", b"\x00"), (b"\x1b\x02", b"\x03\x0d")][i % 5]
    head, tail = r.choice(["b", "a", "1"]), r.choice(["", "00", " "])
    out = b""
    for n in numbers:
        body = ((head + n + tail + expiry(ctx) + ctx.numbers.digits(6)).ljust(52) + r.choice(KANA)).ljust(69)[:69].encode("cp932")
        out += before + body + after + (lrc(body) if i % 2 and before else b"")
    return out, want(numbers, TRACK)


def stripe_hex(ctx, i):
    r, n = ctx.rng, ctx.numbers.fresh()
    if i % 3 == 0:
        value, up = bytes.fromhex(padded(stripe2(ctx, n, "D"))), True
        expect = want([n], TRACK)
    elif i % 3 == 1:
        value, up, expect = ((";%s?" if r.random() < 0.7 else "%s") % stripe2(ctx, n)).encode(), r.random() < 0.5, want([n], TRACK)
    else:
        value, up, expect = ("%%B%s^YAMADA/TARO^%s101%s?" % (n, expiry(ctx), ctx.numbers.digits(14))).encode(), r.random() < 0.5, want([n], TRACK)
    text = value.hex().upper() if up else value.hex()
    if r.random() < 0.25:
        text = spaced(value, up)
    name = r.choice(["data", "rx", "msr", "swipe", "reader", "payload", "T2", "buf", "value", "mag"])
    return r.choice(['{"%s":"%s"}\n', "%s=%s\n", "x %s [%s] ok\n", "<%s>%s\n", "%s: %s\n", "%s 0x%s\n" if " " not in text else "%s %s\n"]) % (name, text), expect


def track2_raw(ctx, i):
    out, numbers = ctx.rng.randbytes(ctx.rng.randint(5, 90)), []
    for _ in range(ctx.rng.choice([1, 3])):
        n = ctx.numbers.fresh()
        numbers.append(n)
        out += bytes.fromhex(padded(stripe2(ctx, n, "D"))) + ctx.rng.randbytes(ctx.rng.randint(9, 60))
    return out, want(numbers, TRACK)


# ---- chip data ----

TITLES = {"57": "Track 2 Equivalent Data", "5A": "Application Primary Account Number (PAN)", "5F24": "Application Expiration Date", "5F20": "Cardholder Name",
          "82": "Application Interchange Profile", "95": "Terminal Verification Results", "9F36": "Application Transaction Counter (ATC)", "9F26": "Application Cryptogram",
          "9F1F": "Track 1 Discretionary Data", "5F34": "PAN Sequence Number", "9F10": "Issuer Application Data", "8F": "CA Public Key Index"}


def chip(ctx, n, stripe, zeros=True):
    r = ctx.rng
    data = {"5F24": expiry(ctx) + "28", "5F20": b"YAMADA/TARO".ljust(16).hex().upper(), "82": "3900", "95": "0000008000", "9F36": r.randbytes(2).hex().upper(),
            "9F26": r.randbytes(8).hex().upper(), "5F34": "01", "9F10": "0601" + r.randbytes(5).hex().upper(), "8F": "92"}
    for tag in r.sample(sorted(data), r.randint(2, 7)):
        data.pop(tag)
    if zeros:
        data["9F1F"] = "30" * r.choice([8, 16, 24])
    tags = sorted(data)
    r.shuffle(tags)
    at = r.randint(0, len(tags))
    card = [("57", padded(stripe2(ctx, n, "D")))] if stripe else [("5A", padded(n))]
    return [(t, data[t]) for t in tags[:at]] + card + [(t, data[t]) for t in tags[at:]]


def whole(data):
    return b"".join(tlv(t, v) for t, v in data)


def hexes(v):
    return " ".join(v[i:i + 2] for i in range(0, len(v), 2))


def emv_print(ctx, i):
    r, n, stripe = ctx.rng, ctx.numbers.fresh(), i % 2
    data = chip(ctx, n, stripe, r.random() < 0.5)
    title = lambda t: TITLES.get(t, "Unknown")
    forms = [lambda t, v: "%s [%s] %d bytes: %s" % (t, title(t), len(v) // 2, v), lambda t, v: "    %s (%s)\n      L: %02X\n      V: %s" % (t, title(t), len(v) // 2, hexes(v)),
             lambda t, v: "tag: %s length: %02X value: %s" % (t, len(v) // 2, v), lambda t, v: "    +- %s  %s\n    |    %s" % (t, title(t), hexes(v)),
             lambda t, v: "%s = %s {%s}" % (t, title(t), v), lambda t, v: "  %s %02X: %s" % (t, len(v) // 2, hexes(v)), lambda t, v: "Tag 0x%s, len %d, data %s" % (t, len(v) // 2, v),
             lambda t, v: "%s - %s:\n\t%s" % (t, title(t), v), lambda t, v: "[%s] %s = %s" % (t, title(t), v), lambda t, v: "%-6s| %3d | %s" % (t, len(v) // 2, v),
             lambda t, v: "<%s:%d>%s" % (t, len(v) // 2, v), lambda t, v: "TLV{tag=%s, length=%d, value=%s}" % (t, len(v) // 2, v),
             lambda t, v: "%s (%s): %s" % (title(t), t, v), lambda t, v: "│  ├─ %s %s\n│  │    %s" % (t, title(t), v)]
    form = forms[i // 2 % len(forms)]
    head = r.choice(["70 [READ RECORD Response Message Template]\n", "%s card data\n" % stamp(ctx), "", "77 (Response Message Template Format 2)\n"])
    return head + "\n".join(form(t, v) for t, v in data) + "\n", want([n], EITHER if stripe else PAN)


def emv_json(ctx, i):
    r, n, stripe = ctx.rng, ctx.numbers.fresh(), i % 2
    data = chip(ctx, n, stripe)
    one = r.choice([lambda t, v: {"tag": t, "value": v}, lambda t, v: {"tag": t, "length": len(v) // 2, "value": v}, lambda t, v: {"tag": "0x" + t, "name": TITLES.get(t, ""), "value": v},
                    lambda t, v: {"value": v, "tag": t}, lambda t, v: {"t": t, "l": len(v) // 2, "v": v}, lambda t, v: {"Tag": t.lower(), "Value": v.lower()}, lambda t, v: [t, v]])
    body = [one(t, v) for t, v in data]
    return json.dumps(r.choice([body, {"tlv": body}, {"emv": {"tags": body}}]), indent=r.choice([None, 1, 2, 4])) + "\n", want([n], EITHER if stripe else PAN)


def emv_trace(ctx, i):
    r, n, stripe = ctx.rng, ctx.numbers.fresh(), i % 2
    body = tlv(["70", "77", "E1"][i // 2 % 3], whole(chip(ctx, n, stripe)).hex())
    answer = body + b"\x90\x00"
    show = r.choice([spaced, lambda b: b.hex().upper(), lambda b: b.hex(), lambda b: b.hex(":").upper(), lambda b: b.hex("-").upper()])
    sent, got = r.choice([("-> ", "<- "), (">> ", "<< "), ("C: ", "R: "), ("APDU>>", "APDU<<"), ("Command: ", "Response: "), ("[TX] ", "[RX] "), ("=> ", "<= ")])
    out = "%s%s\n%s%s\n" % (sent, show(bytes.fromhex("00A4040007A0000000031010")), got, show(bytes.fromhex("9000")))
    lead = r.choice(["", stamp(ctx) + " "])
    return out + "%s%s%s\n%s%s%s\n" % (lead, sent, show(bytes.fromhex("00B2010C00")), lead, got, show(answer)), want([n], EITHER if stripe else PAN)


def emv_base64(ctx, i):
    r, n, stripe = ctx.rng, ctx.numbers.fresh(), i % 2
    body = whole(chip(ctx, n, stripe))
    if r.random() < 0.5:
        body = tlv(r.choice(["70", "77", "E1"]), body.hex())
    value = base64.urlsafe_b64encode(body).decode().rstrip("=") if i % 4 == 3 else b64(body)
    return r.choice(['{"icc":"%s"}\n', "emv=%s\n", "<ICCRltdData>%s</ICCRltdData>\n", "%s\n", "tlv: %s\n"]) % value, want([n], EITHER if stripe else PAN)


# ---- records of settlement ----

def comp3(value, digits, sign="C"):
    text = "%0*d%s" % (digits, value, sign)
    return bytes.fromhex("0" * (len(text) % 2) + text)


def zoned(value, digits, zone=0xf0):
    text = ("%0*d" % (digits, value)).encode("cp037")
    return text[:-1] + bytes([text[-1] & 15 | zone])


KANJI = {"山": "4561", "田": "4573", "本": "457c", "店": "464e"}


def columns(ctx, kind):
    """The fields of a record around its number: functions that write one each."""
    r, d = ctx.rng, ctx.numbers.digits
    code = "cp932" if kind == "sjis" else "cp037"
    name = (lambda k: KANA[k % len(KANA)].encode("cp932").ljust(20)) if kind == "sjis" else (lambda k: ("SATO %c" % (65 + k % 26)).encode("cp037").ljust(20, b"\x40"))
    shifted = lambda k: b"\x0e" + bytes.fromhex("".join(r.choice(list(KANJI.values())) for _ in range(4))) + b"\x0f"
    all_ = [name, lambda k: ("%08d" % (20260100 + k % 28 + 1)).encode(code), lambda k: comp3(r.randint(1, 10 ** 6), 9), lambda k: zoned(r.randint(1, 10 ** 6), 9, 0xc0) if kind != "sjis" else d(9).encode(),
            lambda k: comp3(k + 1, 7), lambda k: bytes(2), lambda k: ("%07d" % k).encode(code), lambda k: r.choice("DK").encode(code), lambda k: (" " * 6).encode(code)]
    if kind == "dbcs":
        all_ += [shifted, shifted]
    take = r.sample(all_, r.randint(3, len(all_)))
    return take[:len(take) // 2], take[len(take) // 2:]


def number_field(ctx, kind):
    code = "cp932" if kind == "sjis" else "cp037"
    sign = ctx.rng.choice("CDF")
    return {"comp": lambda n: comp3(int(n), ctx_digits(n), sign), "bcd": bytes.fromhex, "bcd20": lambda n: bytes.fromhex("0000" + n), "fill": lambda n: bytes.fromhex(n + "FFFF"),
            "text": lambda n: n.encode(code), "wide": lambda n: n.ljust(19).encode(code), "zoned": lambda n: zoned(int(n), len(n), ctx.rng.choice([0xc0, 0xd0]))}


def ctx_digits(n):
    return len(n) + 1 if len(n) % 2 == 0 else len(n)


def settlement(kind, forms, frame=None):
    def make(ctx, i):
        r = ctx.rng
        before, after = columns(ctx, kind)
        write = number_field(ctx, kind)[r.choice(forms)]
        numbers = [ctx.numbers.sixteen() for _ in range(r.choice([6, 8, 12, 30, 60]))]
        out, block = b"", b""
        for k, n in enumerate(numbers):
            record = b"".join(f(k) for f in before) + write(n) + b"".join(f(k) for f in after)
            if frame:
                record += b"\x40" * r.randint(0, 30)
                record = (len(record) + 4).to_bytes(2, "big") + b"\0\0" + record
            elif kind == "sjis" and i % 2:
                record += b"\r\n"
            block += record
            if frame == "block" and (len(block) > 700 or k + 1 == len(numbers)):
                out += (len(block) + 4).to_bytes(2, "big") + b"\0\0" + block
                block = b""
        return out + block, want(numbers)
    return make


# ---- PIN blocks, 3-D Secure ----

def pin_clear(ctx, n, form):
    """ISO 9564-1, formats 0, 1, 3 and 4: before they are enciphered."""
    r, pin = ctx.rng, ctx.numbers.digits(ctx.rng.randint(4, 6))
    fill = lambda size, of: "".join(r.choice(of) for _ in range(size))
    if form == 1:
        return "1%X%s%s" % (len(pin), pin, fill(14 - len(pin), "0123456789ABCDEF"))
    if form == 4:
        return "4%X%s%s%s" % (len(pin), pin, "A" * (14 - len(pin)), fill(16, "0123456789ABCDEF"))
    first = "%d%X%s%s" % (form, len(pin), pin, "F" * (14 - len(pin)) if form == 0 else fill(14 - len(pin), "ABCDEF"))
    return "%016X" % (int(first, 16) ^ int("0000" + n[-13:-1], 16))


PINS = ["pinBlock", "pin_block", "PINBLOCK", "PinBlock", "encryptedPinBlock", "pin-block", "PIN block", "EncryptedPIN", "encPin", "pinData", "PIN data", "PINブロック", "暗号化PIN",
        "encrypted_pin_block", "clearPinBlock", "pinblk", "pin_blk", "PINBLK", "暗証番号ブロック", "iso0PinBlock", "pinBlockFormat0"]


def pin_blocks(ctx, i):
    n = ctx.numbers.sixteen()
    v = pin_clear(ctx, n, [0, 1, 3, 4][i % 4]) if i % 2 else ctx.rng.randbytes(16 if i % 3 == 2 else 8).hex().upper()
    if i % 5 == 4:
        v = v.lower()
    if i % 7 == 6:
        v = hexes(v)
    form = ctx.rng.choice(['{"%s":"%s","ksn":"FFFF9876543210E00001"}\n', "%s=%s rc=00\n", "%s: %s\n", "%s = [%s]\n", "x;%s=%s;\n", "<%s>%s\n"])
    return form % (ctx.rng.choice(PINS), v), [(PIN, None)]


def pares(ctx, i):
    n = ctx.numbers.fresh()
    xml = '<ThreeDSecure><Message id="m%s"><%s><version>1.0.2</version><Merchant><merID>%s</merID></Merchant><Purchase><amount>%d</amount></Purchase><pan>%s</pan><TX><cavv>%s</cavv><eci>05</eci></TX></%s></Message></ThreeDSecure>'
    kind = ctx.rng.choice(["PARes", "PAReq", "VEReq"])
    data = (xml % (ctx.numbers.digits(6), kind, ctx.numbers.digits(8), ctx.rng.randint(1, 99999), n, b64(ctx.rng.randbytes(20)), kind)).encode()
    value = b64(zlib.compress(data, ctx.rng.choice([1, 6, 9])))
    if i % 4 == 1:
        value = value.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    elif i % 4 == 2:
        value = "\n".join(value[k:k + 76] for k in range(0, len(value), 76))
    return ["PaRes=%s&MD=%s\n", "POST /acs PaReq=%s&TermUrl=https%%3A%%2F%%2Fshop.example%%2F%s\n", '<input name="PaReq" value="%s"> %s\n', '{"paRes":"%s","md":"%s"}\n'][i % 4] % (value, ctx.numbers.digits(5)), want([n])


def creq(ctx, i):
    n = ctx.numbers.fresh()
    body = {"messageType": ctx.rng.choice(["AReq", "CReq", "RReq", "ARes"]), "messageVersion": ctx.rng.choice(["2.1.0", "2.2.0", "2.3.1"]), "acctNumber": n, "cardExpiryDate": expiry(ctx),
            "threeDSServerTransID": "8a880dc0-d2d2-4067-bcb1-b08d1690b26e", "authenticationValue": b64(ctx.rng.randbytes(20))}
    keys = list(body)
    ctx.rng.shuffle(keys)
    text = json.dumps({k: body[k] for k in keys}, separators=ctx.rng.choice([(",", ":"), (", ", ": ")]), indent=ctx.rng.choice([None, 2]))
    value = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return ctx.rng.choice(["creq=%s&threeDSSessionData=eA\n", '{"creq":"%s"}\n', '<input type="hidden" name="creq" value="%s"/>\n', "areq: %s\n"]) % value, want([n])


GROUPS = [("hard", "records iso " + name, many(iso(*form), "bin", 80)) for name, form in (
    ("ascii hex map", ("ascii", True, True)), ("ascii hex map raw pin", ("ascii", True, False)), ("ascii binary map", ("ascii", False)), ("ebcdic hex map", ("cp037", True, True)),
    ("ebcdic hex map raw pin", ("cp037", True, False)), ("ebcdic binary map", ("cp037", False)), ("bcd", ("bcd", False)))] + [
    ("hard", "records jis named", many(jis_named, "log", 120)), ("hard", "records jis japanese", many(jis_japanese, "log", 120)), ("hard", "records jis framed", many(jis_framed, "dat", 30)),
    ("hard", "records stripes in hex", many(stripe_hex, "log", 60)), ("hard", "records packed track 2", many(track2_raw, "bin", 120)),
    ("standard", "records emv print", many(emv_print, "txt", 84)), ("standard", "records emv json", many(emv_json, "json", 60)), ("hard", "records emv trace", many(emv_trace, "log", 120)),
    ("hard", "records emv base64", many(emv_base64, "log", 120)),
    ("hard", "records cp932", many(settlement("sjis", ["comp", "bcd", "text", "wide"]), "dat", 30)), ("hard", "records ebcdic packed", many(settlement("ebcdic", ["comp", "bcd", "bcd20", "fill"]), "dat", 30)),
    ("hard", "records ebcdic text", many(settlement("ebcdic", ["text", "wide"]), "dat", 30)), ("hard", "records zoned sign", many(settlement("ebcdic", ["zoned"]), "dat", 20)),
    ("hard", "records cp930", many(settlement("dbcs", ["comp", "bcd", "text", "wide"]), "dat", 30)), ("hard", "records rdw", many(settlement("ebcdic", ["comp", "bcd"], "record"), "dat", 30)),
    ("hard", "records bdw", many(settlement("dbcs", ["comp", "bcd", "text"], "block"), "dat", 30)),
    ("standard", "records pin blocks", many(pin_blocks, "log", 120)), ("standard", "records 3-d secure 1", many(pares, "log", 30)), ("standard", "records 3-d secure 2", many(creq, "log", 30)),
]
