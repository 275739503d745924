# serve.sh -- the interface over HTTP: what is answered, what is refused, live events, the public's part.
. "$here/lib.sh"
mission=$work/serve
"$build/truce-sim" events --seed 9 --rows 900 --from 2014-12-01 >"$work/served.csv"
"$truce" init "$mission" --agreement "$root/agreements/minsk-2-enforced.truce" --replay >/dev/null 2>&1
head -n 601 "$work/served.csv" >"$work/first.csv"
"$truce" import "$mission" --source ucdp "$work/first.csv" >/dev/null 2>&1

start() { # start OPTIONS: a server on a free port; $url, $server
    : >"$work/serving"
    "$truce" serve "$mission" --listen 127.0.0.1:0 --page "$root/web/dist" "$@" >"$work/serving" 2>"$work/errors" </dev/null &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        url=$(sed -n 's/.*\(http:[^ ]*\)\/ .*/\1/p' "$work/serving")
        [ -n "$url" ] && return
        sleep 0.25
    done
    fault "the server did not start: $(cat "$work/errors")"
}
stop() { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
errors=$work/errors out=$work/serving

begin 'the interface answers, refuses and streams as its page says'
start
python3 "$here/ask.py" "$url" "$truce" "$mission" "$work/served.csv" >"$work/http" 2>&1 || fault "$(tail -n 12 "$work/http")"
stop
! grep -q 'Sanitizer\|runtime error' "$work/errors" || fault "$(head -c 2000 "$work/errors")"
finish

begin 'the public gets tallies and proofs, no entries and no texts'
start --public
python3 "$here/ask.py" "$url" public >"$work/http" 2>&1 || fault "$(tail -n 12 "$work/http")"
stop
finish
