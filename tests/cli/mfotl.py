"""mfotl.py -- an evaluator of first-order past formulas over a finite event log, in MonPoly's notation.

Written from the definition of the logic alone: it shares nothing with the program that it is held against.  A formula is a
tree of tuples; equal parts are one node, so that each is worked out once a point of time.  A relation is (columns, set of rows).
"""
import re

WORDS = {'NOT', 'AND', 'OR', 'EXISTS', 'ONCE', 'PREV', 'SINCE', 'CNT'}
TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*("[^"]*"|<-|<=|>=|[A-Za-z_][A-Za-z0-9_]*|-?\d+|[()\[\],.;<>=+*])')


def tokens(text):
    at, out = 0, []
    text = text.rstrip()
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise SyntaxError(f'no token at {text[at:at + 30]!r}')
        out.append(m.group(1))
        at = m.end()
    return out


class Parser:
    """AND binds closer than OR, OR than SINCE, and a unary operator closest; EXISTS reaches as far as it can."""

    def __init__(self, text):
        self.t, self.i, self.nodes = tokens(text + '\n'), 0, {}

    def node(self, *parts):
        return self.nodes.setdefault(parts, parts)

    def look(self, ahead=0):
        return self.t[self.i + ahead] if self.i + ahead < len(self.t) else ''

    def take(self, wanted=None):
        got = self.look()
        if wanted is not None and got != wanted:
            raise SyntaxError(f'{got!r} where {wanted!r} is needed, token {self.i}')
        self.i += 1
        return got

    def whole(self):
        f = self.since()
        if self.i != len(self.t):
            raise SyntaxError(f'{self.look()!r} after the end')
        return f

    def since(self):
        left = self.either()
        if self.look() == 'SINCE':
            self.take()
            span = self.interval()
            return self.node('since', span, left, self.since())
        return left

    def either(self):
        left = self.both()
        while self.look() == 'OR':
            self.take()
            left = self.node('or', left, self.both())
        return left

    def both(self):
        left = self.unary()
        while self.look() == 'AND':
            self.take()
            left = self.node('and', left, self.unary())
        return left

    def unary(self):
        word = self.look()
        if word == 'NOT':
            self.take()
            return self.node('not', self.unary())
        if word in ('ONCE', 'PREV'):
            self.take()
            span = self.interval()
            return self.node(word.lower(), span, self.unary())
        if word == 'EXISTS':
            self.take()
            names = [self.take()]
            while self.look() == ',':
                self.take()
                names.append(self.take())
            self.take('.')
            return self.node('exists', tuple(names), self.since())
        if self.look(1) == '<-':
            result = self.take()
            self.take('<-')
            self.take('CNT')
            return self.node('count', result, self.take(), self.unary())
        if re.match(r'[A-Za-z_]', word) and self.look(1) == '(':
            return self.predicate()
        if word == '(':
            at = self.i
            try:
                return self.comparison()
            except SyntaxError:
                self.i = at
            self.take('(')
            f = self.since()
            self.take(')')
            return f
        return self.comparison()

    def predicate(self):
        name, args = self.take(), []
        self.take('(')
        while self.look() != ')':
            args.append(self.atom())
            if self.look() == ',':
                self.take()
        self.take(')')
        return self.node('event', name, tuple(args))

    def atom(self):
        word = self.take()
        if word.startswith('"'):
            return ('is', word[1:-1])
        if re.fullmatch(r'-?\d+', word):
            return ('is', int(word))
        if not re.match(r'[A-Za-z_]', word) or word in WORDS:
            raise SyntaxError(f'{word!r} is no term')
        return ('of', word)

    def term(self):
        if self.look() == '(':
            self.take()
            inner = self.term()
            self.take(')')
        else:
            inner = self.atom()
        while self.look() == '+':
            self.take()
            inner = ('plus', inner, self.term())
        return inner

    def comparison(self):
        outer = self.look() == '(' and self.look(1) != '('
        if outer:
            self.take()
        elif self.look() == '(':
            self.take()
            outer = True
        left = self.term()
        sign = self.take()
        if sign not in ('<', '<=', '>', '>=', '='):
            raise SyntaxError(f'{sign!r} is no comparison')
        right = self.term()
        if outer:
            self.take(')')
        return self.node('compare', sign, left, right)

    def interval(self):
        if self.look() not in ('[',):
            return (0, None)
        self.take()
        low = int(self.take())
        self.take(',')
        high = self.take()
        if high == '*':
            high = None
            if self.take() not in (']', ')'):
                raise SyntaxError('an interval that does not end')
            return (low, high)
        closed = self.take()
        return (low, int(high) if closed == ']' else int(high) - 1)


