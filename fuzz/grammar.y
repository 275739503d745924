/* grammar.y -- the sentences of an agreement as an LALR(1) grammar without conflicts.
 *
 * It stands beside the parser of lib/terms, written by hand for its messages, and is held against
 * it: what this grammar accepts, that parser reads whole, and nothing else (against.c).  No
 * precedence, no %expect, no GLR: a conflict is an error of the build.
 *
 * One sentence is parsed at a time.  Its tokens come from the project's own lexer.  Words are not
 * reserved: a word is its keyword where the grammar can take that keyword, and a name otherwise.
 * Some tokens are made by context: <ladder> stands before a clause of an article that is a ladder,
 * <position> before a line of a table of positions, and <xlabel> is a number that a word touches
 * (2.1a), where one can stand.  A parameter declared above is read as its number and its unit.  <label> is a number of the form 6.1, <capitals> a word in capitals
 * where one can stand, and <with> a word that goes with the act before it, as declared above.
 *
 * told() marks what the parser reads on past, with an error: a number without its unit, a deadline
 * without what it counts from. */
%define api.pure full
%define api.push-pull push
%define api.token.raw
%define api.prefix {grammar_}
%define parse.error detailed
%parse-param {int *told_count}

%code top {
#define YYMAXDEPTH 4000000
#include "grammar.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
}
%code {
static void grammar_error(int *told_count, const char *text)
{
    (void)told_count;
    (void)text;
}
#define told() (++*told_count)
}

%token NAME "<name>" NUMBER "<number>" LABEL "<label>" XLABEL "<xlabel>" STRING "<string>"
%token DATE "<date>" CLOCK "<clock>" MOMENT "<moment>" CAPITALS "<capitals>" WITH "<with>"
%token LADDER "<ladder>" POSITION "<position>"

%%

sentence
    : head
    | declaration
    | article
    | LABEL clause
    | LABEL duty_clause
    | LADDER LABEL clause
    | LADDER LABEL step_clause
    | positions
    ;

/* ---- small things ---- */

number: NUMBER | LABEL ;
ge: ">=" ;
percent: number "%" | number { told(); } ;
stretch: number unit | number { told(); } ;
unit
    : "day" | "days" | "week" | "weeks" | "hour" | "hours" | "minute" | "minutes"
    | "second" | "seconds"
    ;
moment: DATE | DATE CLOCK | MOMENT ;
ref: "§" number | "clause" number ;
of_after: "of" | "after" ;
opt_comma: %empty | "," ;
point: longitude latitude | latitude longitude ;
longitude: number "E" | number "W" ;
latitude: number "N" | number "S" ;
names: actor | names "," actor ;
actor: NAME ;
place: zone_name | "area" ;
zone_name: NAME ;
proof_name: NAME ;
coverage: "coverage" ge percent ;
cites
    : "cites" STRING number | "cites" STRING STRING
    | "cites" instrument_name number | "cites" instrument_name STRING
    ;
instrument_name: NAME ;
cites_list: %empty | cites_list opt_comma cites ;
any_label: number | XLABEL ;
any_labels: any_label | any_labels "," any_label ;
strings: STRING | strings "," STRING ;
refs: ref | refs "," ref ;
period: "on" moment | "on" moment "to" moment ;
from: "from" STRING ;
froms: %empty | froms from ;

/* ---- the head ---- */

head
    : "agreement" STRING "version" number opt_id
    | "agreement" "in" "force" "from" moment
    | "id" NAME
    | "note" STRING
    | "hypothetical" STRING
    | "text" languages
    | "text" any_label NAME STRING
    | "language" NAME
    | "time" "zone" time_zone
    | "area" point "to" point
    | "signature" moment
    | "late" "facts" "accepted" stretch
    | "late" "facts" "accepted" stretch opt_comma "verdicts" "final" "after" stretch
    ;
opt_id: %empty | "id" NAME ;
languages: NAME | languages "," NAME ;
time_zone: STRING ;

/* ---- declarations ---- */

