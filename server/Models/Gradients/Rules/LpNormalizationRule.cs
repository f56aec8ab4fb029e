namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>LpNormalization</c>, y = x/‖x‖ along an axis: dx = (g − y·Σ(g·y))/‖x‖ for p = 2, (g − sign(x)·Σ(g·y))/‖x‖ for p = 1; 0 where the norm
/// is 0.
/// </summary>
internal sealed class LpNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["LpNormalization"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var (input, output, axis) = (context.Input(0)!, context.Output(0), context.Integer("axis", -1));
        var first = context.Integer("p", 2) == 1;
        var norm = context.Add(first ? "ReduceL1" : "ReduceL2", [input, context.Integers(axis)], ("keepdims", 1L));
        var along = context.Sum(context.Times(gradient, output), axis);
        var direction = first ? context.Add("Sign", [input]) : output;
        context.Give(0, context.OverOrZero(context.Minus(gradient, context.Times(direction, along)), norm));
    }
}
