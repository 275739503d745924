/* schema.h -- judge a JSON value by a line of the schema language of entries.def.
 *
 *     tr_schema_check("kind:id n:uint", body, TR_STR("body"), NULL, &err)
 *
 * Used for envelopes, bodies and rows.  Total: any JSON value gives an answer.
 */
#ifndef TR_SCHEMA_H
#define TR_SCHEMA_H

#include "codec/json.h"

/* Called for every ref ('r') and blob ('b') met, in the order of the schema. */
typedef struct {
    void (*visit)(void *context, char kind, const tr_json *value);
    void *context;
} tr_schema_seen;

/* Does `object` hold the members of `schema` and no others?  `what` names it in errors;
 * `seen` may be NULL. */
bool tr_schema_check(const char *schema, const tr_json *object, tr_str what,
                     const tr_schema_seen *seen, tr_err *err);

#endif
