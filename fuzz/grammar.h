/* grammar.h -- the grammar of sentences (grammar.y) as a machine that takes one symbol at a time.
 *
 *     grammar *g = grammar_open();
 *     while (more && grammar_take(g, symbol)) ...
 *     bool accepted = grammar_end(g);
 *     grammar_close(g);
 *
 * Symbols are 0 (the end) to grammar_symbols() - 1; the first three are bison's own.  A word and a
 * sign have the name that they are written as, the others a name such as <number>.  Memory is the
 * heap's: tests and fuzzing only. */
#ifndef GRAMMAR_H
#define GRAMMAR_H

#include <stdbool.h>

enum { GRAMMAR_FIRST = 3 }; /* of the symbols that can be taken */

typedef struct grammar grammar;

grammar    *grammar_open(void);
void        grammar_close(grammar *g);
int         grammar_symbols(void);
const char *grammar_name(int symbol);
int         grammar_find(const char *name, int len);   /* the symbol of that name, or -1 */
bool        grammar_can(const grammar *g, int symbol); /* may it stand next? 0: may it end? */
bool        grammar_take(grammar *g, int symbol);
bool        grammar_end(grammar *g);
int         grammar_told(const grammar *g); /* what is read on past with an error */
/* What the symbol would be, by the rule that it completes at once ("zone_name"), else its name. */
const char *grammar_role(const grammar *g, int symbol);

#endif
