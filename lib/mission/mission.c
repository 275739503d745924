/* mission.c -- step(state, entry): judge first, change only then.
 *
 *     read -> new -> signed and chained -> seen head -> refs -> blobs -> type   (judge, const)
 *     key ring -> effect of the type -> hulls -> thresholds                     (apply, cannot
 * fail)
 *
 * An entry that fails a judgement is INVALID: it takes its index and a place in
 * the list of invalid ones, and changes nothing else.  Bytes that are not at
 * hand are CANNOT: nothing changes, not even the index.
 */
#include "mission/state.h"

/* ---- making ---- */

enum { SCRATCH_SHARE = 4, LANE_SHARE = 16 }; /* a quarter of keep; a sixteenth for each lane */

/* A part of keep, at its far end. */
static tr_arena take_part(tr_arena *keep, ptrdiff_t bytes)
{
    tr_arena part = {keep->end - (bytes & ~(ptrdiff_t)4095), keep->end};
    keep->end = part.beg;
    return part;
}

static void take_parts(tr_mission *m, tr_arena *keep)
{
    ptrdiff_t whole = keep->end - keep->beg;
    m->keep = keep;
    m->scratch = take_part(keep, whole / SCRATCH_SHARE);
    for (size_t i = 0; i < sizeof m->lane / sizeof m->lane[0]; i++)
        m->lane[i] = take_part(keep, whole / LANE_SHARE);
}

tr_mission *mission_bare(tr_arena *keep, tr_str origin, const tr_world *world)
{
    tr_mission *m = TR_NEW(keep, tr_mission, 1);
    take_parts(m, keep);
    m->origin = tr_str_keep(keep, origin);
    m->world = *world;
    m->s.now = TR_TIME_NONE;
    m->cache = TR_NEW(keep, caches, 1);
    m->cache->row.entry = -1;
    return m;
}

tr_mission *tr_mission_new(tr_arena *keep, tr_str origin, const tr_world *world)
{
    tr_mission *m = mission_bare(keep, origin, world);
    *TR_PUSH(keep, &m->text) = '\0';
    return m;
}

tr_str mission_text(const tr_mission *m, int64_t offset)
{
    return offset == 0 ? TR_STR("") : tr_str_of(m->text.at + offset);
}

int64_t stage_text(tr_arena *scratch, work *w, tr_str text)
{
    if (text.len == 0)
        return 0;
    if (w->text.len == 0)
        *TR_PUSH(scratch, &w->text) = '\0';
    int64_t at = w->text.len;
    TR_RESERVE(scratch, &w->text, text.len + 1);
    memcpy(w->text.at + at, text.at, (size_t)text.len);
    w->text.at[at + text.len] = '\0';
    w->text.len += text.len + 1;
    return at;
}

int64_t pour_text(tr_mission *m, work *w)
{
    int64_t base = m->text.len;
    if (w->text.len > 0) {
        TR_RESERVE(m->keep, &m->text, w->text.len);
        memcpy(m->text.at + base, w->text.at, (size_t)w->text.len);
        m->text.len += w->text.len;
    }
    return base;
}

/* ---- bodies seen: an open-addressing set of body hashes ---- */

static uint64_t body_slot(const tr_mission *m, const tr_hash *hash)
{
    uint64_t at;
    memcpy(&at, hash->at, sizeof at);
    for (at &= m->bodies_cap - 1;; at = (at + 1) & (m->bodies_cap - 1))
        if (m->bodies[at] == 0 || tr_hash_eq(&m->body.at[m->bodies[at] - 1], hash))
            return at;
}

static bool body_seen(const tr_mission *m, const tr_hash *hash)
{
    return m->bodies_cap > 0 && m->bodies[body_slot(m, hash)] != 0;
}

void bodies_rebuild(tr_mission *m)
{
    m->bodies_cap = 1024;
    while (m->bodies_cap < 4 * (uint64_t)m->body.len)
        m->bodies_cap *= 2;
    m->bodies = TR_NEW(m->keep, uint32_t, (ptrdiff_t)m->bodies_cap);
    for (ptrdiff_t i = 0; i < m->body.len; i++)
        m->bodies[body_slot(m, &m->body.at[i])] = (uint32_t)i + 1;
}

