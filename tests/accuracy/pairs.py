"""Every wrapping in every other: a text with numbers, written in one way and that in another."""
import base64
import binascii
import gzip
import json
import quopri
import textwrap
import zlib
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


def b64(d):
    return base64.b64encode(d).decode()


def mixed_case(text):
    return "".join(c.upper() if i % 3 == 1 else c for i, c in enumerate(text))


def in_json(text):
    return '{"id":7,"data":%s}\n' % json.dumps(text)


def crlf(text):
    return text.replace("\n", "\r\n")


def indented(text, by="    "):
    return textwrap.indent(text, by)


def uu_lines(d):
    return "begin 644 a\n" + "".join(binascii.b2a_uu(d[i:i + 45]).decode() for i in range(0, len(d), 45)) + "`\nend\n"


def qp_each(d, n, end):
    return "".join(l + "=" + end for l in lines(each("=%02x")(d), n, "", "\0").split("\0"))


# the same wrappings as other programs lay them out
LAYOUTS = [
    ("base64 lines of 48", lambda d: lines(b64(d), 48), False),
    ("base64 lines of 60, crlf", lambda d: lines(b64(d), 60, "", "\r\n"), False),
    ("base64 lines of 100", lambda d: lines(b64(d), 100), False),
    ("base64 indented, crlf", lambda d: "k:\r\n" + lines(b64(d), 64, "\t\t", "\r\n"), False),
    ("base64 pem", lambda d: "-----BEGIN DATA-----\n" + lines(b64(d), 64) + "-----END DATA-----\n", False),
    ("base64 lines in json", lambda d: in_json(lines(b64(d), 76)), False),
    ("base64 crlf in json", lambda d: in_json(lines(b64(d), 64, "", "\r\n")), False),
    ("base64 data url", lambda d: '<img src="data:text/plain;base64,%s"/>\n' % b64(d), False),
    ("base64 in xml lines", lambda d: "<v>\n" + lines(b64(d), 76, "      ") + "    </v>\n", False),
    ("base64 of zlib", lambda d: "z=" + b64(zlib.compress(d)) + "\n", False),
    ("base64 of utf-16be", lambda d: "u: " + b64(latin(d).encode("utf-16-be")) + "\n", True),
    ("base64 of utf-16 with a mark", lambda d: lines(b64(latin(d).encode("utf-16")), 76), True),
    ("base64 of utf-32", lambda d: "u=" + b64(latin(d).encode("utf-32-le")) + "\n", True),
    ("hex mixed case", lambda d: "x=" + mixed_case(d.hex()) + "\n", False),
    ("hex upper", lambda d: "x: " + d.hex().upper() + "\n", False),
    ("hex lines of 32", lambda d: lines(d.hex(), 32), False),
    ("hex lines of 60, crlf", lambda d: lines(d.hex().upper(), 60, "  ", "\r\n"), False),
    ("hex lines of 128", lambda d: lines(d.hex(), 128), False),
    ("hex colons", lambda d: "h=" + d.hex(":") + "\n", False),
    ("hex lines in json", lambda d: in_json(lines(d.hex(), 64)), False),
    ("hex 0x", lambda d: "v = 0x" + d.hex().upper() + ";\n", False),
    ("hex spaced lines", lambda d: lines(d.hex(" ") + " ", 48), False),
    ("xxd crlf", lambda d: crlf(xxd(d)), False),
    ("xxd indented", lambda d: indented(xxd(d)), False),
    ("xxd quoted", lambda d: indented(xxd(d), "> "), False),
    ("xxd in json", lambda d: in_json(xxd(d)), False),
    ("hexdump -C crlf", lambda d: crlf(hexdump_c(d)), False),
    ("hexdump -C indented", lambda d: indented(hexdump_c(d), "\t"), False),
    ("hexdump -C in json", lambda d: in_json(hexdump_c(d)), False),
    ("od -c crlf", lambda d: crlf(od_c(d)), True),
    ("od words in json", lambda d: in_json(od_words(d)), False),
    ("xxd -i indented", lambda d: indented(c_array(d), "        "), False),
    ("byte list in lines", lambda d: "[\n" + "".join("  %d,\n" % c for c in d).rstrip(",\n") + "\n]\n", False),
    ("percent lower case", lambda d: "q=" + each("%%%02x")(d) + "&r=1\n", False),
    ("percent twice", lambda d: "q=" + quote(quote(d, safe=""), safe="") + "\n", False),
    ("entities padded", lambda d: "<p>" + each("&#%04d;")(d) + "</p>\n", True),
    ("entities hex lower case", lambda d: "<p>" + each("&#x%x;")(d) + "</p>\n", True),
    ("json in json", lambda d: in_json(json.dumps({"s": latin(d)})), True),
    ("json u upper case", lambda d: '{"s":"%s"}\n' % each("\\u%04X")(d), True),
    ("c x in lines", lambda d: "".join('    "%s"\n' % each("\\x%02X")(d[i:i + 16]) for i in range(0, len(d), 16)), False),
    ("qp crlf", lambda d: crlf(quopri.encodestring(d).decode()) + "\r\n", True),
    ("qp lower case, short lines", lambda d: qp_each(d, 60, "\r\n"), False),
    ("uuencode crlf", lambda d: crlf(uu_lines(d)), False),
]


def fresh_text(ctx):
    numbers = [ctx.numbers.fresh() for _ in range(EACH)]
    _, surround = ctx.rng.choice([k for k in S.ALL if k[0] != "japanese"])
    return ("\n".join(surround(ctx.rng, numbers)) + "\n").encode(), numbers


def stacked(ctx, wrappings):
    """A sample of the wrappings, the innermost first; None when one takes only text and has none."""
    data, numbers = fresh_text(ctx)
    for _, write, only_text in wrappings:
        if only_text and not printable(data):
            return None
        data = write(data).encode("latin-1")
    return Sample(data, want(numbers), "-in-".join(w[0].replace(" ", "_").replace(",", "") for w in wrappings) + ".txt")


def pairs(outer):
    def make(ctx):
        return [s for s in (stacked(ctx, [inner, outer]) for inner in WRAPPINGS) if s is not None]
    return make


def layout(one):
    """Alone, inside others and around others."""
    def make(ctx):
        others = ctx.rng.sample(WRAPPINGS, 10)
        chains = [[one], [one]] + [[one, w] for w in others[:5]] + [[w, one] for w in others[5:]]
        return [s for s in (stacked(ctx, chain) for chain in chains) if s is not None]
    return make


def depth(chain):
    """Wrappings that must be undone: a dump in a string is two. Four are."""
    return sum(3 if name == "json in json" else 2 if " in json" in name or "twice" in name or name in ("xxd -i indented", "hex bytea") else 1
               for name, _, _ in chain)


def three(ctx):
    """Three on top of each other, of all the wrappings and layouts."""
    chains = [c for c in (ctx.rng.sample(WRAPPINGS + LAYOUTS, 3) for _ in range(200)) if depth(c) <= 4]
    return [s for s in (stacked(ctx, chain) for chain in chains) if s is not None and len(s.data) < 200000]


GROUPS = [("hard", "pairs in " + w[0], pairs(w)) for w in WRAPPINGS] + \
    [("hard", "layout " + w[0], layout(w)) for w in LAYOUTS] + [("hard", "three wrappings", three)]
