/* group.c -- groups of actors, whose members join and leave by the record.
 *
 *     group CW "Coalition" of FR, GB
 *     3.1 CW through FR must report to JMC ...
 *
 * A group has no hands of its own: a clause names who acts for it, and binds that one while it is
 * a member.
 */
#include "terms/front.h"

void parse_group(front *f)
{
    static const char hint[] = "Write: group CW \"Coalition\" of FR, GB";
    tr_actor          group = {.kind = TR_ACTOR_GROUP};
    tr_text_span      span;
    if (!need_name(f, &group.id, &span, "a short name", hint))
        return;
    bool room = front_declare(f, SYM_ACTOR, group.id, span, f->plan.actors, FRONT_ACTORS);
    if (room)
        f->plan.actors++;
    if (need_string(f, &group.name, "the full name in quotes", hint) &&
        front_actor_names(f, room ? f->plan.actors - 1 : -1, true) && need_word(f, "of", hint))
        front_actor_list(f, &group.members);
    if (!room)
        return;
    group.organ[0] = front_organ(f, group.id);
    group.organ[1] = front_organ(f, group.name);
    f->actor[f->plan.actors - 1] = group;
    for (int32_t a = 0; a < f->plan.actors; a++)
        if (group.members >> a & 1 && f->actor[a].kind == TR_ACTOR_GROUP)
            front_report(f,
                         (report){TR_E_GROUP_ACTS, span, NULL,
                                  "Name parties, guarantors, witnesses or bodies.", false},
                         "the group \"%s\" has a group as its member",
                         front_quote(group.id).z);
}

static int32_t group_in(const front *f, uint64_t actors)
{
    for (int32_t a = 0; a < f->plan.actors; a++)
        if (actors >> a & 1 && f->actor[a].kind == TR_ACTOR_GROUP)
            return a;
    return -1;
}

bool front_through(front *f, uint64_t *actors, tr_text_span who)
{
    static const char hint[] = "Write: CW through FR must ..., with a member that acts.";
    int32_t           group = group_in(f, *actors);
    if (!take_word(f, "through")) {
        if (group >= 0)
            front_report(f,
                         (report){TR_E_GROUP_ACTS, who,
                                  "What all must do together, nobody could be found not to have "
                                  "done.",
                                  hint, false},
                         "the duty of the group \"%s\" does not say who acts",
                         front_quote(f->actor[group].id).z);
        return true;
    }
    if (group < 0 || (*actors & (*actors - 1)) != 0)
        front_report(f, (report){TR_E_GROUP_ACTS, who, NULL, hint, false},
                     "\"through\" stands after what is not one group");
    else
        clause_now(f)->group = group + 1;
    *actors = 0;
    who = f->tok.span;
    if (!front_actor_list(f, actors))
        return false;
    group = group_in(f, *actors);
    if (group >= 0)
        front_report(f,
                     (report){TR_E_GROUP_ACTS, span_join(who, f->last.span), NULL,
                              "Name a member that acts.", false},
                     "the group \"%s\" cannot act for a group",
                     front_quote(f->actor[group].id).z);
    return true;
}
