using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Score-CAM (Wang et al. 2020): each channel of the layer's activation, enlarged to the picture and scaled from 0 to 1, masks the sample;
/// channels are weighed by the softmax of how much the value rises over the baseline's, and the weighed sum, cut at zero, is the map. No
/// gradient decides it.
/// </summary>
public sealed class ScoreCam : GradientExplainer
{
    /// <inheritdoc/>
    public override string Id => "score-cam";

    /// <inheritdoc/>
    public override string Title => "Score-CAM";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        Layers.MapOption,
        new("upsample", "none", "none: the layer's own resolution; bilinear or nearest: enlarged to the input's size."),
        GridMasking.BaselineOption(),
    ];

    /// <inheritdoc/>
    public override SampleKinds Kinds => SampleKinds.Grids;

    /// <inheritdoc/>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    private protected override Explanation Compute(GradientRun run)
    {
        string upsample = run.Options.Word("upsample", "none", "none", "bilinear", "nearest");
        var sample = (GridSample)run.Request.Sample;
        GridBaseline baseline = GridMasking.Baseline(run.Options, sample, "zero", null, run.Cancellation);
        run.Background = baseline.Description;
        string layer = MapLayer.Of(run, run.Options);
        LayerGradients inner = run.Question.OfLayer(layer, run.Point.Values, 1);
        FeatureMap form = MapLayer.Form(run, layer, inner.RowShape);
        GridShape grid = sample.Grid;
        if (form.Places.Length != 2)
            throw new ExplainerException($"The map of {layer} has {form.Places.Length} dimension(s); score-cam needs two, height and width. Name another layer.");

        double[][] channels = [.. Enumerable.Range(0, form.Channels).Select(channel =>
            Enumerable.Range(0, form.Count).Select(place => inner.Activations[form.IndexOf(channel, place)]).ToArray())];
        // A channel that is the same everywhere masks nothing out.
        int[] varying = [.. Enumerable.Range(0, form.Channels).Where(channel => channels[channel].Max() > channels[channel].Min())];
        double[] rises = Rises(run, sample, baseline, form, [.. varying.Select(channel => channels[channel])]);

        double[] map = new double[form.Count];
        double largest = rises.DefaultIfEmpty(0).Max();
        double whole = rises.Sum(rise => Math.Exp(rise - largest));
        for (int i = 0; i < varying.Length; i++)
        {
            double weight = Math.Exp(rises[i] - largest) / whole;
            for (int place = 0; place < map.Length; place++)
                map[place] += weight * channels[varying[i]][place];
        }
        map = Array.ConvertAll(map, value => Math.Max(0, value));
        if (upsample == "none")
            return run.Tell(new AttributionRows(layer, [1, .. form.Places], false, map));
        MapLayer.SayEnlarged(run, form, grid, upsample);
        return run.Tell(new AttributionRows(layer, [1, grid.Height, grid.Width], false, MapLayer.Enlarge(map, form, grid, 1, upsample)));
    }

    /// <summary>How much the value rises over the baseline's when the sample shows through each channel.</summary>
    private static double[] Rises(GradientRun run, GridSample sample, GridBaseline baseline, FeatureMap form, double[][] channels)
    {
        GridShape grid = sample.Grid;
        var blend = new MaskBlend(sample, baseline);
        var runner = new GridRunner(run.Predictor, sample, channels.Length + 1);
        float[] mask = new float[grid.Height * grid.Width];
        // The baseline itself, then every channel.
        double[] values = new double[channels.Length + 1];
        for (int done = 0; done < values.Length;)
        {
            int count = Math.Min(runner.Capacity, values.Length - done);
            runner.Predict(done, values.AsSpan(done, count), Fill, run.Cancellation);
            done += count;
            run.Report(done, values.Length);
        }
        return [.. values.Skip(1).Select(value => value - values[0])];

        void Fill(InputBatch batch, int at, int number)
        {
            Array.Clear(mask);
            if (number > 0)
            {
                double[] large = MapEnlargement.Bilinear(channels[number - 1], form.Places[0], form.Places[1], grid.Height, grid.Width);
                (double low, double high) = (large.Min(), large.Max());
                for (int i = 0; i < mask.Length; i++)
                    mask[i] = high > low ? (float)((large[i] - low) / (high - low)) : 0;
            }
            blend.Write(mask, batch, at);
        }
    }
}
