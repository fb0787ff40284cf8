"""More texts without card data: ids of systems that take payments, tables of packed
numbers, encoded ids, and what fonts, certificates and packages look like."""
import base64
import json

from negatives import checked, digits

LINES = 2500


def rows(make, n=LINES):
    return lambda r: "".join(make(r, i) + "\n" for i in range(n)).encode()


def pem(r):
    out = b""
    for _ in range(60):
        out += b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(b"\x30\x82" + r.randbytes(1200)) + b"-----END CERTIFICATE-----\n"
    return out


def packed_amounts(r):
    """COMP-3 amounts, packed dates and BCD sequence numbers in records of one length."""
    out = bytearray()
    for i in range(4000):
        out += bytes.fromhex("%015dc" % r.randint(0, 10 ** 9)) + bytes.fromhex("20260%d%02d%06d00" % (r.randint(1, 9), r.randint(1, 28), r.randint(0, 235959))) + \
            bytes.fromhex("%08d" % i) + b"SATO".ljust(20, b" ")
    return bytes(out)


def packed_ids(r):
    """Packed numbers of 16 digits, at chance, in records."""
    return b"".join(i.to_bytes(4, "big") + bytes.fromhex(digits(r, 16)) + b"\x40" * 20 for i in range(4000))


def packed_order_ids(r):
    return b"".join(i.to_bytes(4, "big") + bytes.fromhex("4" + digits(r, 15)) + b"\x40" * 20 for i in range(4000))


def tlv_noise(r):
    """Objects like chip data: tags 57 and 5A with digits at chance."""
    return b"".join(bytes.fromhex("5a08" + digits(r, 16)) + r.randbytes(20) for _ in range(LINES))


def tlv_fields(r):
    """Proper chip data of a terminal without a number."""
    return "".join("DE55=%s\n" % ("9f2608%s82023900950500000080009a032603119f0206%012d9f1a0203925f2a020392" % (r.randbytes(8).hex(), r.randint(0, 10 ** 9))) for _ in range(LINES)).encode()


def encoded(r):
    return b"".join(base64.b64encode(json.dumps({"order_id": digits(r, 16), "user": int(digits(r, 10))}).encode()) + b"\n" for _ in range(LINES))


def utf16_ids(r):
    return rows(lambda r, i: "%d\t%s" % (i, digits(r, 16)))(r).decode().encode("utf-16")


def ebcdic_ids(r):
    return b"".join(("%08d%-16s%-40s" % (i, digits(r, 16), "SATO ICHIRO")).encode("cp037") for i in range(LINES))


def wide_ids(r):
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    return rows(lambda r, i: "注文番号　%s" % digits(r, 16).translate(table))(r)


def sscc(r, i):
    return "(00)%s (01)%s" % (digits(r, 18), digits(r, 14))


