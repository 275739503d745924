/* write.h -- inside lib/trial: bodies of entries from words, and who writes them. */
#ifndef TR_TRIAL_WRITE_H
#define TR_TRIAL_WRITE_H

#include "trial/run.h"

typedef struct {
    tr_role     role;
    tr_str      holder;
    tr_str      source; /* id of the source it speaks for */
    tr_platform platform;
} who;

/* members of a body */
void     case_text(run *r, tr_json *object, const char *name, tr_str text);
void     case_int(run *r, tr_json *object, const char *name, int64_t value);
void     case_time(run *r, tr_json *object, const char *name, tr_time t);
tr_json *case_span(run *r, tr_span span);
tr_json *case_count(run *r, const int64_t count[3]); /* INT64_MAX: without `max` */
tr_json *case_place(run *r, const tr_place *place);

/* Entry of that index in the record, row -1: the whole. */
tr_json *case_ref_to(run *r, int64_t index, int64_t row);

/* "party A", "body JC", "secretariat", "patrol P1" */
bool            case_who(run *r, words *w, who *by, tr_err *err);
const tr_actor *case_actor(const tr_plan *plan, tr_str id); /* NULL: nobody of that id */
/* "entry 4 [row 2]": its reference. */
bool case_ref(run *r, words *w, tr_json **ref, int64_t *row, tr_err *err);
bool case_source(run *r, tr_str id, tr_str kind, tr_err *err); /* registered, unless it is */
bool case_post(run *r, const who *by, tr_entry_type type, tr_json *body, tr_err *err);
/* One {new, old, path} of a correction. */
void case_change(run *r, tr_json *set, const tr_json *body, const char *path, tr_json *next);

/* deed.c: what was ratified, declared, measured, asked, said, granted, decided or planned. */
bool write_deed(run *r, words *w, tr_err *err);
/* The body that holds now of that entry; false without an error when it is no such statement. */
bool case_deed_now(run *r, const words *w, int64_t entry, tr_json **body, tr_err *err);
/* The member that says when it was: "happened", "period", "planned" or "span". */
const char *case_span_name(const tr_json *body);
/* "value to 790000", "date to 2026-02-09": false without an error when `word` is none of these. */
bool case_change_deed(run *r, words *w, tr_str word, const tr_json *body, tr_json *set,
                      const char **class_, tr_err *err);

#endif
