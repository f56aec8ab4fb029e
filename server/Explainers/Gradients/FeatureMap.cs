using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>How a layer's row is a map: channels over places, first or last, perhaps behind tokens of another kind.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Places">The map's own shape: <c>[7, 7]</c>.</param>
/// <param name="OtherTokens">Tokens before the patches (the class token), left out.</param>
/// <param name="ChannelsLast">Whether a place's channels stand together, as in tokens.</param>
internal sealed record FeatureMap(int Channels, ImmutableArray<int> Places, int OtherTokens, bool ChannelsLast)
{
    /// <summary>The most tokens before the patches: a class token, one of distillation, registers.</summary>
    public const int MostOtherTokens = 8;

    /// <summary>Places in the map.</summary>
    public int Count => Places.Aggregate(1, (product, size) => product * size);

    /// <summary>Where a channel's value at a place stands in the row.</summary>
    public int IndexOf(int channel, int place) => ChannelsLast ? ((OtherTokens + place) * Channels) + channel : (channel * Count) + place;

    /// <summary>Reads a layer's row shape: <c>[channels, height, width]</c> (or one or three dimensions of places), or tokens <c>[tokens, channels]</c>.</summary>
    /// <param name="row">The shape of a row.</param>
    /// <param name="convolution">Whether a convolution wrote it: then two dimensions are channels and places, not tokens and channels.</param>
    /// <param name="grid">Height and width of the input, for tokens that are no square.</param>
    /// <returns>Null when it is no map.</returns>
    public static FeatureMap? Of(ImmutableArray<int> row, bool convolution, (int Height, int Width) grid) => row switch
    {
        [var channels, > 0, ..] when row.Length >= 3 || convolution => new FeatureMap(channels, row[1..], 0, false),
        [var tokens, var channels] => OfTokens(tokens, channels, grid),
        _ => null,
    };

    /// <summary>The side of the square that patches make, and the tokens before it; a square without other tokens, or with one or two.</summary>
    public static (int Side, int Others)? Square(int tokens)
    {
        for (int others = 0; others <= 2; others++)
        {
            int side = (int)Math.Round(Math.Sqrt(Math.Max(0, tokens - others)));
            if (side > 1 && side * side == tokens - others)
                return (side, others);
        }
        return null;
    }

    private static FeatureMap? OfTokens(int tokens, int channels, (int Height, int Width) grid)
    {
        if (grid.Height == grid.Width && Square(tokens) is var (side, before))
            return new FeatureMap(channels, [side, side], before, true);
        // Patches are squares of pixels: the map has the picture's proportions.
        for (int others = 0; others <= MostOtherTokens; others++)
        {
            for (int down = 1; down <= tokens - others; down++)
            {
                int across = (tokens - others) / down;
                if (down * across == tokens - others && down * across > 1 && grid.Height % down == 0 && grid.Width % across == 0 && grid.Height / down == grid.Width / across)
                    return new FeatureMap(channels, [down, across], others, true);
            }
        }
        return Square(tokens) is var (s, o) ? new FeatureMap(channels, [s, s], o, true) : null;
    }
}
