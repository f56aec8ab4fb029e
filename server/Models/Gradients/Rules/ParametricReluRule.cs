namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>PRelu, y = x above 0, else s·x: dx = g above 0, else s·g; ds = x·g where x is not above 0, summed to the slope's shape.</summary>
internal sealed class ParametricReluRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["PRelu"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (x, slope) = (context.Input(0)!, context.Input(1)!);
        var above = context.Above(x, 0);
        if (context.Needs(0))
            context.Give(0, context.ReduceTo(context.Choose(above, gradient, context.Times(gradient, slope)), x));
        if (context.Needs(1))
            context.Give(1, context.ReduceTo(context.ExceptWhere(above, context.Times(gradient, x)), slope));
    }
}
