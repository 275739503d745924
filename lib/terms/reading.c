/* reading.c -- a clause in plain words, from the plan alone: what was compiled, not what was typed.
 */
#include "terms/reading.h"

#include "terms/front.h"

#include <stdio.h>

static void put_stretch(tr_out *out, tr_stretch s)
{
    if (s.days >= 0)
        tr_put(out, "%lld calendar day%s", (long long)s.days, s.days == 1 ? "" : "s");
    else if (s.ns % TR_HOUR == 0)
        tr_put(out, "%lld elapsed hour%s", (long long)(s.ns / TR_HOUR), s.ns == TR_HOUR ? "" : "s");
    else if (s.ns % TR_MINUTE == 0)
        tr_put(out, "%lld minute%s", (long long)(s.ns / TR_MINUTE), s.ns == TR_MINUTE ? "" : "s");
    else
        tr_put(out, "%lld second%s", (long long)(s.ns / TR_SECOND), s.ns == TR_SECOND ? "" : "s");
}

static void put_actors(tr_out *out, const tr_plan *plan, uint64_t bits)
{
    int32_t left = __builtin_popcountll(bits);
    for (int32_t i = 0; i < plan->actors; i++)
        if (bits >> i & 1) {
            tr_put_str(out, plan->actor[i].name);
            left--;
            tr_put(out, "%s", left > 1 ? ", " : left == 1 ? " and " : "");
        }
}

static void put_zone(tr_out *out, const tr_plan *plan, int32_t zone)
{
    if (zone < 0)
        tr_put(out, "anywhere in the area");
    else {
        tr_put(out, "in the zone %.*s%s", TR_FMT(plan->zone[zone].zone.name),
               plan->zone[zone].coarse ? " (coarse)" : "");
        read_zone_parts(out, plan, zone);
    }
}

static void put_kinds(tr_out *out, uint64_t kinds)
{
    bool more = false;
    for (int i = 0; i < TR_KINDS; i++) {
        tr_kind up = tr_kind_parent((tr_kind)i);
        bool    by_parent = up != (tr_kind)i && kinds >> up & 1;
        if (!(kinds >> i & 1) || by_parent)
            continue;
        tr_put(out, "%s%s", more ? ", " : "", tr_kind_name((tr_kind)i));
        more = true;
    }
}

static void put_when(tr_out *out, const tr_plan *plan, tr_time t)
{
    tr_put_local(out, t, plan->tz);
    tr_put(out, " (");
    tr_put_str(out, tr_tz_name(plan->tz));
    tr_put(out, ")");
}

static void put_percent(tr_out *out, int32_t ppm)
{
    int places = 4, part = ppm % 10000;
    for (; part > 0 && part % 10 == 0; part /= 10)
        places--;
    if (part == 0)
        tr_put(out, "%d %%", ppm / 10000);
    else
        tr_put(out, "%d.%0*d %%", ppm / 10000, places, part);
}

void reading_actors(tr_out *out, const tr_plan *plan, uint64_t bits)
{
    put_actors(out, plan, bits);
}

void reading_moment(tr_out *out, const tr_plan *plan, tr_time t)
{
    put_when(out, plan, t);
}

void reading_kinds(tr_out *out, uint64_t kinds)
{
    put_kinds(out, kinds);
}

void reading_percent(tr_out *out, int32_t ppm)
{
    put_percent(out, ppm);
}

void reading_stretch(tr_out *out, tr_stretch stretch)
{
    put_stretch(out, stretch);
}

static void read_gate(tr_out *out, const tr_gate *gate)
{
    const char *join = " with ";
    if (gate->confidence_ppm > 0) {
        tr_put(out, "%sa confidence of at least ", join);
        put_percent(out, gate->confidence_ppm);
        join = ", ";
    }
    if (gate->sources > 0) {
        tr_put(out, "%sat least %d independent source%s", join, gate->sources,
               gate->sources == 1 ? "" : "s");
        join = ", ";
    }
    if (gate->rung > 0) {
        tr_put(out, "%sattribution at rung %d or better", join, gate->rung);
        join = ", ";
    }
}

