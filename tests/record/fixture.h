/* fixture.h -- a small record's authors and entries, from fixed seeds. */
#ifndef TR_RECORD_FIXTURE_H
#define TR_RECORD_FIXTURE_H

#include "check.h"

#include "base/time.h"
#include "record/keyring.h"

#define ORIGIN "truce.example/exercise/t1"
#define T0     INT64_C(1772359200000000000) /* 2026-03-01T10:00:00Z */

__attribute__((unused)) static tr_author author_of(const char *origin, const char *name, int seed)
{
    tr_author author = {.origin = tr_str_of(origin), .name = tr_str_of(name)};
    uint8_t   bytes[32] = {(uint8_t)seed, (uint8_t)(seed >> 8), 7};
    tr_key_of_seed(bytes, &author.pub, &author.sec);
    return author;
}

__attribute__((unused)) static tr_str vkey_text(tr_arena *keep, const tr_author *author)
{
    tr_out  out = tr_out_new(keep);
    tr_vkey vkey;
    tr_vkey_make(&vkey, author->name, TR_KEY_ED25519, &author->pub);
    tr_put_vkey(&out, &vkey);
    return tr_out_text(&out);
}

/* JSON written as text with ' for ". */
__attribute__((unused)) static tr_json *json_of(tr_arena *keep, const char *text)
{
    char    *z = tr_str_z(keep, tr_str_of(text));
    tr_json *root;
    tr_err   err = {0};
    for (char *c = z; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    CHECK_OK(tr_json_import(keep, tr_str_of(z), false, &root, &err), err);
    return root;
}

__attribute__((unused)) static tr_json *json_put(tr_arena *keep, const char *format, ...)
{
    char    text[8000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return json_of(keep, text);
}

#define BLOB                                                                                       \
    "{'mime':'text/plain','sha256':"                                                               \
    "'5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03','size':6}" /* hello LF */

__attribute__((unused)) static tr_json *adopt_body(tr_arena *keep, const tr_author *root,
                                                   const tr_author *log)
{
    return json_put(
        keep,
        "{'id':'accord','version':'1','agreement':" BLOB ",'tz':'Europe/Kyiv',"
        "'area':{'lat_min':460000000,'lat_max':510000000,'lon_min':300000000,'lon_max':400000000},"
        "'parties':['A','B'],'roots':['%.*s'],'root_k':1,'log':['%.*s'],'policy':" BLOB ","
        "'faulty':0,'tick_max_s':60,'epsilon_s':300,'late_days':7,'final_days':14,'lang_v':1,"
        "'record_v':1}",
        TR_FMT(vkey_text(keep, root)), TR_FMT(vkey_text(keep, log)));
}

/* The body of a key.enrol by its future holder. */
__attribute__((unused)) static tr_json *enrol_body(tr_arena *keep, const tr_author *key,
                                                   const char *role, const char *holder,
                                                   const char *scope)
{
    tr_out pop = tr_out_new(keep);
    tr_put_pop(&pop, key->origin, key->name, &key->pub, &key->sec);
    return json_put(keep,
                    "{'vkey':'%.*s','use':'sign','role':'%s','holder':'%s','scope':%s,"
                    "'pop':'%.*s'}",
                    TR_FMT(vkey_text(keep, key)), role, holder, scope, TR_FMT(tr_out_text(&pop)));
}

__attribute__((unused)) static tr_str write_entry(tr_arena *keep, tr_author *author,
                                                  tr_entry_type type, tr_json *body)
{
    tr_str raw;
    tr_err err = {0};
    CHECK_OK(tr_entry_write(keep, author, NULL, 0, type, T0, NULL, body, NULL, &raw, &err), err);
    return raw;
}

__attribute__((unused)) static tr_entry *read_entry(tr_arena *keep, tr_str raw, const char *origin)
{
    tr_entry *entry = TR_NEW(keep, tr_entry, 1);
    tr_err    err = {0};
    CHECK_OK(tr_entry_read(keep, raw, tr_str_of(origin), entry, &err), err);
    return entry;
}

#endif
