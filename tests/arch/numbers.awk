# Card numbers in the tree. Input: the table of published test numbers, then the
# files. A number that passes Luhn and begins like a card's is allowed when it is
# published and stands in a test, in detection data or in a document about them.
# Prints place and masked number of each breach; ends with status 1 if there is one.

function luhn(digits,    i, d, sum, n) {
    n = length(digits)
    for (i = 0; i < n; i++) {
        d = substr(digits, n - i, 1) + 0
        if (i % 2 == 1) {
            d *= 2
            if (d > 9)
                d -= 9
        }
        sum += d
    }
    return sum % 10 == 0
}

function card_like(d,    n) {
    n = length(d)
    if (n < 13 || n > 19 || !luhn(d))
        return 0
    return d ~ /^4/ && (n == 13 || n == 16 || n == 19) || d ~ /^5[1-5]/ && n == 16 ||
        d ~ /^(222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/ && n == 16 || d ~ /^3[47]/ && n == 15 ||
        d ~ /^(35|6011|62|64[4-9]|65)/ && n >= 16 || d ~ /^(30[0-5]|3[689])/ && n == 14
}

FILENAME ~ /testpan\.tsv$/ && !/^#/ {
    gsub(/[^0-9]/, "", $1)
    published[$1] = 1
    next
}

{
    text = $0
    while (match(text, /[0-9]([ -]?[0-9])+/)) {
        digits = substr(text, RSTART, RLENGTH)
        before = RSTART > 1 ? substr(text, RSTART - 1, 1) : ""
        after = substr(text, RSTART + RLENGTH, 1)
        text = substr(text, RSTART + RLENGTH)
        gsub(/[^0-9]/, "", digits)
        if (before ~ /[A-Za-z0-9.]/ || after ~ /[A-Za-z0-9]/ || !card_like(digits))
            continue
        if (!(digits in published) || FILENAME !~ /^(tests|docs|pan-finder\/detect\/data)\//) {
            print FILENAME ":" FNR ": " substr(digits, 1, 6) "..." substr(digits, length(digits) - 3)
            bad = 1
        }
    }
}

END { exit bad }