static void body_put(tr_mission *m, const tr_hash *hash)
{
    *TR_PUSH(m->keep, &m->body) = *hash;
    if (2 * (uint64_t)m->body.len > m->bodies_cap)
        bodies_rebuild(m);
    else
        m->bodies[body_slot(m, hash)] = (uint32_t)m->body.len;
}

/* ---- judging what every entry has ---- */

static tr_outcome judge_head(const tr_mission *m, const work *w, tr_err *err)
{
    head_cache *heads = &m->cache->heads;
    uint64_t    size = w->entry.seen_size;
    tr_hash     root;
    uint32_t    i = 0;
    while (i < heads->used && heads->size[i] != size)
        i++;
    if (i < heads->used) {
        root = heads->root[i];
    } else {
        if (size > (uint64_t)w->index || !m->world.root_at(m->world.context, size, &root)) {
            tr_fail(err, TR_E_SEEN_HEAD, "Fetch the record again, then decide.",
                    "the root at size %llu is not at hand", (unsigned long long)size);
            return size > (uint64_t)w->index ? TR_STEP_INVALID : TR_STEP_CANNOT;
        }
        i = heads->used < HEADS ? heads->used++ : heads->turn++ % HEADS;
        heads->size[i] = size;
        heads->root[i] = root;
    }
    if (tr_hash_eq(&root, &w->entry.seen_root))
        return TR_STEP_OK;
    tr_fail(err, TR_E_SEEN_HEAD,
            "Keep the checkpoint that the author saw: two signed heads that differ are evidence.",
            "the author saw another root at size %llu", (unsigned long long)size);
    return TR_STEP_INVALID;
}

static bool rows_of(const tr_mission *m, int64_t entry, int64_t *rows)
{
    const brought_row *brought = brought_by(m, entry);
    *rows = brought && m->obs.at[brought->first].row >= 0 ? brought->count : 0;
    return brought != NULL;
}

static tr_outcome judge_refs(const tr_mission *m, tr_arena scratch, const work *w, tr_err *err)
{
    enum { ROOM = 4096 };
    tr_ref *ref = TR_NEW(&scratch, tr_ref, ROOM);
    int     refs = tr_entry_refs(&w->entry, ref, ROOM);
    for (int i = 0; i < refs && i < ROOM; i++) {
        tr_str  raw;
        int64_t rows;
        if (ref[i].index >= w->index) {
            tr_fail(err, TR_E_REF, "A reference names an earlier entry.",
                    "entry %lld is not before entry %lld", (long long)ref[i].index,
                    (long long)w->index);
            return TR_STEP_INVALID;
        }
        if (!m->world.entry(m->world.context, (uint64_t)ref[i].index, &raw)) {
            tr_fail(err, TR_E_REF, "Fetch the record again, then decide.",
                    "entry %lld is not at hand", (long long)ref[i].index);
            return TR_STEP_CANNOT;
        }
        tr_hash leaf = tr_merkle_leaf(raw);
        if (!tr_hash_eq(&leaf, &ref[i].leaf)) {
            tr_fail(err, TR_E_REF, "Copy hash and index from the same line of the record.",
                    "entry %lld has another hash", (long long)ref[i].index);
            return TR_STEP_INVALID;
        }
        if (ref[i].row >= 0 && (!rows_of(m, ref[i].index, &rows) || ref[i].row >= rows)) {
            tr_fail(err, TR_E_REF, "Only batches have rows; they count from 0.",
                    "entry %lld has no row %lld", (long long)ref[i].index, (long long)ref[i].row);
            return TR_STEP_INVALID;
        }
    }
    return TR_STEP_OK;
}

static tr_outcome judge_blobs(const tr_mission *m, tr_arena scratch, const work *w, tr_err *err)
{
    enum { ROOM = 2048 };
    tr_blob *blob = TR_NEW(&scratch, tr_blob, ROOM);
    int      blobs = tr_entry_blobs(&w->entry, blob, ROOM);
    for (int i = 0; i < blobs && i < ROOM; i++) {
        tr_str bytes;
        char   hex[65];
        tr_hash_hex(&blob[i].hash, hex);
        if (!m->world.blob(m->world.context, &blob[i].hash, &bytes)) {
            tr_fail(err, TR_E_BLOB_MISSING, "Fetch the file and try again.",
                    "the file %.16s... is missing", hex);
            return TR_STEP_CANNOT;
        }
        if (bytes.len != blob[i].size) {
            tr_fail(err, TR_E_ENTRY_MEMBER, "State the size of the file that the hash names.",
                    "the file %.16s... has %td bytes, not %lld", hex, bytes.len,
                    (long long)blob[i].size);
            return TR_STEP_INVALID;
        }
    }
    return TR_STEP_OK;
}

