/* commit.c -- planning a commit, stored heads, the recovery decision; see commit.h. */
#include "record/commit.h"

#define MAGIC_HEAD "TRUCEHD1"
#define MAGIC_LOCK "TRUCELK1"
enum { HASHED = TR_SLOT_BYTES - 32, SLOT_HEAD = 8 + 8 + 8 + 8 + 4 };
enum { COMMIT_MAX = 4096 };
_Static_assert(SLOT_HEAD + TR_CHECKPOINT_MAX + 32 == TR_SLOT_BYTES, "a slot is full with the "
                                                                    "longest checkpoint");

const char *tr_file_name(tr_file_id file)
{
    static const char *const name[TR_FILES] = {
        "entries.dat", "entries.idx", "tree.0", "tree.1", "tree.2", "tree.3",    "tree.4",
        "tree.5",      "tree.6",      "tree.7", "head.a", "head.b", "heads.log", "lock.size",
    };
    assert(file < TR_FILES);
    return name[file];
}

static void put_be(uint8_t *at, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        at[i] = (uint8_t)value;
}

static uint64_t get_be(const char *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | (uint8_t)at[i];
    return value;
}

/* When k carries have been made, `hash` covers the last 2^k leaves: a stored hash iff 8 | k. */
void tr_log_add(tr_frontier *frontier, const tr_hash *leaf, tr_level_emit emit, void *context)
{
    tr_hash hash = *leaf;
    int     k = 0;
    emit(context, 0, &hash);
    while (frontier->size >> k & 1) {
        hash = tr_merkle_node(&frontier->node[k], &hash);
        if (++k % 8 == 0 && k / 8 < TR_TREE_LEVELS)
            emit(context, k / 8, &hash);
    }
    frontier->node[k] = hash;
    frontier->size++;
}

typedef struct {
    tr_out level[TR_TREE_LEVELS];
} grown_levels;

static void emit_level(void *context, int level, const tr_hash *hash)
{
    grown_levels *grown = context;
    tr_put_bytes(&grown->level[level], hash->at, 32);
}

static void put_effect(tr_commit *plan, tr_effect_kind kind, tr_file_id file, uint64_t offset,
                       tr_str bytes)
{
    assert(plan->effects < TR_COMMIT_EFFECTS);
    plan->effect[plan->effects++] = (tr_effect){kind, file, offset, bytes};
}

/* Steps 6 to 8.  The bytes of the slot and of heads.log come with the signature. */
static void put_sign(tr_commit *plan, const tr_log *log)
{
    tr_str     none = {NULL, 0};
    tr_file_id slot = plan->next.seq % 2 == 0 ? TR_FILE_HEAD_A : TR_FILE_HEAD_B;
    put_effect(plan, TR_EFFECT_SIGN, slot, 0, none);
    put_effect(plan, TR_EFFECT_WRITE, slot, 0, none);
    put_effect(plan, TR_EFFECT_SYNC, slot, 0, none);
    put_effect(plan, TR_EFFECT_WRITE, TR_FILE_HEADS, log->heads_end, none);
    if (plan->next.seq % TR_HEADS_SYNC == 0)
        put_effect(plan, TR_EFFECT_SYNC, TR_FILE_HEADS, 0, none);
    put_effect(plan, TR_EFFECT_PUBLISH, slot, 0, none);
}

static bool put_entries(tr_arena *keep, const tr_log *log, const tr_str *entry, int count,
                        tr_commit *plan, tr_str bytes[2], grown_levels *grown, tr_err *err)
{
    tr_out framed = tr_out_new(keep), index = tr_out_new(keep);
    for (int i = 0; i < count; i++) {
        uint8_t be[8];
        if (entry[i].len < 1 || entry[i].len > TR_NOTE_MAX)
            return tr_fail(err, TR_E_LIMIT, "Put long content into a blob and name its hash.",
                           "an entry of %td bytes, of at most %d", entry[i].len, TR_NOTE_MAX);
        put_be(be, log->end + (uint64_t)framed.buf.len, 8);
        tr_put_bytes(&index, be, 8);
        put_be(be, (uint64_t)entry[i].len, 2);
        tr_put_bytes(&framed, be, 2);
        tr_put_str(&framed, entry[i]);
    }
    for (int i = 0; i < count; i++) {
        tr_hash leaf = tr_merkle_leaf(entry[i]);
        tr_log_add(&plan->next.frontier, &leaf, emit_level, grown);
    }
    bytes[0] = tr_out_text(&framed);
    bytes[1] = tr_out_text(&index);
    return true;
}

