#!/bin/bash
# The rules see what they are there for: each is run on a small tree that breaks it.
set -u
cd "$(dirname "$0")/../.." || exit 2
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
mkdir -p "$top/tests" "$top/pan-finder/source" "$top/pan-finder/detect/data"
cp -r tests/arch tests/lib "$top/tests/"
cp pan-finder/detect/data/testpan.tsv "$top/pan-finder/detect/data/"
bad=0

# expect RULE TEXT: the rule, run on the small tree, prints TEXT and fails.
expect() {
    local out
    if out=$("$top/tests/arch/$1.sh" 2>&1); then
        echo "$1 lets pass: $2"
        bad=1
    elif [[ $out != *"$2"* ]]; then
        echo "$1 does not say: $2"
        bad=1
    fi
}

# shellcheck disable=SC2016  # awk has its own $
luhn='{ for (i = length($0); i > 0; i--) { d = substr($0, i, 1); if ((length($0) - i) % 2 == 0) { d *= 2; if (d > 9) d -= 9 } s += d }
    print $0 (10 - s % 10) % 10 }'
number=$(echo 453912345678901 | awk "$luhn")
{
    echo '/* a.c - breaks the rules. */'
    echo '#include <archive.h>'
    echo '#include "pan-finder/detect/pan.h"'
    echo "const char *n = \"$number\";"
    printf 'void f(void)\n{\n    strcpy(a, b); /* TO%s */\n' DO
    yes '    ;' | head -n 61
    echo '}'
    yes '' | head -n 440
} >"$top/pan-finder/source/a.c"
printf 'int a;\n' >"$top/pan-finder/source/b.h"

expect includes 'a.c:2: <archive.h> belongs to'
expect includes 'pan-finder/source may not include pan-finder/detect'
expect sizes 'a.c: 509 lines, at most 500'
expect sizes 'function of 62 lines, at most 60'
expect banned 'strcpy'
expect banned "TO""DO"
expect numbers "a.c:4: ${number:0:6}...${number: -4}"
expect heads 'b.h: the first line must begin with'
expect heads 'b.h: no "Layer:"'
exit $bad
