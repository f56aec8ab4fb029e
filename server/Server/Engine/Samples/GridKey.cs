using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>What of an image or a tensor its results depend on: the model's input, the picture behind it, and how one became the other.</summary>
internal static class GridKey
{
    /// <summary>The key of a sample.</summary>
    public static ContentKey Of(GridSample sample)
    {
        using var key = new ContentKey.Builder();
        key.Add(sample.Sha256).Add(sample.Tensor.Name).Add((long)sample.Grid.Layout).Add(sample.Grid.Height).Add(sample.Grid.Width);
        if (sample is ImageSample image)
        {
            // Superpixels look at the picture, baselines of grey levels at the numbers that scale it.
            var preprocessing = image.Preprocessing;
            key.Add(image.Picture.FileSha256).Add((long)preprocessing.Resize).Add((long)preprocessing.Filter).Add((long)preprocessing.Order)
                .Add(preprocessing.CropHeight ?? -1).Add(preprocessing.CropWidth ?? -1).Add(preprocessing.LongestEdge ?? -1)
                .Add(preprocessing.Ground.ToString()).Add(preprocessing.Padding.ToString());
            foreach (var number in (double[])[preprocessing.Scale, preprocessing.Offset, .. preprocessing.Mean, .. preprocessing.Deviation])
            {
                key.Add(number.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return key.Build();
    }
}