def read_signature(text):
    return {name: [kind.split(':')[1] for kind in inner.split(', ') if kind]
            for name, inner in re.findall(r'^(\w+)\(([^)]*)\)$', text, re.M)}


def read_log(text, signature):
    """[(moment, {event: set of rows})], each event and its types as the signature says."""
    points, last = [], None
    for line in text.splitlines():
        head, _, rest = line.partition(' ')
        if not re.fullmatch(r'@\d+', head):
            raise SyntaxError(f'not a point of time: {line[:40]!r}')
        at, events = int(head[1:]), {}
        if last is not None and at <= last:
            raise SyntaxError(f'{at} after {last}')
        last = at
        done = 0
        for m in re.finditer(r'(\w+)\(([^)]*)\)\s*', rest):
            if m.start() != done:
                raise SyntaxError(f'between events: {rest[done:m.start()]!r}')
            done = m.end()
            kinds = signature[m.group(1)]
            values = [v for v in m.group(2).split(',') if v]
            if len(values) != len(kinds):
                raise SyntaxError(f'{m.group(0)} has not {len(kinds)} values')
            row = tuple(int(v) if kind == 'int' else v.strip('"') for v, kind in zip(values, kinds))
            events.setdefault(m.group(1), set()).add(row)
        if done != len(rest):
            raise SyntaxError(f'after the events: {rest[done:]!r}')
        points.append((at, events))
    return points


def value(term, row):
    if term[0] == 'plus':
        return value(term[1], row) + value(term[2], row)
    return term[1] if term[0] == 'is' else row[term[1]]


def names_of(term):
    return names_of(term[1]) | names_of(term[2]) if term[0] == 'plus' else {term[1]} if term[0] == 'of' else set()


