"""Texts that hold card numbers, by group: each is one file with what must be found in it."""
import base64
import binascii
import gzip
import io
import quopri
import tarfile
import zipfile
import zlib
from urllib.parse import quote, urlencode

from cardnumbers import masked

PAN = ("PAN_CLEAR", "SAD_TRACK", "TEST_PAN")


class Sample:
    """One file: bytes, and (class or classes, masked number or None) of each thing in it."""

    def __init__(self, data, expect, suffix="txt"):
        self.data = data if isinstance(data, bytes) else data.encode()
        self.expect = expect
        self.suffix = suffix


def want(numbers, classes=PAN):
    return [(classes, masked(n)) for n in numbers]


SETTINGS = [
    lambda n, r: "2026-03-%02d 11:%02d:07 INFO order %d card number %s approved\n" % (
        r.randint(1, 28), r.randint(0, 59), r.randint(1000, 99999), n),
    lambda n, r: '{"order_id":%d,"card_number":"%s","amount":%d}\n' % (r.randint(1, 99999), n, r.randint(1, 9999)),
    lambda n, r: "<payment><id>%d</id><cardNumber>%s</cardNumber></payment>\n" % (r.randint(1, 9999), n),
    lambda n, r: "INSERT INTO pay (id, card_no, exp) VALUES (%d,'%s','12/28');\n" % (r.randint(1, 9999), n),
    lambda n, r: "Dear customer, your credit card %s was charged %d yen.\n" % (n, r.randint(100, 9999)),
    lambda n, r: "お客様のカード番号は %s です。有効期限 12/28\n" % n,
    lambda n, r: 'static const char *visa_card = "%s";\n' % n,
    lambda n, r: "POST /pay?cardno=%s&exp=1228 HTTP/1.1\n" % n,
]


def settings(ctx, write=lambda n: n, fresh=None, encode=lambda t: t.encode(), each=1, ascii_only=False):
    """A file a setting; `write` dresses the number, `encode` the text."""
    out = []
    for i, setting in enumerate(SETTINGS * 2):
        if ascii_only and i % len(SETTINGS) == 5:
            continue
        numbers = [(fresh or ctx.numbers.fresh)() for _ in range(each * 4)]
        text = "".join("%sline %d of a report\n" % (setting(write(n), ctx.rng), k) for k, n in enumerate(numbers))
        out.append(Sample(encode(text), want(numbers)))
    return out


def grouped(number, separator):
    if len(number) == 15:
        cuts = [4, 6, 5]
    elif len(number) == 14:
        cuts = [4, 6, 4]
    elif len(number) == 19:
        cuts = [4, 4, 4, 4, 3]
    else:
        cuts = [4, 4, 4, 4]
    parts, at = [], 0
    for c in cuts:
        parts.append(number[at:at + c])
        at += c
    return separator.join(parts)


FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def full(number):
    return number.translate(FULL)


def columns(ctx, header, rows=30, delimiter=",", fresh=None):
    numbers = [(fresh or ctx.numbers.fresh)() for _ in range(rows)]
    names = ["id", "card_number", "name", "amount"]
    lines = [delimiter.join(names)] if header else []
    for i, n in enumerate(numbers):
        lines.append(delimiter.join([str(i), n, "YAMADA TARO", str(ctx.rng.randint(100, 99999))]))
    return Sample("\n".join(lines) + "\n", want(numbers), "csv")


# ---- basic ----

def plain(ctx):
    return settings(ctx)


def groupings(ctx):
    return [s for sep in (" ", "-") for s in settings(ctx, lambda n: grouped(n, sep))]


def every_brand(ctx):
    out = []
    for brand in sorted(ctx.numbers.brands):
        numbers = [ctx.numbers.fresh(brand) for _ in range(3)]
        out.append(Sample("".join('{"brand":"%s","card_number":"%s"}\n' % (brand, n) for n in numbers), want(numbers), "json"))
    return out


def csv(ctx):
    return [columns(ctx, header, delimiter=d) for header in (True, False) for d in (",", "\t", ";", "|")]


def sql(ctx):
    out = []
    for _ in range(5):
        numbers = [ctx.numbers.fresh() for _ in range(20)]
        rows = ",".join("(%d,'%s','TARO',%d)" % (i, n, i * 7) for i, n in enumerate(numbers))
        out.append(Sample("CREATE TABLE `pay` (`id` int, `card_no` varchar(19));\n"
                          "INSERT INTO `pay` (`id`,`card_no`,`holder`,`amount`) VALUES %s;\n" % rows, want(numbers), "sql"))
    return out


