# pan-finder: the finder and its parser executables.

PF_SHARED := $(call objs,pan-finder/base pan-finder/object pan-finder/finding)
PF_DETECT := $(call objs,pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap)
PF_FINDER := $(PF_SHARED) $(PF_DETECT) $(call objs,pan-finder/source pan-finder/decode pan-finder/scan pan-finder/process pan-finder/pattern pan-finder/cli)

PROGRAMS += $(B)/bin/pan-finder $(B)/libexec/hihoji/pan-parse-archive

$(B)/bin/pan-finder: $(PF_FINDER)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -ljansson -lsodium -lseccomp -lyaml -lpcre2-8

# Parsers: third-party libraries live here, and no key, no detector.
PF_PARSER_ARCHIVE := $(PF_SHARED) $(call objs,pan-finder/parser) \
    $(addprefix $(B)/obj/pan-finder/,decode/kind.o process/cage.o process/landlock.o process/wire.o)

$(B)/libexec/hihoji/pan-parse-archive: $(PF_PARSER_ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -larchive -ljansson -lseccomp -lz -lbz2 -llzma -lzstd

# Tables of the detector, made from rows of data by a program of the build machine.
PF_TABLES := $(addprefix $(B)/gen/,iin_table.h context_table.h word_table.h jis_table.h element_table.h truncation_table.h testpan_table.h ruleset.h)
PF_GENTABLES_SRC := $(wildcard pan-finder/detect/data/*.c)

$(B)/gen/gentables: $(PF_GENTABLES_SRC) $(wildcard pan-finder/detect/data/*.h) pan-finder/detect/fold.h
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O1 $(WARN) -I. -o $@ $(PF_GENTABLES_SRC)

$(B)/gen/tables.stamp: $(B)/gen/gentables $(wildcard pan-finder/detect/data/*.tsv)
	$(B)/gen/gentables pan-finder/detect/data $(B)/gen
	@touch $@

$(PF_TABLES): $(B)/gen/tables.stamp ;
$(call objs,pan-finder/detect): | $(PF_TABLES)
$(patsubst %,$(B)/obj/pan-finder/detect/%.o,iin context words charset testpan detector find/element_name find/masked): $(B)/gen/tables.stamp
