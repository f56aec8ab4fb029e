using System.Globalization;
using System.Net;
using System.Text;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>
/// Documents as one page that needs nothing else: pictures inside, no script, everything escaped. For files only: the language server
/// never sends HTML.
/// </summary>
internal static class HtmlPage
{
    private const string Style =
        "body{font:13px/19px system-ui,sans-serif;color:#3B3B3B;background:#fff;max-width:960px;margin:20px auto;padding:0 20px;"
        + "font-variant-numeric:tabular-nums}h1{font-size:18px;line-height:24px;color:#1F1F1F}h2{font-size:13px}"
        + "table{border-collapse:collapse;margin:16px 0}th,td{padding:3px 12px 3px 0;text-align:left;font-weight:400}"
        + "th{color:#616161;border-bottom:1px solid #E5E5E5}.n{text-align:right}img{max-width:100%;height:auto}"
        + ".note{border-left:3px solid #BF8803;padding-left:12px}footer{color:#616161;font-size:12px}"
        + "section+section{border-top:1px solid #E5E5E5;margin-top:32px}";

    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<ReportDocument> documents)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Escape(documents.Count == 0 ? "ExplainLsp" : documents[0].Title)).Append("</title>\n")
            .Append("<style>").Append(Style).Append("</style>\n</head>\n<body>\n");
        foreach (var document in documents)
        {
            WriteSection(page, document);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteSection(StringBuilder page, ReportDocument document)
    {
        page.Append("<section>\n<h1>").Append(Escape(document.Title)).Append("</h1>\n");
        Paragraphs(page, "", document.Lines);
        Paragraphs(page, " class=\"note\"", document.Notes);
        if (document.Figure is { } figure)
        {
            page.Append(CultureInfo.InvariantCulture, $"<img width=\"{figure.Width}\" height=\"{figure.Height}\" alt=\"{Escape(figure.AltText)}\" src=\"data:image/png;base64,{Convert.ToBase64String(figure.Bytes)}\">\n");
        }

        foreach (var table in document.Tables)
        {
            WriteTable(page, table);
        }

        page.Append("<footer>").Append(Escape(string.Join(" · ", document.Receipt))).Append("</footer>\n</section>\n");
    }

    private static void WriteTable(StringBuilder page, ReportTable table)
    {
        if (table.Title.Length > 0)
        {
            page.Append("<h2>").Append(Escape(table.Title)).Append("</h2>\n");
        }

        page.Append("<table>\n");
        Row(page, "th", table, [.. table.Columns.Select(column => column.Title)]);
        foreach (var row in table.Rows)
        {
            Row(page, "td", table, row);
        }

        page.Append("</table>\n");
    }

    private static void Row(StringBuilder page, string element, ReportTable table, IReadOnlyList<string> cells)
    {
        page.Append("<tr>");
        for (var i = 0; i < cells.Count; i++)
        {
            page.Append('<').Append(element).Append(table.Columns[i].IsNumeric ? " class=\"n\">" : ">")
                .Append(Escape(cells[i])).Append("</").Append(element).Append('>');
        }

        page.Append("</tr>\n");
    }

    private static void Paragraphs(StringBuilder page, string attributes, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            page.Append("<p").Append(attributes).Append('>').Append(Escape(line)).Append("</p>\n");
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
