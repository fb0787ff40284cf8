# reports: pan-report, and what it is made from: catalogues, style, script.

RPT_DIRS := reports reports/model reports/render
RPT_OBJS := $(call objs,$(RPT_DIRS))
RPT_GEN := $(B)/gen/reports

PROGRAMS += $(B)/bin/pan-report

$(B)/bin/pan-report: $(call objs,reports/cli) $(RPT_OBJS) $(PF_SHARED)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -ljansson

$(RPT_GEN)/messages.h: reports/po/en.po reports/po/ja.po reports/po/build.sh reports/po/messages.awk reports/po/table.awk
	sh reports/po/build.sh reports/po $(@D)

$(RPT_GEN)/messages.inc: $(RPT_GEN)/messages.h ;

$(RPT_GEN)/templates.inc: reports/templates/style.css reports/templates/script.js reports/templates/embed.sh
	bash reports/templates/embed.sh $@ reports/templates/style.css reports/templates/script.js

# Before the first build no dependency file names what is generated.
RPT_TESTS := $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/unit/reports/*.c))
$(RPT_OBJS) $(call objs,reports/cli) $(RPT_TESTS): | $(RPT_GEN)/messages.h $(RPT_GEN)/templates.inc