declaration
    : "party" new_name STRING own_names
    | "guarantor" new_name STRING own_names
    | "witness" new_name STRING own_names
    | "body" new_name STRING own_names
    | "body" new_name STRING own_names "of" names
    | "group" new_name STRING own_names "of" names
    | "quantity" new_name STRING "in" unit_name
    | "line" new_name line_shape
    | "zone" new_name zone_shape
    | "class" new_name "is" kinds
    | "proof" new_name "needs" proof
    | "counting" new_name "version" number ":" rule
    | "register" new_name "from" "source" NAME STRING "of" kinds ":" "each" "row" "one" "incident"
      "," "past" "the" "gate" row_notes
    | "act" new_name act_takes "done" "when" completion
    | "instrument" new_name STRING
    | "instrument" new_name STRING moment
    | "code" any_label STRING
    | "parameter" new_name number opt_unit STRING
    | "context" new_name STRING context_parts
    | "meeting" new_name STRING meeting_parts
    | "change" ref STRING "claimed" "by" STRING change_parts
    | "point" any_label "was" any_labels
    ;
opt_unit: %empty | "%" | NAME | unit_word ;
unit_word
    : long_unit | "km" | "m" | "mm" | "million" | "billion" | "E" | "W" | "N" | "S" | "time"
    | "times"
    ;
own_names: %empty | own_names NAME STRING ;
context_parts: %empty | context_parts opt_comma context_part ;
context_part: "said" "by" STRING | period | from | "denies" statement_name ;
statement_name: NAME ;
/* A list of strings or references goes on after every comma. */
meeting_parts: %empty | opt_comma meeting_part ;
meeting_part
    : "track" STRING meeting_parts
    | period meeting_parts
    | from meeting_parts
    | "present" strings
    | "present" strings meeting_part
    | "absent" strings
    | "absent" strings meeting_part
    | "about" refs
    | "about" refs meeting_part
    ;
change_parts: %empty | change_parts opt_comma change_part ;
change_part: period | from ;
new_name: NAME ;

line_shape: geometry ;
line_rest: %empty | line_part | "," line_part ;
geometry: "from" line_file line_rest | "is" point corners_rest ;
corners_rest: %empty | "," point corners_rest | line_part | "," line_part ;
line_part
    : geometry
    | "valid" "from" moment valid_rest
    | "valid" "until" moment line_rest
    | "length" number "km" "tolerance" percent line_rest
    | trailer line_rest
    ;
valid_rest: line_rest | "until" moment line_rest ;
line_file: file | file "versions" "by" "date" ;
zone_shape
    : "from" file trailers
    | "is" point zone_rest
    | "is" "box" point "to" point trailers
    | "is" "within" strip strips
    | "is" zone_sum height trailers
    | "is" place height_needed trailers
    | "is" line_name "divided" "every" distance trailers
    | "is" "area" "divided" "every" distance trailers { told(); }
    ;
strip: distance "of" line_name | distance "of" line_name "for" strip_for ;
strip_for: NAME | strip_for "and" NAME ;
strips
    : %empty
    | "within" strip strips
    | "," "within" strip strips
    | trailer trailers
    | "," trailer trailers
    ;
zone_sum: place joined place | zone_sum joined place ;
joined: "and" | "or" | "without" ;
height: %empty | height_needed ;
height_needed
    : "below" number "m"
    | "above" number "m"
    | "between" number "m" "and" number "m"
    ;
zone_rest
    : %empty
    | "," point zone_rest
    | ";" point zone_rest
    | "," trailer trailers
    | trailer trailers
    ;
file: STRING | STRING "feature" STRING ;
line_name: NAME ;
distance: number "km" | number "m" | number { told(); } ;
trailers: %empty | trailers opt_comma trailer ;
trailer: "boundary" "inside" | "boundary" "outside" | "coarse" STRING | "source" STRING ;

kinds: kind | kinds "or" kind ;
kind: kind_name | kind_name ge number "mm" | kind_name ge number { told(); } ;
kind_name: NAME ;

