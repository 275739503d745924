// An invented mission for development and browser tests: invented parties, places and happenings,
// two hundred findings, one active and one cleared instance, and a real small log under it.
import { leaf, path, root } from './tree.mjs';

const ORIGIN = 'mission.example/log/1';
const DAY = 864e5,
  T0 = Date.UTC(2031, 0, 6); // a Monday
const iso = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');
const nano = (ms) => iso(ms).replace('Z', '.000000000Z');

/** Small deterministic generator (mulberry32), so that every run shows the same. */
function generator(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

const KINDS = [
  ['explosion.impact', 'Explosion (impact)'],
  ['explosion.undetermined', 'Explosion (undetermined)'],
  ['burst', 'Burst'],
  ['event.fatal', 'Fatal event'],
];
const PLACES = ['Nordvik', 'Hamar bay', 'Eldey ridge', 'Langanes', 'Holt', 'Svinafell'];

export class World {
  constructor({ findings = 200, empty = false } = {}) {
    this.rand = generator(7);
    this.entries = []; // note texts
    this.batches = new Map(); // entry index -> row texts
    this.items = []; // observations turned into incidents
    this.serial = 0;
    this.end = T0 + 70 * DAY;
    this.add({ body: { origin: ORIGIN, title: 'Invented agreement' }, type: 'log.open' });
    if (!empty) this.observe(findings);
    this.add({ body: { t: nano(this.end), source: 'clock-1' }, type: 'tick' });
  }

  add(envelope) {
    const text = `truce/entry/v1\n${ORIGIN}\n${JSON.stringify({ ...envelope, by: `${ORIGIN}/data/mission/key-1`, n: this.entries.length })}\n`;
    this.entries.push(
      `${text}\n\u2014 ${ORIGIN}/data/mission/key-1 ${Buffer.alloc(68, this.entries.length % 251).toString('base64')}\n`,
    );
    this.leaves = this.entries.map((e) => leaf(Buffer.from(e)));
    return this.entries.length - 1;
  }

  observe(n) {
    const rows = Array.from({ length: n }, (_, i) => this.happening(i, n)).sort((a, b) => a.begin - b.begin);
    for (let at = 0; at < rows.length; at += 25) {
      const part = rows.slice(at, at + 25),
        texts = part.map((r) => this.rowText(r));
      const entry = this.add({
        body: {
          counts: [{ kind: 'event', n: part.length }],
          fmt: 'truce.rows.v1',
          root: root(texts.map((t) => leaf(Buffer.from(t)))).toString('hex'),
          rows: part.length,
          source: 'observers',
        },
        type: 'observation.batch',
      });
      this.batches.set(entry, texts);
      part.forEach((r, row) => this.items.push({ ...r, entry, row, bytes: texts[row] }));
    }
    const last = this.happening(n, n);
    last.begin = this.end - 2 * 36e5;
    last.end = last.begin + 6e5;
    const single = {
      happened: { begin: nano(last.begin), end: nano(last.end) },
      kind: last.kind,
      place: last.place,
      source: 'patrol-2',
      src_id: 'p2-17',
    };
    this.items.push({
      ...last,
      source: 'patrol-2',
      entry: this.add({ body: single, type: 'observation' }),
      bytes: JSON.stringify(single),
    });
  }

  happening(i, n) {
    const r = this.rand,
      hot = r() < 0.45;
    const begin = T0 + Math.floor((hot ? 30 + r() * 9 : r() * 69.5) * 24) * 36e5;
    const [kind, label] = KINDS[Math.floor(r() * KINDS.length)],
      k = Math.floor(r() * PLACES.length);
    const lon = -21.6 + 0.55 * k + (r() - 0.5) * 0.5,
      lat = 64.15 + 0.1 * Math.sin(k * 2) + (r() - 0.5) * 0.3;
    const pos = { lon: +lon.toFixed(5), lat: +lat.toFixed(5) };
    const place =
      i === 3
        ? { kind: 'sector', ...pos, r_min_m: 9000, r_max_m: 21000, az_begin_cdeg: 3200, az_end_cdeg: 8600 }
        : i === 5
          ? { kind: 'none' }
          : i === 9
            ? { kind: 'zone', zone: 'Northern strip' }
            : {
                kind: 'point',
                ...pos,
                r90_m: [900, 2500, 6000, 14000][i % 4],
                r50_m: [400, 1100, 2700, 6400][i % 4],
              };
    const dead = kind === 'event.fatal' ? Math.ceil(r() * 3) : 0;
    return {
      begin,
      end: begin + 36e5 * (1 + Math.floor(r() * 5)),
      kind,
      label,
      place,
      text: PLACES[k],
      deaths: [dead, dead, dead + (dead ? 1 : 0)],
      in: i % 7 === 0 ? 'possible' : i % 5 === 0 ? 'best' : 'certain',
      source: 'observers',
      id: String(++this.serial).padStart(4, '0'),
    };
  }

  rowText(r) {
    return JSON.stringify({
      count: { best: 1, max: 1, min: 1 },
      happened: { begin: nano(r.begin), end: nano(r.end) },
      kind: r.kind,
      place: r.place,
      src_id: `o-${r.id}`,
      text: r.text,
    });
  }

  head() {
    return { size: this.entries.length, root: root(this.leaves).toString('hex'), witnessed: false };
  }
  headAt(n) {
    return { size: n, root: root(this.leaves.slice(0, n)) };
  }
  checkpoint(n = this.entries.length) {
    return `${ORIGIN}\n${n}\n${this.headAt(n).root.toString('base64')}\n\n\u2014 ${ORIGIN} ${Buffer.alloc(68, 9).toString('base64')}\n`;
  }
  proof(i, n) {
    const p = path(this.leaves.slice(0, n), i)
      .map((h) => `${h.toString('base64')}\n`)
      .join('');
    return `c2sp.org/tlog-proof@v1\nindex ${i}\n${p}\n${this.checkpoint(n)}`;
  }
  rowProof(i, r) {
    const texts = this.batches.get(i),
      leaves = texts.map((t) => leaf(Buffer.from(t)));
    return {
      rows: texts.length,
      root: root(leaves).toString('hex'),
      row: texts[r],
      path: path(leaves, r).map((h) => h.toString('base64')),
    };
  }

  /** [certain, best, possible] of items, the way the fixture sorts them. */
  count(items) {
    const c = items.filter((x) => x.in === 'certain').length,
      b = c + items.filter((x) => x.in === 'best').length;
    return [c, b, items.length];
  }
  within(from, to) {
    return this.items.filter((x) => x.begin < to && x.end > from);
  }

  finding(x) {
    return {
      id: `f-1.1-${x.id}`,
      clause: '1.1',
      incident: `i-${x.id}`,
      kind: x.kind,
      label: x.label,
      begin: iso(x.begin),
      end: iso(x.end),
      best: iso(x.begin),
      place: x.place,
      in: x.in,
      why:
        x.in === 'certain'
          ? 'wholly inside class, time and zone'
          : 'the region is cut by the edge of the zone',
      side: 'undetermined',
      rung: 0,
      n: [1, 1, 1],
      deaths: x.deaths,
      exercise: x.id === '0012',
      contested: x.id === '0020',
      text: x.text,
      entry: x.entry,
      ...(x.row === undefined ? {} : { row: x.row }),
      source: x.source,
    };
  }
  incident(x) {
    const { id, clause, incident, ...f } = this.finding(x);
    return { ...f, id: incident, findings: [id] };
  }

  board(options = {}) {
    const week = this.count(this.within(this.end - 7 * DAY, this.end)),
      day = this.count(this.within(this.end - DAY, this.end));
    const some = this.items.length > 0;
    return {
      agreement: {
        id: 'example',
        version: '0.9',
        title: 'Invented agreement of Nordvik',
        note: 'invented',
        hypothetical: true,
        tz: 'Atlantic/Reykjavik',
        sha256: 'ab'.repeat(32),
      },
      mission: { origin: ORIGIN, mode: 'exercise' },
      head: this.head(),
      now: iso(this.end),
      notices: [
        'The agreement is hypothetical: invented parties, places and data.',
        'Keys are trial keys.',
        'The record is not witnessed.',
      ],
      audience: options.public ? 'public' : 'mission',
      counts: {
        entries: this.entries.length,
        invalid: 0,
        ticks: 1,
        batches: this.batches.size,
        rows: this.items.length,
        singles: 1,
        observations: this.items.length,
        live: this.items.length,
        duplicates: 2,
        held: 0,
        corrected: 1,
        retracted: 0,
        allegations: 0,
        incidents: this.items.length,
      },
      sources: [
        {
          id: 'observers',
          kind: 'register',
          register: true,
          rows: this.items.length,
          first: iso(T0),
          last: iso(this.end),
        },
        {
          id: 'patrol-2',
          kind: 'patrol',
          register: false,
          rows: 1,
          first: iso(this.end - 72e5),
          last: iso(this.end),
        },
      ],
      actors: [
        { id: 'A', name: 'Northern side', kind: 'party' },
        { id: 'B', name: 'Southern side', kind: 'party' },
        { id: 'G', name: 'Guarantor', kind: 'guarantor' },
        { id: 'JC', name: 'Joint commission', kind: 'body' },
      ],
      clauses: this.clauses(week, day, some),
      instances: some ? this.instances() : [],
    };
  }

  clauses(week, day, some) {
    const must = (label, article, text, words, o) => ({
      label,
      article,
      kind: 'prohibition',
      text,
      reading: text,
      line: 20 + Number(label[0]),
      final: false,
      actors: ['A', 'B'],
      class: 'fire',
      zone: 'area',
      begin: iso(T0),
      coverage_ppm: 630000,
      findings: 0,
      breaches: 0,
      deaths: [0, 0, 0],
      words,
      ...o,
    });
    const limit = (label, name, o) => ({
      label,
      article: 'Thresholds',
      kind: 'threshold',
      text: `If more than ${o.n - 1} findings of 1.1 are recorded within ${o.window}, the procedure of article 7 begins.`,
      reading: `${o.n} certain findings in ${o.window} activate`,
      line: 61,
      verdict: o.active ? 'breached' : 'complied',
      final: false,
      words: o.active ? `active since ${o.since}` : 'not reached',
      name,
      active: false,
      pending: false,
      rule: 'R-INC',
      rule_version: 1,
      late: 'as happened',
      of: '1.1',
      on: [
        { compare: 'certain', at_least: o.n, at_most: 'unbounded', count: o.count, words: `> ${o.n - 1}` },
      ],
      off: [{ compare: 'possible', at_least: 0, at_most: 3, count: o.count, words: '< 4' }],
      off_hold: '14 days',
      distance: Math.max(0, o.n - o.count[0]),
      ...o,
    });
    const step = (label, actor, act, words, o) => ({
      label,
      article: 'Procedure',
      kind: 'step',
      text: words,
      reading: words,
      line: 80,
      verdict: 'open',
      final: false,
      words,
      actor,
      must: true,
      act,
      to: ['A', 'B', 'G'],
      within: '1 hour',
      zero: 'activation',
      state: 'waiting',
      ...o,
    });
    return [
      must(
        '1.1',
        'No fire',
        'The sides shall not open fire in the area.',
        `breached: ${this.items.length} findings recorded, coverage 63 %`,
        {
          verdict: some ? 'breached' : 'not_observed',
          findings: this.items.length,
          breaches: 64,
          deaths: [41, 47, 60],
          coverage_ppm: some ? 630000 : 0,
        },
      ),
      must(
        '1.2',
        'No drones',
        'No unmanned aircraft over the strip.',
        'no finding recorded, coverage 41 %, below 60 %',
        { verdict: 'undetermined', coverage_ppm: 410000 },
      ),
      must(
        '2.1',
        'Heavy weapons',
        'Heavy weapons stay behind the line.',
        'complied: no finding past its proof, coverage 71 %',
        { verdict: 'complied', coverage_ppm: 710000 },
      ),
      must(
        '2.2',
        'Harbour',
        'No armed vessels in the harbour.',
        'not observed: no source covers the harbour',
        { verdict: 'not_observed', coverage_ppm: 0 },
      ),
      must('3.1', 'Exchange', 'The exchange follows article 2.', 'waits for 2.1', {
        verdict: 'not_in_force',
        coverage_ppm: undefined,
      }),
      limit('6.1', 'week', {
        n: 15,
        window: '7 days',
        count: week,
        active: some,
        since: iso(T0 + 33 * DAY),
        ...(some ? { instance: 'a-6.1-2' } : {}),
        distance: some ? Math.max(0, week[2] - 3) : 15,
      }),
      limit('6.2', 'day', { n: 9, window: '24 hours', count: day }),
      limit('6.3', 'month', {
        n: 90,
        window: '30 days',
        count: this.count(this.within(this.end - 30 * DAY, this.end)),
      }),
      step(
        '7.1',
        'JC',
        'notify',
        'the commission notifies both sides and the guarantor within 1 hour',
        some
          ? {
              verdict: 'complied',
              state: 'done',
              zero_at: iso(this.end - 5 * DAY),
              due: iso(this.end - 5 * DAY + 36e5),
              done_at: iso(this.end - 5 * DAY + 18e5),
            }
          : {},
      ),
      step(
        '7.2',
        'G',
        'convene',
        'the guarantor convenes a meeting within 72 hours',
        some
          ? {
              verdict: 'breached',
              state: 'done_late',
              zero_at: iso(this.end - 5 * DAY),
              due: iso(this.end - 2 * DAY),
              done_at: iso(this.end - DAY),
            }
          : {},
      ),
      step(
        '7.3',
        'A',
        'answer',
        'side A answers within 6 days',
        some ? { state: 'running', zero_at: iso(this.end - 5 * DAY), due: iso(this.end + 11868e3) } : {},
      ),
      step(
        '7.4',
        'B',
        'answer',
        'side B answers within 8 days',
        some ? { state: 'running', zero_at: iso(this.end - 5 * DAY), due: iso(this.end + 3 * DAY) } : {},
      ),
    ];
  }

  instances() {
    const w = (a, b) =>
      this.within(a, b)
        .filter((x) => x.in === 'certain')
        .slice(0, 15)
        .map((x) => `i-${x.id}`);
    const reached = T0 + 33 * DAY,
      steps = this.clauses([0, 0, 0], [0, 0, 0], true)
        .filter((c) => c.kind === 'step')
        .map(({ label, actor, act, state, zero_at, due, done_at }) => ({
          label,
          actor,
          act,
          state,
          zero_at,
          due,
          done_at,
        }));
    return [
      {
        id: 'a-6.1-1',
        clause: '6.1',
        number: 1,
        status: 'cleared',
        reached_at: iso(T0 + 9 * DAY),
        reached_first: iso(T0 + 9 * DAY),
        known_at: iso(T0 + 10 * DAY),
        known_index: 2,
        cleared_at: iso(T0 + 27 * DAY),
        cleared_known_at: iso(T0 + 27 * DAY),
        cleared_known_index: 4,
        count: [15, 17, 20],
        witnesses: w(T0 + 2 * DAY, T0 + 9 * DAY),
        steps: [],
      },
      {
        id: 'a-6.1-2',
        clause: '6.1',
        number: 2,
        status: 'active',
        reached_at: iso(reached),
        reached_first: iso(reached),
        known_at: iso(reached + 36e5),
        known_index: 6,
        count: [22, 25, 31],
        witnesses: w(reached - 7 * DAY, reached),
        steps,
      },
    ];
  }

  map() {
    const wave = Array.from({ length: 25 }, (_, i) => [-22 + i * 0.16, 64.15 + 0.08 * Math.sin(i / 2)]);
    const strip = [...wave.map(([x, y]) => [x, y + 0.09]), ...wave.map(([x, y]) => [x, y - 0.09]).reverse()];
    return {
      area: [-22.4, 63.5, -17.9, 64.8],
      lines: [
        { name: 'Contact line', coarse: true, note: 'as drawn on the map of the agreement', points: wave },
      ],
      zones: [
        {
          name: 'Strip',
          coarse: true,
          note: '10 km each side',
          kind: 'near_line',
          within_m: 10000,
          rings: [[...strip, strip[0]]],
        },
        {
          name: 'Harbour',
          kind: 'rings',
          rings: [
            [
              [-20.5, 63.55],
              [-20.1, 63.55],
              [-20.1, 63.75],
              [-20.5, 63.75],
              [-20.5, 63.55],
            ],
          ],
        },
      ],
    };
  }

  timeline(step, from, to) {
    const size = (step === 'week' ? 7 : 1) * DAY,
      buckets = [];
    for (let t = T0 + Math.floor((from - T0) / size) * size; t < to; t += size) {
      const here = this.items.filter((x) => x.begin >= t && x.begin < t + size);
      buckets.push({ t: iso(t), count: this.count(here), deaths: [0, 0, 0] });
    }
    const some = this.items.length > 0;
    return {
      step,
      zone: 'Atlantic/Reykjavik',
      buckets,
      spans: some
        ? [
            { instance: 'a-6.1-1', clause: '6.1', begin: iso(T0 + 9 * DAY), end: iso(T0 + 27 * DAY) },
            { instance: 'a-6.1-2', clause: '6.1', begin: iso(T0 + 33 * DAY) },
          ]
        : [],
      exposure: some
        ? [
            { begin: iso(T0), end: iso(T0 + 16 * DAY) },
            { begin: iso(T0 + 20 * DAY), end: iso(this.end) },
          ]
        : [],
    };
  }

  /** The body of one finding or incident, or null. */
  detail(id) {
    const x = this.items.find((y) => id === `f-1.1-${y.id}` || id === `i-${y.id}`);
    if (!x) return null;
    const f = this.finding(x),
      b = this.board();
    return {
      finding: id.startsWith('i-') ? this.incident(x) : f,
      clause: b.clauses[0],
      head: this.head(),
      chain: [
        { stage: 'observation', words: `recorded by ${x.source} in entry ${x.entry}`, at: iso(x.end) },
        { stage: 'event', words: x.label, at: iso(x.begin) },
        { stage: 'incident', words: `i-${x.id}: one happening`, at: iso(x.begin) },
        { stage: 'finding', words: `${f.in} against 1.1`, at: iso(x.end) },
        { stage: 'tally', words: 'counted by R-INC v1' },
        { stage: 'clause', words: '6.1 reached with 15 certain', at: iso(T0 + 33 * DAY) },
      ],
      observations: [
        {
          source: x.source,
          src_id: `o-${x.id}`,
          entry: x.entry,
          ...(x.row === undefined ? {} : { row: x.row }),
          status: 'live',
          happened: iso(x.begin),
          known_at: iso(x.end),
          bytes: x.bytes,
        },
      ],
      counts_in: [
        {
          clause: '6.1',
          in: f.in,
          why: f.why,
          windows: { enters: iso(x.begin), leaves: iso(x.begin + 7 * DAY) },
        },
        {
          clause: '6.3',
          in: f.in,
          why: f.why,
          windows: { enters: iso(x.begin), leaves: iso(x.begin + 30 * DAY) },
        },
      ],
      excluded: [{ clause: '1.2', why: 'the class is not in the clause' }],
      flip: 'If the place were moved 3 km south, outside the strip, it would not count under 1.1.',
      statements:
        x.id === '0020'
          ? [
              { by: 'A', stance: 'reports', text: 'Three impacts at Holt.', entry: 3 },
              { by: 'B', stance: 'denies', text: 'No fire from our side.', entry: 4 },
            ]
          : [],
      proof: { entry: x.entry, ...(x.row === undefined ? {} : { row: x.row }), size: this.entries.length },
    };
  }

  tally(rule, from, to, zone) {
    const items = this.within(from, to),
      c = this.count(items),
      watched = items.length ? 0.63 : 0;
    return {
      rule,
      version: 1,
      from: iso(from),
      to: iso(to),
      ...(zone ? { zone } : {}),
      count: c,
      deaths: [41, 47, 60],
      ...(rule === 'R-SMM'
        ? {
            parts: {
              explosions: c.map((n) => Math.round(n * 0.6)),
              bursts: c.map((n) => n - Math.round(n * 0.6)),
            },
          }
        : {}),
      exercise: [0, 1, 1],
      contested: [0, 1, 1],
      exposure_hours: Math.round(((to - from) / 36e5) * watched),
      span_hours: Math.round((to - from) / 36e5),
      not_observed: watched === 0,
      head: this.head(),
      words: `${c[1]} [${c[0]}, ${c[2]}] by ${rule} v1`,
    };
  }
}
