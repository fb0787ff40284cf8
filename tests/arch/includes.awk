# Checks #include lines. Input: layers.txt, libraries.txt, then the sources.
# Prints one line for each breach; ends with status 1 when there is one.

function layer_of(path,    name, best) {
    best = ""
    for (name in allowed)
        if (index(path, name "/") == 1 && length(name) > length(best))
            best = name
    return best
}

function breach(text) {
    print FILENAME ":" FNR ": " text
    bad = 1
}

# True when `layer` may include a header of `other`: itself, or one in its row.
function may(layer, path,    n, row, i) {
    if (layer_of(path) == layer)
        return 1
    n = split(allowed[layer], row, " ")
    for (i = 1; i <= n; i++)
        if (index(path, row[i] "/") == 1)
            return 1
    return 0
}

BEGIN {
    # C17, POSIX and glibc; folders of the kernel's and the compiler's headers.
    split("assert ctype dirent endian errno fcntl fenv float fnmatch getopt glob iconv inttypes langinfo " \
          "libgen limits link locale malloc math netdb poll pthread pwd grp regex sched setjmp signal stdalign " \
          "stdarg stdatomic stdbool stddef stdint stdio stdlib string strings spawn sysexits syslog termios " \
          "threads time uchar unistd utime wchar wctype emmintrin immintrin x86intrin cpuid arm_neon elf ftw execinfo", names, " ")
    for (i in names)
        system_header[names[i] ".h"] = 1
}

/^#/ && FILENAME ~ /\.txt$/ { next }

FILENAME ~ /layers\.txt$/ {
    at = index($0, ":")
    if (at > 0)
        allowed[substr($0, 1, at - 1)] = substr($0, at + 1)
    next
}

FILENAME ~ /libraries\.txt$/ {
    for (i = 2; i <= NF; i++)
        users_of[$i] = users_of[$i] " " $1
    next
}

!/^[ \t]*#[ \t]*include/ { next }

{
    product = FILENAME !~ /^tests\//
    if (match($0, /<[^>]+>/)) {
        header = substr($0, RSTART + 1, RLENGTH - 2)
        if (header in users_of) {
            if (product && index(users_of[header] " ", " " FILENAME " ") == 0)
                breach("<" header "> belongs to" users_of[header] " alone")
        } else if (product && !(header in system_header) && header !~ /^(sys|linux|asm|arpa|net|netinet)\//) {
            breach("<" header "> is neither of the C library nor listed in libraries.txt")
        }
        next
    }
    if (!match($0, /"[^"]+"/))
        next
    header = substr($0, RSTART + 1, RLENGTH - 2)
    if (!product)
        next
    layer = layer_of(FILENAME)
    other = layer_of(header)
    if (layer == "") {
        breach("this folder has no row in layers.txt")
    } else if (other == "") {
        if (header !~ /^(gen|reports|requirements)\// && index(header, "/") > 0)
            breach("\"" header "\" is not written from the root of the tree")
    } else if (!may(layer, header)) {
        breach(layer " may not include " other)
    } else if (other == "pan-finder/detect" && layer != other && header != "pan-finder/detect/detector.h") {
        breach("detect/ shows detector.h alone: a clear number stays inside")
    }
}

END { exit bad }
