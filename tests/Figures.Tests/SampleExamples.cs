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

    /// <summary>TreeSHAP interactions of the first test row.</summary>
    public static Explanation Interactions()
    {
        using var golden = Examples.Golden("breast-cancer-gbm/shap-tree-interactions.json");
        var matrix = golden.RootElement.GetProperty("values")[0].EnumerateArray().Select(Examples.Numbers).ToArray();
        var names = Examples.Header("breast-cancer/test.csv")[..30];
        return Examples.Of(names.Select((name, i) => new Attribution(name, null, -matrix[i].Sum()))) with
        {
            Method = "tree-shap-interactions",
            Target = new Target("probabilities", 0, "malignant", TargetSpace.Raw),
            Tensor = new AttributionTensor("interactions", [30, 30], [.. matrix.SelectMany(row => row.Select(value => -value))]),
        };
    }

    /// <summary>A matrix of H², one pair without a value.</summary>
    public static Explanation Statistic() => Examples.Of([new Attribution("age", null, 0.3), new Attribution("sex", null, 0.2), new Attribution("hours-per-week", null, 0.1)]) with
    {
        Method = "h-statistic",
        Tensor = new AttributionTensor("interactions", [3, 3], [0, 0.31, 0.05, 0.31, 0, double.NaN, 0.05, double.NaN, 0]),
    };

    /// <summary>A surface over two columns with a hole, the second of names where asked for.</summary>
    public static Explanation Surface(string method, bool names = false)
    {
        double[] first = [17, 22, 26, 30, 34, 38, 44, 50, 58, 90], second = [1, 20, 35, 40, 45, 60, 99];
        string[] categories = ["Married-civ-spouse", "Never-married", "Divorced", "Widowed", "Separated", "Married-spouse-absent", "Married-AF-spouse"];
        var values = first.SelectMany((_, i) => second.Select((_, j) => i == 9 && j == 0 ? double.NaN
            : method == "ale" ? 0.02 * Math.Sin(i / 2.0) * (j - 3) : 0.2 + (0.03 * i) + (0.02 * j)));
        return Examples.Of() with
        {
            Method = method,
            PredictedValue = null,
            BaseValue = null,
            CompletenessGap = null,
            Target = new Target("probabilities", 1, ">50K", TargetSpace.Probability),
            Surfaces = [new Surface("age", names ? "marital-status" : "hours-per-week", Text(first), names ? [.. categories] : Text(second), [.. first], names ? [] : [.. second], [.. values])],
        };

        static ImmutableArray<string> Text(double[] values) => [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>The peer's averages, centred as accumulated local effects are.</summary>
    public static Explanation LocalEffects()
    {
        var curves = Examples.Dependence("breast-cancer-gbm");
        return curves with { Method = "ale", Attributions = [.. curves.Attributions.Select(one => one with { Curve = Centred(one.Curve!) })] };

        static Curve Centred(Curve curve) => curve with { Average = [.. curve.Average.Select(value => value - curve.Average.Average())] };
    }

    /// <summary>How a classifier of some classes does.</summary>
    public static Performance Performance(params string[] classes)
    {
        var size = classes.Length;
        ImmutableArray<int> confusion = [.. Enumerable.Range(0, size * size).Select(at =>
            at / size == at % size ? 620 - (40 * (at / size)) : at * 37 % 90 / Math.Abs((at / size) - (at % size)))];
        CalibrationBin[] bins = [.. Enumerable.Range(0, 10).Select(i =>
        {
            var (predicted, rows) = (0.04 + (0.1 * i), i == 5 ? 7 : 900 / ((i * i) + 1));
            var observed = Math.Clamp(predicted + (0.08 * Math.Sin(i)), 0, 1);
            var half = 1.96 * Math.Sqrt(observed * (1 - observed) / rows);
            return new CalibrationBin(predicted, observed, Math.Max(0, observed - half), Math.Min(1, observed + half), rows);
        })];
        return new Performance([.. classes], confusion, [.. bins], [], confusion.Sum(), ImmutableSortedDictionary<string, double>.Empty);
    }

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
