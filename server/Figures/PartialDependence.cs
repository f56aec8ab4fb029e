using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>PartialDependence.</summary>
public static class PartialDependence
{
    /// <summary>Draws it.</summary>
    public static Figure Draw(Explanation explanation, CurveContext curve, FigureStyle style) => throw new NotImplementedException();
}
