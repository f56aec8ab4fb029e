using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Pairs of columns, for methods that look at two together.</summary>
internal static class ColumnPairs
{
    private const int MostColumns = 10;

    /// <summary>The option <c>order</c>.</summary>
    public static ExplainerOption Option(string second) => new(
        "order", "1", $"1: each column alone. 2: pairs of the columns that feature names, 2 to {MostColumns}: {second}.");

    /// <summary>Whether pairs are asked for.</summary>
    public static bool Asked(OptionReader options) => options.WholeNumber("order", 1, 1, 2) == 2;

    /// <summary>All pairs of some columns.</summary>
    /// <exception cref="ExplainerException">Fewer than two columns, or too many.</exception>
    public static ImmutableArray<(int First, int Second)> Of(OptionReader options, ImmutableArray<int> columns)
    {
        if (columns.Length is < 2 or > MostColumns)
            throw options.Refuse("order", "2", $"feature=A,B with it: order=2 takes 2 to {MostColumns} columns, and there {(columns.Length == 1 ? "is 1" : $"are {columns.Length}")}");
        return [.. columns.SelectMany((first, i) => columns.Skip(i + 1).Select(second => (first, second)))];
    }

    /// <summary>A pair's name: <c>age:workclass</c>.</summary>
    public static string Name(EncodedTable table, int first, int second) =>
        $"{table.Encoder.Columns[first].Name}:{table.Encoder.Columns[second].Name}";

    /// <summary>A surface of a pair.</summary>
    public static Surface Surface(EncodedTable table, int first, int second, FeatureGrid firstGrid, FeatureGrid secondGrid, double[] values) => new(
        table.Encoder.Columns[first].Name, table.Encoder.Columns[second].Name, firstGrid.Texts, secondGrid.Texts, firstGrid.Numbers, secondGrid.Numbers, [.. values]);
}
