using System.Text;
using ExplainLsp.Figures;
using Newtonsoft.Json;

namespace ExplainLsp.Server.Features;

/// <summary>Hover Markdown. Everything from a file goes through <see cref="Escape"/>: cells, class names and column names are untrusted.</summary>
internal static class Markdown
{
    private const string Escaped = "\\`*_{}[]|~:@!";

    /// <summary>
    /// A text as text, whatever it holds: no links, images, HTML, tables, autolinks or icons come out of it, and it stays on one line.
    /// </summary>
    public static string Escape(string text)
    {
        var line = Words.OneLine(text);
        var escaped = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            var html = character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                // Editors make icons of $(name) after Markdown is read, so a backslash would not do.
                '$' => "&#36;",
                _ => null,
            };
            if (html is null && (Escaped.Contains(character, StringComparison.Ordinal) || StartsBlock(line, i) || IsWebDot(line, i)))
            {
                escaped.Append('\\');
            }

            escaped.Append(html ?? character.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>Text of ours that holds numbers: no line break before %.</summary>
    public static string Number(string text) => NumberText.ForMarkup(text).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A link that runs a command of the extension's.</summary>
    /// <param name="icon">A codicon's name.</param>
    /// <param name="title">What people read.</param>
    /// <param name="command">The command's id.</param>
    /// <param name="arguments">What it is given.</param>
    public static string Link(string icon, string title, string command, params object[] arguments) =>
        $"[$({icon}) {title}](command:{command}?{Uri.EscapeDataString(JsonConvert.SerializeObject(arguments))})";

    /// <summary>A figure inside the text.</summary>
    public static string Image(Figure figure) =>
        $"![{Escape(figure.AltText)}](data:{figure.MediaType};base64,{Convert.ToBase64String(figure.Bytes)}|width={figure.Width},height={figure.Height})";

    private static bool StartsBlock(string line, int index) =>
        index == 0
            ? line[0] is '#' or '+' or '-' or '='
            : line[index] is '.' or ')' && index < 10 && !line.AsSpan(0, index).ContainsAnyExceptInRange('0', '9') && IsBlank(line, index + 1);

    private static bool IsBlank(string line, int index) => index == line.Length || line[index] == ' ';

    private static bool IsWebDot(string line, int index) =>
        line[index] == '.' && index >= 3 && line.AsSpan(index - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);
}
