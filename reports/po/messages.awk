# messages.awk - one catalogue, already normalised by msgcat --no-wrap, to rows
#   key <TAB> language <TAB> singular <TAB> other
# Strings stay C-escaped as they are. A fuzzy, empty or oddly named entry is an
# error: a report with a hole in it must not be built. Set lang with -v.

function fail(why) {
    printf "%s: %s: %s\n", FILENAME, key, why > "/dev/stderr"
    bad = 1
    exit 1
}

function flush_entry() {
    if (key == "")
        return
    if (key !~ /^[A-Za-z][A-Za-z0-9_]*$/)
        fail("key is not an identifier")
    if (fuzzy)
        fail("marked fuzzy")
    if (text[0] == "" || (plural && lang == "en" && text[1] == ""))
        fail("not translated")
    printf "%s\t%s\t%s\t%s\n", key, lang, text[0], (1 in text) ? text[1] : text[0]
    key = ""
}

function unquote(s) {
    sub(/^[^"]*"/, "", s)
    sub(/"$/, "", s)
    return s
}

function start_entry() {
    flush_entry()
    key = ""
    fuzzy = pending_fuzzy
    pending_fuzzy = 0
    plural = 0
    split("", text)
}

/^#,.*fuzzy/         { pending_fuzzy = 1; next }
/^#/                 { next }
/^msgid /            { start_entry(); key = unquote($0); into = "key"; next }
/^msgid_plural /     { plural = 1; into = ""; next }
/^msgstr /           { at = 0; text[0] = unquote($0); into = "text"; next }
/^msgstr\[[0-9]\] /  { at = substr($0, 8, 1) + 0; text[at] = unquote($0); into = "text"; next }
/^"/                 { if (into == "text") text[at] = text[at] unquote($0)
                       else if (into == "key") key = key unquote($0)
                       next }
END                  { if (!bad) flush_entry(); exit bad }
