# assess: pan-assess, the whole job in one command.
PROGRAMS += $(B)/bin/pan-assess

$(B)/bin/pan-assess: $(call objs,assess pan-finder/base pan-finder/finding)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -ljansson -lcrypto -lzstd
