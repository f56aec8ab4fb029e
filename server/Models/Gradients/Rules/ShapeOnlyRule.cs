namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Operators that look at shapes or counts only, so that no gradient flows back.</summary>
internal sealed class ShapeOnlyRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Shape", "Size", "ConstantOfShape", "Range"];

    public void Differentiate(GradientContext context)
    {
    }
}
