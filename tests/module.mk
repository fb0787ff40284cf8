# tests: unit tests, command tests, and everything that `make check` runs.
#
# A unit test is tests/unit/<mirror of the tree>/test_<noun>.c, a program with
# its own main. Its first line says what it is linked with:
#   /* links: pan-finder/base pan-finder/finding  libs: -ljansson */
# A fuzz target is tests/fuzz/fuzz_<noun>.c with the same first line.

UNIT_SRC := $(sort $(shell find tests/unit -name 'test_*.c'))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))

# One word per program: file;folder,folder;-llib,-llib
TEST_LINKS := $(if $(UNIT_SRC)$(FUZZ_SRC),$(shell awk 'FNR == 1 { \
	links = libs = ""; \
	if (match($$0, /links:.*/)) { \
	    links = substr($$0, RSTART + 6); sub(/ *\*\/.*/, "", links); \
	    if ((at = index(links, "libs:")) > 0) { libs = substr(links, at + 5); links = substr(links, 1, at - 1) } } \
	gsub(/^ +| +$$/, "", links); gsub(/^ +| +$$/, "", libs); gsub(/ +/, ",", links); gsub(/ +/, ",", libs); \
	print FILENAME ";" links ";" libs }' $(UNIT_SRC) $(FUZZ_SRC)))

comma := ,
semi_1 = $(word 1,$(subst ;, ,$(1)))
# Fields 2 and 3 may be empty: mark them so that words keep their place.
semi_2 = $(subst $(comma), ,$(patsubst .%,%,$(word 2,$(subst ;, .,$(1)))))
semi_3 = $(subst $(comma), ,$(patsubst .%,%,$(word 3,$(subst ;, .,$(1)))))

# Objects of folders: their .c files without a main.c, and what a module says
# is generated for them in GENERATED_<folder with _ for />.
link_objs = $(filter-out %/main.o,$(call objs,$(1))) $(foreach d,$(1),$(GENERATED_$(subst /,_,$(d))))

UNIT_PROGRAMS := $(UNIT_SRC:%.c=$(B)/%)
FUZZ_PROGRAMS := $(FUZZ_SRC:%.c=$(B)/%)

# $(1) source, $(2) folders, $(3) libraries
define TEST_RULE
$(B)/$(1:.c=): $(B)/obj/$(1:.c=.o) $(B)/obj/tests/lib/synth.o $(if $(filter tests/fuzz/%,$(1)),$(B)/obj/tests/lib/replay.o) $$(call link_objs,$(2))
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $(3) $(if $(filter tests/unit/%,$(1)),-lcheck -lsubunit -lm -lrt -lpthread)
endef
$(foreach t,$(TEST_LINKS),$(eval $(call TEST_RULE,$(call semi_1,$(t)),$(call semi_2,$(t)),$(call semi_3,$(t)))))

.PHONY: unit unit-programs cli fuzz-replay fuzz-programs fuzz arch check bench tools
unit-programs: $(UNIT_PROGRAMS)
fuzz-programs: $(FUZZ_PROGRAMS)

unit: $(UNIT_PROGRAMS) ## run the unit tests
	@tests/lib/run-unit.sh $(UNIT_PROGRAMS)

cli: build tools ## run the command tests (CASE=pan-finder/name for one)
	@BIN=$(abspath $(B)/bin) TOOLS=$(abspath $(B)/tools) tests/cli/run.sh $(CASE)

fuzz-replay: $(FUZZ_PROGRAMS) ## replay the fuzz corpora and fixed mutations of them
	@tests/lib/run-fuzz.sh $(FUZZ_PROGRAMS)

fuzz: ## fuzz one target with clang's engine: T=json SECONDS=60
	@tests/lib/fuzz.sh $(T) $(or $(SECONDS),60)

