using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>One result, ready to be written in any format; what a format does not need is not computed.</summary>
/// <param name="Json">The JSON object, on one line.</param>
/// <param name="Document">The result in words and tables.</param>
/// <param name="Figure">Draws the picture; null where the verb has none.</param>
internal sealed record CommandResult(Func<string> Json, Func<ReportDocument> Document, Func<Figure>? Figure)
{
    /// <summary>The result as rows for other programs; null where it has none.</summary>
    public Func<IEnumerable<IReadOnlyList<ResultCell>>>? Rows { get; init; }
}
