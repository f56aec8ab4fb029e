using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

/// <summary>Explanations made of the peers' own values (tests/fixtures/golden), and small ones for the edges.</summary>
internal static class Examples
{
    public static readonly ImmutableSortedDictionary<string, object> NoOptions = ImmutableSortedDictionary<string, object>.Empty;

    public static FigureContext Adult { get; } = new("adult-gbm", "test.csv, row 0", "0123456789abcdef", "fedcba9876543210", "0.1.0")
    {
        MethodTitle = "Exact SHAP",
        Scale = TargetScale.LogOdds,
    };

    public static FigureContext BreastCancer { get; } = new("breast-cancer-gbm", "test.csv, row 13", "", "", "0.1.0")
    {
        MethodTitle = "TreeSHAP",
        Scale = TargetScale.LogOdds,
    };

    public static FigureContext Diabetes { get; } = new("diabetes-mlp", "test.csv, row 0", "", "", "") { MethodTitle = "Exact SHAP", Scale = TargetScale.Value };

    /// <summary>Exact SHAP of the first adult row, in probability.</summary>
    public static Explanation AdultRow()
    {
        using var golden = Golden("adult-gbm/shap-exact.json");
        var columns = golden.RootElement.GetProperty("parameters").GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToArray();
        var cells = Cells("adult/test.csv", 0);
        return Local(
            golden, columns, cells, row: 0, sign: 1, new Target("probabilities", 1, ">50K", TargetSpace.Probability), "exact-shap",
            new Cost(4096, 81920, 41), "20 rows of train-sample.csv");
    }

    /// <summary>Interventional TreeSHAP of row 13, negated because malignant is the first class.</summary>
    public static Explanation BreastCancerRow()
    {
        using var golden = Golden("breast-cancer-gbm/shap-tree-interventional.json");
        return Local(
            golden, Header("breast-cancer/test.csv"), Cells("breast-cancer/test.csv", 13), row: 13, sign: -1,
            new Target("probabilities", 0, "malignant", TargetSpace.Raw), "tree-shap", new Cost(0, 0, 0.8), "100 background rows");
    }

    /// <summary>KernelSHAP with the spread of ten runs as its standard error.</summary>
    public static Explanation BreastCancerKernel()
    {
        using var golden = Golden("breast-cancer-gbm/shap-kernel.json");
        var errors = golden.RootElement.GetProperty("values_std")[0].EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var local = Local(
            golden, Header("breast-cancer/test.csv"), Cells("breast-cancer/test.csv", 0), row: 0, sign: 1,
            new Target("probabilities", 1, "benign", TargetSpace.Probability), "kernel-shap", new Cost(2048, 204800, 310), "100 rows of background100.csv",
            "values_mean");
        return local with { Attributions = [.. local.Attributions.Select((attribution, i) => attribution with { StandardError = errors[i] })] };
    }

    /// <summary>Exact SHAP of a regression.</summary>
    public static Explanation DiabetesRow()
    {
        using var golden = Golden("diabetes-mlp/shap-exact.json");
        return Local(
            golden, Header("diabetes/test.csv"), Cells("diabetes/test.csv", 0), row: 0, sign: 1,
            new Target("progression", 0, "progression", TargetSpace.Raw), "exact-shap", new Cost(1024, 51200, 120), "50 rows of train.csv");
    }

    /// <summary>Permutation importance of the breast cancer model, 30 repeats.</summary>
    public static Explanation Importance(string model = "breast-cancer-gbm", string data = "breast-cancer")
    {
        using var golden = Golden($"{model}/permutation-importance-accuracy.json");
        var means = Numbers(golden.RootElement.GetProperty("importances_mean"));
        var deviations = Numbers(golden.RootElement.GetProperty("importances_std"));
        return Global("permutation-importance", NoOptions.Add("metric", "accuracy"), Header($"{data}/test.csv").Take(means.Length).Select((name, i) =>
            new Attribution(name, null, means[i]) { Mean = means[i], StandardDeviation = deviations[i] }));
    }

