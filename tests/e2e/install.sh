#!/bin/bash
# What is installed works from where it stands: the commands find their parser and
# each other, and each has a manual page and completions.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
bad=0
complain() { echo "$*"; bad=1; }

make -s --no-print-directory "B=$B" install DESTDIR="$top/dest" PREFIX=/usr >"$top/log" 2>&1 || { tail -n 5 "$top/log"; exit 1; }
usr=$top/dest/usr
for command in pan-finder pan-judge pan-report pan-assess; do
    for file in bin/$command share/man/man1/$command.1 share/bash-completion/completions/$command \
        share/zsh/site-functions/_$command share/fish/vendor_completions.d/$command.fish; do
        [ -s "$usr/$file" ] || complain "not installed: $file"
    done
    man -l "$usr/share/man/man1/$command.1" 2>&1 | grep -q "$command" || complain "$command: no manual page"
done

mkdir "$top/site"
echo 'card_no=4111111111111111' | gzip >"$top/site/log.gz"
PATH=/usr/bin:/bin "$usr/bin/pan-assess" --out="$top/evidence" "$top/site" >"$top/out" 2>"$top/err"
status=$?
[ $status -eq 1 ] || complain "pan-assess: exit status $status, expected 1: $(head -n 3 "$top/err")"
grep -q '411111\*\*\*\*\*\*1111' "$top/evidence/findings.jsonl" || complain "the number in the compressed log was not found"
exit $bad
