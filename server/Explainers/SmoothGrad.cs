using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers;

/// <summary>
/// SmoothGrad (Smilkov et al. 2017), its square (Hooker et al. 2019) and VarGrad (Adebayo et al. 2018): the mean of a gradient method over
/// copies of the sample with normal noise, the mean of its squares, or its variance. Over the signed gradient when no method is named.
/// </summary>
public sealed class SmoothGrad : GradientExplainer
{
    private const long Stream = 0x736D6F6F;
    private const string Default = "saliency";

    /// <inheritdoc/>
    public override string Id => "smooth-grad";

    /// <inheritdoc/>
    public override string Title => "SmoothGrad";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("samples", "50", "Noisy copies, 2 to 100,000."),
        new("sigma", "15%", "Deviation of the noise: a number in the unit of the model's input, or with % a share of the picture's range (rows: of each column's deviation in the background)."),
        new("form", "mean", "mean, square (mean of squares) or variance over the copies."),
        new("of", Default, "The method that is averaged: saliency (signed unless absolute=true), input-x-gradient, integrated-gradients, deep-lift, lrp, guided-backprop, …; its own options may be given too."),
    ];

    private protected override IReadOnlyList<ExplainerOption> OptionsFor(LocalRequest request) =>
        [.. Options, .. Inner(request.Options.GetValueOrDefault("of", Default)).Options.Where(option => Options.All(own => own.Key != option.Key))];

    private protected override Explanation Compute(GradientRun run)
    {
        int samples = (int)run.Options.WholeNumber("samples", 50, 2, 100_000);
        double[] sigma = NoiseScale.Of(run, run.Options.Text("sigma", "15%"));
        string form = run.Options.Word("form", "mean", "mean", "square", "variance");
        PointExplainer inner = Inner(run.Options.Text("of", Default));
        run.Options.Remember("of", inner.Id);
        OptionReader options = InnerOptions(run, inner);
        IAttributor attributor = inner.Attributor(run, options);
        foreach ((string key, object value) in options.InForce)
            run.Options.Remember(key, value);
        run.WarnIfSaturated();

        int width = run.Point.Elements;
        RunningMean? mean = null;
        AttributionRows? shape = null;
        int most = GradientQuestion.RowsPerRun(width);
        for (int from = 0, size = run.Watched ? GradientQuestion.FirstRows(width) : most; from < samples; from += size, size = most)
        {
            int rows = Math.Min(size, samples - from);
            double[] points = new double[rows * width];
            for (int row = 0; row < rows; row++)
            {
                var random = new SeededRandom(run.Request.Seed, Stream, from + row);
                for (int i = 0; i < width; i++)
                    points[(row * width) + i] = run.Point.Values[i] + (sigma[i] * random.Normal());
            }
            AttributionRows noisy = attributor.Attribute(points, rows);
            shape ??= noisy;
            mean ??= new RunningMean(noisy.Width);
            for (int i = 0; form == "square" && i < noisy.Values.Length; i++)
                noisy.Values[i] *= noisy.Values[i];
            for (int row = 0; row < rows; row++)
                mean.Add(noisy.Values.AsSpan(row * noisy.Width, noisy.Width));
            int done = from + rows;
            run.Report(done, samples, done < samples ? () => run.Tell(Rows()) : null);
        }
        return run.Tell(Rows(), errors: form == "variance" ? null : mean!.StandardErrors);

        AttributionRows Rows() => shape! with { Values = form == "variance" ? mean!.Variances : mean!.Means };
    }

    private static PointExplainer Inner(string id) => ExplainerCatalog.Local.OfType<PointExplainer>().FirstOrDefault(method => method.Id == id.Trim())
        ?? throw new ExplainerException(
            $"smooth-grad cannot average \"{id}\". Give one of {string.Join(", ", ExplainerCatalog.Local.OfType<PointExplainer>().Select(method => method.Id))}.");

    /// <summary>The options of the inner method. The gradient keeps its sign: magnitudes of noise do not cancel.</summary>
    private static OptionReader InnerOptions(GradientRun run, PointExplainer inner)
    {
        var given = run.Request.Options.Where(option => inner.Options.Any(known => known.Key == option.Key)).ToDictionary();
        if (inner is Saliency)
            given.TryAdd("absolute", "false");
        return new OptionReader(inner.Id, inner.Options, given);
    }
}
