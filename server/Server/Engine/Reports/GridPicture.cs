using ExplainLsp.Figures;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>What an image or a tensor looks like, for figures.</summary>
public static class GridPicture
{
    /// <summary>The picture as the model sees it; a tensor in grey, from its smallest value to its largest, its channels averaged.</summary>
    public static ImageContext Of(GridSample sample) =>
        new(sample is ImageSample image ? image.ShownRgb.AsMemory() : Grey(sample), sample.Grid.Width, sample.Grid.Height)
        {
            Name = sample.Name,
            ChannelsLast = sample.Grid.Layout == GridLayout.ChannelsLast,
        };

    private static byte[] Grey(GridSample sample)
    {
        var grid = sample.Grid;
        var data = sample.Tensor.Data as float[] ?? Array.ConvertAll((double[])sample.Tensor.Data, value => (float)value);
        var levels = new double[grid.Height * grid.Width];
        for (var place = 0; place < levels.Length; place++)
        {
            for (var channel = 0; channel < grid.Channels; channel++)
            {
                levels[place] += data[grid.IndexOf(channel, place / grid.Width, place % grid.Width)] / grid.Channels;
            }
        }

        var finite = levels.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var rgb = new byte[levels.Length * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var level = levels[i / 3];
            rgb[i] = high > low && double.IsFinite(level) ? (byte)Math.Round(255 * (level - low) / (high - low)) : (byte)0;
        }

        return rgb;
    }
}