def utf16(ctx):
    return [s for e in ("utf-16-le", "utf-16-be", "utf-16") for s in settings(ctx, encode=lambda t: t.encode(e))]


def tracks(ctx):
    out = []
    for i in range(12):
        n = ctx.numbers.sixteen()
        rest = "2812%s%s" % (ctx.rng.choice(["101", "201"]), ctx.numbers.digits(ctx.rng.randint(8, 13)))
        t2 = ";%s=%s?" % (n, rest[:20])
        t1 = "%%B%s^YAMADA/TARO^%s?" % (n, rest + "00000")
        text = [t1, t2, t1 + t2, t2.strip(";?")][i % 4]
        out.append(Sample("swipe: %s\n" % text, want([n], ("SAD_TRACK",))))
    return out


# ---- standard: encodings ----

def text_in(encoding, write=lambda n: n):
    def make(ctx):
        skip = encoding.startswith("cp0") or encoding.startswith("cp5") or encoding == "cp1140"
        return settings(ctx, write, encode=lambda t: t.encode(encoding, "replace"), ascii_only=skip)
    return make


def ebcdic_records(ctx):
    out = []
    for code in ("cp037", "cp500", "cp1140", "cp037"):
        numbers = [ctx.numbers.fresh() for _ in range(20)]
        data = b"".join(("%-30s%-19s%08d" % ("YAMADA TARO", n, i)).encode(code) for i, n in enumerate(numbers))
        out.append(Sample(data, want(numbers), "dat"))
    return out


def b64(t):
    return base64.b64encode(t if isinstance(t, bytes) else t.encode()).decode()


def wrapped(ctx, fn, ascii_only=False):
    """Whole texts of the settings in a wrapping."""
    return settings(ctx, encode=fn, ascii_only=ascii_only)


def base64_inline(ctx):
    return wrapped(ctx, lambda t: '{"payload":"%s","n":1}\n' % b64(t))


def base64_mime(ctx):
    return wrapped(ctx, lambda t: b"Content-Transfer-Encoding: base64\r\n\r\n" +
                   base64.encodebytes(t.encode()).replace(b"\n", b"\r\n"))


def base64_number(ctx):
    return settings(ctx, lambda n: b64(n), ascii_only=True)


def base64_url(ctx):
    return wrapped(ctx, lambda t: "GET /cb?creq=%s HTTP/1.1\n" % base64.urlsafe_b64encode(t.encode()).decode().rstrip("="))


def base64_gzip(ctx):
    return wrapped(ctx, lambda t: '{"gz":"%s"}\n' % b64(gzip.compress(t.encode()))) + \
        wrapped(ctx, lambda t: '{"z":"%s"}\n' % b64(zlib.compress(t.encode())))


def hex_text(ctx):
    return wrapped(ctx, lambda t: "dump=%s\n" % t.encode().hex()) + \
        wrapped(ctx, lambda t: "dump= %s\n" % t.encode().hex(" ").upper())


def xxd(data):
    out = []
    for i in range(0, len(data), 16):
        part = data[i:i + 16]
        pairs = " ".join(part[k:k + 2].hex() for k in range(0, len(part), 2))
        out.append("%08x: %-39s  %s" % (i, pairs, "".join(chr(c) if 32 <= c < 127 else "." for c in part)))
    return "\n".join(out) + "\n"


def hexdump_c(data):
    out = []
    for i in range(0, len(data), 16):
        part = data[i:i + 16]
        left, right = part[:8].hex(" "), part[8:].hex(" ")
        out.append("%08x  %-23s  %-23s  |%s|" % (i, left, right, "".join(chr(c) if 32 <= c < 127 else "." for c in part)))
    return "\n".join(out) + "\n%08x\n" % len(data)


def od_x(data):
    out = []
    for i in range(0, len(data), 16):
        part = data[i:i + 16]
        part += b"\0" * (len(part) % 2)
        out.append("%07o %s" % (i, " ".join("%02x%02x" % (part[k + 1], part[k]) for k in range(0, len(part), 2))))
    return "\n".join(out) + "\n%07o\n" % len(data)


def wireshark(data):
    out = []
    for i in range(0, len(data), 16):
        part = data[i:i + 16]
        out.append("%04x   %-47s   %s" % (i, part.hex(" "), "".join(chr(c) if 32 <= c < 127 else "." for c in part)))
    return "\n".join(out) + "\n"


def dumps(ctx):
    return [s for f in (xxd, hexdump_c, od_x, wireshark) for s in settings(ctx, encode=lambda t: f(t.encode()).encode())]