proof: "nothing" "beyond" "the" "record" | gates ;
gates: gate | gates "and" gate ;
gate: "side" ge percent { told(); } | "confidence" ge percent | "sources" ge number | "rung" ge number | proof_name ;

rule: "R-SMM" | "R-ENG" | "R-JFO" | "R-LOCDAY" | "R-INC" | "R-SEV" | NAME report { told(); } ;
row_notes: %empty | row_notes "," row_note ;
row_note: "side" "undetermined" | "rung" number | "corroboration" "none" ;

act_takes: opt_act_kind opt_act_object all_capitals opt_to ;
opt_act_kind: %empty | "kind" act_kind ;
act_kind
    : "military" | "intelligence" | "logistics" | "economic" | "diplomatic" | "humanitarian"
    ;
all_capitals: %empty | all_capitals CAPITALS ;
opt_to: %empty | "to" ;
opt_act_object: %empty | act_object ;
act_object: "CLASS" "from" "ZONE" | "CLASS" "in" "ZONE" ;
completion
    : "none" "of" "CLASS" "seen" "in" "ZONE" "for" stretch "with" coverage
    | "the" "actor" reports report
    | actor reports report
    ;
reports: "reports" | "publishes" ;
report: any | report any ;
any
    : NAME | NUMBER | LABEL | STRING | DATE | CLOCK | MOMENT
    | "," | ":" | ";" | "(" | ")" | "<" | ">" | "<=" | ">=" | "%" | "=" | "§"
    ;

article
    : "article" number STRING opt_each
    | "article" number STRING opt_each "on" ref "active" opt_against_one
    | "article" number STRING opt_each "on" ref "declared" opt_against_one { told(); }
    ;
opt_each: %empty | "for" "each" new_name "of" names ;
opt_against_one: %empty | "against" actor ;

/* ---- positions ---- */

positions
    : "positions"
    | POSITION any_label stances
    | "declared" "share" percent "by" STRING "of" NAME opt_text opt_period froms
    ;
opt_period: %empty | period ;
stances: actor stance froms | stances "," actor stance froms ;
stance
    : "agrees" opt_text | "reserves" opt_text | "rejects" opt_text | "proposes" STRING
    | "not" "stated"
    ;
opt_text: %empty | STRING ;

/* ---- clauses ---- */

clause: quantity | share | prohibition | threshold | stated | force | effect | milestone ;
duty_clause: actors "must" obligation | permission ;
step_clause: actors "must" step_act step | actors "may" step_act step ;
actors: names | names "through" names ;

prohibition: actors "must" "not" prohibited class_name prohibition_parts ;
prohibited: "commit" | "keep" | "fly" ;
class_name: NAME ;
/* Written to the right, because a comma after the conditions of an exception may part them, or what
 * follows. */
prohibition_parts: %empty | prohibition_part | "," prohibition_part ;
prohibition_part
    : "in" place prohibition_parts
    | "daily" "from" CLOCK "to" CLOCK prohibition_parts
    | "from" moment prohibition_parts
    | "until" moment prohibition_parts
    | "proof" proof_name prohibition_parts
    | "needs" coverage prohibition_parts
    | consent prohibition_parts
    | "once" when prohibition_parts
    | cites prohibition_parts
    | "except" XLABEL STRING opt_from_exception opt_outcome "when" fact exception_rest
    ;
opt_from_exception: %empty | "from" XLABEL ;
opt_outcome: %empty | "permits" | "forbids" ;
exception_rest
    : %empty
    | join fact exception_rest
    | "prevails" "over" XLABEL prevails_rest
    | prohibition_part
    | "," join fact exception_rest
    | "," fact exception_rest
    | "," prohibition_part
    ;
prevails_rest: prohibition_parts | "and" XLABEL prevails_rest ;
join: "and" | "then" | "and" "then" ;
fact: step_before | "operated" "by" actor | "exercise" ;
step_before: step_taken | step_taken stretch "before" ;
step_taken
    : "planned"
    | "requested" "of" actor
    | "notified" "to" actor
    | "granted"
    | "granted" "by" actor
    | "acknowledged" "by" actor
    | "agreed" "with" actor
    ;

