using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// DeepLIFT with the rescale rule (Shrikumar et al. 2017): the difference from a baseline's output is handed back by multipliers Δout/Δin
/// at every non-linear operator, in one pass. The attributions add up to f(x) − f(baseline).
/// </summary>
public sealed class DeepLift : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "deep-lift";

    /// <inheritdoc/>
    public override string Title => "DeepLIFT";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = [GradientBaseline.Option];

    internal override IAttributor Attributor(GradientRun run, OptionReader options) => new Rescale(run.Question, GradientBaseline.Of(run, options).Point);

    private protected override Explanation Compute(GradientRun run)
    {
        GradientBaseline baseline = GradientBaseline.Of(run, run.Options);
        run.Background = baseline.Description;
        AttributionRows rows = new Rescale(run.Question, baseline.Point).Attribute(run.Point.Values, 1);
        run.Report(1, 1);
        ReferenceDistance.WarnIfFar(run);
        double baseValue = run.MeanOf(baseline.Point);
        return run.Tell(rows, baseValue, run.Predicted - baseValue, "Use integrated-gradients.");
    }

    /// <summary>Multipliers times differences, each row against the same baseline.</summary>
    private sealed class Rescale(GradientQuestion question, double[] baseline) : IAttributor
    {
        public long PassesPerPoint => 1;

        public AttributionRows Attribute(ReadOnlySpan<double> points, int rows)
        {
            double[] references = new double[points.Length];
            for (int row = 0; row < rows; row++)
                baseline.CopyTo(references, row * baseline.Length);
            double[] values = question.OfInputs(new BackwardRules(BackwardKind.DeepLift), points, rows, references).Values;
            for (int i = 0; i < values.Length; i++)
                values[i] *= points[i] - references[i];
            return new AttributionRows(question.Point.Name, question.Point.Shape, true, values);
        }
    }
}
