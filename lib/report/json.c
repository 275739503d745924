/* json.c -- writing ordinary JSON: members in the order written, moments as RFC 3339 UTC. */
#include "report/inside.h"

#include "base/time.h"
#include "codec/json.h"

static void begin(json *j, const char *name)
{
    if (j->more)
        tr_put_char(j->out, ',');
    if (name)
        tr_put(j->out, "\"%s\":", name);
    j->more = true;
}

void json_open(json *j, const char *name, char bracket)
{
    begin(j, name);
    tr_put_char(j->out, bracket);
    j->more = false;
}

void json_close(json *j, char bracket)
{
    tr_put_char(j->out, bracket);
    j->more = true;
}

void json_text(json *j, const char *name, tr_str text)
{
    begin(j, name);
    tr_put_json_str(j->out, text);
}

void json_word(json *j, const char *name, const char *word)
{
    json_text(j, name, tr_str_of(word));
}

void json_int(json *j, const char *name, int64_t value)
{
    begin(j, name);
    tr_put(j->out, "%lld", (long long)value);
}

void json_flag(json *j, const char *name, bool value)
{
    begin(j, name);
    tr_put(j->out, "%s", value ? "true" : "false");
}

void json_time(json *j, const char *name, tr_time t)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX)
        return;
    begin(j, name);
    tr_put_char(j->out, '"');
    put_rfc3339(j->out, t);
    tr_put_char(j->out, '"');
}

void json_count(json *j, const char *name, int64_t value)
{
    if (value == TR_COUNT_UNBOUNDED)
        json_word(j, name, "unbounded");
    else
        json_int(j, name, value);
}

void json_triple(json *j, const char *name, tr_triple t)
{
    json_open(j, name, '[');
    json_count(j, NULL, t.certain);
    json_count(j, NULL, t.best);
    json_count(j, NULL, t.possible);
    json_close(j, ']');
}

static int64_t widened(int32_t value)
{
    return value == TR_UNBOUNDED ? TR_COUNT_UNBOUNDED : value;
}

void json_three(json *j, const char *name, int32_t low, int32_t best, int32_t high)
{
    json_triple(j, name, (tr_triple){widened(low), widened(best), widened(high)});
}

void json_degrees(json *j, const char *name, int32_t e7)
{
    begin(j, name);
    put_degrees(j->out, e7);
}

void json_point(json *j, tr_point p)
{
    json_open(j, NULL, '[');
    json_degrees(j, NULL, p.lon);
    json_degrees(j, NULL, p.lat);
    json_close(j, ']');
}

void json_actors(json *j, const char *name, const tr_plan *plan, uint64_t bits)
{
    int32_t order[64];
    int     count = actor_order(plan, bits, order);
    json_open(j, name, '[');
    for (int i = 0; i < count; i++)
        json_text(j, NULL, plan->actor[order[i]].id);
    json_close(j, ']');
}

void json_head(json *j, const tr_view *view)
{
    char root[65];
    tr_hash_hex(&view->head.root, root);
    json_open(j, "head", '{');
    json_int(j, "size", (int64_t)view->head.size);
    json_word(j, "root", root);
    json_flag(j, "witnessed", false);
    json_close(j, '}');
}