/* ---- the types ---- */

static bool adopt_agrees(const tr_json *body, const tr_plan *plan, tr_err *err)
{
    const tr_json *area = tr_json_get(body, "area");
    bool           same_area = tr_json_int_or(area, "lat_min", 0) == plan->area.min.lat &&
                     tr_json_int_or(area, "lat_max", 0) == plan->area.max.lat &&
                     tr_json_int_or(area, "lon_min", 0) == plan->area.min.lon &&
                     tr_json_int_or(area, "lon_max", 0) == plan->area.max.lon;
    if (!tr_str_eq(tr_json_text(body, "id"), plan->id) ||
        !tr_str_eq(tr_json_text(body, "version"), plan->version) ||
        !tr_str_eq(tr_json_text(body, "tz"), tr_tz_name(plan->tz)) || !same_area)
        return tr_fail(err, TR_E_AGREEMENT, "Take id, version, time zone and area from the text.",
                       "the founding entry and the agreement's text state different things");
    return true;
}

static bool compile(tr_arena *keep, const tr_mission *m, const tr_entry *adopt, tr_plan **plan,
                    tr_hash *name, tr_err *err)
{
    tr_str          text;
    tr_terms_result result = {0};
    tr_json_hash(tr_json_get(adopt->body, "agreement"), "sha256", name);
    if (!m->world.blob(m->world.context, name, &text))
        return tr_fail(err, TR_E_BLOB_MISSING, "Fetch the file and try again.",
                       "the agreement's text is missing");
    tr_terms_compile(keep, tr_str_keep(keep, text), NULL, NULL, &result);
    if (result.errors > 0 || !result.plan)
        return tr_fail(err, TR_E_AGREEMENT, "`truce check` shows every error with its place.",
                       "the agreement has %d errors, the first at line %d: %.120s", result.errors,
                       result.diagnostics > 0 ? result.diagnostic[0].err.line : 0,
                       result.diagnostics > 0 ? result.diagnostic[0].err.text : "");
    *plan = result.plan;
    return adopt_agrees(adopt->body, result.plan, err);
}

/* The place of a source with how far it sees: range_m, else the place's own radius. */
static tr_place reach_of(const tr_plan *plan, const tr_json *body)
{
    tr_place reach;
    tr_err   quiet = {0};
    int64_t  range = tr_json_int_or(body, "range_m", -1);
    if (!place_read(plan, tr_json_get(body, "place"), &reach, &quiet) || range >= INT32_MAX)
        reach = (tr_place){.kind = TR_PLACE_SEALED, .zone = -1}; /* farther than round the globe */
    else if (reach.kind == TR_PLACE_POINT && range >= 0)
        reach.r_max_m = (int32_t)range;
    return reach;
}

static bool judge_register(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    const tr_json *body = w->entry.body, *modes = tr_json_get(body, "modes");
    tr_str         id = tr_json_text(body, "source");
    if (tr_mission_source_named(m, id) >= 0)
        return tr_fail(err, TR_E_SOURCE_TWICE, "Take another id; a source is registered once.",
                       "source %.*s is registered already", TR_FMT(id));
    w->source = (source_row){.id = stage_text(scratch, w, id),
                             .kind = stage_text(scratch, w, tr_json_text(body, "kind")),
                             .owner = stage_text(scratch, w, tr_json_text(body, "owner")),
                             .entry = w->index,
                             .begin = TR_TIME_NONE,
                             .end = TR_TIME_NONE,
                             .reg = -1};
    for (const tr_json *mode = modes->first; mode; mode = mode->next) {
        tr_kind kind;
        if (tr_kind_read(mode->text, &kind))
            w->source.modes |= tr_kind_class(kind);
    }
    w->source.reach = reach_of(m->plan, body);
    for (int32_t r = m->plan->regs; r-- > 0;)
        if (tr_str_eq(m->plan->reg[r].source, id))
            w->source.reg = r;
    return true;
}