TEXT = {
    "payment ids in a log": lambda r, i: "INFO payment accepted order=%s paymentId=%s amount=%d" % (digits(r, 14), digits(r, 16), r.randint(1, 9999)),
    "ids near payment words": lambda r, i: "refund of transaction %s, invoice %s is paid" % (digits(r, 16), digits(r, 13)),
    "transaction ids of a range": lambda r, i: '{"payment":{"id":"5%s","status":"paid"}}' % digits(r, 15),
    "approval numbers": lambda r, i: "承認番号 %s 伝票 %s 端末 %s" % (digits(r, 6), digits(r, 5), digits(r, 13)),
    "snowflake ids": lambda r, i: '{"id":%d,"in_reply_to":%d}' % (r.randint(10 ** 18, 2 * 10 ** 18), r.randint(10 ** 17, 10 ** 18)),
    "ids of 19 digits": lambda r, i: '{"id":6%s}' % digits(r, 18),
    "ids of 15 digits": lambda r, i: "%d,37%s" % (i, digits(r, 13)),
    "my number, corporate number": lambda r, i: "個人番号 %s 法人番号 %s" % (digits(r, 12), digits(r, 13)),
    "point cards": lambda r, i: "ポイントカード番号 %s" % digits(r, 16),
    "member numbers with a check digit": lambda r, i: "member_no,since" if i == 0 else "%s,2026" % checked(r, "80", 16),
    "bank accounts": lambda r, i: "%s-%s-%s 口座番号 %s" % (digits(r, 4), digits(r, 3), digits(r, 1), digits(r, 7)),
    "gtin column": lambda r, i: "%d,4%s" % (i, digits(r, 12)),
    "gtin-14, sscc": sscc,
    "arns": lambda r, i: "arn:aws:iam::%s:role/x%d" % (digits(r, 12), i),
    "integrity": lambda r, i: '"integrity": "sha512-%s"' % base64.b64encode(r.randbytes(64)).decode(),
    "svg paths": lambda r, i: '<path d="M%.4f %.4fL%d %d%sc%.3f-%.2f"/>' % (r.random() * 99, r.random() * 99, r.randint(1000, 9999), r.randint(1000, 9999), " ".join(digits(r, 4) for _ in range(3)), r.random(), r.random()),
    "pandas floats": lambda r, i: "x,y" if i == 0 else "%r,%r" % (r.random() * 10 ** r.randint(0, 16), r.random()),
    "large floats": lambda r, i: "%d,%.1f" % (i, r.random() * 9e15 + 1e15),
    "unicode tables": lambda r, i: "%04X..%04X    ; Lo # %d" % (r.randint(0, 65535), r.randint(0, 65535), i),
    "four numbers of four digits": lambda r, i: "%s-%s-%s-%s" % tuple(digits(r, 4) for _ in range(4)),
    "rgb, hex colours": lambda r, i: "#%06x,#%06x rgba(%d,%d,%d,.%d)" % (r.getrandbits(24), r.getrandbits(24), r.randint(0, 255), r.randint(0, 255), r.randint(0, 255), r.randint(0, 99)),
    "ids of hex digits that are decimal": lambda r, i: "id=%s commit %s" % (digits(r, 16), digits(r, 40)),
    "json escapes of ids": lambda r, i: '{"a":"%s"}' % "".join("\\u%04x" % ord(c) for c in digits(r, 16)),
    "percent ids": lambda r, i: "q=%s%%20%s&r=%s" % (digits(r, 4), digits(r, 12), "".join("%%%02X" % ord(c) for c in digits(r, 16))),
    "dates in a row": lambda r, i: "%04d %02d%02d %02d%02d %02d%02d" % (r.randint(1990, 2030), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.randint(0, 59)),
    "prices and codes": lambda r, i: "security code check %d, cvv field, pin %s lines, cvc=true" % (r.randint(100, 999), r.randint(1000, 9999)),
    "masked accounts": lambda r, i: "account ******%s, ref %s****%s" % (digits(r, 4), digits(r, 2), digits(r, 4)),
    "rows of underscores, question marks": lambda r, i: "%s%s%s no. %s" % (digits(r, 6), r.choice("_?-") * 6, digits(r, 4), digits(r, 3)),
    "sizes with a cross": lambda r, i: "%s×%s, %s × %s" % (digits(r, 4), digits(r, 4), digits(r, 6), digits(r, 4)),
    "five groups of four": lambda r, i: "%s %s %s %s %s" % tuple(digits(r, 4) for _ in range(5)),
    "words of a debugger": lambda r, i: "0x7ffe%04x:\t0x%08x\t0x%08x\t0x%08x\t0x%08x" % (i * 16 & 0xffff, *(r.getrandbits(32) for _ in range(4))),
    "times and three digits": lambda r, i: "job %s 12/%02d %d done" % (digits(r, 6), r.randint(10, 31), r.randint(100, 999)),
    "tokens that are numbers": lambda r, i: "session=%s; csrf=%s" % (digits(r, 20), digits(r, 17)),
}

BINARY = {
    "certificates": pem, "packed amounts and dates": packed_amounts, "packed ids": packed_ids, "packed ids of a range": packed_order_ids, "chip-like noise": tlv_noise,
    "chip data without a number": tlv_fields, "base64 of ids": encoded, "utf-16 ids": utf16_ids, "ebcdic ids": ebcdic_ids, "full-width ids": wide_ids,
}


def make(ctx):
    for name, line in TEXT.items():
        yield name, rows(line)(ctx.rng)
    for name, data in BINARY.items():
        yield name, data(ctx.rng)
