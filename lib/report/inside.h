/* inside.h -- what the files of lib/report share: a JSON writer, words, lookups, the paper.
 *
 * Scratch memory is passed as `tr_arena *at` inside; the public functions take it by value and
 * are done with it when they return.
 */
#ifndef TR_REPORT_INSIDE_H
#define TR_REPORT_INSIDE_H

#include "report/report.h"
#include "verify/window.h"

/* ---- json.c: ordinary JSON, members in the order written ---- */
typedef struct {
    tr_out *out;
    bool    more; /* a value stands before: a comma comes next */
} json;
/* `name` is NULL for elements of an array and for the outermost value. */
void json_open(json *j, const char *name, char bracket);
void json_close(json *j, char bracket);
void json_text(json *j, const char *name, tr_str text);
void json_word(json *j, const char *name, const char *word);
void json_int(json *j, const char *name, int64_t value);
void json_flag(json *j, const char *name, bool value);
void json_time(json *j, const char *name, tr_time t);      /* absent for NONE and MAX */
void json_count(json *j, const char *name, int64_t value); /* "unbounded" above all bounds */
void json_triple(json *j, const char *name, tr_triple t);  /* [certain, best, possible] */
void json_three(json *j, const char *name, int32_t low, int32_t best, int32_t high);
void json_degrees(json *j, const char *name, int32_t e7);
void json_point(json *j, tr_point p); /* [lon, lat] */
void json_actors(json *j, const char *name, const tr_plan *plan, uint64_t bits);
void json_head(json *j, const tr_view *view);

/* ---- words.c: moments, numbers and names for people ---- */
void put_rfc3339(tr_out *out, tr_time t);
void put_day(tr_out *out, tr_time t,
             const tr_tz *tz); /* "2015-02-15", with the clock if not 00:00 */
void put_both(tr_out *out, tr_time t, const tr_tz *tz); /* local, zone, and UTC */
void put_span(tr_out *out, tr_span span,
              const tr_tz *tz); /* "2015-01-16 .. 2015-02-15 (Europe/Kyiv)" */
void put_degrees(tr_out *out, int32_t e7);
void put_point(tr_out *out, tr_point point); /* "71.5 W 34 S" */
/* "37.5 E 48 N, within 500 m"; a sector with its range and bearing; the name of a zone. */
void put_place(tr_out *out, const tr_plan *plan, const tr_place *place);
void put_count(tr_out *out, int64_t value); /* "no upper bound" above all bounds */
void put_triple(tr_out *out, tr_triple t);  /* "295 [295, 302]": best [certain, possible] */
void put_percent(tr_out *out, int64_t part, int64_t whole); /* 100 % and 0 % are exact */
void put_stretch(tr_out *out, tr_stretch stretch);
bool stretch_stated(tr_stretch stretch);
void put_bound(tr_out *out, const tr_condition *condition); /* "> 14" */
void put_source_text(tr_out *out, tr_str text);             /* control characters become blanks */
void put_actors(tr_out *out, const tr_plan *plan, uint64_t bits);
void put_wrapped(tr_out *out, tr_str text, int column, int indent, int width);
void put_rule(tr_out *out, const tr_plan *plan, const tr_condition *condition); /* "R-INC v1" */
const char *set_name(tr_set set);
const char *membership_name(tr_membership in);
const char *status_name(uint8_t status);
const char *items_of(tr_rule rule, int64_t n); /* "incident", "incidents" */
tr_str      text_of(const tr_out *out);

/* ---- look.c: lookups in the state ---- */
const tr_plan *plan_of(const tr_view *view);
bool           for_public(const tr_view *view);
tr_time known_at(const tr_mission *m, int64_t entry); /* t of the last tick at or before it */
tr_str  clause_text(const tr_plan *plan, int32_t clause);
int     actor_order(const tr_plan *plan, uint64_t bits, int32_t order[64]); /* kind, then id */
bool    meets(const tr_incident *incident, tr_span span); /* begin TR_TIME_NONE: all time */
int64_t count_of(tr_triple t, tr_set set);
/* Active, or under review, which stands until the body decides. */
bool stands(const tr_view *view, const tr_board_row *row);
bool under_review(const tr_view *view, const tr_board_row *row);
/* "live"; of one that is held with the reason. */
const char *status_words(const tr_view *view, int64_t observation);
int64_t     distance_of(const tr_plan *plan, const tr_board_row *row); /* -1 when none applies */
tr_str      instance_id(tr_arena *at, const tr_plan *plan, int32_t instance, const tr_mission *m);
tr_str      incident_id(tr_arena *at, const tr_incident *incident);
tr_str      finding_id(tr_arena *at, const tr_finding *finding);
tr_str      side_of(const tr_plan *plan, const tr_incident *incident); /* "undetermined" or an id */
tr_place    coarse_place(tr_place place); /* 0.1 degree cell: its centre and a radius around it */
tr_incident coarse_incident(const tr_incident *incident, const tr_tz *tz); /* cell and day */
const char *mode_name(const tr_mission *m);
/* The condition that stands for a timeline and for a default count: the first threshold's first
 * on-condition.  NULL when the agreement has no threshold. */
const tr_condition *first_condition(const tr_plan *plan, int32_t *clause);
typedef TR_VEC(tr_str) strings;
void notices(const tr_view *view, tr_arena *at, strings *list);
/* Live incidents that meet the span, ordered by (begin, id). */
void incidents_in(const tr_view *view, tr_arena *at, tr_span span, tr_indices *list);
/* Findings of a query's clause and span, in the mission's order. */
void findings_in(const tr_view *view, tr_arena *at, const tr_list_query *query, tr_findings *list);
#define NOT_RELEASED                                                                               \
    "no finding has been released to the public; drafts, texts and observers stay with the "       \
    "mission"

