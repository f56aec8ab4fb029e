namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Operators that pass their first input on unchanged when a model is not trained: dx = g.</summary>
internal sealed class IdentityRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Identity", "Dropout"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        if (context.Input(2) is { } training && context.Constant(training) is not { Values: [0] })
            throw context.Refuse("it drops at random, as in training");
        context.Give(0, gradient);
    }
}
