#!/bin/bash
# Functions that have no safe use here, and words of unfinished work.
set -u
. "$(dirname "$0")/../lib/files.sh"
bad=0
mapfile -t sources < <(tree_files '*.c' '*.h' '*.def')

# Comments name functions as well: they are cut before the search.
functions='\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|system|popen|alloca|mktemp|tmpnam|tempnam)\('
for f in "${sources[@]}"; do
    sed -E 's|//.*||; s|/\*.*\*/||; s|^ \*.*||' "$f" | grep -nE "$functions" | sed "s|^|$f:|"
done | grep . && bad=1

# The letters in brackets keep this script from finding itself.
words='\b(TO[D]O|FIXM[E]|XX[X]|HAC[K])\b|not implemente[d]|placeholde[r] (text|value|for now)'
paths='(^|[^a-z.])/(wor[k]|far[m])/|/tm[p]/(bash_|b-)|\.\./share[d]|[Ii]ssu[e] #?[0-9]'
mapfile -t all < <(tree_files '*' | grep -vE '\.(png|po|mo|gz|zip|jpg)$|^LICENSE$')
grep -nIE "$words|$paths" -- "${all[@]}" | cut -c1-160 && bad=1
exit $bad
