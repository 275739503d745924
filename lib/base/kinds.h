/* kinds.h -- the closed lists of what is observed, by whom and how. */
#ifndef TR_KINDS_H
#define TR_KINDS_H

#include "base/base.h"

enum {
    TR_KIND_FIRE = 1 << 0,
    TR_KIND_OPENER = 1 << 1,
    TR_KIND_JOINER = 1 << 2,
    TR_KIND_SMM_EXPLOSION = 1 << 3,
    TR_KIND_SMM_PROJECTILE = 1 << 4,
    TR_KIND_SMM_FLASH = 1 << 5,
    TR_KIND_SMM_FLARE = 1 << 6,
    TR_KIND_SMM_SHOT = 1 << 7
};

typedef enum {
#define TR_KIND(id, name, parent, flags, label) TR_KIND_##id##_,
#include "base/kinds.def"
#undef TR_KIND
    TR_KINDS
} tr_kind;
_Static_assert(TR_KINDS <= 64, "a class is a set of kinds in 64 bits");

bool        tr_kind_read(tr_str name, tr_kind *kind);
const char *tr_kind_name(tr_kind kind);  /* "explosion.impact" */
const char *tr_kind_label(tr_kind kind); /* "Explosion (impact)" */
int         tr_kind_flags(tr_kind kind);
tr_kind     tr_kind_parent(tr_kind kind); /* itself at the top */
/* The kind and everything below it, as bits 1 << kind. */
uint64_t tr_kind_class(tr_kind kind);

/* X-lists of words in observations: position is the stored value; append only. */
#define TR_PLATFORMS(X)                                                                            \
    X(patrol)                                                                                      \
    X(camera) X(acoustic) X(seismic) X(uav_mini) X(uav_mid) X(uav_long) X(satellite) X(thermal)    \
        X(track) X(meter) X(declaration) X(party) X(public) X(media) X(other)
#define TR_MEANS(X) X(saw) X(heard) X(recorded) X(told) X(declared)

#define TR_WORD(word) TR_PLATFORM_##word,
typedef enum { TR_PLATFORMS(TR_WORD) TR_PLATFORM_COUNT } tr_platform;
#undef TR_WORD
#define TR_WORD(word) TR_MEANS_##word,
typedef enum { TR_MEANS(TR_WORD) TR_MEANS_COUNT } tr_means;
#undef TR_WORD
bool        tr_platform_read(tr_str name, tr_platform *platform);
const char *tr_platform_name(tr_platform platform);
bool        tr_means_read(tr_str name, tr_means *means);
const char *tr_means_name(tr_means means);

#endif
