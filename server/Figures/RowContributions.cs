using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>RowContributions.</summary>
public static class RowContributions
{
    /// <summary>Draws it.</summary>
    public static Figure Draw(Explanation explanation, FigureStyle style) => throw new NotImplementedException();
}
