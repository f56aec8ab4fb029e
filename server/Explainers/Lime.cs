using ExplainLsp.Explainers.Grids;
using ExplainLsp.Explainers.Surrogates;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// LIME (Ribeiro et al. 2016), with the lime package's defaults: samples are drawn around the instance and weighed by their distance, and
/// a ridge regression (α = 1, no feature selection) is fitted to the model's predictions.
/// </summary>
/// <remarks>
/// <para>Tables: with <c>discretizer=quartile</c> a column is 1 in the instance's own quartile (or category), else 0; with <c>none</c> it
/// is in units of the training rows' deviation. The kernel's width is 0.75·√columns; the background rows are the training rows.</para>
/// <para>Images and tensors: a region is 1 where it is shown, 0 where its own mean stands in; cosine distance, kernel width 0.25.</para>
/// <para>Attributions are the surrogate's coefficients; they do not add up to the prediction. <see cref="Explanation.Quality"/>: <c>r2</c>
/// (weighted, on the samples drawn; left out when the model gave them all the same value), <c>intercept</c>, <c>localPrediction</c> (the
/// surrogate's value at the instance).</para>
/// </remarks>
public sealed class Lime : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "lime";

    /// <inheritdoc/>
    public string Title => "LIME";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("samples", null, "Samples drawn around the instance, 10 to 10,000,000; 5,000 for rows and 1,000 for images and tensors when not given."),
        new("kernel-width", null, "Width of the kernel in the surrogate's space, above 0; 0.75 × √columns for rows and 0.25 for images and tensors when not given."),
        new("discretizer", "quartile", "Rows: quartile: numbers as in or out of the instance's quartile; none: numbers as they are, scaled."),
        GridMasking.SegmentsOption("quickshift, or slic where that finds fewer than 4"),
        GridMasking.MaskOption,
        GridMasking.GridBaselineOption("segment-mean"),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows | SampleKinds.Grids;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var options = new OptionReader(Id, Options, request.Options);
        if (request.Sample is GridSample sample)
        {
            if (options.Has("discretizer"))
                throw new ExplainerException("Option discretizer is for rows of tables. Leave it out for images and tensors.");
            return RegionLime.Explain(request, sample, Id, options, progress, cancellation);
        }
        GridMasking.RefuseForRows(options, "segments", "mask", "baseline");
        return TableLime.Explain(request, Id, options, progress, cancellation);
    }
}
