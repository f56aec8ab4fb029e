namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>LpPool</c> and <c>GlobalLpPool</c>, y = (Σ|x|ᵖ)^(1/p): ∂y/∂x = sign(x)·|x|^(p−1)·y^(1−p), and 0 where the whole window is 0.
/// </summary>
internal sealed class LpPoolRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["LpPool", "GlobalLpPool"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        var p = context.Integer("p", 2);
        var shared = p == 1 ? gradient : context.OverOrZero(gradient, p == 2 ? context.Output(0) : context.Power(context.Output(0), p - 1));
        var spread = context.Node.OpType == "GlobalLpPool" ? shared : Spread(context, shared, input);
        context.Give(0, context.Times(Inner(context, input, p), spread));
    }

    // sign(x)·|x|^(p−1)
    private static string Inner(GradientContext context, string input, long p)
    {
        if (p == 2)
            return input;
        var sign = context.Add("Sign", [input]);
        return p == 1 ? sign : context.Times(sign, context.Power(context.Add("Abs", [input]), p - 1));
    }

    private static string Spread(GradientContext context, string gradient, string input)
    {
        var axes = SlidingWindow.Of(context, input, context.IntegerList("kernel_shape")!);
        if (PoolWindows.Sizes(context, input, axes) is { } sizes)
            return PoolWindows.Spread(context, gradient, axes, sizes, input, (_, _) => 1);
        if (context.Integer("ceil_mode", 0) != 0)
            throw context.NeedsShapes(input);
        return PoolWindows.Spread(context, gradient, axes, input);
    }
}
