/* columns.c -- the columns of a table, found by name; positions in decimal degrees. */
#include "intake/reader.h"


static int column_of(const tr_column *column, int columns, tr_str name)
{
    for (int i = 0; i < columns; i++)
        if (tr_str_is(name, column[i].name))
            return i;
    return -1;
}

static const char *nearest(const tr_column *column, int columns, tr_str name)
{
    int best = 3; /* a distance of 3 or more is another word */
    const char *found = NULL;
    for (int i = 0; i < columns; i++) {
        int distance = tr_str_distance(name, tr_str_of(column[i].name));
        if (distance < best) {
            best = distance;
            found = column[i].name;
        }
    }
    return found;
}

static bool fail_unknown(const tr_column *column, int columns, tr_str name, const char *hint,
                         tr_err *err)
{
    const char *near = nearest(column, columns, name);
    tr_str      shown = tr_shown(name, 60);
    return tr_fail(err, TR_E_INTAKE_COLUMNS, hint, "unknown column \"%.*s\"%s%s%s", TR_FMT(shown),
                   near ? ", did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

bool tr_columns_find(const tr_column *column, int columns, const tr_csv_row *header, int *at,
                     const char *hint, tr_err *err)
{
    assert(columns <= TR_COLUMNS);
    for (int i = 0; i < columns; i++)
        at[i] = -1;
    if (err->code == 0)
        err->line = (int)header->line;
    for (int i = 0; i < header->fields; i++) {
        tr_str name = tr_str_trim(header->field[i]);
        int    found = column_of(column, columns, name);
        if (found < 0)
            return fail_unknown(column, columns, name, hint, err);
        if (at[found] >= 0)
            return tr_fail(err, TR_E_INTAKE_COLUMNS, "Each column stands once.",
                           "column \"%s\" stands twice", column[found].name);
        at[found] = i;
    }
    for (int i = 0; i < columns; i++)
        if (column[i].need == 'r' && at[i] < 0)
            return tr_fail(err, TR_E_INTAKE_COLUMNS, hint, "no column \"%s\"", column[i].name);
    err->line = 0;
    return true;
}

bool tr_fields_check(const tr_csv_row *row, int fields, tr_err *err)
{
    if (row->fields == fields)
        return true;
    return tr_fail(err, TR_E_INTAKE_FIELDS,
                   row->fields < fields
                       ? "If it is the last record, the file was cut off: fetch it again."
                       : "A field with a separator in it stands in quotes.",
                   "%d fields, the header has %d", row->fields, fields);
}

bool tr_degrees_read(tr_str text, int64_t *e7)
{
    enum { PLACES = 7 };
    ptrdiff_t point = tr_str_find(text, '.');
    ptrdiff_t whole = point < 0 ? text.len : point + 1 + PLACES;
    if (text.len > 40)
        return false;
    for (ptrdiff_t i = whole; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    int64_t value;
    if (!tr_fixed_read(tr_str_cut(text, 0, whole), PLACES, &value))
        return false;
    if (whole < text.len && text.at[whole] >= '5')
        value += text.at[0] == '-' ? -1 : 1;
    *e7 = value;
    return true;
}

static bool checks_area(const tr_intake_setting *setting)
{
    static const tr_box none;
    return memcmp(&setting->area, &none, sizeof none) != 0;
}

bool tr_position_check(const tr_intake_setting *setting, int64_t lat, int64_t lon, tr_point *at,
                       tr_err *err)
{
    const int64_t quarter = 900000000;
    bool on_globe = lat >= -quarter && lat <= quarter && lon >= -2 * quarter && lon <= 2 * quarter;
    bool may_swap = lon >= -quarter && lon <= quarter && lat >= -2 * quarter && lat <= 2 * quarter;
    tr_point here = {.lon = (int32_t)(on_globe ? lon : 0), .lat = (int32_t)(on_globe ? lat : 0)};
    tr_point swap = {.lon = (int32_t)(may_swap ? lat : 0), .lat = (int32_t)(may_swap ? lon : 0)};
    if (on_globe && (!checks_area(setting) || tr_box_holds(setting->area, here))) {
        *at = here;
        return true;
    }
    bool swapped = may_swap && checks_area(setting) && tr_box_holds(setting->area, swap);
    return tr_fail(err, on_globe ? TR_E_INTAKE_OUTSIDE : TR_E_INTAKE_PLACE,
                   swapped ? "Latitude and longitude look exchanged: the other way round the "
                             "position is inside the area."
                           : "See the position; or the agreement's area is too small.",
                   "latitude %s%lld.%07lld, longitude %s%lld.%07lld is %s", lat < 0 ? "-" : "",
                   (long long)((lat < 0 ? -lat : lat) / 10000000),
                   (long long)((lat < 0 ? -lat : lat) % 10000000), lon < 0 ? "-" : "",
                   (long long)((lon < 0 ? -lon : lon) / 10000000),
                   (long long)((lon < 0 ? -lon : lon) % 10000000),
                   on_globe ? "outside the area" : "not on the globe");
}

bool tr_position_read(const tr_intake_setting *setting, tr_str lat, tr_str lon, tr_point *at,
                      tr_err *err)
{
    int64_t lat_e7, lon_e7;
    tr_str  lat_text = tr_str_trim(lat), lon_text = tr_str_trim(lon);
    bool    lat_ok = tr_degrees_read(lat_text, &lat_e7);
    if (!lat_ok || !tr_degrees_read(lon_text, &lon_e7)) {
        tr_str shown = tr_shown(lat_ok ? lon_text : lat_text, 40);
        return tr_fail(err, TR_E_INTAKE_PLACE,
                       "Write decimal degrees with a point: 48.0159, -0.5.",
                       "%s \"%.*s\" is not decimal degrees", lat_ok ? "longitude" : "latitude",
                       TR_FMT(shown));
    }
    return tr_position_check(setting, lat_e7, lon_e7, at, err);
}