static void read_permit_step(tr_out *out, const tr_plan *plan, const tr_permit_step *s)
{
    static const char *const words[] = {
        [TR_PERMIT_PLANNED] = " a plan or notice that covers it stood on record",
        [TR_PERMIT_REQUESTED] = " a request to %s that covers it stood on record",
        [TR_PERMIT_NOTIFIED] = " a notice to %s that covers it stood on record",
        [TR_PERMIT_GRANTED] = " it was granted by %s",
        [TR_PERMIT_ACKNOWLEDGED] = " it was acknowledged by %s",
        [TR_PERMIT_AGREED] = " it was agreed by %s"};
    tr_str      who = s->actor >= 0 ? plan->actor[s->actor].name : TR_STR("whoever was asked");
    const char *text = words[s->kind], *place = strstr(text, "%s");
    if (place) {
        tr_put_bytes(out, text, place - text);
        tr_put_str(out, who);
        text = place + 2;
    }
    tr_put(out, "%s ", text);
    if (s->lead.days > 0 || s->lead.ns > 0) {
        tr_put(out, "at least ");
        put_stretch(out, s->lead);
        tr_put_char(out, ' ');
    }
    tr_put(out, "before it began");
}

static void read_exception(tr_out *out, const tr_plan *plan, const tr_exception *e)
{
    const char *join = " where";
    tr_put(out, "Exception %.*s (%.*s)%s", TR_FMT(e->label), TR_FMT(e->title),
           e->permits ? " permits it" : " forbids it all the same");
    if (e->from >= 0) {
        tr_put(out, "%s %.*s applies", join, TR_FMT(plan->exception[e->from].label));
        join = " and";
    }
    if (e->exercise) {
        tr_put(out, "%s it is labelled an exercise", join);
        join = " and";
    }
    if (e->operated_by >= 0) {
        tr_put(out, "%s its source is owned by ", join);
        tr_put_str(out, plan->actor[e->operated_by].name);
        join = " and";
    }
    for (int32_t i = 0; i < e->steps; i++) {
        tr_put(out, "%s", e->step[i].then ? ", and after that" : join);
        read_permit_step(out, plan, &e->step[i]);
        join = " and";
    }
    for (int32_t i = 0; i < plan->exceptions; i++)
        if (e->over >> i & 1)
            tr_put(out, "; it prevails over %.*s", TR_FMT(plan->exception[i].label));
    tr_put(out, ". ");
}

static void put_clock(tr_out *out, int32_t second)
{
    tr_put(out, "%02d:%02d", second / 3600, second / 60 % 60);
    if (second % 60 > 0)
        tr_put(out, ":%02d", second % 60);
}

void tr_put_daily(tr_out *out, const tr_daily *daily)
{
    put_clock(out, daily->from_s);
    tr_put(out, " to ");
    put_clock(out, daily->to_s);
}

static void read_prohibition(tr_out *out, const tr_plan *plan, const tr_prohibition *p)
{
    put_actors(out, plan, p->actors);
    tr_put(out, " must not %.*s %.*s (", TR_FMT(p->act), TR_FMT(plan->class_[p->class_].name));
    put_kinds(out, plan->class_[p->class_].kinds);
    tr_put(out, ") ");
    put_zone(out, plan, p->zone);
    if (p->begin != TR_TIME_NONE) {
        tr_put(out, ", from ");
        put_when(out, plan, p->begin);
    }
    if (p->end != TR_TIME_MAX) {
        tr_put(out, ", until ");
        put_when(out, plan, p->end);
    }
    if (p->daily.stated) {
        tr_put(out, ", each day from ");
        tr_put_daily(out, &p->daily);
        tr_put(out, "%s, local time", p->daily.to_s < p->daily.from_s ? " of the next day" : "");
    }
    tr_put(out, ". ");
    read_binding(out, plan, &p->once, &p->needs);
    for (int32_t i = p->except; i < p->except + p->excepts; i++)
        if (plan->exception[i].permission < 0)
            read_exception(out, plan, &plan->exception[i]);
        else
            tr_put(out, "\xC2\xA7%.*s permits some of it. ", TR_FMT(plan->exception[i].label));
    const tr_gate *gate = p->gate >= 0 ? &plan->gate[p->gate] : NULL;
    if (gate && (gate->confidence_ppm > 0 || gate->sources > 0 || gate->rung > 0)) {
        tr_put(out, "A finding of a breach needs an incident");
        read_gate(out, gate);
    } else {
        tr_put(out, "Any recorded incident is a finding of a breach");
    }
    tr_put(out, ". ");
    if (p->coverage_ppm > 0) {
        tr_put(out, "Without one it counts as complied only where at least ");
        put_percent(out, p->coverage_ppm);
        tr_put(out, " of its place and time was watched. ");
    }
}

