using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>What stands in for what is taken away from a grid: one row of model input.</summary>
/// <param name="Row">Values in model input space, in the row's own order.</param>
/// <param name="Description">What it is, in words: "zero", "each region's own mean".</param>
public sealed record GridBaseline(float[] Row, string Description)
{
    private const double BlurShare = 0.1;

    /// <summary>
    /// Reads a baseline: <c>zero</c>, <c>mean</c> (each channel's mean over the sample), <c>segment-mean</c> (each region's own mean a channel,
    /// as the lime package), <c>blur</c> (gaussian), <c>black</c>, <c>white</c> (through the preprocessing), a number in model input space, or a
    /// file: an image, made model input as the sample was, or an <c>.npy</c>.
    /// </summary>
    /// <param name="words">As the user wrote it.</param>
    /// <param name="sample">What is explained.</param>
    /// <param name="segmentation">The regions, for <c>segment-mean</c>.</param>
    /// <param name="sigma">The blur's standard deviation in pixels; null for a tenth of the longer side.</param>
    /// <param name="folder">Where relative file names start; null for the working folder.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    /// <exception cref="SampleException">None of these, or a file that does not fit.</exception>
    public static GridBaseline Parse(
        string words, GridSample sample, Segmentation? segmentation = null, double? sigma = null, string? folder = null, CancellationToken cancellation = default)
    {
        switch (words.Trim().ToLowerInvariant())
        {
            case "zero":
                return new GridBaseline(new float[sample.Grid.Elements], "zero");
            case "mean":
                return new GridBaseline(Means(sample, Channels(sample.Grid)), sample.Grid.Channels == 1 ? "the sample's mean" : "the sample's mean a channel");
            case "segment-mean" when segmentation is not null:
                return new GridBaseline(Means(sample, ByChannel(segmentation, sample.Grid)), "each region's own mean");
            case "segment-mean":
                throw new SampleException("The baseline segment-mean needs regions, which this method has not. Use mean, blur or zero.");
            case "blur":
                var deviation = sigma ?? Math.Max(1, BlurShare * Math.Max(sample.Grid.Height, sample.Grid.Width));
                return new GridBaseline(GaussianBlur.Of(sample, deviation, cancellation), $"a blurred copy (sigma {deviation.ToString("0.##", CultureInfo.InvariantCulture)} pixels)");
            case "black":
                return Level(sample, 0, "black");
            case "white":
                return Level(sample, 255, "white");
        }
        if (Cells.TryNumber(words, out var number) && double.IsFinite(number))
        {
            var row = new float[sample.Grid.Elements];
            Array.Fill(row, (float)number);
            return new GridBaseline(row, words.Trim());
        }
        return Read(words, sample, folder, cancellation);
    }

    private static GridBaseline Level(GridSample sample, double level, string name)
    {
        if (sample is not ImageSample image)
            throw new SampleException($"The baseline {name} needs an image, and {sample.Name} is a tensor. Write a number in model input space, or zero.");
        var row = new float[sample.Grid.Elements];
        for (var c = 0; c < sample.Grid.Channels; c++)
        {
            for (var y = 0; y < sample.Grid.Height; y++)
            {
                for (var x = 0; x < sample.Grid.Width; x++)
                    row[sample.Grid.IndexOf(c, y, x)] = (float)image.Preprocessing.Scaled(level, c);
            }
        }
        return new GridBaseline(row, name);
    }

    private static GridBaseline Read(string file, GridSample sample, string? folder, CancellationToken cancellation)
    {
        var path = folder is null ? file : Path.Combine(folder, file);
        if (!File.Exists(path) && !Path.HasExtension(path))
            throw new SampleException($"The baseline {Cells.Quote(file)} is not known. Write zero, mean, segment-mean, blur, black, white, a number, or a file.");
        var input = new InputSpec(sample.Tensor.Name, sample.Tensor.Data.GetType().GetElementType()!, sample.Tensor.RowShape);
        GridSample read = NumpyFile.IsNumpy(path) ? TensorSample.Read(path, input, cancellation)
            : sample is ImageSample image ? ImageSample.Create(Picture.Read(path, cancellation), image.Preprocessing, input, cancellation)
            : throw new SampleException($"The baseline {Path.GetFileName(path)} is an image and {sample.Name} is a tensor. Name an .npy file of its shape.");
        return new GridBaseline(Floats(read), Path.GetFileName(path));
    }

    private static float[] Means(GridSample sample, int[] groups)
    {
        var values = sample.Tensor.Data;
        var (sums, counts) = (new double[groups.Max() + 1], new int[groups.Max() + 1]);
        for (var i = 0; i < groups.Length; i++)
        {
            sums[groups[i]] += values is float[] floats ? floats[i] : ((double[])values)[i];
            counts[groups[i]]++;
        }
        return Array.ConvertAll(groups, group => (float)(sums[group] / counts[group]));
    }

    private static int[] Channels(GridShape grid)
    {
        var channels = new int[grid.Elements];
        for (var c = 0; c < grid.Channels; c++)
        {
            for (var y = 0; y < grid.Height; y++)
            {
                for (var x = 0; x < grid.Width; x++)
                    channels[grid.IndexOf(c, y, x)] = c;
            }
        }
        return channels;
    }

    private static int[] ByChannel(Segmentation segmentation, GridShape grid) =>
        [.. Channels(grid).Select((channel, i) => (segmentation.Labels[i] * grid.Channels) + channel)];

    private static float[] Floats(GridSample sample) =>
        sample.Tensor.Data as float[] ?? Array.ConvertAll((double[])sample.Tensor.Data, value => (float)value);
}
