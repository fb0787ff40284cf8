#!/bin/bash
# Installs the Debian packages of the given groups that are missing:
#   packaging/deps.sh GROUP...        groups stand in apt-packages.txt
# With neither root nor sudo it prints the line to run and ends with status 2.
set -u
list=$(dirname "$0")/apt-packages.txt

mapfile -t wanted < <(awk -v groups=" $* " '!/^#/ && NF >= 2 && index(groups, " " $2 " ") { print $1 }' "$list" | sort -u)
if [ ${#wanted[@]} -eq 0 ]; then
    echo "deps: no package belongs to: $*" >&2
    exit 2
fi
if ! command -v dpkg-query >/dev/null; then
    echo "deps: not a Debian system; make sure that these are there: ${wanted[*]}" >&2
    exit 0
fi

# dpkg-query fails when a package is unknown; the known ones are printed all the same.
mapfile -t missing < <(
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null |
        awk '$1 == "ii" { print $2 }' | sort -u | comm -13 - <(printf '%s\n' "${wanted[@]}"))
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; then
        echo "deps: packages are missing. Run this as root, then try again:" >&2
        echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 2
    fi
    as_root=(sudo -n)
fi

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"
}

echo "deps: installing ${missing[*]}"
updated=no
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    apt update && updated=yes
fi
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
if ! apt install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
    # Package lists that are too old name files that are gone.
    if [ $updated = yes ] || ! apt update ||
        ! apt install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "deps: apt-get failed; mend it, or install by hand: ${missing[*]}" >&2
        exit 2
    fi
fi