static bool judge_health(const tr_mission *m, work *w, tr_err *err)
{
    tr_span span = {0, 0};
    int32_t source = tr_mission_source_named(m, tr_json_text(w->entry.body, "source"));
    if (source < 0)
        return tr_fail(err, TR_E_SOURCE_UNKNOWN, "Register the source first (source.register).",
                       "the source is not registered");
    tr_json_span(w->entry.body, "span", &span);
    w->has_watch = tr_str_is(tr_json_text(w->entry.body, "status"), "up");
    w->watch = (watch_row){span.begin, span.end, w->index, m->source.at[source].modes, source, 0};
    return true;
}

static bool judge_tick(const tr_mission *m, work *w, tr_err *err)
{
    tr_json_time(w->entry.body, "t", &w->tick);
    return m->s.now == TR_TIME_NONE || w->tick > m->s.now ||
           tr_fail(err, TR_E_TICK, "Time runs forward only; set the clock and go on.",
                   "the tick is not after the one before");
}

static tr_str holder_of(const tr_mission *m, const work *w)
{
    const tr_key *key = tr_keyring_author(&m->ring, &w->entry);
    return key ? tr_keyring_text(&m->ring, key->holder) : TR_STR("");
}

/* Is the signer one of these actors?  Any seat of a body speaks for a body. */
static bool is_one_of(const tr_mission *m, const work *w, uint64_t actors)
{
    tr_str holder = holder_of(m, w);
    for (int32_t a = 0; a < m->plan->actors; a++)
        if (actors >> a & 1 &&
            (tr_str_eq(m->plan->actor[a].id, holder) ||
             (m->plan->actor[a].kind == TR_ACTOR_BODY && w->role == TR_ROLE_BODY)))
            return true;
    return false;
}

/* May this signer report on that step?  The step's actor, the actor whose report completes it, the
 * secretariat; an acknowledgement also from those it is addressed to. */
static bool may_say(const tr_mission *m, const work *w, const tr_step *step, tr_said said)
{
    uint64_t may = UINT64_C(1) << step->actor;
    if (w->role == TR_ROLE_SECRETARIAT)
        return true;
    for (int32_t a = 0; a < m->plan->acts; a++)
        if (tr_str_eq(m->plan->act[a].name, step->act) && m->plan->act[a].by >= 0)
            may |= UINT64_C(1) << m->plan->act[a].by;
    if (said == TR_SAID_ACKNOWLEDGED)
        may |= step->to;
    return is_one_of(m, w, may);
}

/* Whose duty a response to "o-3.1", "o-3.1-A" or "o-4.3-A-27" is about: the actor named; else the
 * signer, where it owes it; else all who do.  None: it is no name of that obligation. */
static uint64_t duty_actors(const tr_mission *m, const work *w, int32_t clause, tr_str name)
{
    uint64_t actors = m->plan->clause[clause].u.obligation.actors;
    tr_str   key;
    int32_t  actor;
    if (!duty_name(m->plan, clause, name, &actor, &key))
        return 0;
    if (actor < 0)
        actor = plan_actor(m->plan, holder_of(m, w));
    return actor >= 0 && actors >> actor & 1 ? UINT64_C(1) << actor : actors;
}

/* Only whose report completes an act says that it is done; the actor itself says it has begun. */
static bool may_say_duty(const tr_mission *m, const work *w, const tr_obligation *o,
                         uint64_t actors, tr_said said)
{
    const tr_act *act = &m->plan->act[o->act_at];
    uint64_t      reporter = act->by >= 0 ? UINT64_C(1) << act->by : actors;
    if (said == TR_SAID_DONE && act->seen)
        return false;
    if (w->role == TR_ROLE_SECRETARIAT)
        return true;
    return is_one_of(m, w, said == TR_SAID_DONE ? reporter : actors | reporter);
}

