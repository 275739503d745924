/* html.c -- a report as one self-contained HTML file, for screen and paper.
 *
 * No request leaves it: style inline, no script, no font, no image, and a content policy that says
 * so.  Every byte that is not ours is escaped, words of sources stand in <bdi>.  The mode of the
 * record is on every printed page.
 */
#include "report/inside.h"

#include "base/time.h"

static const char style[] =
    ":root{color-scheme:light;--ink:#12171a;--ink-2:#414a50;--ink-3:#5c666d;--rule:#d6dad7;"
    "--session:#ffd84a;--session-ink:#1a1500;"
    "--sans:-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Helvetica Neue\",\"Liberation Sans\","
    "Arial,system-ui,sans-serif;--mono:ui-monospace,\"Liberation Mono\",\"DejaVu Sans Mono\","
    "monospace}"
    "body{margin:0;background:#f3f4f1;color:var(--ink);font:14px/1.5 var(--sans);"
    "font-variant-numeric:tabular-nums}"
    ".paper{background:#fff;max-width:52rem;margin:0 auto;padding:3rem 3.5rem}"
    "h1{font-size:1.625rem;margin:.3rem 0;line-height:1.25}"
    "h2{font-size:1rem;margin:1.4rem 0 .35rem;padding-top:.4rem;border-top:1.5px solid var(--ink)}"
    "p{margin:.5rem 0}"
    "table{border-collapse:collapse;font-size:.8125rem;margin:.4rem 0;width:100%}"
    "caption{text-align:start;color:var(--ink-2);padding:.2rem 0}"
    "th,td{text-align:start;vertical-align:top;padding:.2rem .6rem .2rem 0;"
    "border-bottom:1px solid var(--rule);overflow-wrap:anywhere}"
    "th{color:var(--ink-2);font-weight:600}"
    "td.num{text-align:end;white-space:nowrap}"
    ".band{background:var(--session);color:var(--session-ink);text-align:center;font-weight:700;"
    "letter-spacing:.12em;padding:.15rem}"
    ".head{font:.6875rem/1.4 var(--mono);color:var(--ink-2);overflow-wrap:anywhere}"
    ".ref{margin-inline-start:.2em;font-size:.7em;color:var(--ink-3);vertical-align:.3em;"
    "text-decoration:none}"
    "@media print{body{background:#fff}.paper{padding:0;max-width:none;font-size:9.5pt}"
    "h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}"
    ".band{position:fixed;top:0;inset-inline:0;-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}.banded{padding-top:7mm}}"
    "@media screen and (max-width:48rem){.paper{padding:1.25rem 1rem}}";