    /// <summary>Mean absolute SHAP values of the breast cancer model, in log-odds.</summary>
    public static Explanation MeanStrength()
    {
        using var golden = Golden("breast-cancer-gbm/shap-global-importance.json");
        var means = Numbers(golden.RootElement.GetProperty("values"));
        return Global("mean-abs-shap", NoOptions, Header("breast-cancer/test.csv").Take(30).Select((name, i) => new Attribution(name, null, means[i])));
    }

    /// <summary>Partial dependence of every column that the peer computed.</summary>
    public static Explanation Dependence(string model)
    {
        using var golden = Golden($"{model}/partial-dependence.json");
        var curves = golden.RootElement.GetProperty("values").EnumerateArray().Select(one =>
        {
            var name = (one.TryGetProperty("name", out var named) ? named : one.GetProperty("column")).GetString()!;
            var grid = one.GetProperty("grid").EnumerateArray().ToArray();
            var numeric = grid.All(value => value.ValueKind == JsonValueKind.Number);
            var average = Numbers(one.GetProperty("average"));
            return new Attribution(name, null, average.Max() - average.Min())
            {
                Curve = new Curve([.. grid.Select(value => value.ToString())], numeric ? [.. grid.Select(value => value.GetDouble())] : [], [.. average], [], []),
            };
        });
        return Global("partial-dependence", NoOptions, curves) with { Target = new Target("probabilities", 1, model.StartsWith("adult", StringComparison.Ordinal) ? ">50K" : "benign", TargetSpace.Probability) };
    }

    /// <summary>A step curve of one row over hours-per-week, close to what adult-gbm answers for row 0; the shape matters here, not the values.</summary>
    public static (Explanation Explanation, CurveContext Context) Hours()
    {
        var hours = Enumerable.Range(1, 99).Select(value => (double)value).ToImmutableArray();
        ImmutableArray<double> own = [.. hours.Select(x => x < 32 ? 0.331 : x < 35 ? 0.368 : x < 36 ? 0.54 : x < 40 ? 0.552 : x < 42 ? 0.563 : x < 86 ? 0.6587 : 0.638)];
        ImmutableArray<double> average = [.. hours.Select(x => x < 32 ? 0.205 : x < 35 ? 0.221 : x < 40 ? 0.271 : x < 45 ? 0.31 : x < 50 ? 0.325 : x < 86 ? 0.334 : 0.33)];
        ImmutableArray<ImmutableArray<double>> lines = [own, .. Enumerable.Range(1, 80).Select(i => average.Select(y => y * (0.2 + (i / 40.0))).ToImmutableArray())];
        var curve = new Curve([.. hours.Select(x => x.ToString(CultureInfo.InvariantCulture))], hours, average, [.. Enumerable.Range(0, 81)], lines);
        var explanation = Global("ice", NoOptions, [new Attribution("hours-per-week", "84", 0.0857) { Curve = curve }]) with
        {
            Target = new Target("probabilities", 1, ">50K", TargetSpace.Probability),
            PredictedValue = 0.6587,
        };
        return (explanation, new CurveContext
        {
            Feature = "hours-per-week",
            Row = 0,
            Value = "84",
            Prediction = 0.6587,
            AveragedRows = 40,
            Steps = true,
            Numbers = [.. Column("adult/test.csv", "hours-per-week")],
        });
    }