static bool judge_response(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    static const char *const words[] = {"acknowledged", "started", "done", "refused", "ended"};
    const tr_json           *body = w->entry.body;
    tr_str  label = tr_json_text(body, "step"), status = tr_json_text(body, "status");
    int32_t clause = tr_plan_clause(m->plan, label);
    bool    duty = clause >= 0 && m->plan->clause[clause].kind == TR_CLAUSE_OBLIGATION;
    if (clause < 0 || (m->plan->clause[clause].kind != TR_CLAUSE_STEP && !duty))
        return tr_fail(err, TR_E_STEP, "Name the step by its label, as the board shows it.",
                       "%.*s is no step and no duty of the agreement", TR_FMT(label));
    w->said = (said_row){.entry = w->index, .step = clause};
    tr_json_time(body, "on", &w->said.on);
    for (int i = 0; i < 5; i++)
        if (tr_str_is(status, words[i]))
            w->said.said = i;
    w->said.activation = stage_text(scratch, w, tr_json_text(body, "activation"));
    if (duty) {
        const tr_clause *of = &m->plan->clause[clause];
        w->said.actors = duty_actors(m, w, clause, tr_json_text(body, "activation"));
        w->said.counts =
            may_say_duty(m, w, &of->u.obligation, w->said.actors, (tr_said)w->said.said);
        return w->said.actors != 0 ||
               tr_fail(err, TR_E_STEP,
                       "Name o- and the label as activation, such as o-3.1 or o-3.1-A.",
                       "the activation names no duty of clause %.*s", TR_FMT(label));
    }
    w->said.counts = may_say(m, w, &m->plan->clause[clause].u.step, (tr_said)w->said.said);
    return true;
}

static tr_outcome judge_type(const tr_mission *m, tr_arena *scratch, work *w, tr_err *err)
{
    switch (w->entry.type) {
    case TR_ENTRY_OBSERVATION:
        return judge_observation(m, scratch, w, err);
    case TR_ENTRY_OBSERVATION_BATCH:
        return judge_batch(m, scratch, w, err);
    case TR_ENTRY_CORRECTION:
        return judge_correction(m, scratch, w, err);
    case TR_ENTRY_RETRACTION:
        return judge_retraction(m, scratch, w, err);
    case TR_ENTRY_OBJECTION:
        return judge_objection(m, scratch, w, err);
    case TR_ENTRY_SOURCE_REGISTER:
        return judge_register(m, scratch, w, err) ? TR_STEP_OK : TR_STEP_INVALID;
    case TR_ENTRY_SOURCE_HEALTH:
        return judge_health(m, w, err) ? TR_STEP_OK : TR_STEP_INVALID;
    case TR_ENTRY_TICK:
        return judge_tick(m, w, err) ? TR_STEP_OK : TR_STEP_INVALID;
    case TR_ENTRY_RESPONSE:
        return judge_response(m, scratch, w, err) ? TR_STEP_OK : TR_STEP_INVALID;
    case TR_ENTRY_NOTIFICATION:
        judge_notice(m, w);
        return TR_STEP_OK;
    default:
        return !deed_type(w->entry.type) || judge_deed(m, *scratch, w, err) ? TR_STEP_OK
                                                                            : TR_STEP_INVALID;
    }
}

/* ---- entry 0 ---- */

/* On a ring and a plan of its own: nothing of `m` changes. */
static tr_outcome judge_genesis(const tr_mission *m, tr_arena *keep, work *w, tr_keyring *ring,
                                tr_plan **plan, tr_err *err)
{
    tr_hash name;
    if (w->entry.type != TR_ENTRY_AGREEMENT_ADOPT) {
        tr_fail(err, TR_E_GENESIS, "A record begins with agreement.adopt.", "entry 0 is a %s",
                tr_entry_type_name(w->entry.type));
        return TR_STEP_INVALID;
    }
    tr_outcome out = judge_blobs(m, *keep, w, err);
    if (out != TR_STEP_OK)
        return out;
    if (!tr_keyring_genesis(ring, keep, &w->entry, err) ||
        !compile(keep, m, &w->entry, plan, &name, err))
        return TR_STEP_INVALID;
    return TR_STEP_OK;
}

void mission_found(tr_mission *m, tr_plan *plan, const tr_hash *agreement)
{
    m->plan = plan;
    m->s.adopted = 1;
    m->s.agreement = *agreement;
    m->cells = TR_NEW(m->keep, tr_cells *, plan->zones + 1 + CELLS_BY_PART);
    m->halted = TR_NEW(m->keep, clause_halts, plan->clauses + 1);
    m->halts = TR_NEW(m->keep, tr_halts, plan->clauses + 1);
    m->in_effect = TR_NEW(m->keep, effect_spans, plan->clauses + 1);
    plan->halts = m->halts;
    windows_make(m);
}

