using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>The picture that an explanation is of, as plain bytes.</summary>
/// <param name="Rgb">The picture as the model sees it, before scaling to its input: height × width × 3, row-major.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public sealed record ImageContext(ReadOnlyMemory<byte> Rgb, int Width, int Height)
{
    /// <summary>The file's name, for words.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the model's input keeps a pixel's channels together (height, width, channels).</summary>
    public bool ChannelsLast { get; init; }
}

/// <summary>Which evidence a map shows.</summary>
public enum Evidence
{
    /// <summary>For and against.</summary>
    Both,

    /// <summary>Only what speaks for the class.</summary>
    For,

    /// <summary>Only what speaks against it.</summary>
    Against,
}

/// <summary>How a map on a picture is wanted.</summary>
public sealed record HeatMapOptions
{
    /// <summary>The defaults: the strongest fifth, at 95 %.</summary>
    public static HeatMapOptions Default { get; } = new();

    /// <summary>How opaque the strongest parts lie on the picture, 0 to 1.</summary>
    public double Opacity { get; init; } = 0.95;

    /// <summary>The share of the map that is shown on the picture, its strongest, above 0 to 1.</summary>
    public double Top { get; init; } = 0.2;

    /// <summary>Which signs are shown.</summary>
    public Evidence Evidence { get; init; } = Evidence.Both;

    /// <summary>A colour map of papers in place of the theme's; null for the theme's.</summary>
    public PaperColourMap? Colours { get; init; }

    /// <summary>A second explanation of the same picture, shown beside the first: another class, a difference, another method.</summary>
    public Explanation? Second { get; init; }

    /// <summary>What the second is, "For Coat, not Pullover"; empty for its target.</summary>
    public string SecondTitle { get; init; } = "";
}