def percent(ctx):
    every = lambda n: "".join("%%%02X" % ord(c) for c in n)
    return settings(ctx, every) + settings(ctx, lambda n: quote(grouped(n, " "))) + \
        wrapped(ctx, lambda t: (urlencode({"data": t}) + "\n").encode())


def entities(ctx):
    return settings(ctx, lambda n: "".join("&#%d;" % ord(c) for c in n)) + \
        settings(ctx, lambda n: "".join("&#x%x;" % ord(c) for c in n)) + settings(ctx, lambda n: grouped(n, "&nbsp;"))


def json_escapes(ctx):
    return settings(ctx, lambda n: "".join("\\u%04x" % ord(c) for c in n)) + \
        settings(ctx, lambda n: "".join("\\u%04x" % ord(c) for c in full(n)))


def c_escapes(ctx):
    return settings(ctx, lambda n: "".join("\\x%02x" % ord(c) for c in n))


def printable(ctx):
    return wrapped(ctx, lambda t: quopri.encodestring(t.replace("line", "a rather long line of text, which is wrapped ").encode())) + \
        settings(ctx, lambda n: "".join("=%02X" % ord(c) for c in n))


def uuencode(ctx):
    def make(t):
        data = t.encode()
        return b"begin 644 report.txt\n" + b"".join(binascii.b2a_uu(data[i:i + 45]) for i in range(0, len(data), 45)) + b"`\nend\n"
    return wrapped(ctx, make)


def rtf(ctx):
    out = []
    for _ in range(12):
        n = ctx.numbers.sixteen()
        body = ctx.rng.choice(["".join("\\'%02x" % ord(c) for c in n), "%s{\\b %s}%s" % (n[:4], n[4:8], n[8:])])
        out.append(Sample("{\\rtf1\\ansi Card number: %s\\par }\n" % body, want([n]), "rtf"))
    return out


def exponent(ctx):
    out = []
    for _ in range(6):
        numbers = [ctx.numbers.sixteen() for _ in range(10)]
        out.append(Sample("id,card_number\n" + "".join("%d,%s.%sE+15\n" % (i, n[0], n[1:]) for i, n in enumerate(numbers)),
                          want(numbers), "csv"))
    return out


def rounded(ctx):
    out = []
    for form in ("%s.%sE+15", "%s%s0"):
        for _ in range(3):
            numbers = [ctx.numbers.sixteen() for _ in range(12)]
            out.append(Sample("id,card_number\n" + "".join("%d,%s\n" % (i, form % (n[0], n[1:15])) for i, n in enumerate(numbers)),
                              want(numbers, PAN + ("PAN_ROUNDED",)), "csv"))
    return out


def packed(ctx):
    out = []
    for comp3 in (False, True):
        for width in (40, 64, 100):
            numbers = [ctx.numbers.sixteen() for _ in range(30)]
            data = b""
            for i, n in enumerate(numbers):
                field = bytes.fromhex("0" + n + "c") if comp3 else bytes.fromhex(n)
                rest = i.to_bytes(4, "big") + "YAMADA".encode("cp037") + ctx.rng.randbytes(6)
                data += (field + rest).ljust(width, b"\x40")
            out.append(Sample(data, want(numbers), "dat"))
    return out


# ---- standard: containers ----

def containers(ctx):
    out = []
    for make, suffix in ((zipped, "zip"), (tarred, "tar.gz"), (lambda t: gzip.compress(t), "gz"),
                         (lambda t: zipped(zipped(t)), "zip"), (lambda t: zlib.compress(t), "zz")):
        for s in settings(ctx)[:8]:
            out.append(Sample(make(s.data), s.expect, suffix))
    return out


def zipped(data):
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("report.txt", data)
    return room.getvalue()


def tarred(data):
    room = io.BytesIO()
    with tarfile.open(fileobj=room, mode="w:gz") as t:
        info = tarfile.TarInfo("report.txt")
        info.size = len(data)
        t.addfile(info, io.BytesIO(data))
    return room.getvalue()


# ---- hard ----

def two_wrappings(ctx):
    makers = [
        lambda t: b64(b64(t)) + "\n",
        lambda t: '{"a":"%s"}\n' % b64(t.encode("utf-16-le")),
        lambda t: "x=%s\n" % quote(b64(t), safe=""),
        lambda t: "%s\n" % t.encode("cp037", "replace").hex(),
        lambda t: '{"a":"{\\"b\\":\\"%s\\"}"}\n' % b64(t),
        lambda t: "%s\n" % b64(t.encode().hex()),
        lambda t: '{"b":"%s"}\n' % b64("".join("%%%02X" % ord(c) for c in t)),
    ]
    out = []
    for m in makers:
        out += settings(ctx, encode=lambda t: m(t).encode(), ascii_only=True)[:6]
    return out


