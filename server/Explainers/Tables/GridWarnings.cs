using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>What a reader must know of columns whose grids show little.</summary>
internal static class GridWarnings
{
    private const int MostNames = 5;

    /// <summary>One sentence for the columns without values, one for those with a single one, one for each with too many categories.</summary>
    public static IEnumerable<string> Of(EncodedTable table, IReadOnlyList<int> features, IReadOnlyList<FeatureGrid> grids)
    {
        string[] Names(Func<FeatureGrid, bool> fits) =>
            [.. Enumerable.Range(0, features.Count).Where(i => fits(grids[i])).Select(i => table.Encoder.Columns[features[i]].Name)];
        if (Names(grid => grid.Texts.IsEmpty) is { Length: > 0 } empty)
            yield return $"{List(empty)} no values in these rows, so nothing is known of {Them(empty)}. Use rows that have some.";
        if (Names(grid => grid.Texts.Length == 1) is { Length: > 0 } constant)
            yield return $"{List(constant)} one value only, so no effect of {Them(constant)} can be seen. Use rows in which {(constant.Length == 1 ? "it varies" : "they vary")}.";
        for (int i = 0; i < features.Count; i++)
        {
            if (grids[i].LeftOut > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"Column {table.Encoder.Columns[features[i]].Name} has {grids[i].Texts.Length + grids[i].LeftOut:N0} categories, and only the {grids[i].Texts.Length:N0} most frequent are shown. Name others with grid, or group rare ones.");
            }
        }
    }

    private static string List(string[] names)
    {
        string more = names.Length > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNames:N0} more") : "";
        return $"Column{(names.Length == 1 ? "" : "s")} {string.Join(", ", names.Take(MostNames))}{more} {(names.Length == 1 ? "has" : "have")}";
    }

    private static string Them(string[] names) => names.Length == 1 ? "it" : "them";
}
