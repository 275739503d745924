/* case_fuzz.c -- any bytes as a .case script: refused with a place, or run to its end.
 *
 * Through it run the pen, the record's checks, the mission's step with corrections and
 * retractions, snapshots and both digests.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "trial/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static bool no_file(void *context, tr_str name, tr_str *bytes)
{
    (void)context, (void)name, (void)bytes;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static char *room;
    if (!room)
        room = mmap(NULL, TR_CASE_ARENA, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED || len > 4096)
        return 0;
    tr_arena       keep = {room, room + TR_CASE_ARENA};
    tr_case_report report = {0};
    tr_err         err = {0};
    if (!tr_case_run(&keep, (tr_str){(const char *)at, (ptrdiff_t)len}, no_file, NULL, &report,
                     &err) &&
        (err.code == 0 || err.text[0] == '\0'))
        abort(); /* refused without a reason */
    return 0;
}
