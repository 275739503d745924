/* report.h -- text made from the state: for the terminal, the page, paper and other programs.
 *
 * Nothing here decides or counts: it prints what mission and verify answered.
 * Every number comes with its rule, window, effort and the head it was made
 * from.  JSON bodies have the forms of docs/API.md.
 */
#ifndef TR_REPORT_H
#define TR_REPORT_H

#include "mission/mission.h"

typedef enum { TR_AUDIENCE_MISSION, TR_AUDIENCE_PUBLIC } tr_audience;

/* What is looked at: a state, the head it was made from, for whom. */
typedef struct {
    const tr_mission *mission;
    tr_head           head;
    tr_audience       audience;    /* coarsening happens here, before bytes leave */
    tr_time           as_known_at; /* TR_TIME_NONE: now */
    tr_str            notice;      /* e.g. trial keys; printed in every head; may be empty */
} tr_view;

/* /api/board and `truce status`. */
void tr_put_board_json(tr_out *out, tr_arena scratch, const tr_view *view);
void tr_put_board_text(tr_out *out, tr_arena scratch, const tr_view *view);
void tr_put_map_json(tr_out *out, tr_arena scratch, const tr_view *view);

/* Lists of findings.  A span with begin TR_TIME_NONE means all time. */
typedef struct {
    int32_t clause; /* index, or -1 */
    tr_span span;
    int64_t after; /* cursor: rank of the last one seen, -1 to begin */
    int64_t limit;
} tr_list_query;
void tr_put_findings_json(tr_out *out, tr_arena scratch, const tr_view *view,
                          const tr_list_query *query);
void tr_put_incidents_json(tr_out *out, tr_arena scratch, const tr_view *view,
                           const tr_list_query *query);
void tr_put_findings_text(tr_out *out, tr_arena scratch, const tr_view *view,
                          const tr_list_query *query);
void tr_put_findings_csv(tr_out *out, tr_arena scratch, const tr_view *view,
                         const tr_list_query *query);
void tr_put_findings_geojson(tr_out *out, tr_arena scratch, const tr_view *view,
                             const tr_list_query *query);

/* step: 'd' or 'w', calendar days or ISO weeks of the agreement's zone. */
void tr_put_timeline_json(tr_out *out, tr_arena scratch, const tr_view *view, char step,
                          tr_span span);

/* A finding, incident, clause label or activation, by id.  False: nothing of that name. */
bool tr_put_explain_json(tr_out *out, tr_arena scratch, const tr_view *view, tr_str id,
                         tr_err *err);
bool tr_put_explain_text(tr_out *out, tr_arena scratch, const tr_view *view, tr_str id,
                         tr_err *err);

void tr_put_tally_json(tr_out *out, tr_arena scratch, const tr_view *view, const tr_tally *tally);
void tr_put_tally_text(tr_out *out, tr_arena scratch, const tr_view *view, const tr_tally *tally);

typedef enum { TR_FORMAT_TEXT, TR_FORMAT_HTML, TR_FORMAT_CSV, TR_FORMAT_GEOJSON } tr_format;
bool tr_format_read(tr_str name, tr_format *format);
/* The period report over [from, to). */
bool tr_put_report(tr_out *out, tr_arena scratch, const tr_view *view, tr_span span,
                   tr_format format, tr_err *err);

/* The table of positions of a draft, from its plan alone: matrix, shares, open points. */
void tr_put_positions_text(tr_out *out, const tr_plan *plan);
void tr_put_positions_json(tr_out *out, const tr_plan *plan);

#endif
