using System.Globalization;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>True labels of a table, from the column that the query or the binding names.</summary>
internal static class LabelReader
{
    /// <summary>The column of labels; null when there is none.</summary>
    /// <exception cref="ExplainerException">The query names a column that is not there; lists the header.</exception>
    public static int? ColumnOf(ExplanationQuery query, TableSource source)
    {
        if (query.LabelColumn is not { } name)
        {
            return source.Binding.TargetColumn;
        }

        var column = source.Table.Header.IndexOf(name);
        return column >= 0 ? column : throw new ExplainerException(Unknown(name, source.File));
    }

    /// <summary>What to say of a column that is not there.</summary>
    public static string Unknown(string name, SampleFile samples) =>
        $"{samples.Name} has no column '{name}'. Its columns: {string.Join(", ", samples.Table.Header)}."
        + ClosestName.Question(name, samples.Table.Header);

    /// <summary>A row's label as the file writes it; null when there is none.</summary>
    public static string? TextOf(TableSource source, int? column, int row)
    {
        var table = source.Table;
        return column is { } index && index < table.FieldCount(row) && table.Cell(row, index) is { Length: > 0 } cell ? cell : null;
    }

    /// <summary>Labels as numbers: the class's index or −1, or the regression's value or NaN.</summary>
    public static double NumberOf(TableSource source, bool isClassifier, string? label) => (isClassifier, label) switch
    {
        (true, null) => -1,
        (true, _) => source.Binding.ClassOf(label) ?? -1,
        (false, _) => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
    };
}
