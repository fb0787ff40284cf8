# pan-finder: the finder and its parser executables.

PF_SHARED := $(call objs,pan-finder/base pan-finder/object pan-finder/finding)
PF_DETECT := $(call objs,pan-finder/detect pan-finder/detect/kernel)
PF_FINDER := $(PF_SHARED) $(PF_DETECT) $(call objs,pan-finder/source pan-finder/decode pan-finder/scan pan-finder/process pan-finder/cli)

PROGRAMS += $(B)/bin/pan-finder $(B)/libexec/hihoji/pan-parse-archive

$(B)/bin/pan-finder: $(PF_FINDER)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -ljansson -lsodium -lseccomp
