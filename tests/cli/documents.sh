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

begin 'every entry type stands in docs/ENTRIES.md, and its examples are taken'
"$root/tools/entries" >"$work/entries.md"
cmp -s "$work/entries.md" "$root/docs/ENTRIES.md" || fault 'docs/ENTRIES.md is not what tools/entries prints; run tools/entries >docs/ENTRIES.md'
"$truce" init "$work/entries" --agreement "$root/agreements/minsk-2-enforced.truce" --exercise >/dev/null 2>&1
"$truce" tick "$work/entries" --at 2015-02-20 2>&1
awk '/^```json/ {on = 1; n++; next} /^```/ {on = 0} on {print >"'"$work"'/example." n}' "$root/docs/ENTRIES.md"
run submit "$work/entries" "$work/example.1" --type observation --role device --holder patrol-1
expect_status 0
entry=$(sed -n 's/^entry //p' "$out")
sed "s/\"812\"/\"$entry\"/" "$work/example.2" >"$work/correction.json"
run submit "$work/entries" "$work/correction.json" --type correction --role device --holder patrol-1
expect_status 0
sed "s/\"f-0123456789abcdef0123\"/\"$entry\"/; s/\"812\", \"815\"/\"$entry\"/; s/\"finding\"/\"incident\"/" "$work/example.3" >"$work/side.json"
run submit "$work/entries" "$work/side.json" --type adjudication --role body --holder JC
expect_status 0
printf '{"of":"%s","ground":"place","text":"no such place at that hour"}' "$entry" >"$work/objection.json"
run submit "$work/entries" "$work/objection.json" --type objection --role party --holder A
expect_status 0
sed 's#<origin>#local.truce/exercise/minsk-2-enforced#' "$work/example.5" >"$work/register.json"
run submit "$work/entries" "$work/register.json" --type source.register --role secretariat
expect_status 0
run submit "$work/entries" "$work/example.6" --type source.health --role device --holder camera-4
expect_status 0
printf '{"of":"%s","class":"mistaken","reason":"controlled demolition"}' "$entry" >"$work/retraction.json"
run submit "$work/entries" "$work/retraction.json" --type retraction --role device --holder patrol-1
expect_status 0
run submit "$work/entries" "$work/example.4" --type response --role body --holder JC
expect_status 0
expect_said 'changes no result'
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
