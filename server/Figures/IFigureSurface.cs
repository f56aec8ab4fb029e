using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>What a figure is drawn on, pixels or a vector file: the few marks that all figures are made of, in CSS pixels.</summary>
internal interface IFigureSurface : IDisposable
{
    /// <summary>A shaped text with its baseline starting at a point.</summary>
    void Text(ShapedText shaped, string text, TextRole role, double x, double baseline, SKColor colour);

    /// <summary>A filled rectangle.</summary>
    void Rectangle(SKRect box, SKColor colour);

    /// <summary>A filled polygon.</summary>
    void Polygon(ReadOnlySpan<SKPoint> points, SKColor colour);

    /// <summary>A line through points; a point that is not a number interrupts it.</summary>
    void Polyline(ReadOnlySpan<SKPoint> points, SKColor colour, double width, float[]? dash);

    /// <summary>A disc with a ring of the ground around it.</summary>
    void Disc(SKPoint centre, double radius, double ring, SKColor colour);

    /// <summary>A circle's line.</summary>
    void Circle(SKPoint centre, double radius, double width, SKColor colour);

    /// <summary>Takes away what lies in a box.</summary>
    void Clear(SKRect box);

    /// <summary>Draws only inside a polygon.</summary>
    void Clipped(ReadOnlySpan<SKPoint> polygon, Action draw);

    /// <summary>Pixels of a picture or a map, straight RGBA, interpolated or each a rectangle.</summary>
    void Pixels(ReadOnlySpan<byte> rgba, int width, SKRect target, bool smooth, double opacity);
}
