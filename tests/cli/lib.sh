# lib.sh -- how a check of the program from outside is written.
#
#     begin 'a title in plain words'
#     run truce-arguments...            runs $truce; output in $out, errors in $errors, status in $status
#     expect_status 2; expect_error TR0501; expect_out 'text'; expect_said 'text on standard error'
#     finish
ok=yes title=
begin() { title=$1 ok=yes; }
fault() { ok=no; echo "     $title: $*"; }
run() {
    status=0
    "$truce" "$@" >"$work/out" 2>"$work/errors" </dev/null || status=$?
    out=$work/out errors=$work/errors
}
run_in() { # run_in FILE ARGUMENTS: the same with standard input from FILE
    input=$1
    shift
    status=0
    "$truce" "$@" >"$work/out" 2>"$work/errors" <"$input" || status=$?
    out=$work/out errors=$work/errors
}
expect_status() { [ "$status" = "$1" ] || fault "status $status, not $1: $(head -c 400 "$errors")"; }
expect_out() { grep -q -e "$1" "$out" || fault "no \"$1\" in: $(head -c 400 "$out")"; }
expect_said() { grep -q -e "$1" "$errors" || fault "no \"$1\" in: $(head -c 400 "$errors")"; }
# A coded error with a hint, and no crash.
expect_error() {
    expect_said "$1"
    expect_said '^ *hint: '
    ! grep -q 'Sanitizer\|runtime error' "$errors" || fault "$(cat "$errors")"
}
expect_equal() { [ "$1" = "$2" ] || fault "$3: $1, not $2"; }
skip() { echo "skipped, $1: $title"; title=; }
finish() {
    [ -n "$title" ] || return 0
    if [ "$ok" = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $title"; fi
}
# A number of a flat JSON document: number NAME FILE
number() { sed -n "s/.*\"$1\":\([0-9-]*\).*/\1/p" "$2" | head -n 1; }
rows_of() { "$truce" replay "$1" --json 2>/dev/null >"$work/replay" && number observations "$work/replay"; }
