/* shape.h -- what the readers of lines and of zones share; private to lib/terms. */
#ifndef TR_TERMS_SHAPE_H
#define TR_TERMS_SHAPE_H

#include "terms/front.h"

typedef TR_VEC(tr_point) shape_points;

/* What is being read, for messages. */
typedef struct {
    tr_str       name;
    const char  *what; /* "line" or "zone" */
    tr_text_span span; /* of the shape in the text */
} shape_said;
shape_said shape_said_of(front *f, const char *what, tr_str name, tr_text_span begin);
/* An error of lib/geo, at the shape. */
void shape_report(front *f, const shape_said *said, const tr_err *err);
/* The area must stand above: said once. */
void shape_ask_area(front *f);

/* Corners typed in: POINT, POINT ...; ends before what is no point. */
bool shape_corners(front *f, tr_point first, shape_points *list);
/* After `from`: STRING [feature STRING] [versions by date], the last of a line only. */
bool shape_file(front *f, const shape_said *said, bool line, shape_rings *rings, tr_str *file);
/* Reports corners that look exchanged and edges across the 180th meridian; makes the box. */
bool shape_corners_ok(front *f, const shape_said *said, const tr_point *corner, int32_t corners,
                      tr_box *box);
/* Reports a shape wholly outside the agreement's area. */
void shape_inside(front *f, const shape_said *said, tr_box box);
/* NUMBER km|m, above 0 and at most 1000 km; 0 after a report when it cannot be used.  False after
 * what cannot be read on. */
bool shape_distance(front *f, int64_t *mm, const char *hint);

#endif
