using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What the panel of a row is put together from.</summary>
/// <param name="Table">The table.</param>
/// <param name="Report">The explanation of the row, or of the changed row.</param>
/// <param name="Original">The explanation of the row as it is in the file, when "what if" asks about it; null else.</param>
/// <param name="Mistakes">How many rows of the file the model gets wrong, and of how many; null when not counted.</param>
/// <param name="Facts">What each column of the table that the model sees holds, by name.</param>
/// <param name="Theme">The panel's colours.</param>
/// <param name="Background">The file of background rows; null for the table itself.</param>
/// <param name="Width">Width of the figure's column; null for its own.</param>
internal sealed record RowScene(
    BoundTable Table, ExplanationReport Report, ExplanationReport? Original, (int Wrong, int Labelled)? Mistakes,
    IReadOnlyDictionary<string, ColumnFacts> Facts, Theme Theme, string? Background, double? Width)
{
    /// <summary>The changed row; null when no cell differs from the file.</summary>
    public ChangedRow? Changed => Report.Samples as ChangedRow;

    /// <summary>A cell of the row in the file.</summary>
    public string InFile(string column) =>
        Report.Columns.FirstOrDefault(candidate => candidate.Name == column) is { } found ? Table.Samples.Table.Cell(Report.Prediction!.Row, found.Column) : "";

    /// <summary>The cell as it is explained.</summary>
    public string Cell(string column) => Changed?.Changes.GetValueOrDefault(column) ?? InFile(column);
}
