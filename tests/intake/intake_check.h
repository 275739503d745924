/* intake_check.h -- reading a text with one of the readers, and judging what all of them promise.
 * */
#ifndef TR_INTAKE_CHECK_H
#define TR_INTAKE_CHECK_H

#include "check.h"

#include "codec/json.h"
#include "intake/intake.h"

typedef struct {
    tr_arena          keep;
    tr_arena          scratch;
    tr_intake_setting setting;
    tr_intake         in;
    tr_err            err;
} reading;

/* Two arenas for the whole test program: each reading begins at their front again, so a test is
 * done with one reading before it makes the next. */
__attribute__((unused)) static reading fresh_reading(void)
{
    static tr_arena keep, scratch;
    if (!keep.beg) {
        keep = check_arena();
        scratch = check_arena();
    }
    reading r = {.keep = keep, .scratch = scratch};
    r.setting.tz = tr_tz_find(TR_STR("Europe/Kyiv"));
    r.setting.area = (tr_box){.min = {.lon = 220000000, .lat = 440000000},
                              .max = {.lon = 403000000, .lat = 524000000}};
    return r;
}

/* Every row is canonical JSON, the sum adds up, refused rows stand by number with a reason. */
__attribute__((unused)) static void check_promises(reading *r)
{
    const tr_intake_sum *sum = &r->in.sum;
    assert_int_equal(sum->read, sum->accepted + sum->duplicate + sum->refused);
    assert_int_equal(sum->accepted, r->in.rows);
    assert_int_equal(sum->refused, r->in.refusals);
    for (int64_t i = 0; i < r->in.rows; i++) {
        const tr_intake_row *row = &r->in.row[i];
        tr_arena scratch = r->scratch;
        tr_err   err = {0};
        tr_json *body;
        tr_time  begin, end;
        CHECK_OK(tr_json_read(&scratch, row->row, &body, &err), err);
        assert_true(tr_str_eq(tr_json_get(body, "src_id")->text, row->src_id));
        const tr_json *happened = tr_json_get(body, "happened");
        assert_true(tr_time_read(tr_json_get(happened, "begin")->text, &begin));
        assert_true(tr_time_read(tr_json_get(happened, "end")->text, &end));
        assert_true(begin == row->begin && end == row->end && begin < end);
        assert_true(r->in.span.begin <= begin && end <= r->in.span.end);
        assert_null(tr_json_get(body, "source"));
    }
    for (int64_t i = 0; i < r->in.refusals; i++) {
        const tr_refused *refused = &r->in.refused[i];
        assert_true(refused->code != 0 && refused->text.len > 0 && refused->hint.len > 0);
        assert_true(refused->number >= 1 && refused->line >= 1);
        assert_true(i == 0 || r->in.refused[i - 1].number <= refused->number);
    }
}

__attribute__((unused)) static bool try_text(reading *r, tr_intake_kind kind, tr_str text)
{
    r->err = (tr_err){0};
    if (!tr_intake_read(&r->keep, r->scratch, kind, text, &r->setting, &r->in, &r->err)) {
        assert_true(r->err.code != 0 && r->err.text[0] && r->err.hint[0]);
        return false;
    }
    check_promises(r);
    return true;
}

__attribute__((unused)) static reading read_text(tr_intake_kind kind, const char *text)
{
    reading r = fresh_reading();
    CHECK_OK(try_text(&r, kind, tr_str_of(text)), r.err);
    return r;
}

/* The whole file is refused with this code. */
__attribute__((unused)) static reading refuse_text(tr_intake_kind kind, tr_str text, int code)
{
    reading r = fresh_reading();
    if (try_text(&r, kind, text))
        fail_msg("taken: %.*s", (int)(text.len < 200 ? text.len : 200), text.at);
    if (r.err.code != code)
        fail_msg("TR%04d, not TR%04d: %s", r.err.code, code, r.err.text);
    return r;
}

__attribute__((unused)) static const tr_json *body_of(reading *r, int64_t i)
{
    tr_err   err = {0};
    tr_json *body;
    assert_true(i < r->in.rows);
    CHECK_OK(tr_json_read(&r->keep, r->in.row[i].row, &body, &err), err);
    return body;
}

/* The printed value of a member: "count" -> {"best":7,"max":7,"min":7} */
__attribute__((unused)) static tr_str member(reading *r, int64_t i, const char *name)
{
    const tr_json *value = tr_json_get(body_of(r, i), name);
    tr_out out = tr_out_new(&r->keep);
    if (value)
        tr_json_print(&out, value);
    return tr_out_text(&out);
}

/* One row, refused with this code. */
__attribute__((unused)) static void check_row_refused(tr_intake_kind kind, const char *text,
              int code,
                                                      const char *says)
{
    reading r = read_text(kind, text);
    if (r.in.rows != 0 || r.in.refusals != 1)
        fail_msg("%lld rows taken, %lld refused: %s", (long long)r.in.rows,
                 (long long)r.in.refusals, text);
    if (r.in.refused[0].code != code || !strstr(tr_str_z(&r.keep, r.in.refused[0].text), says))
        fail_msg("TR%04d \"%.*s\", not TR%04d \"%s\"", r.in.refused[0].code,
                 TR_FMT(r.in.refused[0].text), code, says);
}

#endif
