/* diff.c -- what changed from one text of an agreement to another, clause by clause.
 *
 * Subjects (fields.c) are matched by name: a clause by its label, a declaration by its sort and
 * name.  Equal values in other words are a change in words only; that includes what the plan does
 * not hold, such as a citation.
 */
#include "terms/tools.h"

#include "base/text.h"

typedef struct {
    const tr_plan    *plan;
    const tr_subject *subject;
    int32_t           subjects;
} side;

const char *tr_change_name(tr_change_kind kind)
{
    static const char *const names[] = {"added", "removed", "changed in words only",
                                        "changed in meaning"};
    return names[kind];
}

static const tr_subject *subject_named(const side *s, tr_str name)
{
    for (int32_t i = 0; i < s->subjects; i++)
        if (tr_str_eq(s->subject[i].name, name))
            return &s->subject[i];
    return NULL;
}

/* The n-th field of that name. */
static const tr_field *field_named(const tr_subject *s, tr_str name, int32_t n)
{
    for (int32_t i = 0; i < s->fields; i++)
        if (tr_str_eq(s->field[i].name, name) && n-- == 0)
            return &s->field[i];
    return NULL;
}

static int32_t rank_of(const tr_subject *s, int32_t index)
{
    int32_t rank = 0;
    for (int32_t i = 0; i < index; i++)
        rank += tr_str_eq(s->field[i].name, s->field[index].name);
    return rank;
}

typedef TR_VEC(tr_field_change) field_changes;

/* A field that says the same again, as two conditions on one zone do, is listed once. */
static void push_field(tr_arena *keep, field_changes *list, tr_field_change change)
{
    for (ptrdiff_t i = 0; i < list->len; i++)
        if (tr_str_eq(list->at[i].name, change.name) && tr_str_eq(list->at[i].was, change.was) &&
            tr_str_eq(list->at[i].is, change.is))
            return;
    *TR_PUSH(keep, list) = change;
}

static field_changes compare_fields(tr_arena *keep, const tr_subject *was, const tr_subject *is)
{
    field_changes list = {0};
    for (int32_t i = 0; i < is->fields; i++) {
        const tr_field *new = &is->field[i];
        const tr_field *old = field_named(was, new->name, rank_of(is, i));
        if (!old || !tr_str_eq(old->value, new->value))
            push_field(keep, &list,
                       (tr_field_change){new->name, old ? old->value : (tr_str){0}, new->value});
    }
    for (int32_t i = 0; i < was->fields; i++)
        if (!field_named(is, was->field[i].name, rank_of(was, i)))
            push_field(keep, &list,
                       (tr_field_change){was->field[i].name, was->field[i].value, (tr_str){0}});
    return list;
}

static bool same_words(tr_arena scratch, const side *old, int32_t was, const side *new, int32_t is)
{
    tr_text_span a = old->plan->clause[was].span, b = new->plan->clause[is].span;
    return tr_str_eq(tr_terms_words(&scratch, tr_str_cut(old->plan->text, a.begin, a.end)),
                     tr_terms_words(&scratch, tr_str_cut(new->plan->text, b.begin, b.end)));
}

typedef TR_VEC(tr_change) changes;

static void compare_subject(tr_arena *keep, changes *list, const side *old, const side *new,
                            const tr_subject *is)
{
    const tr_subject *was = subject_named(old, is->name);
    tr_change         change = {.name = is->name, .was = was ? was->clause : -1, .is = is->clause};
    if (!was) {
        change.kind = TR_CHANGE_ADDED;
        *TR_PUSH(keep, list) = change;
        return;
    }
    field_changes fields = compare_fields(keep, was, is);
    change.kind = TR_CHANGE_MEANING;
    change.field = fields.at;
    change.fields = (int32_t)fields.len;
    if (fields.len == 0) {
        if (is->clause < 0 || same_words(*keep, old, was->clause, new, is->clause))
            return;
        change.kind = TR_CHANGE_WORDS;
    }
    *TR_PUSH(keep, list) = change;
}

int32_t tr_terms_diff(tr_arena *keep, const tr_plan *was, const tr_plan *is,
                      const tr_change **change)
{
    changes list = {0};
    side    old = {.plan = was}, new = {.plan = is};
    old.subjects = tr_plan_subjects(keep, was, &old.subject);
    new.subjects = tr_plan_subjects(keep, is, &new.subject);
    for (int32_t i = 0; i < new.subjects; i++)
        compare_subject(keep, &list, &old, &new, &new.subject[i]);
    for (int32_t i = 0; i < old.subjects; i++)
        if (!subject_named(&new, old.subject[i].name))
            *TR_PUSH(keep, &list) = (tr_change){
                TR_CHANGE_REMOVED, old.subject[i].name, old.subject[i].clause, -1, NULL, 0};
    *change = list.at;
    return (int32_t)list.len;
}
