/* import_bench.c -- rows of an event table into the record and through a replay, beside SQLite.
 *
 * ours, import: CSV text -> intake (every check) -> batches, signed entries, mission state ->
 * durable commits.  ours, replay: a record opened without a snapshot; every batch signature, chunk
 * hash and row tree verified; state, windows and clauses as after the import. peer: SQLite (WAL,
 * synchronous=FULL, transactions of one batch): the same rows, fields parsed beforehand, inserted
 * through one prepared statement, then scanned with their sums; it checks no signature, keeps no
 * tree and judges nothing.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "bench.h"
#include "shell/import.h"
#include "shell/memory.h"

enum { ROWS = 200000, BATCH = 1 << 14, RUNS = 3 };

static const char agreement[] = "agreement \"Bench\" version 1.0\n"
                                "time zone \"Europe/Kyiv\"\n"
                                "area 30.0 E 46.0 N to 40.0 E 51.0 N\n"
                                "party A \"Party A\"\nparty B \"Party B\"\n"
                                "body JC \"Joint Commission\" of A, B\n"
                                "class fatal is event.fatal\n"
                                "counting incident version 1: R-INC\n"
                                "register table from source ucdp \"Event table\" of event.fatal: "
                                "each row one incident, past the gate, "
                                "side undetermined, rung 0, corroboration none\n"
                                "act notify to done when JC reports the notice to each of them\n"
                                "article 1 \"Cease-fire\"\n"
                                "1.1 A, B must not commit fatal from 2015-02-15 00:00\n"
                                "article 6 \"Threshold\"\n"
                                "6.1 enforcement is\n"
                                "    active when count by incident of breaches of §1.1 by any "
                                "party in area over 7 days > 14, by tally\n"
                                "    counting rung 0 or better, corroboration none, exercises in, "
                                "contested out, from register table, as happened\n"
                                "    counting from 2015-02-15 00:00\n"
                                "    until count by incident of breaches of §1.1 by any party in "
                                "area over 7 days < 4, for 14 days\n"
                                "    on compares certain, off compares possible\n"
                                "    on late facts review\n"
                                "article 7 \"Response ladder\" on §6.1 active\n"
                                "7.1 JC must notify A, B within 1 hour of activation\n";

static tr_str make_table(tr_arena *keep)
{
    tr_out    out = tr_out_new(keep);
    tr_random random = tr_random_seed(1);
    tr_put(&out, "id,type_of_violence,where_prec,where_coordinates,latitude,longitude,event_"
                 "clarity,date_prec,"
                 "date_start,date_end,best,high,low\n");
    for (int i = 0; i < ROWS; i++) {
        tr_civil day;
        tr_days_to(tr_days_of(2014, 1, 1) + (int64_t)i * 3000 / ROWS, &day);
        tr_put(&out,
               "%d,1,2,\"Place %d\",%d.%05d,%d.%05d,1,1,%d/%d/%d 12:00:00 AM,%d/%d/%d 12:00:00 "
               "AM,%d,%d,%d\n",
               100000 + i, i % 977, 47 + i % 3, (int)tr_random_below(&random, 100000), 36 + i % 4,
               (int)tr_random_below(&random, 100000), day.month, day.day, day.year, day.month,
               day.day, day.year, i % 5, i % 5 + 2, i % 5);
    }
    return tr_out_text(&out);
}

static void must(bool done, const tr_err *err)
{
    if (done)
        return;
    fprintf(stderr, "bench: TR%04d %s (%s)\n", err->code, err->text, err->hint);
    exit(2);
}

static void remove_folder(const char *dir)
{
    char command[512];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    (void)!system(command);
}

/* Seconds to import the table into a new mission in `dir`. */
static double time_import(const char *dir, const char *terms, tr_str table)
{
    tr_err        err = {0};
    tr_arena      keep = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_out        report = tr_out_new(&keep);
    tr_folder_new wanted = {dir, terms, "", NULL};
    remove_folder(dir);
    bool made = tr_folder_init(&wanted, &report, &err);
    if (!made)
        fprintf(stderr, "%.*s", TR_FMT(tr_out_text(&report)));
    must(made, &err);

    static tr_folder folder;
    tr_import_sum    sum = {0};
    tr_intake        in;
    double           begin = tr_bench_seconds();
    must(tr_folder_open(&folder, dir, TR_STORE_WRITE, TR_TIME_NONE, &err), &err);
    const tr_plan    *plan = tr_mission_plan(folder.pen.mission);
    tr_intake_setting setting = {.tz = plan->tz, .area = plan->area};
    must(tr_intake_read(&keep, tr_memory_reserve(TR_MEMORY_LARGE), TR_INTAKE_UCDP, table, &setting,
                        &in, &err),
         &err);
    must(tr_import_rows(&folder, TR_STR("ucdp"), TR_STR("ucdp"), &in, NULL, NULL, &sum, &err),
         &err);
    double seconds = tr_bench_seconds() - begin;
    tr_folder_close(&folder);
    assert(sum.accepted == ROWS);
    return seconds;
}

