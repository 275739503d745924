/* words.c -- moments, numbers and names as people read them.
 *
 * Shares are rounded to a tenth of a percent, half up, but never to 100 % or 0 %: these mean all of
 * it and nothing.
 */
#include "report/inside.h"

#include "base/time.h"

tr_str text_of(const tr_out *out)
{
    return tr_out_text(out);
}

/* Of a second, without zeros at its end. */
static void put_fraction(tr_out *out, int nano)
{
    int digits = 9;
    if (nano == 0)
        return;
    for (; nano % 10 == 0; nano /= 10)
        digits--;
    tr_put(out, ".%0*d", digits, nano);
}

void put_rfc3339(tr_out *out, tr_time t)
{
    tr_civil c = tr_civil_of(t, tr_tz_utc());
    tr_put(out, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
           c.second);
    put_fraction(out, c.nano);
    tr_put_char(out, 'Z');
}

void put_day(tr_out *out, tr_time t, const tr_tz *tz)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX) {
        tr_put(out, t == TR_TIME_MAX ? "no end" : "the beginning");
        return;
    }
    tr_civil c = tr_civil_of(t, tz);
    tr_put(out, "%04d-%02d-%02d", c.year, c.month, c.day);
    if (c.hour || c.minute || c.second || c.nano)
        tr_put(out, " %02d:%02d", c.hour, c.minute);
    if (c.second || c.nano)
        tr_put(out, ":%02d", c.second);
    put_fraction(out, c.nano);
}

void put_both(tr_out *out, tr_time t, const tr_tz *tz)
{
    if (t == TR_TIME_NONE || t == TR_TIME_MAX) {
        tr_put(out, "not known");
        return;
    }
    tr_put_local(out, t, tz);
    tr_put_char(out, ' ');
    tr_put_str(out, tr_tz_name(tz));
    tr_put(out, " = ");
    put_rfc3339(out, t);
}

void put_span(tr_out *out, tr_span span, const tr_tz *tz)
{
    put_day(out, span.begin, tz);
    tr_put(out, " .. ");
    put_day(out, span.end, tz);
    tr_put(out, " (%.*s)", TR_FMT(tr_tz_name(tz)));
}

void put_degrees(tr_out *out, int32_t e7)
{
    int64_t whole = e7 < 0 ? -(int64_t)e7 : e7, part = whole % 10000000;
    int     digits = 7;
    tr_put(out, "%s%lld", e7 < 0 ? "-" : "", (long long)(whole / 10000000));
    if (part == 0)
        return;
    for (; part % 10 == 0; part /= 10)
        digits--;
    tr_put(out, ".%0*lld", digits, (long long)part);
}

static void put_axis(tr_out *out, int32_t e7, char plus, char minus)
{
    put_degrees(out, e7 < 0 ? -e7 : e7);
    tr_put(out, " %c", e7 < 0 ? minus : plus);
}

void put_point(tr_out *out, tr_point point)
{
    put_axis(out, point.lon, 'E', 'W');
    tr_put_char(out, ' ');
    put_axis(out, point.lat, 'N', 'S');
}

static void put_bearing(tr_out *out, int32_t cdeg)
{
    tr_put(out, "%d", cdeg / 100);
    if (cdeg % 100 != 0)
        tr_put(out, ".%02d", cdeg % 100);
}

void put_place(tr_out *out, const tr_plan *plan, const tr_place *place)
{
    if (place->kind == TR_PLACE_ZONE && place->zone >= 0)
        tr_put(out, "%.*s", TR_FMT(plan->zone[place->zone].zone.name));
    else if (place->kind == TR_PLACE_POINT) {
        put_point(out, place->at);
        tr_put(out, ", within %d m", place->r_max_m);
    } else if (place->kind == TR_PLACE_SECTOR) {
        tr_put(out, "from ");
        put_point(out, place->at);
        tr_put(out, " %d to %d m, bearing ", place->r_min_m, place->r_max_m);
        put_bearing(out, place->az_begin_cdeg);
        tr_put(out, " to ");
        put_bearing(out, place->az_end_cdeg);
        tr_put(out, " degrees");
    } else
        tr_put(out, "not placed");
    if (tr_place_has_height(place))
        tr_put(out, ", %d to %d m above the ground", place->h_min_m, place->h_end_m - 1);
}

void put_count(tr_out *out, int64_t value)
{
    if (value == TR_COUNT_UNBOUNDED)
        tr_put(out, "no upper bound");
    else
        tr_put(out, "%lld", (long long)value);
}

void put_triple(tr_out *out, tr_triple t)
{
    if (t.best == TR_COUNT_UNBOUNDED)
        tr_put(out, "at least %lld", (long long)t.certain);
    else
        tr_put(out, "%lld", (long long)t.best);
    tr_put(out, " [");
    put_count(out, t.certain);
    tr_put(out, ", ");
    put_count(out, t.possible);
    tr_put_char(out, ']');
}

