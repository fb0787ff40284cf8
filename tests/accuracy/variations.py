"""Each dress and wrapping in all surroundings.

Level `further` is beyond what the detector promises: shown, without a target."""
import base64
import binascii
import bz2
import gzip
import lzma
import quopri
import zlib
from urllib.parse import quote

import surroundings as S
from positives import (PAN, Sample, b64, full, grouped, hexdump_c, od_x, tarred, want, wireshark, xxd, zipped)

EACH = 5


def texts(ctx, dress=lambda n: n, ascii_only=False):
    """(text, numbers) of every surrounding, line ends by chance."""
    for kind, make in S.ALL:
        if ascii_only and kind == "japanese":
            continue
        numbers = [ctx.numbers.fresh() for _ in range(EACH)]
        end = ctx.rng.choice(["\n", "\n", "\r\n"])
        text = "\n".join(make(ctx.rng, [dress(n) for n in numbers])) + "\n"
        yield text.replace("\n", end), numbers


def group(dress=lambda n: n, wrap=lambda t: t.encode(), suffix="txt", **more):
    def make(ctx):
        out = []
        for text, numbers in texts(ctx, dress, **more):
            out.append(Sample(wrap(text), want(numbers), suffix))
        return out
    return make


def each(f):
    return lambda n: "".join(f % ord(c) for c in n)


def uu(t):
    d = t.encode()
    return b"begin 644 a.txt\n" + b"".join(binascii.b2a_uu(d[i:i + 45]) for i in range(0, len(d), 45)) + b"`\nend\n"


def od_c(d):
    rows = ["%07o" % i + "".join(("%4s" % {10: "\\n", 13: "\\r", 9: "\\t"}.get(c, chr(c) if 32 <= c < 127 else "%03o" % c)) for c in d[i:i + 16]) for i in range(0, len(d), 16)]
    return "\n".join(rows) + "\n%07o\n" % len(d)


def od_tx1(d):
    return "\n".join("%07o %s" % (i, d[i:i + 16].hex(" ")) for i in range(0, len(d), 16)) + "\n%07o\n" % len(d)


def xxd_p(d):
    h = d.hex()
    return "\n".join(h[i:i + 60] for i in range(0, len(h), 60)) + "\n"


def c_array(d):
    return "unsigned char a[] = {\n" + "".join("  " + ", ".join("0x%02x" % c for c in d[i:i + 12]) + ",\n" for i in range(0, len(d), 12)) + "};\n"


def enc(e):
    return lambda t: t.encode(e)


def as_text(f):
    return lambda t: f(t).encode()


def as_dump(f):
    return lambda t: f(t.encode()).encode()


def ebcdic(e):
    return dict(wrap=lambda t: t.replace("\r\n", "\n").encode(e, "replace"), ascii_only=True, suffix="dat")


def dbcs(t):
    """Code pages 930 and 939: capitals, digits, and Japanese between shift-out and shift-in."""
    return b"".join(l.upper().encode("cp037", "replace") + b"\x0e\x45\x66\x44\x81\x0f\x15" for l in t.splitlines())


