using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// GradientSHAP, or expected gradients (Lundberg and Lee 2017; Erion et al. 2021): the mean of (x − x′) · gradient(x′ + α(x − x′)) over
/// references x′ and α uniform in [0, 1], with <c>sigma</c> also over noise on x. The attributions add up to f(x) minus the mean of f over
/// the references, but for chance.
/// </summary>
/// <remarks>
/// References come equally often (to one) and α once from each n-th of [0, 1], both in random order, so the mean varies less than with
/// independent draws. The standard errors are those of independent draws: an upper bound.
/// </remarks>
public sealed class GradientShap : GradientExplainer
{
    private const long Stream = 0x67736861;

    /// <inheritdoc/>
    public override string Id => "gradient-shap";

    /// <inheritdoc/>
    public override string Title => "GradientSHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("samples", "200", "Gradients, 2 to 1,000,000."),
        new("sigma", "0", "Deviation of normal noise on the sample, in the unit of the model's input, 0 to 1,000,000."),
        GradientBaseline.Option,
    ];

    private protected override Explanation Compute(GradientRun run)
    {
        int samples = (int)run.Options.WholeNumber("samples", 200, 2, 1_000_000);
        double sigma = run.Options.Number("sigma", 0, 0, 1e6);
        ReferencePoints references = ReferencePoints.OrBaseline(run, run.Options);
        run.Background = references.Description;

        int width = run.Point.Elements;
        int[] order = References(references.Count, samples, run.Request.Seed);
        int[] strata = new SeededRandom(run.Request.Seed, Stream, 0).Permutation(samples);
        var mean = new RunningMean(width);
        int most = GradientQuestion.RowsPerRun(width);
        for (int from = 0, size = run.Watched ? GradientQuestion.FirstRows(width) : most; from < samples; from += size, size = most)
        {
            int rows = Math.Min(size, samples - from);
            double[] points = new double[rows * width], differences = new double[rows * width];
            for (int row = 0; row < rows; row++)
            {
                var random = new SeededRandom(run.Request.Seed, Stream, 1, from + row);
                double alpha = (strata[from + row] + random.Uniform()) / samples;
                for (int i = 0; i < width; i++)
                {
                    double reference = references.Points[(order[from + row] * width) + i];
                    double x = run.Point.Values[i] + (sigma > 0 ? sigma * random.Normal() : 0);
                    differences[(row * width) + i] = x - reference;
                    points[(row * width) + i] = reference + (alpha * (x - reference));
                }
            }
            double[] values = run.Question.OfInputs(BackwardRules.Gradient, points, rows).Values;
            for (int i = 0; i < values.Length; i++)
                values[i] *= differences[i];
            for (int row = 0; row < rows; row++)
                mean.Add(values.AsSpan(row * width, width));
            int done = from + rows;
            run.Report(done, samples, done < samples ? () => run.Tell(Rows(), errors: mean.StandardErrors) : null);
        }
        ReferenceDistance.WarnIfFar(run);
        double baseValue = run.MeanOf(references.Points);
        return run.Tell(Rows(), baseValue, run.Predicted - baseValue, $"Raise samples to {4 * samples}.", mean.StandardErrors);

        AttributionRows Rows() => new(run.Point.Name, run.Point.Shape, true, mean.Means);
    }

    /// <summary>A reference a sample: all in random order, again and again.</summary>
    private static int[] References(int count, int samples, long seed)
    {
        int[] chosen = new int[samples];
        for (int from = 0, round = 0; from < samples; from += count, round++)
            new SeededRandom(seed, Stream, 2, round).Permutation(count).AsSpan(0, Math.Min(count, samples - from)).CopyTo(chosen.AsSpan(from));
        return chosen;
    }
}
