# Calls that have no safe use here, in C files; comments are left out.
# Prints one line for each; ends with status 1 when there is one.

FNR == 1 { inside = 0 }

{
    code = $0
    if (inside) {
        if (!sub(/^.*\*\//, "", code))
            next
        inside = 0
    }
    gsub(/\/\*[^*]*\*+([^\/*][^*]*\*+)*\//, " ", code)
    if (sub(/\/\*.*/, "", code))
        inside = 1
    if (match(" " code, /[^A-Za-z0-9_](strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|system|popen|alloca|mktemp|tmpnam|tempnam)[ ]*\(/)) {
        print FILENAME ":" FNR ": " $0
        bad = 1
    }
}

END { exit bad }
