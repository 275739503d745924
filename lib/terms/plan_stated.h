/* plan_stated.h -- what an agreement's file states beside its terms, never an input of a verdict:
 * open and sealed terms, wordings, instruments cited, attributed statements, meetings, changes
 * claimed, which earlier points a clause stands for.
 *
 * Where something comes from is a chain of reports, the nearest source last: "paper < outlets <
 * officials (unnamed)".  The last link is the root; statements that share one have one source.
 */
#ifndef TR_PLAN_STATED_H
#define TR_PLAN_STATED_H

#include "terms/plan_base.h"

typedef enum { TR_STATED_OPEN, TR_STATED_SEALED } tr_stated_kind;
/* 5.9 open "ownership of the plant" decided by A, B
 * 5.4 sealed "schedule of measures" sha256 "..." to JMC, A, verdict to JMC */
typedef struct {
    tr_stated_kind kind;
    tr_str         title;
    uint64_t       decided_by;
    tr_str         sha256; /* 64 hex */
    uint64_t       to;     /* who may read it */
    bool           verdict_public;
    uint64_t       verdict_to;
} tr_stated;

/* text 2.1 en """...""" */
typedef struct {
    int32_t      clause;
    tr_str       label; /* as written */
    tr_str       lang;
    tr_str       text;
    tr_text_span span;
} tr_wording;

/* party A "Party A" uk "..." */
typedef struct {
    int32_t actor;
    tr_str  lang;
    tr_str  name;
} tr_actor_name;

/* instrument package "Package of Measures" 2015-02-12 */
typedef struct {
    tr_str       id;
    tr_str       name;
    tr_time      dated; /* TR_TIME_NONE: not stated */
    tr_text_span span;
} tr_instrument;

/* cites package 2: of the clause that says so */
typedef struct {
    int32_t clause;
    int32_t instrument; /* index, or -1: `name` as written */
    tr_str  name;
    tr_str  paragraph;
} tr_cite;

/* code 2.1 "PAX:..." */
typedef struct {
    int32_t      clause;
    tr_str       label;
    tr_str       text;
    tr_text_span span;
} tr_code;

/* A chain: its links are beside.link[link .. link + links), the nearest source last. */
typedef struct {
    tr_str  text; /* as written */
    int32_t link;
    int32_t links; /* 1 up */
} tr_chain;

/* Chains of one statement: beside.chain[at .. at + count). */
typedef struct {
    int32_t at;
    int32_t count;
} tr_chains;

/* context F5 "..." said by "..." from "003 < ..." on 2025-12-15 denies F4 */
typedef struct {
    tr_str       name;
    tr_str       text;
    tr_str       speaker; /* empty: not stated */
    tr_chains    from;
    tr_span      when;   /* [begin, end), whole local days; begin TR_TIME_NONE: not stated */
    int32_t      denies; /* index of a statement above, or -1 */
    tr_text_span span;
} tr_context;

/* meeting M1 "..." track "..." on ... present "..." absent "..." about §4.1 from "..." */
typedef struct {
    tr_str         name;
    tr_str         title;
    tr_str         track; /* empty: not stated */
    tr_span        when;  /* as of a statement */
    const tr_str  *present;
    int32_t        presents;
    const tr_str  *absent;
    int32_t        absents;
    const int32_t *about; /* clauses */
    int32_t        abouts;
    tr_chains      from;
    tr_text_span   span;
} tr_meeting;

/* change §4.1 "..." claimed by "..." from "..." */
typedef struct {
    int32_t      clause;
    tr_str       label;
    tr_str       text;
    tr_str       speaker;
    tr_chains    from;
    tr_span      when;
    tr_text_span span;
} tr_claimed_change;

/* point 4.1 was 6.1, 6.2: labels of an earlier draft */
typedef struct {
    int32_t       clause;
    tr_str        label;
    const tr_str *was;
    int32_t       wases;
    tr_text_span  span;
} tr_point_was;

typedef struct {
    const tr_str            *lang; /* authentic languages, in order */
    int32_t                  langs;
    const tr_wording        *wording;
    int32_t                  wordings;
    const tr_actor_name     *actor_name;
    int32_t                  actor_names;
    const tr_instrument     *instrument;
    int32_t                  instruments;
    const tr_cite           *cite; /* in the order of the text */
    int32_t                  cites;
    const tr_code           *code;
    int32_t                  codes;
    const tr_str            *link;
    const tr_chain          *chain;
    const tr_context        *context;
    int32_t                  contexts;
    const tr_meeting        *meeting;
    int32_t                  meetings;
    const tr_claimed_change *change;
    int32_t                  changes;
    const tr_point_was      *point;
    int32_t                  points;
} tr_beside;

/* Independent roots of chains: the different last links, but for one that another chain passes
 * through on its way to a farther source.  `anonymous` receives how many of them say so:
 * "(unnamed)", "(anonymous)".  Letters are compared without regard to case. */
int32_t tr_chains_roots(const tr_beside *beside, tr_chains chains, int32_t *anonymous);
bool    tr_link_anonymous(tr_str link);
bool    tr_link_same(tr_str a, tr_str b);

#endif
