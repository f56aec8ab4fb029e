namespace ExplainLsp.Figures;

/// <summary>The legend of a map on an image.</summary>
internal static class HeatMapLegend
{
    /// <summary>Draws it.</summary>
    public static void Draw(FigureCanvas canvas, MapPlane plane, MapPalette palette, ImageContext image, FigureContext context, double left, double top, double width)
    {
        var numbers = MapNumbers.Of(plane, context);
        var name = Drawable(Words.OneLine(plane.Explanation.Target.Name), plane);
        new MapLegend(
            Drawable(MapNumbers.Unit(plane, image, context), plane),
            plane.TwoSided ? $"against {name}" : "least",
            plane.TwoSided ? $"for {name}" : "most",
            plane.TwoSided,
            plane.Low,
            plane.Limit,
            numbers.Text,
            palette.Solid,
            new MapLimit(plane.Limit, plane.EndsAtLargest, plane.Largest).Note(numbers.Text)).Draw(canvas, left, top, width);
    }

    private static string Drawable(string text, MapPlane plane) => Typography.CanDraw(text) ? text
        : text.Replace(Words.OneLine(plane.Explanation.Target.Name), $"class {NumberText.Whole(plane.Explanation.Target.Index)}", StringComparison.Ordinal);
}
