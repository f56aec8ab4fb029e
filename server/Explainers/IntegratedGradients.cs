using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// Integrated gradients (Sundararajan et al. 2017): (x − x′) times the mean gradient on the straight path from a baseline x′ to the sample
/// x. The attributions add up to f(x) − f(x′) but for the error of the integral, which the gap tells. With <c>layer</c>, a layer's
/// activation goes from the baseline's to the sample's while the inputs stay the sample's.
/// </summary>
public sealed class IntegratedGradients : PointExplainer
{
    /// <summary>Steps when none are given.</summary>
    public const int DefaultSteps = 50;

    private const int MostSteps = 12_800;

    /// <inheritdoc/>
    public override string Id => "integrated-gradients";

    /// <inheritdoc/>
    public override string Title => "Integrated gradients";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("steps", "50", "Gradients along the path, 1 to 12,800 (trapezoid: 2 or more)."),
        Quadrature.RuleOption,
        GradientBaseline.Option,
        new("tolerance", null, "Steps are doubled, up to 12,800, until the gap is at most this share of f(x) − f(baseline); 0.000001 to 1. Not done when not given."),
        Layers.Option,
    ];

    internal override IAttributor Attributor(GradientRun run, OptionReader options) => Path(run, options);

    private protected override Explanation Compute(GradientRun run)
    {
        PathAttributor path = Path(run, run.Options);
        double? tolerance = run.Options.Has("tolerance") ? run.Options.Number("tolerance", 0, 1e-6, 1) : null;
        AttributionRows rows = path.Along(run.Point.Values, run);
        double baseValue = path.BaseValue(run);
        double difference = run.Predicted - baseValue;
        while (tolerance is { } share && Math.Abs(difference - rows.Values.Sum()) > share * Math.Abs(difference) && path.Steps <= MostSteps / 2)
        {
            path = path with { Steps = path.Steps * 2 };
            rows = path.Along(run.Point.Values, run);
        }
        run.Options.Remember("steps", (long)path.Steps);
        if (tolerance is { } wanted && Math.Abs(difference - rows.Values.Sum()) is var gap && gap > wanted * Math.Abs(difference))
        {
            run.Warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"The gap is still {gap:G2} after {path.Steps:N0} steps, above the tolerance. Single precision, or a jump in the model, may keep it there. Raise tolerance."));
        }
        run.Background = path.Baseline.Description;
        ReferenceDistance.WarnIfFar(run);
        return run.Tell(rows, baseValue, difference, path.Steps < MostSteps ? $"Raise steps to {Math.Min(MostSteps, path.Steps * 4)}." : "");
    }

    private static PathAttributor Path(GradientRun run, OptionReader options)
    {
        string rule = options.Word("rule", Quadrature.Rules[0], Quadrature.Rules);
        int steps = (int)options.WholeNumber("steps", DefaultSteps, rule == "trapezoid" ? 2 : 1, MostSteps);
        return new PathAttributor(run.Question, GradientBaseline.Of(run, options), rule, steps, Layers.Chosen(run, options));
    }

    private sealed record PathAttributor(GradientQuestion Question, GradientBaseline Baseline, string Rule, int Steps, string? Layer) : IAttributor
    {
        public long PassesPerPoint => Steps;

        public AttributionRows Attribute(ReadOnlySpan<double> points, int rows)
        {
            int width = Question.Point.Elements;
            AttributionRows? first = null;
            double[]? all = null;
            for (int row = 0; row < rows; row++)
            {
                AttributionRows one = Along(points.Slice(row * width, width).ToArray(), null);
                first ??= one;
                all ??= new double[rows * one.Values.Length];
                one.Values.CopyTo(all, row * one.Values.Length);
            }
            return first! with { Values = all! };
        }

        /// <summary>The path to one point; tells a run how far it is.</summary>
        public AttributionRows Along(double[] to, GradientRun? run)
        {
            Quadrature rule = Quadrature.Of(Rule, Steps);
            double whole = rule.Weights.Sum();
            var integral = new PathIntegral(Question);
            if (Layer is null)
            {
                double[] from = Baseline.Point;
                double[] sum = integral.OfInputs(from, to, rule, Watch(run, rule, (mean, share) => Times(mean, share, from, to)));
                return Times(sum, 1, from, to);
            }
            LayerGradients ends = Question.OfLayer(Layer, [.. Baseline.Point, .. to], 2);
            int width = ends.Activations.Length / 2;
            double[] low = ends.Activations[..width], high = ends.Activations[width..];
            double[] inner = integral.OfFedLayer(Layer, ends.RowShape, low, high, rule, Watch(run, rule, (mean, share) => Inner(mean, share)));
            return Inner(inner, 1);

            AttributionRows Inner(double[] mean, double share) => new(Layer, ends.RowShape, false, Times(mean, share, low, high).Values);

            PathIntegral.Watch? Watch(GradientRun? run, Quadrature rule, Func<double[], double, AttributionRows> rows) => run is not { Watched: true } ? null
                : (sum, weight, done) => run.Report(done, rule.Nodes.Length, done < rule.Nodes.Length ? () => run.Tell(rows(sum, whole / weight)) : null);
        }

        /// <summary>f(baseline); with a layer, f of the sample with the baseline's activation there.</summary>
        public double BaseValue(GradientRun run)
        {
            if (Layer is null)
                return run.MeanOf(Baseline.Point);
            LayerGradients at = Question.OfLayer(Layer, Baseline.Point, 1);
            return Question.OfFedLayer(Layer, at.Activations, at.RowShape).Scores[0];
        }

        private AttributionRows Times(double[] mean, double share, double[] from, double[] to)
        {
            double[] values = new double[mean.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = share * mean[i] * (to[i] - from[i]);
            return new AttributionRows(Question.Point.Name, Question.Point.Shape, true, values);
        }
    }
}
