/* table.c -- findings as a table of text and as CSV.
 *
 * CSV by RFC 4180, UTF-8, CR LF: the header first, then a row of HXL tags.  A text field that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
#include "report/inside.h"

#include "base/time.h"

static void put_clipped(tr_out *out, tr_str text, int width)
{
    ptrdiff_t end = 0;
    int       wide = 0;
    for (; end < text.len; end++) {
        wide += (text.at[end] & 0xc0) != 0x80;
        if (wide > width)
            break;
    }
    put_source_text(out, tr_str_cut(text, 0, end));
}

static void put_range(tr_out *out, int32_t low, int32_t best, int32_t high)
{
    if (low == best && best == high)
        tr_put(out, "%d", best);
    else if (high == TR_UNBOUNDED)
        tr_put(out, "at least %d", low);
    else
        tr_put(out, "%d [%d, %d]", best, low, high);
}

static void put_finding_row(tr_out *out, tr_arena at, const tr_view *view,
                            const tr_finding *finding)
{
    const tr_plan     *plan = plan_of(view);
    const tr_incident *incident = tr_mission_incident(view->mission, finding->incident);
    const tr_obs      *anchor = tr_mission_observation(view->mission, incident->anchor);
    char               name[TR_FINDING_ID + 1];
    tr_out             day = tr_out_new(&at), deaths;
    char               row[12] = "";
    if (anchor->row >= 0) {
        tr_out digits = tr_out_new(&at);
        tr_put(&digits, "%d", anchor->row);
        memcpy(row, tr_out_z(&digits), (size_t)text_of(&digits).len + 1);
    }
    tr_finding_name(finding, name);
    put_day(&day, incident->best, plan->tz);
    tr_str when = tr_str_keep(&at, text_of(&day));
    deaths = tr_out_new(&at);
    put_range(&deaths, incident->deaths_min, incident->deaths_best, incident->deaths_max);
    tr_put(out, "%-23s%-5.*s%-9s%-20.*s%-12.*s%7lld%4s  ", name,
           TR_FMT(plan->clause[finding->clause].label), membership_name(finding->in), TR_FMT(when),
           TR_FMT(text_of(&deaths)), (long long)anchor->entry, row);
    put_clipped(out, tr_mission_text(view->mission, anchor->text), 20);
    tr_put_char(out, '\n');
}

void tr_put_findings_text(tr_out *out, tr_arena scratch, const tr_view *view,
                          const tr_list_query *query)
{
    tr_findings list = {0};
    if (tr_mission_mode(view->mission) != TR_RECORD_LIVE)
        tr_put(out, "%s\n",
               tr_mission_mode(view->mission) == TR_RECORD_REPLAY ? "REPLAY" : "EXERCISE");
    if (for_public(view)) {
        tr_put(out, "No list: %s.\n", NOT_RELEASED);
        return;
    }
    findings_in(view, &scratch, query, &list);
    int64_t first = query->after < 0 ? 0 : query->after >= list.len ? list.len : query->after + 1;
    int64_t last = query->limit < list.len - first ? first + query->limit : list.len;
    tr_put(out, "Draft findings %lld to %lld of %lld, head %llu, times %.*s\n",
           (long long)(last > first ? first + 1 : first), (long long)last, (long long)list.len,
           (unsigned long long)view->head.size, TR_FMT(tr_tz_name(plan_of(view)->tz)));
    tr_put(out, "%-23s%-5s%-9s%-20s%-12s%7s%4s  %s\n", "finding", "term", "in", "when", "deaths",
           "entry", "row", "text of the source");
    for (int64_t i = first; i < last; i++)
        put_finding_row(out, scratch, view, &list.at[i]);
    if (last < list.len)
        tr_put(out, "next: --after %lld\n", (long long)last - 1);
}

/* ---- CSV ---- */

static void csv_field(tr_out *out, tr_str text, bool of_source)
{
    bool quote = false;
    bool formula = of_source && text.len > 0 && strchr("=+-@\t\r", text.at[0]) != NULL;
    for (ptrdiff_t i = 0; i < text.len; i++)
        quote = quote || strchr("\",\r\n", text.at[i]) != NULL;
    if (quote)
        tr_put_char(out, '"');
    if (formula)
        tr_put_char(out, '\'');
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            tr_put_char(out, '"');
        tr_put_char(out, text.at[i]);
    }
    if (quote)
        tr_put_char(out, '"');
}

