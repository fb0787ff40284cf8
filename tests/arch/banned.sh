#!/bin/bash
# Functions that have no safe use here, and words of unfinished work.
set -u
. "$(dirname "$0")/../lib/files.sh"
bad=0
mapfile -t sources < <(tree_files '*.c' '*.h' '*.def')
awk -f tests/arch/banned.awk "${sources[@]}" || bad=1

# The letters in brackets keep this script from finding itself.
words='\b(TO[D]O|FIXM[E]|XX[X]|HAC[K])\b|not implemente[d]|placeholde[r] (text|value|for now)'
paths='(^|[^a-z.])/(wor[k]|far[m])/|/tm[p]/(bash_|b-)|\.\./share[d]|[Ii]ssu[e] #?[0-9]'
mapfile -t all < <(tree_files '*' | grep -vE '\.(png|po|mo|gz|zip|jpg)$|^LICENSE$')
if found=$(grep -nIE "$words|$paths" -- "${all[@]}"); then
    cut -c1-160 <<<"$found"
    bad=1
fi
exit $bad
