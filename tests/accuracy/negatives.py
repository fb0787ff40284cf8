"""Texts that hold no card data and look as if they did. Each group is large enough
that chance alone gives numbers that pass Luhn."""
import uuid

from cardnumbers import luhn_digit

LINES = 2500


def lines(ctx, make, n=LINES):
    return "".join(make(ctx.rng, i) + "\n" for i in range(n))


def digits(rng, n):
    return str(rng.randint(10 ** (n - 1), 10 ** n - 1))


def checked(rng, prefix, n):
    body = prefix + "".join(rng.choice("0123456789") for _ in range(n - 1 - len(prefix)))
    return body + luhn_digit(body)


def ean(rng, prefix):
    body = prefix + "".join(rng.choice("0123456789") for _ in range(12 - len(prefix)))
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body))
    return body + str((10 - total % 10) % 10)


def tables(rng, i):
    return " ".join("%04d" % rng.randint(0, 9999) for _ in range(9))


WORDS = ["cvv", "cvc", "securityCode", "card_number", "pin"]

SOURCE = ["if (%s.length == 3) { return %d; }", "var %s = document.getElementById('f%d');", "<input name=\"%s\" maxlength=\"4\" tabindex=\"%d\">",
          "/* %s is checked on page %d */", "%s: 404 errors in %d requests", "assert(%s != NULL, %d);"]

GROUPS = {
    "epoch s, ms, us, ns": lambda r, i: "ts=%d ts_ms=%d ts_us=%d ts_ns=%d" % tuple(r.randint(1600000000, 1790000000) * 10 ** k + r.randint(0, 10 ** k - 1) for k in (0, 3, 6, 9)),
    "yyyymmddhhmmss": lambda r, i: "batch_20%02d%02d%02d%02d%02d%02d.log %02d%02d20%02d%02d%02d%02d" % tuple([r.randint(20, 29), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.randint(1, 28), r.randint(1, 12), r.randint(20, 29), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59)]),
    "uuid": lambda r, i: str(uuid.UUID(int=r.getrandbits(128))),
    "hashes": lambda r, i: "%s %s" % (r.randbytes(20).hex(), r.randbytes(32).hex()),
    "floats": lambda r, i: "%.15f, %.13f; width:%.14f%%; matrix(%.16f)" % (r.random(), r.random() * 50, r.random() * 99, r.random()),
    "scientific": lambda r, i: "%d,%.15E,%.14E" % (i, r.random() * 9e15, r.random() * 9e15),
    "imei": lambda r, i: "imei: %s" % checked(r, "35", 15),
    "imei column": lambda r, i: "no,imei,model" if i == 0 else "%d,%s,X%d" % (i, checked(r, r.choice(["35", "34", "37"]), 15), i % 9),
    "iccid": lambda r, i: "iccid=%s" % checked(r, "8981", 19),
    "ean, jan, isbn": lambda r, i: "item %s jan %s isbn %s" % (ean(r, "45"), ean(r, "49"), ean(r, "978")),
    "tracking numbers": lambda r, i: "伝票番号 %s-%s-%s 追跡 %s" % (digits(r, 4), digits(r, 4), digits(r, 4), digits(r, 12)),
    "iban": lambda r, i: "DE%02d%s GB%02dNWBK%s" % (r.randint(10, 99), digits(r, 18), r.randint(10, 99), digits(r, 14)),
    "phones": lambda r, i: "tel +81-3-%s-%s, +4940%s" % (digits(r, 4), digits(r, 4), digits(r, 8)),
    "versions": lambda r, i: "lib-%d.%d.%d.%d build 4.%d.%d.%d" % tuple(r.randint(0, 9999) for _ in range(7)),
    "coordinates": lambda r, i: "%.13f %.12f -%.14f" % (r.random() * 90, r.random() * 180, r.random() * 90),
    "sequence": lambda r, i: "order %d shipped" % (4000000000012345 + i),
    "long digit runs": lambda r, i: digits(r, r.choice([24, 32, 64])),
    "ids with header": lambda r, i: "order_id,amount" if i == 0 else "%s,%d" % (digits(r, 16), r.randint(1, 9999)),
    "ids without header": lambda r, i: "%s,%d" % (digits(r, 16), r.randint(1, 9999)),
    "ids of a card's range": lambda r, i: "%d,4%s" % (i, digits(r, 15)),
    "ids in json": lambda r, i: '{"transaction_id":"4%s","user_id":%s}' % (digits(r, 15), digits(r, 10)),
    "minified code": lambda r, i: "function a%d(b){return b>>>%d^0x%s}var c=%s;" % (i, r.randint(1, 31), r.randbytes(8).hex(), digits(r, 16)),
    "repeated digits": lambda r, i: "%s %s %s" % (str(r.randint(1, 9)) * 16, "1234567890123456", "4242" * 4 if False else "0000" * 4),
    "last four only": lambda r, i: "card ending %s, ****-****-****-%s, xxxx%s" % (digits(r, 4), digits(r, 4), digits(r, 4)),
    "words of codes in source": lambda r, i: r.choice(SOURCE) % (r.choice(WORDS), r.randint(100, 999)),
    "tables of four digits": tables,
    "csv of four digits": lambda r, i: ",".join("%d" % r.randint(1000, 9999) for _ in range(6)),
    "gift cards": lambda r, i: "gift card number %s" % digits(r, 16),
    "hex dumps of noise": lambda r, i: "%08x: %s" % (16 * i, r.randbytes(16).hex(" ", 2)),
    "hex noise": lambda r, i: "blob=%s" % r.randbytes(60).hex(),
}


def binary_tables(rng):
    """Small numbers in records, packed or not: half of their bytes are decimal."""
    out = bytearray()
    for i in range(8000):
        out += i.to_bytes(4, "little") + bytes(rng.choice((0x10, 0x20, 0x41, 0x45, 0x11, 0x37, 0x99, 0)) for _ in range(10)) + rng.randbytes(6)
    return bytes(out)


def base64_noise(rng):
    import base64
    return base64.encodebytes(rng.randbytes(400000))


def make(ctx):
    """(group, bytes) of each file."""
    for name, line in GROUPS.items():
        yield name, lines(ctx, line).encode()
    yield "random bytes", ctx.rng.randbytes(16 << 20)
    yield "binary tables", binary_tables(ctx.rng)
    yield "base64 noise", base64_noise(ctx.rng)
