/* plan.c -- looking things up in a compiled agreement, and its arithmetic of time. */
#include "terms/plan.h"
#include "base/text.h"

static const char *const rules[TR_RULES] = {"R-SMM",    "R-ENG", "R-JFO",
                                            "R-LOCDAY", "R-INC", "R-SEV"};

const char *tr_rule_name(tr_rule rule)
{
    return rules[rule];
}

bool tr_rule_read(tr_str name, tr_rule *rule)
{
    for (int i = 0; i < TR_RULES; i++)
        if (tr_str_is(name, rules[i]))
            return *rule = (tr_rule)i, true;
    return false;
}

const char *tr_stance_name(tr_stance stance)
{
    static const char *const names[] = {"not_stated", "agrees", "reserves", "rejects", "proposes"};
    return names[stance];
}

tr_time tr_stretch_after(tr_time t, tr_stretch stretch, const tr_tz *zone)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX)
        return t;
    return stretch.days >= 0 ? tr_time_add_days(t, stretch.days, zone)
                             : tr_time_plus(t, stretch.ns);
}

tr_time tr_stretch_before(tr_time t, tr_stretch stretch, const tr_tz *zone)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX)
        return t;
    return stretch.days >= 0 ? tr_time_add_days(t, -stretch.days, zone)
                             : tr_time_plus(t, -stretch.ns);
}

int32_t tr_plan_clause(const tr_plan *plan, tr_str label)
{
    for (int32_t i = 0; i < plan->clauses; i++)
        if (tr_str_eq(plan->clause[i].label, label))
            return i;
    return -1;
}

int32_t tr_plan_clause_of(const tr_plan *plan, tr_str label, int32_t from)
{
    for (int32_t i = from; i < plan->clauses; i++)
        if (tr_str_eq(plan->clause[i].label, label) || tr_str_eq(plan->clause[i].base, label))
            return i;
    return -1;
}

int32_t tr_plan_zone_named(const tr_plan *plan, tr_str name)
{
    for (int32_t i = 0; i < plan->zones; i++)
        if (tr_str_eq(plan->zone[i].zone.name, name))
            return i;
    return -1;
}

bool tr_clause_binds(tr_clause_kind kind)
{
    return kind == TR_CLAUSE_PROHIBITION || kind == TR_CLAUSE_THRESHOLD ||
           kind == TR_CLAUSE_STEP || kind == TR_CLAUSE_OBLIGATION ||
           kind == TR_CLAUSE_QUANTITY || kind == TR_CLAUSE_SHARE;
}
