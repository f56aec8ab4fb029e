using System.Collections.Immutable;
using ExplainLsp.Figures;
using Surface = ExplainLsp.Explainers.Surface;

namespace ExplainLsp.Server.Engine;

/// <summary>The picture that an explanation is exported with.</summary>
public static class ExplanationFigure
{
    /// <summary>
    /// A map on an image or a tensor; a matrix of interactions; curves where the method has them; for a row a waterfall where contributions
    /// add up, else bars; for a file the pair of columns that moves the most, or importance bars.
    /// </summary>
    public static Figure Draw(ExplanationReport report, Theme theme, Chrome chrome, double scale = 2)
    {
        var style = new FigureStyle(theme, chrome, scale, report.Context);
        return report switch
        {
            { Grid: { } grid, Explanation.Tensor: not null } => HeatMap.Draw(report.Explanation, GridPicture.Of(grid), style),
            { Grid: not null } => RowContributions.Draw(report.Explanation, style),
            _ when InteractionMatrix.Fits(report.Explanation) => InteractionMatrix.Draw(report.Explanation, style),
            _ when report.Explanation.Attributions.Any(attribution => attribution.Curve is not null) =>
                PartialDependence.Draw(report.Explanation, CurveContext.None with { Steps = report.AnswersInSteps }, style),
            { Prediction: not null } when Words.IsShare(report.Explanation) => ImportanceBars.Draw(report.Explanation, style),
            { Prediction: not null, Explanation.CompletenessGap: null } => RowContributions.Draw(report.Explanation, style),
            { Prediction: not null } => Waterfall.Draw(report.Explanation, style),
            { Explanation.Surfaces: [_, ..] surfaces } => SurfaceMap.Draw(report.Explanation, Strongest(surfaces), style),
            _ => ImportanceBars.Draw(report.Explanation, style),
        };
    }

    /// <summary>The surface with the widest range, the first of equals.</summary>
    private static int Strongest(ImmutableArray<Surface> surfaces)
    {
        double[] ranges = [.. surfaces.Select(surface => surface.Values.Where(double.IsFinite).DefaultIfEmpty(0).Max() - surface.Values.Where(double.IsFinite).DefaultIfEmpty(0).Min())];
        return Array.IndexOf(ranges, ranges.Max());
    }
}
