#!/bin/bash
# Fetches real data of many kinds that holds no card data, for `make false-alarms`:
#   tests/accuracy/fetch-real.sh FOLDER
# Debian packages (dictionaries, maps, star charts, fonts, documents, sources) are
# unpacked, packages of the npm registry where npm is there. What is there is not
# fetched again; a package that cannot be had is told and left out.
set -u
room=${1:?usage: fetch-real.sh FOLDER}
packages="unicode-data tzdata iso-codes dict-gcide wordnet-base ipadic naist-jdic openclipart-svg marble-data
    kstars-data emacs-common openjdk-17-doc perl-doc libicu-dev libjs-mathjax texlive-fonts-recommended
    rust-src golang-1.19-src gcc-12-source linux-source-6.1"
modules="caniuse-lite mime-db emoji-datasource typescript three world-atlas"

mkdir -p "$room/deb" "$room/npm" && room=$(cd "$room" && pwd) || exit 2
for name in $packages; do
    [ -d "$room/deb/$name" ] && continue
    fetched=$(mktemp -d)
    if (cd "$fetched" && apt-get -qq download "$name" 2>/dev/null) && dpkg-deb -x "$fetched"/*.deb "$fetched/out"; then
        mv "$fetched/out" "$room/deb/$name"
    else
        echo "fetch-real: $name cannot be had" >&2
    fi
    rm -r "$fetched"
done
if command -v npm >/dev/null; then
    for name in $modules; do
        compgen -G "$room/npm/$name-*.tgz" >/dev/null && continue
        (cd "$room/npm" && npm pack --silent "$name" >/dev/null 2>&1) || echo "fetch-real: $name cannot be had" >&2
    done
fi
du -shL "$room"
