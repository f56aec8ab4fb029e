using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What every panel has: a figure as data, a receipt, exports.</summary>
internal static class PanelParts
{
    /// <summary>A figure as data.</summary>
    public static PanelFigure Figure(Figure figure) => new(
        Convert.ToBase64String(figure.Bytes), figure.Width, figure.Height, NumberText.ForMarkup(figure.AltText),
        [.. figure.Regions.Select(region => new PanelRegion(
            region.X, region.Y, region.Width, region.Height, region.Feature, NumberText.ForMarkup(region.Label), region.Rows.IsEmpty ? null : region.Rows))]);

    /// <summary>The footer: hashes and version stay in exports.</summary>
    public static IReadOnlyList<string> Receipt(ExplanationReport report) =>
        [.. Words.Receipt(report.Explanation, ContextOf(report)).Select(NumberText.ForMarkup)];

    /// <summary>What a figure in a panel says beside the explanation.</summary>
    public static FigureContext ContextOf(ExplanationReport report) => report.Context with { ModelHash = "", DataHash = "", Version = "" };

    /// <summary>How a panel's figure is drawn: at double density, and in exports with title and receipt.</summary>
    public static FigureStyle StyleOf(ExplanationReport report, Theme theme, Chrome chrome, double? width) => chrome == Chrome.Full
        ? new(theme, chrome, 2, report.Context)
        : new(theme, chrome, 2, ContextOf(report)) { Width = width };

    /// <summary>The explanation of a table as other programs read it, with the files that can be saved.</summary>
    public static PanelExports Exports(ExplanationReport report, IReadOnlyList<PanelFile> files) =>
        new(ExplanationJson.Write(report), "", ExplanationMarkdown.Write(report), FileName(report), "", files);

    /// <summary>The explanation of a picture as other programs read it.</summary>
    public static PanelExports Exports(ExplanationReport report, Theme theme)
    {
        var name = FileName(report);
        var picture = ExplanationFigure.Draw(report, theme, Chrome.Full);
        return new PanelExports(
            ExplanationJson.Write(report), ExplanationCsv.Write(report), ExplanationMarkdown.Write(report), name, Convert.ToBase64String(picture.Bytes));
    }

    /// <summary>A name to save an explanation under, without extension.</summary>
    public static string FileName(ExplanationReport report)
    {
        var row = report.Row is { } number ? $"-row-{number}" : "";
        return $"{Path.GetFileNameWithoutExtension(report.Samples.Name)}{row}-{report.Explanation.Method}";
    }

    /// <summary>The two notes that matter most, worst first.</summary>
    public static IReadOnlyList<PanelNote> Worst(IEnumerable<PanelNote> notes) =>
        [.. notes.OrderBy(note => note.State switch { "stop" => 0, "caution" => 1, _ => 2 }).Take(2)];

    /// <summary>A number that may be missing.</summary>
    public static PanelCell Number(double? value, Func<double, string> text) =>
        value is { } number && double.IsFinite(number) ? new PanelCell(NumberText.ForMarkup(text(number)), number) : new PanelCell("", null);

    /// <summary>A value of the file: numbers sort by size.</summary>
    public static PanelCell Value(string? value, bool numeric) => new(
        NumberText.DataValue(value),
        numeric && double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : null);
}
