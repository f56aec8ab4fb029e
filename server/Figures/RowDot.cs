using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>The dot of one row.</summary>
internal static class RowDot
{
    /// <summary>Draws it with a thin ring of the ground; hollow where the value is missing.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="x">Its middle.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="colour">Hex; null for a missing value.</param>
    public static void Draw(FigureCanvas canvas, double x, double y, double radius, string? colour)
    {
        if (colour is not null) canvas.Dot(x, y, radius, 0.6, colour);
        else canvas.Circle(x, y, radius - 0.5, 1, canvas.Theme.Ink2);
    }

    /// <summary>Marks it as selected.</summary>
    public static void Select(FigureCanvas canvas, double x, double y, double radius) => canvas.Circle(x, y, radius + 1.6, 2, canvas.Theme.Focus);
}

/// <summary>A row's dot as drawn, in CSS pixels.</summary>
internal readonly record struct DrawnDot(int Row, string Feature, double X, double Y);

/// <summary>A figure of rows before it is encoded, for tests of its geometry.</summary>
internal sealed record RowsDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions, ImmutableArray<DrawnDot> Dots) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}