void put_percent(tr_out *out, int64_t part, int64_t whole)
{
    if (whole <= 0 || part <= 0) {
        tr_put(out, "0 %%");
        return;
    }
    part = part > whole ? whole : part;
    int64_t unit = whole > INT64_MAX / 2000 ? TR_SECOND / 1000 : 1;
    int64_t tenths = (part / unit * 1000 + whole / unit / 2) / (whole / unit);
    if (tenths >= 1000 && part < whole)
        tenths = 999;
    if (tenths == 0)
        tr_put(out, "below 0.1 %%");
    else if (tenths % 10 == 0)
        tr_put(out, "%lld %%", (long long)(tenths / 10));
    else
        tr_put(out, "%lld.%lld %%", (long long)(tenths / 10), (long long)(tenths % 10));
}

bool stretch_stated(tr_stretch stretch)
{
    return stretch.days > 0 || (stretch.days < 0 && stretch.ns > 0);
}

void put_stretch(tr_out *out, tr_stretch s)
{
    static const struct {
        int64_t     ns;
        const char *unit;
    } units[] = {
        {TR_HOUR, "hour"}, {TR_MINUTE, "minute"}, {TR_SECOND, "second"}, {1, "nanosecond"}};
    int64_t     n = s.days;
    const char *unit = "day";
    for (size_t i = 0; s.days < 0 && i < sizeof units / sizeof *units; i++)
        if (s.ns % units[i].ns == 0) {
            n = s.ns / units[i].ns;
            unit = units[i].unit;
            break;
        }
    tr_put(out, "%lld %s%s", (long long)n, unit, n == 1 ? "" : "s");
}

void put_bound(tr_out *out, const tr_condition *c)
{
    if (c->least == c->most)
        tr_put(out, "= %lld", (long long)c->least);
    else if (c->most == INT64_MAX)
        tr_put(out, "> %lld", (long long)c->least - 1);
    else if (c->least <= 0)
        tr_put(out, "< %lld", (long long)c->most + 1);
    else
        tr_put(out, "%lld to %lld", (long long)c->least, (long long)c->most);
}

void put_source_text(tr_out *out, tr_str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        tr_put_char(out, c < 0x20 || c == 0x7f ? ' ' : text.at[i]);
    }
}

void put_actors(tr_out *out, const tr_plan *plan, uint64_t bits)
{
    int32_t order[64];
    int     count = actor_order(plan, bits, order);
    for (int i = 0; i < count; i++) {
        tr_put(out, "%s", i > 0 ? ", " : "");
        tr_put_str(out, plan->actor[order[i]].id);
    }
}

static int width_of(tr_str word)
{
    int width = 0;
    for (ptrdiff_t i = 0; i < word.len; i++)
        width += (word.at[i] & 0xc0) != 0x80;
    return width;
}

/* The next run of bytes above the blank; false when there is none. */
static bool next_word(tr_str *rest, tr_str *word)
{
    ptrdiff_t begin = 0, end;
    while (begin < rest->len && (unsigned char)rest->at[begin] <= ' ')
        begin++;
    for (end = begin; end < rest->len && (unsigned char)rest->at[end] > ' ';)
        end++;
    *word = tr_str_cut(*rest, begin, end);
    *rest = tr_str_from(*rest, end);
    return word->len > 0;
}

/* Words of `text` from `column` on, further lines indented; ends in a line break. */
void put_wrapped(tr_out *out, tr_str text, int column, int indent, int width)
{
    tr_str word, rest = text;
    bool   first = true;
    while (next_word(&rest, &word)) {
        int wide = width_of(word);
        if (!first && column + 1 + wide > width) {
            tr_put(out, "\n%*s", indent, "");
            column = indent;
        } else if (!first) {
            tr_put_char(out, ' ');
            column++;
        }
        put_source_text(out, word);
        column += wide;
        first = false;
    }
    tr_put_char(out, '\n');
}

void put_rule(tr_out *out, const tr_plan *plan, const tr_condition *c)
{
    const tr_counting *counting = &plan->counting[c->counting];
    tr_put(out, "%s v%d", tr_rule_name(counting->rule), counting->version);
    if (c->by)
        tr_put(out, " of side %.*s", TR_FMT(plan->actor[c->by - 1].id));
    if (c->per && c->sector)
        tr_put(out, " in sector %d of %.*s", c->sector,
               TR_FMT(plan->zone[c->per - 1].zone.name));
    else if (c->per)
        tr_put(out, " per sector of %.*s", TR_FMT(plan->zone[c->per - 1].zone.name));
}

const char *set_name(tr_set set)
{
    static const char *const names[] = {"certain", "best", "possible"};
    return names[set];
}

const char *membership_name(tr_membership in)
{
    static const char *const names[] = {"none", "possible", "best", "certain"};
    return names[in];
}

const char *status_name(uint8_t status)
{
    static const char *const names[] = {"live",      "duplicate", "held",
                                        "corrected", "retracted", "allegation"};
    assert(status < sizeof names / sizeof *names);
    return names[status];
}

const char *items_of(tr_rule rule, int64_t n)
{
    if (rule == TR_RULE_INC)
        return n == 1 ? "incident" : "incidents";
    if (rule == TR_RULE_ENG)
        return n == 1 ? "engagement" : "engagements";
    return n == 1 ? "item" : "items";
}
