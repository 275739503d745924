/* tally.c -- counting rules R-SMM and R-INC, version 1, over a stated span [from, to).
 *
 * R-SMM sums the happenings behind each item of the five kinds and of fire without a kind:
 * certain = sum of n_min over the certain set, best = sum of n_best over the best set, possible =
 * sum of n_max over the possible set; one count without an upper bound makes the sum unbounded.
 * R-INC counts items: one for each.  A contested item is best, not certain (possible only when
 * contested ones are out).  Over a partition of the span best is additive, certain
 * super-additive, possible sub-additive.
 */
#include "verify/cover.h"
#include "verify/judge.h"

static const tr_rule VERSION_1[] = {TR_RULE_SMM, TR_RULE_INC};

static bool computed(tr_rule rule)
{
    for (size_t i = 0; i < sizeof VERSION_1 / sizeof *VERSION_1; i++)
        if (VERSION_1[i] == rule)
            return true;
    return false;
}

static uint64_t fire_kinds(void)
{
    uint64_t kinds = 0;
    for (int kind = 0; kind < TR_KINDS; kind++)
        if (tr_kind_flags((tr_kind)kind) & TR_KIND_FIRE)
            kinds |= UINT64_C(1) << kind;
    return kinds;
}

/* The kinds that a query counts. */
static uint64_t kinds_of(const tr_tally_query *query)
{
    uint64_t all = query->rule == TR_RULE_SMM ? fire_kinds() : UINT64_MAX;
    return query->kinds == 0 ? all : query->kinds & all;
}

static tr_membership judge(const tr_plan *plan, const tr_tally_query *query, uint64_t kinds,
                           const tr_incident *incident)
{
    tr_judgement judgement = TR_JUDGEMENT;
    if (!incident->live || !(kinds >> incident->kind & 1) ||
        (query->source >= 0 && incident->source != query->source) ||
        (query->no_exercises && incident->exercise))
        return TR_IN_NONE;
    tr_limit_span(&judgement, incident, query->span.begin, query->span.end);
    if (judgement.in != TR_IN_NONE && query->clause >= 0)
        tr_limit_term(&judgement, plan, tr_plan_prohibition(plan, query->clause), incident);
    if (judgement.in != TR_IN_NONE)
        tr_limit_zone_of(
            &judgement, plan, query->zone,
            query->clause >= 0 ? tr_plan_prohibition(plan, query->clause)->actors : 0, incident);
    if (incident->contested)
        tr_limit(&judgement, query->no_contested ? TR_IN_POSSIBLE : TR_IN_BEST, TR_WHY_CONTESTED);
    return judgement.in;
}

static void add(int64_t *sum, int32_t n)
{
    *sum = n == TR_UNBOUNDED || *sum == TR_COUNT_UNBOUNDED ? TR_COUNT_UNBOUNDED : *sum + n;
}

/* Low over the certain set, best over the best, high over the possible. */
static void add_triple(tr_triple *sum, tr_membership in, int32_t low, int32_t best, int32_t high)
{
    if (in >= TR_IN_CERTAIN)
        add(&sum->certain, low);
    if (in >= TR_IN_BEST)
        add(&sum->best, best);
    if (in >= TR_IN_POSSIBLE)
        add(&sum->possible, high);
}

static tr_smm_part part_of(int flags)
{
    return flags & TR_KIND_SMM_EXPLOSION    ? TR_SMM_EXPLOSIONS
           : flags & TR_KIND_SMM_PROJECTILE ? TR_SMM_PROJECTILES
           : flags & TR_KIND_SMM_FLASH      ? TR_SMM_FLASHES
           : flags & TR_KIND_SMM_FLARE      ? TR_SMM_FLARES
           : flags & TR_KIND_SMM_SHOT       ? TR_SMM_SHOTS
                                            : TR_SMM_UNSPECIFIED;
}

/* Which part of the split of explosions: what is neither impact nor airburst is undetermined. */
static tr_triple *split_of(tr_tally *tally, int kind)
{
    return kind == TR_KIND_EXPLOSION_IMPACT_     ? &tally->impact
           : kind == TR_KIND_EXPLOSION_AIRBURST_ ? &tally->airburst
                                                 : &tally->undetermined;
}

static void count(tr_tally *tally, const tr_incident *incident, tr_membership in)
{
    bool    sum = tally->query.rule == TR_RULE_SMM;
    int32_t low = sum ? incident->n_min : 1;
    int32_t best = sum ? incident->n_best : 1;
    int32_t high = sum ? incident->n_max : 1;
    add_triple(&tally->count, in, low, best, high);
    if (sum) {
        tr_smm_part part = part_of(tr_kind_flags((tr_kind)incident->kind));
        add_triple(&tally->part[part], in, low, best, high);
        if (part == TR_SMM_EXPLOSIONS)
            add_triple(split_of(tally, incident->kind), in, low, best, high);
    }
    if (incident->exercise)
        add_triple(&tally->exercise, in, low, best, high);
    if (incident->contested)
        add_triple(&tally->contested, in, low, best, high);
    add_triple(&tally->deaths, in, incident->deaths_min, incident->deaths_best,
               incident->deaths_max);
}

bool tr_tally_run(const tr_plan *plan, const tr_incident *incident, int32_t incidents,
                  int64_t exposure_ns, const tr_tally_query *query, tr_tally *tally, tr_err *err)
{
    if (!computed(query->rule))
        return tr_fail(err, TR_E_RULE_NOT_YET,
                       "Count by R-SMM (sum of the five kinds) or R-INC (incidents).",
                       "rule %s is named but not computed", tr_rule_name(query->rule));
    if (query->span.begin > query->span.end)
        return tr_fail(err, TR_E_TALLY_SPAN, "Give the earlier moment first.",
                       "the span of the count ends before it begins");
    uint64_t kinds = kinds_of(query);
    bool     any = false;
    *tally = (tr_tally){.query = *query, .version = 1};
    for (int32_t i = 0; i < incidents; i++) {
        tr_membership in = judge(plan, query, kinds, &incident[i]);
        if (in != TR_IN_NONE)
            count(tally, &incident[i], in);
        any = any || in != TR_IN_NONE;
    }
    tally->exposure_ns = exposure_ns;
    tally->span_ns = tr_cover_ns(&query->span, 1, query->span);
    tally->not_observed = !any && tally->exposure_ns == 0;
    return true;
}
