using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>ImportanceBars.</summary>
public static class ImportanceBars
{
    /// <summary>Draws it.</summary>
    public static Figure Draw(Explanation explanation, FigureStyle style) => throw new NotImplementedException();
}
