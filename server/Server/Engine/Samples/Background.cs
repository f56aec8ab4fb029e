using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>The rows that stand in for absent columns.</summary>
/// <param name="Rows">The rows, encoded, with where they come from in words.</param>
/// <param name="Key">What they hold: typing elsewhere in their file does not change it.</param>
/// <param name="Warnings">What a reader must know about them.</param>
internal sealed record Background(EncodedTable Rows, ContentKey Key, ImmutableArray<string> Warnings)
{
    private static readonly ConditionalWeakTable<TableBinding, Background> Latest = [];

    /// <summary>Finds and encodes the rows that a query names, else the binding's, else an even spread of the table itself.</summary>
    /// <exception cref="SampleException">The file cannot be read, does not fit the model, or has no row that can be used.</exception>
    /// <exception cref="ExplainerException">ROWS names rows that are not there.</exception>
    public static Background Load(ExplanationQuery query, TableSource source, TableCache tables, CancellationToken cancellation)
    {
        var file = FileOf(query, source, tables, cancellation);
        var spread = ExplainerCatalog.Local.FirstOrDefault(method => method.Id == query.Method)?.BackgroundRows ?? RowChoice.SpreadRows;
        // The manifest's rows are rows of the manifest's file, not of one that the user named instead; and rows to average over, not all
        // that there are to look up.
        var selection = query.BackgroundRows ?? (query.BackgroundPath is null && spread <= RowChoice.SpreadRows ? source.Binding.BackgroundRows : null);
        var rows = selection is null
            ? RowSelection.EvenSpread(file.Table.RowCount, spread)
            : RowChoice.Parse(selection, file.Table.RowCount, file.Name);
        var encode = ColumnMatch.EncoderFor(source.Binding.Encoder, source.File, file, cancellation);

        Dictionary<int, string> problems = [];
        var encoded = GoodRows.Encode(encode, rows, problems, cancellation)
            ?? throw new SampleException(
                problems.Count == 0
                    ? $"{file.Name} has no rows to compare with. Add rows, or name another background file."
                    : $"No row of {file.Name} can serve as background. {problems.First().Value}");
        return Shared(source.Binding, new Background(encoded, KeyOf(encoded), problems.Count == 0 ? [] : [Warning(problems, file.Name)]));
    }

    /// <summary>What methods work out about a background is kept with its rows: one row after another gets the same, as long as they say the same.</summary>
    private static Background Shared(TableBinding binding, Background loaded)
    {
        if (Latest.TryGetValue(binding, out var known) && known.Key == loaded.Key)
            return loaded with { Rows = known.Rows };
        Latest.AddOrUpdate(binding, loaded);
        return loaded;
    }

    private static SampleFile FileOf(ExplanationQuery query, TableSource source, TableCache tables, CancellationToken cancellation)
    {
        var path = query.BackgroundPath ?? source.Binding.BackgroundPath;
        return path is null || IsSameFile(path, source.Path) ? source.File : tables.Read(path, cancellation);
    }

    private static bool IsSameFile(string left, string right) =>
        string.Equals(Path.GetFullPath(left), Path.GetFullPath(right), StringComparison.Ordinal);

    private static ContentKey KeyOf(EncodedTable rows)
    {
        using var key = new ContentKey.Builder();
        key.Add(rows.Description).Add(rows.RowCount);
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var column = 0; column < rows.ColumnCount; column++)
            {
                key.Add(rows.Text(row, column));
            }
        }

        return key.Build();
    }

    private static string Warning(Dictionary<int, string> problems, string fileName) =>
        $"{Count(problems.Count)} of {fileName} could not be read and {(problems.Count == 1 ? "is" : "are")} missing from the background. "
        + $"First: {problems.MinBy(problem => problem.Key).Value}";

    private static string Count(int rows) => rows == 1 ? "1 row" : $"{rows} rows";
}
