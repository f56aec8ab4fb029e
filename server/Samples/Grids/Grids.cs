namespace ExplainLsp.Samples;

/// <summary>Which shape is a picture.</summary>
public static class Grids
{
    /// <summary>
    /// The grid of a tensor's row: channels first where three dimensions remain (channels last where only the last can be channels), two are
    /// height and width, one is a line. More than three: all but the last two are channels.
    /// </summary>
    public static GridShape Of(IReadOnlyList<int> shape) => shape switch
    {
        [] => new GridShape(1, 1, 1, GridLayout.Plain),
        [var length] => new GridShape(1, 1, length, GridLayout.Plain),
        [var height, var width] => new GridShape(1, height, width, GridLayout.Plain),
        [var a, var b, var c] when a > 4 && c is 1 or 3 or 4 => new GridShape(c, a, b, GridLayout.ChannelsLast),
        _ => new GridShape(shape.Take(shape.Count - 2).Aggregate(1, (product, dimension) => product * dimension), shape[^2], shape[^1], GridLayout.ChannelsFirst),
    };
}
