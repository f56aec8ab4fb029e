namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>Trilu</c>: the gradient loses the same triangle.</summary>
internal sealed class TriluRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Trilu"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is { } gradient && context.Needs(0))
            context.Give(0, context.Add("Trilu", [gradient, context.Input(1)], ("upper", context.Integer("upper", 1))));
    }
}
