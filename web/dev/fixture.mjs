// A development server: serves dist/ and the bodies of docs/API.md from an invented mission.
//   node dev/fixture.mjs [port] [--empty] [--public] [--down] [--live SECONDS] [--tamper row|entry|path|head]
// --tamper makes one answer lie, so that the check in the browser must fail.
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { World } from './world.mjs';

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
};
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

export function serve({
  port = 0,
  empty = false,
  audience = 'mission',
  down = false,
  live = 0,
  tamper = '',
} = {}) {
  const world = new World({ empty });
  const streams = new Set();
  const time = (q, name, other) => (q.get(name) ? Date.parse(q.get(name)) : other);

  const lie = {
    entry: (text) => text.replace('observers', 'observerz'),
    path: (text) =>
      text.replace(/\n([A-Za-z0-9+/])([A-Za-z0-9+/]{42}=\n)/, (_, a, b) => `\n${a === 'A' ? 'B' : 'A'}${b}`),
    row: (body) => ({ ...body, row: body.row.replace('"best":1', '"best":2') }),
    head: (text) => text.replace(/\n(\d+)\n./, (m, n) => `\n${n}\n${m.endsWith('A') ? 'B' : 'A'}`),
  };

  const api = {
    '/api/board': () => world.board({ public: audience === 'public' }),
    '/api/map': () => world.map(),
    '/api/timeline': (q) =>
      world.timeline(
        q.get('step') ?? 'day',
        time(q, 'from', world.end - 70 * 864e5),
        time(q, 'to', world.end),
      ),
    '/api/findings': (q) => list(q, 'findings', (x) => world.finding(x)),
    '/api/incidents': (q) => list(q, 'incidents', (x) => world.incident(x)),
    '/api/tally': (q) =>
      world.tally(
        q.get('rule') ?? 'R-INC',
        time(q, 'from', world.end - 70 * 864e5),
        time(q, 'to', world.end),
        q.get('zone'),
      ),
  };

  function list(q, name, view) {
    let items =
      q.get('clause') && q.get('clause') !== '1.1'
        ? []
        : world.within(time(q, 'from', 0), time(q, 'to', Infinity));
    const total = items.length,
      limit = Math.min(5000, Number(q.get('limit') ?? 500)),
      after = Number(q.get('after') ?? 0);
    items = items.slice(after, after + limit);
    return {
      head: world.head(),
      total,
      ...(after + limit < total ? { next: String(after + limit) } : {}),
      [name]: items.map(view),
    };
  }

  function answer(url) {
    const p = url.pathname,
      q = url.searchParams;
    if (down && p.startsWith('/api/') && p !== '/api/board' && p !== '/api/map')
      return error(503, 'TR0903', 'the findings are being recomputed', 'Try again in a few seconds.');
    if (api[p]) return json(api[p](q));
    let m;
    if ((m = /^\/api\/finding\/(.+)$/.exec(p))) {
      const body = world.detail(decodeURIComponent(m[1]));
      return body ? json(body) : error(404, 'TR0904', `no finding ${m[1]}`, 'The id may be misspelt.');
    }
    if (p === '/api/report')
      return text(
        `REPORT (EXERCISE)\nInformation as of ${world.board().now}\n\nInvented data, head ${world.entries.length}.\n`,
      );
    if (p === '/checkpoint')
      return text(tamper === 'head' ? lie.head(world.checkpoint()) : world.checkpoint());
    if ((m = /^\/entry\/(\d+)$/.exec(p)) && world.entries[m[1]])
      return text(tamper === 'entry' ? lie.entry(world.entries[m[1]]) : world.entries[m[1]]);
    if ((m = /^\/proof\/(\d+)$/.exec(p)) && world.entries[m[1]]) {
      const note = world.proof(Number(m[1]), Number(q.get('size') ?? world.entries.length));
      return text(tamper === 'path' ? lie.path(note) : note);
    }
    if ((m = /^\/proof\/(\d+)\/row\/(\d+)$/.exec(p)) && world.batches.has(Number(m[1]))) {
      const body = world.rowProof(Number(m[1]), Number(m[2]));
      return json(tamper === 'row' ? lie.row(body) : body);
    }
    return file(p === '/' ? 'index.html' : p.slice(1));
  }

  const json = (body) => ({ status: 200, type: TYPES.json, body: JSON.stringify(body) });
  const text = (body) => ({ status: 200, type: 'text/plain; charset=utf-8', body });
  const error = (status, code, t, hint) => ({
    status,
    type: TYPES.json,
    body: JSON.stringify({ error: { code, text: t, hint } }),
  });
  function file(name) {
    if (!/^[\w.-]+$/.test(name) || !existsSync(DIST + name))
      return error(404, 'TR0904', `no such page: ${name}`, '');
    return {
      status: 200,
      type: TYPES[name.split('.').pop()] ?? 'application/octet-stream',
      body: readFileSync(DIST + name),
    };
  }

  function events(req, res) {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    tell(res);
    streams.add(res);
    req.on('close', () => streams.delete(res));
  }
  function tell(res) {
    const h = world.head();
    res.write(
      `event: head\nid: ${h.size}\ndata: ${JSON.stringify({ size: h.size, root: h.root, now: world.board().now })}\n\n`,
    );
  }

  const server = createServer((req, res) => {
    const url = new URL(req.url, 'http://fixture');
    if (url.pathname === '/events') return events(req, res);
    const a = answer(url),
      h = world.head();
    res.writeHead(a.status, {
      'content-type': a.type,
      'x-truce-head': `${h.size}:${h.root}`,
      'cache-control': 'no-cache',
    });
    res.end(a.body);
  });
  const grow = () => {
    world.observe(1);
    streams.forEach(tell);
  };
  const timer = live ? setInterval(grow, live * 1000) : null;
  return new Promise((ready) =>
    server.listen(port, '127.0.0.1', () =>
      ready({
        url: `http://127.0.0.1:${server.address().port}`,
        world,
        grow,
        close: () => {
          clearInterval(timer);
          streams.forEach((s) => s.end());
          server.closeAllConnections?.();
          server.close();
        },
      }),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2),
    has = (n) => args.includes(`--${n}`),
    value = (n) => args[args.indexOf(`--${n}`) + 1];
  const port = Number(args.find((a) => /^\d{4,5}$/.test(a)) ?? 8787);
  const { url } = await serve({
    port,
    empty: has('empty'),
    audience: has('public') ? 'public' : 'mission',
    down: has('down'),
    live: has('live') ? Number(value('live')) : 0,
    tamper: has('tamper') ? value('tamper') : '',
  });
  console.log(`fixture on ${url}/`);
}
