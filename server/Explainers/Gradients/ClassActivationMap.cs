using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>
/// What class activation maps share: a layer's activations and the gradient with respect to them are joined into one map a layer's place,
/// at the layer's own resolution. <c>relu=true</c> keeps only what speaks for the target, as the papers draw it; when the map is not
/// enlarged it stays signed by default, so that nothing is lost.
/// </summary>
public abstract class ClassActivationMap : PointExplainer
{
    /// <summary>The options of every such method.</summary>
    private protected static IReadOnlyList<ExplainerOption> MapOptions { get; } =
    [
        Layers.MapOption,
        new("relu", null, "true: only what speaks for the target; false: both signs. False for a map at the layer's resolution, true for an enlarged one."),
        new("upsample", "none", "none: the layer's own resolution; bilinear or nearest: enlarged to the input's size."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options => MapOptions;

    /// <inheritdoc/>
    public override SampleKinds Kinds => SampleKinds.Grids;

    /// <inheritdoc/>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    /// <summary>Joins one row's activations and gradients into a map.</summary>
    /// <param name="activations">The layer's row.</param>
    /// <param name="gradients">The gradient with respect to it.</param>
    /// <param name="form">How they are a map.</param>
    /// <param name="map">Receives one value a place; zero before.</param>
    private protected abstract void Join(ReadOnlySpan<double> activations, ReadOnlySpan<double> gradients, FeatureMap form, Span<double> map);

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        string upsample = options.Word("upsample", "none", "none", "bilinear", "nearest");
        bool relu = options.Word("relu", upsample == "none" ? "false" : "true", "true", "false") == "true";
        return new MapAttributor(this, run, MapLayer.Of(run, options), relu, upsample);
    }

    /// <summary>The maps of a method over rows, before they are enlarged.</summary>
    internal (double[] Maps, FeatureMap Form) Maps(GradientRun run, string layer, ReadOnlySpan<double> points, int rows, bool relu)
    {
        LayerGradients inner = run.Question.OfLayer(layer, points, rows);
        FeatureMap form = MapLayer.Form(run, layer, inner.RowShape);
        int width = inner.Values.Length / rows;
        double[] maps = new double[rows * form.Count];
        for (int row = 0; row < rows; row++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            Join(inner.Activations.AsSpan(row * width, width), inner.Values.AsSpan(row * width, width), form, maps.AsSpan(row * form.Count, form.Count));
        }
        if (relu)
        {
            for (int i = 0; i < maps.Length; i++)
                maps[i] = Math.Max(0, maps[i]);
        }
        return (maps, form);
    }

    private sealed class MapAttributor(ClassActivationMap method, GradientRun run, string layer, bool relu, string upsample) : IAttributor
    {
        public long PassesPerPoint => 1;

        public AttributionRows Attribute(ReadOnlySpan<double> points, int rows)
        {
            (double[] maps, FeatureMap form) = method.Maps(run, layer, points, rows, relu);
            if (upsample == "none")
                return new AttributionRows(layer, [1, .. form.Places], false, maps);
            GridShape grid = ((GridSample)run.Request.Sample).Grid;
            if (form.Places.Length != 2)
                throw new ExplainerException($"The map of {layer} has {form.Places.Length} dimension(s); only maps of two are enlarged. Leave upsample out.");
            MapLayer.SayEnlarged(run, form, grid, upsample);
            return new AttributionRows(layer, [1, grid.Height, grid.Width], false, MapLayer.Enlarge(maps, form, grid, rows, upsample));
        }
    }
}

/// <summary>The layer of class activation maps: which, how it is a map, and enlarged.</summary>
internal static class MapLayer
{
    /// <summary>The layer that the user named, or the last feature map; remembered as option and quality.</summary>
    /// <exception cref="ExplainerException">None is named, and there is none by itself.</exception>
    public static string Of(GradientRun run, OptionReader options)
    {
        string layer = Layers.Chosen(run, options) ?? Find(run);
        options.Remember("layer", layer);
        run.Quality["layer"] = layer;
        return layer;
    }

    /// <exception cref="ExplainerException">The layer is no map.</exception>
    public static FeatureMap Form(GradientRun run, string layer, ImmutableArray<int> rowShape)
    {
        bool convolution = run.Predictor.Session.Layers(run.Cancellation).FirstOrDefault(tensor => tensor.Name == layer)?.Operator.Contains("Conv", StringComparison.Ordinal) ?? false;
        GridShape? grid = (run.Request.Sample as GridSample)?.Grid;
        FeatureMap? form = FeatureMap.Of(rowShape, convolution, (grid?.Height ?? 1, grid?.Width ?? 1));
        if (form is not { Count: > 1 })
        {
            throw new ExplainerException(
                $"The layer {layer} is no map: a row of it has the shape [{string.Join(", ", rowShape)}]. Name a layer of channels over height and width, or of tokens.");
        }
        if (form.OtherTokens > 0)
            run.Quality["tokensLeftOut"] = (long)form.OtherTokens;
        return form;
    }

    /// <summary>Maps in the picture's size, one after another.</summary>
    public static double[] Enlarge(double[] maps, FeatureMap form, GridShape grid, int rows, string how)
    {
        double[] large = new double[rows * grid.Height * grid.Width];
        for (int row = 0; row < rows; row++)
        {
            double[] map = maps[(row * form.Count)..((row + 1) * form.Count)];
            (how == "nearest"
                ? MapEnlargement.Nearest(map, form.Places[0], form.Places[1], grid.Height, grid.Width)
                : MapEnlargement.Bilinear(map, form.Places[0], form.Places[1], grid.Height, grid.Width)).CopyTo(large, row * grid.Height * grid.Width);
        }
        return large;
    }

    /// <summary>Says that a map was enlarged.</summary>
    public static void SayEnlarged(GradientRun run, FeatureMap form, GridShape grid, string how)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"The map is enlarged from {form.Places[0]} × {form.Places[1]} to {grid.Height} × {grid.Width} ({how}). Its outlines are no finer than the layer. Read regions, not pixels.");
        if (!run.Warnings.Contains(text))
            run.Warnings.Add(text);
    }

    private static string Find(GradientRun run)
    {
        var finder = new FeatureMapFinder(run.Predictor.Session, run.Question.Output, run.Cancellation);
        return finder.Find(PatchesMatter) ?? throw new ExplainerException(
            $"{run.Predictor.Session.File.DisplayName} has no feature map that is found by itself. Name one with layer=, or use integrated-gradients or occlusion.");

        ImmutableArray<bool> PatchesMatter(ImmutableArray<string> layers) => [.. run.Question.OfLayers(layers).Select(gradient =>
        {
            FeatureMap form = Form(run, gradient.Name, gradient.RowShape);
            return gradient.Data.AsSpan(form.OtherTokens * form.Channels).ContainsAnyExcept(0f);
        })];
    }
}