static void read_permission(tr_out *out, const tr_plan *plan, const tr_permission *p)
{
    const tr_exception *e = &plan->exception[p->exception];
    put_actors(out, plan, p->actors);
    tr_put(out, " may %.*s %.*s (", TR_FMT(p->act), TR_FMT(plan->class_[e->class_].name));
    put_kinds(out, plan->class_[e->class_].kinds);
    tr_put(out, ") ");
    put_zone(out, plan, e->zone);
    if (e->begin != TR_TIME_NONE) {
        tr_put(out, ", from ");
        put_when(out, plan, e->begin);
    }
    if (e->end != TR_TIME_MAX) {
        tr_put(out, ", until ");
        put_when(out, plan, e->end);
    }
    for (int32_t i = 0; i < p->ofs; i++)
        tr_put(out, "%s\xC2\xA7%.*s", i ? ", " : ", although it is forbidden by ",
               TR_FMT(plan->clause[p->of[i]].label));
    const char *join = ", where";
    if (e->exercise) {
        tr_put(out, "%s it is labelled an exercise", join);
        join = " and";
    }
    if (e->operated_by >= 0) {
        tr_put(out, "%s its source is owned by ", join);
        tr_put_str(out, plan->actor[e->operated_by].name);
        join = " and";
    }
    for (int32_t i = 0; i < e->steps; i++) {
        tr_put(out, "%s", e->step[i].then ? ", and after that" : join);
        read_permit_step(out, plan, &e->step[i]);
        join = " and";
    }
    tr_put(out, ". ");
}

static void read_condition(tr_out *out, const tr_plan *plan, const tr_condition *c)
{
    static const char *const sets[] = {"certain", "best", "possible"};
    const tr_counting       *counting = &plan->counting[c->counting];
    tr_put(out, "the %s count by %s version %d of breaches of \xC2\xA7%.*s (", sets[c->set],
           tr_rule_name(counting->rule), counting->version, TR_FMT(plan->clause[c->of].label));
    put_kinds(out, c->kinds);
    tr_put(out, ") by ");
    if (c->by)
        tr_put_str(out, plan->actor[c->by - 1].name);
    else
        tr_put(out, "any party");
    tr_put(out, ", ");
    if (c->per)
        tr_put(out, "in %s sector of %.*s", c->most == INT64_MAX ? "any one" : "every",
               TR_FMT(plan->zone[c->per - 1].zone.name));
    else
        put_zone(out, plan, c->zone);
    tr_put(out, ", in the last ");
    put_stretch(out, c->window);
    if (c->most == INT64_MAX)
        tr_put(out, ", is %lld or more", (long long)c->least);
    else
        tr_put(out, ", is %lld or fewer", (long long)c->most);
}

static void read_hold(tr_out *out, tr_stretch hold)
{
    if (hold.days <= 0 && hold.ns == 0)
        return;
    tr_put(out, ", and this has held for ");
    put_stretch(out, hold);
}

static void read_counted(tr_out *out, const tr_plan *plan, const tr_threshold *t)
{
    static const char *const grades[] = {"none asked", "supported", "corroborated", "confirmed"};
    if (t->reg >= 0)
        tr_put(out, "Counted are the rows of \"%.*s\"", TR_FMT(plan->reg[t->reg].name));
    else
        tr_put(out, "Counted are incidents");
    if (t->from != TR_TIME_NONE) {
        tr_put(out, " that begin at or after ");
        put_when(out, plan, t->from);
    }
    tr_put(out,
           ", attribution at rung %d or better, corroboration %s, exercises %s, contested findings "
           "%s. ",
           t->rung, grades[t->corroboration], t->exercises ? "in" : "out",
           t->contested ? "in" : "out");
    tr_put(out, "%s",
           t->late == TR_LATE_AS_KNOWN
               ? "Late facts count from their recording and never move an old activation."
               : "Late facts move the moment of activation to when it happened.");
    if (t->review)
        tr_put(out, " An activation that later facts undercut is reviewed, never silently undone.");
    tr_put_char(out, ' ');
}