permission: actors "may" prohibited class_name permission_parts ;
permission_parts: %empty | permission_part | "," permission_part ;
permission_part
    : "in" place permission_parts
    | "from" moment permission_parts
    | "until" moment permission_parts
    | cites permission_parts
    | "notwithstanding" ref over_rest
    | "when" fact permission_rest
    ;
over_rest: %empty | "," ref over_rest | permission_part ;
permission_rest
    : %empty
    | join fact permission_rest
    | permission_part
    | "," join fact permission_rest
    | "," fact permission_rest
    | "," permission_part
    ;
consent: "needs" "consent" "of" actor "by" STRING ;

/* After names a comma is followed by a name: no part stands there with a comma before it. */
obligation
    : act duty_parts
    | act object duty_parts
    | act object names
    | act object names duty_first
    | act alone duty_not_in
    | act several
    | act several duty_first
    | act "to" names
    | act "to" names duty_first
    ;
/* One name and "in" begin an object. */
alone: actor ;
several: alone "," actor | several "," actor ;
act: act_name | act WITH | no_act { YYERROR; } ;
act_name: NAME ;
no_act
    : "within" | "by" | "at" | "no" | "begin" | "finish" | "proof" | "cites" | "every"
    | "once" | "needs"
    ;
object: class_name "from" place | class_name "in" place ;
/* Parts are written to the right: where "by" or "at" would go on with a part, the next part that
 * begins with it needs a comma. */
duty_parts: %empty | duty_first | "," duty_first ;
duty_first
    : duty_part duty_parts
    | in_part duty_parts
    | by_due duty_parts
    | at_part duty_parts
    | before_by duty_not_by
    | before_at duty_not_at
    ;
duty_not_by
    : %empty
    | "," duty_first
    | duty_part duty_parts
    | in_part duty_parts
    | at_part duty_parts
    | before_by duty_not_by
    | before_at duty_not_at
    ;
duty_not_at
    : %empty
    | "," duty_first
    | duty_part duty_parts
    | in_part duty_parts
    | by_due duty_parts
    | before_by duty_not_by
    | before_at duty_not_at
    ;
duty_not_in
    : %empty
    | duty_part duty_parts
    | by_due duty_parts
    | at_part duty_parts
    | before_by duty_not_by
    | before_at duty_not_at
    ;
in_part: "in" percent "of" "cases" "every" period_length ;
duty_part
    : within_due
    | "begin" due
    | "finish" due
    | "no" "deadline"
    | "proof" proof_name
    | consent
    | "once" when_closed
    | cites
    | "within" stretch of_after trigger_by
    | "every" period_length "at" "least" number "times"
    | "every" period_length "at" "least" number "time"
    ;
at_part: at_due | "at" "most" number "every" period_length ;
before_by: "within" stretch of_after trigger | "once" when_open ;
before_at: "every" period_length ;
trigger: "request" | "each" "breach" "of" ref | "first" "breach" "of" ref ;
trigger_by
    : trigger "by" actor
    | "notice" "by" actor
    | ref "active"
    | ref "ended"
    ;
due: within_due | by_due | at_due ;
within_due: "within" stretch opt_start ;
by_due: "by" moment | "by" "day" number opt_start ;
at_due: "at" "once" | "at" "once" of_after start ;
opt_start: %empty { told(); } | of_after start ;
start: "in" "force" | "signature" | later_zero { told(); } | ref "fulfilled" | ref "begun" ;

step: opt_recipients opt_deadline step_parts ;
step_act: act_name | step_act WITH ;
opt_recipients: %empty | names | "to" names ;
opt_deadline
    : %empty { told(); }
    | "within" stretch opt_zero
    | "at" "once"
    | "at" "once" of_after zero
    | "no" "deadline" { told(); }
    ;