bool tr_commit_plan(tr_arena *keep, const tr_log *log, const tr_str *entry, int count,
                    tr_commit *plan, tr_err *err)
{
    tr_str       bytes[2], none = {NULL, 0};
    grown_levels grown;
    if (count < 1 || count > COMMIT_MAX)
        return tr_fail(err, TR_E_LIMIT, "Commit 1 to 4,096 entries at a time.",
                       "a batch of %d entries", count);
    for (int i = 0; i < TR_TREE_LEVELS; i++)
        grown.level[i] = tr_out_new(keep);
    memset(plan, 0, sizeof *plan);
    plan->next = *log;
    if (!put_entries(keep, log, entry, count, plan, bytes, &grown, err))
        return false;
    plan->next.end += (uint64_t)bytes[0].len;
    plan->next.head.size = plan->next.frontier.size;
    plan->next.head.root = tr_frontier_root(&plan->next.frontier);
    plan->next.seq++;
    plan->next.lock_seq++;
    put_effect(plan, TR_EFFECT_WRITE, TR_FILE_ENTRIES, log->end, bytes[0]);
    put_effect(plan, TR_EFFECT_SYNC, TR_FILE_ENTRIES, 0, none);
    for (int i = 0; i < TR_TREE_LEVELS; i++)
        if (grown.level[i].buf.len > 0)
            put_effect(plan, TR_EFFECT_WRITE, (tr_file_id)(TR_FILE_TREE + i),
                       tr_level_count(log->head.size, i) * 32, tr_out_text(&grown.level[i]));
    put_effect(plan, TR_EFFECT_WRITE, TR_FILE_INDEX, log->head.size * 8, bytes[1]);
    put_effect(plan, TR_EFFECT_COMPARE, TR_FILE_ENTRIES, log->end, bytes[0]);
    put_effect(plan, TR_EFFECT_PROVE, TR_FILE_TREE, 0, none);
    put_effect(plan, TR_EFFECT_LOCK, TR_FILE_LOCK, 0, none);
    put_sign(plan, log);
    return true;
}

void tr_commit_plan_adopt(const tr_log *log, const tr_log *next, tr_commit *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->next = *next;
    plan->next.seq = log->seq + 1;
    put_sign(plan, log);
}

bool tr_commit_prove(const tr_commit *plan, const tr_log *log, const tr_levels *levels, tr_err *err)
{
    static const char hint[] = "Nothing was signed.  Check the disk; then open the record again, "
                               "which rebuilds the tree from the entries.";
    tr_hash           root;
    tr_proof          proof;
    uint64_t          old = log->head.size, size = plan->next.head.size;
    if (size <= old || !tr_range_root(size, tr_levels_node, levels, &root) ||
        !tr_hash_eq(&root, &plan->next.head.root))
        return tr_fail(err, TR_E_RECORD_ROOT, hint,
                       "the tree on disk does not give the new root at %llu",
                       (unsigned long long)size);
    if (old > 0 &&
        (!tr_consistency_make(old, size, tr_levels_node, levels, &proof) ||
         !tr_consistency_ok(old, size, &log->head.root, &root, proof.path, proof.length)))
        return tr_fail(err, TR_E_RECORD_ROOT, hint,
                       "the new head of %llu entries does not contain the old one of %llu",
                       (unsigned long long)size, (unsigned long long)old);
    return true;
}

static bool own_signature_ok(tr_str checkpoint, const tr_author *log_key)
{
    tr_note note;
    tr_vkey vkey;
    tr_err  quiet = {0};
    int     good, unknown;
    tr_vkey_make(&vkey, log_key->name, TR_KEY_ED25519, &log_key->pub);
    return tr_note_read(checkpoint, &note, &quiet) &&
           tr_note_open(&note, &vkey, 1, &good, &unknown, &quiet) && good == 1;
}

bool tr_commit_sign(tr_arena *keep, tr_commit *plan, const tr_author *log_key, tr_err *err)
{
    const tr_head *head = &plan->next.head;
    tr_out         text = tr_out_new(keep), note = tr_out_new(keep);
    tr_put_checkpoint(&text, log_key->origin, head->size, &head->root);
    tr_put_note(&note, tr_out_text(&text), log_key->name, &log_key->pub, &log_key->sec);
    tr_str signed_note = tr_out_text(&note);
    if (signed_note.len > TR_CHECKPOINT_MAX || !own_signature_ok(signed_note, log_key))
        return tr_fail(err, TR_E_SIGNATURE, "Check that the log key's two halves belong together.",
                       "the signature just made for %llu entries does not verify",
                       (unsigned long long)head->size);
    plan->checkpoint = signed_note;
    tr_slot slot = {plan->next.seq, head->size, plan->next.end, signed_note};
    tr_slot_write(&slot, plan->slot);
    put_be((uint8_t *)plan->heads_line, (uint64_t)signed_note.len, 4);
    memcpy(plan->heads_line + 4, signed_note.at, (size_t)signed_note.len);
    for (int i = 0; i < plan->effects; i++) {
        tr_effect *effect = &plan->effect[i];
        if (effect->kind != TR_EFFECT_WRITE)
            continue;
        if (effect->file == TR_FILE_HEAD_A || effect->file == TR_FILE_HEAD_B)
            effect->bytes = (tr_str){(const char *)plan->slot, TR_SLOT_BYTES};
        if (effect->file == TR_FILE_HEADS)
            effect->bytes = (tr_str){plan->heads_line, 4 + signed_note.len};
    }
    plan->next.heads_end += 4 + (uint64_t)signed_note.len;
    return true;
}

