"""Texts around numbers, of as many kinds as systems write: names, places and line ends
are drawn by seed, so that no two runs see the same."""

NAMES = ["card_number", "cardNumber", "cardNo", "CARD_NO", "pan", "PAN", "cc_number", "ccNum", "credit_card", "creditCardNumber",
         "primaryAccountNumber", "card_num", "payment_card_number"]
JAPANESE = ["カード番号", "クレジットカード番号", "会員番号（カード）", "ご利用カード"]
PEOPLE = ["TARO YAMADA", "HANAKO SATO", "J SMITH", "A KOVACS", "L NGUYEN"]
CITIES = ["Osaka", "Leeds", "Lyon", "Turin", "Nagoya"]


def day(r):
    return "2026-%02d-%02d" % (r.randint(1, 12), r.randint(1, 28))


def clock(r):
    return "%02d:%02d:%02d" % (r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))


def log(r, ns):
    name = r.choice(NAMES)
    out = []
    for n in ns:
        out += ["%sT%s.%03dZ [worker-%d] DEBUG pay.Gateway - request sent in %d ms" % (day(r), clock(r), r.randint(0, 999), r.randint(1, 9), r.randint(1, 900)),
                "%sT%sZ [worker-%d] INFO pay.Gateway - authorise {%s=%s, amount=%d.%02d}" % (day(r), clock(r), r.randint(1, 9), name, n, r.randint(1, 999), r.randint(0, 99))]
    return out


def json_list(r, ns):
    name = r.choice(NAMES)
    out = ["["]
    for i, n in enumerate(ns):
        out += ["  {", '    "id": %d,' % r.randint(1, 10 ** 6), '    "holder": "%s",' % r.choice(PEOPLE), '    "%s": "%s",' % (name, n),
                '    "city": "%s"' % r.choice(CITIES), "  }" + ("," if i + 1 < len(ns) else "")]
    return out + ["]"]


def xml(r, ns):
    name = r.choice(NAMES)
    out = ['<?xml version="1.0"?>', '<p:orders xmlns:p="urn:orders">']
    for n in ns:
        if r.random() < 0.5:
            out.append('  <p:order ref="%d" %s="%s" currency="JPY"/>' % (r.randint(1, 10 ** 5), name, n))
        else:
            out += ["  <p:order>", "    <p:%s>%s</p:%s>" % (name, n, name), "  </p:order>"]
    return out + ["</p:orders>"]


def table(delimiter, header, quote=""):
    def make(r, ns):
        names = ["no", "name", "city", "date"]
        at = r.randint(0, 4)
        names.insert(at, r.choice(NAMES))
        out = [delimiter.join(names)] if header else []
        for i, n in enumerate(ns):
            cells = [str(i + 1), r.choice(PEOPLE), r.choice(CITIES), day(r)]
            cells.insert(at, n)
            out.append(delimiter.join(quote + c + quote for c in cells))
        return out
    return make


def sql(r, ns):
    name = r.choice(NAMES)
    rows = ["(%d,'%s','%s','%s')" % (i, r.choice(PEOPLE), n, day(r)) for i, n in enumerate(ns)]
    return ["-- dump of %s" % day(r), "INSERT INTO members (id, holder, %s, since) VALUES" % name, ",\n".join(rows) + ";"]


def english(r, ns):
    forms = ["We could not charge the credit card %s, please call us.", "My new Visa or whatever it is: %s. It works in %s.",
             "Please refund to card no. %s as agreed.", "The customer from %s gave the card number %s by phone."]
    out = ["Hello,", ""]
    for n in ns:
        form = r.choice(forms)
        parts = (r.choice(CITIES), n) if form.startswith("The") else (n, r.choice(CITIES))
        out += [form % parts[:form.count("%s")], "Thank you and kind regards from %s." % r.choice(CITIES)]
    return out


def japanese(r, ns):
    return [r.choice(["%s：%s", "お問い合わせの%sは%sでした。", "【%s】 %s", "%s %s（本人）"]) % (r.choice(JAPANESE), n) for n in ns] + ["以上"]


def source(r, ns):
    forms = ['    private static final String CARD_NUMBER_%d = "%s";', "$card[%d] = '%s';", 'card_%d = "%s"  # from support',
             'cards.add(new Card(%d, "%s"));']
    form = r.choice(forms)
    return ["// sample data"] + [form % (i, n) for i, n in enumerate(ns)]


def mail(r, ns):
    out = ["From: shop@example.com", "To: desk@example.jp", "Subject: order %d" % r.randint(1, 10 ** 6), "Date: Tue, 3 Mar 2026 10:11:12 +0900", ""]
    for n in ns:
        out += ["Credit card : %s" % n, "Expires     : %02d/%d" % (r.randint(1, 12), r.randint(27, 31)), "> quoted line", ""]
    return out


def config(r, ns):
    out = []
    for i, n in enumerate(ns):
        out += ["[member%d]" % i, "%s = %s" % (r.choice(NAMES), n), "city = %s" % r.choice(CITIES)]
    return out


def yaml(r, ns):
    name = r.choice(NAMES)
    return ["members:"] + ["  - holder: %s\n    %s: '%s'" % (r.choice(PEOPLE), name, n) for n in ns]


def access(r, ns):
    name = r.choice(NAMES)
    return ['10.%d.%d.%d - - [03/Mar/2026:%s +0900] "GET /pay?id=%d&%s=%s&lang=ja HTTP/1.1" 200 %d "-" "curl/7.88.1"' % (
        r.randint(0, 255), r.randint(0, 255), r.randint(0, 255), clock(r), r.randint(1, 9999), name, n, r.randint(100, 9999)) for n in ns]


def fixed(r, ns):
    width = max(len(n) for n in ns) + 3
    return ["%-6s%-20s%-*s%-10s" % ("NO", "HOLDER", width, "CARD NUMBER", "SINCE")] + \
           ["%-6d%-20s%-*s%-10s" % (i, r.choice(PEOPLE), width, n, day(r)) for i, n in enumerate(ns)]


def html(r, ns):
    return ["<table><tr><th>Name</th><th>Card number</th></tr>"] + \
           ["<tr><td>%s</td><td>%s</td></tr>" % (r.choice(PEOPLE), n) for n in ns] + ["</table>"]


ALL = [("log", log), ("json", json_list), ("xml", xml), ("csv", table(",", True)), ("quoted csv", table(",", True, '"')),
       ("csv without header", table(",", False)), ("tsv", table("\t", True)), ("sql", sql), ("english", english), ("japanese", japanese),
       ("source", source), ("mail", mail), ("config", config), ("yaml", yaml), ("access log", access), ("fixed", fixed), ("html", html)]