GROUPS = [
    ("basic", "varied plain", group()),
    ("basic", "varied spaces", group(lambda n: grouped(n, " "))),
    ("basic", "varied hyphens", group(lambda n: grouped(n, "-"))),
    ("basic", "varied utf-16 le", group(wrap=enc("utf-16-le"))),
    ("basic", "varied utf-16 be", group(wrap=enc("utf-16-be"))),
    ("basic", "varied utf-16 bom", group(wrap=enc("utf-16"))),
    ("basic", "varied utf-16 odd", group(wrap=lambda t: b"#" + t.encode("utf-16-le"))),
    ("standard", "varied utf-32 le", group(wrap=enc("utf-32-le"))),
    ("standard", "varied utf-32 be", group(wrap=enc("utf-32-be"))),
    ("standard", "varied utf-32 odd", group(wrap=lambda t: b"###" + t.encode("utf-32-be"))),
    ("standard", "varied full utf-8", group(full)),
    ("standard", "varied full utf-8 spaces", group(lambda n: full(grouped(n, "　")))),
    ("standard", "varied full utf-8 hyphens", group(lambda n: full(grouped(n, "－")))),
    ("standard", "varied full sjis", group(full, enc("cp932"))),
    ("standard", "varied full sjis hyphens", group(lambda n: full(grouped(n, "－")), enc("cp932"))),
    ("standard", "varied full euc-jp", group(full, enc("euc_jp"))),
    ("standard", "varied full iso-2022-jp", group(full, enc("iso2022_jp"))),
    ("standard", "varied full utf-16 le", group(full, enc("utf-16-le"))),
    ("standard", "varied full utf-16 be", group(full, enc("utf-16-be"))),
    ("standard", "varied cp037", group(**ebcdic("cp037"))),
    ("standard", "varied cp1140", group(**ebcdic("cp1140"))),
    ("standard", "varied cp500", group(**ebcdic("cp500"))),
    ("standard", "varied cp037 spaces", group(lambda n: grouped(n, " "), **ebcdic("cp037"))),
    ("standard", "varied cp930", group(wrap=dbcs, ascii_only=True, suffix="dat")),
    ("standard", "varied base64 json", group(wrap=as_text(lambda t: '{"d":"%s"}\n' % b64(t)))),
    ("standard", "varied base64 whole", group(wrap=as_text(b64))),
    ("standard", "varied base64 mime", group(wrap=lambda t: b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(t.encode()))),
    ("standard", "varied base64 64 columns", group(wrap=as_text(lambda t: "".join(b64(t)[i:i + 64] + "\n" for i in range(0, len(b64(t)), 64))))),
    ("standard", "varied base64 number", group(lambda n: b64(n), ascii_only=True)),
    ("standard", "varied base64url", group(wrap=lambda t: b"token=" + base64.urlsafe_b64encode(t.encode()).rstrip(b"=") + b"\n")),
    ("standard", "varied data uri", group(wrap=as_text(lambda t: '<a href="data:text/plain;base64,%s">x</a>\n' % b64(t)))),
    ("standard", "varied gzip base64", group(wrap=as_text(lambda t: "x: %s\n" % b64(gzip.compress(t.encode()))))),
    ("standard", "varied zlib base64", group(wrap=as_text(lambda t: "x: %s\n" % b64(zlib.compress(t.encode()))))),
    ("standard", "varied hex", group(wrap=as_text(lambda t: t.encode().hex() + "\n"))),
    ("standard", "varied hex upper spaced", group(wrap=as_text(lambda t: t.encode().hex(" ").upper() + "\n"))),
    ("standard", "varied hex of the number", group(lambda n: n.encode().hex())),
    ("standard", "varied hex 0x sql", group(lambda n: "0x" + n.encode().hex().upper())),
    ("standard", "varied hex colons", group(wrap=as_text(lambda t: t.encode().hex(":") + "\n"))),
    ("further", "varied c array", group(wrap=as_dump(c_array))),
    ("standard", "varied xxd -p", group(wrap=as_dump(xxd_p))),
    ("standard", "varied xxd", group(wrap=as_dump(xxd))),
    ("standard", "varied hexdump -C", group(wrap=as_dump(hexdump_c))),
    ("standard", "varied od -x", group(wrap=as_dump(od_x))),
    ("standard", "varied od -tx1", group(wrap=as_dump(od_tx1))),
    ("further", "varied od -c", group(wrap=as_dump(od_c))),
    ("standard", "varied wireshark", group(wrap=as_dump(wireshark))),
    ("standard", "varied percent", group(each("%%%02X"))),
    ("standard", "varied percent text", group(wrap=as_text(lambda t: quote(t, safe="")))),
    ("standard", "varied percent spaces", group(lambda n: quote(grouped(n, " ")))),
    ("standard", "varied entities", group(each("&#%d;"))),
    ("standard", "varied entities hex", group(each("&#x%X;"))),
    ("standard", "varied entities padded", group(each("&#%05d;"))),
    ("standard", "varied json u", group(each("\\u%04x"))),
    ("standard", "varied json u full", group(lambda n: each("\\u%04X")(full(n)))),
    ("standard", "varied c x", group(each("\\x%02X"))),
    ("standard", "varied c octal", group(each("\\%03o"))),
    ("standard", "varied js u{}", group(each("\\u{%x}"))),
    ("standard", "varied qp text", group(wrap=lambda t: quopri.encodestring(t.encode()))),
    ("standard", "varied qp number", group(each("=%02X"))),
    ("standard", "varied qp spaces", group(lambda n: grouped(n, "=20"))),
    ("standard", "varied uuencode", group(wrap=uu)),
    ("standard", "varied rtf", group(each("\\'%02x"), wrap=as_text(lambda t: "{\\rtf1\\ansi " + t.replace("\n", "\\par\n") + "}"), ascii_only=True, suffix="rtf")),
    ("standard", "varied gz", group(wrap=lambda t: gzip.compress(t.encode()), suffix="gz")),
    ("standard", "varied xz", group(wrap=lambda t: lzma.compress(t.encode()), suffix="xz")),
    ("standard", "varied bz2", group(wrap=lambda t: bz2.compress(t.encode()), suffix="bz2")),
    ("standard", "varied zip", group(wrap=lambda t: zipped(t.encode()), suffix="zip")),
    ("standard", "varied zip in zip", group(wrap=lambda t: zipped(zipped(t.encode())), suffix="zip")),
    ("standard", "varied tar.gz", group(wrap=lambda t: tarred(t.encode()), suffix="tgz")),
    ("standard", "varied utf-16 in zip", group(wrap=lambda t: zipped(t.encode("utf-16-le")), suffix="zip")),
    ("standard", "varied sjis full in zip", group(full, wrap=lambda t: zipped(t.encode("cp932")), suffix="zip")),
    ("hard", "varied base64 twice", group(wrap=as_text(lambda t: b64(b64(t)) + "\n"))),
    ("hard", "varied base64 of utf-16", group(wrap=as_text(lambda t: "v=%s\n" % b64(t.encode("utf-16-le"))))),
    ("hard", "varied percent of base64", group(wrap=as_text(lambda t: "q=%s\n" % quote(b64(t), safe="")))),
    ("hard", "varied hex of cp037", group(wrap=as_text(lambda t: t.encode("cp037", "replace").hex() + "\n"), ascii_only=True)),
    ("hard", "varied xxd of cp037", group(wrap=as_text(lambda t: xxd(t.encode("cp037", "replace"))), ascii_only=True)),
    ("hard", "varied base64 of sjis full", group(full, wrap=as_text(lambda t: b64(t.encode("cp932")) + "\n"))),
    ("hard", "varied base64 with json signs", group(wrap=as_text(lambda t: '{"a":"%s"}\n' % b64(t).replace("/", "\\/").replace("+", "\\u002b").replace("=", "\\u003d")))),
    ("hard", "varied base64 in json escapes", group(wrap=as_text(lambda t: '{"a":"%s"}\n' % each("\\u%04x")(b64(t))))),
    ("hard", "varied percent twice", group(lambda n: quote(each("%%%02X")(n)))),
    ("hard", "varied json in base64 in json", group(wrap=as_text(lambda t: '{"a":"{\\"b\\":\\"%s\\"}"}' % b64(t)))),
    ("hard", "varied qp of entities", group(wrap=lambda t: quopri.encodestring(t.encode()), dress=each("&#%d;"))),
    ("hard", "varied base64 of hex", group(wrap=as_text(lambda t: b64(t.encode().hex())))),
    ("hard", "varied base64 of gzip of utf-16", group(wrap=as_text(lambda t: b64(gzip.compress(t.encode("utf-16-le")))))),
    ("hard", "varied entity spaces", group(lambda n: grouped(n, "&nbsp;"))),
    ("hard", "varied nbsp", group(lambda n: grouped(n, "\u00a0"))),
    ("hard", "varied dots", group(lambda n: grouped(n, "."))),
    ("hard", "varied two blanks", group(lambda n: grouped(n, "  "))),
    ("hard", "varied uu in mail zip", group(wrap=lambda t: zipped(uu(t)), suffix="zip")),
]
