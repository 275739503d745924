# lsp.sh -- the language server, held by a client over pipes (lsp_client.py).
. "$here/lib.sh"
timeout 300 python3 "$here/lsp_client.py" "$truce" "$root" >"$work/lsp" 2>&1
while read -r word title; do
    case $word in
    ok) passed=$((passed + 1)) ;;
    *) failed=$((failed + 1)); echo "FAIL $title" ;;
    esac
done <"$work/lsp"
begin 'the language server was asked everything'
expect_equal "$(grep -c '^ok\|^FAIL' "$work/lsp")" 14 'checks of the language server'
finish
