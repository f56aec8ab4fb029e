using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// DeepLIFT SHAP (Lundberg and Lee 2017, section 4.2): the mean of DeepLIFT over background samples, which approximates Shapley values of
/// the interventional game. The attributions add up to f(x) minus the mean of f over the background.
/// </summary>
public sealed class DeepLiftShap : GradientExplainer
{
    /// <inheritdoc/>
    public override string Id => "deep-lift-shap";

    /// <inheritdoc/>
    public override string Title => "DeepLIFT SHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = [GradientBaseline.Option];

    private protected override Explanation Compute(GradientRun run)
    {
        ReferencePoints references = ReferencePoints.OrBaseline(run, run.Options);
        run.Background = references.Description;
        int width = run.Point.Elements;
        int block = GradientQuestion.RowsPerRun(width);
        double[] sum = new double[width];
        for (int from = 0; from < references.Count; from += block)
        {
            int rows = Math.Min(block, references.Count - from);
            double[] points = new double[rows * width];
            for (int row = 0; row < rows; row++)
                run.Point.Values.CopyTo(points, row * width);
            double[] against = references.Points[(from * width)..((from + rows) * width)];
            double[] multipliers = run.Question.OfInputs(new BackwardRules(BackwardKind.DeepLift), points, rows, against).Values;
            for (int i = 0; i < multipliers.Length; i++)
                sum[i % width] += multipliers[i] * (points[i] - against[i]);
            int done = from + rows;
            run.Report(done, references.Count, done < references.Count ? () => run.Tell(Mean(done)) : null);
        }
        ReferenceDistance.WarnIfFar(run);
        double baseValue = run.MeanOf(references.Points);
        return run.Tell(Mean(references.Count), baseValue, run.Predicted - baseValue, "Use gradient-shap or integrated-gradients.");

        AttributionRows Mean(int count) => new(run.Point.Name, run.Point.Shape, true, Array.ConvertAll(sum, value => value / count));
    }
}
