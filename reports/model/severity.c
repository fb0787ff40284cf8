/* severity.c - see severity.h. */
#include "reports/model/severity.h"

enum weight { USABLE, SAD, OTHER, TEST };

static const unsigned char weight_of[PF_CLASS_COUNT] = {
    [PF_CLASS_PAN_CLEAR] = USABLE,
    [PF_CLASS_PAN_ROUNDED] = USABLE,
    [PF_CLASS_SAD_TRACK] = SAD,
    [PF_CLASS_SAD_CVC] = SAD,
    [PF_CLASS_SAD_PIN] = SAD,
    [PF_CLASS_PAN_TRUNC_OK] = OTHER,
    [PF_CLASS_PAN_TRUNC_WIDE] = USABLE,
    [PF_CLASS_PAN_HASH_UNKEYED] = USABLE,
    [PF_CLASS_PAN_HASH_OPAQUE] = OTHER,
    [PF_CLASS_PAN_ENC_KEY_HERE] = USABLE,
    [PF_CLASS_PAN_ENC] = OTHER,
    [PF_CLASS_TOKEN] = OTHER,
    [PF_CLASS_TOKEN_SUSPECT] = OTHER,
    [PF_CLASS_PAN_IMAGE] = OTHER,
    [PF_CLASS_PAN_AUDIO] = OTHER,
    [PF_CLASS_NET_CLEAR] = USABLE,
    [PF_CLASS_NET_TLS_TERMINATED_HERE] = USABLE,
    [PF_CLASS_TEST_PAN] = TEST,
    [PF_CLASS_CHD_NO_PAN] = OTHER,
    [PF_CLASS_CORRELATABLE] = USABLE,
    [PF_CLASS_SKIMMER] = SAD,
    [PF_CLASS_WEBSHELL] = SAD,
    [PF_CLASS_FLOW_EVIDENCE] = OTHER,
    [PF_CLASS_PAN_VOIDED] = OTHER,
};

bool rpt_class_is_sad(int cls)
{
    return cls == PF_CLASS_SAD_TRACK || cls == PF_CLASS_SAD_CVC || cls == PF_CLASS_SAD_PIN;
}

enum rpt_rank rpt_rank_of(int cls, int confidence, bool test_pan)
{
    enum weight w = cls < 0 ? USABLE : (enum weight)weight_of[cls];

    if (test_pan || w == TEST)
        return RPT_RANK_TEST;
    if (confidence == PF_POSSIBLE)
        return RPT_RANK_POSSIBLE;
    if (w == OTHER)
        return RPT_RANK_OTHER;
    if (w == SAD)
        return RPT_RANK_SAD;
    return cls >= 0 && confidence == PF_CONFIRMED ? RPT_RANK_CONFIRMED : RPT_RANK_PROBABLE;
}

const char *rpt_rank_name(enum rpt_rank rank)
{
    static const char *const name[RPT_RANKS] = {
        "sad", "confirmed", "probable", "other", "possible", "test",
    };

    return name[rank];
}
