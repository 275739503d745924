/* period_test.c -- the period report: balanced and closed HTML, references, silence, words. */
#include "check.h"

#include <ctype.h>
#include <regex.h>

#include "scene.h"

static rig r;

static int open_scene(void **state)
{
    scene_open(&r, TR_STR(rig_agreement));
    return 0;
}

static tr_str html(void)
{
    const char *name;
    return scene_put(&r, TR_AUDIENCE_MISSION, 16, &name);
}

/* ---- a tiny walker: every element that opens closes, in order ---- */

enum { DEPTH = 64 };
typedef struct {
    tr_str name[DEPTH];
    int    depth;
} open_tags;

static bool is_void(tr_str name)
{
    return tr_str_is(name, "meta") || tr_str_is(name, "!doctype");
}

static void walk_tag(open_tags *t, tr_str tag)
{
    bool   ends = tag.len > 0 && tag.at[0] == '/';
    tr_str rest = tr_str_from(tag, ends), name;
    assert_true(tr_str_next(&rest, ' ', &name));
    if (is_void(name))
        return;
    if (!ends) {
        assert_true(t->depth < DEPTH);
        t->name[t->depth++] = name;
        return;
    }
    assert_true(t->depth > 0);
    if (!tr_str_eq(t->name[--t->depth], name))
        fail_msg("%.*s closes %.*s", TR_FMT(name), TR_FMT(t->name[t->depth]));
}

static void the_html_is_balanced(void **state)
{
    tr_str    text = html();
    open_tags tags = {.depth = 0};
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.at[i] != '<')
            continue;
        ptrdiff_t end = i + 1;
        while (end < text.len && text.at[end] != '>')
            end++;
        assert_true(end < text.len);
        walk_tag(&tags, tr_str_cut(text, i + 1, end));
        i = end;
    }
    assert_int_equal(tags.depth, 0);
}

static void the_html_asks_nobody_for_anything(void **state)
{
    static const char *const never[] = {"http://", "https://", "src=", "<link",  "<script",
                                        "@import", "url(",     "<img", "<iframe"};
    tr_str                   text = html();
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        CHECK_LACKS(text, never[i]);
    CHECK_HAS(text, "<html lang=\"en\"");
    CHECK_HAS(text, "default-src 'none'");
    CHECK_HAS(text, "@top-center{content:\"REPLAY\"");
    CHECK_HAS(text, "<div class=\"band\" role=\"note\">REPLAY</div>");
}

static void words_of_a_source_are_isolated_and_escaped(void **state)
{
    tr_str text = html();
    CHECK_HAS(text,
              "<bdi>=2+5,&quot;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp; &#39;x&#39;</bdi>");
    CHECK_HAS(text, "<bdi>the &lt;b&gt;place&lt;/b&gt; is wrong</bdi>");
}

static void every_reference_is_resolved_with_rule_and_head(void **state)
{
    tr_str   text = html();
    tr_arena keep = check_arena();
    char    *at = tr_str_z(&keep, text), *ref = at, anchor[32];
    int      refs = 0;
    while ((ref = strstr(ref, "href=\"#")) != NULL) {
        ref += 7;
        int len = (int)strcspn(ref, "\"");
        snprintf(anchor, sizeof anchor, "<tr id=\"%.*s\">", len, ref);
        char *row = strstr(at, anchor);
        if (!row)
            fail_msg("%s is not there", anchor);
        char *end = strchr(row, '\n');
        assert_non_null(memmem(row, (size_t)(end - row), "R-", 2));
        assert_non_null(memmem(row, (size_t)(end - row), " of head 25", 11));
        refs++;
    }
    assert_true(refs >= 8);
}

static void what_nobody_watched_is_not_observed(void **state)
{
    const char *name;
    tr_str      text = scene_put(&r, TR_AUDIENCE_MISSION, 15, &name);
    CHECK_HAS(text,
              "\302\2471.3: not observed in 2026-02-08 .. 2026-02-12 (Etc/UTC) (coverage 0).");
    CHECK_HAS(text, "Mines: not observed in 2026-02-08 .. 2026-02-12 (Etc/UTC) (coverage 0).");
    CHECK_HAS(text, "Watched: 100 %, after 75 %.");
    CHECK_HAS(text, "1.1     R-INC v1  4 [3, 4] [r1]");
    CHECK_HAS(text, "3 [3, 3] [r");
    CHECK_HAS(text, "Because: \"test\"");
}