/* ---- clause.c: one clause of the board ---- */
void put_clause_words(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row);
void        put_due(tr_out *out, const tr_plan *plan, const tr_due *due);
void        put_clause_json(json *j, tr_arena at, const tr_view *view, const tr_board_row *row);
void        put_instance_json(json *j, tr_arena at, const tr_view *view, int32_t instance);
const char *instance_state(const tr_instance *instance);
/* Its count; under review as published and, where that differs, by the facts of now. */
void put_instance_count(tr_out *out, const tr_view *view, int32_t instance);
bool count_moved(const tr_view *view, int32_t instance);
/* Is the step an option whose time ran out without use?  Then its state is void. */
bool        lapsed(const tr_view *view, int32_t instance, const tr_step_run *run);
const char *run_name(const tr_view *view, int32_t instance, const tr_step_run *run);
void        put_zero(tr_out *out, const tr_plan *plan, const tr_step *step);
/* "zero + within = due", both moments local and UTC. */
void put_clock(tr_out *out, const tr_plan *plan, const tr_step_run *run);
enum { STEPS_ROOM = 256 };

/* ---- beside.c: what is stated beside the terms ---- */
void words_stated(tr_out *out, const tr_plan *plan, int32_t clause);
void json_stated(json *j, const tr_plan *plan, int32_t clause);
void json_cites(json *j, const tr_plan *plan, int32_t clause); /* "cites", "codes" */
/* Chains as a tree, the root first, two blanks for each link further from it. */
void put_provenance(tr_out *out, const tr_beside *beside, tr_chains from, int indent);
void json_from(json *j, const tr_beside *beside, tr_chains from);
/* "2025-12-14 to 2025-12-15", "date not stated" */
void put_days(tr_out *out, const tr_plan *plan, tr_span when);
void json_when(json *j, tr_span when);
void put_beside_text(tr_out *out, const tr_plan *plan);
void json_beside(json *j, const tr_plan *plan);

/* ---- list.c ---- */
void put_incident_json(json *j, tr_arena at, const tr_view *view, const tr_incident *incident,
                       const tr_finding *finding); /* members of an open object */
void put_place_json(json *j, const tr_plan *plan, const tr_place *place);

/* ---- tally.c ---- */
void put_tally_words(tr_out *out, const tr_view *view, const tr_tally *tally);

/* ---- flip.c: the smallest change that flips a result, one sentence ---- */
void put_flip_finding(tr_out *out, const tr_view *view, const tr_finding *finding);
void put_flip_clause(tr_out *out, tr_arena at, const tr_view *view, const tr_board_row *row);
void put_flip_instance(tr_out *out, const tr_view *view, int32_t instance);

/* ---- standing.c: amounts, shares and duties that recur, actor by actor ---- */
bool put_standing_bindings(tr_out *out, tr_arena at, const tr_view *view, int32_t clause);
void put_standing(tr_out *out, tr_arena at, const tr_view *view, int32_t clause);

/* ---- subject.c: what an id names ---- */
typedef enum { SUBJECT_FINDING, SUBJECT_INCIDENT, SUBJECT_CLAUSE, SUBJECT_INSTANCE } subject_kind;
typedef struct {
    subject_kind kind;
    tr_finding   finding;  /* of a finding */
    int32_t      incident; /* of a finding or an incident */
    int32_t      clause;   /* of a finding, a clause or an activation; -1 for an incident */
    int32_t      instance; /* of an activation; else -1 */
} subject;
bool subject_read(const tr_view *view, tr_arena at, tr_str id, subject *s, tr_err *err);
/* All bodies under the source and src_id of an incident's anchor, in order of recording. */
typedef TR_VEC(int64_t) rows;
void observations_of(const tr_view *view, tr_arena *at, int32_t incident, rows *list);

/* Statements of parties on an incident: by author's id, then entry. */
typedef struct {
    tr_str      by;
    const char *stance; /* "contests", "withdrawn", "alleges" */
    tr_str      text;
    int64_t     entry;
} statement;
typedef TR_VEC(statement) statements;
void statements_on(const tr_view *view, tr_arena *at, int32_t incident, statements *list);

/* ---- paper.c: a report as blocks, printed as text or HTML ----
 * Text in blocks is plain UTF-8 with three kinds of marks, made of control characters that no
 * text of a source can hold: MARK_REF digits MARK_END, a numbered reference; MARK_SOURCE ..
 * MARK_END, words of a source; MARK_BOLD .. MARK_END. */
enum { MARK_REF = 1, MARK_SOURCE = 2, MARK_BOLD = 3, MARK_END = 4 };
typedef enum { BLOCK_SECTION, BLOCK_PARAGRAPH, BLOCK_TABLE } block_kind;
typedef struct {
    block_kind kind;
    tr_str     text; /* heading, paragraph, caption of a table */
    int32_t    columns;
    strings    cell; /* header row first; [columns * rows] */
} block;
typedef struct {
    const tr_view *view;
    tr_arena      *at;
    tr_span        span;
    tr_str         title;
    TR_VEC(block) blocks;
    strings refs; /* rule, range and head of reference 1, 2, ... */
} paper;
void   paper_section(paper *p, const char *title);
void   paper_paragraph(paper *p, tr_str text);
block *paper_table(paper *p, tr_str caption, int32_t columns, const char *const *header);
void   paper_cell(paper *p, block *table, tr_str text);
/* Adds a reference (the same text once) and puts its mark. */
void paper_ref(paper *p, tr_out *out, tr_str what);
void put_marked(tr_out *out, tr_str text); /* words of a source */
void paper_text(tr_out *out, const paper *p);
void paper_html(tr_out *out, const paper *p);
/* period.c */
bool period_write(paper *p, tr_err *err);

#endif