static void read_threshold(tr_out *out, const tr_plan *plan, const tr_clause *clause)
{
    const tr_threshold *t = &clause->u.threshold;
    tr_put(out, "The clause %.*s ", TR_FMT(clause->name));
    if (t->against) {
        tr_put(out, "against ");
        put_actors(out, plan, t->against);
        tr_put_char(out, ' ');
    }
    tr_put(out, "becomes active when ");
    for (int32_t i = 0; i < t->ons; i++) {
        tr_put(out, "%s", i > 0 ? "; or when " : "");
        read_condition(out, plan, &t->on[i]);
    }
    read_hold(out, t->on_hold);
    tr_put(out, ". It ends when ");
    for (int32_t i = 0; i < t->offs; i++) {
        tr_put(out, "%s", i > 0 ? "; and " : "");
        read_condition(out, plan, &t->off[i]);
    }
    read_hold(out, t->off_hold);
    tr_put(out, ". ");
    read_counted(out, plan, t);
    read_decided(out, plan, t);
    read_responses(out, plan, (int32_t)(clause - plan->clause));
}

static void read_zero(tr_out *out, const tr_plan *plan, const tr_step *s)
{
    tr_str label = s->zero_clause >= 0 ? plan->clause[s->zero_clause].label : (tr_str){0};
    switch (s->zero) {
    case TR_ZERO_ACTIVATION:
        tr_put(out, "the activation of \xC2\xA7%.*s", TR_FMT(plan->clause[s->on].label));
        break;
    case TR_ZERO_FIRST_BREACH:
        tr_put(out, "the first breach of the episode");
        break;
    case TR_ZERO_STEP_DONE:
        tr_put(out, "the fulfilment of \xC2\xA7%.*s", TR_FMT(label));
        break;
    case TR_ZERO_STEP_NOTIFIED:
        tr_put(out, "the acknowledgement of \xC2\xA7%.*s", TR_FMT(label));
        break;
    case TR_ZERO_IN_FORCE:
        tr_put(out, "the entry into force");
        break;
    case TR_ZERO_SIGNATURE:
        tr_put(out, "the signature");
        break;
    }
}

static void read_step(tr_out *out, const tr_plan *plan, const tr_step *s)
{
    tr_put(out, "When \xC2\xA7%.*s is active, ", TR_FMT(plan->clause[s->on].label));
    tr_put_str(out, plan->actor[s->actor].name);
    tr_put(out, " %s %.*s", s->must ? "must" : "may", TR_FMT(s->act));
    if (s->to) {
        tr_put_char(out, ' ');
        put_actors(out, plan, s->to);
    }
    if (s->within.days < 0 && s->within.ns == 0) {
        tr_put(out, " at once, with ");
    } else {
        tr_put(out, " within ");
        put_stretch(out, s->within);
        tr_put(out, " of ");
    }
    read_zero(out, plan, s);
    tr_put(out, "%s. ", s->unless_ended ? ", unless the clause ends first" : "");
    for (int32_t i = 0; i < plan->acts; i++) {
        const tr_act *act = &plan->act[i];
        if (!tr_str_eq(act->name, s->act))
            continue;
        tr_put(out, "It is done when ");
        tr_put_str(out, plan->actor[act->by >= 0 ? act->by : s->actor].name);
        tr_put(out, " %s ", act->publishes ? "publishes" : "reports");
        tr_put_str(out, act->report);
        tr_put(out, ". ");
    }
}

static void read_due(tr_out *out, const tr_plan *plan, const tr_due *due)
{
    if (due->kind == TR_DUE_DATE) {
        tr_put(out, "by ");
        put_when(out, plan, due->date);
        return;
    }
    if (due->within.days < 0 && due->within.ns == 0) {
        tr_put(out, "at once, with ");
    } else {
        tr_put(out, "within ");
        put_stretch(out, due->within);
        tr_put(out, " of ");
    }
    if (due->zero_clause >= 0)
        tr_put(out, "the %s of \xC2\xA7%.*s",
               due->zero == TR_ZERO_STEP_NOTIFIED ? "beginning" : "fulfilment",
               TR_FMT(plan->clause[due->zero_clause].label));
    else
        tr_put(out, due->zero == TR_ZERO_SIGNATURE ? "the signature" : "the entry into force");
}

