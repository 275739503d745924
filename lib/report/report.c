/* report.c -- the period report in the format asked for. */
#include "report/report.h"

#include "report/inside.h"

bool tr_format_read(tr_str name, tr_format *format)
{
    static const char *const names[] = {"text", "html", "csv", "geojson"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tr_str_is(name, names[i])) {
            *format = (tr_format)i;
            return true;
        }
    return false;
}

static void put_reference_list(tr_out *out, const paper *p)
{
    tr_put(out, "\nReferences: record range and rule of each number\n\n");
    for (ptrdiff_t i = 0; i < p->refs.len; i++) {
        tr_out line = tr_out_new(p->at);
        tr_put(&line, "r%lld", (long long)i + 1);
        tr_put(out, "%-5.*s", TR_FMT(tr_out_text(&line)));
        put_wrapped(out, p->refs.at[i], 5, 5, 98);
    }
}

bool tr_put_report(tr_out *out, tr_arena scratch, const tr_view *view, tr_span span,
                   tr_format format, tr_err *err)
{
    paper         p = {.view = view, .at = &scratch, .span = span};
    tr_list_query query = {.clause = -1, .span = span, .after = -1, .limit = INT64_MAX};
    if (format == TR_FORMAT_CSV) {
        tr_put_findings_csv(out, scratch, view, &query);
        return true;
    }
    if (format == TR_FORMAT_GEOJSON) {
        tr_put_findings_geojson(out, scratch, view, &query);
        return true;
    }
    if (!period_write(&p, err))
        return false;
    if (format == TR_FORMAT_HTML) {
        paper_html(out, &p);
    } else {
        paper_text(out, &p);
        put_reference_list(out, &p);
    }
    return true;
}
