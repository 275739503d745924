/* entry_test.c -- one entry: its bytes, its envelope, the closed list of bodies, batch rows. */
#include "record/fixture.h"

#include "record/schema.h"

/* The published example of the format: text, note, hashes, head, byte for byte. */
#define EXAMPLE_TEXT                                                                               \
    "truce/entry/v1\ntruce.example/m1\n"                                                           \
    "{\"at\":\"2026-03-01T10:00:00.000000000Z\",\"body\":{\"kind\":\"party\"},"                    \
    "\"by\":\"truce.example/m1/party/A/liaison1\",\"head\":{\"root\":"                             \
    "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"size\":0},\"n\":1,"    \
    "\"type\":\"heartbeat\",\"v\":1}\n"
#define EXAMPLE_NOTE                                                                               \
    EXAMPLE_TEXT "\n\xe2\x80\x94 truce.example/m1/party/A/liaison1 "                               \
                 "hgjFKgLaivhSkrcvwpqfKfE+ZcIG5pirKLiJoY3sc8qCPjNb7jD3gYzQ1xG+8NsgtiEPh9SXNjC1NAM" \
                 "jwySxlP3CmQo=\n"
#define EXAMPLE_HEAD                                                                               \
    "truce.example/m1\n1\n08VtVb0lVKJUTXW9gxT6LwSMlAqpxrFp0hDDW+BHv68=\n\n\xe2\x80\x94 "           \
    "truce.example/m1 FsuoQGzCgi4itdzxbbelrjl8uF3J0vFvTvumU+/nuWYZ0dKoosU4pRZ0KIQGWYSBJu8S5IXcPkt" \
    "6+G+ZorQuAs2xags=\n"
#define EXAMPLE_COSIGNED                                                                           \
    "\xe2\x80\x94 witness.example/w1 glzQkwAAAABppA4lSiB/6EH8zs7GnI+4C7SeHgjvjf3rV7JUzaj36T6TDZc"  \
    "ld+Tw32ByJ7FVgGsCl86xEnCVT4Ab4uq2Bdr8OgnrBA==\n"

static void the_published_entry_is_reproduced_byte_for_byte(void **state)
{
    tr_arena  arena = check_arena();
    uint8_t   seed[32];
    tr_author author = {.origin = TR_STR("truce.example/m1"),
                        .name = TR_STR("truce.example/m1/party/A/liaison1")};
    tr_err    err = {0};
    tr_str    raw;
    assert_true(tr_hex_read(
        TR_STR("9986dae93656051b74aee837c7fe7f76c45c5fff78aebbb78bf6274987537ec1"), seed, 32));
    tr_key_of_seed(seed, &author.pub, &author.sec);
    CHECK_STR(vkey_text(&arena, &author), "truce.example/m1/party/A/liaison1+8608c52a+"
                                          "Aa8gbxGW63TJT1lS65oIdSB1m2gNFNVAqUEVS7mlhNEH");
    CHECK_OK(tr_entry_write(&arena, &author, NULL, 0, TR_ENTRY_HEARTBEAT, T0, NULL,
                            json_of(&arena, "{'kind':'party'}"), NULL, &raw, &err),
             err);
    CHECK_STR(raw, EXAMPLE_NOTE);
    assert_int_equal(raw.len, 392);
    tr_entry *entry = read_entry(&arena, raw, "truce.example/m1");
    assert_int_equal(entry->note.text.len, 260);
    char hex[65];
    tr_hash_hex(&entry->body_hash, hex);
    assert_string_equal(hex, "413b415e82745bd9eaa531627623d64112223acae0ab2a088b58d754f64a82f3");
    tr_hash_hex(&entry->leaf, hex);
    assert_string_equal(hex, "d3c56d55bd2554a2544d75bd8314fa2f048c940aa9c6b169d210c35be047bfaf");
    assert_int_equal(author.n, 1);
    assert_true(tr_hash_eq(&author.last, &entry->body_hash));
}

