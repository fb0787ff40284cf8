"""Numbers and codes as people, debuggers and dumping functions write them out: other mask signs, an
expiry date in the spacing of the number, lines of a form, dumps of gdb, WinDbg and loggers."""
import hashlib
import struct

from cardnumbers import masked
from positives import Sample, want
from surroundings import PEOPLE, clock, day
from varied_elements import many

CODE = [(("SAD_CVC",), None)]
SIGNS = ["×", "Ｘ", "ｘ", "∗", "○", "■", "●", "＊", "•", "_", "-", "?", "x", "#"]


def fours(text, sign):
    return sign.join(text[i:i + 4] for i in range(0, len(text), 4))


def code(ctx):
    while True:
        c = ctx.numbers.digits(3)
        if len(set(c)) > 1 and c not in ("123", "321", "012", "234", "456", "789", "987"):
            return c


def masks(ctx, i):
    n, sign = ctx.numbers.sixteen(), SIGNS[i % len(SIGNS)]
    text = n[:6] + sign * 6 + n[-4:]
    text = fours(text, " ") if i // len(SIGNS) % 2 else text
    around = ["%s %s INFO card_number=%%s accepted\n" % (day(ctx.rng), clock(ctx.rng)), "カード番号：%s\n", "id,card_number,amount\n1,%s,1980\n",
              '{"cardNumber":"%s"}\n', "Paid with card %s by " + ctx.rng.choice(PEOPLE) + "\n"]
    text = ctx.rng.choice(around) % text
    return text.encode("cp932" if i % 3 == 2 and sign not in "∗•ｘ" else "utf-8"), [(("PAN_TRUNC_OK",), masked(n))]


def expiry(ctx):
    return "%02d" % ctx.rng.randint(1, 12), "%02d" % ctx.rng.randint(26, 33)


def spaced(ctx, i):
    n, (m, y), c = ctx.numbers.sixteen(), expiry(ctx), code(ctx)
    number = fours(n, " ")
    text = ["%s %s%s\n" % (number, m, y), "%s %s%s %s\n" % (number, m, y, c), "カード %s %s/%s %s\n" % (number, m, y, c), "card %s / %s/%s / %s\n" % (number, m, y, c),
            "card %s-%s%s-%s\n" % (fours(n, "-"), m, y, c), "売上 %s %d円 承認番号%s\n" % (number, ctx.rng.randint(1000, 9999), ctx.numbers.digits(6))][i % 6]
    return text, want([n]) + (CODE if 0 < i % 6 < 5 else [])


def php(ctx, i):
    n, c, (m, y) = ctx.numbers.sixteen(), code(ctx), expiry(ctx)
    name = ctx.rng.choice(["cvv", "cvc", "cvv2", "security_code", "card_cvc"])
    text = ['a:3:{s:7:"card_no";s:16:"%s";s:3:"exp";s:4:"%s";s:%d:"%s";s:3:"%s";}' % (n, m + y, len(name), name, c),
            'array(2) {\n  ["card_no"]=>\n  string(16) "%s"\n  ["%s"]=>\n  string(3) "%s"\n}' % (n, name, c),
            "Array\n(\n    [card_no] => %s\n    [%s] => %s\n)" % (n, name, c),
            "Card number\n%s\nExpiry\n%s/%s\nCVV\n%s" % (n, m, y, c), "カード番号\n%s\n有効期限\n%s/%s\nセキュリティコード\n%s" % (n, m, y, c),
            "%s card_no=%s %s=%s declined" % (clock(ctx.rng), n, name, c), "カード番号%s、CVV番号は%sです。" % (n, c), "カード番号：%s、セキュリティコードが%s" % (n, c)][i % 8]
    return text + "\n", want([n]) + CODE


def hidden(ctx, i):
    r = ctx.rng
    names = ["カード番号ハッシュ", "cc_md5", "card_digest", "pan_dgst", "cc_sha256", "cardFp"]
    ciphers = ["暗号化カード番号", "cc_cipher", "pan_kms", "cc_enc", "card_ct"]
    if i % 2:
        name, value, cls = r.choice(ciphers), r.randbytes(32).hex(), ("PAN_ENC",)
    else:
        value, cls = hashlib.new(r.choice(["md5", "sha1", "sha256"]), ctx.numbers.sixteen().encode()).hexdigest(), ("PAN_HASH_UNKEYED", "PAN_HASH_OPAQUE")
        name = r.choice(names)
    text = ['{"%s":"%s"}', "%s=%s", "%s: %s"][i % 3] % (name, value)
    return "%s %s\n" % (clock(r), text), [(cls, None)]


