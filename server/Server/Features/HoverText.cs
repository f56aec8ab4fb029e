using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>
/// A hover in its order: headline, figure, a sentence, links, rule, table, rule, receipt. The whole stays under the length at which
/// editors cut, figure included; a figure that does not fit is left out, the facts stay.
/// </summary>
internal sealed record HoverText
{
    /// <summary>VS Code cuts a Markdown text here, in the middle of an image if need be.</summary>
    public const int Limit = 100_000;

    /// <summary>The answer.</summary>
    public required string Headline { get; init; }

    /// <summary>Pictures to try, the best first; the first that fits is taken.</summary>
    public IEnumerable<Func<Figure>> Figures { get; init; } = [];

    /// <summary>A sentence below the figure; empty for none.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>At most three.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The same facts as text; empty for none.</summary>
    public string Table { get; init; } = "";

    /// <summary>Method, cost, gap, model; empty for none.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>The hover as Markdown.</summary>
    public string ToMarkdown()
    {
        var head = Headline;
        var tail = string.Concat(
            Sentence.Length > 0 ? $"\n\n{Sentence}" : "",
            Links.Count > 0 ? $"\n\n{string.Join("&nbsp;&nbsp; ", Links)}" : "",
            Table.Length > 0 ? $"\n\n---\n\n{Table}" : "",
            Receipt.Length > 0 ? $"\n\n---\n\n{Receipt}" : "");
        var room = Limit - head.Length - tail.Length - 8;
        foreach (var draw in Figures)
        {
            var image = Markdown.Image(draw());
            if (image.Length < room)
            {
                return $"{head}\n\n{image}{tail}";
            }
        }

        return room > 0 ? head + tail : Truncated(head);
    }

    /// <summary>Contributions as a table: the strongest six, and the rest in one row, so that it adds up.</summary>
    public static string ContributionTable(ExplanationReport report)
    {
        const int shown = 6;
        var ranked = RankedContributions.Of(report.Explanation, shown);
        var format = ContributionFormat.For(report.Scale, report.Explanation.Attributions.Select(attribution => attribution.Contribution));
        var unit = Words.ContributionUnit(report.Explanation.Target, report.Context);
        var lines = new List<string>
        {
            $"| column | value | {Cell(Words.Towards(report.Explanation.Target, report.Context))}, {Cell(unit)} |",
            "| :-- | :-- | --: |",
        };
        lines.AddRange(ranked.Shown.Select(attribution =>
            $"| {Cell(attribution.Feature)} | {Cell(NumberText.DataValue(attribution.Value))} | {format.WithSign(attribution.Contribution)}{Error(attribution, format)} |"));
        if (ranked.OtherCount > 0)
        {
            lines.Add($"| {Words.OtherColumns(ranked.OtherCount)} | | {format.WithSign(ranked.OtherSum)} |");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The receipt without hashes and version, which belong into exports.</summary>
    public static string ReceiptOf(ExplanationReport report) => string.Join(
        " · ",
        Words.Receipt(report.Explanation, report.Context with { ModelHash = "", DataHash = "", Version = "" })
            .Select(part => NumberText.ForMarkup(Markdown.Escape(part))));

    /// <summary>A text from a file, cut to what a table cell holds.</summary>
    public static string Cell(string text) => Markdown.Escape(NumberText.Cut(Words.OneLine(text), 60));

    private static string Error(Attribution attribution, ContributionFormat format) =>
        attribution.StandardError is { } error ? $" ± {format.Size(error)}" : "";

    private static string Truncated(string text) => text.Length < Limit ? text : text[..(Limit - 1)];
}
