#!/bin/sh
# Makes the demo shop: OUT/shop is the tree to assess, OUT/MANIFEST.tsv lists
# what was planted in it.
#   tests/data/gen/demo-shop.sh PROGRAM OUT SEED
# PROGRAM is the built demo-shop (demo_shop.c). OUT is made anew.
set -eu
program=$1
out=$2
seed=$3

rm -rf "$out"
mkdir -p "$out"
"$program" "$out" "$seed"

out=$(cd "$out" && pwd)
cd "$out"
stamp() {
    find "$@" -exec touch -h -d '2026-10-12 03:00:00 UTC' {} +
}
seven() {
    7z a -bd -mtc=off "$@" >/dev/null
}

stamp shop pack
gzip -n9 shop/var/log/nginx/access.log.2

mkdir -p pack/tar/site/backup
(cd pack/zip && seven -tzip ../tar/site/backup/old.zip export)
stamp pack/tar
tar --sort=name --owner=0 --group=0 --numeric-owner -cJf shop/var/backups/full-202608.tar.xz -C pack/tar site

# The password is thrown away: it is only there so that nobody has it.
password=demo-$seed-locked
(cd pack/locked && seven -t7z -mhe=on "-p$password" "$out/shop/home/office/会員_202605.7z" members.csv)
(cd pack/locked && seven -tzip -mem=AES256 "-p$password" "$out/shop/home/office/会員_202604.zip" members.csv)
rm -rf pack
stamp shop