opt_zero: %empty { told(); } | of_after zero ;
zero
    : "activation"
    | "first" "breach"
    | ref "fulfilled"
    | ref "acknowledged"
    | "in" "force"
    | "signature"
    | later_zero { told(); }
    | "request" { told(); }
    | "request" "by" actor { told(); }
    ;
later_zero: "breach" | "recorded" | "release" | "notified" ;
step_parts: %empty | step_parts step_part ;
step_part: "unless" ref "ended" | cites ;

/* ---- conditions, and what they drive ---- */

/* Open: it may go on with "by". */
when: when_open | when_closed ;
when_open: open_atom | "not" open_atom | when "and" open_atom | when "and" "not" open_atom ;
when_closed
    : closed_atom | "not" closed_atom | when "and" closed_atom | when "and" "not" closed_atom ;
open_atom: breach | breach "before" breach | breach_by "before" breach | acted ;
closed_atom
    : breach_by
    | breach "before" breach_by
    | breach_by "before" breach_by
    | acted "by" STRING
    | actor "in" "breach" "of" ref
    | ref "fulfilled"
    | ref "active"
    | ref "ended"
    | "after" moment
    | "before" moment
    ;
breach: "breach" "of" ref ;
breach_by: breach "by" actor ;
acted: actor act_of_body ;
act_of_body: "signs" | "ratifies" | "deposits" | "accedes" | "withdraws" ;

force: "agreement" "in" "force" "when" when force_end ;
force_end
    : cites_list
    | cites_list opt_comma "lapses" stretch "after" "signature" cites_list
    ;

effect
    : "suspends" targets while_or_when when clock_end
    | "terminates" targets only_when when cites_list
    | "voids" targets only_when when cites_list
    | "lifts" refs only_when when back_end
    | "lifts" refs "for" names only_when when back_end
    | "exchanges" refs "for" refs cites_close
    | "needs" needed "for" refs cites_close
    ;
targets: whole_or_refs | whole_or_refs "for" names ;
whole_or_refs: "agreement" | refs ;
while_or_when: "while" | "when" ;
only_when: "when" | "while" { told(); } ;
clock_end
    : cites_list { told(); }
    | cites_list opt_comma "clock" "stops" cites_list
    | cites_list opt_comma "clock" "runs" cites_list
    ;
back_end
    : cites_list { told(); }
    | cites_list opt_comma "snaps" "back" "when" when cites_list
    ;
cites_close: %empty | cites cites_list ;
needed: acted | acted "by" STRING ;

milestone: "milestone" STRING "reached" "when" when milestone_end ;
milestone_end: cites_list | cites_list "," "by" moment cites_list ;

/* ---- amounts ---- */

quantity: actors "must" keep_provide basis amount_name bound quantity_parts ;
keep_provide: "keep" | "provide" ;
basis
    : "declared" | "pledged" | "committed" | "delivered" | "received" | "inspected" | "estimated"
    | "metered"
    ;
amount_name: NAME ;
unit_name: NAME ;
bound: bound_sign value | bound_sign value unit_of_bound ;
bound_sign: "<=" | ">=" | "<" | ">" | "=" ;
value: number | number "million" | number "billion" ;
unit_of_bound: unit_name | not_unit { YYERROR; } ;
not_unit: "settled" | "once" ;
quantity_parts: %empty | quantity_parts opt_comma quantity_part ;
quantity_part
    : "and" bound
    | "tolerance" percent
    | basis "every" period_length
    | "every" period_length
    | "by" moment
    | "from" moment
    | "until" moment
    | "sampled" "to" "detect" percent "excess" "at" percent
    | cites
    ;
period_length: long_unit | number long_unit ;
long_unit: unit | "month" | "months" | "quarter" | "quarters" | "year" | "years" ;

share: actors "must" "share" amount_name "as" actor percent share_rest ;
share_rest: %empty | share_part share_parts | "," actor percent share_rest | "," share_part share_parts ;
share_parts: %empty | share_parts opt_comma share_part ;
share_part
    : "every" period_length
    | "tolerance" percent
    | "settled" "within" stretch
    | cites
    ;

