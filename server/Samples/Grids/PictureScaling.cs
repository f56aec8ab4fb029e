using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>The part of a preprocessing that works on numbers: scale, mean, deviation, channel order, layout.</summary>
internal static class PictureScaling
{
    public static InputTensor ToTensor(Picture shown, ImagePreprocessing preprocessing, GridShape grid, InputSpec input)
    {
        var values = new double[grid.Elements];
        for (var c = 0; c < grid.Channels; c++)
            Fill(shown, preprocessing, grid, c, values);
        Array data = input.ElementType == typeof(double) ? values : Array.ConvertAll(values, value => (float)value);
        return new InputTensor(input.Name, data, RowShape(grid, input));
    }

    private static void Fill(Picture shown, ImagePreprocessing preprocessing, GridShape grid, int channel, double[] values)
    {
        var from = shown.Channels == 1 ? 0 : preprocessing.Order == ChannelOrder.Bgr ? 2 - channel : channel;
        var scaled = shown.Depth == 8 ? new double[256] : [];
        for (var level = 0; level < scaled.Length; level++)
            scaled[level] = preprocessing.Scaled(level, channel);
        for (var y = 0; y < grid.Height; y++)
        {
            for (var x = 0; x < grid.Width; x++)
            {
                var at = (((y * grid.Width) + x) * shown.Channels) + from;
                values[grid.IndexOf(channel, y, x)] = shown.Depth == 8 ? scaled[shown.Bytes[at]] : preprocessing.Scaled(shown.Words[at] / 257d, channel);
            }
        }
    }

    /// <summary>The input's own dimensions where it states them, else the grid's.</summary>
    private static ImmutableArray<int> RowShape(GridShape grid, InputSpec input)
    {
        if (input.RowShape.Count > 0 && input.RowShape.All(dimension => dimension > 0))
            return [.. input.RowShape];
        ImmutableArray<int> own = grid.Layout switch
        {
            GridLayout.ChannelsFirst => [grid.Channels, grid.Height, grid.Width],
            GridLayout.ChannelsLast => [grid.Height, grid.Width, grid.Channels],
            _ => [grid.Height, grid.Width],
        };
        return own.Length > input.RowShape.Count && input.RowShape.Count == 1 ? [grid.Elements]
            : [.. Enumerable.Repeat(1, Math.Max(0, input.RowShape.Count - own.Length)), .. own];
    }
}
