using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>Divides a picture into regions: by colour (quickshift, SLIC), by squares, by tiles, or as a file says. All channels of a pixel share its region.</summary>
public static class Superpixels
{
    /// <summary>About <paramref name="cells"/> rectangles of nearly equal size, row by row from the top left.</summary>
    /// <param name="grid">The row's shape.</param>
    /// <param name="cells">How many, 1 or more; no more than there are pixels.</param>
    public static Segmentation Grid(GridShape grid, int cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cells);
        var down = (int)Math.Clamp(Math.Round(Math.Sqrt((double)cells * grid.Height / grid.Width)), 1, grid.Height);
        var across = (int)Math.Clamp(Math.Round((double)cells / down), 1, grid.Width);
        return Of(grid, (y, x) => (y * down / grid.Height * across) + (x * across / grid.Width), down * across, count => $"{Count(count, "region")} ({down} × {across} grid)");
    }

    /// <summary>Tiles of a size, row by row from the top left; those at the right and the bottom may be smaller.</summary>
    /// <param name="grid">The row's shape.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="width">Pixels across, 1 or more.</param>
    public static Segmentation Windows(GridShape grid, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var across = (grid.Width + width - 1) / width;
        return Of(grid, (y, x) => (y / height * across) + (x / width), (grid.Height + height - 1) / height * across, count => $"{Count(count, "tile")} of {height} × {width} pixels");
    }

    /// <summary>One region a pixel.</summary>
    public static Segmentation Pixels(GridShape grid) =>
        Of(grid, (y, x) => (y * grid.Width) + x, grid.Height * grid.Width, count => Count(count, "pixel"));

    /// <summary>Quick shift with the defaults of the lime package; deterministic.</summary>
    /// <param name="sample">The picture as the model was shown it, or a tensor as grey or colour.</param>
    /// <param name="kernelSize">Width of the density's gaussian in pixels: larger gives fewer regions.</param>
    /// <param name="maxDistance">The longest link: larger gives fewer regions.</param>
    /// <param name="ratio">Weight of colour against place, above 0 to 1.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    public static Segmentation Quickshift(
        GridSample sample, double kernelSize = 4, double maxDistance = 200, double ratio = 0.2, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        var roots = Samples.Quickshift.Roots(LabPlanes.Of(sample), kernelSize, maxDistance, ratio, cancellation);
        return Renumbered(sample.Grid, roots, "quickshift");
    }

    /// <summary>SLIC.</summary>
    /// <param name="sample">The picture as the model was shown it, or a tensor as grey or colour.</param>
    /// <param name="segments">About how many regions, 1 or more.</param>
    /// <param name="compactness">Weight of place against colour: larger gives squarer regions.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    public static Segmentation Slic(GridSample sample, int segments = 100, double compactness = 10, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segments);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(compactness);
        return Renumbered(sample.Grid, Samples.Slic.Labels(LabPlanes.Of(sample, stretched: true), segments, compactness, cancellation), "SLIC");
    }

    /// <summary>
    /// Labels from an <c>.npy</c>: one a pixel (height × width) or one an element (the row's own shape), with or without leading dimensions of
    /// 1. Whole numbers; they are renumbered from 0 without gaps, in their order.
    /// </summary>
    /// <exception cref="SampleException">Unreadable, of another shape, or not whole numbers.</exception>
    public static Segmentation Read(string path, GridSample sample, CancellationToken cancellation = default)
    {
        var name = Path.GetFileName(path);
        return Of(NumpyFile.Read(path, null, cancellation), sample, name);
    }

    /// <summary>Labels from an array, as <see cref="Read"/>.</summary>
    /// <exception cref="SampleException">Another shape, or not whole numbers.</exception>
    public static Segmentation Of(NumpyArray labels, GridSample sample, string name)
    {
        var grid = sample.Grid;
        var shape = labels.Shape.SkipWhile(dimension => dimension == 1).ToArray();
        var own = sample.Tensor.RowShape.SkipWhile(dimension => dimension == 1).ToArray();
        int[] plane = [.. new[] { grid.Height, grid.Width }.SkipWhile(dimension => dimension == 1)];
        if (Array.FindIndex(labels.Values, value => value != Math.Floor(value) || Math.Abs(value) > int.MaxValue) is >= 0 and var at)
            throw new SampleException($"{name} holds {labels.Values[at].ToString(CultureInfo.InvariantCulture)}, and regions are numbered by whole numbers. Save it as int.");
        if (!shape.SequenceEqual(own) && !shape.SequenceEqual(plane))
        {
            throw new SampleException(
                $"{name} has shape {ShapeWords.Of(labels.Shape)}, the sample takes {grid.Height} × {grid.Width} or {ShapeWords.Of(sample.Tensor.RowShape)}. Save one label a pixel.");
        }
        var numbers = labels.Values.Distinct().Order().Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i);
        if (shape.SequenceEqual(own) && own.Length != plane.Length)
            return new Segmentation([.. labels.Values.Select(value => numbers[value])], numbers.Count, $"{Count(numbers.Count, "region")} of {name}");
        return Of(grid, (y, x) => numbers[labels.Values[(y * grid.Width) + x]], numbers.Count, count => $"{Count(count, "region")} of {name}");
    }

    /// <summary>Reads an option's value: <c>quickshift</c>, <c>slic</c>, <c>grid</c>, <c>pixels</c>, or an <c>.npy</c> of labels.</summary>
    /// <param name="words">As the user wrote it.</param>
    /// <param name="sample">What is explained.</param>
    /// <param name="count">About how many regions, for <c>slic</c> (100) and <c>grid</c> (49).</param>
    /// <param name="folder">Where relative file names start; null for the working folder.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    /// <exception cref="SampleException">None of these, or a file that does not fit.</exception>
    public static Segmentation Parse(string words, GridSample sample, int? count = null, string? folder = null, CancellationToken cancellation = default)
    {
        switch (words.Trim().ToLowerInvariant())
        {
            case "quickshift":
                return Quickshift(sample, cancellation: cancellation);
            case "slic":
                return Slic(sample, count ?? 100, cancellation: cancellation);
            case "grid":
                return Grid(sample.Grid, count ?? 49);
            case "pixels":
                return Pixels(sample.Grid);
        }
        if (!NumpyFile.IsNumpy(words))
            throw new SampleException($"The segments {Cells.Quote(words)} are not known. Write quickshift, slic, grid, pixels, or an .npy of labels.");
        return Read(folder is null ? words : Path.Combine(folder, words), sample, cancellation);
    }

    /// <summary>Numbers regions in reading order of their first pixel.</summary>
    private static Segmentation Renumbered(GridShape grid, int[] labels, string method)
    {
        var numbers = new Dictionary<int, int>();
        foreach (var label in labels)
            numbers.TryAdd(label, numbers.Count);
        return Of(grid, (y, x) => numbers[labels[(y * grid.Width) + x]], numbers.Count, count => $"{Count(count, "superpixel")} ({method})");
    }

    /// <summary>Repeats one label a pixel over the channels, in the row's own order.</summary>
    internal static Segmentation Of(GridShape grid, Func<int, int, int> label, int count, Func<int, string> description)
    {
        var labels = new int[grid.Elements];
        for (var y = 0; y < grid.Height; y++)
        {
            for (var x = 0; x < grid.Width; x++)
            {
                var own = label(y, x);
                for (var c = 0; c < grid.Channels; c++)
                    labels[grid.IndexOf(c, y, x)] = own;
            }
        }
        return new Segmentation([.. labels], count, description(count));
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