static void the_published_head_over_it_is_reproduced_and_its_cosignature_verifies(void **state)
{
    tr_arena  arena = check_arena();
    uint8_t   seed[32];
    tr_pubkey pub;
    tr_seckey sec;
    tr_hash   leaf = tr_merkle_leaf(TR_STR(EXAMPLE_NOTE)), root = tr_merkle_root(&leaf, 1);
    tr_out    text = tr_out_new(&arena), note = tr_out_new(&arena);
    assert_true(tr_hex_read(
        TR_STR("45bda352261d1c839ce9ca43deebf232473920955e35774ba0eb66ab85c3b5f2"), seed, 32));
    tr_key_of_seed(seed, &pub, &sec);
    tr_put_checkpoint(&text, TR_STR("truce.example/m1"), 1, &root);
    tr_put_note(&note, tr_out_text(&text), TR_STR("truce.example/m1"), &pub, &sec);
    CHECK_STR(tr_out_text(&note), EXAMPLE_HEAD);

    tr_vkey  witness;
    tr_err   err = {0};
    uint64_t seconds = 0;
    tr_note *read = TR_NEW(&arena, tr_note, 1);
    assert_true(tr_hex_read(
        TR_STR("1d151d3a8f9aee9eb572d3a578d2f2b00c1bdcace9a90d5bf05764ad3e5c120a"), seed, 32));
    tr_key_of_seed(seed, &pub, &sec);
    tr_vkey_make(&witness, TR_STR("witness.example/w1"), TR_KEY_COSIGN_ED25519, &pub);
    CHECK_OK(tr_note_read(TR_STR(EXAMPLE_HEAD EXAMPLE_COSIGNED), read, &err), err);
    assert_true(tr_note_verify(read, &read->sig[1], &witness, &seconds));
    assert_int_equal(seconds, 1772359205);
}

/* A body that each type accepts, with every member that may be there. */
#define HASH  "'5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'"
#define TIME  "'2026-03-01T10:00:00.000000000Z'"
#define SPAN  "{'begin':'2026-03-01T10:00:00.000000000Z','end':'2026-03-01T11:00:00.000000000Z'}"
#define REF   "{'h':" HASH ",'i':3,'row':2}"
#define POINT "{'kind':'point','lat':480000000,'lon':370000000,'r_m':50}"
#define VKEY                                                                                       \
    "'truce.example/m1/party/A/liaison1+8608c52a+Aa8gbxGW63TJT1lS65oIdSB1m2gNFNVAqUEVS7mlhNEH'"
#define POP                                                                                        \
    "'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="    \
    "'"
