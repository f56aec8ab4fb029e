using ExplainLsp.Samples;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features;

/// <summary>Places in a table as places in the protocol.</summary>
internal static class Ranges
{
    /// <summary>A stretch of a table's text.</summary>
    public static LspRange Of(TextRange range) =>
        new(new Position(range.StartLine, range.StartCharacter), new Position(range.EndLine, range.EndCharacter));

    /// <summary>The start of a line.</summary>
    public static LspRange StartOf(int line) => new(new Position(line, 0), new Position(line, 0));

    /// <summary>A row; row −1 is the header.</summary>
    public static LspRange OfRow(Table table, int row) => Of(table.RowRange(row));
}
