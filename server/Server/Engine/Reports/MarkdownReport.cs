using System.Text;

namespace ExplainLsp.Server.Engine;

/// <summary>A document as Markdown. Everything is escaped: names and cells are somebody else's text.</summary>
public static class MarkdownReport
{
    /// <summary>Headline, tables, notes and receipt.</summary>
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(Escape(document.Title)).Append("\n\n");
        foreach (var line in document.Lines)
        {
            text.Append(Escape(line)).Append("  \n");
        }

        foreach (var note in document.Notes)
        {
            text.Append("\n> ").Append(Escape(note)).Append('\n');
        }

        foreach (var table in document.Tables)
        {
            text.Append('\n');
            if (table.Title.Length > 0)
            {
                text.Append("### ").Append(Escape(table.Title)).Append("\n\n");
            }

            Line(text, table.Columns.Select(column => Escape(column.Title)));
            Line(text, table.Columns.Select(column => column.IsNumeric ? "---:" : "---"));
            foreach (var row in table.Rows)
            {
                Line(text, row.Select(Escape));
            }
        }

        if (!document.Receipt.IsEmpty)
        {
            text.Append('\n').Append(Escape(string.Join(" · ", document.Receipt))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Text that Markdown shows as it is: no markup, links, HTML, images or table borders come out of it.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            switch (character)
            {
                case '\r' or '\n' or '\t':
                    escaped.Append(' ');
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                // An address that stands alone becomes a link in GitHub's Markdown, unless its colon or dot is not one.
                case ':':
                    escaped.Append("&#58;");
                    break;
                case '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '(' or ')' or '#' or '!' or '|' or '~' or '@':
                    escaped.Append('\\').Append(character);
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.Replace("www.", "www&#46;").ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