static const char *const full[TR_ENTRY_TYPES] = {
    [TR_ENTRY_AGREEMENT_ADOPT] =
        "{'id':'a','version':'1','agreement':" BLOB ",'texts':[{'blob':" BLOB ",'lang':'uk'}],"
        "'tz':'UTC','area':{'lat_max':2,'lat_min':1,'lon_max':2,'lon_min':1},'parties':['A','B'],"
        "'roots':[" VKEY "],'root_k':1,'log':[" VKEY "],'policy':" BLOB ",'faulty':0,"
        "'tick_max_s':60,'epsilon_s':300,'late_days':7,'final_days':14,'lang_v':1,'record_v':1,"
        "'prior':{'origin':'x.example/m0','root':" HASH ",'size':4,'state':" HASH "}}",
    [TR_ENTRY_AGREEMENT_AMEND] = "{'id':'a','version_old':'1','version_new':'2','agreement':" BLOB
                                 ",'effective':{'index':9},'policy':" BLOB
                                 ",'faulty':1,'log':[" VKEY "],'roots':[" VKEY "],'root_k':1}",
    [TR_ENTRY_ZONE_VERSION] = "{'zone':'z1','zv':2,'geometry':" BLOB ",'valid':{'begin':" TIME
                              ",'end':" TIME "},'source':'joint map','replaces':1}",
    [TR_ENTRY_PARTY_POSITION] = "{'party':'A','version':'1','points':[{'label':'4.2b','stance':"
                                "'reserves','text':'see letter'}]}",
    [TR_ENTRY_RATIFICATION] =
        "{'who':'A','act':'ratified','organ':'parliament','instrument':" BLOB ",'on':" TIME "}",
    [TR_ENTRY_KEY_ENROL] = "{'vkey':" VKEY ",'use':'sign','role':'party','holder':'A','scope':"
                           "{'parties':['A'],'sources':['s1'],'types':['observation']},'pop':" POP
                           ",'identity':" HASH "}",
    [TR_ENTRY_KEY_ROTATE] = "{'old':" VKEY ",'new':" VKEY ",'pop':" POP ",'reason':'yearly'}",
    [TR_ENTRY_KEY_REVOKE] = "{'key':{'id':'8608c52a','name':'x.example/m/party/A/1'},'reason':"
                            "'lost','since':" TIME "}",
    [TR_ENTRY_SOURCE_REGISTER] =
        "{'source':'s1','kind':'camera','owner':'mission','key':'x.example/m/device/o/1','place':"
        "{'kind':'sector','az_begin_cdeg':35000,'az_end_cdeg':1000,'lat':1,'lon':2,'r_max_m':900,"
        "'r_min_m':100},'modes':['image'],'clock':{'kind':'gps','sigma_ms':10},'silence_s':300,"
        "'root':'s1','range_m':5000,'angles':'fixed'}",
    [TR_ENTRY_SOURCE_HEALTH] =
        "{'source':'s1','span':" SPAN ",'status':'jammed','exposure_s':60,'cause':'unknown'}",
    [TR_ENTRY_OBSERVATION] =
        "{'source':'s1','src_id':'2026/17','kind':'explosion.impact','happened':" SPAN
        ",'place':" POINT ",'platform':'patrol','means':'heard','count':{'best':3,'max':5,'min':2},"
        "'deaths':{'best':0,'min':0},'assess':'incoming','conf_ppm':800000,'exercise':0,"
        "'observer':{'kind':'zone','zone':'z1','zv':1},'doc':'d1','cites':['x'],'published':" TIME
        ",'motion':['NE'],'claim':'c','parts':{'n':2,'root':" HASH "},'text':'t'}",
    [TR_ENTRY_OBSERVATION_BATCH] =
        "{'source':'s1','span':" SPAN ",'fmt':'truce-obs/1','rows':2,"
        "'root':" HASH ",'chunk':" BLOB ",'counts':[{'kind':'burst','n':2}]}",
    [TR_ENTRY_DECLARATION] = "{'party':'A','quantity':'howitzers','value':-1,'unit':'pieces',"
                             "'as_of':" SPAN ",'period':" SPAN "}",
    [TR_ENTRY_MEASUREMENT] =
        "{'source':'s1','quantity':'level','value':{'best':1,'min':1},'e10':-2,'unit':'m','span'"
        ":" SPAN ",'method':'declared by X','place':{'kind':'none'}}",
    [TR_ENTRY_NOTIFICATION] = "{'from':'A','to':['B'],'subject':'exercise','planned':" SPAN
                              ",'place':{'blob':" BLOB ",'kind':'region'},'cancels':" REF "}",
    [TR_ENTRY_REQUEST] = "{'from':'A','to':'B','act':'inspection','place':{'c':" HASH
                         ",'kind':'sealed'},'span':" SPAN ",'reason':'r'}",
    [TR_ENTRY_ACCESS] = "{'kind':'site','who':'p1','result':'denied','span':" SPAN ",'place':" POINT
                        ",'by_whom':'guard','reason':'none given','request':" REF "}",
    [TR_ENTRY_ADJUDICATION] = "{'subject':{'id':'i-17','kind':'incident'},'decision':'upheld',"
                              "'grade':'likely','ppm':700000,'grounds':[" REF "],'dissent':['b2']}",
    [TR_ENTRY_CORRECTION] = "{'of':" REF ",'class':'count','set':[{'new':3,'old':4,'path':"
                            "'count.best'}],'reason':'typing'}",
    [TR_ENTRY_RETRACTION] = "{'of':" REF ",'class':'mistaken','reason':'r'}",
    [TR_ENTRY_OBJECTION] = "{'finding':'f:1/2','ground':'place','text':'t','asks':'a'}",
    [TR_ENTRY_RESPONSE] =
        "{'activation':'4.2#1','step':'4.2b','status':'done','on':" TIME ",'text':'t'}",
    [TR_ENTRY_LINK] = "{'kind':'apart','of':[" REF "],'reason':'r'}",
    [TR_ENTRY_RELEASE] = "{'finding':'f1','audience':'public','text':'t'}",
    [TR_ENTRY_REPLY] = "{'of':'f1','kind':'contest','text':'t','planned':" SPAN "}",
    [TR_ENTRY_CONTACT] =
        "{'kind':'hotline','with':['B'],'about':['f1'],'span':" SPAN ",'result':'r'}",
    [TR_ENTRY_PLAN] = "{'who':'p1','act':'patrol','planned':" SPAN ",'place':" POINT
                      ",'checkin_s':600,'cancels':" REF "}",
    [TR_ENTRY_WARNING] =
        "{'alarm':'a1','decision':'held','cap':" BLOB ",'audience':'public','reason':'r'}",
    [TR_ENTRY_REPORT] = "{'span':" SPAN ",'audience':'public','blobs':[" BLOB
                        "],'head':{'root':" HASH ",'size':9},'replaces':" REF ",'reason':'daily'}",
    [TR_ENTRY_TICK] = "{'t':" TIME ",'sigma_ms':20,'source':'gps','cosigned':'x'}",
    [TR_ENTRY_FORECAST] = "{'model':" REF ",'issued':" TIME ",'window':" SPAN ",'zone':'z1',"
                          "'class':'artillery','p_ppm':200000,'base_ppm':100000,'inputs_to':9,"
                          "'abstain':0}",
    [TR_ENTRY_HEARTBEAT] = "{'kind':'party','state':" HASH ",'text':'t'}",
    [TR_ENTRY_SOFTWARE_RELEASE] = "{'component':'truce','version':'0.1.0','source':" HASH
                                  ",'artefacts':[{'name':'truce','sha256':" HASH "}],"
                                  "'reproducible':1,'effective':10}",
    [TR_ENTRY_TIMESTAMP_ANCHOR] = "{'head':{'root':" HASH ",'size':9},'imprint':" HASH
                                  ",'tokens':[{'gen':" TIME ",'token':" BLOB ",'tsa':'t'}],"
                                  "'chains':[" BLOB "]}",
    [TR_ENTRY_SHARD_CLOSE] = "{'successor':{'log':[" VKEY "],'origin':'x.example/m2'},'reason':"
                             "'year end','state':" HASH "}",
    [TR_ENTRY_EVIDENCE_REVEAL] = "{'of':" REF ",'parts':[{'i':0,'name':'place','path':[" HASH "],"
                                 "'salt':" HASH ",'value':'x'}],'to':['public']}",
    [TR_ENTRY_EVIDENCE_ERASE] = "{'of':" REF ",'ct':" HASH ",'reason':'r','authority':'court',"
                                "'order':" BLOB "}",
};

