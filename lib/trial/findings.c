/* findings.c -- what a case expects of the compiling of its agreement:
 *
 *     expect refused TR0110 line 41
 *     expect warned TR1404
 *
 * The text is compiled as it stands, with the files that it names.  A refused agreement founds no
 * record, so nothing else can be said in such a case.
 */
#include "trial/run.h"

static bool found(const tr_terms_result *result, bool warning, int64_t code, int64_t line)
{
    for (int32_t i = 0; i < result->diagnostics; i++) {
        const tr_diagnostic *d = &result->diagnostic[i];
        if (d->warning == warning && d->err.code == code && (line == 0 || d->err.line == line))
            return true;
    }
    return false;
}

static void put_found(tr_out *out, const tr_terms_result *result)
{
    for (int32_t i = 0; i < result->diagnostics && i < 8; i++)
        tr_put(out, "%s %s TR%04d line %d", i > 0 ? "," : "",
               result->diagnostic[i].warning ? "warned" : "refused", result->diagnostic[i].err.code,
               result->diagnostic[i].err.line);
    if (result->diagnostics == 0)
        tr_put(out, " no finding");
}

/* refused CODE [line N] */
static bool judge(run *r, const statement *say, const tr_terms_result *result, tr_err *err)
{
    words   w = words_of(say, NULL);
    int64_t code, line = 0;
    tr_str  word;
    w.next = 1;
    bool refused = words_take(&w, "refused");
    if ((!refused && !words_need(&w, "warned", err)) || !words_any(&w, "a code", &word, err))
        return false;
    if (word.len != 6 || !tr_int_read_zeros(tr_str_from(word, 2), &code) ||
        !tr_error_summary((int)code))
        return words_fail(&w, err, "`truce explain TRmmnn` knows the codes.", "no such code");
    if ((words_take(&w, "line") && !words_int(&w, "a line of the agreement", &line, err)) ||
        !words_end(&w, err))
        return false;
    r->expectations++;
    if (!found(result, !refused, code, line)) {
        tr_out text = tr_out_new(r->keep);
        tr_put(&text, "%.*s, but there stands:", TR_FMT(say->raw));
        put_found(&text, result);
        run_fail(r, say->line, tr_out_text(&text));
    }
    return true;
}

bool case_findings(run *r, tr_str text, tr_case_files files, void *context, bool *refused,
                   tr_err *err)
{
    tr_terms_result result = {0};
    int32_t         said = 0;
    *refused = false;
    for (int32_t i = 0; i < r->script->statements; i++) {
        const statement *say = &r->script->at[i];
        if (say->kind != SAY_FINDING)
            continue;
        if (said++ == 0)
            tr_terms_compile(r->keep, text, files, context, &result);
        *refused |= say->tokens > 1 && tr_str_is(say->token[1].text, "refused");
        if (!judge(r, say, &result, err)) {
            err->line = err->line > 0 ? err->line : say->line;
            return false;
        }
    }
    if (!*refused || said == r->script->statements)
        return true;
    tr_fail(err, TR_E_CASE_WORD, "Say nothing else in its case.",
            "a refused agreement founds no record");
    err->line = r->script->line;
    return false;
}
