/* case.h -- runs .case scripts: a record of a few lines, and what must follow from it.
 *
 * A script (docs/CASES.md has the language) is text.  Each of its cases founds a record in
 * memory, with trial keys from a fixed seed and `quorum none`, writes its entries through the pen
 * of desk.h, and holds the state against its expectations.
 *
 *     tr_case_report report;
 *     if (!tr_case_run(&keep, script, files, context, &report, &err)) ... err.line says where
 *     for (i = 0; i < report.cases; i++) ... report.at[i].failures
 *
 * Pure: an agreement that a script names by its path comes from the callback.  A script that
 * cannot be read is an error; an expectation that does not hold is a failure of its case.
 */
#ifndef TR_CASE_H
#define TR_CASE_H

#include "trial/desk.h"

enum { TR_CASE_MISSION = 256 << 20 };                  /* address space of one mission of a case */
#define TR_CASE_ARENA ((ptrdiff_t)8 * TR_CASE_MISSION) /* what `keep` should have room for */

/* The bytes of a file that a script, or an agreement it names, asks for. */
typedef bool (*tr_case_files)(void *context, tr_str name, tr_str *bytes);

typedef struct {
    int32_t line;
    tr_str  text; /* what was expected, and what stands */
} tr_case_failure;

typedef struct {
    tr_str                 title;
    int32_t                line;         /* of its title */
    int32_t                expectations; /* judged, those of further runs included */
    int32_t                runs;         /* 1, and one for each order and exchange tried */
    const tr_case_failure *failure;
    int32_t                failures;
} tr_case_outcome;

typedef struct {
    const tr_case_outcome *at;
    int32_t                cases;
    int32_t                failed;
} tr_case_report;

/* Run all cases of a script.  False: it cannot be read (err.line), and nothing is reported. */
bool tr_case_run(tr_arena *keep, tr_str script, tr_case_files files, void *context,
                 tr_case_report *report, tr_err *err);

#endif
