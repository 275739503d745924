/* events.c -- lines of an invented event table, for where no real one is at hand.
 *
 *     truce-sim events --seed N [--rows N] [--from YYYY-MM-DD] > table.csv
 *
 * A quiet year, a rise, a cease-fire that holds badly, and a slow decay: the daily number of events
 * is Poisson with a rate that falls after the break, places scatter about a line of towns that do
 * not exist, one row in five spans several days.  Same seed, same bytes.  Whoever shows these
 * figures says that they are invented.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/time.h"

/* Number of events of a day with mean rate_ppm / 1e6, by small steps: exact in integers. */
static int events_of_day(tr_random *random, int64_t rate_ppm)
{
    enum { STEPS = 256 };
    int n = 0;
    for (int i = 0; i < STEPS; i++)
        n += tr_random_below(random, (uint64_t)STEPS * 1000000) < (uint64_t)rate_ppm;
    return n;
}

/* Mean events a day, in ppm, `day` days after the first. */
static int64_t rate_of(int day)
{
    if (day < 300)
        return 1500000 + day * 20000; /* rising */
    if (day < 390)
        return 9000000; /* open fighting */
    int64_t since = day - 390;
    return 400000 + 3600000 * 60 / (60 + since); /* the cease-fire, and its slow decay */
}

static void print_event(tr_random *random, int64_t number, int64_t first_day)
{
    tr_civil begin, end;
    int      length = tr_random_below(random, 5) == 0 ? 1 + (int)tr_random_below(random, 5) : 0;
    int      where = 1 + (int)tr_random_below(random, 4);
    int64_t  along = (int64_t)tr_random_below(random, 1000);
    int64_t  lon = 375000 + along * 20 + (int64_t)tr_random_below(random, 1500); /* 1e-4 degree */
    int64_t  lat = 475000 + along * 12 + (int64_t)tr_random_below(random, 1500);
    int64_t  best = (int64_t)tr_random_below(random, 6),
            low = best > 0 ? best - (int64_t)tr_random_below(random, 2) : 0;
    tr_days_to(first_day, &begin);
    tr_days_to(first_day + length, &end);
    printf("%lld,1,%d,\"Place %lld, invented\",%lld.%04lld,%lld.%04lld,1,%d,%d/%d/%d 12:00:00 "
           "AM,%d/%d/%d 12:00:00 AM,"
           "%lld,%lld,%lld\n",
           (long long)number, where, (long long)(along % 97), (long long)(lat / 10000),
           (long long)(lat % 10000), (long long)(lon / 10000), (long long)(lon % 10000),
           length > 0 ? 2 : 1, begin.month, begin.day, begin.year, end.month, end.day, end.year,
           (long long)best, (long long)(best + (int64_t)tr_random_below(random, 3)),
           (long long)low);
}

static int events(uint64_t seed, int64_t rows, int64_t first_day)
{
    tr_random random = tr_random_seed(seed);
    printf("id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_clarity,date_"
           "prec,"
           "date_start,date_end,best,high,low\n");
    int64_t number = 0;
    for (int day = 0; number < rows; day++)
        for (int n = events_of_day(&random, rate_of(day)); n > 0 && number < rows; n--)
            print_event(&random, ++number, first_day + day);
    return ferror(stdout) ? 2 : 0;
}

int main(int argc, char **argv)
{
    int64_t seed = 1, rows = 4000, first_day = tr_days_of(2014, 1, 20);
    bool    usage = argc < 2 || strcmp(argv[1], "events") != 0;
    for (int i = 2; i < argc && !usage; i += 2) {
        tr_str  value = tr_str_of(i + 1 < argc ? argv[i + 1] : "");
        tr_time from;
        tr_err  err = {0};
        if (strcmp(argv[i], "--seed") == 0)
            usage = !tr_int_read(value, &seed);
        else if (strcmp(argv[i], "--rows") == 0)
            usage = !tr_int_read(value, &rows) || rows < 1;
        else if (strcmp(argv[i], "--from") == 0 &&
                 tr_time_read_any(value, tr_tz_utc(), &from, &err))
            first_day = from / TR_DAY;
        else
            usage = true;
    }
    if (usage) {
        fprintf(stderr, "usage: truce-sim events [--seed N] [--rows N] [--from YYYY-MM-DD]\n");
        return 3;
    }
    return events((uint64_t)seed, rows, first_day);
}