/* ---- judging and applying ---- */

static tr_outcome judge(const tr_mission *m, tr_arena *scratch, tr_str raw, work *w, tr_err *err)
{
    *w = (work){.index = (int64_t)m->s.count.entries};
    if (!tr_entry_read(scratch, raw, m->origin, &w->entry, err))
        return TR_STEP_INVALID;
    if (w->index == 0) {
        tr_keyring ring = {0};
        tr_plan   *plan;
        return judge_genesis(m, scratch, w, &ring, &plan, err);
    }
    if (m->s.closed || !m->plan) {
        tr_fail(err, m->plan ? TR_E_CLOSED : TR_E_GENESIS,
                "Write into the record that follows this one.",
                m->plan ? "the record is closed" : "the record has no lawful entry 0");
        return TR_STEP_INVALID;
    }
    if (body_seen(m, &w->entry.body_hash)) {
        tr_fail(err, TR_E_DUPLICATE, "Nothing to do: it was taken the first time.",
                "this entry is in the record already");
        return TR_STEP_INVALID;
    }
    if (!tr_keyring_check(&m->ring, &w->entry, w->index, err))
        return TR_STEP_INVALID;
    const tr_key *author = tr_keyring_author(&m->ring, &w->entry);
    w->role = author ? (int32_t)author->role : 0;
    tr_outcome out = judge_head(m, w, err);
    if (out == TR_STEP_OK)
        out = judge_refs(m, *scratch, w, err);
    if (out == TR_STEP_OK)
        out = judge_blobs(m, *scratch, w, err);
    return out == TR_STEP_OK ? judge_type(m, scratch, w, err) : out;
}

static void apply_register(tr_mission *m, work *w)
{
    int64_t    base = pour_text(m, w);
    source_row source = w->source;
    source.id += base;
    source.kind += base;
    source.owner += base;
    *TR_PUSH(m->keep, &m->source) = source;
    owners_rebuild(m);
}

static void apply_type(tr_mission *m, work *w)
{
    switch (w->entry.type) {
    case TR_ENTRY_OBSERVATION:
    case TR_ENTRY_OBSERVATION_BATCH:
        apply_observations(m, w);
        break;
    case TR_ENTRY_SOURCE_REGISTER:
        apply_register(m, w);
        break;
    case TR_ENTRY_SOURCE_HEALTH:
        if (w->has_watch)
            *TR_PUSH(m->keep, &m->watch) = w->watch;
        break;
    case TR_ENTRY_RESPONSE:
        w->said.activation += pour_text(m, w);
        *TR_PUSH(m->keep, &m->said) = w->said;
        break;
    case TR_ENTRY_TICK:
        m->s.now = w->tick;
        m->s.count.ticks++;
        *TR_PUSH(m->keep, &m->tick) = (tr_tick){w->tick, w->index};
        break;
    case TR_ENTRY_NOTIFICATION:
        apply_notice(m, w);
        break;
    case TR_ENTRY_SHARD_CLOSE:
        m->s.closed = 1;
        break;
    default:
        if (w->has_mark)
            apply_mark(m, w);
        else if (deed_type(w->entry.type))
            apply_deed(m, w);
    }
}

static void invalid(tr_mission *m, int64_t index)
{
    *TR_PUSH(m->keep, &m->invalid) = index;
    m->s.count.invalid++;
    m->s.count.entries++;
}

static tr_outcome step_genesis(tr_mission *m, work *w, tr_err *err)
{
    tr_plan *plan = NULL;
    tr_hash  name;
    /* Judged on scratch a moment ago; once more into what is kept. */
    tr_outcome out = judge_genesis(m, m->keep, w, &m->ring, &plan, err);
    assert(out == TR_STEP_OK);
    tr_json_hash(tr_json_get(w->entry.body, "agreement"), "sha256", &name);
    mission_found(m, plan, &name);
    latches_make(m);
    body_put(m, &w->entry.body_hash);
    m->s.count.entries = 1;
    return out;
}

static uint64_t forks(const tr_mission *m)
{
    uint64_t sum = 0;
    for (ptrdiff_t i = 0; i < m->ring.key.len; i++)
        sum += m->ring.key.at[i].forked;
    return sum;
}

