/* policy.h -- which log is followed, and how many witnesses a head needs (C2SP tlog-policy).
 *
 * This version follows policies with `quorum none`: the log-signed head takes
 * the place of the cosigned one, and pages say "not witnessed".  Witnesses and
 * groups are refused with TR_E_POLICY_WITNESSES, never ignored.
 */
#ifndef TR_POLICY_H
#define TR_POLICY_H

#include "record/note.h"

enum { TR_POLICY_LOGS = 32 };

typedef struct {
    tr_vkey log[TR_POLICY_LOGS];
    int     logs;
} tr_policy;
/* `log <vkey> [url]` lines and one `quorum none`; `#` begins a comment line. */
bool tr_policy_read(tr_str bytes, tr_policy *policy, tr_err *err);

#endif