def wrapped_lines(ctx):
    out = []
    for i in range(24):
        n = ctx.numbers.sixteen()
        g = grouped(n, " ")
        cut = [4, 9, 14][i % 3]
        text = "Dear customer, thank you. We have charged your credit card number %s\n%s on Monday.\n" % (g[:cut], g[cut + 1:])
        out.append(Sample(text, want([n])))
    return out


def split_fields(ctx):
    out = []
    for i in range(16):
        numbers = [ctx.numbers.sixteen() for _ in range(8)]
        cut = lambda n: (n[:4], n[4:8], n[8:12], n[12:])
        if i % 4 == 0:
            text = "name,card_no1,card_no2,card_no3,card_no4\n" + "".join("TARO,%s,%s,%s,%s\n" % cut(n) for n in numbers)
        elif i % 4 == 1:
            text = "".join("POST /pay?cardno1=%s&cardno2=%s&cardno3=%s&cardno4=%s\n" % cut(n) for n in numbers)
        elif i % 4 == 2:
            text = "".join('{"card_number1":"%s","card_number2":"%s","card_number3":"%s","card_number4":"%s"}\n' % cut(n) for n in numbers)
        else:
            text = "カード番号\n" + "".join('"%s","%s","%s","%s"\n' % cut(n) for n in numbers)
        out.append(Sample(text, want(numbers)))
    return out


def no_context(ctx):
    numbers = [ctx.numbers.sixteen() for _ in range(60)]
    return [Sample("note %d: %s is all\n" % (i, n), want([n])) for i, n in enumerate(numbers)]


def glued(ctx):
    numbers = [ctx.numbers.sixteen() for _ in range(24)]
    return [Sample("card number: %s\n" % w, want([n])) for i, n in enumerate(numbers)
            for w in [["CC" + n, n + "JPY", "card" + n, n + "x"][i % 4]]]


def mixed_column(ctx):
    out = []
    for _ in range(8):
        numbers = [ctx.numbers.fresh() for _ in range(20)] + [ctx.numbers.fresh("amex") for _ in range(3)]
        out.append(Sample("".join("%d;%s;%d\n" % (i, n, ctx.rng.randint(1, 10 ** 6)) for i, n in enumerate(numbers)), want(numbers), "csv"))
    return out


GROUPS = [
    ("basic", "plain", plain), ("basic", "groupings", groupings), ("basic", "every brand", every_brand),
    ("basic", "csv", csv), ("basic", "sql", sql), ("basic", "utf-16", utf16), ("basic", "tracks", tracks),
    ("standard", "utf-32", lambda c: text_in("utf-32-le")(c) + text_in("utf-32-be")(c)),
    ("standard", "full-width utf-8", text_in("utf-8", full)), ("standard", "full-width sjis", text_in("cp932", full)),
    ("standard", "full-width euc-jp", text_in("euc_jp", full)), ("standard", "iso-2022-jp", text_in("iso2022_jp", full)),
    ("standard", "full-width utf-16", text_in("utf-16-le", full)),
    ("standard", "ebcdic text", lambda c: text_in("cp037")(c) + text_in("cp1140")(c) + text_in("cp500")(c)),
    ("standard", "ebcdic records", ebcdic_records), ("standard", "base64 inline", base64_inline),
    ("standard", "base64 mime", base64_mime), ("standard", "base64 of the number", base64_number),
    ("standard", "base64url", base64_url), ("standard", "base64 of gzip, zlib", base64_gzip),
    ("standard", "hex", hex_text), ("standard", "hex dumps", dumps), ("standard", "percent", percent),
    ("standard", "entities", entities), ("standard", "json escapes", json_escapes), ("standard", "c escapes", c_escapes),
    ("standard", "quoted-printable", printable), ("standard", "uuencode", uuencode), ("standard", "rtf", rtf),
    ("standard", "exponent", exponent), ("standard", "15 digits kept", rounded), ("standard", "packed decimal", packed),
    ("standard", "containers", containers),
    ("hard", "two wrappings", two_wrappings), ("hard", "wrapped lines", wrapped_lines),
    ("hard", "split fields", split_fields), ("hard", "no context", no_context), ("hard", "glued to letters", glued),
    ("hard", "mixed column", mixed_column),
]
