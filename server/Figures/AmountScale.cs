namespace ExplainLsp.Figures;

/// <summary>
/// Purple for amounts on dots and lines: the part of the sequential map that stands out from the ground by 3:1, in nine steps, so that a
/// dot's colour can be found again in the legend.
/// </summary>
internal sealed class AmountScale
{
    private const int Steps = 9;
    private readonly string[] colours;

    public AmountScale(Theme theme)
    {
        var from = theme.Dark ? 0.38 : 0.45;
        colours = [.. Enumerable.Range(0, Steps).Select(step => ColourMap.Sequential(theme.Kind, from + ((1 - from) * step / (Steps - 1))))];
    }

    /// <summary>The colour of an amount, 0 to 1.</summary>
    public string At(double share) => colours[Math.Clamp((int)(share * Steps), 0, Steps - 1)];

    /// <summary>Draws a title and the colours from low to high after it; returns where they end.</summary>
    public double DrawLegend(FigureCanvas canvas, string title, double left, double baseline, double room)
    {
        const double bar = 90, gap = 8;
        // Whole pixels, so that no seam shows between two steps.
        var width = Steps * Math.Max(1, Math.Floor(Math.Min(bar, room / 3) / Steps));
        var x = left + gap + canvas.Text(FigureCanvas.Fit(title, TextRole.Small, room - width - gap), left, baseline, TextRole.Small, canvas.Theme.Ink2);
        x = Math.Ceiling(x);
        for (var step = 0; step < Steps; step++)
        {
            canvas.Rectangle(x + (width * step / Steps), baseline - 7, x + (width * (step + 1) / Steps), baseline - 1, colours[step]);
        }

        return x + width;
    }
}