    /// <summary>The peer's average over education levels as one row's curve: categories.</summary>
    public static (Explanation Explanation, CurveContext Context) Education()
    {
        var explanation = Dependence("adult-gbm");
        var education = explanation.Attributions.First(attribution => attribution.Feature == "education");
        var curve = education.Curve! with { Rows = [0], Individual = [[.. education.Curve!.Average.Select(y => Math.Min(1, y * 1.9))]] };
        var cells = File.ReadLines(Fixture("data/adult/test.csv")).Skip(1).Select(line => line.Split(',')[2]).ToArray();
        var at = curve.Grid.IndexOf("Some-college");
        return (explanation with { Attributions = [education with { Curve = curve }] }, new CurveContext
        {
            Feature = "education",
            Row = 0,
            Value = "Some-college",
            Prediction = curve.Individual[0][at],
            AveragedRows = 200,
            Counts = [.. curve.Grid.Select(category => cells.Count(cell => cell == category))],
        });
    }

    /// <summary>An explanation whose attributions add up, of the given contributions.</summary>
    public static Explanation Of(params double[] contributions) =>
        Of(contributions.Select((contribution, i) => new Attribution($"column {i}", i.ToString(CultureInfo.InvariantCulture), contribution)));

    public static Explanation Of(IEnumerable<Attribution> attributions)
    {
        var all = attributions.ToImmutableArray();
        return new Explanation
        {
            Method = "exact-shap",
            Options = NoOptions,
            Seed = 0,
            Target = new Target("probabilities", 1, "yes", TargetSpace.Raw),
            BaseValue = 0.5,
            PredictedValue = 0.5 + all.Sum(attribution => attribution.Contribution),
            CompletenessGap = 0,
            Attributions = all,
            Cost = new Cost(16, 160, 1),
            Background = "10 rows of train.csv",
        };
    }

    public static FigureStyle Style(ThemeKind kind = ThemeKind.Dark, Chrome chrome = Chrome.Hover, FigureContext? context = null, double scale = 2, double? width = null) =>
        new(Theme.Default(kind), chrome, scale, context ?? new FigureContext("", "", "", "", "") { Scale = TargetScale.LogOdds }) { Width = width };

    private static Explanation Local(
        JsonDocument golden, string[] columns, string[] cells, int row, double sign, Target target, string method, Cost cost, string background,
        string values = "values")
    {
        var contributions = Numbers(golden.RootElement.GetProperty(values)[row]).Select(value => value * sign).ToArray();
        var average = golden.RootElement.GetProperty("base_value").GetDouble() * sign;
        var predicted = golden.RootElement.GetProperty("predictions")[row].GetDouble() * sign;
        return new Explanation
        {
            Method = method,
            Options = NoOptions,
            Seed = 0,
            Target = target,
            BaseValue = average,
            PredictedValue = predicted,
            CompletenessGap = predicted - average - contributions.Sum(),
            Cost = cost,
            Background = background,
            Attributions = [.. contributions.Select((contribution, i) => new Attribution(columns[i], cells[i], contribution))],
        };
    }

    private static Explanation Global(string method, ImmutableSortedDictionary<string, object> options, IEnumerable<Attribution> attributions) => new()
    {
        Method = method,
        Options = options,
        Seed = 0,
        Target = new Target("probabilities", 0, "malignant", TargetSpace.Raw),
        Attributions = [.. attributions],
        Cost = new Cost(900, 128700, 640),
    };

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static IEnumerable<double> Column(string file, string name)
    {
        var index = Array.IndexOf(Header(file), name);
        return File.ReadLines(Fixture("data/" + file)).Skip(1).Select(line => double.Parse(line.Split(',')[index], CultureInfo.InvariantCulture));
    }

    public static string[] Header(string file) => File.ReadLines(Fixture("data/" + file)).First().Split(',');

    private static string[] Cells(string file, int row) => File.ReadLines(Fixture("data/" + file)).ElementAt(row + 1).Split(',');

    public static JsonDocument Golden(string file) => JsonDocument.Parse(File.ReadAllText(Fixture("golden/" + file)));

    public static string Fixture(string path) => Path.Combine(Repository, "tests", "fixtures", path);

    public static string Repository { get; } = FindRepository();

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExplainLsp.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ExplainLsp.sln not found above the tests.");
        }

        return folder;
    }
}
