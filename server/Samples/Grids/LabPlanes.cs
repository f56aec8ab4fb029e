namespace ExplainLsp.Samples;

/// <summary>
/// A grid's colours in CIE L*a*b* (D65, 2°), three planes of height × width: the space in which superpixels measure colour, as scikit-image's
/// <c>rgb2lab</c>.
/// </summary>
/// <param name="L">Lightness, 0 to 100.</param>
/// <param name="A">Green to red.</param>
/// <param name="B">Blue to yellow.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Width">Pixels across.</param>
internal sealed record LabPlanes(double[] L, double[] A, double[] B, int Height, int Width)
{
    /// <summary>
    /// The picture as the model was shown it; of a tensor its values between least and greatest as grey, or as red, green and blue where it
    /// has three channels (of any other number their mean).
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="stretched">Whether the picture's least and greatest level become black and white first.</param>
    public static LabPlanes Of(GridSample sample, bool stretched = false)
    {
        var (height, width) = (sample.Grid.Height, sample.Grid.Width);
        var planes = new LabPlanes(new double[height * width], new double[height * width], new double[height * width], height, width);
        var (least, span) = stretched && sample is ImageSample { ShownRgb: var rgb } && rgb.Max() > rgb.Min() ? (rgb.Min(), rgb.Max() - rgb.Min()) : (0, 255);
        var linear = Array.ConvertAll([.. Enumerable.Range(0, 256)], level => Linear((level - least) / (double)span));
        var scaled = sample is ImageSample ? [] : Colours(sample);
        for (var i = 0; i < planes.L.Length; i++)
        {
            var (red, green, blue) = sample is ImageSample image
                ? (linear[image.ShownRgb[i * 3]], linear[image.ShownRgb[(i * 3) + 1]], linear[image.ShownRgb[(i * 3) + 2]])
                : (Linear(scaled[i * 3]), Linear(scaled[(i * 3) + 1]), Linear(scaled[(i * 3) + 2]));
            (planes.L[i], planes.A[i], planes.B[i]) = Lab(red, green, blue);
        }
        return planes;
    }

    /// <summary>Red, green and blue from 0 to 1, height × width × 3.</summary>
    private static double[] Colours(GridSample sample)
    {
        var grid = sample.Grid;
        var values = sample.Tensor.Data as double[] ?? Array.ConvertAll((float[])sample.Tensor.Data, value => (double)value);
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (least, span) = (finite.Min(), finite.Max() - finite.Min());
        var colours = new double[grid.Height * grid.Width * 3];
        for (var i = 0; i < colours.Length; i++)
        {
            var (y, x) = (i / 3 / grid.Width, i / 3 % grid.Width);
            var value = grid.Channels == 3
                ? values[grid.IndexOf(i % 3, y, x)]
                : Enumerable.Range(0, grid.Channels).Average(c => values[grid.IndexOf(c, y, x)]);
            colours[i] = span > 0 && double.IsFinite(value) ? (value - least) / span : 0;
        }
        return colours;
    }

    private static (double L, double A, double B) Lab(double red, double green, double blue)
    {
        var x = Curve(((0.412453 * red) + (0.357580 * green) + (0.180423 * blue)) / 0.95047);
        var y = Curve((0.212671 * red) + (0.715160 * green) + (0.072169 * blue));
        var z = Curve(((0.019334 * red) + (0.119193 * green) + (0.950227 * blue)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Curve(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16d / 116);

    private static double Linear(double level) => level > 0.04045 ? Math.Pow((level + 0.055) / 1.055, 2.4) : level / 12.92;
}
