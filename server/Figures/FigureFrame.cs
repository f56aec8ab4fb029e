using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>What stands around a figure's body: the title line above, the receipt below, and the space that they take.</summary>
/// <param name="Title">The title line.</param>
/// <param name="Parts">The receipt's parts, and whether they must never be dropped.</param>
/// <param name="Style">How the figure is drawn.</param>
internal sealed record FigureFrame(string Title, ImmutableArray<(string Text, bool Required)> Parts, FigureStyle Style)
{
    private const double TitleLine = 28;
    private const double ReceiptLine = 24;

    /// <summary>The frame of an explanation.</summary>
    public FigureFrame(Explanation explanation, FigureStyle style)
        : this(Words.Title(explanation, style.Receipt), [.. Words.ReceiptParts(explanation, style.Receipt)], style)
    {
    }

    /// <summary>Where the body begins.</summary>
    public double Top => Style.Chrome == Chrome.Full ? TitleLine : 0;

    /// <summary>The figure's height around a body.</summary>
    public double Around(double body) => body + (Style.Chrome == Chrome.Full ? TitleLine + ReceiptLine : 0);

    /// <summary>The width to draw: the asked one within reason, else the figure's own.</summary>
    public static double WidthOf(FigureStyle style, double own) =>
        style.Width is { } width && double.IsFinite(width) ? Math.Clamp(Math.Round(width), 320, 1200) : own;

    /// <summary>Draws title and receipt where the chrome wants them.</summary>
    public void Draw(FigureCanvas canvas)
    {
        if (Style.Chrome != Chrome.Full) return;
        var title = FigureCanvas.Fit(Title, TextRole.Title, canvas.Width);
        canvas.Text(title, 0, 14, TextRole.Title, canvas.Theme.Strong);

        var receipt = Receipt(canvas.Width);
        canvas.Text(receipt, 0, canvas.Height - 6, TextRole.Small, canvas.Theme.Ink2);
    }

    /// <summary>The receipt in one line: parts drop from the right when it is narrow, never the method or the gap.</summary>
    private string Receipt(double width)
    {
        var parts = Parts.ToList();
        while (Typography.Measure(Joined(), TextRole.Small) > width && parts.FindLastIndex(part => !part.Required) is >= 0 and var last)
        {
            parts.RemoveAt(last);
        }

        return FigureCanvas.Fit(Joined(), TextRole.Small, width);

        string Joined() => string.Join(" · ", parts.Select(part => part.Text));
    }

    /// <summary>Finishes a figure.</summary>
    public static Figure Finish(FigureCanvas canvas, string alt, ImmutableArray<FigureRegion> regions)
    {
        var (bytes, mediaType) = canvas.Encode(alt);
        return new Figure(bytes, canvas.Width, canvas.Height, alt, regions) { MediaType = mediaType };
    }
}