arch: ## check the include law, size budgets, banned words
	@tests/lib/run-scripts.sh $(filter-out tests/arch/leak.sh,$(sort $(wildcard tests/arch/*.sh)))

check: ## everything: builds, tests, sanitizers, static analysis, house rules
	@packaging/deps.sh build check
	@B=$(B) tests/check.sh $(STEPS)

bench: ## measure speed and memory as ratios against cat, grep and gzip
	@packaging/deps.sh build bench
	@$(MAKE) --no-print-directory build $(B)/tools/bench-data $(B)/tools/measure $(B)/tools/dresscost
	@B=$(B) tests/bench/run.sh

# Programs that the tests are made with; each is linked with tests/lib/synth.c.
TOOLS := $(addprefix $(B)/tools/,demo-shop leak-plant leak-grep bench-data measure)
TOOL_demo-shop := $(call objs,tests/data/gen)
TOOL_leak-plant := $(B)/obj/tests/arch/leak_plant.o
TOOL_leak-grep := $(B)/obj/tests/arch/leak_grep.o
TOOL_bench-data := $(B)/obj/tests/bench/bench_data.o
TOOL_measure := $(B)/obj/tests/bench/measure.o

define TOOL_RULE
$(1): $(TOOL_$(notdir $(1))) $(B)/obj/tests/lib/synth.o
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^
endef
$(foreach t,$(TOOLS),$(eval $(call TOOL_RULE,$(t))))

tools: $(TOOLS)

DETECT_OBJS := $(call link_objs,pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base)

$(B)/tools/kernelbench: $(B)/obj/tests/bench/kernelbench.o $(DETECT_OBJS)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lsodium -ljansson

# A timer around each finder, each wrapping and the kernel: see the file.
TIMED := $(shell sed -n 's/^PF_FINDER(\(.*\))/pf_find_\1/p; s/^PF_WRAP(\(.*\))/pf_wrap_\1/p' pan-finder/detect/*/*.def) pf_kernel_pick pf_table_elements
$(B)/tools/dresscost: $(B)/obj/tests/bench/dresscost.o $(DETECT_OBJS)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(CC) $(LDFLAGS_ALL) $(addprefix -Wl$(comma)--wrap=,$(TIMED)) -o $@ $^ -lsodium -ljansson

.PHONY: kernelbench
kernelbench: $(B)/tools/kernelbench ## speed of each search kernel alone (KERNEL=avx512 KIND=log for one)
	@$(B)/tools/kernelbench $(or $(KERNEL),all) $(KIND)

# The kernel tests for AArch64, compiled across and run in an emulator; tests/neon/check.h
# stands in for the library.
NEON_CC ?= aarch64-linux-gnu-gcc
NEON_RUN ?= qemu-aarch64
NEON_SRC := $(sort $(wildcard pan-finder/detect/kernel/*.c)) pan-finder/detect/iin.c pan-finder/detect/luhn.c

.PHONY: check-neon
check-neon: $(B)/gen/tables.stamp ## the kernel tests with the NEON kernel, in an emulator
	@packaging/deps.sh neon
	@mkdir -p $(B)/neon
	@for t in kernel marks; do \
	    echo "  NEON $$t"; \
	    $(NEON_CC) -std=c17 -D_GNU_SOURCE $(OPT) $(WARN) -static -I. -Itests/neon -I$(B)/gen -o $(B)/neon/test_$$t \
	        tests/unit/detect/kernel/test_$$t.c $(NEON_SRC) && $(NEON_RUN) $(B)/neon/test_$$t || exit 1; \
	done

# A labelled corpus by SEED is made, scanned and counted (docs/detection.md).
SEED ?= $(shell date +%s)
.PHONY: accuracy
accuracy: build ## recall, false alarms and calibration on a corpus made by SEED (default: the clock)
	@rm -rf $(B)/accuracy && mkdir -p $(B)/accuracy
	PYTHONDONTWRITEBYTECODE=1 python3 tests/accuracy/run.py $(B)/bin/pan-finder $(B)/accuracy $(SEED)

# The same corpus once more: in any window, with any kernel, in any order the same findings.
$(B)/tools/determinism: $(B)/obj/tests/accuracy/determinism.o $(B)/obj/tests/lib/synth.o $(DETECT_OBJS)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lsodium -ljansson

.PHONY: determinism
determinism: build $(B)/tools/determinism ## the same findings with each kernel, window, number of scanners, order of files
	@B=$(B) tests/accuracy/determinism.sh $(SEED)

.PHONY: stress
stress: build $(B)/tools/measure ## lines without an end, and the slowest input known: time and memory (SIZE=1024, in MiB)
	@B=$(B) tests/stress/run.sh $(SIZE)

DIRS ?= /usr /etc /var/lib/dpkg $(wildcard $(B)/realdata)
.PHONY: false-alarms real-data
false-alarms: build ## what is found in DIRS, real data without cards (default: this system)
	PYTHONDONTWRITEBYTECODE=1 python3 tests/accuracy/false_alarms.py $(B)/bin/pan-finder $(DIRS)

real-data: ## fetch more real data for false-alarms (about 400 MB of packages)
	@tests/accuracy/fetch-real.sh $(B)/realdata
