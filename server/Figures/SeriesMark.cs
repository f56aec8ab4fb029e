namespace ExplainLsp.Figures;

/// <summary>Marks of named series: disc, square, triangle, diamond, each with its colour.</summary>
internal static class SeriesMark
{
    /// <summary>As many as can be told apart.</summary>
    public const int Count = 4;

    /// <summary>Draws one.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="series">Its number, 0 to 3.</param>
    /// <param name="x">Its middle.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="radius">The disc's radius; the others have about its area.</param>
    public static void Draw(FigureCanvas canvas, int series, double x, double y, double radius)
    {
        var theme = canvas.Theme;
        var (square, tall) = (radius * 0.9, radius * 1.3);
        switch (series)
        {
            case 0:
                canvas.Dot(x, y, radius, 0.6, theme.Series1);
                break;
            case 1:
                canvas.Rectangle(x - square, y - square, x + square, y + square, theme.Series2);
                break;
            case 2:
                canvas.Polygon([FigureCanvas.At(x, y - tall), FigureCanvas.At(x + tall, y + square), FigureCanvas.At(x - tall, y + square)], theme.Series3);
                break;
            default:
                canvas.Polygon([FigureCanvas.At(x, y - tall), FigureCanvas.At(x + tall, y), FigureCanvas.At(x, y + tall), FigureCanvas.At(x - tall, y)], theme.Series4);
                break;
        }
    }
}