tr_outcome tr_mission_step(tr_mission *m, tr_str raw, tr_err *err)
{
    work       w;
    tr_arena   scratch = m->scratch;
    tr_outcome out = judge(m, &scratch, raw, &w, err);
    int64_t    index = w.index;
    if (out == TR_STEP_OK && index == 0)
        return step_genesis(m, &w, err);
    if (out == TR_STEP_OK && !tr_keyring_apply(&m->ring, m->keep, &w.entry, index, err))
        out = TR_STEP_INVALID;
    if (out == TR_STEP_INVALID)
        invalid(m, index);
    if (out != TR_STEP_OK)
        return out;
    tr_arena whole = m->scratch; /* what was judged stays in place while effects use the rest */
    m->scratch = scratch;
    body_put(m, &w.entry.body_hash);
    m->s.count.entries++;
    m->s.count.chain_forks = forks(m);
    apply_type(m, &w);
    if (m->hull_stale)
        hulls_rebuild(m);
    if (m->changed || m->plan->driven || w.entry.type == TR_ENTRY_TICK)
        evaluate(m, index);
    m->scratch = whole;
    return TR_STEP_OK;
}

bool tr_mission_would(const tr_mission *m, tr_str raw, tr_err *err)
{
    work     w;
    tr_arena scratch = m->scratch;
    return judge(m, &scratch, raw, &w, err) == TR_STEP_OK;
}

/* ---- what is known ---- */

const tr_plan *tr_mission_plan(const tr_mission *m)
{
    settle(m);
    return m->plan;
}

tr_str tr_mission_origin(const tr_mission *m)
{
    return m->origin;
}

tr_record_mode tr_mission_mode(const tr_mission *m)
{
    return tr_origin_mode(m->origin);
}

uint64_t tr_mission_size(const tr_mission *m)
{
    return m->s.count.entries;
}

tr_time tr_mission_now(const tr_mission *m)
{
    return m->s.now;
}

const tr_keyring *tr_mission_keys(const tr_mission *m)
{
    return &m->ring;
}

tr_mission_counts tr_mission_count(const tr_mission *m)
{
    return m->s.count;
}

int32_t tr_mission_sources(const tr_mission *m)
{
    return (int32_t)m->source.len;
}

void tr_mission_source(const tr_mission *m, int32_t source, tr_source_view *view)
{
    const source_row *row = &m->source.at[source];
    *view = (tr_source_view){.id = mission_text(m, row->id),
                             .kind = mission_text(m, row->kind),
                             .owner = mission_text(m, row->owner),
                             .entry = row->entry,
                             .reg = row->reg,
                             .hull = {row->begin, row->end},
                             .rows = row->rows};
}

int32_t tr_mission_source_named(const tr_mission *m, tr_str id)
{
    for (ptrdiff_t i = 0; i < m->source.len; i++)
        if (tr_str_eq(mission_text(m, m->source.at[i].id), id))
            return (int32_t)i;
    return -1;
}

int64_t tr_mission_observations(const tr_mission *m)
{
    return m->obs.len;
}

const tr_obs *tr_mission_observation(const tr_mission *m, int64_t i)
{
    assert(i >= 0 && i < m->obs.len);
    return &m->obs.at[i];
}

tr_str tr_mission_text(const tr_mission *m, int64_t offset)
{
    return mission_text(m, offset);
}

int64_t tr_mission_find(const tr_mission *m, int32_t source, tr_str src_id)
{
    return group_find(m, source, src_id);
}

int32_t tr_mission_incidents(const tr_mission *m)
{
    return (int32_t)m->incident.len;
}

const tr_incident *tr_mission_incident(const tr_mission *m, int32_t i)
{
    assert(i >= 0 && i < m->incident.len);
    return &m->incident.at[i];
}

bool tr_mission_bytes(const tr_mission *m, tr_arena *keep, int64_t observation, tr_str *bytes)
{
    return mission_bytes(m, keep, observation, bytes);
}

int64_t tr_mission_ticks(const tr_mission *m)
{
    return m->tick.len;
}

const tr_tick *tr_mission_tick(const tr_mission *m, int64_t i)
{
    return &m->tick.at[i];
}

int32_t tr_mission_instances(const tr_mission *m)
{
    return (int32_t)m->instance.len;
}

const tr_instance *tr_mission_instance(const tr_mission *m, int32_t i)
{
    return &m->instance.at[i];
}