static bool fits(tr_entry_type type, const tr_json *body)
{
    tr_err err = {0};
    bool   ok = tr_body_check(type, body, &err);
    assert_true(ok == (err.code == 0));
    assert_true(ok || err.code == TR_E_ENTRY_MEMBER);
    return ok;
}

static void every_type_accepts_its_full_body(void **state)
{
    tr_arena arena = check_arena();
    for (int type = TR_ENTRY_NONE + 1; type < TR_ENTRY_TYPES; type++) {
        tr_err err = {0};
        assert_non_null(full[type]);
        CHECK_OK(tr_body_check((tr_entry_type)type, json_of(&arena, full[type]), &err), err);
        tr_str name = tr_str_of(tr_entry_type_name((tr_entry_type)type));
        assert_int_equal(tr_entry_type_of(name), type);
    }
    assert_int_equal(tr_entry_type_of(TR_STR("violation")), TR_ENTRY_NONE);
}

/* Is `name` an optional member, or one of alternatives, at the top of the schema? */
static bool may_be_absent(const char *schema, tr_str name)
{
    int depth = 0;
    for (const char *at = schema; *at; at++) {
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        bool begins = at == schema || at[-1] == ' ';
        if (depth == 0 && begins && strncmp(at, name.at, (size_t)name.len) == 0 &&
            at[name.len] == '?')
            return true;
    }
    return false;
}

static void every_missing_added_or_exchanged_member_of_every_body_is_refused(void **state)
{
    tr_arena arena = check_arena();
    int      refused = 0;
    for (int i = TR_ENTRY_NONE + 1; i < TR_ENTRY_TYPES; i++) {
        tr_entry_type type = (tr_entry_type)i;
        const char   *schema = tr_entry_body(type);
        tr_json      *body = json_of(&arena, full[type]);
        for (const tr_json *m = body->first; m; m = m->next) {
            tr_json *without = tr_json_copy(&arena, body), *other = tr_json_copy(&arena, body);
            tr_json_set(without, m->name, NULL);
            assert_true(fits(type, without) == may_be_absent(schema, m->name));
            tr_json *array = tr_json_array(&arena);
            tr_json_add(array, tr_json_int(&arena, 1));
            tr_json_set(other, m->name,
                        m->kind == TR_JSON_OBJECT ? array : json_of(&arena, "{'x':1}"));
            assert_false(fits(type, other));
            refused++;
        }
        tr_json *more = tr_json_copy(&arena, body);
        tr_json_set(more, TR_STR("zz_more"), tr_json_int(&arena, 1));
        assert_false(fits(type, more));
    }
    assert_true(refused > 200);
}

