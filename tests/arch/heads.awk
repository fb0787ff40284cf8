# Head comments. Prints one line for each breach; ends with status 1 when there is one.

function breach(text) {
    print text
    bad = 1
}

function close_file() {
    if (needs_layer && !has_layer)
        breach(file ": no \"Layer:\" in the head comment")
}

FNR == 1 {
    close_file()
    file = FILENAME
    name = file
    sub(/.*\//, "", name)
    want = file ~ /^tests\/(unit|fuzz)\// ? "/* links: " : "/* " name " - "
    if (index($0, want) != 1)
        breach(file ": the first line must begin with: " want)
    # Generators (data/) and tests belong to no layer of a program.
    needs_layer = file ~ /\.h$/ && file !~ /^tests\/|\/data\//
    has_layer = 0
    head = 1
}

head && /Layer: / { has_layer = 1 }
/\*\// { head = 0 }

END {
    close_file()
    exit bad
}
