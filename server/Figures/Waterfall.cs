using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>Waterfall.</summary>
public static class Waterfall
{
    /// <summary>Draws it.</summary>
    public static Figure Draw(Explanation explanation, FigureStyle style) => throw new NotImplementedException();
}
