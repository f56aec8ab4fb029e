using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>
/// The one place that decides what a method hides of an image or tensor, and what stands in for it: the options <c>segments</c> or
/// <c>mask</c> (which elements are a feature) and <c>baseline</c>.
/// </summary>
internal static class GridMasking
{
    // Fewer regions do not say where.
    private const int FewestRegions = 4;

    private static readonly string[] BaselineWords = ["zero", "mean", "segment-mean", "blur", "black", "white"];

    /// <summary>The option <c>segments</c>.</summary>
    /// <param name="fallback">What holds when it is not given, in words.</param>
    public static ExplainerOption SegmentsOption(string fallback) => new(
        "segments", null,
        $"Images and tensors: quickshift, slic, grid, slic:N or grid:N for about N regions, pixels, or an .npy of labels. When not given: {fallback}.");

    /// <summary>The option <c>mask</c>.</summary>
    public static ExplainerOption MaskOption { get; } = new(
        "mask", null, "Images and tensors: an .npy of feature numbers, one a pixel or one an element; instead of segments.");

    /// <summary>The option <c>baseline</c> of methods that explain images and tensors only.</summary>
    /// <param name="fallback">What holds when it is not given.</param>
    public static ExplainerOption BaselineOption(string fallback = "zero") => new(
        "baseline", fallback,
        "What stands in for what is hidden: zero, mean (a channel), segment-mean (a region and channel), blur, black, white, a number in model input space, or a file (image or .npy).");

    /// <summary>The option <c>baseline</c> of methods that explain rows as well, where background rows stand in.</summary>
    /// <param name="fallback">What holds for images and tensors when it is not given.</param>
    public static ExplainerOption GridBaselineOption(string fallback = "zero") => new(
        "baseline", null,
        $"Images and tensors: what stands in for hidden regions: zero, mean (a channel), segment-mean (a region and channel), blur, black, white, a number in model input space, or a file (image or .npy). When not given: {fallback}.");

    /// <summary>The masker that the options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="sample">What is explained.</param>
    /// <param name="segments">The regions when neither segments nor mask is given.</param>
    /// <param name="baseline">The baseline when none is given.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ExplainerException">A word that is not known, or both segments and mask.</exception>
    /// <exception cref="SampleException">A file that cannot be read or does not fit.</exception>
    public static SegmentMasker Masker(OptionReader options, GridSample sample, string segments, string baseline, CancellationToken cancellation)
    {
        Segmentation segmentation = Regions(options, sample, segments, cancellation);
        GridBaseline stand = Baseline(options, sample, baseline, segmentation, cancellation);
        return new SegmentMasker(sample, segmentation, [stand.Row], stand.Description);
    }

    /// <summary>The regions that the options ask for.</summary>
    /// <inheritdoc cref="Masker" path="/param|/exception"/>
    public static Segmentation Regions(OptionReader options, GridSample sample, string fallback, CancellationToken cancellation)
    {
        if (options.Has("mask"))
        {
            if (options.Has("segments"))
                throw new ExplainerException("Options segments and mask both say what the regions are. Give one of them.");
            return Superpixels.Read(options.Text("mask", ""), sample, cancellation);
        }
        string text = options.Text("segments", fallback);
        string[] parts = text.Split(':');
        string word = parts[0].Trim().ToLowerInvariant();
        int? count = null;
        if (parts.Length == 2 && word is "grid" or "slic")
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) || wanted < 1)
                throw options.Refuse("segments", text, $"a whole number of regions, such as {word}:64");
            count = Math.Min(wanted, sample.Grid.Height * sample.Grid.Width);
        }
        if (word is not ("quickshift" or "slic" or "grid" or "pixels") && !NumpyFile.IsNumpy(text))
            throw options.Refuse("segments", text, "quickshift, slic, grid, slic:N, grid:N, pixels, or an .npy of labels");
        Segmentation regions = Superpixels.Parse(NumpyFile.IsNumpy(text) ? text : word, sample, count, cancellation: cancellation);
        if (options.Has("segments") || word != "quickshift" || regions.Count >= FewestRegions)
            return regions;
        // Quickshift merges a small or flat picture into next to nothing, and regions that were not asked for may be others.
        options.Remember("segments", "slic");
        return Superpixels.Parse("slic", sample, null, cancellation: cancellation);
    }

    /// <summary>The baseline that the options ask for; <c>segment-mean</c> needs regions.</summary>
    /// <inheritdoc cref="Masker" path="/exception"/>
    public static GridBaseline Baseline(
        OptionReader options, GridSample sample, string fallback, Segmentation? segmentation, CancellationToken cancellation)
    {
        string text = options.Text("baseline", fallback);
        bool known = BaselineWords.Contains(text.ToLowerInvariant())
            || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            || Path.HasExtension(text) || File.Exists(text);
        if (!known)
            throw options.Refuse("baseline", text, $"{string.Join(", ", BaselineWords)}, a number, or a file");
        return GridBaseline.Parse(text, sample, segmentation, cancellation: cancellation);
    }

    /// <summary>Refuses options for images when a row of a table is explained.</summary>
    /// <exception cref="ExplainerException">One of them was given.</exception>
    public static void RefuseForRows(OptionReader options, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (options.Has(key))
                throw new ExplainerException($"Option {key} is for images and tensors, and this is a row of a table. Leave it out.");
        }
    }

    /// <summary>The map that gives each element its region's value.</summary>
    public static AttributionTensor Map(SegmentMasker masker, IReadOnlyList<double> values) => new(
        masker.Sample.Tensor.Name, masker.Sample.Tensor.RowShape, [.. masker.Segmentation.Labels.Select(label => values[label])]);

    /// <summary>A map over the elements of a sample.</summary>
    public static AttributionTensor Map(GridSample sample, ImmutableArray<double> values) => new(sample.Tensor.Name, sample.Tensor.RowShape, values);
}
