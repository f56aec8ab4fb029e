using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>What methods for tables ask of their request.</summary>
internal static class TableRequest
{
    /// <summary>The row and its background, for methods that know tables only.</summary>
    /// <exception cref="ExplainerException">Another kind of sample.</exception>
    public static (TableRow Row, EncodedTable Background) RowOf(LocalRequest request, string method) =>
        request is { Sample: TableRow row, Masker: BackgroundMasker masker }
            ? (row, masker.Background)
            : throw new ExplainerException($"{method} explains rows of tables only. Use kernel-shap for other samples.");

    /// <summary>The columns named by the option <c>feature</c>, by number; all when it is not given.</summary>
    /// <exception cref="ExplainerException">A name that is no column of the model.</exception>
    public static ImmutableArray<int> Features(OptionReader options, EncodedTable table)
    {
        if (options.List("feature") is not { } names)
            return [.. Enumerable.Range(0, table.ColumnCount)];
        return [.. names.Select(name => Column(name, table)).Distinct()];
    }

    /// <summary>The number of a column that the model sees.</summary>
    /// <exception cref="ExplainerException">A name that is no column of the model.</exception>
    public static int Column(string name, EncodedTable table)
    {
        for (int column = 0; column < table.ColumnCount; column++)
        {
            if (table.Encoder.Columns[column].Name == name)
                return column;
        }
        string columns = string.Join(", ", table.Encoder.Columns.Take(12).Select(column => column.Name));
        string more = table.ColumnCount > 12 ? $" and {table.ColumnCount - 12} more" : "";
        throw new ExplainerException($"Column \"{name}\" is none that the model sees. It sees {columns}{more}. Choose one of these.");
    }

    /// <summary>The option <c>samples</c>: how many rows are looked at, an even spread of the table; says so when that is not all.</summary>
    public static (ImmutableArray<int> Rows, string? Warning) Rows(OptionReader options, EncodedTable table, int fallback)
    {
        ImmutableArray<int> rows = RowSelection.EvenSpread(table.RowCount, Samples(options, fallback));
        return (rows, SpreadWarning(rows.Length, table.RowCount));
    }

    /// <summary>The option <c>samples</c>.</summary>
    public static int Samples(OptionReader options, int fallback) => (int)options.WholeNumber("samples", fallback, 1, int.MaxValue);

    /// <summary>What to say where an even spread of rows was used; null where all were.</summary>
    public static string? SpreadWarning(int used, int total) => used == total ? null : string.Create(CultureInfo.InvariantCulture,
        $"Only {used:N0} of {total:N0} rows were used, an even spread. Rare values may be missed. Raise samples to use more.");
}
