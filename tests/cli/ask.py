"""ask.py URL TRUCE MISSION TABLE | ask.py URL public: the interface of `truce serve`, asked from outside."""
import base64
import hashlib
import http.client
import json
import subprocess
import sys
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])


def ask(path, method='GET', headers=None, raw_host=None):
    c = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
    c.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    if raw_host != '':
        c.putheader('Host', raw_host or url.netloc)
    for name, value in (headers or {}).items():
        c.putheader(name, value)
    c.endheaders()
    r = c.getresponse()
    body = r.read()
    return r.status, body, r


def body(path):
    status, text, r = ask(path)
    assert status == 200, (path, status, text[:300])
    assert r.getheader('X-Truce-Head'), path
    return json.loads(text)


def refused(status, *args, **kw):
    got, text, _ = ask(*args, **kw)
    assert got == status, (args, kw, got, text[:200])
    if args[0].startswith('/api') and kw.get('method', 'GET') != 'HEAD':
        e = json.loads(text)['error']
        assert e['code'].startswith('TR') and e['text'] and e['hint'], e


def leaf(data):
    return hashlib.sha256(b'\0' + data).digest()


def climb(index, size, node, path):
    """RFC 9162 2.1.3.2, written again here on purpose."""
    fn, sn = index, size - 1
    for p in path:
        assert sn > 0
        if fn & 1 or fn == sn:
            node = hashlib.sha256(b'\1' + p + node).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = hashlib.sha256(b'\1' + node + p).digest()
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0
    return node


def check_proof(entry, row):
    _, note, _ = ask(f'/entry/{entry}')
    _, proof, _ = ask(f'/proof/{entry}')
    head, checkpoint = proof.decode().split('\n\n', 1)
    lines = head.split('\n')
    assert lines[0] == 'c2sp.org/tlog-proof@v1' and lines[1] == f'index {entry}', lines
    _, size, root = checkpoint.split('\n')[:3]
    path = [base64.b64decode(x) for x in lines[2:]]
    assert climb(entry, int(size), leaf(note), path) == base64.b64decode(root)
    p = body(f'/proof/{entry}/row/{row}')
    path = [base64.b64decode(x) for x in p['path']]
    assert climb(row, p['rows'], leaf(p['row'].encode()), path).hex() == p['root']
    assert p['root'] in note.decode()


def mission(truce, folder, table):
    board = body('/api/board')
    assert board['mission']['mode'] == 'replay' and board['clauses'] and board['notices'], board['mission']
    assert any('two signatures are not two people' in n for n in board['notices'])
    assert board['head']['witnessed'] is False
    assert body('/api/map')['area'] == [30, 46, 40, 51]
    all_findings = body('/api/findings')
    total, seen, cursor = all_findings['total'], [], None
    while True:
        page = body('/api/findings?limit=50' + (f'&after={cursor}' if cursor is not None else ''))
        seen += [f['id'] for f in page['findings']]
        cursor = page.get('next')
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == total, (len(seen), total)
    some = all_findings['findings'][0]
    told = body('/api/finding/' + some['id'])
    check_proof(told['proof']['entry'], told['proof']['row'])
    assert body('/api/tally?rule=R-INC&from=2015-03-01&to=2015-04-01')['rule'] == 'R-INC'
    assert body('/api/timeline?step=week')['buckets']
    for form, start in (('text', b''), ('html', b'<!'), ('csv', b''), ('geojson', b'{')):
        status, text, _ = ask(f'/api/report?from=2015-03-01&to=2015-04-01&format={form}')
        assert status == 200 and text.startswith(start), form

    refused(403, '/api/board', raw_host='evil.example')
    refused(403, '/api/board', raw_host='')
    refused(405, '/api/board', method='POST')
    refused(404, '/api/nothing')
    refused(404, '/api/finding/f-00000000000000000000')
    refused(400, '/api/tally?rule=R-XYZ&from=2015-03-01&to=2015-04-01')
    refused(400, '/api/tally?rule=R-INC&from=yesterday&to=2015-04-01')
    refused(400, '/api/findings?limit=-1')
    refused(400, '/api/findings?limit=1&clause')  # never answered as if nothing had been asked
    refused(400, '/api/findings?from=%ff%fe')
    refused(404, '/api/finding/f-%ff')
    status, text, r = ask('/api/board', method='HEAD')
    assert (status, text) == (200, b'') and int(r.getheader('Content-Length')) > 1000
    status, text, r = ask('/events', method='HEAD')
    assert (status, text) == (200, b''), 'a HEAD of the events does not listen'
    refused(400, '/api/report')
    for path in ('/entry/999999', '/entry/01', '/entry/-1', '/proof/999999', '/tile/0/x1', '/tile/0/000.p/0',
                 '/tile/0/000.p/256', '/blob/zz', '/../keys', '/assets/../../keys', '/%2e%2e/keys', '/assets/%00'):
        refused(404, path)
    status, tile, r = ask('/tile/0/000')
    assert status == 200 and len(tile) == 8192 and 'immutable' in r.getheader('Cache-Control')
    status, text, r = ask('/')
    assert status in (200, 503) and "default-src 'self'" in r.getheader('Content-Security-Policy')

    # Live: a listener hears of what another process records.
    c = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    c.request('GET', '/events', headers={'Host': url.netloc})
    stream = c.getresponse()

    def next_size():
        while True:
            line = stream.readline().decode()
            assert line, 'the stream ended'
            if line.startswith('data: '):
                return json.loads(line[6:])['size']

    before = next_size()
    subprocess.run([truce, 'import', folder, '--source', 'ucdp', table], check=True, capture_output=True)
    assert next_size() > before
    assert body('/api/board')['head']['size'] > before


def public():
    board = body('/api/board')
    assert board['audience'] == 'public' and board['clauses']
    t = body('/api/tally?rule=R-INC&from=2015-03-01T10:00:00Z&to=2015-03-01T10:00:30Z')
    assert t['from'] == '2015-02-28T22:00:00Z' and t['to'] == '2015-03-01T22:00:00Z', t
    text = json.dumps(body('/api/findings'))
    assert 'invented' not in text, 'a text of an observation reached the public'
    for path in ('/entry/5', '/tile/entries/000', '/proof/5/row/0', '/blob/' + '0' * 64):
        refused(403, path)
    assert ask('/checkpoint')[0] == 200 and ask('/proof/5')[0] == 200


if sys.argv[2] == 'public':
    public()
else:
    mission(*sys.argv[2:5])
print('ok')
