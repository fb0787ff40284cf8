# shellcheck shell=bash
# Sourced by check scripts: goes to the root of the tree and lists its files.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2

# Prints the files of the tree that match the globs, without what is ignored.
tree_files() {
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files -co --exclude-standard -- "$@" | while IFS= read -r f; do [ ! -f "$f" ] || echo "$f"; done
    else
        local glob
        for glob in "$@"; do
            find . -path ./build -prune -o -type f -name "${glob##*/}" -print | sed 's|^\./||'
        done
    fi | sort -u
}
