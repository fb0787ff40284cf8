# Size budgets of C files. A function is what stands between a '{' and a '}' in
# column one. "Budget: <reason>" in the head comment of a file lifts its bounds.
# Prints one line for each breach; ends with status 1 when there is one.

function breach(text) {
    print text
    bad = 1
}

function close_file(    bound) {
    if (file == "" || excused)
        return
    bound = file ~ /\.h$/ ? 120 : 500
    if (lines > bound)
        breach(file ": " lines " lines, at most " bound)
}

FNR == 1 {
    close_file()
    file = FILENAME
    head = 1
    excused = 0
    open_at = 0
}

{ lines = FNR }

head && /Budget: [a-z]/ { excused = 1 }
/\*\// { head = 0 }

# A function opens with a brace alone in column one; the line before names it.
/^\{/ { open_at = FNR; name = before }
/^\}/ {
    if (open_at && name ~ /\)$/ && FNR - open_at - 1 > 60 && !excused && file !~ /^tests\//)
        breach(file ":" open_at ": function of " FNR - open_at - 1 " lines, at most 60")
    open_at = 0
}

{ before = $0 }

END {
    close_file()
    exit bad
}
