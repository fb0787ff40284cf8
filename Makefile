# hihoji: is card data kept anywhere on these systems?
# `make help` lists the targets. Each top-level folder adds its part in module.mk.

SHELL := /bin/bash
.DEFAULT_GOAL := build
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
ifndef V                   # make V=1 shows the commands
.SILENT:
endif

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
B ?= build
OPT ?= -O2
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror
HARDEN := -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
SAN ?=
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -g $(OPT) $(WARN) $(HARDEN) $(SAN) -I. -I$(B)/gen $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SAN) $(LDFLAGS)

ifneq ($(SAN),)
HARDEN := -fPIE
WARN += -Wno-sign-conversion   # gcc does not fold promotions there, and warns of them
endif

# A module is a folder: its objects are all of its .c files.
objs = $(patsubst %.c,$(B)/obj/%.o,$(foreach d,$(1),$(sort $(wildcard $(d)/*.c))))

PROGRAMS :=
CHECKS :=
include $(sort $(wildcard */module.mk))

.PHONY: build
build: $(PROGRAMS) ## build all programs into build/bin and build/libexec

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(CC) $(CFLAGS_ALL) $(CFLAGS_$(subst /,_,$*)) -MMD -MP -c -o $@ $<

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)

# The suite's own exit status says what was found (0, 1 or 3); make only tells
# whether the job could be done.
.PHONY: assess
assess: ## assess a directory: TARGET=/srv [SCOPE=assessment.yaml] [OUT=folder]; without TARGET a demo shop
	@packaging/deps.sh build
	@$(MAKE) --no-print-directory -j$$(nproc) build
ifeq ($(TARGET),)
	@$(MAKE) --no-print-directory $(B)/tools/demo-shop
	@tests/data/gen/demo-shop.sh $(B)/tools/demo-shop $(B)/demo 1
endif
	@$(B)/bin/pan-assess $(if $(SCOPE),--scope='$(SCOPE)') $(if $(OUT),--out='$(OUT)') \
	    $(if $(TARGET),'$(TARGET)',$(B)/demo/shop); s=$$?; [ $$s -ne 2 ] && [ $$s -le 3 ]

.PHONY: screenshot
screenshot: build $(B)/tools/demo-shop ## take docs/report.png anew, from the demo shop
	@packaging/deps.sh docs
	@tests/data/gen/demo-shop.sh $(B)/tools/demo-shop $(B)/demo 1
	@rm -rf $(B)/demo/evidence
	@$(B)/bin/pan-assess --progress=never --out=$(B)/demo/evidence $(B)/demo/shop >/dev/null; [ $$? -eq 1 ]
	@chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,1400 \
	    --screenshot=docs/report.png file://$(abspath $(B))/demo/evidence/report.html 2>/dev/null

# Manual pages and completions come from the option tables of the commands.
PREFIX ?= /usr/local
DEST = $(DESTDIR)$(PREFIX)
.PHONY: install
install: build ## install under PREFIX (default /usr/local), in DESTDIR if given
	install -d $(DEST)/bin $(DEST)/libexec/hihoji $(DEST)/share/man/man1 $(DEST)/share/doc/hihoji \
	    $(DEST)/share/bash-completion/completions $(DEST)/share/zsh/site-functions $(DEST)/share/fish/vendor_completions.d
	install -m 755 $(filter $(B)/bin/%,$(PROGRAMS)) $(DEST)/bin
	install -m 755 $(filter $(B)/libexec/hihoji/%,$(PROGRAMS)) $(DEST)/libexec/hihoji
	install -m 644 README.md CHANGELOG.md LICENSE $(wildcard docs/*.md) $(DEST)/share/doc/hihoji
	set -e; for command in $(notdir $(filter $(B)/bin/%,$(PROGRAMS))); do \
	    $(B)/bin/$$command --print-man >$(DEST)/share/man/man1/$$command.1; \
	    $(B)/bin/$$command --print-completion=bash >$(DEST)/share/bash-completion/completions/$$command; \
	    $(B)/bin/$$command --print-completion=zsh >$(DEST)/share/zsh/site-functions/_$$command; \
	    $(B)/bin/$$command --print-completion=fish >$(DEST)/share/fish/vendor_completions.d/$$command.fish; \
	done

.PHONY: deps
deps: ## install the Debian packages that building, checking and measuring need
	@packaging/deps.sh build check bench

.PHONY: help
help: ## print this list
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build