/* In place of one member: each value form one off its bounds. */
static void values_one_off_their_bounds_are_refused(void **state)
{
    static const struct {
        tr_entry_type type;
        const char   *path, *good, *bad;
    } cases[] = {
        {TR_ENTRY_OBSERVATION, "conf_ppm", "1000000", "1000001"},
        {TR_ENTRY_OBSERVATION, "conf_ppm", "0", "-1"},
        {TR_ENTRY_OBSERVATION, "exercise", "1", "2"},
        {TR_ENTRY_OBSERVATION, "kind", "'a.b-c_d'", "'1a'"},
        {TR_ENTRY_OBSERVATION, "means", "'recorded'", "'Recorded'"},
        {TR_ENTRY_OBSERVATION, "count", "{'best':2,'max':2,'min':2}", "{'best':3,'max':2,'min':2}"},
        {TR_ENTRY_OBSERVATION, "count", "{'best':2,'min':2}", "{'best':1,'min':2}"},
        {TR_ENTRY_OBSERVATION, "happened", SPAN, "{'begin':" TIME ",'end':" TIME "}"},
        {TR_ENTRY_OBSERVATION, "published", "'2261-12-31T23:59:59.999999999Z'",
         "'2026-03-01T10:00:60.000000000Z'"},
        {TR_ENTRY_OBSERVATION, "published", "'1970-01-01T00:00:00.000000000Z'",
         "'2026-03-01T10:00:00Z'"},
        {TR_ENTRY_OBSERVATION, "place", "{'kind':'none'}", "{'kind':'none','lat':1}"},
        {TR_ENTRY_OBSERVATION, "place",
         "{'kind':'point','lat':900000000,'lon':-1800000000,'r_m':0}",
         "{'kind':'point','lat':900000001,'lon':0,'r_m':0}"},
        {TR_ENTRY_OBSERVATION, "place",
         "{'kind':'point','lat':-900000000,'lon':1800000000,'r_m':0}",
         "{'kind':'point','lat':0,'lon':1800000001,'r_m':0}"},
        {TR_ENTRY_OBSERVATION, "place",
         "{'kind':'sector','az_begin_cdeg':0,'az_end_cdeg':35999,'lat':1,'lon':1,'r_max_m':5,"
         "'r_min_m':5}",
         "{'kind':'sector','az_begin_cdeg':0,'az_end_cdeg':36000,'lat':1,'lon':1,'r_max_m':5,"
         "'r_min_m':5}"},
        {TR_ENTRY_OBSERVATION, "place", POINT,
         "{'kind':'sector','az_begin_cdeg':0,'az_end_cdeg':1,'lat':1,'lon':1,'r_max_m':5,"
         "'r_min_m':6}"},
        {TR_ENTRY_OBSERVATION, "parts", "{'n':1,'root':" HASH "}", "{'n':1,'root':'5891'}"},
        {TR_ENTRY_OBSERVATION_BATCH, "fmt", "'truce-obs/1'", "'truce-obs/2'"},
        {TR_ENTRY_OBSERVATION_BATCH, "rows", "1", "0"},
        {TR_ENTRY_RESPONSE, "step", "'10.2.3'", "'10..3'"},
        {TR_ENTRY_RESPONSE, "step", "'1a'", "'1.a'"},
        {TR_ENTRY_RESPONSE, "step", "'0'", "'1A'"},
        {TR_ENTRY_RESPONSE, "activation", "'x#1'", "'x 1'"},
        {TR_ENTRY_CONTACT, "about", REF, "'f1'"},
        {TR_ENTRY_KEY_REVOKE, "key", "{'id':'8608c52a','name':'x'}",
         "{'id':'8608C52A','name':'x'}"},
        {TR_ENTRY_AGREEMENT_AMEND, "effective", "{'time':" TIME "}", "{'index':1,'time':" TIME "}"},
        {TR_ENTRY_AGREEMENT_AMEND, "effective", "{'condition':'c'}", "{'when':'c'}"},
        {TR_ENTRY_AGREEMENT_ADOPT, "area", "{'lat_max':2,'lat_min':1,'lon_max':2,'lon_min':1}",
         "{'lat_max':2,'lat_min':2,'lon_max':2,'lon_min':1}"},
    };
    tr_arena arena = check_arena();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tr_str   path = tr_str_of(cases[i].path);
        tr_json *good = tr_json_copy(&arena, json_of(&arena, full[cases[i].type]));
        tr_json *bad = tr_json_copy(&arena, good);
        tr_json *both = json_put(&arena, "{'good':%s,'bad':%s}", cases[i].good, cases[i].bad);
        tr_json_set(good, path, tr_json_copy(&arena, tr_json_get(both, "good")));
        tr_json_set(bad, path, tr_json_copy(&arena, tr_json_get(both, "bad")));
        if (!fits(cases[i].type, good) || fits(cases[i].type, bad))
            fail_msg("case %zu: %s", i, cases[i].path);
    }
}