static void put_escaped_char(tr_out *out, char c)
{
    switch (c) {
    case '&':
        tr_put_str(out, TR_STR("&amp;"));
        break;
    case '<':
        tr_put_str(out, TR_STR("&lt;"));
        break;
    case '>':
        tr_put_str(out, TR_STR("&gt;"));
        break;
    case '"':
        tr_put_str(out, TR_STR("&quot;"));
        break;
    case '\'':
        tr_put_str(out, TR_STR("&#39;"));
        break;
    default:
        tr_put_char(out, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

static ptrdiff_t put_reference(tr_out *out, tr_str text, ptrdiff_t i)
{
    ptrdiff_t end = i + 1;
    while (end < text.len && text.at[end] != MARK_END)
        end++;
    tr_str digits = tr_str_cut(text, i + 1, end);
    tr_put(out, "<a class=\"ref\" href=\"#r%.*s\">r%.*s</a>", TR_FMT(digits), TR_FMT(digits));
    return end;
}

static void put_html(tr_out *out, tr_str text)
{
    bool bold = false;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == MARK_REF)
            i = put_reference(out, text, i);
        else if (c == MARK_SOURCE || c == MARK_BOLD) {
            bold = c == MARK_BOLD;
            tr_put(out, "%s", bold ? "<b>" : "<bdi>");
        } else if (c == MARK_END)
            tr_put(out, "%s", bold ? "</b>" : "</bdi>");
        else
            put_escaped_char(out, c);
    }
}

static bool numeric(tr_str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > 0;
}

static void put_row(tr_out *out, const block *b, ptrdiff_t first)
{
    tr_put(out, "<tr>");
    for (int32_t i = 0; i < b->columns; i++) {
        tr_str cell = b->cell.at[first + i];
        tr_put(out, first == 0      ? "<th scope=\"col\">"
                    : numeric(cell) ? "<td class=\"num\">"
                                    : "<td>");
        put_html(out, cell);
        tr_put(out, first == 0 ? "</th>" : "</td>");
    }
    tr_put(out, "</tr>\n");
}

static void put_table(tr_out *out, const block *b)
{
    tr_put(out, "<table><caption>");
    put_html(out, b->text);
    tr_put(out, "</caption>\n<thead>");
    put_row(out, b, 0);
    tr_put(out, "</thead>\n<tbody>");
    for (ptrdiff_t row = b->columns; row < b->cell.len; row += b->columns)
        put_row(out, b, row);
    tr_put(out, "</tbody></table>\n");
}

/* The references are rows of the last table; its first cells are their anchors. */
static void put_references(tr_out *out, const paper *p)
{
    tr_put(out,
           "<h2>References: record range and rule of each number</h2>\n<table>"
           "<thead><tr><th scope=\"col\">Mark</th><th scope=\"col\">Rule, range and head</th></tr>"
           "</thead>\n<tbody>");
    for (ptrdiff_t i = 0; i < p->refs.len; i++) {
        tr_put(out, "<tr id=\"r%lld\"><td>r%lld</td><td>", (long long)i + 1, (long long)i + 1);
        put_html(out, p->refs.at[i]);
        tr_put(out, "</td></tr>\n");
    }
    tr_put(out, "</tbody></table>\n");
}

static void put_top(tr_out *out, const paper *p, const char *mark)
{
    char root[65];
    tr_hash_hex(&p->view->head.root, root);
    tr_put_str(out,
               TR_STR("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n"
                      "<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" "
                      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>"));
    put_html(out, p->title);
    tr_put(out, "%s%s", mark[0] ? " \302\267 " : "", mark);
    tr_put_str(out, TR_STR("</title>\n<style>"));
    tr_put_str(out, tr_str_of(style));
    tr_put(out,
           "@page{size:A4;margin:18mm 16mm 20mm;@top-center{content:\"%s\";font:700 9pt "
           "sans-serif}@bottom-left{content:\"truce report, head %llu, %.12s\";font:8pt "
           "sans-serif}@bottom-right{content:counter(page) \" of \" counter(pages);font:8pt "
           "sans-serif}}",
           mark, (unsigned long long)p->view->head.size, root);
    tr_put(out, "</style>\n</head>\n<body>\n");
    if (mark[0])
        tr_put(out, "<div class=\"band\" role=\"note\">%s</div>\n", mark);
    tr_put(out, "<main class=\"paper%s\">\n<h1>", mark[0] ? " banded" : "");
    put_html(out, p->title);
    tr_put(out, "</h1>\n<p class=\"head\">head %llu, root %s</p>\n",
           (unsigned long long)p->view->head.size, root);
}

void paper_html(tr_out *out, const paper *p)
{
    tr_record_mode mode = tr_mission_mode(p->view->mission);
    put_top(out, p,
            mode == TR_RECORD_REPLAY     ? "REPLAY"
            : mode == TR_RECORD_EXERCISE ? "EXERCISE"
                                         : "");
    for (ptrdiff_t i = 0; i < p->blocks.len; i++) {
        const block *b = &p->blocks.at[i];
        if (b->kind == BLOCK_TABLE) {
            put_table(out, b);
            continue;
        }
        tr_put(out, b->kind == BLOCK_SECTION ? "<h2>" : "<p>");
        put_html(out, b->text);
        tr_put(out, b->kind == BLOCK_SECTION ? "</h2>\n" : "</p>\n");
    }
    put_references(out, p);
    tr_put(out, "</main>\n</body>\n</html>\n");
}
