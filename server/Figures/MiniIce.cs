using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>MiniIce.</summary>
public static class MiniIce
{
    /// <summary>Draws it.</summary>
    public static Figure Draw(Explanation explanation, CurveContext curve, FigureStyle style) => throw new NotImplementedException();
}