static void alternatives_are_exactly_one_and_whole(void **state)
{
    tr_arena arena = check_arena();
    assert_true(
        fits(TR_ENTRY_OBJECTION, json_of(&arena, "{'of':" REF ",'ground':'g','text':'t'}")));
    assert_false(fits(TR_ENTRY_OBJECTION,
                      json_of(&arena, "{'of':" REF ",'finding':'f','ground':'g','text':'t'}")));
    assert_false(fits(TR_ENTRY_OBJECTION, json_of(&arena, "{'ground':'g','text':'t'}")));
    assert_true(
        fits(TR_ENTRY_EVIDENCE_REVEAL, json_of(&arena, "{'of':" REF ",'ct':" HASH ",'salt':" HASH
                                                       ",'sha256':" HASH ",'to':['public']}")));
    assert_false(
        fits(TR_ENTRY_EVIDENCE_REVEAL,
             json_of(&arena, "{'of':" REF ",'ct':" HASH ",'salt':" HASH ",'to':['public']}")));
}

static void free_text_is_taken_up_to_4000_bytes(void **state)
{
    tr_arena arena = check_arena();
    char     text[4002];
    memset(text, 'x', sizeof text);
    for (int len = 3999; len <= 4001; len++) {
        tr_json *body = json_of(&arena, "{'kind':'party'}");
        tr_json_set(body, TR_STR("text"), tr_json_str(&arena, (tr_str){text, len}));
        assert_true(fits(TR_ENTRY_HEARTBEAT, body) == (len <= 4000));
    }
}

/* The example with one piece of its bytes exchanged; the signature is not looked at here. */
static int code_of_changed(const char *from, const char *to)
{
    tr_arena    arena = check_arena();
    const char *whole = EXAMPLE_NOTE;
    const char *at = strstr(whole, from);
    tr_out      out = tr_out_new(&arena);
    tr_err      err = {0};
    tr_entry   *entry = TR_NEW(&arena, tr_entry, 1);
    assert_non_null(at);
    tr_put_bytes(&out, whole, at - whole);
    tr_put_str(&out, tr_str_of(to));
    tr_put_str(&out, tr_str_of(at + strlen(from)));
    bool ok = tr_entry_read(&arena, tr_out_text(&out), TR_STR("truce.example/m1"), entry, &err);
    assert_true(ok == (err.code == 0));
    return err.code;
}

