using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// How one row's prediction moves as one value moves: the small figure of a cell's hover (420 × 156). Where the answer changes is said
/// in words by <see cref="AnswerChange"/>.
/// </summary>
public static class MiniIce
{
    /// <summary>Draws one row's curve.</summary>
    /// <param name="explanation">From ice, with a curve for the column and this row among its rows.</param>
    /// <param name="curve">Which column and row, the current value, and the column's data.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, CurveContext curve, FigureStyle style)
    {
        using var drawing = Render(explanation, curve, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static CurveDrawing Render(Explanation explanation, CurveContext curve, FigureStyle style) =>
        CurveDrawing.Of(explanation, curve, style, height: 156, others: false);
}

/// <summary>A curve's figure before it is encoded, for tests of its geometry.</summary>
internal sealed record CurveDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions) : IDisposable
{
    /// <summary>One column's curve with its frame.</summary>
    public static CurveDrawing Of(Explanation explanation, CurveContext context, FigureStyle style, double height, bool others)
    {
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(FigureFrame.WidthOf(style, 420), frame.Around(height), style);
        frame.Draw(canvas);
        var attribution = explanation.Attributions.FirstOrDefault(one => one.Curve is not null && (context.Feature is null || one.Feature == context.Feature));
        if (attribution is null)
        {
            canvas.Text("no curve for this column", 0, frame.Top + 24, TextRole.Small, canvas.Theme.Ink2);
            return new CurveDrawing(canvas, "No curve for this column.", []);
        }

        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var plot = new CurvePlot(canvas, explanation, attribution, context, style.Receipt);
        var area = new CurveArea(0, canvas.Width - 12, frame.Top, frame.Top + height);
        plot.Draw(area, CurvePlot.ValuesOf([attribution], context, scale, others, Words.IsDifference(explanation)), others, nameAxis: true);

        var alt = AltOf(explanation, attribution, context, style.Receipt);
        var regions = ImmutableArray.Create(new FigureRegion(0, frame.Top, canvas.Width, height, attribution.Feature, alt));
        if (plot.Current is { } dot)
        {
            var label = $"{Words.OneLine(attribution.Feature)} = {NumberText.DataValue(context.Value)}: {Words.CurveValue(context.Prediction!.Value, explanation, style.Receipt)}";
            regions = regions.Add(new FigureRegion(dot.X - 12, dot.Y - 12, 24, 24, attribution.Feature, label));
        }

        return new CurveDrawing(canvas, alt, regions);
    }

    /// <summary>A column's curve in words: this row's where there is one, else the average.</summary>
    public static string AltOf(Explanation explanation, Attribution attribution, CurveContext context, FigureContext receipt)
    {
        var curve = attribution.Curve!;
        var index = context.Row is { } row ? curve.Rows.IndexOf(row) : -1;
        var now = context is { Value: { } value, Prediction: { } prediction } ? (value, prediction) : ((string, double)?)null;
        return AltText.Curve(
            explanation, attribution.Feature, curve.Grid, index >= 0 ? curve.Individual[index] : curve.Average, index >= 0 ? now : null, receipt);
    }

    public void Dispose() => Canvas.Dispose();
}