static void csv_int(tr_out *out, int64_t value)
{
    if (value == TR_UNBOUNDED)
        tr_put(out, ",unbounded");
    else
        tr_put(out, ",%lld", (long long)value);
}

static void csv_text(tr_out *out, tr_str text)
{
    tr_put_char(out, ',');
    csv_field(out, text, true);
}

static void csv_z(tr_out *out, const char *text)
{
    csv_text(out, tr_str_of(text));
}

static void csv_time(tr_out *out, tr_time t)
{
    tr_put_char(out, ',');
    put_rfc3339(out, t);
}

static void csv_place(tr_out *out, const tr_place *place)
{
    static const char *const kinds[] = {"none", "point", "sector", "zone", "none", "none"};
    bool placed = place->kind == TR_PLACE_POINT || place->kind == TR_PLACE_SECTOR;
    tr_put(out, ",%s,", kinds[place->kind]);
    if (placed)
        put_degrees(out, place->at.lon);
    tr_put_char(out, ',');
    if (placed)
        put_degrees(out, place->at.lat);
    tr_put_char(out, ',');
    if (placed)
        tr_put(out, "%d", place->r_max_m);
}

static void csv_numbers(tr_out *out, const tr_incident *i)
{
    csv_int(out, i->n_min);
    csv_int(out, i->n_best);
    csv_int(out, i->n_max);
    csv_int(out, i->deaths_min);
    csv_int(out, i->deaths_best);
    csv_int(out, i->deaths_max);
    tr_put(out, ",%s,%s", i->exercise ? "yes" : "no", i->contested ? "yes" : "no");
}

static void csv_row(tr_out *out, tr_arena at, const tr_view *view, const tr_finding *finding)
{
    const tr_plan     *plan = plan_of(view);
    const tr_incident *incident = tr_mission_incident(view->mission, finding->incident);
    const tr_obs      *anchor = tr_mission_observation(view->mission, incident->anchor);
    tr_source_view     source;
    tr_mission_source(view->mission, incident->source, &source);
    csv_field(out, finding_id(&at, finding), false);
    csv_text(out, plan->clause[finding->clause].label);
    csv_text(out, incident_id(&at, incident));
    csv_z(out, tr_kind_name((tr_kind)incident->kind));
    csv_time(out, incident->begin);
    csv_time(out, incident->end);
    csv_place(out, &incident->place);
    csv_z(out, membership_name(finding->in));
    csv_z(out, tr_why_text(finding->why));
    csv_text(out, side_of(plan, incident));
    csv_int(out, incident->rung);
    csv_numbers(out, incident);
    csv_text(out, source.id);
    csv_int(out, anchor->entry);
    tr_put_char(out, ',');
    if (anchor->row >= 0)
        tr_put(out, "%d", anchor->row);
    csv_int(out, (int64_t)view->head.size);
    csv_z(out, mode_name(view->mission));
    csv_text(out, tr_mission_text(view->mission, anchor->text));
    tr_put(out, "\r\n");
}

void tr_put_findings_csv(tr_out *out, tr_arena scratch, const tr_view *view,
                         const tr_list_query *query)
{
    tr_findings list = {0};
    tr_put(out,
           "finding,clause,incident,kind,begin,end,place,lon,lat,radius_m,in,why,side,rung,"
           "n_min,n_best,n_max,deaths_low,deaths_best,deaths_high,exercise,contested,source,entry,"
           "row,head,mode,text\r\n");
    tr_put(out,
           "#event+id,#event+clause,#event+incident,#event+type,#date+start,#date+end,#loc+type,"
           "#geo+lon,#geo+lat,#geo+radius_m,#status+set,#status+reason,#org+side,#status+rung,"
           "#event+num+min,#event+num+best,#event+num+max,#affected+killed+min,"
           "#affected+killed+best,#affected+killed+max,#meta+exercise,#meta+contested,#meta+source,"
           "#meta+entry,#meta+row,#meta+head,#meta+mode,#description\r\n");
    if (for_public(view))
        return;
    findings_in(view, &scratch, query, &list);
    int64_t first = query->after < 0 ? 0 : query->after + 1;
    for (int64_t i = first; i < list.len && i - first < query->limit; i++)
        csv_row(out, scratch, view, &list.at[i]);
}