static void a_term_that_did_not_bind_has_no_zero(void **state)
{
    static const struct {
        const char *begin, *end, *want, *never;
    } spans[] = {{"2026-01-20T00:00:00.000000000Z", "2026-02-01T00:00:00.000000000Z",
                  "1.1: not in force in 2026-01-20 .. 2026-02-01", "record holds"},
                 {"2026-02-01T00:00:00.000000000Z", "2026-02-12T00:00:00.000000000Z",
                  "it was not in force in the previous period", "after 0 [0, 0]"},
                 {"2026-02-07T00:00:00.000000000Z", "2026-02-12T00:00:00.000000000Z",
                  "after 0 [0, 0] in the previous period", "not in force"}};
    tr_arena keep = check_arena(), scratch = check_arena();
    tr_view  view = scene_view(&r, TR_AUDIENCE_MISSION);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        tr_out out = tr_out_new(&keep);
        tr_err err = {0};
        CHECK_OK(tr_put_report(&out, scratch, &view, scene_span(spans[i].begin, spans[i].end),
                               TR_FORMAT_HTML, &err),
                 err);
        tr_str text = tr_out_text(&out);
        CHECK_HAS(text, spans[i].want);
        CHECK_LACKS(text, spans[i].never);
    }
}

static void a_report_needs_both_ends(void **state)
{
    tr_arena keep = check_arena(), scratch = check_arena();
    tr_view  view = scene_view(&r, TR_AUDIENCE_MISSION);
    tr_out   out = tr_out_new(&keep);
    tr_err   err;
    tr_span  span = scene_days();
    CHECK_FAILS(tr_put_report(&out, scratch, &view, (tr_span){TR_TIME_NONE, span.end},
                              TR_FORMAT_TEXT, &err),
                err, TR_E_REPORT_SPAN);
    CHECK_FAILS(
        tr_put_report(&out, scratch, &view, (tr_span){span.end, span.end}, TR_FORMAT_HTML, &err),
        err, TR_E_REPORT_SPAN);
    assert_int_equal(tr_out_text(&out).len, 0);
    tr_format format;
    assert_true(tr_format_read(TR_STR("geojson"), &format));
    assert_int_equal(format, TR_FORMAT_GEOJSON);
    assert_false(tr_format_read(TR_STR("pdf"), &format));
}

/* ---- words ---- */

static void words_to_avoid_never_occur(void **state)
{
    static const char *const words =
        "(^|[^a-zA-Z])(rebels?|occupiers?|terrorists?|regime|enem(y|ies)|hostile|targets?|strike "
        "package|kill|confirm|prove|truth|guilty|peace score|quiet|safe|clear|attack|aggression|"
        "provocation|imminent|real-time|AI|[0-9]+ violations?)([^a-zA-Z]|$)";
    regex_t  pattern;
    tr_arena keep = check_arena();
    assert_int_equal(regcomp(&pattern, words, REG_EXTENDED | REG_ICASE), 0);
    for (int which = 0; which < SCENE_OUTPUTS; which++)
        for (int audience = TR_AUDIENCE_MISSION; audience <= TR_AUDIENCE_PUBLIC; audience++) {
            const char *name;
            regmatch_t  found;
            char       *text = tr_str_z(&keep, scene_put(&r, (tr_audience)audience, which, &name));
            if (regexec(&pattern, text, 1, &found, 0) == 0)
                fail_msg("%s: \"%.*s\"", name, (int)(found.rm_eo - found.rm_so),
                         text + found.rm_so);
        }
    regfree(&pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_html_is_balanced),
        cmocka_unit_test(the_html_asks_nobody_for_anything),
        cmocka_unit_test(words_of_a_source_are_isolated_and_escaped),
        cmocka_unit_test(every_reference_is_resolved_with_rule_and_head),
        cmocka_unit_test(what_nobody_watched_is_not_observed),
        cmocka_unit_test(a_term_that_did_not_bind_has_no_zero),
        cmocka_unit_test(a_report_needs_both_ends),
        cmocka_unit_test(words_to_avoid_never_occur)};
    return cmocka_run_group_tests(tests, open_scene, NULL);
}
