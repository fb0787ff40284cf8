# table.awk - the sorted rows of both catalogues (messages.awk) to C.
# -v want=enum prints the enumeration, -v want=table the rows of the table.
# A key that one language lacks is an error.
BEGIN { FS = "\t" }

function need_pair() {
    if (key != "" && !(("en") in one && ("ja") in one)) {
        printf "reports/po: %s: missing in %s.po\n", key, ("en" in one) ? "ja" : "en" > "/dev/stderr"
        bad = 1
    }
}

function emit() {
    need_pair()
    if (key == "" || bad)
        return
    if (want == "enum")
        printf "    RPT_MSG_%s,\n", key
    else
        printf "    { \"%s\", { { \"%s\", \"%s\" }, { \"%s\", \"%s\" } } },\n",
               key, one["en"], other["en"], one["ja"], other["ja"]
}

$1 != key { emit(); key = $1; split("", one); split("", other) }
          { one[$2] = $3; other[$2] = $4 }
END       { emit(); exit bad }
