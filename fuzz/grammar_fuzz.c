/* grammar_fuzz.c -- the parser against the grammar, and the layout of what has no mistake.
 *
 * An odd first byte: the rest is text, with or without the declarations that it can name.  An even
 * one: the rest chooses sentences of the grammar, true or spoilt.  At the end the sentences that
 * both accepted and both rejected are counted. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "against.h"
#include "speak.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static against_count count;

static void print_count(void)
{
    fprintf(stderr,
            "sentences: %ld accepted, %ld rejected, %ld left; texts without mistakes: %ld\n",
            count.accepted, count.rejected, count.left, count.plans);
}

static void hold(tr_arena arena, tr_str text, ptrdiff_t from)
{
    static char fault[AGAINST_FAULT];
    if (against_text(arena, text, from, &count, fault) &&
        against_layout(arena, text, &count, fault))
        return;
    fprintf(stderr, "%s\n", fault);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ROOM = 1 << 30 };
    static char *room;
    if (!room) {
        room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
        atexit(print_count);
    }
    if (size < 1 || size > 4096)
        return 0;
    tr_arena     arena = {room, room + ROOM};
    ptrdiff_t    from = 0;
    speak_source source = speak_from(data + 1, size - 1, 1);
    tr_out       out = tr_out_new(&arena);
    if (data[0] % 2 == 0) {
        tr_str text = speak_text(&arena, &source, &from);
        hold(arena, text, from);
        return 0;
    }
    if (data[0] % 4 == 1)
        tr_put(&out, "%s", speak_prelude);
    from = tr_out_text(&out).len;
    tr_put_bytes(&out, (const char *)data + 1, (ptrdiff_t)size - 1);
    hold(arena, tr_out_text(&out), from);
    return 0;
}
