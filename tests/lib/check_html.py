#!/usr/bin/env python3
"""Checks one report page: check_html.py PAGE

Well-formed, hashes in the policy those of the style and the script, ids unique and links inside the page
resolved, nothing that loads or sends, no attribute of style or of an event, table heads scoped, every text in
both languages. Prints each fault; ends with status 1 if there is one.
"""
import base64
import hashlib
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "wbr", "link", "img", "hr"}
SVG_EMPTY = {"path", "rect", "circle"}
# Attributes whose values are ours alone: a letter, a digit, and what a class list, a colour or a path needs.
ALLOWED = {"meta", "html", "head", "title", "style", "body", "a", "header", "div", "svg", "defs", "pattern", "rect", "path",
           "circle", "strong", "span", "fieldset", "legend", "input", "label", "bdi", "nav", "h1", "h2", "h3", "ol", "ul", "li",
           "main", "section", "p", "dl", "dt", "dd", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th",
           "td", "small", "i", "b", "wbr", "br", "article", "blockquote", "figure", "button", "footer", "script"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.stack, self.ids, self.links = [], [], set(), []
        self.policy = self.text = ""
        self.blocks = {"style": [], "script": []}
        self.langs = {"en": 0, "ja": 0}
        self.last_en = None

    def fault(self, text):
        self.faults.append("line %d: %s" % (self.getpos()[0], text))

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if len(at) != len(attrs):
            self.fault("an attribute twice in <%s>" % tag)
        if tag not in ALLOWED:
            self.fault("element <%s> is none of the report's" % tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or name in ("src", "srcset", "action", "formaction", "ping"):
                self.fault("attribute %s in <%s>" % (name, tag))
            if name == "href" and not (value or "").startswith("#"):
                self.fault("a link that leaves the page")
        if "id" in at:
            if at["id"] in self.ids:
                self.fault("id %s twice" % at["id"])
            self.ids.add(at["id"])
        for name in ("href", "for", "aria-labelledby"):
            if name in at:
                self.links.append((at[name].lstrip("#"), self.getpos()[0]))
        if tag == "th" and at.get("scope") not in ("col", "row"):
            self.fault("a table head without scope")
        if tag == "meta" and at.get("http-equiv") == "Content-Security-Policy":
            self.policy = at["content"]
        if tag == "span" and at.get("lang") in self.langs:
            self.langs[at["lang"]] += 1
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.fault("</%s> where <%s> is open" % (tag, self.stack[-1] if self.stack else "nothing"))
        else:
            self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.blocks:
            self.blocks[self.stack[-1]].append(data)
        elif re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", data):
            self.fault("a hidden character in a text")

    def handle_comment(self, data):
        self.fault("a comment")

    def finish(self):
        for tag, parts in self.blocks.items():
            text = "".join(parts).encode()
            want = "%s-src 'sha256-%s'" % (tag, base64.b64encode(hashlib.sha256(text).digest()).decode())
            if want not in self.policy:
                self.fault("the policy does not name the %s of the page: %s" % (tag, want))
        if "default-src 'none'" not in self.policy or "unsafe" in self.policy:
            self.fault("the policy is not strict: %s" % self.policy)
        for target, line in self.links:
            if target not in self.ids:
                self.faults.append("line %d: nothing has the id %s" % (line, target))
        if self.stack:
            self.fault("still open: %s" % self.stack)
        if self.langs["en"] != self.langs["ja"] or self.langs["en"] == 0:
            self.fault("texts in English: %(en)d, in Japanese: %(ja)d" % self.langs)
        return self.faults


def main():
    with open(sys.argv[1], encoding="utf-8", errors="strict", newline="") as f:
        page = Page()
        page.feed(f.read())
        page.close()
    faults = page.finish()
    for fault in faults:
        print(fault)
    if not faults:
        print("%d ids, %d links, %d texts in both languages" % (len(page.ids), len(page.links), page.langs["en"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
