# documents.sh -- the commands that the documents show are run; the lists they hold are complete.
. "$here/lib.sh"
begin 'the smallest mission of the README runs as written'
sed -n '/^## The smallest mission/,/^## /p' "$root/README.md" | sed -n '/^```sh/,/^```/p' | sed '/^```/d' >"$work/readme.sh"
[ "$(wc -l <"$work/readme.sh")" -ge 4 ] || fault 'no commands found in the README'
"$build/truce-sim" events --seed 2 --rows 300 >"$work/table.csv"
sed -e "s#build/table.csv#$work/table.csv#; s#build/truce#$truce#; s#/tmp/mission#$work/readme#; s#agreements/#$root/agreements/#" \
    "$work/readme.sh" >"$work/readme-here.sh"
sh -e "$work/readme-here.sh" >"$work/out" 2>&1 || fault "$(tail -n 5 "$work/out")"
finish

begin 'every error code stands in docs/errors.md, and nothing else does'
"$root/tools/errors" >"$work/errors.md"
cmp -s "$work/errors.md" "$root/docs/errors.md" || fault 'docs/errors.md is not what tools/errors prints; run tools/errors >docs/errors.md'
finish

begin 'the manual page is what the verbs say'
"$root/tools/manual" "$truce" >"$work/truce.1"
cmp -s "$work/truce.1" "$root/docs/truce.1" || fault 'docs/truce.1 is not what tools/manual prints; run tools/manual build/truce >docs/truce.1'
finish

begin 'no link in the documents leads nowhere'
for page in README.md ARCHITECTURE.md CONTRIBUTING.md docs/*.md; do
    [ -f "$root/$page" ] || continue
    for link in $(sed -n 's/.*](\([^)#]*\)).*/\1/p' "$root/$page"); do
        case $link in http*) continue ;; esac
        [ -e "$root/$(dirname "$page")/$link" ] || fault "$page links to $link"
    done
done
finish
