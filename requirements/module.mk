# requirements: the judge, its rules and criteria.

REQ_DATA := $(sort $(wildcard requirements/rules/*.sql requirements/criteria/*.json requirements/pci-dss-4.0.1/*.json requirements/judge/*.sql))
REQ_EMBEDDED := $(B)/obj/requirements/data-embedded.o
GENERATED_requirements_judge := $(REQ_EMBEDDED)
REQ_JUDGE := $(call objs,requirements/judge) $(REQ_EMBEDDED)

PROGRAMS += $(B)/bin/pan-judge

$(B)/bin/pan-judge: $(REQ_JUDGE) $(call objs,requirements/cli pan-finder/base pan-finder/finding pan-finder/pattern)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcyaml -lyaml -lsqlite3 -ljansson -lpcre2-8

$(B)/gen/requirements/embed: requirements/embed/embed.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -O1 $(WARN) -o $@ $<

$(B)/gen/requirements/data-embedded.c: $(B)/gen/requirements/embed $(REQ_DATA)
	$< $(REQ_DATA) > $@.new && mv $@.new $@

$(REQ_EMBEDDED): $(B)/gen/requirements/data-embedded.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -c -o $@ $<
