"""Every wrapping in every other: a text with numbers, written in one way and that in another."""
import base64
import binascii
import gzip
import json
import quopri
from urllib.parse import quote, quote_plus

import surroundings as S
from positives import Sample, hexdump_c, want, xxd
from variations import c_array, od_c, od_tx1, uu, xxd_p

EACH = 3


def lines(text, n, head="", tail="\n"):
    return "".join(head + text[i:i + n] + tail for i in range(0, len(text), n))


def each(form, alone=""):
    return lambda d: "".join(chr(c) if chr(c) in alone else form % c for c in d)


def od_words(d):
    d2 = d + b"\0" * (len(d) % 2)
    return "\n".join("%07o " % i + " ".join("%06o" % int.from_bytes(d2[k:k + 2], "little") for k in range(i, min(i + 16, len(d2)), 2))
                     for i in range(0, len(d2), 16)) + "\n%07o\n" % len(d)


def od_b(d):
    return "\n".join("%07o " % i + " ".join("%03o" % c for c in d[i:i + 16]) for i in range(0, len(d), 16)) + "\n%07o\n" % len(d)


def hexdump_words(d):
    d2 = d + b"\0" * (len(d) % 2)
    return "\n".join("%07x " % i + " ".join("%04x" % int.from_bytes(d2[k:k + 2], "little") for k in range(i, min(i + 16, len(d2)), 2))
                     for i in range(0, len(d2), 16)) + "\n%07x\n" % len(d)


def latin(d):
    return d.decode("latin-1")


def printable(d):
    return all(32 <= c < 127 or c in (9, 10, 13) for c in d)


def rtf(d):
    return "{\\rtf1\\ansi " + "".join("\\'%02x" % c if c > 126 or chr(c) in "\\{}" else "\\par\n" if c == 10 else chr(c) for c in d if c != 13) + "}"


# name, how, only of text
WRAPPINGS = [
    ("base64", lambda d: "v=" + base64.b64encode(d).decode() + "\n", False),
    ("base64 mime", lambda d: base64.encodebytes(d).decode(), False),
    ("base64url", lambda d: '{"t":"%s"}\n' % base64.urlsafe_b64encode(d).decode().rstrip("="), False),
    ("base64 of gzip", lambda d: "z: " + base64.b64encode(gzip.compress(d)).decode() + "\n", False),
    ("base64 of utf-16", lambda d: "u: " + base64.b64encode(latin(d).encode("utf-16-le")).decode() + "\n", True),
    ("base64 quoted", lambda d: lines(base64.b64encode(d).decode(), 76, "> "), False),
    ("base64 in yaml", lambda d: "a: |\n" + lines(base64.b64encode(d).decode(), 64, "    ") + "b: 1\n", False),
    ("hex", lambda d: "x=" + d.hex() + "\n", False),
    ("hex upper spaced", lambda d: d.hex(" ").upper() + "\n", False),
    ("hex sql", lambda d: "INSERT INTO t VALUES (X'%s');\n" % d.hex(), False),
    ("hex bytea", lambda d: "7\t\\\\x%s\t\\N\n" % d.hex(), False),
    ("xxd", xxd, False), ("xxd -p", xxd_p, False), ("xxd -i", c_array, False), ("hexdump -C", hexdump_c, False),
    ("hexdump words", hexdump_words, False), ("od words", od_words, False), ("od -b", od_b, False), ("od -c", od_c, True),
    ("od -tx1", od_tx1, False),
    ("byte list", lambda d: '{"type":"Buffer","data":%s}\n' % json.dumps(list(d)).replace(" ", ""), False),
    ("byte list spaced", lambda d: "b = %s\n" % list(d), False),
    ("signed bytes", lambda d: "byte[] b = {%s};\n" % ", ".join(str(c - 256 if c > 127 else c) for c in d), False),
    ("percent", lambda d: "q=" + each("%%%02X")(d) + "\n", False),
    ("percent text", lambda d: "q=" + quote(d, safe="") + "\n", False),
    ("percent form", lambda d: "q=" + quote_plus(d) + "\n", False),
    ("entities", lambda d: "<p>" + each("&#%d;")(d) + "</p>\n", True),
    ("entities hex", lambda d: "<p>" + each("&#x%X;")(d) + "</p>\n", True),
    ("json u", lambda d: '{"s":"%s"}\n' % each("\\u%04x")(d), True),
    ("json string", lambda d: '{"s":%s}\n' % json.dumps(latin(d)), True),
    ("c x", lambda d: 's = "%s";\n' % each("\\x%02x")(d), False),
    ("c octal", lambda d: 's = "%s";\n' % each("\\%03o")(d), False),
    ("qp", lambda d: quopri.encodestring(d).decode() + "\n", True),
    ("qp each", lambda d: "".join(l + "=\n" for l in lines(each("=%02X")(d), 75, "", "\0").split("\0")), False),
    ("uuencode", lambda d: "begin 644 a\n" + "".join(binascii.b2a_uu(d[i:i + 45]).decode() for i in range(0, len(d), 45)) + "`\nend\n", False),
    ("rtf", rtf, True),
]


def pairs(outer):
    def make(ctx):
        out = []
        _, write, only_text = outer
        for _, inner, inner_text in WRAPPINGS:
            numbers = [ctx.numbers.fresh() for _ in range(EACH)]
            kind, surround = ctx.rng.choice([k for k in S.ALL if k[0] != "japanese"])
            text = ("\n".join(surround(ctx.rng, numbers)) + "\n").encode()
            if only_text and not printable(text):
                continue
            out.append(Sample(write(inner(text).encode("latin-1")), want(numbers)))
        return out
    return make


GROUPS = [("hard", "pairs in " + w[0], pairs(w)) for w in WRAPPINGS]