static void read_act(tr_out *out, const tr_plan *plan, const tr_obligation *o)
{
    const tr_act *act = &plan->act[o->act_at];
    tr_put(out, "It is done when ");
    if (act->seen) {
        tr_put(out, "no %.*s was seen ", TR_FMT(plan->class_[o->class_].name));
        put_zone(out, plan, o->zone);
        tr_put(out, " for ");
        put_stretch(out, (tr_stretch){-1, act->hold_ns});
        tr_put(out, " of which at least ");
        put_percent(out, act->coverage_ppm);
        tr_put(out, " was watched; what is attributed to another party does not count. ");
        return;
    }
    if (act->by >= 0)
        tr_put_str(out, plan->actor[act->by].name);
    else
        tr_put(out, "the actor");
    tr_put(out, " %s ", act->publishes ? "publishes" : "reports");
    tr_put_str(out, act->report);
    tr_put(out, ". ");
}

static void read_obligation(tr_out *out, const tr_plan *plan, const tr_obligation *o)
{
    put_actors(out, plan, o->actors);
    tr_put(out, "%s must %.*s", __builtin_popcountll(o->actors) > 1 ? " each" : "", TR_FMT(o->act));
    if (plan->act[o->act_at].with.len > 0)
        tr_put(out, " %.*s", TR_FMT(plan->act[o->act_at].with));
    if (o->class_ >= 0) {
        tr_put(out, " %.*s (", TR_FMT(plan->class_[o->class_].name));
        put_kinds(out, plan->class_[o->class_].kinds);
        tr_put(out, ") ");
        put_zone(out, plan, o->zone);
    }
    if (o->to) {
        tr_put_char(out, ' ');
        put_actors(out, plan, o->to);
    }
    if (o->begin.kind != TR_DUE_NONE) {
        tr_put(out, ", to begin ");
        read_due(out, plan, &o->begin);
        tr_put(out, " and to finish");
    }
    tr_put_char(out, ' ');
    if (o->each.kind != TR_EACH_NONE)
        read_each(out, plan, &o->each);
    else if (o->finish.kind == TR_DUE_NONE)
        tr_put(out, "with no deadline: it can never be breached");
    else
        read_due(out, plan, &o->finish);
    tr_put(out, ". ");
    read_binding(out, plan, &o->once, &o->needs);
    read_act(out, plan, o);
}

void tr_put_meaning(tr_out *out, const tr_plan *plan, int32_t index)
{
    const tr_clause *clause = &plan->clause[index];
    tr_put(out, "\xC2\xA7%.*s", TR_FMT(clause->label));
    if (clause->article.len > 0)
        tr_put(out, " (%.*s)", TR_FMT(clause->article));
    tr_put(out, ": ");
    if (clause->kind == TR_CLAUSE_PROHIBITION)
        read_prohibition(out, plan, &clause->u.prohibition);
    else if (clause->kind == TR_CLAUSE_THRESHOLD)
        read_threshold(out, plan, clause);
    else if (clause->kind == TR_CLAUSE_OBLIGATION)
        read_obligation(out, plan, &clause->u.obligation);
    else if (clause->kind == TR_CLAUSE_PERMISSION)
        read_permission(out, plan, &clause->u.permission);
    else if (clause->kind == TR_CLAUSE_FORCE)
        read_force(out, plan, &clause->u.force);
    else if (clause->kind == TR_CLAUSE_EFFECT)
        read_effect(out, plan, &clause->u.effect);
    else if (clause->kind == TR_CLAUSE_MILESTONE)
        read_milestone(out, plan, &clause->u.milestone);
    else if (clause->kind == TR_CLAUSE_QUANTITY)
        read_quantity(out, plan, &clause->u.quantity);
    else if (clause->kind == TR_CLAUSE_SHARE)
        read_share(out, plan, &clause->u.share);
    else if (clause->kind == TR_CLAUSE_STATED)
        read_stated(out, plan, &clause->u.stated);
    else
        read_step(out, plan, &clause->u.step);
    read_group(out, plan, clause);
}

void tr_put_reading(tr_out *out, const tr_plan *plan, int32_t index)
{
    tr_put_meaning(out, plan, index);
    read_cites(out, plan, index);
    out->buf.len--; /* the blank after the last sentence */
    tr_put_char(out, '\n');
}