void tr_slot_write(const tr_slot *slot, uint8_t bytes[TR_SLOT_BYTES])
{
    assert(slot->checkpoint.len <= TR_CHECKPOINT_MAX);
    memset(bytes, 0, TR_SLOT_BYTES);
    memcpy(bytes, MAGIC_HEAD, 8);
    put_be(bytes + 8, slot->seq, 8);
    put_be(bytes + 16, slot->size, 8);
    put_be(bytes + 24, slot->end, 8);
    put_be(bytes + 32, (uint64_t)slot->checkpoint.len, 4);
    memcpy(bytes + SLOT_HEAD, slot->checkpoint.at, (size_t)slot->checkpoint.len);
    tr_hash hash = tr_sha256((tr_str){(const char *)bytes, HASHED});
    memcpy(bytes + HASHED, hash.at, 32);
}

bool tr_slot_read(tr_str bytes, tr_slot *slot)
{
    if (bytes.len != TR_SLOT_BYTES || memcmp(bytes.at, MAGIC_HEAD, 8) != 0)
        return false;
    tr_hash  hash = tr_sha256(tr_str_cut(bytes, 0, HASHED));
    uint64_t length = get_be(bytes.at + 32, 4);
    if (memcmp(hash.at, bytes.at + HASHED, 32) != 0 || length > TR_CHECKPOINT_MAX)
        return false;
    slot->seq = get_be(bytes.at + 8, 8);
    slot->size = get_be(bytes.at + 16, 8);
    slot->end = get_be(bytes.at + 24, 8);
    slot->checkpoint = tr_str_cut(bytes, SLOT_HEAD, SLOT_HEAD + (ptrdiff_t)length);
    return true;
}

bool tr_slot_blank(tr_str bytes)
{
    for (ptrdiff_t i = 0; i < bytes.len; i++)
        if (bytes.at[i] != 0)
            return false;
    return true;
}

bool tr_slot_newest(tr_str a, tr_str b, tr_slot *slot)
{
    tr_slot one, two;
    bool    has_one = tr_slot_read(a, &one), has_two = tr_slot_read(b, &two);
    if (has_one || has_two)
        *slot = has_one && (!has_two || one.seq > two.seq) ? one : two;
    return has_one || has_two;
}

void tr_lock_write(const tr_lock *lock, tr_str origin, uint8_t bytes[TR_LOCK_BYTES])
{
    tr_hash of_origin = tr_sha256(origin);
    memcpy(bytes, MAGIC_LOCK, 8);
    put_be(bytes + 8, lock->seq, 8);
    put_be(bytes + 16, lock->head.size, 8);
    memcpy(bytes + 24, lock->head.root.at, 32);
    memcpy(bytes + 56, of_origin.at, 32);
    tr_hash hash = tr_sha256((tr_str){(const char *)bytes, 88});
    memcpy(bytes + 88, hash.at, 32);
}

static bool lock_record_read(tr_str bytes, tr_str origin, tr_lock *lock)
{
    if (bytes.len < TR_LOCK_BYTES || memcmp(bytes.at, MAGIC_LOCK, 8) != 0)
        return false;
    tr_hash hash = tr_sha256(tr_str_cut(bytes, 0, 88)), of_origin = tr_sha256(origin);
    if (memcmp(hash.at, bytes.at + 88, 32) != 0 || memcmp(of_origin.at, bytes.at + 56, 32) != 0)
        return false;
    lock->seq = get_be(bytes.at + 8, 8);
    lock->head.size = get_be(bytes.at + 16, 8);
    memcpy(lock->head.root.at, bytes.at + 24, 32);
    return true;
}

bool tr_lock_read(tr_str file, tr_str origin, tr_lock *lock)
{
    tr_lock record;
    bool    found = false;
    for (int i = 0; i < 2; i++) {
        if (!lock_record_read(tr_str_from(file, (ptrdiff_t)i * TR_LOCK_STEP), origin, &record))
            continue;
        if (!found || record.seq > lock->seq)
            *lock = record;
        found = true;
    }
    return found;
}

tr_recovery tr_recovery_decide(const tr_recovery_facts *facts)
{
    if (!tr_hash_eq(&facts->head.root, &facts->root))
        return TR_RECOVER_REFUSE_ROOT;
    if (facts->lock.size == facts->head.size) {
        if (!tr_hash_eq(&facts->lock.root, &facts->head.root))
            return TR_RECOVER_REFUSE_LOCK;
        return facts->file_end > facts->end ? TR_RECOVER_CUT : TR_RECOVER_AS_IS;
    }
    if (facts->lock.size < facts->head.size || facts->lock.size - facts->head.size > COMMIT_MAX ||
        !facts->tail_whole || !tr_hash_eq(&facts->tail_root, &facts->lock.root))
        return TR_RECOVER_REFUSE_LOCK;
    return TR_RECOVER_ADOPT;
}
