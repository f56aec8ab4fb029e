using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>The colours of a map's shares of its limit, looked up.</summary>
internal sealed class MapPalette
{
    private const int Steps = 255;

    private readonly SKColor[] solid = new SKColor[(2 * Steps) + 1];
    private readonly SKColor[] over = new SKColor[(2 * Steps) + 1];
    private readonly SKColor ground;

    /// <param name="theme">The theme.</param>
    /// <param name="signed">Whether shares run from −1 to 1; else from 0.</param>
    /// <param name="paper">A colour map in place of the theme's; null for the theme's.</param>
    public MapPalette(Theme theme, bool signed, PaperColourMap? paper)
    {
        ground = Colour.Parse(theme.Ground);
        for (var i = 0; i < solid.Length; i++)
        {
            var share = (i - Steps) / (double)Steps;
            solid[i] = Colour.Parse(paper is not null ? paper.At(signed ? (share + 1) / 2 : share)
                : signed ? ColourMap.Diverging(theme.Kind, share) : ColourMap.Sequential(theme.Kind, share));
            over[i] = signed && paper is null ? Colour.Parse(share < 0 ? theme.Away : theme.Towards) : solid[i];
        }
    }

    /// <summary>The colour of a share on the map.</summary>
    public SKColor Solid(double share) => double.IsNaN(share) ? ground : solid[At(share)];

    /// <summary>The colour of a share on the picture, before its alpha.</summary>
    public SKColor Over(double share) => double.IsNaN(share) ? SKColor.Empty : over[At(share)];

    private static int At(double share) => (int)Math.Round(Math.Clamp(share, -1, 1) * Steps) + Steps;
}
