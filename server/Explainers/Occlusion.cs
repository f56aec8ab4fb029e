using ExplainLsp.Explainers.Grids;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Occlusion (Zeiler and Fergus 2014): a part of the sample is replaced by a baseline, and its attribution is f(x) − f(x with the part
/// replaced). In images and tensors a window slides; an element's value is the mean over the windows that cover it, as in Captum. In
/// tables each column is a part. Parts that matter only together, or that stand in for each other, are not seen; the attributions need
/// not add up.
/// </summary>
public sealed class Occlusion : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "occlusion";

    /// <inheritdoc/>
    public string Title => "Occlusion";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("baseline", null,
            "What replaces a part. Images and tensors: zero (when not given), mean (a channel), blur, black, white, a number in model input space, or a file (image or .npy). Rows: mean of the background (when not given), zero, or a number; text columns always take the background's most frequent value."),
        new("window", null,
            "Images and tensors: the window in pixels as 4, 4x4 or 1,4,4 (channels, down, across); a seventh of the shorter side over all channels when not given."),
        new("stride", null, "Images and tensors: the window's step, written as window; half the window when not given."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows | SampleKinds.Grids;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var options = new OptionReader(Id, Options, request.Options);
        if (request.Sample is GridSample)
            return SlidingOcclusion.Explain(request, Id, options, progress, cancellation);
        GridMasking.RefuseForRows(options, "window", "stride");
        return ColumnAblation.Explain(request, Id, options, progress, cancellation);
    }
}