/* ---- what is stated only ---- */

stated
    : "open" STRING "decided" "by" audience
    | "sealed" STRING "sha256" STRING "to" sealed_for
    ;
audience: actor audience_more ;
audience_more: %empty | "," actor audience_more | "," cites cites_list | cites cites_list ;
sealed_for: actor sealed_more ;
sealed_more: "," actor sealed_more | "," sealed_verdict | sealed_verdict ;
sealed_verdict: "verdict" "to" "public" cites_list | "verdict" "to" audience ;

/* ---- thresholds ---- */

threshold: threshold_name opt_against "is" sections ;
opt_against: %empty | "against" names ;
threshold_name: NAME | clause_word ;
clause_word
    : "must" | "may" | "agreement" | "suspends" | "terminates" | "voids" | "lifts" | "exchanges"
    | "needs" | "milestone" | "open" | "sealed"
    ;

/* What may follow is written to the right, so that a comma need not say yet what it parts. */
sections: %empty | "," section | section ;
section
    : "active" "when" start_count
    | "until" end_count
    | "counting" items sections_no_comma
    | "on" "compares" set sections
    | "off" "compares" set sections
    | "on" "late" "facts" "review" sections
    | "decided" "by" names "within" stretch sections
    | "audit" "by" actor opt_comma "order" "seeded" "after" "freezing" opt_comma percent
      "over" "the" "life" "of" "the" "clause" sections { told(); }
    | cites sections
    ;
sections_no_comma: %empty | section ;

start_count: count start_rest | "count" start_bare { told(); } ;
start_bare
    : %empty
    | plain_measure start_rest
    | "or" start_count
    | hold
    | section
    | "," start_more_after_comma
    ;
start_rest: %empty | start_more | "," start_more_after_comma ;
start_after_names: %empty | start_more ;
start_more: measure start_rest | by_each start_after_names | "or" start_count | hold | section ;
start_more_after_comma
    : measure start_rest | by_each start_after_names | hold | section
    ;
end_count: count end_rest | "count" end_bare { told(); } ;
end_bare
    : %empty
    | plain_measure end_rest
    | "and" end_count
    | hold
    | section
    | "," end_more_after_comma
    ;
end_rest: %empty | end_more | "," end_more_after_comma ;
end_after_names: %empty | end_more ;
end_more: measure end_rest | by_each end_after_names | "and" end_count | hold | section ;
end_more_after_comma: measure end_rest | by_each end_after_names | hold | section ;
hold: "for" stretch sections ;

count
    : "count" "by" counting_name counted
    | "count" "by" counting_name { told(); }
    | "count" counted { told(); }
    ;
counting_name: NAME ;
counted: "of" opt_class "breaches" "of" ref ;
opt_class: %empty | class_name ;
measure: by_measure | plain_measure ;
by_each: "by" "each" "of" names { told(); } ;
by_measure
    : "by" "any" "party"
    | "by" "tally"
    | "by" actor
    | "by" proved_by { told(); }
    ;
proved_by: "audit" | "intensity" | "mean" ;
plain_measure
    : "in" place
    | "over" stretch
    | compare number
    | "proved" "at" percent "by" proved_by { told(); }
    | "per" zone_name
    ;
compare: ">" | ">=" | "<" | "<=" ;

items: item | items "," item ;
item
    : "rung" rung "or" "better"
    | "corroboration" grade
    | "corroborated"
    | "exercises" in_or_out
    | "contested" in_or_out
    | "from" "register" NAME
    | "from" moment
    | "as" "known"
    | "as" "happened"
    ;
rung: number | "undetermined" | "direction" | "area" | "side" | "unit" ;
grade: "none" | "supported" | "corroborated" | "confirmed" ;
in_or_out: "in" | "out" ;
set: "certain" | "best" | "possible" ;

%%

/* ---- one sentence under way: the tables, walked step by step ---- */