def words(row, form, sign, parting=" "):
    return parting.join(sign + "%0*x" % (2 * struct.calcsize(form), w) for w in struct.unpack("<%d%s" % (len(row) // struct.calcsize(form), form), row))


def dumps(ctx, i):
    r, n = ctx.rng, ctx.numbers.sixteen()
    data = ("order=%s card_number=%s exp=%s amount=%d\n" % (ctx.numbers.digits(r.randint(4, 9)), n, "".join(expiry(ctx)), r.randint(100, 99999))).encode()
    data += bytes(-len(data) % 16)
    at = r.randint(0x1000, 0x7ffff) * 4096
    out = []
    for k in range(0, len(data), 16):
        row = data[k:k + 16]
        pairs, text = ["%02x" % b for b in row], "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        high = "%08x`%08x" % (0x2a, (at + k) & 0xffffffff)
        out.append([
            "\n".join("0x%x:\t%s" % (at + k + h, "\t".join("0x" + p for p in pairs[h:h + 8])) for h in (0, 8)),
            "0x%x:\t%s" % (at + k, words(row, "I", "0x", "\t")), "0x%x:\t%s" % (at + k, words(row, "Q", "0x", "\t")),
            "0x%x: %s  %s" % (at + k, " ".join(pairs), text), "%s  %s-%s  %s" % (high, " ".join(pairs[:8]), " ".join(pairs[8:]), text),
            "%s  %s" % (high, words(row, "I", "")), "%s  %s  %s" % (high, words(row, "I", ""), text), "|%08x| %s |%s|" % (k, " ".join(pairs), text),
            "%s %s DEBUG rx %04X: %s %s" % (day(r), clock(r), k, " ".join(pairs).upper(), text), "%08x: %s  %s" % (k, words(row, "I", ""), text),
            "%07o %s" % (k, words(row, "Q", "")), "%07x    %s" % (k, words(row, "H", "", "    "))][i % 12])
    return "\n".join(out) + "\n", want([n])


def beside_an_escape(ctx, i):
    n, r = ctx.numbers.sixteen(), ctx.rng
    sign = "-" if i % 4 else "+"
    before = r.choice(["card%20number%20", "cc%3A", "my+card+", "%" + "カード番号".encode().hex("%").upper()]) if sign == "-" else r.choice(["card_number=", "cardNo="])
    text = "q=" * (sign == "-") + before + fours(n, sign) + r.choice(["&x=1", "%22", "", "+exp"] if sign == "-" else ["&x=1", "&exp=0529"])
    return ["%s\n", '10.2.0.7 - - [03/Mar/2025:10:11:12 +0900] "GET /s?%s HTTP/1.1" 200 12\n', '{"body":"%s"}\n'][i % 3] % text, want([n])


def joined(ctx, i):
    n, r = ctx.numbers.sixteen(), ctx.rng
    parts = [n[k:k + 4] for k in (0, 4, 8, 12)]
    name, quote = r.choice(["card_number", "cardNumber", "card_no"]), "\"'"[i // 7 % 2]
    string = lambda sign: sign.join(quote + p + quote for p in parts)
    return ["const %s = %s;\n" % (name, string(" + ")), "var %s = %s;\n" % (name, string(" +\n    ")), "char %s[] = %s;\n" % (name, string(" ")),
            "$%s = %s;\n" % (name, string(" . ")), "%s:\n%s\nexpiry: 05/29\n" % (name, "\n".join("  - " + quote + p + quote for p in parts)),
            "カード番号\n%s\n" % "\n".join(parts), "<p>Card number:<br>%s</p>\n" % "<br>\n".join(parts)][i % 7], want([n])


GROUPS = [("standard", "beside an escape", many(beside_an_escape, files=48)), ("hard", "parts joined", many(joined, files=70)),
          ("hard", "other mask signs", many(masks, files=84)), ("hard", "expiry and amount in groups", many(spaced)), ("hard", "codes in dumps and lines", many(php, files=64)),
          ("hard", "other names of hidden numbers", many(hidden)), ("hard", "dumps of debuggers and logs", many(dumps))]