static double time_replay(const char *dir)
{
    tr_err           err = {0};
    static tr_folder folder;
    double           begin = tr_bench_seconds();
    must(tr_folder_open(&folder, dir, TR_STORE_READ, TR_TIME_NONE, &err), &err);
    double seconds = tr_bench_seconds() - begin;
    assert(tr_mission_count(folder.pen.mission).incidents == ROWS);
    tr_folder_close(&folder);
    return seconds;
}

static void sql(sqlite3 *db, const char *text)
{
    char *why = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "bench: SQLite: %s\n", why);
        exit(2);
    }
}

static double time_sqlite_insert(const char *path, const tr_intake *in)
{
    sqlite3      *db;
    sqlite3_stmt *put;
    remove_folder(path);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        exit(2);
    sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE observation(src_id TEXT PRIMARY KEY, begin INTEGER, end INTEGER, kind "
            "INTEGER, row BLOB) STRICT;"
            "CREATE INDEX by_begin ON observation(begin)");
    sqlite3_prepare_v2(db, "INSERT INTO observation VALUES(?,?,?,?,?)", -1, &put, NULL);
    double begin = tr_bench_seconds();
    for (int64_t i = 0; i < in->rows; i++) {
        const tr_intake_row *row = &in->row[i];
        if (i % BATCH == 0)
            sql(db, i ? "COMMIT; BEGIN" : "BEGIN");
        sqlite3_bind_text(put, 1, row->src_id.at, (int)row->src_id.len, SQLITE_STATIC);
        sqlite3_bind_int64(put, 2, row->begin);
        sqlite3_bind_int64(put, 3, row->end);
        sqlite3_bind_int(put, 4, row->kind);
        sqlite3_bind_blob(put, 5, row->row.at, (int)row->row.len, SQLITE_STATIC);
        if (sqlite3_step(put) != SQLITE_DONE)
            exit(2);
        sqlite3_reset(put);
    }
    sql(db, "COMMIT");
    double seconds = tr_bench_seconds() - begin;
    sqlite3_finalize(put);
    sqlite3_close(db);
    return seconds;
}

static double time_sqlite_scan(const char *path)
{
    sqlite3      *db;
    sqlite3_stmt *get;
    int64_t       rows = 0, bytes = 0;
    double        begin = tr_bench_seconds();
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT src_id, begin, end, kind, row FROM observation ORDER BY begin",
                           -1, &get, NULL))
        exit(2);
    for (; sqlite3_step(get) == SQLITE_ROW; rows++)
        bytes += sqlite3_column_bytes(get, 4) + sqlite3_column_int64(get, 1) % 2;
    double seconds = tr_bench_seconds() - begin;
    sqlite3_finalize(get);
    sqlite3_close(db);
    assert(rows == ROWS && bytes > 0);
    return seconds;
}

void bench_import(tr_measures *all)
{
    tr_arena    keep = tr_memory_reserve(TR_MEMORY_LARGE);
    tr_err      err = {0};
    char        dir[256], terms[300], mission[300], db[300];
    const char *base = getenv("TMPDIR");
    snprintf(dir, sizeof dir, "%s/truce-bench-%d", base ? base : "/tmp", (int)getpid());
    snprintf(terms, sizeof terms, "%s/bench.truce", dir);
    snprintf(mission, sizeof mission, "%s/mission", dir);
    snprintf(db, sizeof db, "%s/peer.db", dir);
    char command[300];
    snprintf(command, sizeof command, "mkdir -p '%s'", dir);
    (void)!system(command);
    must(tr_file_write(terms, tr_str_of(agreement), 0600, true, &err), &err);

    tr_str            table = make_table(&keep);
    tr_intake         in;
    tr_intake_setting setting = {.tz = tr_tz_find(TR_STR("Europe/Kyiv"))};
    must(tr_intake_read(&keep, tr_memory_reserve(TR_MEMORY_LARGE), TR_INTAKE_UCDP, table, &setting,
                        &in, &err),
         &err);
    double import[RUNS], replay[RUNS], insert[RUNS], scan[RUNS];
    for (int i = 0; i < RUNS; i++) {
        import[i] = time_import(mission, terms, table);
        insert[i] = time_sqlite_insert(db, &in);
        replay[i] = time_replay(mission);
        scan[i] = time_sqlite_scan(db);
        remove_folder(db);
        fprintf(stderr,
                "import: run %d: ours %.2f s + %.2f s, SQLite %.2f s + %.2f s for %d rows\n", i + 1,
                import[i], replay[i], insert[i], scan[i], ROWS);
    }
    tr_measured(all, (tr_measure){"import, batch rows a second",
                                  ROWS / tr_bench_median(import, RUNS), "rows/s", "SQLite insert",
                                  ROWS / tr_bench_median(insert, RUNS), 100000, false});
    tr_measured(all, (tr_measure){"replay, batch rows a second",
                                  ROWS / tr_bench_median(replay, RUNS), "rows/s", "SQLite scan",
                                  ROWS / tr_bench_median(scan, RUNS), 500000, false});
    remove_folder(dir);
}
