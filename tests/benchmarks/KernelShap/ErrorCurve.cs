using System.Text.Json;
using ExplainLsp.Explainers;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Benchmarks.KernelShap;

/// <summary>Mean absolute error against exact values, by coalitions evaluated: ours with and without control variate, and the reference.</summary>
/// <param name="folder">A folder with <c>models</c> and <c>data</c>.</param>
internal sealed class ErrorCurve(string folder)
{
    private const int Seeds = 8;

    /// <summary>One line a budget.</summary>
    internal sealed record Line(int Evaluations, double Reference, double Plain, double Fitted)
    {
        /// <summary>How many times fewer evaluations the fitted curve needs for the reference's error here; null beyond the curve.</summary>
        public double? Fewer { get; init; }
    }

    /// <summary>The curve of a model, exact values by a method.</summary>
    public IReadOnlyList<Line> Of(string model, string data, string background, string target, int backgroundRows, TargetSpace space, string exact, int rows)
    {
        using var session = ModelSession.Open(ModelFile.Read(Path.Combine(folder, "models", model, "model.onnx")), ModelSessionOptions.Default);
        InputSpec[] inputs = [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
        var table = Table.Read(Path.Combine(folder, "data", data));
        var encoder = TableEncoder.Bind(table, inputs, [target]);
        var samples = encoder.Encode(table, [.. Enumerable.Range(0, rows)]);
        var absent = encoder.Encode(Table.Read(Path.Combine(folder, "data", background)), [.. Enumerable.Range(0, backgroundRows)]);
        var predictor = new Predictor(session, session.Outputs[0], new Target(session.Outputs[0].Name, 1, "1", space));

        var budgets = Enumerable.Range(7, 7).Select(power => 1 << power).ToArray();
        var errors = new double[budgets.Length, 3];
        for (var row = 0; row < rows; row++)
        {
            var masker = new BackgroundMasker(new TableRow(samples, row), absent);
            var game = new ModelGame(predictor, masker);
            var truth = ExplainerCatalog.FindLocal(exact).Explain(
                new LocalRequest(predictor, masker.Sample, masker, new Dictionary<string, string>(), 0), null, default);
            double[] values = [.. game.Varying.Select(feature => truth.Attributions[feature].Contribution)];
            for (var b = 0; b < budgets.Length; b++)
            {
                for (var seed = 0; seed < Seeds; seed++)
                {
                    var share = 1.0 / (rows * Seeds);
                    errors[b, 0] += share * Error(ReferenceKernelShap.Solve(game, budgets[b] - 2, seed), values);
                    errors[b, 1] += share * Error(Ours(game, budgets[b], seed, false), values);
                    errors[b, 2] += share * Error(Ours(game, budgets[b], seed, true), values);
                }
            }
        }

        Line[] curve = [.. budgets.Select((budget, b) => new Line(budget, errors[b, 0], errors[b, 1], errors[b, 2]))];
        return [.. curve.Select(line => line with { Fewer = Fewer(curve, line) })];
    }

    /// <summary>The curves of a model with 12 columns and of one with 30, as JSON.</summary>
    public string Json()
    {
        var adult = Of("adult-gbm", "adult/test.csv", "adult/train-sample.csv", "income", 20, TargetSpace.Probability, "exact-shap", 3);
        var cancer = Of("breast-cancer-gbm", "breast-cancer/test.csv", "breast-cancer/background100.csv", "target", 50, TargetSpace.Raw, "tree-shap", 3);
        return JsonSerializer.Serialize(new { adult, cancer }, JsonSerializerOptions.Web);
    }

    private static double? Fewer(Line[] curve, Line at)
    {
        var wanted = Math.Log(at.Reference);
        for (var i = 0; i + 1 < curve.Length; i++)
        {
            double here = Math.Log(curve[i].Fitted), next = Math.Log(curve[i + 1].Fitted);
            if (wanted <= here && wanted >= next)
            {
                return at.Evaluations / (curve[i].Evaluations * Math.Pow(2, (here - wanted) / (here - next)));
            }
        }

        return null;
    }

    private static double[] Ours(ModelGame game, int evaluations, int seed, bool fitted) =>
        new KernelShapley(game.Players, Math.Max(evaluations, KernelShapley.FewestEvaluations(game.Players)), seed, null, fitted).Solve(game, default).Values;

    private static double Error(double[] found, double[] truth) => found.Zip(truth, (one, other) => Math.Abs(one - other)).Average();
}