struct grammar {
    grammar_pstate *state;
    int             told;
    int             status; /* of the last push: more, or the verdict */
};

grammar *grammar_open(void)
{
    grammar *g = calloc(1, sizeof *g);
    if (!g || !(g->state = grammar_pstate_new()))
        abort();
    g->status = YYPUSH_MORE;
    return g;
}

void grammar_close(grammar *g)
{
    grammar_pstate_delete(g->state);
    free(g);
}

int grammar_symbols(void)
{
    return YYNTOKENS;
}

const char *grammar_name(int symbol)
{
    return yysymbol_name((yysymbol_kind_t)symbol);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(grammar_name(*(const short *)a), grammar_name(*(const short *)b));
}

int grammar_find(const char *name, int len)
{
    static short sorted[YYNTOKENS];
    static bool  ready;
    int          low = 0, high = YYNTOKENS;
    for (int i = 0; !ready && i < YYNTOKENS; i++)
        sorted[i] = (short)i;
    if (!ready)
        qsort(sorted, YYNTOKENS, sizeof sorted[0], by_name);
    ready = true;
    while (low < high) {
        int         middle = (low + high) / 2;
        const char *other = grammar_name(sorted[middle]);
        int         d = strncmp(name, other, (size_t)len);
        if (d == 0 && other[len] == '\0')
            return sorted[middle];
        if (d > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

bool grammar_take(grammar *g, int symbol)
{
    if (g->status == YYPUSH_MORE)
        g->status = grammar_push_parse(g->state, symbol, NULL, &g->told);
    return g->status == YYPUSH_MORE;
}

bool grammar_end(grammar *g)
{
    if (g->status == YYPUSH_MORE)
        g->status = grammar_push_parse(g->state, YYSYMBOL_YYEOF, NULL, &g->told);
    return g->status == 0;
}

int grammar_told(const grammar *g)
{
    return g->told;
}

/* The action of a state on a symbol: > 0 shift to, < 0 reduce by, 0 none. */
static int action_of(int state, int symbol)
{
    int n = yypact[state];
    if (!yypact_value_is_default(n)) {
        n += symbol;
        if (n >= 0 && n <= YYLAST && yycheck[n] == symbol)
            return yytable_value_is_error(yytable[n]) ? 0 : yytable[n];
    }
    return -yydefact[state];
}

static int goto_of(int state, int left)
{
    int i = yypgoto[left - YYNTOKENS] + state;
    return i >= 0 && i <= YYLAST && yycheck[i] == state ? yytable[i] : yydefgoto[left - YYNTOKENS];
}

/* The state after `symbol`, or -1 where it cannot stand: reductions are made beside the stack. */
static int state_after(const grammar *g, int symbol)
{
    enum { ROOM = 64 };
    const grammar_pstate *s = g->state;
    int                   pushed[ROOM], count = 0; /* states pushed */
    ptrdiff_t             top = s->yynew ? 0 : s->yyssp - s->yyss;
    for (;;) {
        int state = count > 0 ? pushed[count - 1] : s->yynew ? 0 : s->yyss[top];
        int act = action_of(state, symbol);
        if (act > 0)
            return act;
        if (act == 0)
            return -1;
        int length = yyr2[-act], own = length < count ? length : count;
        count -= own;
        top -= length - own;
        state = count > 0 ? pushed[count - 1] : s->yynew ? 0 : s->yyss[top];
        if (count == ROOM)
            abort();
        pushed[count++] = goto_of(state, yyr1[-act]);
    }
}

bool grammar_can(const grammar *g, int symbol)
{
    return g->status == YYPUSH_MORE && state_after(g, symbol) >= 0;
}

const char *grammar_role(const grammar *g, int symbol)
{
    int state = state_after(g, symbol);
    if (state < 0 || !yypact_value_is_default(yypact[state]) || yydefact[state] == 0)
        return grammar_name(symbol);
    return yysymbol_name((yysymbol_kind_t)yyr1[yydefact[state]]);
}