def holds(f, row):
    a, b = value(f[2], row), value(f[3], row)
    return {'<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '=': a == b}[f[1]]


def project(rel, names):
    columns, rows = rel
    at = [columns.index(n) for n in names]
    return tuple(names), {tuple(r[i] for i in at) for r in rows}


def join(a, b):
    (ca, ra), (cb, rb) = a, b
    if not ra or not rb:
        return ca + tuple(n for n in cb if n not in ca), set()
    shared = [n for n in ca if n in cb]
    ia, ib = [ca.index(n) for n in shared], [cb.index(n) for n in shared]
    more = [i for i, n in enumerate(cb) if n not in ca]
    by = {}
    for r in rb:
        by.setdefault(tuple(r[i] for i in ib), []).append(tuple(r[i] for i in more))
    return ca + tuple(cb[i] for i in more), {r + m for r in ra for m in by.get(tuple(r[i] for i in ia), ())}


def without(a, b):
    (ca, ra), (cb, rb) = a, b
    if not set(cb) <= set(ca):
        raise ValueError(f'{set(cb) - set(ca)} is not bound where it is taken away')
    at = [ca.index(n) for n in cb]
    return ca, {r for r in ra if tuple(r[i] for i in at) not in rb}


TRUE, FALSE = ((), {()}), ((), set())


class Monitor:
    def __init__(self, text):
        self.formula, self.memory = Parser(text).whole(), {}

    def step(self, at, events):
        self.at, self.events, self.now = at, events, {}
        return self.relation(self.formula)

    def relation(self, f):
        if id(f) not in self.now:
            self.now[id(f)] = getattr(self, 'of_' + f[0])(f)
        return self.now[id(f)]

    def of_event(self, f):
        names = [a[1] for a in f[2] if a[0] == 'of']
        columns = tuple(dict.fromkeys(names))
        rows = set()
        for values in self.events.get(f[1], ()):
            row = {}
            if all((a[1] == v if a[0] == 'is' else row.setdefault(a[1], v) == v) for a, v in zip(f[2], values)):
                rows.add(tuple(row[n] for n in columns))
        return columns, rows

    def of_compare(self, f):
        if f[1] == '=' and f[2][0] == 'of' and f[3][0] == 'is':
            return (f[2][1],), {(f[3][1],)}
        raise ValueError(f'a comparison that binds nothing: {f}')

    def of_and(self, f):
        left, right = self.relation(f[1]), f[2]
        if right[0] == 'compare' and names_of(right[2]) | names_of(right[3]) <= set(left[0]):
            return left[0], {r for r in left[1] if holds(right, dict(zip(left[0], r)))}
        if right[0] == 'or' and self.filters(right, set(left[0])):
            return left[0], {r for r in left[1] if self.passes(right, dict(zip(left[0], r)))}
        if right[0] == 'not':
            return without(left, self.relation(right[1]))
        return join(left, self.relation(right))

    def filters(self, f, bound):
        if f[0] == 'or':
            return self.filters(f[1], bound) and self.filters(f[2], bound)
        return f[0] == 'compare' and names_of(f[2]) | names_of(f[3]) <= bound

    def passes(self, f, row):
        return self.passes(f[1], row) or self.passes(f[2], row) if f[0] == 'or' else holds(f, row)

    def of_or(self, f):
        a, b = self.relation(f[1]), self.relation(f[2])
        if set(a[0]) != set(b[0]):
            raise ValueError(f'{a[0]} or {b[0]}')
        return a[0], a[1] | project(b, a[0])[1]

    def of_not(self, f):
        inner = self.relation(f[1])
        if inner[0]:
            raise ValueError(f'{inner[0]} free in a NOT that stands alone')
        return FALSE if inner[1] else TRUE

    def of_exists(self, f):
        inner = self.relation(f[2])
        return project(inner, [n for n in inner[0] if n not in f[1]])

    def of_count(self, f):
        inner = self.relation(f[3])
        if inner[0] != (f[2],):
            raise ValueError(f'counts {f[2]} of {inner[0]}')
        return (f[1],), {(len(inner[1]),)}

    def of_prev(self, f):
        before = self.memory.get(id(f))
        inner = self.relation(f[2])
        self.memory[id(f)] = (self.at, (inner[0], set(inner[1])))
        return before[1] if before and self.within(f[1], self.at - before[0]) else (inner[0], set())

    def within(self, span, age):
        return span[0] <= age and (span[1] is None or age <= span[1])

    def of_once(self, f):
        ripe, green = self.memory.setdefault(id(f), (set(), []))
        columns, rows = self.relation(f[2])
        green.append((self.at, rows))
        while f[1][1] is None and green and self.at - green[0][0] >= f[1][0]:
            ripe |= green.pop(0)[1]
        if f[1][1] is None:
            return columns, ripe
        return columns, set().union(*(r for at, r in green if self.within(f[1], self.at - at)))

    def of_since(self, f):
        kept, (columns, rows) = self.memory.get(id(f), []), self.relation(f[3])
        stays, away = (self.relation(f[2][1]), True) if f[2][0] == 'not' else (self.relation(f[2]), False)
        if not stays[0]:
            kept = kept if bool(stays[1]) != away else []
        elif away:
            kept = [(at, without((columns, r), stays)[1]) for at, r in kept]
        else:
            kept = [(at, project(join((columns, r), stays), columns)[1]) for at, r in kept]
        kept = kept + [(self.at, rows)]
        self.memory[id(f)] = kept = [k for k in kept if k[1]]
        return columns, set().union(*(r for at, r in kept if self.within(f[1], self.at - at)))


def answers(formula, points):
    """All rows that satisfy the formula at some point of time."""
    monitor, found = Monitor(formula), set()
    for at, events in points:
        found |= monitor.step(at, events)[1]
    return found
