"""Synthetic card numbers: made by seed, in a brand's ranges, never a published one."""
import os

DATA = os.path.join(os.path.dirname(__file__), "..", "..", "pan-finder", "detect", "data")


def rows(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def luhn_digit(body):
    total = 0
    for i, c in enumerate(reversed(body)):
        d = int(c)
        if i % 2 == 0:
            d = d * 2 - 9 if d > 4 else d * 2
        total += d
    return str((10 - total % 10) % 10)


def luhn_ok(number):
    return luhn_digit(number[:-1]) == number[-1]


def masked(number):
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


class Numbers:
    """Brands that are searched, with the ranges and lengths of the product's own tables."""

    def __init__(self, rng):
        self.rng = rng
        self.published = {r[0] for r in rows("testpan.tsv")}
        self.brands = {}
        use = {r[0]: r for r in rows("brand.tsv")}
        for r in rows("iin.tsv"):
            brand = use.get(r[3])
            if brand is None or brand[5] != "on" or brand[3] == "not-used":
                continue
            usual = [int(n) for n in brand[7].split(",")]
            lengths = [n for n in self.lengths(r) if n in usual]
            if lengths:
                self.brands.setdefault(r[3], []).append((r[0], r[1], lengths))
        self.world = [b for b in self.brands if use[b][4] == "world" and use[b][6] == "network"]

    @staticmethod
    def lengths(row):
        out = []
        for part in row[2].split(","):
            low, _, high = part.partition("-")
            out += range(int(low), int(high or low) + 1)
        return out

    def digits(self, n):
        return "".join(self.rng.choice("0123456789") for _ in range(n))

    def fresh(self, brand=None, length=None):
        brand = brand or self.rng.choice(["visa"] * 5 + ["mastercard"] * 4 + ["jcb"] * 3 + ["amex"] * 2 + ["diners"])
        while True:
            low, high, lengths = self.rng.choice(self.brands[brand])
            if length and length not in lengths:
                if not any(length in x[2] for x in self.brands[brand]):
                    return None
                continue
            n = length or self.rng.choice(lengths)
            prefix = str(self.rng.randint(int(low), int(high))).zfill(len(low))
            body = prefix + self.digits(n - 1 - len(prefix))
            number = body + luhn_digit(body)
            if number not in self.published and len(set(number)) > 4 and number[:4] != number[4:8]:
                return number

    def sixteen(self):
        return self.fresh(self.rng.choice(["visa", "mastercard", "jcb"]), 16)