static void every_violation_of_the_envelope_is_refused(void **state)
{
    static const struct {
        const char *from, *to;
        int         code;
    } cases[] = {
        {"truce/entry/v1", "truce/entry/v2", TR_E_ENTRY},
        {"truce.example/m1\n{", "truce.example/m2\n{", TR_E_ORIGIN},
        {"truce.example/m1\n{", "{", TR_E_ORIGIN},
        {"\"v\":1}\n", "\"v\":1}\n\n", TR_E_ENTRY},
        {"\"v\":1}\n", "\"v\":1}\nmore\n", TR_E_ENTRY},
        {"\"v\":1", "\"v\":2", TR_E_ENTRY_MEMBER},
        {"\"v\":1", "\"v\": 1", TR_E_JSON},
        {",\"v\":1", "", TR_E_ENTRY_MEMBER},
        {"\"v\":1", "\"v\":1,\"w\":1", TR_E_ENTRY_MEMBER},
        {"\"n\":1", "\"n\":0", TR_E_ENTRY_MEMBER},
        {"\"n\":1", "\"n\":2", TR_E_ENTRY_MEMBER}, /* without prev */
        {"\"type\":\"heartbeat\"", "\"type\":\"heartbeats\"", TR_E_ENTRY_TYPE},
        {"\"type\":\"heartbeat\"", "\"type\":\"tick\"", TR_E_ENTRY_MEMBER},
        {"\"size\":0", "\"size\":-1", TR_E_ENTRY_MEMBER},
        {"e3b0c442", "e3b0c443", TR_E_SEEN_HEAD},
        {"e3b0c442", "E3b0c442", TR_E_ENTRY_MEMBER},
        {"T10:00:00.000000000Z", "T10:00:00.00000000Z", TR_E_ENTRY_MEMBER},
        {"\"at\":", "\"aa\":1,\"at\":", TR_E_ENTRY_MEMBER},
        {"{\"kind\":\"party\"}", "1", TR_E_ENTRY_MEMBER},
        {"\"by\":\"truce.example/m1/party/A/liaison1\"", "\"by\":\"truce.example/m1/party/A/l\"",
         TR_E_ENTRY_LINES},
        {"\"by\":\"truce.example/m1/party/A/liaison1\"", "\"by\":\"a b\"", TR_E_ENTRY_MEMBER},
        {"hgjFKgLa", "hgjFKgL", TR_E_NOTE},
        {"jwySxlP3CmQo=", "jwySxlP3CmQoAA==", TR_E_NOTE},
        {"\n\n\xe2\x80\x94", "\n\xe2\x80\x94", TR_E_NOTE},
        {"party\"}", "part\x01y\"}", TR_E_NOTE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int code = code_of_changed(cases[i].from, cases[i].to);
        if (code != cases[i].code)
            fail_msg("case %zu (%s): TR%04d, not TR%04d", i, cases[i].to, code, cases[i].code);
    }
    assert_int_equal(code_of_changed("party\"}", "mirror\"}"), 0);
}

static void co_signers_are_written_and_asked_for_in_order(void **state)
{
    tr_arena  arena = check_arena();
    tr_author a = author_of(ORIGIN, ORIGIN "/secretariat/s/1", 1);
    tr_author b = author_of(ORIGIN, ORIGIN "/party/A/1", 2),
              c = author_of(ORIGIN, ORIGIN "/party/B/1", 3);
    tr_author *also[] = {&c, &b};
    tr_err     err = {0};
    tr_str     raw;
    CHECK_OK(tr_entry_write(&arena, &a, also, 2, TR_ENTRY_HEARTBEAT, T0, NULL,
                            json_of(&arena, "{'kind':'log'}"), NULL, &raw, &err),
             err);
    tr_entry *entry = read_entry(&arena, raw, ORIGIN);
    assert_int_equal(entry->note.sigs, 3);
    assert_true(tr_str_eq(entry->note.sig[1].name, b.name));
    assert_int_equal(b.n, 0); /* co-signing does not advance a chain */

    static const int orders[][3] = {{0, 2, 1}, {0, 1, 1}, {0, 0, 1}, {1, 0, 2}};
    for (int i = 0; i < 4; i++) {
        tr_out out = tr_out_new(&arena);
        tr_put(&out, "%.*s\n", TR_FMT(entry->note.text));
        for (int k = 0; k < 3; k++)
            tr_put(&out, "%.*s\n", TR_FMT(entry->note.sig[orders[i][k]].raw));
        tr_entry *other = TR_NEW(&arena, tr_entry, 1);
        CHECK_FAILS(tr_entry_read(&arena, tr_out_text(&out), TR_STR(ORIGIN), other, &err), err,
                    TR_E_ENTRY_LINES);
    }
}

static void eight_lines_sign_and_a_ninth_does_not(void **state)
{
    tr_arena   arena = check_arena();
    tr_author  who[9];
    tr_author *also[8];
    char       name[9][80];
    tr_err     err = {0};
    tr_str     raw;
    for (int i = 0; i < 9; i++) {
        snprintf(name[i], sizeof name[i], ORIGIN "/party/A/%d", i);
        who[i] = author_of(ORIGIN, name[i], 10 + i);
        if (i > 0)
            also[i - 1] = &who[i];
    }
    tr_json *body = json_of(&arena, "{'kind':'party'}");
    CHECK_OK(tr_entry_write(&arena, &who[0], also, 7, TR_ENTRY_HEARTBEAT, T0, NULL, body, NULL,
                            &raw, &err),
             err);
    assert_int_equal(read_entry(&arena, raw, ORIGIN)->note.sigs, 8);
    CHECK_FAILS(tr_entry_write(&arena, &who[0], also, 8, TR_ENTRY_HEARTBEAT, T0, NULL, body, NULL,
                               &raw, &err),
                err, TR_E_ENTRY_LINES);
    assert_int_equal(who[0].n, 1);
}

static void references_and_blobs_of_an_entry_are_found(void **state)
{
    tr_arena  arena = check_arena();
    tr_author a = author_of(ORIGIN, ORIGIN "/secretariat/s/1", 1);
    tr_json  *refs = tr_json_array(&arena);
    tr_err    err = {0};
    tr_str    raw;
    tr_json_add(refs, tr_json_copy(&arena, json_of(&arena, "{'h':" HASH ",'i':7}")));
    CHECK_OK(tr_entry_write(&arena, &a, NULL, 0, TR_ENTRY_REPORT, T0, NULL,
                            json_of(&arena, full[TR_ENTRY_REPORT]), refs, &raw, &err),
             err);
    tr_entry *entry = read_entry(&arena, raw, ORIGIN);
    tr_ref    ref[4];
    tr_blob   blob[4];
    assert_int_equal(tr_entry_refs(entry, ref, 4), 2);
    assert_int_equal(ref[0].index, 7);
    assert_int_equal(ref[0].row, -1);
    assert_int_equal(ref[1].row, 2);
    assert_int_equal(tr_entry_refs(entry, ref, 0), 2);
    assert_int_equal(tr_entry_blobs(entry, blob, 4), 1);
    assert_int_equal(blob[0].size, 6);
}

static void a_row_of_a_batch_is_an_observation_without_its_source(void **state)
{
    tr_arena arena = check_arena();
    tr_json *body = tr_json_copy(&arena, json_of(&arena, full[TR_ENTRY_OBSERVATION]));
    tr_err   err = {0};
    tr_out   row = tr_out_new(&arena);
    tr_json_print(&row, body);
    CHECK_FAILS(tr_row_check(arena, tr_out_text(&row), &err), err, TR_E_ENTRY_MEMBER);
    tr_json_set(body, TR_STR("source"), NULL);
    row = tr_out_new(&arena);
    tr_json_print(&row, body);
    err = (tr_err){0};
    CHECK_OK(tr_row_check(arena, tr_out_text(&row), &err), err);
    tr_json_set(body, TR_STR("kind"), NULL);
    row = tr_out_new(&arena);
    tr_json_print(&row, body);
    CHECK_FAILS(tr_row_check(arena, tr_out_text(&row), &err), err, TR_E_ENTRY_MEMBER);
}

static void a_batch_file_gives_its_rows_and_root_and_shows_where_it_is_torn(void **state)
{
    tr_arena arena = check_arena();
    tr_out   chunk = tr_out_new(&arena);
    tr_err   err = {0};
    tr_hash  leaf[3];
    int64_t  rows = 0;
    for (int i = 0; i < 3; i++) {
        char text[3] = {'r', (char)('0' + i), '\0'};
        tr_put_chunk_row(&chunk, tr_str_of(text));
        leaf[i] = tr_merkle_leaf(tr_str_of(text));
    }
    tr_hash root = tr_chunk_root(arena, tr_out_text(&chunk), &rows, &err);
    tr_hash want = tr_merkle_root(leaf, 3);
    assert_int_equal(err.code, 0);
    assert_int_equal(rows, 3);
    assert_true(tr_hash_eq(&root, &want));
    for (ptrdiff_t cut = 1; cut < chunk.buf.len; cut++) {
        err = (tr_err){0};
        tr_chunk_root(arena, tr_str_cut(tr_out_text(&chunk), 0, cut), &rows, &err);
        assert_int_equal(err.code, cut % 4 == 0 ? 0 : TR_E_CHUNK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_entry_is_reproduced_byte_for_byte),
        cmocka_unit_test(the_published_head_over_it_is_reproduced_and_its_cosignature_verifies),
        cmocka_unit_test(every_type_accepts_its_full_body),
        cmocka_unit_test(every_missing_added_or_exchanged_member_of_every_body_is_refused),
        cmocka_unit_test(values_one_off_their_bounds_are_refused),
        cmocka_unit_test(alternatives_are_exactly_one_and_whole),
        cmocka_unit_test(free_text_is_taken_up_to_4000_bytes),
        cmocka_unit_test(every_violation_of_the_envelope_is_refused),
        cmocka_unit_test(co_signers_are_written_and_asked_for_in_order),
        cmocka_unit_test(eight_lines_sign_and_a_ninth_does_not),
        cmocka_unit_test(references_and_blobs_of_an_entry_are_found),
        cmocka_unit_test(a_row_of_a_batch_is_an_observation_without_its_source),
        cmocka_unit_test(a_batch_file_gives_its_rows_and_root_and_shows_where_it_is_torn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
