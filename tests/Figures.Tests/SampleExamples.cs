using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

/// <summary>Attributions of many rows: the peers' own, and made ones.</summary>
internal static class SampleExamples
{
    /// <summary>Interventional TreeSHAP of all 143 test rows, negated because malignant is the first class.</summary>
    public static Explanation BreastCancer()
    {
        using var golden = Examples.Golden("breast-cancer-gbm/shap-tree-interventional.json");
        var values = golden.RootElement.GetProperty("values").EnumerateArray().Select(row => Examples.Numbers(row).Select(value => -value).ToArray()).ToArray();
        var predictions = Examples.Numbers(golden.RootElement.GetProperty("predictions")).Select(value => -value);
        var names = Examples.Header("breast-cancer/test.csv")[..30];
        var cells = File.ReadLines(Examples.Fixture("data/breast-cancer/test.csv")).Skip(1).Take(values.Length).Select(line => line.Split(',')[..30]).ToArray();
        return Of(names, cells, values, [.. predictions], -golden.RootElement.GetProperty("base_value").GetDouble()) with
        {
            Target = new Target("probabilities", 0, "malignant", TargetSpace.Raw),
            Background = "100 background rows",
        };
    }

    /// <summary>The cells of adult's first rows, with contributions that follow some of them: text columns and missing values.</summary>
    public static Explanation Adult(int rows = 400)
    {
        var names = Examples.Header("adult/test.csv")[..12];
        var cells = File.ReadLines(Examples.Fixture("data/adult/test.csv")).Skip(1).Take(rows).Select(line => line.Split(',')[..12]).ToArray();
        for (var row = 0; row < rows; row += 9) cells[row][0] = "";
        var contributions = cells.Select((row, i) => names.Select((name, column) =>
        {
            var wave = Math.Sin((i * 12.9898) + (column * 78.233));
            return name switch
            {
                "age" => row[0].Length == 0 ? -0.02 : (double.Parse(row[0], CultureInfo.InvariantCulture) - 40) * (row[3].StartsWith("Married", StringComparison.Ordinal) ? 0.004 : 0.001),
                "marital-status" => (row[3].StartsWith("Married", StringComparison.Ordinal) ? 0.15 : -0.09) + (0.03 * wave),
                "hours-per-week" => ((double.Parse(row[10], CultureInfo.InvariantCulture) - 40) * 0.002) + (0.01 * wave),
                _ => 0.02 * wave / (column + 1),
            };
        }).ToArray()).ToArray();
        return Of(names, cells, contributions, [.. contributions.Select(row => 0.24 + row.Sum())], 0.24) with
        {
            Target = new Target("probabilities", 1, ">50K", TargetSpace.Probability),
            Background = "20 rows of train-sample.csv",
        };
    }

    /// <summary>Rows × columns of made contributions, several modes a column.</summary>
    public static Explanation Made(int rows, int columns, double scale = 1) => Of(
        [.. Enumerable.Range(0, columns).Select(column => $"column {column}")],
        [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column => ((row * 7919 % 1009) + column).ToString(CultureInfo.InvariantCulture)).ToArray())],
        [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column =>
            scale * (Math.Sin(row * 7919 % 1009) + (row % 3) - 1) / (column + 1)).ToArray())],
        [.. Enumerable.Range(0, rows).Select(row => (double)row)], 0);

    /// <summary>An explanation of a file whose samples are these.</summary>
    public static Explanation Of(string[] features, string[][] cells, double[][] contributions, double[] predicted, double average)
    {
        var categories = features.Select(_ => new List<string>()).ToArray();
        return Examples.Of() with
        {
            Method = "tree-shap",
            BaseValue = null,
            PredictedValue = null,
            CompletenessGap = null,
            Attributions = [.. features.Select((feature, i) => new Attribution(feature, null, contributions.Select(row => Math.Abs(row[i])).DefaultIfEmpty(0).Average()))],
            Samples = new SampleAttributions(
                [.. Enumerable.Range(0, cells.Length)], [.. features],
                [.. cells.SelectMany(row => row.Select((cell, column) => Value(cell, categories[column])))],
                [.. cells.SelectMany(row => row)],
                [.. contributions.SelectMany(row => row.Select(value => (float)value))],
                [.. predicted], average, cells.Length),
        };
    }

    private static float Value(string cell, List<string> categories)
    {
        if (cell.Length == 0) return float.NaN;
        if (float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        if (!categories.Contains(cell)) categories.Add(cell);
        return categories.IndexOf(cell);
    }
}
